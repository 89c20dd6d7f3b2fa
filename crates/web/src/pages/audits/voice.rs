//! One voice of an audit: whether the worker, the child, a parent or a carer was asked, and what they said.

use askama::Template;
use axum::extract::Path;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::names::Names;
use quarterlight_domain::need::Known;
use quarterlight_domain::text::bounded;
use quarterlight_domain::voice::{Asked, Heard, Whose};
use quarterlight_store::Kept;
use serde::Deserialize;

use super::{InHand, ToMake};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, DateInput, ErrorSummary, Field, HOSTILE, LabelSize, RadioItem, Radios, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct VoiceForm {
    asked: String,
    #[serde(rename = "on-day")]
    day: String,
    #[serde(rename = "on-month")]
    month: String,
    #[serde(rename = "on-year")]
    year: String,
    how: String,
    said: String,
    changed: String,
    change: String,
    /// The version that the auditor saw.
    version: u32,
}

impl VoiceForm {
    fn of(heard: &Heard) -> Self {
        let (asked, on, how) = match &heard.asked {
            Asked::Yes(on, how) => ("yes", TypedDate::of(*on), how),
            Asked::No(why) => ("no", TypedDate::default(), why),
        };
        Self {
            asked: asked.to_owned(),
            day: on.day,
            month: on.month,
            year: on.year,
            how: how.clone(),
            said: heard.said.clone(),
            changed: heard.changed.code().to_owned(),
            change: heard.change.clone(),
            version: heard.version,
        }
    }

    fn on(&self) -> TypedDate {
        let part = str::to_owned;
        TypedDate { day: part(&self.day), month: part(&self.month), year: part(&self.year) }
    }

    fn read(&self, whose: Whose, names: &Names, today: Date) -> Result<Heard, Errors> {
        let mut errors = Errors::default();
        let mut words = |field: &'static str, text: &str| {
            let words = errors.keep(field, bounded(text))?;
            errors.keep(field, names.are_not_in(&words)).map(|()| words)
        };
        let texts =
            (words("how", &self.how), words("said", &self.said), words("change", &self.change));
        let asked = match self.asked.as_str() {
            "yes" => errors.keep("on", self.on().read()).map(Some),
            "no" => Some(None),
            _ => {
                errors.say("asked", "Select whether they were asked");
                None
            }
        };
        let changed = Known::from_code(&self.changed);
        if changed.is_none() {
            errors.say("changed", "Select whether it changed anything, or that it is not known");
        }
        let ((Some(how), Some(said), Some(change)), Some(asked), Some(changed)) =
            (texts, asked, changed)
        else {
            return Err(errors);
        };
        let asked = asked.map_or(Asked::No(how.clone()), |on| Asked::Yes(on, how.clone()));
        let version = self.version;
        let heard = Heard { whose, asked, said, changed, change, version };
        if let Err(refusal) = heard.check(today) {
            errors.say(field_of(&heard, today), refusal.sentence());
        }
        if errors.is_empty() { Ok(heard) } else { Err(errors) }
    }
}

/// The field that a refusal is about.
fn field_of(heard: &Heard, today: Date) -> &'static str {
    match &heard.asked {
        Asked::Yes(on, _) if *on > today => "on",
        Asked::Yes(_, words) | Asked::No(words) if words.is_empty() => "how",
        Asked::No(_) if !heard.said.is_empty() => "said",
        Asked::Yes(..) | Asked::No(_) => "change",
    }
}

/// Shows the voice.
///
/// # Errors
/// There is no such page for anybody but the auditor, and for a voice that is none.
pub async fn get(
    app: App,
    audit: ToMake,
    Path((_, whose)): Path<(String, String)>,
) -> page::Result {
    let whose = Whose::from_code(&whose).ok_or(Failure::NotFound)?;
    let kept = app.store.voices.of_audit(audit.audit.id).await?;
    let kept = kept.iter().find(|it| it.whose == whose);
    let form = kept.map_or_else(VoiceForm::default, VoiceForm::of);
    page::show(&VoicePage::new(&audit, whose, &form, (&Errors::default(), None)))
}

/// Keeps the voice, and goes back to the task list.
///
/// # Errors
/// Refuses once the audit was submitted. There is no such page for anybody but the auditor.
pub async fn post(
    app: App,
    audit: ToMake,
    Path((_, whose)): Path<(String, String)>,
    Filled(form): Filled<VoiceForm>,
) -> page::Result {
    let whose = Whose::from_code(&whose).ok_or(Failure::NotFound)?;
    audit.audit.must_be_open()?;
    let names = app.store.voices.names().await?;
    let heard = match form.read(whose, &names, audit.visitor.today) {
        Ok(heard) => heard,
        Err(errors) => {
            return page::again(&VoicePage::new(&audit, whose, &form, (&errors, None)));
        }
    };
    let stamp = audit.visitor.stamp("noted who was asked");
    match app.store.voices.hear(&stamp, audit.audit.id, &heard).await? {
        Kept::Yes | Kept::Closed => page::see_other(links::audit(audit.audit.id)),
        Kept::Conflict(theirs) => {
            let trouble = (&Errors::default(), Some(&theirs));
            page::again(&VoicePage::new(&audit, whose, &form, trouble))
        }
    }
}

