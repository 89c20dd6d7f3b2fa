//! Looks that a stated rule points at, and what somebody found when they looked into them.

use std::collections::BTreeMap;

use askama::Template;
use jiff::ToSpan;
use quarterlight_domain::access::thresholds::{SHIPPED, Thresholds};
use quarterlight_domain::access::unusual::{LookingRule, Pointed, unusual};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::{PersonId, RecordId};
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::refusal::Refusal;
use quarterlight_report::words::{self, Noun};
use quarterlight_store::{LookFilter, SettledLook};
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, HOSTILE, SummaryList, SummaryRow, Table, Textarea,
};
use crate::layout::Frame;
use crate::permit::{SearchLooks, SettleLooks, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// How many lines a page shows.
const SHOWN: usize = 100;

const LINE: Noun = Noun::new("line", "lines");

/// What was typed of one line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SettleForm {
    rule: String,
    day: String,
    person: String,
    record: String,
    words: String,
}

/// The form beneath a line.
#[derive(Debug, Clone)]
pub struct LineForm {
    summary: String,
    is_wrong: bool,
    rule: &'static str,
    day: String,
    person: String,
    record: String,
    words: Textarea,
    button: Button,
}

/// One line.
#[derive(Debug, Clone)]
pub struct Line {
    facts: SummaryList,
    form: Option<LineForm>,
}

/// The lines.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/looks/unusual.html")]
pub struct UnusualPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    thresholds: String,
    sentence: String,
    rules: Table,
    lines: Vec<Line>,
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct Around {
    /// The rules' thresholds.
    pub set: Thresholds,
    /// How many looks there were in the period.
    pub looks: usize,
    /// What the rules point at.
    pub pointed: Vec<Pointed>,
    /// What somebody found.
    pub settled: Vec<SettledLook>,
    /// Names and references.
    pub names: BTreeMap<PersonId, String>,
    /// The records' references.
    pub references: BTreeMap<RecordId, String>,
    /// Who looks at this page, and whether they may settle a line.
    pub settles: Option<PersonId>,
}

/// Shows the lines of the last weeks.
///
/// # Errors
/// There is no such page for those who do not answer for access.
pub async fn get(app: App, visitor: Through<SearchLooks>) -> page::Result {
    let around = load(&app, &visitor).await?;
    let (filter, found) = (LookFilter::default(), u32::try_from(around.looks).unwrap_or(u32::MAX));
    app.store.looks.note_search(Some(visitor.id()), visitor.at, &filter, (found, false)).await?;
    let frame = visitor.frame(&app, TITLE, "Looks");
    page::show(&UnusualPage::new(frame, &around, (&SettleForm::default(), &Errors::default())))
}

/// Keeps what somebody found. Nobody settles a line about themselves.
///
/// # Errors
/// There is no such page for those who may not. Refuses a line that no rule makes, and one's own.
pub async fn post(
    app: App,
    visitor: Through<SettleLooks>,
    Filled(form): Filled<SettleForm>,
) -> page::Result {
    let around = load(&app, &visitor).await?;
    let found = around.pointed.iter().find(|it| form.is_about(it));
    let pointed = found.filter(|it| it.person != visitor.id());
    let pointed = pointed.ok_or_else(|| {
        Refusal::because("No rule points at that any more, or it is about your own looks.")
    })?;
    let mut errors = Errors::default();
    let Some(words) = errors.reason("words", &form.words, "Say what you found") else {
        let frame = visitor.frame(&app, TITLE, "Looks");
        return page::again(&UnusualPage::new(frame, &around, (&form, &errors)));
    };
    let stamp = visitor.stamp("looked into unusual looking");
    app.store.looks.settle(&stamp, pointed, &words).await?;
    page::see_other(links::unusual_looks())
}

const TITLE: &str = "Unusual looking";

