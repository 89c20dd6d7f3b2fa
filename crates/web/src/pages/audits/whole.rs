//! The whole form on one page: every standard with its own small form, saved as it is filled in.

use std::collections::BTreeMap;

use askama::Template;
use quarterlight_domain::framework::Section;
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::standard::{Standard, StandardCode};
use quarterlight_store::Left;

use super::answer_form::AnswerForm;
use super::proposal::{Grounds, ProposalPart};
use super::{InHand, ToMake, if_there};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, Field, LabelSize, RadioItem, Radios, TextInput, Textarea};
use crate::layout::Frame;
use crate::{links, page};

/// One standard of the form.
#[derive(Debug, Clone)]
struct Row {
    code: String,
    met_looks_like: String,
    critical: bool,
    action: String,
    keep: String,
    version: u32,
    form_key: String,
    restored: bool,
    proposal: Option<ProposalPart>,
    judgement: Radios,
    seen: Textarea,
    found: TextInput,
    save: Button,
}

/// A section with its standards.
#[derive(Debug, Clone)]
struct Part {
    title: String,
    rows: Vec<Row>,
}

/// The whole form of one audit.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/whole.html")]
pub struct WholePage {
    frame: Frame,
    caption: String,
    progress: String,
    /// Why it can no longer be changed.
    closed: Option<String>,
    parts: Vec<Part>,
    submit: Button,
}

/// Shows every standard that is asked, with what is saved and what was typed.
///
/// # Errors
/// There is no such page for anybody but the auditor.
pub async fn get(app: App, audit: ToMake) -> page::Result {
    let left = app.store.unfinished.of(audit.audit.id, audit.visitor.id());
    let left = if_there(audit.attached.left, left).await?;
    let typed = typed(&app, left).await;
    let grounds = Grounds::of(&app, &audit).await?;
    page::show(&WholePage::new(&audit, &typed, (&grounds, &app.word())))
}

/// What was typed on each standard and not saved as an answer. A form that cannot be read is left
/// where it is, and its standard shown as it is saved.
async fn typed(
    app: &App,
    left: BTreeMap<StandardCode, Left>,
) -> BTreeMap<StandardCode, AnswerForm> {
    let mut typed = BTreeMap::new();
    for (code, left) in left {
        if let Ok(Filled(form)) = Filled::<AnswerForm>::read(left.form.into(), app).await {
            let version = left.version.unwrap_or(form.version);
            typed.insert(code, AnswerForm { version, ..form });
        }
    }
    typed
}

impl WholePage {
    fn new(
        audit: &InHand,
        typed: &BTreeMap<StandardCode, AnswerForm>,
        around: (&Grounds, &str),
    ) -> Self {
        let progress = audit.audit.progress(audit.contents(), &audit.answers);
        let part = |section: &Section| {
            let asked = section.standards.iter().filter(|it| it.applies_to(&audit.audit.line));
            let rows: Vec<Row> =
                asked.map(|standard| row(audit, standard, typed, around)).collect();
            let title = format!("{}. {}", section.letter, section.title);
            (!rows.is_empty()).then_some(Part { title, rows })
        };
        Self {
            frame: audit.inner_frame("The whole form"),
            caption: audit.caption(),
            progress: format!("Answered {} of {}.", progress.answered, progress.asked),
            closed: audit.audit.must_be_open().err().map(|it| it.sentence().to_owned()),
            parts: audit.contents().sections().iter().filter_map(part).collect(),
            submit: Button::link("Check your answers and submit", links::submit(audit.audit.id)),
        }
    }

    /// Nothing answered, under way with hostile words typed, and submitted.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let form = AnswerForm { seen: HOSTILE.to_owned(), ..AnswerForm::default() };
        let audits = super::sample::audits();
        let pages = audits.iter().map(|audit| {
            let first = audit.contents().standards().next();
            let typed = first.map(|it| (it.code.clone(), form.clone())).into_iter().collect();
            let grounds = super::beside::samples(audit, HOSTILE).grounds;
            Self::new(audit, &typed, (&grounds, "key"))
        });
        pages.collect()
    }
}

fn row(
    audit: &InHand,
    standard: &Standard,
    typed: &BTreeMap<StandardCode, AnswerForm>,
    (grounds, key): (&Grounds, &str),
) -> Row {
    let code = &standard.code;
    let saved = audit.answer_to(code);
    let reason = grounds.reason(code).map_or(String::new(), |it| it.words().to_owned());
    let form = typed.get(code).cloned().unwrap_or_else(|| {
        saved.map_or_else(AnswerForm::default, |it| AnswerForm {
            judgement: it.judgement.code().to_owned(),
            seen: it.seen.clone(),
            found: it.found.clone(),
            version: it.version,
            overruled: reason,
            ..AnswerForm::default()
        })
    });
    let mut proposal = ProposalPart::of(grounds, standard, &form.overruled, &Errors::default());
    if let Some(part) = &mut proposal {
        part.reason.field.id = format!("overruled-{code}");
    }
    let field = |name: &str, label: &str| Field::new(name, label).id(format!("{name}-{code}"));
    let items = Judgement::ALL.map(|it| RadioItem::new(it.code(), it.words()));
    let legend = format!("{code}. {}", standard.wording);
    Row {
        code: code.to_string(),
        met_looks_like: standard.met_looks_like.clone(),
        critical: standard.critical,
        action: links::standard(audit.audit.id, code),
        keep: links::keep(audit.audit.id, code),
        version: form.version,
        // Each standard has a key of its own, so that they are saved apart.
        form_key: format!("{key}{code}"),
        restored: typed.contains_key(code),
        proposal,
        judgement: Radios::new(field("judgement", &legend).size(LabelSize::Small), items.into())
            .value(form.judgement.clone())
            .keys(),
        seen: Textarea::new(field("seen", "What you saw")).value(form.seen.clone()).rows(3),
        found: TextInput::new(field("found", "Where you found it")).value(form.found.clone()),
        save: Button::submit(format!("Save {code}")).secondary(),
    }
}
