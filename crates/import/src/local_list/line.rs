//! The rows of a local list as sightings of records or of workers.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::history::{Fact, History};
use quarterlight_domain::need::{Known, LegalRoute, Need, Needs, Placement};
use quarterlight_domain::source::{Holder, Sighting, WorkerSighting};

use super::field::{Field, ListKind};
use super::mapping::Mapping;
use crate::account::Why;
use crate::annex_a::authority::{Authorities, Authority};
use crate::annex_a::home::placement;
use crate::annex_a::line::is_note;
use crate::annex_a::values::{self, Status};
use crate::annex_a::{headings::normal, reference, worker};
use crate::cell::Cell;
use crate::cells::{self, known, short};
use crate::date::Calendar;
use crate::problem::Severity;
use crate::problems::{Place, Problems};
use crate::row::Row;
use crate::ssd::{experience, registration, thousandths};

/// What the rows say so far.
pub(super) struct Lines<'m> {
    mapping: &'m Mapping,
    as_at: Date,
    authorities: Authorities,
    home: Option<Authority>,
    sightings: BTreeMap<Reference, Sighting>,
    workers: BTreeMap<Holder, WorkerSighting>,
}

/// One row, each mapped cell as what it means.
struct Said<'r> {
    cells: BTreeMap<Field, (Cell<'r>, Place<'r>)>,
    calendar: Calendar,
}

impl<'m> Lines<'m> {
    pub fn new(mapping: &'m Mapping, as_at: Date, authority: Option<&str>) -> Self {
        let authorities = Authorities::new();
        let home = authority.and_then(|name| authorities.read(name));
        let (sightings, workers) = (BTreeMap::new(), BTreeMap::new());
        Self { mapping, as_at, authorities, home, sightings, workers }
    }

    /// Takes a row, or says why it is not used.
    pub fn take(
        &mut self,
        row: &Row<'_>,
        columns: &BTreeMap<u32, (Field, String)>,
        from_1904: bool,
        place: Place<'_>,
        problems: &mut Problems,
    ) -> Result<(), Why> {
        let calendar = Calendar { as_at: self.as_at, from_1904 };
        let mut said = Said { cells: BTreeMap::new(), calendar };
        for (field, meaning) in &self.mapping.always {
            said.cells.insert(*field, (Cell::Text(meaning.as_str().into()), place));
        }
        for (position, cell) in &row.cells {
            let Some((field, heading)) = columns.get(position) else { continue };
            let place = Place { column: Some((*position, heading.as_str())), ..place };
            let text = cell.text();
            let meaning = self.mapping.meaning(*field, &text);
            let cell =
                if meaning == text { cell.clone() } else { Cell::Text(meaning.to_owned().into()) };
            if let Cell::Error(error) = cell {
                let what = format!("the formula in it gives {error}");
                problems.add(place, Severity::Warning, what, "mend it; it was taken as blank");
            } else {
                said.cells.insert(*field, (cell, place));
            }
        }
        if self.mapping.kind == ListKind::Workers {
            return self.worker(&said);
        }
        let reference = said.reference(place, problems)?;
        let asked = columns.values().filter_map(|(field, _)| field.fact()).collect();
        self.record((row.number, reference), asked, &said, problems);
        Ok(())
    }

    fn worker(&mut self, said: &Said<'_>) -> Result<(), Why> {
        let holder = said.holder();
        if holder.is_nobody() {
            return Err(Why::Note);
        }
        let agency = said.answer(Field::Agency);
        let sighting = WorkerSighting {
            worker: holder.clone(),
            team: said.team(),
            experience: said.text(Field::Grade).map(|grade| grade_of(&grade)).unwrap_or_default(),
            full_time_thousandths: said.text(Field::FullTime).and_then(|it| thousandths(&it)),
            agency: agency.unwrap_or_default(),
        };
        if self.workers.contains_key(&holder) {
            return Err(Why::Duplicate);
        }
        self.workers.insert(holder, sighting);
        Ok(())
    }

