//! Puts the rows of the dataset together: what each table says of each record.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::case_list::{KeyDate, Reference};
use quarterlight_domain::history::{Episode, Fact, History, Span};
use quarterlight_domain::need::{Known, LegalRoute, Need, Needs, Placement};
use quarterlight_domain::source::{Holder, Sighting, SourceList, WorkerSighting};

use super::holders::Holders;
use super::rows::{TableRow, TableRows};
use super::table::{About, Use};
use super::tables::TABLES;
use super::tell::Said;
use crate::account::Why;
use crate::annex_a::reference;
use crate::date::Calendar;
use crate::problem::Severity;
use crate::problems::Problems;

/// What all tables say so far.
pub(super) struct Records {
    as_at: Date,
    /// The tables in their order, and what they all could be asked.
    order: Vec<&'static str>,
    asked: BTreeSet<Fact>,
    holders: Holders,
    sightings: BTreeMap<(usize, Reference), Sighting>,
    /// Whose each period of care is, and the stays that make the period.
    in_care: BTreeMap<String, Reference>,
    care: BTreeMap<(Reference, String), Vec<Span>>,
    /// Enquiries by their number and child, with the conference.
    enquiries: BTreeMap<String, BTreeMap<Reference, Span>>,
    /// When each child went missing, and whether an interview was offered after it.
    missing: BTreeMap<Reference, BTreeMap<Date, Known>>,
    /// Since when somebody holds each record, so that the latest is followed.
    held_since: BTreeMap<Reference, Option<Date>>,
}

impl Records {
    pub fn new(
        as_at: Date,
        lists: &BTreeMap<&'static str, SourceList>,
        found: &[TableRows],
    ) -> Self {
        let order = TABLES.iter().map(|table| table.name).filter(|name| lists.contains_key(name));
        let mut in_care = BTreeMap::new();
        for rows in found {
            for row in &rows.rows {
                let person = rows.cell(row, Use::Person);
                let person = person.and_then(|(cell, _)| reference::reference(cell).ok());
                if let (Some(person), Some(care)) = (person, text(rows, row, Use::Care)) {
                    in_care.insert(care, person);
                }
            }
        }
        Self {
            as_at,
            order: order.collect(),
            asked: lists.values().flat_map(|list| list.tells.clone()).collect(),
            holders: Holders::default(),
            sightings: BTreeMap::new(),
            in_care,
            care: BTreeMap::new(),
            enquiries: BTreeMap::new(),
            missing: BTreeMap::new(),
            held_since: BTreeMap::new(),
        }
    }

    /// Takes every row of one table.
    pub fn take(&mut self, rows: &mut TableRows, problems: &mut Problems) {
        for row in std::mem::take(&mut rows.rows) {
            match self.row(rows, &row, problems) {
                Ok(()) => rows.account.used(),
                Err(why) => rows.account.not_used(why, 1),
            }
        }
    }

    fn row(
        &mut self,
        rows: &TableRows,
        row: &TableRow,
        problems: &mut Problems,
    ) -> Result<(), Why> {
        let about = rows.table.about;
        let known = |is_known: bool| is_known.then_some(()).ok_or(Why::NobodyKnown);
        match about {
            About::Departments => return known(self.holders.team(rows, row)),
            About::Professionals => return known(self.holders.worker(rows, row)),
            _ => {}
        }
        let calendar = Calendar { as_at: self.as_at, from_1904: false };
        let said = Said::read(rows, row, calendar, problems);
        if about == About::Conferences {
            return known(self.conference(rows, row, &said));
        }
        let person = self.person(rows, row, problems)?;
        match about {
            About::Involvements => return self.involvement(rows, row, person, &said),
            About::Events(_) if said.cancelled == Known::Yes => return Err(Why::Closed),
            About::Care => {
                if let Some(from) = said.from {
                    let care = text(rows, row, Use::Care).unwrap_or_default();
                    let stays = self.care.entry((person.clone(), care)).or_default();
                    stays.push(Span { from, until: said.until });
                }
            }
            About::Enquiries => {
                if let Some(from) = said.from {
                    let number = text(rows, row, Use::Enquiry);
                    let number = number.unwrap_or_else(|| format!("row {}", row.number));
                    let of_number = self.enquiries.entry(number).or_default();
                    of_number.insert(person.clone(), Span { from, until: None });
                }
            }
            About::Missing if !said.kind.starts_with('a') => {
                let of_child = self.missing.entry(person.clone()).or_default();
                of_child.extend(said.from.map(|from| (from, said.offered)));
            }
            _ => {}
        }
        let held = (about == About::Leavers)
            .then(|| (self.holders.holder(rows, row), self.holders.team_of(rows, row)));
        let sighting = self.sighting(rows.table.name, Some(row.number), person);
        said.tell(about, sighting);
        if let Some((holder, team)) = held {
            (sighting.holder, sighting.team) = (holder, team);
        }
        Ok(())
    }

