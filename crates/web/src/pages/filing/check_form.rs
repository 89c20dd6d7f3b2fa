//! What is typed to check the filing of a record, read into a check or into what is wrong with it.

use jiff::civil::Date;
use quarterlight_domain::filing::check::NewCheck;
use quarterlight_domain::filing::hours::Entered;
use quarterlight_domain::filing::item::{Item, Seen};
use quarterlight_domain::filing::outcome::Outcome;
use quarterlight_domain::filing::paper::{Agrees, Paper};
use quarterlight_domain::filing::protocol::{Held, KindCode};
use quarterlight_domain::need::Known;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::{Reason, bounded};
use quarterlight_domain::timescale::working_days::BankHolidays;
use serde::Deserialize;

use super::ToCheck;
use super::grid::{GridLine, Wrong};
use super::typed;
use crate::form::{Errors, TypedDate};

/// What was typed. Each column of the grid comes once for each line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CheckForm {
    pub(super) form_key: String,
    pub(super) checked: String,
    pub(super) newest: String,
    pub(super) kind: Vec<String>,
    pub(super) dated: Vec<String>,
    pub(super) entered: Vec<String>,
    pub(super) time: Vec<String>,
    pub(super) found: Vec<String>,
    pub(super) outcome: Vec<String>,
    pub(super) why: Vec<String>,
    pub(super) exists: String,
    pub(super) mentioned: String,
    pub(super) place: String,
    pub(super) volumes: String,
    #[serde(rename = "last-day")]
    pub(super) last_day: String,
    #[serde(rename = "last-month")]
    pub(super) last_month: String,
    #[serde(rename = "last-year")]
    pub(super) last_year: String,
    pub(super) agrees: String,
    pub(super) lines: String,
    #[serde(rename = "do")]
    pub(super) wanted: String,
}

/// The lines that a page begins with, and by how many it grows.
const LINES: usize = 10;

/// The most lines that one page has.
const MOST_LINES: usize = 60;

/// The names of the columns, in order.
pub const COLUMNS: [&str; 7] = ["kind", "dated", "entered", "time", "found", "outcome", "why"];

impl CheckForm {
    /// A form with nothing typed, for a check of this day.
    pub fn of(today: Date, form_key: String) -> Self {
        let checked = format!("{} {} {}", today.day(), today.month(), today.year());
        Self { form_key, checked, ..Self::default() }
    }

    /// True if more lines were asked for, and nothing is to be kept yet.
    pub fn wants_more(&self) -> bool {
        self.wanted == "more"
    }

    /// How many lines to show: ten, or ten more than there were where more are asked for.
    pub fn shown(&self) -> usize {
        let had = self.lines.parse().unwrap_or(LINES).max(self.typed());
        let more = if self.wants_more() { LINES } else { 0 };
        (had.max(LINES) + more).min(MOST_LINES)
    }

    /// What was typed in a line, in the order of the columns.
    pub fn line(&self, place: usize) -> Vec<String> {
        let columns = [
            &self.kind,
            &self.dated,
            &self.entered,
            &self.time,
            &self.found,
            &self.outcome,
            &self.why,
        ];
        columns.iter().map(|column| column.get(place).cloned().unwrap_or_default()).collect()
    }

    /// How many lines there are up to the last in which something was typed.
    fn typed(&self) -> usize {
        let lines = (0..self.kind.len().max(self.dated.len()).min(MOST_LINES)).rev();
        let is_typed = |place: &usize| self.line(*place).iter().any(|cell| !cell.trim().is_empty());
        lines.into_iter().find(is_typed).map_or(0, |place| place + 1)
    }

    /// The three boxes of the paper's last item.
    pub fn last(&self) -> TypedDate {
        let (day, month) = (self.last_day.clone(), self.last_month.clone());
        TypedDate { day, month, year: self.last_year.clone() }
    }

