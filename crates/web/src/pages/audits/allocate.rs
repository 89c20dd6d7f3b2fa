//! Who makes an audit and by when: giving it to somebody else, and moving its day, with a reason.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::handover::{Handover, NewDue};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::independence::Independent;
use quarterlight_domain::person::{Person, Role};
use quarterlight_domain::record::Record;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_domain::ties::Ties;
use quarterlight_store::Passage;
use serde::Deserialize;

use super::{InHand, ToAllocate, passage};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, Content, DateInput, Details, ErrorSummary, Field, Inset, Select, SelectItem, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was chosen and typed in either form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AllocateForm {
    auditor: String,
    #[serde(rename = "given-because")]
    given_because: String,
    #[serde(rename = "due-day")]
    day: String,
    #[serde(rename = "due-month")]
    month: String,
    #[serde(rename = "due-year")]
    year: String,
    #[serde(rename = "moved-because")]
    moved_because: String,
}

/// What the page is made from, besides the audit.
#[derive(Debug, Clone, Default)]
pub struct Around {
    passage: Passage,
    /// None where the record has left the case list, so that nobody can be found independent of it.
    record: Option<Record>,
    auditors: Vec<Person>,
    ties: Ties,
}

/// Giving the audit to somebody else.
#[derive(Debug, Clone)]
pub struct Giving {
    action: String,
    sentence: String,
    /// None where nobody else can have it.
    auditor: Option<Select>,
    because: Textarea,
    button: Button,
    blocked: Option<Details>,
}

/// Moving its day.
#[derive(Debug, Clone)]
pub struct Moving {
    action: String,
    due: DateInput,
    because: Textarea,
    button: Button,
}

/// The page for both.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/allocate.html")]
pub struct AllocatePage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    sentence: String,
    passage: Option<Inset>,
    give: Option<Giving>,
    moving: Option<Moving>,
}

/// Shows who makes the audit and by when.
///
/// # Errors
/// There is no such page for those who do not run the audit.
pub async fn get(app: App, audit: ToAllocate) -> page::Result {
    let around = Around::load(&app, &audit).await?;
    page::show(&AllocatePage::new(&audit, &around, &AllocateForm::default(), &Errors::default()))
}

/// Gives the audit to somebody else. Whoever had it has no page of it from then on.
///
/// # Errors
/// There is no such page for those who do not run the audit.
pub async fn give(app: App, audit: ToAllocate, Filled(form): Filled<AllocateForm>) -> page::Result {
    let around = Around::load(&app, &audit).await?;
    let mut errors = Errors::default();
    let because = Reason::new(&form.given_because);
    let because = errors.keep("given-because", because);
    let found = around.chosen(&form.auditor, audit.visitor.today);
    let found = errors.keep("auditor", found);
    let handover = found
        .zip(because)
        .and_then(|(to, because)| errors.keep("auditor", Handover::of(&audit.audit, &to, because)));
    let Some(handover) = handover else {
        return page::again(&AllocatePage::new(&audit, &around, &form, &errors));
    };
    let stamp = audit.visitor.stamp("gave an audit to somebody else");
    // False if somebody was quicker; either way the page now says what is kept.
    app.store.handovers.give(&stamp, &handover).await?;
    page::see_other(links::allocation(audit.audit.id))
}

/// Moves the day on which the audit is due.
///
/// # Errors
/// There is no such page for those who do not run the audit.
pub async fn move_due(
    app: App,
    audit: ToAllocate,
    Filled(form): Filled<AllocateForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let because = errors.keep("moved-because", Reason::new(&form.moved_because));
    let due = errors.keep("due", form.due().read());
    let new = due.zip(because).and_then(|(due, because)| {
        errors.keep("due", NewDue::of(&audit.audit, due, because, audit.visitor.today))
    });
    let Some(new) = new else {
        let around = Around::load(&app, &audit).await?;
        return page::again(&AllocatePage::new(&audit, &around, &form, &errors));
    };
    let stamp = audit.visitor.stamp("moved the day of an audit");
    app.store.handovers.move_due(&stamp, &new).await?;
    page::see_other(links::allocation(audit.audit.id))
}

impl AllocateForm {
    fn due(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }
}

impl Around {
    async fn load(app: &App, audit: &InHand) -> Result<Self, Failure> {
        let today = audit.visitor.today;
        let people = app.store.people.all().await?.into_iter().map(|line| line.person);
        Ok(Self {
            passage: app.store.handovers.of_audit(audit.audit.id).await?,
            record: app.store.records.get(audit.audit.record).await?,
            auditors: people.filter(|person| person.is(Role::Auditor, today)).collect(),
            ties: app.store.conflicts.ties().await?,
        })
    }

