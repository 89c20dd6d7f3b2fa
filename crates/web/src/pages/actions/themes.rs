//! Which themes the finding of an action has: chosen by the quality lead from the list.

use std::collections::BTreeSet;

use quarterlight_domain::id::ThemeId;
use quarterlight_domain::permission::Deed;
use quarterlight_domain::summing_up::ThemeStanding;
use quarterlight_store::Theme;
use serde::Deserialize;

use super::{InHand, ToPart};
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{Button, CheckboxItem, Checkboxes, Field};
use crate::{links, page};

/// The themes chosen, as sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ThemesForm {
    themes: Vec<String>,
}

/// Gives the finding these themes. Posted twice, it changes nothing.
///
/// # Errors
/// There is no such page for anybody but the quality lead.
pub async fn post(app: App, action: ToPart, Filled(form): Filled<ThemesForm>) -> page::Result {
    let known: BTreeSet<ThemeId> =
        app.store.themes.all().await?.into_iter().map(|theme| theme.id).collect();
    let chosen = form.themes.iter().filter_map(|id| id.parse().ok());
    let chosen = chosen.filter(|id| known.contains(id)).collect();
    let stamp = action.visitor.stamp("gave a finding its themes");
    app.store.findings.set_themes(&stamp, action.action.finding, &chosen).await?;
    page::see_other(links::action(action.action.id))
}

/// The themes of a finding, and those that it could have.
#[derive(Debug, Clone, Default)]
pub struct Themes {
    /// Every theme.
    pub all: Vec<Theme>,
    /// Those that it has.
    pub chosen: BTreeSet<ThemeId>,
}

impl Themes {
    /// The themes of this action's finding. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(app: &App, action: &InHand) -> Result<Self, Failure> {
        let chosen = app.store.findings.themes_of(action.action.finding).await?;
        Ok(Self { all: app.store.themes.all().await?, chosen })
    }

    /// The names of those that it has.
    pub fn names(&self) -> Vec<&str> {
        let has = self.all.iter().filter(|theme| self.chosen.contains(&theme.id));
        has.map(|theme| theme.name.as_str()).collect()
    }
}

/// The form as the page shows it.
#[derive(Debug, Clone)]
pub struct Theming {
    /// Where the form is sent.
    pub action: String,
    /// The themes.
    pub themes: Checkboxes,
    /// Sends the form.
    pub button: Button,
}

impl Theming {
    /// The form for whoever may give themes; none for others, and where there is no theme.
    pub fn new(action: &InHand, themes: &Themes) -> Option<Self> {
        // A theme that was set aside stays with the findings that have it.
        let is_offered = |theme: &&Theme| {
            theme.standing == ThemeStanding::Listed || themes.chosen.contains(&theme.id)
        };
        let item = |theme: &Theme| CheckboxItem::new(theme.id.to_string(), theme.name.clone());
        let items: Vec<_> = themes.all.iter().filter(is_offered).map(item).collect();
        if items.is_empty() || !action.permits(Deed::JoinFindings) {
            return None;
        }
        let field = Field::new("themes", "Which themes does this finding have?");
        let chosen = themes.chosen.iter().map(ToString::to_string).collect();
        Some(Self {
            action: links::action_themes(action.action.id),
            themes: Checkboxes::new(field, items).values(chosen).small(),
            button: Button::submit("Keep these themes").secondary(),
        })
    }
}