async fn load(app: &App, visitor: &SignedIn) -> Result<Around, Failure> {
    let today = visitor.today;
    let set = super::thresholds::today(app, visitor).await?;
    let from = today.saturating_sub((set.period - 1).days());
    let seen = app.store.looks.seen(from, today).await?;
    let people = app.store.people.all().await?;
    let deed = Deed::Access(AccessDeed::SettleLooks);
    let settles = permits(&visitor.person, deed, today);
    Ok(Around {
        set,
        looks: seen.len(),
        pointed: unusual(&seen, &set),
        settled: app.store.looks.settled(from, today).await?,
        names: people.into_iter().map(|it| (it.person.id, it.person.name)).collect(),
        references: app.store.looks.references(from, today).await?,
        settles: settles.then(|| visitor.id()),
    })
}

impl SettleForm {
    fn is_about(&self, it: &Pointed) -> bool {
        self.rule == it.rule.code()
            && self.day == it.day.to_string()
            && self.person == it.person.to_string()
            && self.record == record_of(it)
    }
}

fn record_of(it: &Pointed) -> String {
    it.record.map_or_else(String::new, |id| id.to_string())
}

impl UnusualPage {
    fn new(frame: Frame, around: &Around, (form, errors): (&SettleForm, &Errors)) -> Self {
        let all = around.pointed.len();
        let is_settled = |it: &Pointed| around.settled(it).is_some();
        let settled = around.pointed.iter().filter(|it| is_settled(it)).count();
        let lines: Vec<Line> =
            around.pointed.iter().take(SHOWN).map(|it| line(it, around, (form, errors))).collect();
        let count = u64::try_from(all).unwrap_or_default();
        let shown =
            if all > SHOWN { format!(" The latest {SHOWN} are shown.") } else { String::new() };
        let mut summary = ErrorSummary::new();
        for form in lines.iter().filter_map(|line| line.form.as_ref()) {
            summary = summary.field(&form.words.field);
        }
        let breadcrumbs = vec![("Looks".to_owned(), links::search_looks())];
        Self {
            frame: Frame { has_errors: !errors.is_empty(), breadcrumbs, ..frame },
            errors: summary,
            action: links::unusual_looks(),
            thresholds: links::looking_thresholds(),
            sentence: format!(
                "{} from {} looks in {} days; {settled} of {all} looked into.{shown}",
                words::sentence_case(&words::count(count, &LINE)),
                around.looks,
                around.set.period
            ),
            rules: rules(around),
            lines,
        }
    }

    /// Nothing, and a line of each rule with hostile words and an error.
    pub fn samples() -> Vec<Self> {
        let today = crate::invented::TODAY;
        let pointed = LookingRule::ALL.map(|rule| Pointed {
            day: today,
            rule,
            person: PersonId(2),
            record: (rule != LookingRule::Many).then_some(RecordId(7)),
            looks: 3,
            of: 12,
        });
        let settled = SettledLook {
            rule: LookingRule::Glass,
            day: today,
            person: PersonId(2),
            record: Some(RecordId(7)),
            by: HOSTILE.to_owned(),
            words: HOSTILE.to_owned(),
        };
        let around = |pointed: Vec<Pointed>, settled| Around {
            set: SHIPPED,
            looks: 40,
            pointed,
            settled,
            names: [(PersonId(2), HOSTILE.to_owned())].into(),
            references: [(RecordId(7), HOSTILE.to_owned())].into(),
            settles: Some(PersonId(3)),
        };
        let mut errors = Errors::default();
        errors.say("words", "Say what you found");
        let form = SettleForm {
            rule: LookingRule::Many.code().to_owned(),
            day: today.to_string(),
            person: "2".to_owned(),
            record: String::new(),
            words: HOSTILE.to_owned(),
        };
        let none = (&SettleForm::default(), &Errors::default());
        let frame = || Frame::new(TITLE);
        vec![
            Self::new(frame(), &around(Vec::new(), Vec::new()), none),
            Self::new(frame(), &around(pointed.into(), vec![settled]), (&form, &errors)),
        ]
    }
}

