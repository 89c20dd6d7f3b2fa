//! Returning an audit to its auditor, with notes that must be cleared before it comes again.

use askama::Template;
use quarterlight_domain::moderation::reading::Stands;
use quarterlight_domain::moderation::send_back::Note;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::{Reason, bounded};
use serde::Deserialize;

use super::{InHand, ToModerate};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, LabelSize, Textarea};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed: a note for each standard on which the two differ, in that order, and one for all.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReturnForm {
    standard: Vec<String>,
    note: Vec<String>,
    whole: String,
}

/// Asks for the notes: each difference is proposed as one.
///
/// # Errors
/// There is no such page for anybody but its moderator, and once the reading has ended.
pub async fn get(it: ToModerate) -> page::Result {
    it.going_on()?;
    page::show(&ReturnPage::new(&it, &proposed(&it), &Errors::default()))
}

/// Sends the audit back.
///
/// # Errors
/// There is no such page for anybody but its moderator, and once the reading has ended.
pub async fn post(app: App, it: ToModerate, Filled(form): Filled<ReturnForm>) -> page::Result {
    let moderation = it.going_on()?;
    let mut errors = Errors::default();
    let notes = notes(&form, &mut errors);
    if !errors.is_empty() {
        return page::again(&ReturnPage::new(&it, &form, &errors));
    }
    let closed = it.kept.cycle_closed;
    let sent = moderation.send_back(it.contents(), it.audit(), notes, closed);
    let Some(sent) = errors.keep("whole", sent) else {
        return page::again(&ReturnPage::new(&it, &form, &errors));
    };
    let stamp = it.visitor.stamp("returned an audit");
    app.store.moderations.send_back(&stamp, &sent).await?;
    page::see_other(format!("{}?returned", links::moderate(it.audit().id)))
}

fn notes(form: &ReturnForm, errors: &mut Errors) -> Vec<Note> {
    let mut notes = Vec::new();
    for (standard, note) in form.standard.iter().zip(&form.note) {
        let Ok(standard) = StandardCode::new(standard) else { continue };
        if errors.keep("whole", bounded(note)).is_some_and(|words| !words.is_empty())
            && let Ok(words) = Reason::new(note)
        {
            notes.push(Note { standard: Some(standard), words });
        }
    }
    if errors.keep("whole", bounded(&form.whole)).is_some_and(|words| !words.is_empty())
        && let Ok(words) = Reason::new(&form.whole)
    {
        notes.push(Note { standard: None, words });
    }
    notes
}

/// Each standard where the moderator's judgement stands, with why.
fn proposed(it: &InHand) -> ReturnForm {
    let mut form = ReturnForm::default();
    for standard in it.contents().asked_of(&it.audit().line) {
        let outcome = it.outcome(&standard.code).filter(|it| it.stands == Stands::Moderators);
        if let Some(why) = outcome.and_then(|outcome| outcome.why.as_ref()) {
            form.standard.push(standard.code.to_string());
            form.note.push(why.words().to_owned());
        }
    }
    form
}

/// The page that returns an audit.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/moderation/send_back.html")]
pub struct ReturnPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    auditor: String,
    action: String,
    /// The code of each standard, and its note.
    notes: Vec<(String, Textarea)>,
    whole: Textarea,
    send: Button,
}

impl ReturnPage {
    fn new(it: &InHand, form: &ReturnForm, errors: &Errors) -> Self {
        let note = |(standard, words): (&String, &String)| {
            let code = StandardCode::new(standard).ok();
            let found = code.as_ref().and_then(|code| it.contents().find(code));
            let wording = found.map_or("", |(_, standard)| standard.wording.as_str());
            let field = Field::new("note", format!("{standard}. {wording}"))
                .id(format!("note-{standard}"))
                .size(LabelSize::Small);
            (standard.clone(), Textarea::new(field).value(words.clone()).rows(3))
        };
        let whole = Field::new("whole", "About the audit as a whole")
            .hint("What the auditor is to see to. Do not use a child’s or a worker’s name.")
            .size(LabelSize::Small)
            .error(errors.at("whole"));
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..it.inner_frame("Return the audit") },
            caption: it.caption(),
            errors: ErrorSummary::new().field(&whole),
            auditor: it.audit().auditor_name.clone(),
            action: links::return_audit(it.audit().id),
            notes: form.standard.iter().zip(&form.note).map(note).collect(),
            whole: Textarea::new(whole).value(form.whole.clone()).rows(4),
            send: Button::submit("Return the audit"),
        }
    }

    /// With nothing to say yet, and with hostile notes that were refused.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        errors.say("whole", "Write at least one note that says what is to be seen to.");
        let form = ReturnForm {
            standard: vec!["C1".to_owned()],
            note: vec![HOSTILE.to_owned()],
            whole: HOSTILE.to_owned(),
        };
        let pages = super::sample::in_hand().into_iter().flat_map(|it| {
            [Self::new(&it, &proposed(&it), &Errors::default()), Self::new(&it, &form, &errors)]
        });
        pages.collect()
    }
}
