//! What an audit comes to in words: strengths, key issues, themes, and what to read or learn.

use std::collections::BTreeSet;

use askama::Template;
use quarterlight_domain::id::ThemeId;
use quarterlight_domain::names::Names;
use quarterlight_domain::summing_up::{
    MOST_LINKS, SummingUp, ThemeName, ThemeStanding, TrainingLink,
};
use quarterlight_domain::text::bounded;
use quarterlight_store::{Kept, Theme};
use serde::Deserialize;

use super::{InHand, ToMake};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, CheckboxItem, Checkboxes, ErrorSummary, Field, HOSTILE, LabelSize, TextInput, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// The fields of each training link: what it is, and where.
const LINKS: [(&str, &str); MOST_LINKS] =
    [("title-1", "url-1"), ("title-2", "url-2"), ("title-3", "url-3")];

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SummingUpForm {
    strengths: String,
    issues: String,
    themes: Vec<String>,
    new_theme: String,
    #[serde(rename = "title-1")]
    title_1: String,
    #[serde(rename = "url-1")]
    url_1: String,
    #[serde(rename = "title-2")]
    title_2: String,
    #[serde(rename = "url-2")]
    url_2: String,
    #[serde(rename = "title-3")]
    title_3: String,
    #[serde(rename = "url-3")]
    url_3: String,
    /// The version that the auditor saw.
    version: u32,
}

impl SummingUpForm {
    fn of(kept: &SummingUp) -> Self {
        let link = |place: usize| {
            let link = kept.training.get(place);
            link.map_or_else(Default::default, |it| (it.title.clone(), it.url.clone()))
        };
        let [(title_1, url_1), (title_2, url_2), (title_3, url_3)] = [link(0), link(1), link(2)];
        Self {
            strengths: kept.strengths.clone(),
            issues: kept.issues.clone(),
            themes: kept.themes.iter().map(ToString::to_string).collect(),
            version: kept.version,
            title_1,
            url_1,
            title_2,
            url_2,
            title_3,
            url_3,
            ..Self::default()
        }
    }

    fn links(&self) -> [(&str, &str); MOST_LINKS] {
        [(&self.title_1, &self.url_1), (&self.title_2, &self.url_2), (&self.title_3, &self.url_3)]
    }

    fn read(
        &self,
        names: &Names,
        themes: &[Theme],
    ) -> Result<(SummingUp, Option<ThemeName>), Errors> {
        let mut errors = Errors::default();
        let mut words = |field: &'static str, text: &str| {
            let words = errors.keep(field, bounded(text))?;
            errors.keep(field, names.are_not_in(&words)).map(|()| words)
        };
        let (strengths, issues) =
            (words("strengths", &self.strengths), words("issues", &self.issues));
        let chosen: BTreeSet<ThemeId> =
            self.themes.iter().filter_map(|id| id.parse().ok()).collect();
        let is_known = |id: &ThemeId| themes.iter().any(|theme| theme.id == *id);
        if !chosen.iter().all(is_known) {
            errors.say("themes", "Select themes of the list");
        }
        let new_theme = match self.new_theme.trim() {
            "" => None,
            text => errors.keep("new_theme", ThemeName::new(text, names)),
        };
        let mut training = Vec::new();
        for ((title, url), (title_field, url_field)) in self.links().into_iter().zip(LINKS) {
            let field = if title.trim().is_empty() { title_field } else { url_field };
            training.extend(errors.keep(field, TrainingLink::new(title, url)).flatten());
            errors.keep(title_field, names.are_not_in(title));
        }
        match (strengths, issues) {
            (Some(strengths), Some(issues)) if errors.is_empty() => {
                let version = self.version;
                let written = SummingUp { strengths, issues, themes: chosen, training, version };
                Ok((written, new_theme))
            }
            _ => Err(errors),
        }
    }
}

/// Shows what is written so far.
///
/// # Errors
/// There is no such page for anybody but the auditor.
pub async fn get(app: App, audit: ToMake) -> page::Result {
    let kept = app.store.voices.summing_up(audit.audit.id).await?;
    let themes = app.store.themes.all().await?;
    let form = SummingUpForm::of(&kept);
    page::show(&SummingUpPage::new(&audit, &form, &themes, (&Errors::default(), None)))
}

/// Keeps it, and goes back to the task list.
///
/// # Errors
/// Refuses once the audit was submitted. There is no such page for anybody but the auditor.
pub async fn post(app: App, audit: ToMake, Filled(form): Filled<SummingUpForm>) -> page::Result {
    audit.audit.must_be_open()?;
    let names = app.store.voices.names().await?;
    let themes = app.store.themes.all().await?;
    let (written, new_theme) = match form.read(&names, &themes) {
        Ok(read) => read,
        Err(errors) => {
            return page::again(&SummingUpPage::new(&audit, &form, &themes, (&errors, None)));
        }
    };
    let stamp = audit.visitor.stamp("summed an audit up");
    let kept = app.store.voices.sum_up(&stamp, audit.audit.id, &written, new_theme.as_ref());
    match kept.await? {
        Kept::Yes | Kept::Closed => page::see_other(links::audit(audit.audit.id)),
        Kept::Conflict(theirs) => {
            let trouble = (&Errors::default(), Some(&theirs));
            page::again(&SummingUpPage::new(&audit, &form, &themes, trouble))
        }
    }
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/summing_up.html")]
pub struct SummingUpPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// What was saved from another window in between.
    conflict: Option<Vec<String>>,
    action: String,
    strengths: Textarea,
    issues: Textarea,
    /// The themes; none while the list has none.
    themes: Option<Checkboxes>,
    new_theme: TextInput,
    training: Vec<(TextInput, TextInput)>,
    version: u32,
    save: Button,
}