    /// Whose row it is: by the child's own number, or by that of the period of care.
    fn person(
        &self,
        rows: &TableRows,
        row: &TableRow,
        problems: &mut Problems,
    ) -> Result<Reference, Why> {
        if let Some((cell, column)) = rows.cell(row, Use::Person) {
            return reference::reference(cell).map_err(|what| {
                let todo = "give the child's reference; the row was not used";
                problems.add(rows.place(row, Some(column)), Severity::StopsRow, what, todo);
                Why::Problem
            });
        }
        let care = text(rows, row, Use::Care);
        if let Some(person) = care.as_ref().and_then(|care| self.in_care.get(care)) {
            return Ok(person.clone());
        }
        let (what, why) = match care {
            Some(_) => ("no other table has its period of care", Why::NobodyKnown),
            None => ("the row has no reference", Why::Problem),
        };
        let todo = "give the child's reference; the row was not used";
        problems.add(rows.place(row, None), Severity::StopsRow, what, todo);
        Err(why)
    }

    /// The conference of an enquiry that is known; false if it is of none.
    fn conference(&mut self, rows: &TableRows, row: &TableRow, said: &Said) -> bool {
        let number = text(rows, row, Use::Enquiry).unwrap_or_default();
        let person = rows.cell(row, Use::Person);
        let person = person.and_then(|(cell, _)| reference::reference(cell).ok());
        let mut is_known = false;
        for (of, span) in self.enquiries.get_mut(&number).into_iter().flatten() {
            if person.as_ref().is_none_or(|it| it == of) {
                is_known = true;
                span.until = said.on.filter(|on| *on >= span.from).or(span.until);
            }
        }
        is_known
    }

    /// Whoever is allocated now holds the record; where several are, whoever came last.
    fn involvement(
        &mut self,
        rows: &TableRows,
        row: &TableRow,
        person: Reference,
        said: &Said,
    ) -> Result<(), Why> {
        if !(said.kind.contains("allocated") || said.kind.contains("case worker")) {
            return Err(Why::AnotherRole);
        }
        if said.until.is_some() {
            return Err(Why::Closed);
        }
        let since = self.held_since.get(&person);
        if since.is_none_or(|since| *since <= said.from) {
            self.held_since.insert(person.clone(), said.from);
            let holder = self.holders.holder(rows, row);
            let team = self.holders.team_of(rows, row);
            let sighting = self.sighting(rows.table.name, Some(row.number), person);
            (sighting.holder, sighting.team) = (holder, team);
        }
        Ok(())
    }