    fn independent(&self, auditor: &Person, today: Date) -> Result<Independent, Refusal> {
        let record = self.record.as_ref().ok_or_else(|| {
            Refusal::because(
                "This record is not on the current case list any more, so nobody can be found independent of it.",
            )
        })?;
        Independent::of(auditor, record, &self.ties, today)
    }

    fn chosen(&self, typed: &str, today: Date) -> Result<Independent, Refusal> {
        let id = typed.parse::<PersonId>().ok();
        let auditor = self.auditors.iter().find(|auditor| Some(auditor.id) == id);
        let auditor =
            auditor.ok_or_else(|| Refusal::because("Select who is to make this audit"))?;
        self.independent(auditor, today)
    }
}

impl AllocatePage {
    fn new(audit: &InHand, around: &Around, form: &AllocateForm, errors: &Errors) -> Self {
        let it = &audit.audit;
        let is_open = it.must_be_open();
        let give = is_open.is_ok().then(|| giving(audit, around, form, errors));
        let moving = is_open.is_ok().then(|| moving(audit, form, errors));
        let mut summary = ErrorSummary::new();
        match give.as_ref().map(|give| (give.auditor.as_ref(), &give.because)) {
            Some((Some(auditor), because)) => {
                summary = summary.field(&auditor.field).field(&because.field);
            }
            // Nobody can be chosen, so there is no field to lead to.
            _ => {
                if let Some(why) = errors.at("auditor") {
                    summary = summary.sentence(why);
                }
            }
        }
        if let Some(moving) = &moving {
            summary = summary.date(&moving.due).field(&moving.because.field);
        }
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..audit.frame(format!("Who makes the audit of {}, and by when", it.reference()))
            },
            caption: audit.caption(),
            errors: summary,
            sentence: match is_open {
                Ok(()) => format!(
                    "{} makes this audit, which is due on {}.",
                    it.auditor_name,
                    day_in_words(it.due)
                ),
                Err(refusal) => refusal.sentence().to_owned(),
            },
            passage: passage::inset(&around.passage),
            give,
            moving,
        }
    }

    /// Not begun, under way with hostile words, and submitted.
    pub fn samples() -> Vec<Self> {
        let audits = super::sample::audits();
        let around =
            |hostile| Around { passage: super::sample::passage(hostile), ..Around::default() };
        let mut errors = Errors::default();
        errors.say("due", crate::govuk::HOSTILE);
        errors.say("auditor", crate::govuk::HOSTILE);
        let form = AllocateForm::default();
        let arounds = [
            (Around::default(), Errors::default()),
            (around(true), errors),
            (around(false), Errors::default()),
        ];
        audits
            .iter()
            .zip(&arounds)
            .map(|(audit, (around, errors))| Self::new(audit, around, &form, errors))
            .collect()
    }
}

fn giving(audit: &InHand, around: &Around, form: &AllocateForm, errors: &Errors) -> Giving {
    let today = audit.visitor.today;
    let (mut people, mut blocked) = (Vec::new(), Vec::new());
    for auditor in around.auditors.iter().filter(|auditor| auditor.id != audit.audit.auditor) {
        match around.independent(auditor, today) {
            Ok(_) => people.push(SelectItem::new(auditor.id.to_string(), auditor.name.clone())),
            Err(refusal) => blocked.push(refusal.sentence().to_owned()),
        }
    }
    blocked.dedup();
    let field = Field::new("auditor", "Who is to make it").error(errors.at("auditor"));
    let because = Field::new("given-because", "Why it goes to somebody else")
        .error(errors.at("given-because"));
    let nobody = SelectItem::new("", "Choose somebody");
    let sentence = if people.is_empty() {
        "Nobody else can make this audit."
    } else {
        "Its answers go with it, and stay. Whoever has it now cannot open it any more."
    };
    Giving {
        action: links::give_audit(audit.audit.id),
        sentence: sentence.to_owned(),
        auditor: (!people.is_empty()).then(|| {
            Select::new(field, std::iter::once(nobody).chain(people).collect())
                .value(form.auditor.clone())
        }),
        because: Textarea::new(because).rows(2).value(form.given_because.clone()),
        button: Button::submit("Give this audit"),
        blocked: (!blocked.is_empty()).then(|| {
            Details::new("Who cannot make it, and why", Content::written(blocked.join("\n")))
        }),
    }
}

fn moving(audit: &InHand, form: &AllocateForm, errors: &Errors) -> Moving {
    let due = Field::new("due", "The new day")
        .hint(format!("It is due on {}. Both days stay visible.", day_in_words(audit.audit.due)))
        .error(errors.at("due"));
    let because =
        Field::new("moved-because", "Why the day moves").error(errors.at("moved-because"));
    Moving {
        action: links::move_audit(audit.audit.id),
        due: form.due().shown_in(DateInput::new(due)),
        because: Textarea::new(because).rows(2).value(form.moved_because.clone()),
        button: Button::submit("Move the day").secondary(),
    }
}
