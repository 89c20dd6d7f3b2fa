//! One row of one list, with every cell that is used turned into what it means.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use quarterlight_domain::case_list::{KeyDate, Reference};
use quarterlight_domain::need::Known;

use super::authority::{Authorities, Authority};
use super::columns::Use;
use super::headings::{Headings, normal};
use super::list::List;
use super::values::{self, Status};
use super::{reference, worker};
use crate::account::Why;
use crate::cell::Cell;
use crate::cells::{self, known, short};
use crate::date::Calendar;
use crate::problem::Severity;
use crate::problems::{Place, Problems};
use crate::row::Row;

/// What one row of a list says of one child.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub list: List,
    /// The position of the sheet over all files, and the row as Excel numbers it.
    pub sheet: usize,
    pub row: u32,
    pub child: Reference,
    pub born: Option<Date>,
    pub disabled: Known,
    pub unaccompanied: Known,
    /// As the cell gives it; whether it is a person is decided when all teams are known.
    pub worker: Option<String>,
    pub team: Option<String>,
    pub status: Option<Status>,
    /// True if the row says that an episode, plan, period of care or assessment is open.
    pub is_open: bool,
    pub ended: Option<Date>,
    pub dates: Vec<(KeyDate, Date)>,
    pub is_short_break: bool,
    pub in_area: Option<bool>,
    pub authority: Option<Authority>,
    pub told: Told,
}

/// What only the rules about time and recording ask for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    pub enquiry: Option<Date>,
    pub conference: Option<Date>,
    /// True if the conference was deemed unnecessary.
    pub needs_no_conference: bool,
    pub ethnicity_obtained: Known,
    pub permanence_plan: Known,
    pub missing_episodes: Option<u32>,
    pub return_offered: Known,
}

impl Line {
    /// The day on which what the row is about began.
    pub(crate) fn began(&self) -> Option<Date> {
        let kind = match self.list {
            List::InCare => KeyDate::CareStarted,
            List::Protection => KeyDate::ProtectionPlanStarted,
            List::Assessments => KeyDate::AssessmentStarted,
            _ => KeyDate::Opened,
        };
        self.date(kind)
    }

    /// The date of this kind, if the row gives it.
    pub(crate) fn date(&self, kind: KeyDate) -> Option<Date> {
        self.dates.iter().find(|(other, _)| *other == kind).map(|(_, date)| *date)
    }
}

/// Reads the rows of one sheet.
pub(crate) struct LineReader<'r> {
    pub sheet: usize,
    pub file: &'r str,
    pub name: &'r str,
    pub headings: &'r Headings,
    pub calendar: Calendar,
    pub authorities: &'r Authorities,
}