    fn sighting(&mut self, table: &str, row: Option<u32>, person: Reference) -> &mut Sighting {
        let list = self.order.iter().position(|name| *name == table).unwrap_or_default();
        let blank = |reference| Sighting {
            list,
            row,
            reference,
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
        self.sightings.entry((list, person.clone())).or_insert_with(|| blank(person))
    }

    /// What each table says of each record, once all rows are there, and the workers.
    pub fn finish(mut self) -> (Vec<Sighting>, Vec<WorkerSighting>) {
        self.periods_of_care();
        self.what_is_missing();
        let enquiries = std::mem::take(&mut self.enquiries);
        for (person, span) in enquiries.into_values().flatten() {
            let sighting = self.sighting("ssd_s47_enquiry", None, person);
            sighting.history.episodes.entry(Episode::Enquiry).or_default().insert(span);
        }
        self.needs();
        for sighting in self.sightings.values_mut() {
            // The dataset is one: a child without a row in a table was asked about all the same.
            sighting.history.asked.clone_from(&self.asked);
        }
        (self.sightings.into_values().collect(), self.holders.finish())
    }

    /// The stays with one number make one period, which goes on while one of them does.
    fn periods_of_care(&mut self) {
        for ((person, _), stays) in std::mem::take(&mut self.care) {
            let Some(from) = stays.iter().map(|stay| stay.from).min() else { continue };
            let goes_on = stays.iter().any(|stay| stay.until.is_none());
            let last = stays.iter().filter_map(|stay| stay.until).max();
            let span = Span { from, until: last.filter(|_| !goes_on) };
            let history = &mut self.sighting("ssd_cla_episodes", None, person).history;
            history.episodes.entry(Episode::Care).or_default().insert(span);
            history.dates.entry(KeyDate::CareStarted).or_default().insert(from);
        }
    }

    /// How often each child in care was missing: not at all, where the table has no row of it.
    fn what_is_missing(&mut self) {
        if !self.order.contains(&"ssd_missing") {
            return;
        }
        let year = self.as_at.saturating_sub(12.months());
        let mut of: BTreeSet<Reference> = self.missing.keys().cloned().collect();
        let in_care = self.order.iter().position(|name| *name == "ssd_cla_episodes");
        let keys = self.sightings.keys().filter(|(list, _)| Some(*list) == in_care);
        of.extend(keys.map(|(_, person)| person.clone()));
        for person in of {
            let episodes = self.missing.get(&person).cloned().unwrap_or_default();
            let count = episodes.range(year..).count();
            let offered = episodes.last_key_value().map(|(_, offered)| *offered);
            let history = &mut self.sighting("ssd_missing", None, person).history;
            history.missing_episodes = u32::try_from(count).ok();
            history.return_interview_offered = offered.unwrap_or_default();
        }
    }

    /// What is open says why. An open referral is a child in need where nothing more particular is
    /// open; an open assessment counts where nothing else is.
    fn needs(&mut self) {
        let mut open: BTreeMap<Reference, BTreeSet<Episode>> = BTreeMap::new();
        for ((_, person), sighting) in &self.sightings {
            for kind in sighting.history.episodes.keys() {
                if sighting.history.current(*kind).is_some() {
                    open.entry(person.clone()).or_default().insert(*kind);
                }
            }
        }
        let none = BTreeSet::new();
        for ((_, person), sighting) in &mut self.sightings {
            let open = open.get(person).unwrap_or(&none);
            let is_particular =
                open.contains(&Episode::ProtectionPlan) || open.contains(&Episode::Care);
            let is_planned = is_particular || open.contains(&Episode::ChildInNeedPlan);
            let history = &sighting.history;
            let has = |kind| history.episodes.contains_key(&kind);
            let goes_on = |kind| history.current(kind).is_some();
            if has(Episode::Referral) {
                let is_open = goes_on(Episode::Referral);
                sighting.open = if is_open { Known::Yes } else { Known::No };
            }
            for (kind, need) in [
                (Episode::ProtectionPlan, Need::ChildProtection),
                (Episode::Care, Need::InCare),
                (Episode::ChildInNeedPlan, Need::ChildInNeed),
                (Episode::Referral, Need::ChildInNeed),
                (Episode::Assessment, Need::ChildInNeed),
            ] {
                let is_only_general =
                    matches!(kind, Episode::Referral | Episode::Assessment) && is_particular;
                if goes_on(kind) {
                    sighting.open = Known::Yes;
                    if !is_only_general {
                        sighting.needs.insert(need);
                    }
                }
            }
            sighting.assessment_open = goes_on(Episode::Assessment) && !is_planned;
            if goes_on(Episode::Care) {
                // The dataset has a postcode of the placement, and neither in nor out.
                sighting.placement = Some(Placement::Unknown);
                sighting.route.get_or_insert(LegalRoute::InCare);
            }
        }
    }
}

fn text(rows: &TableRows, row: &TableRow, used_as: Use) -> Option<String> {
    rows.cell(row, used_as).map(|(cell, _)| cell.text().into_owned())
}
