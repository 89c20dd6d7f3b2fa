//! What the rows of one child say, table by table.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quarterlight_domain::history::Span;
use quarterlight_domain::need::Known;

use super::care::{Began, Law, Stay};
use super::entry::Entry;
use super::gathered::{At, Sheets};
use super::table::Table;
use crate::account::Why;
use crate::return_values::{Dates, NoDate, Untimely, ethnicity_obtained, short};

/// What is known of a child so far.
#[derive(Debug, Default)]
pub(super) struct Child {
    pub born: Option<(Table, Date)>,
    pub ethnicity_obtained: Known,
    pub stays: Vec<Stay>,
    pub reviews: BTreeSet<Date>,
    pub missing: BTreeSet<Span>,
    pub is_unaccompanied: bool,
    /// Whether the child is entitled to leaving care services; none where the child is not among
    /// those who have left.
    pub is_leaver: Option<bool>,
    pub tenures: Vec<Tenure>,
    /// Where the child first stands in each table.
    pub first: BTreeMap<Table, (usize, u32)>,
}

/// A time for which one social worker held the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tenure {
    pub from: Option<Date>,
    pub is_open: bool,
    /// The registration; none for a worker who has none.
    pub worker: Option<String>,
    pub at: (usize, u32),
}

/// What a row may say of when something ended.
#[derive(Debug)]
pub(super) enum End {
    Open,
    On(Date),
    /// It has ended, too long ago for a date.
    Sometime,
}

impl Child {
    /// Takes a row; why it is not used where it is not.
    pub(super) fn take(
        &mut self,
        entry: &Entry,
        dates: Dates,
        sheets: &mut Sheets,
    ) -> Result<(), Why> {
        let is_first = !self.first.contains_key(&entry.table);
        self.first.entry(entry.table).or_insert((entry.sheet, entry.line));
        let was = self.born;
        self.birth(entry, dates, sheets);
        match entry.table {
            Table::Header => {
                let obtained = ethnicity_obtained(entry.text("ETHNIC"));
                if is_first {
                    self.ethnicity_obtained = obtained;
                } else {
                    return Err(second_header(entry, was == self.born, sheets));
                }
            }
            Table::Episodes => return self.stay(entry, dates, sheets),
            Table::Reviews => {
                let date = required(entry, "REVIEW", dates, sheets).ok_or(Why::Problem)?;
                return self.reviews.insert(date).then_some(()).ok_or(Why::Duplicate);
            }
            Table::Unaccompanied => {
                self.is_unaccompanied = true;
                return is_first.then_some(()).ok_or(Why::Duplicate);
            }
            Table::Missing => return self.missing(entry, dates, sheets),
            Table::Leavers => {
                self.is_leaver = Some(entry.text("IN_TOUCH") != "DIED");
                return is_first.then_some(()).ok_or(Why::Duplicate);
            }
            Table::SocialWorkers => return self.tenure(entry, dates, sheets),
            _ => return Err(Why::TableNotUsed),
        }
        Ok(())
    }

    /// Takes the date of birth, which nearly every table repeats. The header's is followed.
    fn birth(&mut self, entry: &Entry, dates: Dates, sheets: &mut Sheets) {
        let at = At::new(entry, "DOB");
        let born = match entry.text("DOB") {
            "" => return,
            text => dates.of_birth(text),
        };
        match (born, self.born) {
            (Err(why), _) => sheets.no_date(at, why),
            (Ok(born), None) => self.born = Some((entry.table, born)),
            (Ok(born), Some((table, other))) if born != other => {
                let other =
                    if table == entry.table { "another row".to_owned() } else { table.to_string() };
                let what =
                    format!("the date of birth differs from that in {other} for the same child");
                sheets.warn(
                    at,
                    what,
                    "check which is right; the header's is followed, or the first",
                );
                if entry.table < table {
                    self.born = Some((entry.table, born));
                }
            }
            (Ok(_), Some(_)) => {}
        }
    }

    fn stay(&mut self, entry: &Entry, dates: Dates, sheets: &mut Sheets) -> Result<(), Why> {
        let until = ended(entry, "DEC", dates, sheets);
        let from = match event(entry, "DECOM", dates, sheets) {
            Ok(from) => from,
            // It has not begun yet on the day of the list.
            Err(Untimely::TooLate) => return Err(Why::Problem),
            Err(_) => None,
        };
        if from.is_none() && !matches!(until, End::Open) {
            let todo = "give the day on which it began; the row was not used";
            sheets.stop(At::new(entry, "DECOM"), "the episode has no beginning", todo);
            return Err(Why::Problem);
        }
        if let (Some(from), End::On(until)) = (from, &until)
            && *until < from
        {
            let todo = "check both dates; the row was not used";
            sheets.stop(At::new(entry, "DEC"), "the episode ends before it begins", todo);
            return Err(Why::Problem);
        }
        let began = match entry.text("RNE") {
            "S" => Began::Care,
            "P" | "T" | "B" | "U" => Began::Placement,
            "L" => Began::Law,
            other => {
                let what = not_one(other, "reason for a new episode");
                sheets.warn(
                    At::new(entry, "RNE"),
                    what,
                    "write S, P, T, L, B or U; it was left out",
                );
                Began::Unknown
            }
        };
        let law = match entry.text("LS") {
            "V1" | "V3" | "V4" => Law::ShortBreak,
            "V2" | "C1" | "C2" | "D1" | "E1" | "L1" | "L2" | "L3" | "J1" | "J2" | "J3" => Law::Care,
            other => {
                let what = not_one(other, "legal status");
                sheets.warn(
                    At::new(entry, "LS"),
                    what,
                    "write a code of the return; it was left out",
                );
                Law::Unknown
            }
        };
        let reason = entry.text("REC");
        let continues = reason == "X1";
        if matches!(until, End::Open) && !reason.is_empty() && !continues {
            let what = "there is a reason why care ended, and no date";
            let todo = "give the date, or take the reason out; the child was taken as in care";
            sheets.warn(At::new(entry, "DEC"), what, todo);
        }
        let stay = Stay { from, until, began, law, continues, at: (entry.sheet, entry.line) };
        if self.stays.iter().any(|other| other.is_same(&stay)) {
            return Err(Why::Duplicate);
        }
        self.stays.push(stay);
        Ok(())
    }

