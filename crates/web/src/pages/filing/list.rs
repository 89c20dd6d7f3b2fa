//! Filing at a glance: what waits to be put right, the latest checks, and the way to the next one.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::place::Whereabouts;
use quarterlight_report::words::{self, Noun};
use quarterlight_store::{CheckLine, MismatchLine, Which};

use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, InputWidth, LabelSize, Table, TagColour,
    TextInput,
};
use crate::layout::Frame;
use crate::permit::{SeeFiling, Through};
use crate::restricted::{HIDDEN, Restricted};
use crate::session::SignedIn;
use crate::{links, page};

/// The first page of filing.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/filing/list.html")]
pub struct FilingPage {
    frame: Frame,
    errors: ErrorSummary,
    open: String,
    mismatches: String,
    figures: String,
    protocol: String,
    /// Where the form that finds a record is sent, for those who may check any.
    find: Option<Find>,
    checks: Table,
}

/// The form that finds a record.
#[derive(Debug, Clone)]
struct Find {
    action: String,
    reference: TextInput,
    button: Button,
}

/// Checks that the page lists.
const SHOWN: usize = 30;

/// Something to put right.
pub const THING: Noun = Noun::new("thing", "things");

/// The first page of filing.
///
/// # Errors
/// There is no such page for those who may not see filing.
pub async fn get(app: App, visitor: Through<SeeFiling>) -> page::Result {
    page::show(&load(&app, &visitor, "", &Errors::default()).await?)
}

/// The page, with what was typed to find a record and what was wrong with it.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn load(
    app: &App,
    visitor: &SignedIn,
    typed: &str,
    errors: &Errors,
) -> Result<FilingPage, Failure> {
    let may =
        |place: &Whereabouts| permits(&visitor.person, Deed::ReadFiling(place), visitor.today);
    let mut checks = app.store.filing.checks(None).await?;
    checks.retain(|line| may(&line.whereabouts));
    let restricted = Restricted::today(app, visitor).await?;
    for line in checks.iter_mut().filter(|it| restricted.hides(&it.reference)) {
        line.team = Some(HIDDEN.to_owned());
    }
    let mut open = app.store.filing.mismatches(Which::Open).await?;
    open.retain(|line| may(&line.whereabouts));
    let is_checker = permits(&visitor.person, Deed::CheckAnyFiling, visitor.today);
    let frame = visitor.frame(app, "Filing", "Filing");
    Ok(FilingPage::new(frame, (&checks, &open), is_checker, typed, errors))
}

impl FilingPage {
    fn new(
        frame: Frame,
        (checks, open): (&[CheckLine], &[MismatchLine]),
        is_checker: bool,
        typed: &str,
        errors: &Errors,
    ) -> Self {
        let reference = Field::new("reference", "Reference of the record")
            .size(LabelSize::Small)
            .error(errors.at("reference"));
        let summary = ErrorSummary::new().field(&reference);
        let reference = TextInput::new(reference).width(InputWidth::Characters10).value(typed);
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary,
            open: sentence(open),
            mismatches: links::mismatches(),
            figures: links::filing_figures(),
            protocol: links::filing_protocol(),
            find: is_checker.then(|| Find {
                action: links::find_to_check(),
                reference,
                button: Button::submit("Check this record"),
            }),
            checks: table(checks),
        }
    }

    /// Nothing checked, a few with a form, and hostile words with an error.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let frame = || Frame::new("Filing");
        let none = Errors::default();
        let mut wrong = Errors::default();
        wrong.say("reference", HOSTILE);
        let (checks, open) = (super::sample::checks(HOSTILE), super::sample::mismatches(HOSTILE));
        vec![
            Self::new(frame(), (&[], &[]), false, "", &none),
            Self::new(frame(), (&checks, &open), true, "", &none),
            Self::new(frame(), (&checks, &open), true, HOSTILE, &wrong),
        ]
    }
}

/// *12 things wait to be put right, the oldest since 3 May 2026.*
fn sentence(open: &[MismatchLine]) -> String {
    let count = u64::try_from(open.len()).unwrap_or(u64::MAX);
    let Some(oldest) = open.iter().map(|line| line.since).min() else {
        return "Nothing waits to be put right.".to_owned();
    };
    let things = words::sentence_case(&words::count(count, &THING));
    let wait = words::agree(count, "waits", "wait");
    format!("{things} {wait} to be put right, the oldest since {}.", day_in_words(oldest))
}

fn table(checks: &[CheckLine]) -> Table {
    let columns = vec![
        Column::words("Record"),
        Column::words("Team"),
        Column::words("Checked on"),
        Column::words("By"),
        Column::numbers("Items"),
        Column::words("To put right"),
    ];
    let row = |line: &CheckLine| {
        let open = match (&line.withdrawn, line.open) {
            (Some(_), _) => Content::tag("Taken back", TagColour::Grey),
            (None, 0) => Content::text("Nothing"),
            (None, open) => Content::text(words::whole(open.into())),
        };
        vec![
            Content::link(line.reference.to_string(), links::filing_check(line.id)),
            Content::text(line.team.clone().unwrap_or_else(|| "Not known".to_owned())),
            Content::text(day_in_words(line.checked_on)),
            Content::text(line.by_name.clone()),
            Content::text(words::whole(line.items.into())),
            open,
        ]
    };
    Table::new("checks", "The latest checks", columns)
        .rows(checks.iter().take(SHOWN).map(row).collect())
        .empty("No record’s filing was checked yet.")
}