    fn record(
        &mut self,
        (row, reference): (u32, Reference),
        asked: BTreeSet<Fact>,
        said: &Said<'_>,
        problems: &mut Problems,
    ) {
        let mut ask = |field, what: &str, of: fn(&Cell<'_>) -> Option<Known>| {
            let (cell, place) = said.cells.get(&field)?;
            Some(known(of(cell), cell, what, *place, problems))
        };
        let disabled = ask(Field::Disabled, "the child is disabled", values::disability);
        let unaccompanied =
            ask(Field::Unaccompanied, "the child is unaccompanied", values::unaccompanied);
        let (open, needs, assessment_open) = said.status(problems);
        let placement = self.placement(said, problems);
        let route = said.route(problems);
        let born = said.date(Field::Born, 280, problems);
        let dates: Vec<_> = said
            .cells
            .keys()
            .filter_map(|field| match field {
                Field::Date(kind) => Some(*kind),
                _ => None,
            })
            .collect();
        let mut history = History { born, asked, ..History::default() };
        for kind in dates {
            if let Some(date) = said.date(Field::Date(kind), 0, problems) {
                history.dates.entry(kind).or_default().insert(date);
            }
        }
        let sighting = Sighting {
            list: 0,
            row: Some(row),
            reference: reference.clone(),
            open,
            needs,
            assessment_open,
            disabled: disabled.unwrap_or_default(),
            unaccompanied: unaccompanied.unwrap_or_default(),
            placement,
            route,
            holder: said.holder(),
            team: said.team(),
            history,
        };
        match self.sightings.entry(reference) {
            Entry::Vacant(blank) => {
                blank.insert(sighting);
            }
            Entry::Occupied(mut first) => {
                join(first.get_mut(), sighting);
            }
        }
    }

    fn placement(&self, said: &Said<'_>, problems: &mut Problems) -> Option<Placement> {
        let in_area = said.cells.get(&Field::Placement).map(|(cell, place)| {
            values::is_in_area(cell).unwrap_or_else(|| {
                let what = format!("“{}” does not say in or out", short(cell));
                let todo = "write In or Out, or map it; it was taken as not known";
                problems.add(*place, Severity::Warning, what, todo);
                None
            })
        });
        let authority = said.cells.get(&Field::PlacementAuthority);
        let authority = authority.map(|(cell, _)| self.authorities.read(&cell.text()));
        if in_area.is_none() && authority.is_none() {
            return (self.mapping.kind == ListKind::Placements).then_some(Placement::Unknown);
        }
        let (placed, disagree) =
            placement(in_area.flatten(), authority.flatten().as_ref(), self.home.as_ref());
        if let (true, Some((_, place))) = (disagree, said.cells.get(&Field::Placement)) {
            let what = "in or out does not agree with the authority of the placement";
            let todo = "check which is right; the placement was taken as not known";
            problems.add(*place, Severity::Warning, what, todo);
        }
        Some(placed)
    }

    /// What the list says of each record and of each worker.
    pub fn finish(self) -> (Vec<Sighting>, Vec<WorkerSighting>) {
        (self.sightings.into_values().collect(), self.workers.into_values().collect())
    }
}