impl Around {
    fn settled(&self, it: &Pointed) -> Option<&SettledLook> {
        self.settled.iter().find(|settled| {
            settled.rule == it.rule
                && settled.day == it.day
                && settled.person == it.person
                && settled.record == it.record
        })
    }
}

/// Each rule with its thresholds, and how many lines it makes out of all.
fn rules(around: &Around) -> Table {
    let columns = vec![
        Column::words("Rule"),
        Column::words("In force since"),
        Column::numbers("Lines"),
        Column::numbers("Of"),
    ];
    let all = around.pointed.len().to_string();
    let row = |rule: LookingRule| {
        let lines = around.pointed.iter().filter(|it| it.rule == rule).count();
        vec![
            Content::text(rule.words(&around.set)),
            Content::text(day_in_words(around.set.from)),
            Content::text(lines.to_string()),
            Content::text(all.clone()),
        ]
    };
    Table::new("rules", "The rules", columns).rows(LookingRule::ALL.map(row).into())
}

fn line(it: &Pointed, around: &Around, (form, errors): (&SettleForm, &Errors)) -> Line {
    let name = around.names.get(&it.person).cloned().unwrap_or_default();
    let mut rows = vec![
        SummaryRow::new("Rule", it.rule.words(&around.set)),
        SummaryRow::new("Day", day_in_words(it.day)),
        SummaryRow::new("How much", how_much(it)),
    ];
    if let Some(record) = it.record {
        let reference = around.references.get(&record).cloned();
        let reference = reference.unwrap_or_else(|| format!("Record number {record}"));
        rows.push(SummaryRow::new("Record", Content::link(reference, links::looks(record))));
    }
    let settled = around.settled(it);
    if let Some(settled) = settled {
        rows.push(SummaryRow::new("Looked into by", settled.by.clone()));
        rows.push(SummaryRow::new("What was found", Content::written(settled.words.clone())));
    }
    let may = around.settles.is_some_and(|who| who != it.person) && settled.is_none();
    let key = format!("{}-{}-{}-{}", it.rule.code(), it.day, it.person, record_of(it));
    let is_wrong = !errors.is_empty() && form.is_about(it);
    let words = Field::new("words", "What did you find?").id(format!("words-{key}"));
    let words = words.error(errors.at("words").filter(|_| is_wrong));
    let typed = if is_wrong { form.words.clone() } else { String::new() };
    let settle = || LineForm {
        summary: format!("Look into this: {name}, {}", day_in_words(it.day)),
        is_wrong,
        rule: it.rule.code(),
        day: it.day.to_string(),
        person: it.person.to_string(),
        record: record_of(it),
        words: Textarea::new(words.clone()).rows(2).value(typed.clone()),
        button: Button::submit("It is looked into").secondary(),
    };
    Line { facts: SummaryList::new(rows).titled(name.clone()), form: may.then(settle) }
}

fn how_much(it: &Pointed) -> String {
    match it.rule {
        LookingRule::Often => format!("On {} of {} days", it.looks, it.of),
        LookingRule::Many => {
            format!("{} records within an hour, of {} looks that day", it.looks, it.of)
        }
        _ => format!("{} of their {} looks that day", it.looks, it.of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_counts_for_one_line_alone() {
        let today = crate::invented::TODAY;
        let it = Pointed {
            day: today,
            rule: LookingRule::Glass,
            person: PersonId(2),
            record: Some(RecordId(7)),
            looks: 1,
            of: 1,
        };
        let form = SettleForm {
            rule: "glass".to_owned(),
            day: today.to_string(),
            person: "2".to_owned(),
            record: "7".to_owned(),
            words: String::new(),
        };
        assert!(form.is_about(&it));
        assert!(!form.is_about(&Pointed { record: Some(RecordId(8)), ..it.clone() }));
        assert!(!form.is_about(&Pointed { rule: LookingRule::Hours, ..it }));
    }
}