    /// The check; or nothing, with what is wrong in the errors and in the lines.
    pub fn read(
        &self,
        of: &ToCheck,
        (held, holidays): (&[Held], &BankHolidays),
        errors: &mut Errors,
        lines: &mut [GridLine],
    ) -> Option<NewCheck> {
        let today = of.visitor.today;
        let checked = typed::day(&self.checked).and_then(|day| {
            day.filter(|day| *day <= today).ok_or_else(|| {
                Refusal::because("Enter the day of the check, which is not in the future.")
            })
        });
        let checked_on = errors.keep("checked", checked);
        let day = checked_on.unwrap_or(today);
        let newest = errors.keep("newest", typed::day(&self.newest)).flatten();
        if newest.is_some_and(|newest| newest > day) {
            errors.say("newest", "The newest entry cannot be dated after the day of the check.");
        }
        let mut items = Vec::new();
        let mut is_whole = true;
        for line in lines {
            if line.values.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            match item(&line.values, held, holidays, day) {
                Ok(item) => items.push(item),
                Err(wrong) => {
                    line.wrong = Some(wrong);
                    is_whole = false;
                }
            }
        }
        let paper = self.paper(day, errors);
        if !is_whole || !errors.is_empty() {
            return None;
        }
        let new = NewCheck {
            record: of.record,
            audit: of.audit.as_ref().map(|(audit, _)| audit.id),
            checked_on: checked_on?,
            newest,
            items,
            paper: paper?,
            form_key: self.form_key.clone(),
        };
        errors.keep("items", new.whole(today))
    }

    fn paper(&self, day: Date, errors: &mut Errors) -> Option<Paper> {
        let last_item = if self.last() == TypedDate::default() {
            None
        } else {
            errors.keep("last", self.last().read())
        };
        let volumes = match self.volumes.trim() {
            "" => None,
            text => {
                let volumes = text.parse().ok();
                if volumes.is_none() {
                    errors.say("volumes", "Enter the number of volumes in digits, such as 3.");
                }
                volumes
            }
        };
        let paper = Paper {
            exists: Known::from_code(&self.exists).unwrap_or_default(),
            mentioned: Known::from_code(&self.mentioned).unwrap_or_default(),
            place: self.place.clone(),
            volumes,
            last_item,
            agrees: Agrees::from_code(&self.agrees),
        };
        errors.keep("exists", paper.found(day))
    }
}

/// The item of a line; or the column that is wrong, and what to do.
fn item(
    values: &[String],
    held: &[Held],
    holidays: &BankHolidays,
    day: Date,
) -> Result<Item, Wrong> {
    let cell = |place: usize| values.get(place).map_or("", |cell| cell.trim());
    let at = |column: &'static str| move |refusal: Refusal| (column, refusal.sentence().to_owned());
    let kind = KindCode::new(cell(0)).map_err(|_| ("kind", "Select the kind.".to_owned()))?;
    let dated = typed::day(cell(1)).map_err(at("dated"))?;
    let dated = dated.ok_or(("dated", "Enter the date on it.".to_owned()))?;
    let entered = typed::day(cell(2)).map_err(at("entered"))?;
    let time = typed::time(cell(3)).map_err(at("time"))?;
    let entered = match (entered, time) {
        (Some(day), time) => Some(Entered { day, time }),
        (None, None) => None,
        (None, Some(_)) => {
            return Err(("entered", "Enter the day on which it was entered, too.".to_owned()));
        }
    };
    let found = bounded(cell(4)).map_err(at("found"))?;
    if found.chars().count() > 200 {
        return Err(("found", "Say where it was found in 200 characters at most.".to_owned()));
    }
    let outcome = Outcome::from_code(cell(5));
    let outcome = outcome.ok_or(("outcome", "Select what you found.".to_owned()))?;
    let why = match cell(6) {
        "" => None,
        words => Some(Reason::new(words).map_err(at("why"))?),
    };
    let seen = Seen { kind, dated, entered, found, outcome, why };
    Item::judge(seen, held, holidays, day).map_err(at("outcome"))
}
