//! One record that was opened by break-glass: why, what was looked at, and what somebody else says to it.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::access::glass::Opening;
use quarterlight_domain::id::GlassId;
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::Look;
use serde::Deserialize;

use super::list::state;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, RadioItem, Radios, SummaryList, SummaryRow,
    Table, Textarea,
};
use crate::layout::Frame;
use crate::permit::named;
use crate::session::SignedIn;
use crate::{links, page};

/// An opening in the hand of somebody who may read it.
#[derive(Debug, Clone)]
pub struct ToRead {
    /// Who asks.
    pub visitor: SignedIn,
    /// The opening.
    pub opening: Opening,
    /// Who was told of it.
    pub told: Vec<String>,
    /// What was looked at through it.
    pub looks: Vec<Look>,
}

impl FromRequestParts<App> for ToRead {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id: GlassId = named(parts, app, "opening").await?;
        let opening = app.store.openings.get(id).await?.ok_or(Failure::NotFound)?;
        let deed = Deed::Access(AccessDeed::ReadOpening(&opening));
        if !permits(&visitor.person, deed, visitor.today) {
            return Err(Failure::NotFound);
        }
        let told = app.store.openings.told(id).await?;
        let mut looks = app.store.looks.at_record(opening.record).await?;
        looks.retain(|it| {
            it.by_glass
                && it.person == opening.person
                && opening.opens(it.person, opening.record, it.at)
        });
        Ok(Self { visitor, opening, told, looks })
    }
}

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReviewForm {
    justified: String,
    words: String,
}

/// The opening.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/openings/show.html")]
pub struct OpeningPage {
    frame: Frame,
    errors: ErrorSummary,
    facts: SummaryList,
    looks: Table,
    form: Option<(String, Radios, Textarea, Button)>,
    why_not: String,
}

/// Shows it, and the form that reviews it to those who may.
///
/// # Errors
/// There is no such page for those who are not told of it.
pub async fn get(app: App, opening: ToRead) -> page::Result {
    let frame = opening.visitor.frame(&app, "", "Opened by break-glass");
    page::show(&OpeningPage::new(frame, &opening, &ReviewForm::default(), &Errors::default()))
}

/// Keeps what somebody else says to it.
///
/// # Errors
/// There is no such page for those who may not review it. Refuses a second review.
pub async fn post(app: App, it: ToRead, Filled(form): Filled<ReviewForm>) -> page::Result {
    let deed = Deed::Access(AccessDeed::ReviewOpening(&it.opening));
    if !permits(&it.visitor.person, deed, it.visitor.today) {
        return Err(Failure::NotFound);
    }
    it.opening.review(it.visitor.id())?;
    let mut errors = Errors::default();
    let justified = match form.justified.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            errors.say("justified", "Say whether it was justified");
            None
        }
    };
    let words = errors.reason("words", &form.words, "Say how you know");
    let (Some(justified), Some(words)) = (justified, words) else {
        let frame = it.visitor.frame(&app, "", "Opened by break-glass");
        return page::again(&OpeningPage::new(frame, &it, &form, &errors));
    };
    let stamp = it.visitor.stamp("reviewed a record opened by break-glass");
    app.store.openings.review(&stamp, it.opening.id, justified, &words).await?;
    page::see_other(links::opening(it.opening.id))
}

impl OpeningPage {
    fn new(frame: Frame, it: &ToRead, form: &ReviewForm, errors: &Errors) -> Self {
        let opening = &it.opening;
        let title = format!("Record {}, opened by break-glass", opening.reference);
        let deed = Deed::Access(AccessDeed::ReviewOpening(opening));
        let may = permits(&it.visitor.person, deed, it.visitor.today);
        let refused = opening.review(it.visitor.id()).err();
        let why_not = refused.as_ref().map_or_else(
            || "Those who answer for access or for its place review it.".to_owned(),
            |refusal| refusal.sentence().to_owned(),
        );
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let justified = Radios::new(
            field("justified", "Was it justified?"),
            vec![RadioItem::new("yes", "Yes"), RadioItem::new("no", "No")],
        );
        let justified = justified.value(form.justified.clone());
        let words = Textarea::new(field("words", "How do you know?").hint("Name no child."));
        let words = words.rows(3).value(form.words.clone());
        let errors_shown = ErrorSummary::new().field(&justified.field).field(&words.field);
        let button = Button::submit("Keep this review");
        let form = (links::opening(opening.id), justified, words, button);
        Self {
            frame: Frame {
                title,
                has_errors: !errors.is_empty(),
                breadcrumbs: vec![("Opened by break-glass".to_owned(), links::openings())],
                ..frame
            },
            errors: errors_shown,
            facts: facts(it),
            looks: looks(&it.looks),
            form: (may && refused.is_none()).then_some(form),
            why_not,
        }
    }

    /// One that waits, one that was refused with hostile words, and one that is reviewed.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.say("justified", "Say whether it was justified");
        let mut pages = Vec::new();
        for (at, it) in super::sample::to_read().iter().enumerate() {
            let none = Errors::default();
            let errors = if at == 1 { &errors } else { &none };
            let words = crate::govuk::HOSTILE.to_owned();
            let form = ReviewForm { words, ..ReviewForm::default() };
            pages.push(Self::new(Frame::default(), it, &form, errors));
        }
        pages
    }
}

fn facts(it: &ToRead) -> SummaryList {
    let opening = &it.opening;
    let told = if it.told.is_empty() { "Nobody".to_owned() } else { it.told.join(", ") };
    let mut rows = vec![
        SummaryRow::new("Opened by", opening.name.clone()),
        SummaryRow::new("From", moment_in_words(opening.at)),
        SummaryRow::new("Until", moment_in_words(opening.until)),
        SummaryRow::new("Why", Content::written(opening.why.clone())),
        SummaryRow::new("Told at once", told),
        SummaryRow::new("Review", state(opening, it.visitor.today)),
    ];
    if let Some(review) = &opening.review {
        let by = format!("{}, {}", review.name, moment_in_words(review.at));
        rows.push(SummaryRow::new("Reviewed by", by));
        rows.push(SummaryRow::new("What was found", Content::written(review.words.clone())));
    }
    SummaryList::new(rows)
}

fn looks(looks: &[Look]) -> Table {
    let columns = vec![Column::words("When"), Column::words("Page")];
    let row = |look: &Look| {
        vec![Content::text(moment_in_words(look.at)), Content::text(look.page.clone())]
    };
    Table::new("looks", "What was looked at", columns)
        .rows(looks.iter().map(row).collect())
        .empty("Nothing was looked at.")
}
