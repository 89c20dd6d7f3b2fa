//! How the standards of the edition before follow on into the draft: proposed, then confirmed by a person.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::draft::DraftState;
use quarterlight_domain::framework::{AgreedEdition, Contents};
use quarterlight_domain::mapping::{Fate, Links, Mapping};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::StandardCode;

use super::told::{completed, summary, tag};
use super::{InHand, ToWrite};
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{Button, ErrorSummary, Field, InputWidth, LabelSize, Tag, TextInput};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed: for each standard of the edition before, the codes that go on from it.
type MappingForm = BTreeMap<String, String>;

/// One standard of the edition before.
#[derive(Debug, Clone)]
struct Line {
    next: TextInput,
    tag: Option<Tag>,
    /// What the standards that go on from it say.
    says: Vec<String>,
}

/// The mapping.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/mapping.html")]
pub struct MappingPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    sentence: String,
    summary: String,
    action: String,
    version: u32,
    lines: Vec<Line>,
    new: Vec<String>,
    confirm: Button,
}

/// Shows the mapping as it was confirmed, with what codes and words propose for the rest.
///
/// # Errors
/// Refuses a draft without an edition before it. There is no such page for those who may not write it.
pub async fn get(draft: ToWrite, RawQuery(done): RawQuery) -> page::Result {
    let (before, contents) = sides(&draft)?;
    let links = completed(before.contents(), &contents, &draft.draft.links);
    let form = filled(&links);
    let mut page = MappingPage::new(&draft, (before, &contents), &form, &BTreeMap::new());
    if done.as_deref() == Some("saved") {
        page.frame.saved = Some("The mapping is confirmed".to_owned());
    }
    page::show(&page)
}

/// Keeps the mapping as a person confirms it.
///
/// # Errors
/// Refuses a draft without an edition before it. There is no such page for those who may not write it.
pub async fn post(app: App, draft: ToWrite, Filled(form): Filled<MappingForm>) -> page::Result {
    let (before, contents) = sides(&draft)?;
    let mut links = Links::new();
    let mut wrong = BTreeMap::new();
    for standard in before.contents().standards() {
        let code = &standard.code;
        let typed = form.get(&field(code)).map_or("", String::as_str);
        match read(typed, &contents) {
            Ok(next) => {
                links.insert(code.clone(), next);
            }
            Err(refusal) => {
                wrong.insert(field(code), refusal.sentence().to_owned());
            }
        }
    }
    // An empty form is none of ours: it would say that everything was dropped.
    if !form.contains_key("version") {
        return Err(Failure::Unreadable);
    }
    if !wrong.is_empty() {
        return page::again(&MappingPage::new(&draft, (before, &contents), &form, &wrong));
    }
    let version = form.get("version").and_then(|it| it.parse().ok()).unwrap_or(0);
    let stamp = draft.visitor.stamp("confirmed a mapping");
    let key = (draft.draft.id, version);
    if app.store.drafts.map(&stamp, key, before.id, &links).await? {
        return page::see_other(format!("{}?saved", links::mapping(draft.draft.id)));
    }
    let mut page = MappingPage::new(&draft, (before, &contents), &form, &wrong);
    page.errors = page.errors.sentence(
        "Something about this draft changed meanwhile. Look at the mapping once more, and confirm it again.",
    );
    page.frame.has_errors = true;
    page::again(&page)
}

fn sides(draft: &InHand) -> Result<(&AgreedEdition, Contents), Failure> {
    if matches!(draft.draft.state(draft.visitor.today), DraftState::Agreed | DraftState::SetAside) {
        draft.draft.may_be_written(draft.visitor.today)?;
    }
    let before = draft.before.as_deref().ok_or_else(|| {
        Refusal::because("There is no edition before this one, so there is nothing to map.")
    })?;
    Ok((before, draft.draft.contents()?))
}

fn field(code: &StandardCode) -> String {
    format!("next-{code}")
}

fn filled(links: &Links) -> MappingForm {
    let codes = |next: &BTreeSet<StandardCode>| {
        let codes: Vec<&str> = next.iter().map(StandardCode::as_str).collect();
        codes.join(" ")
    };
    links.iter().map(|(code, next)| (field(code), codes(next))).collect()
}

