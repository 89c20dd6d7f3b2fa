//! What one row of a table says of its record, and what a table has columns for.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::case_list::KeyDate;
use quarterlight_domain::history::{Episode, Fact, Span};
use quarterlight_domain::need::{Known, LegalRoute, Need};
use quarterlight_domain::source::Sighting;

use super::rows::{TableRow, TableRows};
use super::table::{About, Use};
use crate::annex_a::values;
use crate::cells::{self, known};
use crate::date::Calendar;
use crate::problems::Problems;

/// What a table has columns for.
pub(super) fn facts(rows: &TableRows) -> BTreeSet<Fact> {
    let uses = rows.uses();
    let mut facts = BTreeSet::new();
    let mut when = |used_as: Option<Use>, fact: Fact| {
        if used_as.is_none_or(|used_as| uses.contains(&used_as)) {
            facts.insert(fact);
        }
    };
    match rows.table.about {
        About::People => {
            when(Some(Use::Born), Fact::Born);
            when(Some(Use::Ethnicity), Fact::Ethnicity);
        }
        About::Disabilities => when(None, Fact::Disability),
        About::Spans(kind) => {
            when(None, Fact::Episode(kind));
            for date in began(kind).into_iter().chain(ended(kind)) {
                when(None, Fact::Date(date));
            }
        }
        About::Care => {
            when(None, Fact::Episode(Episode::Care));
            when(None, Fact::Date(KeyDate::CareStarted));
            let contact = Fact::Date(KeyDate::ReviewingOfficerContact);
            when(Some(Use::ReviewingOfficerContact), contact);
        }
        About::Events(kind) => {
            when(None, Fact::Date(kind));
            when(Some(Use::Seen), Fact::Date(KeyDate::LastSeen));
        }
        About::Health => {
            when(None, Fact::Date(KeyDate::HealthAssessment));
            when(None, Fact::Date(KeyDate::DentalCheck));
        }
        About::Missing => {
            when(None, Fact::Episode(Episode::Missing));
            when(None, Fact::MissingEpisodes);
            when(Some(Use::Offered), Fact::ReturnInterview);
        }
        About::Leavers => {
            when(Some(Use::PathwayReview), Fact::Date(KeyDate::PathwayReview));
            when(Some(Use::Contact), Fact::Date(KeyDate::CareLeaverContact));
        }
        About::Involvements => when(None, Fact::Worker),
        About::Enquiries => when(None, Fact::Episode(Episode::Enquiry)),
        About::Immigration
        | About::Conferences
        | About::LegalStatus
        | About::Professionals
        | About::Departments
        | About::NotUsed => {}
    }
    facts
}

/// The date that the beginning of an episode is, and that its end is.
fn began(kind: Episode) -> Option<KeyDate> {
    match kind {
        Episode::Referral => Some(KeyDate::Opened),
        Episode::Assessment => Some(KeyDate::AssessmentStarted),
        Episode::ProtectionPlan => Some(KeyDate::ProtectionPlanStarted),
        Episode::Care => Some(KeyDate::CareStarted),
        Episode::Placement => Some(KeyDate::PlacementStarted),
        Episode::Enquiry | Episode::ChildInNeedPlan | Episode::Missing => None,
    }
}

fn ended(kind: Episode) -> Option<KeyDate> {
    (kind == Episode::Assessment).then_some(KeyDate::AssessmentAuthorised)
}

/// What a row says, each cell as what it means.
pub(super) struct Said {
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub on: Option<Date>,
    born: Option<Date>,
    reviewing_officer: Option<Date>,
    pathway: Option<Date>,
    contact: Option<Date>,
    ethnicity_obtained: Option<Known>,
    disabled: Option<Known>,
    pub offered: Known,
    seen: Known,
    pub cancelled: Known,
    /// What kind it is, in small letters.
    pub kind: String,
    is_unaccompanied: bool,
    is_short_break: bool,
}