impl SummingUpPage {
    fn new(
        audit: &InHand,
        form: &SummingUpForm,
        themes: &[Theme],
        (errors, conflict): (&Errors, Option<&SummingUp>),
    ) -> Self {
        let strengths = Field::new("strengths", "Strengths")
            .size(LabelSize::Medium)
            .hint(
                "What is good in the work, and helped the child. Write no names: say “the worker”.",
            )
            .error(errors.at("strengths"));
        let issues = Field::new("issues", "Key issues")
            .size(LabelSize::Medium)
            .hint("What matters most of what is not, and why it matters for the child.")
            .error(errors.at("issues"));
        let choice = Field::new("themes", "Themes").size(LabelSize::Medium);
        let choice = choice.hint("Select all that apply.").error(errors.at("themes"));
        let new_theme = Field::new("new_theme", "A theme that is missing from the list")
            .hint("It belongs to this audit at once; the quality lead says whether it joins the list.")
            .error(errors.at("new_theme"));
        let mut summary = ErrorSummary::new().field(&strengths).field(&issues);
        summary = summary.field(&choice).field(&new_theme);
        let mut training = Vec::new();
        for (place, ((title, url), (title_field, url_field))) in
            (1..).zip(form.links().into_iter().zip(LINKS))
        {
            let what = Field::new(title_field, format!("Training link {place}: what it is"))
                .error(errors.at(title_field));
            let at = Field::new(url_field, format!("Training link {place}: where it is"))
                .hint("An address that begins with https://")
                .error(errors.at(url_field));
            summary = summary.field(&what).field(&at);
            training.push((TextInput::new(what).value(title), TextInput::new(at).value(url)));
        }
        let items: Vec<CheckboxItem> = offered(themes, form);
        Self {
            frame: Frame {
                has_errors: !errors.is_empty() || conflict.is_some(),
                ..audit.inner_frame("Strengths, key issues and themes")
            },
            caption: audit.caption(),
            errors: summary,
            conflict: conflict.map(|theirs| in_words(theirs, themes)),
            action: links::summing_up(audit.audit.id),
            strengths: Textarea::new(strengths).value(form.strengths.clone()).rows(5),
            issues: Textarea::new(issues).value(form.issues.clone()).rows(5),
            themes: (!items.is_empty())
                .then(|| Checkboxes::new(choice, items).values(form.themes.clone())),
            new_theme: TextInput::new(new_theme).value(form.new_theme.clone()),
            training,
            version: conflict.map_or(form.version, |theirs| theirs.version),
            save: Button::submit(if conflict.is_some() { "Keep mine" } else { "Save" }),
        }
    }

    /// Nothing written, wrong throughout with hostile words, and saved from another window.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        for field in ["strengths", "issues", "themes", "new_theme", "title-1", "url-2"] {
            errors.say(field, format!("Enter something else for {field}"));
        }
        let themes = sample_themes();
        let words = || HOSTILE.to_owned();
        let form = SummingUpForm {
            strengths: words(),
            issues: words(),
            themes: vec!["1".to_owned()],
            new_theme: words(),
            title_1: words(),
            url_1: words(),
            ..SummingUpForm::default()
        };
        let theirs = SummingUp {
            strengths: words(),
            issues: words(),
            themes: [ThemeId(1)].into(),
            ..SummingUp::default()
        };
        let (none, empty) = (Errors::default(), SummingUpForm::default());
        let mut pages = Vec::new();
        for audit in super::sample::audits().iter().take(1) {
            pages.push(Self::new(audit, &empty, &[], (&none, None)));
            pages.push(Self::new(audit, &form, &themes, (&errors, None)));
            pages.push(Self::new(audit, &form, &themes, (&none, Some(&theirs))));
        }
        pages
    }
}

/// The themes of the list, and those that the audit has already, wherever they stand now.
fn offered(themes: &[Theme], form: &SummingUpForm) -> Vec<CheckboxItem> {
    let is_offered = |theme: &&Theme| {
        theme.standing == ThemeStanding::Listed || form.themes.contains(&theme.id.to_string())
    };
    let item = |theme: &Theme| {
        let item = CheckboxItem::new(theme.id.to_string(), theme.name.clone());
        match theme.standing {
            ThemeStanding::Listed => item,
            ThemeStanding::Proposed => item.hint("Proposed, and not on the list yet"),
            ThemeStanding::SetAside => item.hint("No longer on the list"),
        }
    };
    themes.iter().filter(is_offered).map(item).collect()
}

/// What is kept, as lines.
pub fn in_words(kept: &SummingUp, themes: &[Theme]) -> Vec<String> {
    let mut lines = Vec::new();
    for (label, words) in [("Strengths", &kept.strengths), ("Key issues", &kept.issues)] {
        if !words.is_empty() {
            lines.push(format!("{label}: {words}"));
        }
    }
    let named = themes.iter().filter(|theme| kept.themes.contains(&theme.id));
    let named: Vec<&str> = named.map(|theme| theme.name.as_str()).collect();
    if !named.is_empty() {
        lines.push(format!("Themes: {}", named.join(", ")));
    }
    lines.extend(kept.training.iter().map(|it| format!("{}: {}", it.title, it.url)));
    lines
}

/// Themes that stand everywhere, one of them with hostile words.
pub fn sample_themes() -> Vec<Theme> {
    let theme = |(id, name, standing): (i64, &str, ThemeStanding)| Theme {
        id: ThemeId(id),
        name: name.to_owned(),
        standing,
        by: Some(HOSTILE.to_owned()),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    [
        (1, HOSTILE, ThemeStanding::Proposed),
        (2, "Life story work", ThemeStanding::Listed),
        (3, "Supervision that leads somewhere", ThemeStanding::SetAside),
    ]
    .map(theme)
    .to_vec()
}