    fn missing(&mut self, entry: &Entry, dates: Dates, sheets: &mut Sheets) -> Result<(), Why> {
        let from = required(entry, "MIS_START", dates, sheets).ok_or(Why::Problem)?;
        let until = match ended(entry, "MIS_END", dates, sheets) {
            End::Open => None,
            End::On(until) if until >= from => Some(until),
            _ => {
                let todo = "check both dates; the row was not used";
                sheets.stop(At::new(entry, "MIS_END"), "it ends before it begins", todo);
                return Err(Why::Problem);
            }
        };
        match entry.text("MISSING") {
            "M" => {
                let is_new = self.missing.insert(Span { from, until });
                is_new.then_some(()).ok_or(Why::Duplicate)
            }
            // Away without authority is not missing: where the child was is known.
            "A" => Ok(()),
            other => {
                let what = format!("“{}” is neither M nor A", short(other));
                let todo = "write M for missing or A for away; the row was not used";
                sheets.stop(At::new(entry, "MISSING"), what, todo);
                Err(Why::Problem)
            }
        }
    }

    fn tenure(&mut self, entry: &Entry, dates: Dates, sheets: &mut Sheets) -> Result<(), Why> {
        let from = match event(entry, "SW_DECOM", dates, sheets) {
            Err(Untimely::TooLate) => return Err(Why::Problem),
            from => from.ok().flatten(),
        };
        let is_open = matches!(ended(entry, "SW_DEC", dates, sheets), End::Open);
        let number = entry.text("SW_ID").to_ascii_uppercase();
        let figures = number.strip_prefix("SW").unwrap_or_default();
        let is_registration = !figures.is_empty()
            && figures.len() <= 12
            && figures.bytes().all(|b| b.is_ascii_digit());
        if !is_registration && !number.starts_with("XX") {
            let what = "it is not the registration of a social worker";
            let todo = "write SW and the figures, or XX for nobody registered; it was left out";
            sheets.warn(At::new(entry, "SW_ID"), what, todo);
        }
        let worker = is_registration.then_some(number);
        let tenure = Tenure { from, is_open, worker, at: (entry.sheet, entry.line) };
        let is_new = !self.tenures.iter().any(|other| {
            (other.from, other.is_open, &other.worker)
                == (tenure.from, tenure.is_open, &tenure.worker)
        });
        self.tenures.push(tenure);
        is_new.then_some(()).ok_or(Why::Duplicate)
    }
}

/// Why a second row of a child in the header is not used.
fn second_header(entry: &Entry, is_same: bool, sheets: &mut Sheets) -> Why {
    if !is_same {
        return Why::Problem;
    }
    let what = "the child stands on an earlier row too";
    sheets.warn(At::new(entry, "CHILD"), what, "give each child one row; the first was used");
    Why::Duplicate
}

/// What is wrong with a code that is blank or not known.
fn not_one(code: &str, of_what: &str) -> String {
    match code {
        "" => format!("there is no {of_what}"),
        code => format!("“{}” is no {of_what}", short(code)),
    }
}

/// A date that the row must give.
fn required(
    entry: &Entry,
    column: &'static str,
    dates: Dates,
    sheets: &mut Sheets,
) -> Option<Date> {
    if entry.text(column).is_empty() {
        let todo = "give the date; the row was not used";
        sheets.stop(At::new(entry, column), "there is no date", todo);
        return None;
    }
    event(entry, column, dates, sheets).ok().flatten()
}

/// A date that the row may give; none where it gives none.
fn event(
    entry: &Entry,
    column: &'static str,
    dates: Dates,
    sheets: &mut Sheets,
) -> Result<Option<Date>, Untimely> {
    match entry.text(column) {
        "" => Ok(None),
        text => dates.of_event(text).map(Some).map_err(|why: NoDate| {
            let kind = why.kind;
            sheets.no_date(At::new(entry, column), why);
            kind
        }),
    }
}

/// A blank or unreadable end is no end, and neither is one after the day of the list.
fn ended(entry: &Entry, column: &'static str, dates: Dates, sheets: &mut Sheets) -> End {
    match event(entry, column, dates, sheets) {
        Ok(Some(date)) => End::On(date),
        Err(Untimely::LongAgo) => End::Sometime,
        Ok(None) | Err(_) => End::Open,
    }
}