impl Said {
    /// Reads the cells of a row; what cannot be used goes to `problems`.
    pub fn read(
        rows: &TableRows,
        row: &TableRow,
        calendar: Calendar,
        problems: &mut Problems,
    ) -> Self {
        let mut date = |used_as, ahead: i64| {
            let (cell, column) = rows.cell(row, used_as)?;
            let place = rows.place(row, Some(column));
            cells::date(calendar, cell, place, ahead.days(), problems)
        };
        let (from, until, on) = (date(Use::From, 0), date(Use::Until, 0), date(Use::On, 0));
        let born = date(Use::Born, 280);
        let reviewing_officer = date(Use::ReviewingOfficerContact, 0);
        let (pathway, contact) = (date(Use::PathwayReview, 0), date(Use::Contact, 0));
        let answer = |used_as| {
            let (cell, _) = rows.cell(row, used_as)?;
            values::answer(cell)
        };
        let kind = rows.cell(row, Use::Kind);
        let is_of = |about| rows.table.about == about;
        let disabled = kind.filter(|_| is_of(About::Disabilities)).map(|(cell, column)| {
            let place = rows.place(row, Some(column));
            known(values::disability(cell), cell, "the child is disabled", place, problems)
        });
        Self {
            // An end before its beginning ends nothing.
            until: until.filter(|until| from.is_none_or(|from| from <= *until)),
            from,
            on,
            born,
            reviewing_officer,
            pathway,
            contact,
            ethnicity_obtained: rows
                .cell(row, Use::Ethnicity)
                .map(|(cell, _)| values::is_obtained(cell)),
            disabled,
            offered: answer(Use::Offered).unwrap_or_default(),
            seen: answer(Use::Seen).unwrap_or_default(),
            cancelled: answer(Use::Cancelled).unwrap_or_default(),
            kind: kind.map(|(cell, _)| cell.text().to_lowercase()).unwrap_or_default(),
            is_unaccompanied: kind
                .is_some_and(|(cell, _)| values::unaccompanied(cell) == Some(Known::Yes)),
            is_short_break: kind.is_some_and(|(cell, _)| values::is_short_break(cell)),
        }
    }

    /// Adds what the row says to what its table says of the record.
    pub fn tell(&self, about: About, sighting: &mut Sighting) {
        let mut dates: Vec<(KeyDate, Option<Date>)> = Vec::new();
        match about {
            About::People => {
                let history = &mut sighting.history;
                history.born = history.born.or(self.born);
                history.ethnicity_obtained = self.ethnicity_obtained.unwrap_or_default();
            }
            About::Disabilities => {
                let said = self.disabled.unwrap_or_default();
                // One code of a disability is enough, whatever stands beside it.
                if sighting.disabled != Known::Yes && said != Known::Unknown {
                    sighting.disabled = said;
                }
            }
            About::Immigration if self.is_unaccompanied => sighting.unaccompanied = Known::Yes,
            About::Spans(kind) => {
                self.span(kind, sighting);
                dates.extend(began(kind).map(|date| (date, self.from)));
                dates.extend(ended(kind).map(|date| (date, self.until)));
            }
            About::Missing if !self.kind.starts_with('a') => self.span(Episode::Missing, sighting),
            About::Care => dates.push((KeyDate::ReviewingOfficerContact, self.reviewing_officer)),
            About::Events(kind) => {
                dates.push((kind, self.on));
                dates.extend((self.seen == Known::Yes).then_some((KeyDate::LastSeen, self.on)));
            }
            About::Health if self.kind.contains("dent") => {
                dates.push((KeyDate::DentalCheck, self.on));
            }
            About::Health if self.kind.contains("health") => {
                dates.push((KeyDate::HealthAssessment, self.on));
            }
            About::LegalStatus if self.until.is_none() => {
                let is_break = self.is_short_break;
                let route = if is_break { LegalRoute::ShortBreak } else { LegalRoute::InCare };
                sighting.route = Some(route);
            }
            About::Leavers => {
                sighting.open = Known::Yes;
                sighting.needs.insert(Need::CareLeaver);
                dates.push((KeyDate::PathwayReview, self.pathway));
                dates.push((KeyDate::CareLeaverContact, self.contact));
            }
            _ => {}
        }
        for (kind, date) in dates {
            if let Some(date) = date {
                sighting.history.dates.entry(kind).or_default().insert(date);
            }
        }
    }

    fn span(&self, kind: Episode, sighting: &mut Sighting) {
        if let Some(from) = self.from {
            let span = Span { from, until: self.until };
            sighting.history.episodes.entry(kind).or_default().insert(span);
        }
    }
}
