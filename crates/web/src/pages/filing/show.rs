//! One filing check as it was judged, what has to be put right after it, and taking it back.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::filing::item::Item;
use quarterlight_domain::filing::mismatch::Matter;
use quarterlight_domain::filing::outcome::Outcome;
use quarterlight_domain::filing::paper::{Agrees, Paper};
use quarterlight_domain::need::Known;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::text::Reason;
use quarterlight_store::{MismatchLine, Which};
use serde::Deserialize;

use super::ToReadCheck;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, Inset, SummaryList, SummaryRow, Table, TagColour,
    Textarea, WarningText,
};
use crate::layout::Frame;
use crate::{links, page};

/// Why a check is taken back.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WithdrawForm {
    because: String,
}

/// One check.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/filing/show.html")]
pub struct ShowPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// That it was taken back.
    withdrawn: Option<Inset>,
    /// What something on another child's record means.
    breach: Option<WarningText>,
    said: String,
    items: Table,
    paper: SummaryList,
    to_put_right: Table,
    withdraw: Option<Withdraw>,
}

/// The form that takes it back.
#[derive(Debug, Clone)]
struct Withdraw {
    action: String,
    is_wrong: bool,
    because: Textarea,
    button: Button,
}

/// One check.
///
/// # Errors
/// There is no such page for those who may not read it.
pub async fn get(app: App, check: ToReadCheck) -> page::Result {
    let found = app.store.filing.mismatches(Which::OfCheck(check.check.line.id)).await?;
    page::show(&ShowPage::new(&check, &found, &Errors::default()))
}

/// Takes a check back. Sent twice, it does so once.
///
/// # Errors
/// There is no such page for anybody but whoever made the check and the quality lead.
pub async fn withdraw(
    app: App,
    check: ToReadCheck,
    Filled(form): Filled<WithdrawForm>,
) -> page::Result {
    let line = &check.check.line;
    let visitor = &check.visitor;
    if !permits(&visitor.person, Deed::WithdrawCheck(line.by), visitor.today) {
        return Err(Failure::NotFound);
    }
    let mut errors = Errors::default();
    let Some(because) = errors.keep("because", Reason::new(&form.because)) else {
        let found = app.store.filing.mismatches(Which::OfCheck(line.id)).await?;
        return page::again(&ShowPage::new(&check, &found, &errors));
    };
    let stamp = visitor.stamp("took a filing check back");
    app.store.filing.withdraw(&stamp, line.id, &because).await?;
    page::see_other(links::filing_check(line.id))
}

impl ShowPage {
    fn new(check: &ToReadCheck, found: &[MismatchLine], errors: &Errors) -> Self {
        let line = &check.check.line;
        let visitor = &check.visitor;
        let may = permits(&visitor.person, Deed::WithdrawCheck(line.by), visitor.today);
        let team = line.team.as_deref().unwrap_or("team not known");
        let because = Field::new("because", "Why do you take it back?").error(errors.at("because"));
        let summary = ErrorSummary::new().field(&because);
        let is_elsewhere = found.iter().any(|line| line.matter == Matter::AnotherRecord);
        Self {
            frame: Frame {
                title: format!("Filing check of {}", day_in_words(line.checked_on)),
                has_errors: !errors.is_empty(),
                ..check.base.clone()
            },
            caption: format!("{} · {team}", line.reference),
            errors: summary,
            withdrawn: line.withdrawn.as_ref().map(|it| {
                let words = &it.words;
                Inset::new(format!("{} took this check back. It counts no more: {words}", it.by))
            }),
            breach: is_elsewhere.then(|| {
                WarningText::new("Something of this child is on another child’s record. That may be a personal data breach: tell information governance today.")
            }),
            said: match line.newest {
                Some(day) => format!(
                    "{} checked it. The newest entry was of {}.",
                    line.by_name,
                    day_in_words(day)
                ),
                None => format!("{} checked it.", line.by_name),
            },
            items: items(&check.check.items),
            paper: paper(&check.check.paper),
            to_put_right: to_put_right(found),
            withdraw: (may && line.withdrawn.is_none()).then(|| Withdraw {
                action: links::withdraw_check(line.id),
                is_wrong: !errors.is_empty(),
                because: Textarea::new(because).rows(2),
                button: Button::submit("Take this check back").warning(),
            }),
        }
    }

