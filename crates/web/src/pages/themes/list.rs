//! The list of themes: what is proposed, what auditors can choose, and what was set aside.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::ThemeId;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::summing_up::{ThemeName, ThemeStanding};
use quarterlight_store::Theme;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, HOSTILE, Tag, TagColour, TextInput};
use crate::layout::Frame;
use crate::permit::{KeepThemes, Through};
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ThemeForm {
    name: String,
}

/// Where a theme is to stand.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StandForm {
    standing: String,
}

/// A theme as the page shows it, with what can be done about it.
#[derive(Debug, Clone)]
struct Shown {
    name: String,
    state: Tag,
    by: String,
    action: String,
    standing: &'static str,
    button: Button,
}

/// The list of themes.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/themes/list.html")]
pub struct ThemesPage {
    frame: Frame,
    errors: ErrorSummary,
    themes: Vec<Shown>,
    action: String,
    name: TextInput,
    add: Button,
}

/// Shows the themes.
///
/// # Errors
/// There is no such page for anybody but the quality lead.
pub async fn get(app: App, visitor: Through<KeepThemes>) -> page::Result {
    let themes = app.store.themes.all().await?;
    let frame = visitor.frame(&app, "Themes", "Themes");
    page::show(&ThemesPage::new(frame, &themes, &ThemeForm::default(), &Errors::default()))
}

/// Puts a theme on the list.
///
/// # Errors
/// There is no such page for anybody but the quality lead.
pub async fn post(
    app: App,
    visitor: Through<KeepThemes>,
    Filled(form): Filled<ThemeForm>,
) -> page::Result {
    let names = app.store.voices.names().await?;
    let mut errors = Errors::default();
    let Some(name) = errors.keep("name", ThemeName::new(&form.name, &names)) else {
        let themes = app.store.themes.all().await?;
        let frame = visitor.frame(&app, "Themes", "Themes");
        return page::again(&ThemesPage::new(frame, &themes, &form, &errors));
    };
    app.store.themes.list(&visitor.stamp("put a theme on the list"), &name).await?;
    page::see_other(links::themes())
}

/// Says where a theme stands. Posted twice, it changes nothing.
///
/// # Errors
/// There is no such page for anybody but the quality lead, and for a standing that is none.
pub async fn stand(
    app: App,
    visitor: Through<KeepThemes>,
    Path(id): Path<String>,
    Filled(form): Filled<StandForm>,
) -> page::Result {
    let id: ThemeId = id.parse().map_err(|_| Failure::NotFound)?;
    let standing = ThemeStanding::from_code(&form.standing);
    let standing = standing.filter(|it| *it != ThemeStanding::Proposed);
    let standing = standing.ok_or(Failure::Unreadable)?;
    app.store.themes.stand(&visitor.stamp("said where a theme stands"), id, standing).await?;
    page::see_other(links::themes())
}

impl ThemesPage {
    fn new(mut frame: Frame, themes: &[Theme], form: &ThemeForm, errors: &Errors) -> Self {
        frame.has_errors = !errors.is_empty();
        let name = Field::new("name", "A theme to put on the list")
            .hint("A few words that audits have in common, such as “Life story work”. No names.")
            .error(errors.at("name"));
        let mut themes: Vec<&Theme> = themes.iter().collect();
        themes.sort_by_key(|theme| theme.standing);
        Self {
            frame,
            errors: ErrorSummary::new().field(&name),
            themes: themes.into_iter().map(shown).collect(),
            action: links::themes(),
            name: TextInput::new(name).value(form.name.clone()),
            add: Button::submit("Put it on the list"),
        }
    }

    /// No theme, and themes everywhere with hostile words and an error.
    pub fn samples() -> Vec<Self> {
        let theme = |(id, name, standing): (i64, &str, ThemeStanding)| Theme {
            id: ThemeId(id),
            name: name.to_owned(),
            standing,
            by: Some(HOSTILE.to_owned()),
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        let themes = [
            (1, HOSTILE, ThemeStanding::Proposed),
            (2, "Life story work", ThemeStanding::Listed),
            (3, HOSTILE, ThemeStanding::SetAside),
        ]
        .map(theme);
        let mut errors = Errors::default();
        errors.say("name", "Give the theme a name.");
        let form = ThemeForm { name: HOSTILE.to_owned() };
        let frame = || Frame::new("Themes");
        vec![
            Self::new(frame(), &[], &ThemeForm::default(), &Errors::default()),
            Self::new(frame(), &themes, &form, &errors),
        ]
    }
}

fn shown(theme: &Theme) -> Shown {
    let (next, verb) = match theme.standing {
        ThemeStanding::Listed => (ThemeStanding::SetAside, "Set aside"),
        ThemeStanding::Proposed | ThemeStanding::SetAside => {
            (ThemeStanding::Listed, "Put on the list")
        }
    };
    let colour = match theme.standing {
        ThemeStanding::Proposed => TagColour::Blue,
        ThemeStanding::Listed => TagColour::Green,
        ThemeStanding::SetAside => TagColour::Grey,
    };
    let by = theme.by.clone().unwrap_or_else(|| "the console".to_owned());
    Shown {
        name: theme.name.clone(),
        state: Tag::new(theme.standing.words(), colour),
        by: format!("First proposed by {by} on {}", day_in_words(day_in_england(theme.at))),
        action: links::theme(theme.id),
        standing: next.code(),
        button: Button::submit(format!("{verb}: {}", theme.name)).secondary(),
    }
}