/// The codes that were typed, with spaces or commas between them.
fn read(typed: &str, contents: &Contents) -> Result<BTreeSet<StandardCode>, Refusal> {
    let codes = typed.split([' ', ',', ';']).filter(|code| !code.is_empty()).map(|code| {
        let code = StandardCode::new(&code.to_uppercase())?;
        match contents.find(&code) {
            Some(_) => Ok(code),
            None => Err(Refusal::because(format!("The draft has no standard {code}"))),
        }
    });
    codes.collect()
}

impl MappingPage {
    fn new(
        draft: &InHand,
        (before, contents): (&AgreedEdition, &Contents),
        form: &MappingForm,
        wrong: &BTreeMap<String, String>,
    ) -> Self {
        let links: Links = before
            .contents()
            .standards()
            .map(|standard| {
                let typed = form.get(&field(&standard.code)).map_or("", String::as_str);
                (standard.code.clone(), read(typed, contents).unwrap_or_default())
            })
            .collect();
        let mapping = Mapping::of(before.contents(), contents, &links).ok();
        let threads = mapping.iter().flat_map(Mapping::threads);
        let new: Vec<String> = threads
            .filter(|thread| thread.fate == Fate::New)
            .flat_map(|thread| &thread.new)
            .map(|code| says(contents, code))
            .collect();
        let shown: Vec<Line> = before
            .contents()
            .standards()
            .map(|standard| {
                let name = field(&standard.code);
                let typed = form.get(&name).cloned().unwrap_or_default();
                let label = format!("{}. {}", standard.code, standard.wording);
                let next_field = Field::new(name.clone(), label)
                    .size(LabelSize::Small)
                    .error(wrong.get(&name).cloned());
                let threads = mapping.iter().flat_map(Mapping::threads);
                let fate = threads
                    .filter(|thread| thread.old.contains(&standard.code))
                    .map(|thread| thread.fate)
                    .next();
                let next = links.get(&standard.code).into_iter().flatten();
                Line {
                    next: TextInput::new(next_field).value(typed).width(InputWidth::Characters10),
                    tag: fate.filter(|_| !wrong.contains_key(&name)).map(tag),
                    says: next.map(|code| says(contents, code)).collect(),
                }
            })
            .collect();
        let errors =
            shown.iter().fold(ErrorSummary::new(), |summary, line| summary.field(&line.next.field));
        let is_confirmed = Mapping::of(before.contents(), contents, &draft.draft.links).is_ok();
        let sentence = if is_confirmed {
            "A person has confirmed this mapping. You can still change it."
        } else {
            "This is proposed from the codes and the words. Nobody has confirmed it yet."
        };
        Self {
            frame: Frame {
                has_errors: !wrong.is_empty(),
                ..draft.inner_frame("How the standards follow on")
            },
            caption: format!("From {} to this draft", before.title()),
            errors,
            sentence: sentence.to_owned(),
            summary: mapping.as_ref().map(summary).unwrap_or_default(),
            action: links::mapping(draft.draft.id),
            version: draft.draft.version,
            lines: shown,
            new,
            confirm: Button::submit("Confirm this mapping"),
        }
    }

    /// As it is proposed, and hostile words with errors.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut samples = Vec::new();
        for draft in super::sample::in_hand() {
            let Ok((before, contents)) = sides(&draft) else { continue };
            let links = completed(before.contents(), &contents, &draft.draft.links);
            let hostile = BTreeMap::from([("next-B1".to_owned(), HOSTILE.to_owned())]);
            let (sides, fine) = ((before, &contents), BTreeMap::new());
            samples.push(Self::new(&draft, sides, &filled(&links), &fine));
            samples.push(Self::new(&draft, sides, &hostile, &hostile));
        }
        samples
    }
}

fn says(contents: &Contents, code: &StandardCode) -> String {
    contents
        .find(code)
        .map_or(String::new(), |(_, standard)| format!("{code}. {}", standard.wording))
}
