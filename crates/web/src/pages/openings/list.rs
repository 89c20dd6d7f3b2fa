//! The records that were opened by break-glass, month by month; those that wait for a review first.

use askama::Template;
use axum::extract::RawQuery;
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use quarterlight_domain::access::glass::Opening;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::stamp::{moment_in_england, moment_in_words};
use quarterlight_report::words::{self, Noun};
use serde::Deserialize;

use crate::app::App;
use crate::govuk::{Column, Content, Table, TagColour};
use crate::layout::Frame;
use crate::permit::{SeeOpenings, Through};
use crate::{links, page};

/// Which month, by its first day.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MonthForm {
    month: String,
}

/// The openings.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/openings/list.html")]
pub struct OpeningsPage {
    frame: Frame,
    sentence: String,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
    waiting: Table,
    openings: Table,
}

const OPENING: Noun = Noun::new("record", "records");

/// Shows what was opened in a month, and what waits whenever it was: all of it, or what concerns the
/// places that the person answers for.
///
/// # Errors
/// There is no such page for those who are not told of any.
pub async fn get(
    app: App,
    visitor: Through<SeeOpenings>,
    RawQuery(query): RawQuery,
) -> page::Result {
    let form = query.and_then(|query| serde_urlencoded::from_str::<MonthForm>(&query).ok());
    let month: Option<Date> = form.and_then(|form| form.month.parse().ok());
    let month = month.unwrap_or(visitor.today).first_of_month();
    let midnight = |day: Date| moment_in_england(day.to_datetime(Time::midnight()));
    let next = month.saturating_add(1.month());
    let may = |it: &Opening| {
        let deed = Deed::Access(AccessDeed::ReadOpening(it));
        permits(&visitor.person, deed, visitor.today)
    };
    let mut of_month = app.store.openings.between(midnight(month), midnight(next)).await?;
    let mut waiting = app.store.openings.waiting().await?;
    // Months before anything was ever opened have nothing to show, and there is no end to them.
    let first = app.store.openings.first().await?;
    let has_before = first.is_some_and(|first| first < midnight(month));
    of_month.retain(may);
    waiting.retain(may);
    let frame = visitor.frame(&app, "Opened by break-glass", "Opened by break-glass");
    page::show(&OpeningsPage::new(frame, (month, visitor.today, has_before), &waiting, &of_month))
}

impl OpeningsPage {
    fn new(
        frame: Frame,
        (month, today, has_before): (Date, Date, bool),
        waiting: &[Opening],
        of_month: &[Opening],
    ) -> Self {
        let count = u64::try_from(of_month.len()).unwrap_or_default();
        let reviewed = of_month.iter().filter(|it| it.review.is_some()).count();
        let opened = words::sentence_case(&words::count(count, &OPENING));
        let was = words::agree(count, "was", "were");
        let next = month.saturating_add(1.month());
        Self {
            frame,
            sentence: format!(
                "{opened} {was} opened in {}; {reviewed} of {count} reviewed by somebody else.",
                name(month)
            ),
            before: has_before.then(|| link(month.saturating_sub(1.month()))),
            after: (next <= today).then(|| link(next)),
            waiting: table("waiting", "To be reviewed", waiting, today)
                .empty("Nothing waits to be reviewed."),
            openings: table("openings", &format!("Opened in {}", name(month)), of_month, today)
                .empty("Nothing was opened in this month."),
        }
    }

    /// None, and some with hostile words.
    pub fn samples() -> Vec<Self> {
        let today = crate::invented::TODAY;
        let all = super::sample::all();
        let frame = || Frame::new("Opened by break-glass");
        vec![
            Self::new(frame(), (today.first_of_month(), today, false), &[], &[]),
            Self::new(frame(), (jiff::civil::date(2026, 10, 1), today, true), &all, &all),
        ]
    }
}

fn name(month: Date) -> String {
    day_in_words(month).split_once(' ').map_or_else(String::new, |(_, rest)| rest.to_owned())
}

fn link(month: Date) -> (String, String) {
    (name(month), format!("{}?month={month}", links::openings()))
}

fn table(id: &str, caption: &str, all: &[Opening], today: Date) -> Table {
    let columns = vec![
        Column::words("Record"),
        Column::words("Opened"),
        Column::words("By"),
        Column::words("Review"),
    ];
    let row = |it: &Opening| {
        vec![
            Content::link(it.reference.clone(), links::opening(it.id)),
            Content::text(moment_in_words(it.at)),
            Content::text(it.name.clone()),
            state(it, today),
        ]
    };
    Table::new(id, caption, columns).rows(all.iter().map(row).collect())
}

/// *Justified*, *Not justified*, or by when somebody is to say.
pub fn state(it: &Opening, today: Date) -> Content {
    match &it.review {
        Some(review) if review.justified => Content::tag("Justified", TagColour::Green),
        Some(_) => Content::tag("Not justified", TagColour::Red),
        None if it.due() < today => Content::tag("Review overdue", TagColour::Red),
        None => Content::text(format!("To be reviewed by {}", day_in_words(it.due()))),
    }
}
