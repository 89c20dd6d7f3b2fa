//! What a source says of records and of workers, as lines of text, a thousand to a row.
//!
//! One line has its fields between tabs. The first lines of a text, which begin with `?`, are the
//! sets of facts that the lists were asked; each sighting names its set by number.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use quarterlight_domain::allocation::Experience;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::history::Fact;
use quarterlight_domain::need::{Known, LegalRoute, Need, Needs, Placement};
use quarterlight_domain::source::{Holder, Sighting, WorkerSighting};

use crate::history;

/// Sightings as a text.
pub fn text(sightings: &[Sighting]) -> String {
    let mut sets: Vec<&BTreeSet<Fact>> = Vec::new();
    let (mut head, mut body) = (String::new(), String::new());
    for it in sightings {
        let asked = &it.history.asked;
        let set = sets.iter().position(|set| *set == asked).unwrap_or_else(|| {
            sets.push(asked);
            let _ = writeln!(head, "?{}", history::facts(asked));
            sets.len() - 1
        });
        let needs: Vec<&str> = it.needs.iter().map(|need| need.code()).collect();
        // Writing to a string never fails.
        let _ = writeln!(
            body,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{set}\t{}",
            it.list,
            it.row.map_or(String::new(), |row| row.to_string()),
            it.reference,
            it.open.code(),
            needs.join(","),
            if it.assessment_open { "1" } else { "" },
            it.disabled.code(),
            it.unaccompanied.code(),
            it.placement.map_or("", Placement::code),
            it.route.map_or("", LegalRoute::code),
            holder(&it.holder),
            plain(it.team.as_ref()),
            history::text(&it.history),
        );
    }
    head + &body
}

fn holder(it: &Holder) -> String {
    let fields = [&it.name, &it.registration, &it.staff_number];
    fields.map(|field| plain(field.as_ref())).join("\t")
}

/// A text of somebody else's, on one line and in one field.
fn plain(text: Option<&String>) -> String {
    text.map_or(String::new(), |text| text.replace(['\t', '\n', '\r'], " "))
}

/// The sightings that a text holds; none if it is damaged.
pub fn read(text: &str) -> Option<Vec<Sighting>> {
    let mut sets = Vec::new();
    let mut sightings = Vec::new();
    for line in text.lines() {
        match line.strip_prefix('?') {
            Some(facts) => sets.push(history::read_facts(facts)),
            None => sightings.push(sighting(line, &sets)?),
        }
    }
    Some(sightings)
}

fn sighting(line: &str, sets: &[BTreeSet<Fact>]) -> Option<Sighting> {
    let mut fields = line.split('\t');
    let mut next = || fields.next();
    Some(Sighting {
        list: next()?.parse().ok()?,
        row: said(next()?).map(str::parse).transpose().ok()?,
        reference: Reference::new(next()?).ok()?,
        open: Known::from_code(next()?)?,
        needs: needs(next()?)?,
        assessment_open: next()? == "1",
        disabled: Known::from_code(next()?)?,
        unaccompanied: Known::from_code(next()?)?,
        placement: coded(next()?, Placement::from_code)?,
        route: coded(next()?, LegalRoute::from_code)?,
        holder: Holder {
            name: owned(next()?),
            registration: owned(next()?),
            staff_number: owned(next()?),
        },
        team: owned(next()?),
        history: {
            let set: usize = next()?.parse().ok()?;
            history::read(next()?, sets.get(set)?)?
        },
    })
}

fn said(field: &str) -> Option<&str> {
    (!field.is_empty()).then_some(field)
}

fn owned(field: &str) -> Option<String> {
    said(field).map(str::to_owned)
}

#[expect(clippy::option_option, reason = "the outer none is damage, the inner one silence")]
fn coded<T>(field: &str, from: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match said(field) {
        None => Some(None),
        Some(code) => from(code).map(Some),
    }
}

fn needs(codes: &str) -> Option<Needs> {
    codes.split(',').filter(|code| !code.is_empty()).map(Need::from_code).collect()
}

/// Workers as a text.
pub fn workers_text(workers: &[WorkerSighting]) -> String {
    workers.iter().fold(String::new(), |mut text, it| {
        let hours = it.full_time_thousandths.map_or(String::new(), |hours| hours.to_string());
        let _ = writeln!(
            text,
            "{}\t{}\t{}\t{hours}\t{}",
            holder(&it.worker),
            plain(it.team.as_ref()),
            it.experience.code(),
            it.agency.code(),
        );
        text
    })
}

/// The workers that a text holds; none if it is damaged.
pub fn read_workers(text: &str) -> Option<Vec<WorkerSighting>> {
    let worker = |line: &str| {
        let mut fields = line.split('\t');
        let mut next = || fields.next();
        Some(WorkerSighting {
            worker: Holder {
                name: owned(next()?),
                registration: owned(next()?),
                staff_number: owned(next()?),
            },
            team: owned(next()?),
            experience: Experience::from_code(next()?)?,
            full_time_thousandths: said(next()?).map(str::parse).transpose().ok()?,
            agency: Known::from_code(next()?)?,
        })
    };
    text.lines().map(worker).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use quarterlight_domain::history::History;

    use super::*;

    #[test]
    fn sightings_and_workers_read_back_as_they_were() {
        let silent = Sighting {
            list: 3,
            row: None,
            reference: Reference::new("0012").unwrap(),
            open: Known::Unknown,
            needs: Needs::new(),
            assessment_open: false,
            disabled: Known::Unknown,
            unaccompanied: Known::Unknown,
            placement: None,
            route: None,
            holder: Holder::default(),
            team: None,
            history: History::default(),
        };
        let mut full = Sighting {
            row: Some(214),
            open: Known::Yes,
            needs: [Need::InCare, Need::ChildInNeed].into(),
            assessment_open: true,
            disabled: Known::Yes,
            placement: Some(Placement::OutOfArea),
            route: Some(LegalRoute::Section85),
            team: Some("North".to_owned()),
            ..silent.clone()
        };
        full.holder.name = Some("Ada Oakes".to_owned());
        full.history.born = Some(date(2013, 1, 29));
        full.history.asked = [Fact::Born].into();
        let both = vec![silent, full];
        assert_eq!(read(&text(&both)), Some(both));
        let worker = WorkerSighting {
            worker: Holder { registration: Some("SW1".to_owned()), ..Holder::default() },
            team: None,
            experience: Experience::NewlyQualified,
            full_time_thousandths: Some(500),
            agency: Known::No,
        };
        assert_eq!(read_workers(&workers_text(std::slice::from_ref(&worker))), Some(vec![worker]));
        assert_eq!(read("damaged"), None);
    }

    #[test]
    fn a_tab_in_a_name_moves_nothing() {
        let mut text = String::new();
        text.push_str(&plain(Some(&"Ada\tOakes\n".to_owned())));
        assert_eq!(text, "Ada Oakes ");
    }
}
