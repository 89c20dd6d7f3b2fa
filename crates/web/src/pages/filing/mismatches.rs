//! What has to be put right, by the place where that is done; ticked off by a person with what they did.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::MismatchId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::text::Reason;
use quarterlight_report::words;
use quarterlight_store::{MismatchLine, Which};
use serde::Deserialize;

use super::list::THING;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, CheckboxItem, Checkboxes, Column, Content, ErrorSummary, Field, LabelSize, Select,
    SelectItem, Table, Textarea,
};
use crate::layout::Frame;
use crate::permit::{ClearAnyFiling, SeeFiling, Through};
use crate::restricted::{HIDDEN, Restricted};
use crate::session::SignedIn;
use crate::{links, page};

/// Which team's.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FilterForm {
    team: String,
}

/// What was ticked, and what was done about it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ClearForm {
    clear: Vec<String>,
    did: String,
    team: String,
}

/// What has to be put right.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/filing/mismatches.html")]
pub struct MismatchesPage {
    frame: Frame,
    errors: ErrorSummary,
    sentence: String,
    action: String,
    filter: Select,
    show: Button,
    team: String,
    /// What the person may clear, by place.
    places: Vec<Checkboxes>,
    /// What others have to clear.
    others: Option<Table>,
    did: Textarea,
    button: Button,
    cleared: Table,
}

/// The most that were put right and are still listed.
const CLEARED: usize = 20;

/// What has to be put right.
///
/// # Errors
/// There is no such page for those who may not see filing.
pub async fn get(app: App, visitor: Through<SeeFiling>, RawQuery(query): RawQuery) -> page::Result {
    let form: FilterForm =
        serde_urlencoded::from_str(&query.unwrap_or_default()).unwrap_or_default();
    let form = ClearForm { team: form.team, ..ClearForm::default() };
    page::show(&load(&app, &visitor, &form, &Errors::default()).await?)
}

/// Clears what was ticked. What somebody else has cleared meanwhile stays theirs.
///
/// # Errors
/// There is no such page for those who clear nothing. Clears nothing if one of those ticked is
/// not theirs to clear.
pub async fn post(
    app: App,
    visitor: Through<ClearAnyFiling>,
    Filled(form): Filled<ClearForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let ids: Vec<MismatchId> = form.clear.iter().filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        errors.say("clear", "Tick what you have put right.");
    }
    let did = errors.keep("did", Reason::new(&form.did));
    if let (Some(did), true) = (did, errors.is_empty()) {
        let open = app.store.filing.mismatches(Which::Open).await?;
        let mine: Vec<MismatchId> = open
            .iter()
            .filter(|line| ids.contains(&line.id) && may_clear(&visitor, line))
            .map(|line| line.id)
            .collect();
        let is_open = |id: &&MismatchId| open.iter().any(|line| line.id == **id);
        if ids.iter().filter(is_open).any(|id| !mine.contains(id)) {
            return Err(Failure::NotFound);
        }
        let stamp = visitor.stamp("put filing right");
        app.store.filing.clear(&stamp, &mine, &did).await?;
        return page::see_other(links::mismatches_of(&form.team));
    }
    page::again(&load(&app, &visitor, &form, &errors).await?)
}

fn may_clear(visitor: &SignedIn, line: &MismatchLine) -> bool {
    permits(&visitor.person, Deed::ClearFiling(&line.whereabouts), visitor.today)
}

async fn load(
    app: &App,
    visitor: &SignedIn,
    form: &ClearForm,
    errors: &Errors,
) -> Result<MismatchesPage, Failure> {
    let may_read = |line: &MismatchLine| {
        permits(&visitor.person, Deed::ReadFiling(&line.whereabouts), visitor.today)
    };
    let mut open = app.store.filing.mismatches(Which::Open).await?;
    let mut cleared = app.store.filing.mismatches(Which::Cleared).await?;
    open.retain(may_read);
    cleared.retain(may_read);
    // What was written of a restricted record is read in its check, which asks why.
    let restricted = Restricted::today(app, visitor).await?;
    for line in open.iter_mut().chain(&mut cleared).filter(|it| restricted.hides(&it.reference)) {
        "Restricted: open its check to read it".clone_into(&mut line.what);
        HIDDEN.clone_into(&mut line.place);
        line.team = Some(HIDDEN.to_owned());
        if let Some(cleared) = &mut line.cleared {
            HIDDEN.clone_into(&mut cleared.words);
        }
    }
    let base = visitor.frame(app, "What has to be put right", "Filing");
    let frame = Frame { breadcrumbs: vec![("Filing".to_owned(), links::filing())], ..base };
    Ok(MismatchesPage::new(frame, visitor, (open, &cleared), form, errors))
}