impl Said<'_> {
    fn reference(&self, place: Place<'_>, problems: &mut Problems) -> Result<Reference, Why> {
        let todo = "give the child's reference; the row was not used";
        let Some((cell, place)) = self.cells.get(&Field::Reference) else {
            if self.cells.len() <= 2 {
                return Err(Why::Note);
            }
            problems.add(place, Severity::StopsRow, "the row has no reference", todo);
            return Err(Why::Problem);
        };
        let form = normal(&cell.text());
        if is_note(&form) || place.column.is_some_and(|(_, heading)| normal(heading) == form) {
            return Err(Why::Note);
        }
        reference::reference(cell).map_err(|what| {
            problems.add(*place, Severity::StopsRow, what, todo);
            Why::Problem
        })
    }

    /// Whether the record is open, why, and whether an assessment is all there is.
    fn status(&self, problems: &mut Problems) -> (Known, Needs, bool) {
        let Some((cell, place)) = self.cells.get(&Field::Need) else {
            return (Known::Unknown, Needs::new(), false);
        };
        if values::says_nothing(cell) {
            return (Known::Unknown, Needs::new(), false);
        }
        let text = cell.text();
        let form = normal(&text);
        let by_code = Need::from_code(text.trim().to_ascii_uppercase().as_str());
        let status = values::status(cell);
        let is_leaver = form.contains("leaver") || form.contains("leavingcare");
        let by_words = || match status {
            _ if is_leaver => Some(Some(Need::CareLeaver)),
            Some(Status::InCare) => Some(Some(Need::InCare)),
            Some(Status::Protection) => Some(Some(Need::ChildProtection)),
            Some(Status::InNeed | Status::OpenAssessment) => Some(Some(Need::ChildInNeed)),
            Some(Status::Closed) => Some(None),
            None => None,
        };
        match by_code.map(Some).or_else(by_words) {
            Some(Some(need)) => {
                let is_assessed = by_code.is_none() && status == Some(Status::OpenAssessment);
                (Known::Yes, Needs::from([need]), is_assessed && !is_leaver)
            }
            Some(None) => (Known::No, Needs::new(), false),
            None => {
                let what = format!("“{}” does not say why the record is open", short(cell));
                let todo = "map it to CIN, CP, CLA, CL or closed; it was taken as not known";
                problems.add(*place, Severity::Warning, what, todo);
                (Known::Unknown, Needs::new(), false)
            }
        }
    }

    fn route(&self, problems: &mut Problems) -> Option<LegalRoute> {
        let (cell, place) = self.cells.get(&Field::Route)?;
        if values::says_nothing(cell) {
            return None;
        }
        let text = cell.text();
        let form = normal(&text);
        let has = |words: &[&str]| words.iter().any(|word| form.contains(word));
        let route = LegalRoute::from_code(text.trim())
            .or_else(|| has(&["85"]).then_some(LegalRoute::Section85))
            .or_else(|| has(&["86"]).then_some(LegalRoute::Section86))
            .or_else(|| values::is_short_break(cell).then_some(LegalRoute::ShortBreak))
            .or_else(|| has(&["shortbreak", "respite"]).then_some(LegalRoute::ShortBreak))
            .or_else(|| {
                let in_care = has(&["section20", "s20", "careorder", "lookedafter", "incare"])
                    || matches!(form.as_str(), "c1" | "c2" | "d1" | "e1" | "v2");
                in_care.then_some(LegalRoute::InCare)
            });
        if route.is_none() {
            let what = format!("“{}” is no legal route that is known", short(cell));
            let todo = "map it to in care, section 85, section 86, short breaks or none; it was \
                        taken as not known";
            problems.add(*place, Severity::Warning, what, todo);
        }
        route
    }

    fn date(&self, field: Field, ahead: i64, problems: &mut Problems) -> Option<Date> {
        let (cell, place) = self.cells.get(&field)?;
        cells::date(self.calendar, cell, *place, ahead.days(), problems)
    }

    fn answer(&self, field: Field) -> Option<Known> {
        values::answer(&self.cells.get(&field)?.0)
    }

    fn text(&self, field: Field) -> Option<String> {
        let (cell, _) = self.cells.get(&field)?;
        let text = cell.text().split_whitespace().collect::<Vec<&str>>().join(" ");
        (!values::says_nothing(cell) && text.chars().count() <= worker::LONGEST).then_some(text)
    }

    fn team(&self) -> Option<String> {
        worker::team(&self.cells.get(&Field::Team)?.0)
    }

    fn holder(&self) -> Holder {
        let none = BTreeSet::new();
        Holder {
            name: self.text(Field::WorkerName).and_then(|name| worker::worker(&name, &none)),
            registration: self.text(Field::Registration).and_then(|it| registration(&it)),
            staff_number: self.text(Field::StaffNumber),
        }
    }
}

/// How experienced a grade plainly says that somebody is; the mapping can say more.
fn grade_of(grade: &str) -> Experience {
    if let Some(experience) = Experience::from_code(grade) {
        return experience;
    }
    let lower = grade.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match experience(grade) {
        Experience::Unknown if is(&["early career"]) => Experience::EarlyCareer,
        Experience::Unknown if is(&["senior", "advanced", "experienced"]) => {
            Experience::Experienced
        }
        other => other,
    }
}

/// A later row of the same record adds what the first does not say.
fn join(first: &mut Sighting, later: Sighting) {
    let either = |one, other| if one == Known::Unknown { other } else { one };
    // One open row makes the record open, whatever a closed one says.
    let is_open = [first.open, later.open].contains(&Known::Yes);
    first.open = if is_open { Known::Yes } else { either(first.open, later.open) };
    first.needs.extend(later.needs);
    first.assessment_open |= later.assessment_open;
    first.disabled = either(first.disabled, later.disabled);
    first.unaccompanied = either(first.unaccompanied, later.unaccompanied);
    first.placement = match first.placement {
        None | Some(Placement::Unknown) => later.placement.or(first.placement),
        placed => placed,
    };
    first.route = first.route.or(later.route);
    if first.holder.is_nobody() {
        first.holder = later.holder;
        first.team = later.team.or(first.team.take());
    }
    first.history.born = first.history.born.or(later.history.born);
    for (kind, dates) in later.history.dates {
        first.history.dates.entry(kind).or_default().extend(dates);
    }
}