    /// Paper alone, one with every outcome, and one that was taken back with hostile words.
    pub fn samples() -> Vec<Self> {
        super::sample::to_read()
            .iter()
            .map(|(check, found, errors)| Self::new(check, found, errors))
            .collect()
    }
}

fn items(items: &[(String, Item)]) -> Table {
    let columns = vec![
        Column::words("Item"),
        Column::words("Dated"),
        Column::words("Entered"),
        Column::words("Found in"),
        Column::words("Outcome"),
        Column::words("Time taken"),
    ];
    let row = |(kind, item): &(String, Item)| {
        let seen = &item.seen;
        let colour = match seen.outcome {
            Outcome::Filed => TagColour::Green,
            Outcome::Late => TagColour::Yellow,
            Outcome::Misfiled => TagColour::Orange,
            Outcome::Missing | Outcome::AnotherRecord => TagColour::Red,
        };
        let found = match (seen.found.as_str(), seen.outcome) {
            ("", Outcome::Missing) => "Nowhere",
            ("", _) => "Its place",
            (found, _) => found,
        };
        vec![
            Content::text(kind.clone()),
            Content::text(day_in_words(seen.dated)),
            Content::text(entered(item)),
            Content::text(found),
            Content::tag(seen.outcome.words(), colour),
            Content::written(taken(item)),
        ]
    };
    Table::new("items", "Items", columns)
        .rows(items.iter().map(row).collect())
        .empty("No item was looked at.")
}

fn entered(item: &Item) -> String {
    match (item.seen.entered, item.hours, item.seen.outcome) {
        (None, _, Outcome::Missing) => "Not entered".to_owned(),
        (None, ..) => "Not known".to_owned(),
        (Some(entered), hours, _) => {
            let day = day_in_words(entered.day);
            let time = entered
                .time
                .map_or(String::new(), |time| format!(" at {}:{:02}", time.hour(), time.minute()));
            let hours = hours.map_or(String::new(), |hours| format!(", {}", hours.words()));
            format!("{day}{time}{hours}")
        }
    }
}

fn taken(item: &Item) -> String {
    let taken = match (item.taken, item.seen.outcome) {
        (None, _) => "Not known".to_owned(),
        (Some(taken), Outcome::Missing) => format!("Waiting for {}", taken.words()),
        (Some(taken), _) => taken.words(),
    };
    match (&item.seen.why, item.is_overruled) {
        (Some(why), true) => format!("{taken}. Overruled: {}", why.words()),
        (Some(why), false) => format!("{taken}. {}", why.words()),
        (None, _) => taken,
    }
}

fn known(known: Known) -> &'static str {
    match known {
        Known::Yes => "Yes",
        Known::No => "No",
        Known::Unknown => "Not known",
    }
}

fn paper(paper: &Paper) -> SummaryList {
    let not_known = || "Not known".to_owned();
    let place = if paper.place.is_empty() { not_known() } else { paper.place.clone() };
    let mut rows = vec![
        SummaryRow::new("Is there a paper record?", known(paper.exists)),
        SummaryRow::new("Does the electronic record say so?", known(paper.mentioned)),
    ];
    if paper.exists == Known::Yes {
        let volumes = paper.volumes.map_or_else(not_known, |volumes| volumes.to_string());
        let agrees = paper.agrees.map_or("Not known", Agrees::words);
        rows.push(SummaryRow::new("Where is it?", place));
        rows.push(SummaryRow::new("Volumes", volumes));
        let last = paper.last_item.map_or_else(not_known, day_in_words);
        rows.push(SummaryRow::new("Date of its last item", last));
        rows.push(SummaryRow::new("Do the two agree?", agrees));
    }
    SummaryList::new(rows).titled("Paper")
}

fn to_put_right(found: &[MismatchLine]) -> Table {
    let columns = vec![
        Column::words("What"),
        Column::words("Where"),
        Column::words("About"),
        Column::words("State"),
    ];
    let row = |line: &MismatchLine| {
        let state = match &line.cleared {
            Some(cleared) => Content::written(format!("{}: {}", cleared.by, cleared.words)),
            None => Content::tag("Waits", TagColour::Yellow),
        };
        vec![
            Content::text(line.matter.words()),
            Content::text(line.place.clone()),
            Content::text(line.what.clone()),
            state,
        ]
    };
    Table::new("to-put-right", "What has to be put right", columns)
        .rows(found.iter().map(row).collect())
        .empty("Nothing has to be put right.")
}
