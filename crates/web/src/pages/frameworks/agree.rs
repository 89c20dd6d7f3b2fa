//! Agreeing a draft: what changed, who was asked and who answered, how it follows on; then a name and a day.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::agreement::{self, check_day, obstacles};
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::mapping::Mapping;
use quarterlight_domain::refusal::Refusal;
use serde::Deserialize;

use super::draft::table;
use super::lines::in_numbers;
use super::told::{Told, summary};
use super::{InHand, ToAgree};
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{Button, DateInput, ErrorSummary, Field, LabelSize, Table, WarningText};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct AgreeForm {
    #[serde(rename = "from-day")]
    day: String,
    #[serde(rename = "from-month")]
    month: String,
    #[serde(rename = "from-year")]
    year: String,
    /// The draft's version that was read.
    version: u32,
}

/// The form, where nothing stands in the way.
#[derive(Debug, Clone)]
struct Confirm {
    action: String,
    version: u32,
    from: DateInput,
    warning: WarningText,
    agree: Button,
}

/// The page on which a draft is agreed.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/agree.html")]
pub struct AgreePage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    in_numbers: String,
    /// What stands in the way, a sentence each.
    obstacles: Vec<String>,
    mapping: Option<String>,
    told: Option<Told>,
    asked: Option<Table>,
    comments: Option<(String, String)>,
    confirm: Option<Confirm>,
}

/// Shows what would be agreed, and what stands in the way.
///
/// # Errors
/// There is no such page for those who do not agree frameworks.
pub async fn get(draft: ToAgree) -> page::Result {
    if let Some(edition) = draft.draft.agreed {
        return page::see_other(links::edition(edition));
    }
    page::show(&AgreePage::new(&draft, None, &Errors::default()))
}

/// Agrees the draft. Posted twice, it shows the edition.
///
/// # Errors
/// Refuses with what stands in the way. There is no such page for those who do not agree frameworks.
pub async fn post(app: App, draft: ToAgree, Filled(form): Filled<AgreeForm>) -> page::Result {
    if let Some(edition) = draft.draft.agreed {
        return page::see_other(links::edition(edition));
    }
    let today = draft.visitor.today;
    let (person, before) = (&draft.visitor.person, draft.before.as_deref());
    if let Some(first) = obstacles(&draft.draft, person, before, today).into_iter().next() {
        return Err(first.into());
    }
    let mut errors = Errors::default();
    let from = errors
        .keep("from", form.typed().read())
        .and_then(|from| errors.keep("from", check_day(from, before, today)));
    let Some(from) = from else {
        return page::again(&AgreePage::new(&draft, Some(&form), &errors));
    };
    let changed = || {
        Refusal::because(
            "Something about this draft changed after you read it. Read it once more before you agree it.",
        )
    };
    if form.version != draft.draft.version {
        return Err(changed().into());
    }
    let agreement = agreement::agree(&draft.draft, person, from, before, today)?;
    let stamp = draft.visitor.stamp("agreed a framework");
    match app.store.drafts.agree(&stamp, draft.visitor.id(), &agreement).await? {
        Some(edition) => page::see_other(links::edition(edition)),
        None => Err(changed().into()),
    }
}

impl AgreeForm {
    fn typed(&self) -> TypedDate {
        TypedDate { day: self.day.clone(), month: self.month.clone(), year: self.year.clone() }
    }
}

/// The first day of the next quarter: a cycle begins with it.
fn next_cycle(today: Date) -> Date {
    Quarter::of(today).after().first_day()
}

impl AgreePage {
    fn new(draft: &InHand, form: Option<&AgreeForm>, errors: &Errors) -> Self {
        let (it, today) = (&draft.draft, draft.visitor.today);
        let before = draft.before.as_deref();
        let found = obstacles(it, &draft.visitor.person, before, today);
        let contents = it.contents().ok();
        let sides = before.zip(contents.as_ref());
        let mapping =
            sides.and_then(|(before, now)| Mapping::of(before.contents(), now, &it.links).ok());
        let asked = it.everybody_asked();
        let (unanswered, made) = it.unanswered();
        let from = Field::new("from", "In force from")
            .size(LabelSize::Medium)
            .hint("The first day of a quarter is the first day of its cycle.")
            .error(errors.at("from"));
        let from = DateInput::new(from);
        let typed = form.map_or_else(|| TypedDate::of(next_cycle(today)), AgreeForm::typed);
        let from = typed.shown_in(from);
        let is_clear = found.is_empty();
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..draft.inner_frame("Agree this draft")
            },
            caption: draft.title(),
            errors: if is_clear { ErrorSummary::new().date(&from) } else { ErrorSummary::new() },
            in_numbers: contents.as_ref().map(in_numbers).unwrap_or_default(),
            obstacles: found.iter().map(|refusal| refusal.sentence().to_owned()).collect(),
            mapping: before.zip(mapping.as_ref()).map(|(before, mapping)| {
                format!("From {}. {}", before.title(), summary(mapping))
            }),
            told: sides.map(|(before, now)| Told::new(before.contents(), now, &it.links)),
            asked: (!asked.is_empty()).then(|| table(&asked)),
            comments: (made > 0).then(|| {
                let answered = made - unanswered;
                (format!("{answered} of {made} comments answered"), links::answers(it.id))
            }),
            confirm: is_clear.then(|| Confirm {
                action: links::agree(it.id),
                version: it.version,
                from,
                warning: WarningText::new(
                    "Once agreed, this edition never changes. Audits that have been started stay on the edition that they were begun on.",
                ),
                agree: Button::submit(format!(
                    "Agree as {} on {}",
                    draft.visitor.person.name,
                    day_in_words(today)
                )),
            }),
        }
    }

    /// With everything in the way, ready to agree, and hostile words with an error.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.say("from", crate::govuk::HOSTILE);
        let drafts = super::sample::in_hand();
        let plain = drafts.iter().map(|draft| Self::new(draft, None, &Errors::default()));
        let wrong =
            drafts.iter().map(|draft| Self::new(draft, Some(&AgreeForm::default()), &errors));
        plain.chain(wrong).collect()
    }
}