impl MismatchesPage {
    fn new(
        frame: Frame,
        visitor: &SignedIn,
        (mut open, cleared): (Vec<MismatchLine>, &[MismatchLine]),
        form: &ClearForm,
        errors: &Errors,
    ) -> Self {
        let mut teams: Vec<String> = open.iter().filter_map(|line| line.team.clone()).collect();
        teams.sort();
        teams.dedup();
        if !form.team.is_empty() {
            open.retain(|line| line.team.as_deref() == Some(form.team.as_str()));
        }
        let (mine, others): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|line| may_clear(visitor, line));
        let count = u64::try_from(mine.len() + others.len()).unwrap_or(u64::MAX);
        let things = words::sentence_case(&words::count(count, &THING));
        let wait = words::agree(count, "waits", "wait");
        let team = Field::new("team", "Team");
        let items = std::iter::once(SelectItem::new("", "Every team"))
            .chain(teams.into_iter().map(|team| SelectItem::new(team.clone(), team)))
            .collect();
        let did = Field::new("did", "What did you do?")
            .size(LabelSize::Medium)
            .hint("For all that you have ticked, such as: Moved to their places.")
            .error(errors.at("did"));
        let places = by_place(mine, visitor, form, errors);
        let mut summary = ErrorSummary::new();
        if let Some(first) = places.first() {
            summary = summary.field(&first.field);
        }
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary.field(&did),
            sentence: format!("{things} {wait} to be put right."),
            action: links::mismatches(),
            filter: Select::new(team, items).value(form.team.clone()),
            show: Button::submit("Show").secondary(),
            team: form.team.clone(),
            places,
            others: (!others.is_empty()).then(|| self::others(&others)),
            did: Textarea::new(did).rows(2).value(form.did.clone()),
            button: Button::submit("Clear what is ticked"),
            cleared: self::cleared(cleared),
        }
    }

    /// Nothing to do, several places, and everything wrong with hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let frame = || Frame::new("What has to be put right");
        let (lead, nobody) = (super::sample::lead(), super::sample::visitor());
        let lines = || super::sample::mismatches(HOSTILE);
        let mut wrong = Errors::default();
        wrong.say("clear", HOSTILE);
        wrong.say("did", HOSTILE);
        let form = ClearForm { did: HOSTILE.to_owned(), ..ClearForm::default() };
        let none = Errors::default();
        vec![
            Self::new(frame(), &lead, (Vec::new(), &[]), &ClearForm::default(), &none),
            Self::new(frame(), &nobody, (lines(), &lines()), &ClearForm::default(), &none),
            Self::new(frame(), &lead, (lines(), &lines()), &form, &wrong),
        ]
    }
}

/// What is to be done at each place, however its name is capitalised, by name of the place.
fn by_place(
    lines: Vec<MismatchLine>,
    visitor: &SignedIn,
    form: &ClearForm,
    errors: &Errors,
) -> Vec<Checkboxes> {
    let mut places: BTreeMap<String, (String, Vec<CheckboxItem>)> = BTreeMap::new();
    for line in lines {
        let entry = places
            .entry(line.place.to_lowercase())
            .or_insert_with(|| (line.place.clone(), Vec::new()));
        entry.1.push(item(&line, visitor));
    }
    (1..)
        .zip(places.into_values())
        .map(|(number, (place, items))| {
            let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
            let legend = format!("{place}: {}", words::count(count, &THING));
            let error = if number == 1 { errors.at("clear") } else { None };
            let field = Field::new("clear", legend)
                .id(format!("clear-{number}"))
                .size(LabelSize::Medium)
                .error(error);
            Checkboxes::new(field, items).values(form.clear.clone()).small()
        })
        .collect()
}

fn item(line: &MismatchLine, visitor: &SignedIn) -> CheckboxItem {
    let days = line.since.until(visitor.today).map_or(0, |span| span.get_days());
    let days = u64::try_from(days).unwrap_or(0);
    let team = line.team.as_deref().unwrap_or("team not known");
    let text = format!("{}: {}. {}", line.reference, line.matter.words(), line.what);
    let since = day_in_words(line.since);
    let waits = words::count(days, &words::DAY);
    CheckboxItem::new(line.id.to_string(), text)
        .hint(format!("{team}. Found on {since}, {waits} ago."))
}

fn others(lines: &[MismatchLine]) -> Table {
    let columns = vec![
        Column::words("Record"),
        Column::words("What"),
        Column::words("Where"),
        Column::words("About"),
        Column::words("Found on"),
    ];
    let row = |line: &MismatchLine| {
        vec![
            Content::link(line.reference.to_string(), links::filing_check(line.check)),
            Content::text(line.matter.words()),
            Content::text(line.place.clone()),
            Content::text(line.what.clone()),
            Content::text(day_in_words(line.since)),
        ]
    };
    Table::new("others", "For others to put right", columns).rows(lines.iter().map(row).collect())
}

fn cleared(lines: &[MismatchLine]) -> Table {
    let columns = vec![
        Column::words("Record"),
        Column::words("What"),
        Column::words("Where"),
        Column::words("Put right by"),
        Column::words("What they did"),
    ];
    let row = |line: &MismatchLine| {
        let (by, did) = line.cleared.as_ref().map_or_else(Default::default, |cleared| {
            let day = day_in_words(day_in_england(cleared.at));
            (format!("{} on {day}", cleared.by), cleared.words.clone())
        });
        vec![
            Content::link(line.reference.to_string(), links::filing_check(line.check)),
            Content::text(line.matter.words()),
            Content::text(line.place.clone()),
            Content::text(by),
            Content::written(did),
        ]
    };
    Table::new("cleared", "Put right before", columns)
        .rows(lines.iter().take(CLEARED).map(row).collect())
        .empty("Nothing was put right yet.")
}
