//! What a draw was asked for before it is drawn: by whom, why, and what comes of it.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::cell::Within;
use quarterlight_domain::draw_request::DrawRequest;
use quarterlight_domain::eligible::{AskedOf, Eligible};
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::strata::SampleSize;
use quarterlight_report::words::{self, Noun, RECORD};

use super::working::as_count;
use crate::govuk::{Column, Content, Table};
use crate::links;

/// A record that is open.
const OPEN: Noun = Noun::new("open record", "open records");

/// The requests that no draw has taken up, and the services by name.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    /// The requests, the earliest first.
    pub open: Vec<DrawRequest>,
    /// The services.
    pub services: Vec<(PlaceId, String)>,
}

impl Requests {
    /// Each request, with what a sample of this size comes to for it.
    pub fn table(&self, eligible: &Eligible, size: SampleSize) -> Table {
        let sizes = eligible.share_out(size);
        let row = |request: &DrawRequest| {
            let named = sizes.iter().filter(|(name, _)| name.requests().contains(&request.id));
            let drawn: usize = named.map(|(_, records)| records).sum();
            let comes = eligible.asked.get(&request.id).map(|asked| comes_to(asked, drawn));
            vec![
                Content::text(request.id.to_string()),
                Content::link(self.in_words(request), links::cell(&request.pattern)),
                words::whole(request.at_least.into()).into(),
                Content::written(request.reason.words()),
                Content::text(asked_by(request)),
                Content::text(comes.unwrap_or_default()),
            ]
        };
        let columns = vec![
            Column::words("Request"),
            Column::words("Records"),
            Column::numbers("At least"),
            Column::words("Why"),
            Column::words("Asked"),
            Column::words("Would be drawn"),
        ];
        Table::new("requests", "Asked of this draw", columns)
            .rows(self.open.iter().map(row).collect())
            .empty("Nobody has asked this draw for anything.")
    }

    fn in_words(&self, request: &DrawRequest) -> String {
        let service = match request.pattern.within {
            Within::Service(id) => self.services.iter().find(|(place, _)| *place == id),
            Within::Anywhere | Within::NoService => None,
        };
        request.pattern.words(service.map(|(_, name)| name.as_str()))
    }
}

fn asked_by(request: &DrawRequest) -> String {
    let by = request.asked_by.as_deref().unwrap_or("the server’s console");
    format!("by {by} on {}", day_in_words(request.asked_on))
}

/// What a request comes to, and why where that is less than was asked.
fn comes_to(asked: &AskedOf, drawn: usize) -> String {
    if asked.waits {
        return "None in this draw, which takes up the requests that were made first. This one \
                waits for the next."
            .to_owned();
    }
    if asked.open == 0 {
        return "None: no record of these cells is open. The request stays open.".to_owned();
    }
    let why: Vec<String> = asked
        .left_out
        .iter()
        .map(|(reason, records)| {
            let (count, of) = (as_count(*records), as_count(asked.open));
            format!("{} because {}", words::out_of(count, of, &OPEN), reason.words())
        })
        .collect();
    let why = why.join("; ");
    if asked.can == 0 {
        return format!("None. Left out: {why}. The request stays open.");
    }
    let drawn_of = words::part_of(as_count(drawn), as_count(asked.can), &RECORD);
    let drawn_of = format!("{} that can be drawn", words::sentence_case(&drawn_of));
    match asked.can < asked.at_least {
        true if why.is_empty() => format!("{drawn_of}: there are no more."),
        true => format!("{drawn_of}, fewer than were asked. Left out: {why}."),
        false => format!("{drawn_of}."),
    }
}

#[cfg(test)]
mod tests {
    use quarterlight_domain::eligible::Exclusion;

    use super::*;

    fn asked(open: usize, can: usize) -> AskedOf {
        let left_out = [(Exclusion::AuditedLately, open - can)];
        let left_out = left_out.into_iter().filter(|(_, records)| *records > 0).collect();
        AskedOf { open, can, left_out, at_least: 3, waits: false }
    }

    #[test]
    fn a_request_that_cannot_be_met_says_why() {
        let met = comes_to(&asked(9, 8), 4);
        assert!(met.contains('4') && met.contains('8') && !met.contains("because"), "{met}");
        assert!(comes_to(&asked(0, 0), 0).contains("no record of these cells is open"));
        for (open, can) in [(5, 0), (5, 2)] {
            let said = comes_to(&asked(open, can), can);
            assert!(said.contains("because they were audited"), "{said}");
            assert_eq!(said.contains("stays open"), can == 0, "{said}");
        }
        assert!(comes_to(&asked(2, 2), 2).contains("there are no more"));
        let waits = AskedOf { waits: true, ..asked(9, 9) };
        assert!(comes_to(&waits, 0).contains("waits for the next"));
    }
}
