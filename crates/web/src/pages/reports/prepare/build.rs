//! Building a report for members, and a correction of one that they have.

use quarterlight_domain::release::about::About;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::super::ToBuild;
use crate::app::App;
use crate::form::Filled;
use crate::govuk::{Button, Field, Textarea};
use crate::session::SignedIn;
use crate::{links, page, preparing};

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct BuildForm {
    changed: String,
}

/// The form by which a report is built.
#[derive(Debug, Clone)]
pub struct BuildShown {
    /// Where it is sent.
    pub action: String,
    /// What a correction says of what changed; none for the first report.
    pub changed: Option<Textarea>,
    /// The button.
    pub button: Button,
}

impl BuildShown {
    /// The form for the first report, or for a correction.
    pub fn new(action: String, corrects: bool) -> Self {
        let field = Field::new("changed", "What changed since the released report")
            .hint(
                "Members read it as you write it, and so does the public where Part I changes. No names.",
            );
        let words = if corrects { "Build a correction" } else { "Build this report" };
        Self {
            action,
            changed: corrects.then(|| Textarea::new(field).rows(3)),
            button: Button::submit(words),
        }
    }
}

/// Builds the report on the figures of today.
///
/// # Errors
/// Refuses what could not be made public, and a correction that does not say what changed. There is
/// no such page for those who do not build reports.
pub async fn post(app: App, asked: ToBuild, Filled(form): Filled<BuildForm>) -> page::Result {
    build(&app, &asked.visitor, About::Quarter(asked.quarter, asked.service), &form).await
}

/// Builds whatever the form is about, and leads to what was built.
///
/// # Errors
/// As [`preparing::build`].
pub async fn build(app: &App, visitor: &SignedIn, about: About, form: &BuildForm) -> page::Result {
    let changed = match form.changed.trim() {
        "" => None,
        words => Some(Reason::new(words)?),
    };
    let stamp = visitor.stamp("built a report");
    let id = preparing::build(&app.store, app.public.small_counts, &stamp, about, changed).await?;
    page::see_other(links::prepared(id))
}