impl LineReader<'_> {
    /// The row as a line, or why it is none. What is wrong with it goes to `problems`.
    pub(crate) fn line(&self, row: &Row<'_>, problems: &mut Problems) -> Result<Line, Why> {
        let child = self.child(row, problems)?;
        let mut line = Line {
            list: self.headings.list,
            sheet: self.sheet,
            row: row.number,
            child,
            born: None,
            disabled: Known::Unknown,
            unaccompanied: Known::Unknown,
            worker: None,
            team: None,
            status: None,
            is_open: false,
            ended: None,
            dates: Vec::new(),
            is_short_break: false,
            in_area: None,
            authority: None,
            told: Told::default(),
        };
        let mut unread_status = None;
        for (position, cell) in &row.cells {
            let Some((column, heading)) = self.headings.columns.get(position) else { continue };
            let place = self.place(row, Some((*position, heading)));
            if let Cell::Error(error) = cell
                && !matches!(column.used_as, Use::NotRead | Use::Worker | Use::Team)
            {
                let what = format!("the formula in it gives {error}");
                problems.add(place, Severity::Warning, what, "mend it; it was taken as blank");
                continue;
            }
            match column.used_as {
                Use::NotRead | Use::Child => {}
                Use::Born => line.born = self.date(cell, place, 280.days(), problems),
                Use::Disability => {
                    let taken = values::disability(cell);
                    line.disabled = known(taken, cell, "the child is disabled", place, problems);
                }
                Use::Unaccompanied => {
                    let taken = values::unaccompanied(cell);
                    let what = "the child is unaccompanied";
                    line.unaccompanied = known(taken, cell, what, place, problems);
                }
                Use::Team => line.team = worker::team(cell),
                Use::Worker => {
                    if let Cell::Text(text) = cell
                        && text.len() <= 4 * worker::LONGEST
                    {
                        line.worker = Some(text.clone().into_owned());
                    }
                }
                Use::Status => {
                    line.status = values::status(cell);
                    if line.status.is_none() {
                        unread_status = Some((place, cell));
                    }
                }
                Use::Date(kind) => {
                    if let Some(date) = self.date(cell, place, 0.days(), problems) {
                        line.dates.push((kind, date));
                    }
                }
                Use::Ended => line.ended = self.date(cell, place, 0.days(), problems),
                Use::LegalStatus => line.is_short_break = values::is_short_break(cell),
                Use::Location => {
                    let taken = values::is_in_area(cell);
                    if taken.is_none() {
                        let what = format!("“{}” does not say in or out", short(cell));
                        let todo = "write In or Out; it was taken as not known";
                        problems.add(place, Severity::Warning, what, todo);
                    }
                    line.in_area = taken.flatten();
                }
                Use::Authority => line.authority = self.authorities.read(&cell.text()),
                _ => self.told(column.used_as, cell, place, &mut line.told, problems),
            }
        }
        line.is_open = is_open(&line);
        if let Some((place, cell)) = unread_status {
            let what = format!("“{}” is not a case status of Annex A", short(cell));
            let todo = "write one of its five; a row without a closure date was taken as a child \
                        in need";
            problems.add(place, Severity::Warning, what, todo);
        }
        if line.list == List::InNeed
            && line.ended.is_some()
            && line.status.is_some_and(|status| status != Status::Closed)
        {
            let what = "the row has a closure date, and a case status that is not closed";
            let todo = "check which is right; the case status is followed";
            problems.add(self.place(row, None), Severity::Warning, what, todo);
        }
        Ok(line)
    }

    /// A cell of a column that only the rules about time and recording ask for.
    fn told(
        &self,
        used_as: Use,
        cell: &Cell<'_>,
        place: Place<'_>,
        told: &mut Told,
        problems: &mut Problems,
    ) {
        match used_as {
            Use::Ethnicity => told.ethnicity_obtained = values::is_obtained(cell),
            Use::Permanence => told.permanence_plan = values::is_planned(cell),
            Use::ReturnOffered => {
                let what = "a return interview was offered";
                let taken = values::answer(cell);
                told.return_offered = known(taken, cell, what, place, problems);
            }
            Use::Missing => {
                told.missing_episodes = values::how_often(cell);
                if told.missing_episodes.is_none() && !values::says_nothing(cell) {
                    let what = format!("“{}” is not a number of episodes", short(cell));
                    let todo = "write a whole number; it was left out";
                    problems.add(place, Severity::Warning, what, todo);
                }
            }
            Use::Enquiry => told.enquiry = self.date(cell, place, 0.days(), problems),
            Use::NoConference => {
                told.needs_no_conference = values::answer(cell) == Some(Known::Yes);
            }
            // A conference can be booked before it is held.
            Use::Conference => {
                told.conference = self.date(cell, place, 60.days(), problems);
            }
            _ => {}
        }
    }

    /// The child's reference, or why the row has none.
    fn child(&self, row: &Row<'_>, problems: &mut Problems) -> Result<Reference, Why> {
        let mut columns = self.headings.columns.iter();
        let Some((position, (_, heading))) =
            columns.find(|(_, (column, _))| column.used_as == Use::Child)
        else {
            return Err(Why::Adopter);
        };
        let place = self.place(row, Some((*position, heading)));
        let Some((_, cell)) = row.cells.iter().find(|(at, _)| at == position) else {
            let mut filled =
                row.cells.iter().filter(|(at, _)| self.headings.columns.contains_key(at));
            if filled.nth(2).is_none() {
                return Err(Why::Note);
            }
            let todo = "give the child's reference; the row was not used";
            problems.add(place, Severity::StopsRow, "the row has no reference", todo);
            return Err(Why::Problem);
        };
        let form = normal(&cell.text());
        if form == normal(heading) || is_note(&form) {
            return Err(Why::Note);
        }
        reference::reference(cell).map_err(|what| {
            let todo = "give the child's reference; the row was not used";
            problems.add(place, Severity::StopsRow, what, todo);
            Why::Problem
        })
    }

    fn date(
        &self,
        cell: &Cell<'_>,
        place: Place<'_>,
        ahead: Span,
        problems: &mut Problems,
    ) -> Option<Date> {
        cells::date(self.calendar, cell, place, ahead, problems)
    }

    fn place<'p>(&'p self, row: &Row<'_>, column: Option<(u32, &'p String)>) -> Place<'p> {
        Place {
            file: self.file,
            sheet: Some((self.sheet, self.name)),
            list: Some(self.headings.list.name()),
            row: Some(row.number),
            column: column.map(|(position, heading)| (position, heading.as_str())),
        }
    }
}

/// A blank or unreadable end is no end: a record that may be open is not lost.
fn is_open(line: &Line) -> bool {
    match line.list {
        List::InNeed => match line.status {
            Some(status) => status != Status::Closed,
            None => line.ended.is_none(),
        },
        List::Protection | List::InCare => line.ended.is_none(),
        List::Leavers => true,
        List::Assessments => line.date(KeyDate::AssessmentAuthorised).is_none(),
        _ => false,
    }
}

/// Titles, totals and the notes that reporting tools leave under a list.
pub(crate) fn is_note(form: &str) -> bool {
    matches!(
        form,
        "total" | "totals" | "grandtotal" | "subtotal" | "count" | "none" | "nan" | "null"
    ) || ["appliedfilter", "filters", "officialsensitive", "dataasat", "reportrun", "endof", "note"]
        .iter()
        .any(|start| form.starts_with(start))
}