/// The page of one voice.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/voice.html")]
pub struct VoicePage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// What somebody else saved in between.
    conflict: Option<Vec<String>>,
    lead: &'static str,
    action: String,
    asked: Radios,
    on: DateInput,
    how: Textarea,
    said: Textarea,
    changed: Radios,
    change: Textarea,
    version: u32,
    save: Button,
}

impl VoicePage {
    fn new(
        audit: &InHand,
        whose: Whose,
        form: &VoiceForm,
        (errors, conflict): (&Errors, Option<&Heard>),
    ) -> Self {
        let asked = Field::new("asked", question(whose)).size(LabelSize::Medium);
        let asked = asked.error(errors.at("asked"));
        let on = Field::new("on", "On which day, if they were").error(errors.at("on"));
        let on = form.on().shown_in(DateInput::new(on));
        let how = Field::new("how", "How they were asked, or why they were not")
            .hint("Such as: at home, by the auditor; or that there is no carer. Write no name.")
            .error(errors.at("how"));
        let said = Field::new("said", "What they said")
            .hint("In a few words of theirs or yours. Write no name of a child, a worker or anybody else.")
            .error(errors.at("said"));
        let changed = Field::new("changed", "Did it change anything?").size(LabelSize::Medium);
        let changed = changed.error(errors.at("changed"));
        let change = Field::new("change", "What it changed").error(errors.at("change"));
        let summary = ErrorSummary::new().field(&asked).date(&on).field(&how).field(&said);
        let known = |known: Known, words| RadioItem::new(known.code(), words);
        Self {
            frame: Frame {
                has_errors: !errors.is_empty() || conflict.is_some(),
                ..audit.inner_frame(title(whose))
            },
            caption: audit.caption(),
            errors: summary.field(&changed).field(&change),
            conflict: conflict.map(in_words),
            lead: lead(whose),
            action: links::voice(audit.audit.id, whose),
            asked: Radios::new(
                asked,
                vec![RadioItem::new("yes", "Yes"), RadioItem::new("no", "No")],
            )
            .value(form.asked.clone()),
            on,
            how: Textarea::new(how).value(form.how.clone()).rows(2),
            said: Textarea::new(said).value(form.said.clone()).rows(5),
            changed: Radios::new(
                changed,
                vec![
                    known(Known::Yes, "Yes"),
                    known(Known::No, "No"),
                    known(Known::Unknown, "It is not known"),
                ],
            )
            .value(form.changed.clone()),
            change: Textarea::new(change).value(form.change.clone()).rows(3),
            version: conflict.map_or(form.version, |theirs| theirs.version),
            save: Button::submit(if conflict.is_some() { "Keep mine" } else { "Save" }),
        }
    }

    /// Each voice with nothing written, and one with errors and with hostile words.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        for field in ["asked", "on", "how", "said", "changed", "change"] {
            errors.say(field, format!("Enter something else for {field}"));
        }
        let form = VoiceForm { said: HOSTILE.to_owned(), ..VoiceForm::default() };
        let theirs = Heard {
            whose: Whose::Child,
            asked: Asked::No(HOSTILE.to_owned()),
            said: String::new(),
            changed: Known::Yes,
            change: HOSTILE.to_owned(),
            version: 3,
        };
        let none = Errors::default();
        let mut pages = Vec::new();
        for audit in super::sample::audits().iter().take(1) {
            for whose in Whose::ALL {
                pages.push(Self::new(audit, whose, &VoiceForm::default(), (&none, None)));
            }
            pages.push(Self::new(audit, Whose::Child, &form, (&errors, None)));
            let kept = VoiceForm::of(&theirs);
            pages.push(Self::new(audit, Whose::Child, &kept, (&none, Some(&theirs))));
        }
        pages
    }
}

fn title(whose: Whose) -> &'static str {
    match whose {
        Whose::Worker => "The conversation with the worker",
        Whose::Child => "The child’s voice",
        Whose::Parent => "A parent’s voice",
        Whose::Carer => "A carer’s voice",
    }
}

const fn lead(whose: Whose) -> &'static str {
    match whose {
        Whose::Worker => {
            "The worker who holds the record is told that the audit has started. Talk with them about the work before you judge it, and note here what was said."
        }
        Whose::Child | Whose::Parent | Whose::Carer => {
            "Note whether they were asked for this audit, what they said, and whether it changed anything. What is left blank is shown as not known."
        }
    }
}

const fn question(whose: Whose) -> &'static str {
    match whose {
        Whose::Worker => "Was there a conversation?",
        Whose::Child => "Was the child asked?",
        Whose::Parent => "Was a parent asked?",
        Whose::Carer => "Was a carer asked?",
    }
}

/// What is kept of a voice, as lines.
pub fn in_words(heard: &Heard) -> Vec<String> {
    let asked = match &heard.asked {
        Asked::Yes(on, how) => format!("Asked on {}: {how}", day_in_words(*on)),
        Asked::No(why) => format!("Not asked: {why}"),
    };
    let mut lines = vec![asked];
    if !heard.said.is_empty() {
        lines.push(format!("Said: {}", heard.said));
    }
    lines.push(match heard.changed {
        Known::Yes => format!("It changed something: {}", heard.change),
        Known::No => "It changed nothing.".to_owned(),
        Known::Unknown => "Whether it changed anything is not known.".to_owned(),
    });
    lines
}
