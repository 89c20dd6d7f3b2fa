//! Confirming an audit: what stands where the two readings differed, and the grade.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::audit::Stage;
use quarterlight_domain::calendar::working_days_after;
use quarterlight_domain::grade::{Grade, GradeLimit};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::independence::manages;
use quarterlight_domain::moderation::confirm::standing;
use quarterlight_domain::moderation::reading::Stands;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::{InHand, ToModerate};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, LabelSize, RadioItem, Radios, Table, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// Working days until what fell short is to be put right, as when an audit is submitted.
const DAYS_TO_ACT: u16 = 10;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    grade: String,
    why: String,
}

/// Shows what stands, and asks for the grade.
///
/// # Errors
/// There is no such page for anybody but its moderator, and once the reading has ended.
pub async fn get(it: ToModerate) -> page::Result {
    it.going_on()?;
    let form = ConfirmForm { grade: given(&it)?.code().to_owned(), why: String::new() };
    page::show(&ConfirmPage::new(&it, &form, &Errors::default())?)
}

/// Confirms the audit.
///
/// # Errors
/// There is no such page for anybody but its moderator, and once the reading has ended.
pub async fn post(app: App, it: ToModerate, Filled(form): Filled<ConfirmForm>) -> page::Result {
    let moderation = it.going_on()?;
    let mut errors = Errors::default();
    let Some(grade) = Grade::from_code(&form.grade) else {
        errors.say("grade", "Select the overall grade");
        return page::again(&ConfirmPage::new(&it, &form, &errors)?);
    };
    let why = Reason::new(&form.why).ok();
    let field = if grade != given(&it)? && why.is_none() { "why" } else { "grade" };
    let both = (it.audit(), it.answers.as_slice());
    let confirmed = moderation.confirm(it.contents(), both, &it.outcomes, (grade, why));
    let Some(confirmed) = errors.keep(field, confirmed) else {
        return page::again(&ConfirmPage::new(&it, &form, &errors)?);
    };
    let after = (owner(&app, &it).await?, due(&it));
    let stamp = it.visitor.stamp("confirmed an audit");
    let seen = it.outcomes.len();
    // If something was settled otherwise while this page was open, it is shown as it is now.
    let kept = app.store.moderations.confirm(&stamp, &confirmed, seen, after).await?;
    let id = it.audit().id;
    page::see_other(if kept {
        format!("{}?confirmed", links::moderate(id))
    } else {
        links::confirm_audit(id)
    })
}

/// The grade that the auditor gave.
fn given(it: &InHand) -> Result<Grade, Failure> {
    match &it.audit().stage {
        Stage::Submitted { opinion, .. } => Ok(opinion.grade()),
        _ => Err(Failure::NotFound),
    }
}

fn due(it: &InHand) -> Date {
    working_days_after(it.visitor.today, DAYS_TO_ACT)
}

/// Who owns what falls short now: the nearest manager of the place where the record stands.
async fn owner(app: &App, it: &InHand) -> Result<Option<PersonId>, Failure> {
    let (whereabouts, today) = (&it.audit().whereabouts, it.visitor.today);
    let people = app.store.people.all().await?;
    let managers = people.into_iter().filter(|line| manages(&line.person, whereabouts, today));
    let nearest = managers.min_by_key(|line| {
        let holds = |place| line.person.grants.iter().any(|grant| grant.place == place);
        whereabouts.places().iter().position(|place| holds(*place))
    });
    Ok(nearest.map(|line| line.person.id))
}

/// The page that confirms an audit.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/moderation/confirm.html")]
pub struct ConfirmPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// Says so, where standards are still to be settled.
    left: Option<(String, String)>,
    differed: Table,
    limit: Option<String>,
    action: String,
    grade: Radios,
    why: Textarea,
    confirm: Button,
}

impl ConfirmPage {
    fn new(it: &InHand, form: &ConfirmForm, errors: &Errors) -> Result<Self, Failure> {
        let given = given(it)?;
        let left = it.left();
        let left_at = left.first().map(|code| {
            let words = match left.len() {
                1 => "1 standard is still to be settled.".to_owned(),
                many => format!("{many} standards are still to be settled."),
            };
            (words, links::moderate_standard(it.audit().id, code))
        });
        let limit = GradeLimit::of(
            it.contents(),
            &standing(&it.answers, &it.outcomes),
            it.audit().is_unsafe,
        );
        let shows = it.shows_all();
        let grade = Field::new("grade", "Overall grade").size(LabelSize::Medium);
        let grade = if shows {
            grade.hint(format!("{} gave {}.", it.audit().auditor_name, given.words()))
        } else {
            grade
        };
        let grade = grade.error(errors.at("grade"));
        let why = Field::new("why", "Why the grade changes")
            .hint("A sentence, only if it does. Both grades are kept.")
            .error(errors.at("why"));
        let item = |grade: Grade| RadioItem::new(grade.code(), grade.words());
        Ok(Self {
            frame: Frame { has_errors: !errors.is_empty(), ..it.inner_frame("Confirm the audit") },
            caption: it.caption(),
            errors: ErrorSummary::new().field(&grade).field(&why),
            left: left_at,
            differed: differed(it),
            limit: limit.map(|limit| limit.sentence()),
            action: links::confirm_audit(it.audit().id),
            grade: Radios::new(grade, Grade::ALL.map(item).to_vec())
                .value(Some(form.grade.clone()).filter(|_| shows)),
            why: Textarea::new(why).value(form.why.clone()).rows(3),
            confirm: Button::submit("Confirm the audit"),
        })
    }

    /// With standards left, ready, and with everything wrong.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        errors.say("grade", "Select the overall grade");
        errors.say("why", "Say in a sentence why the grade changes.");
        let form = ConfirmForm { grade: "good".to_owned(), why: HOSTILE.to_owned() };
        let pages = super::sample::in_hand().into_iter().flat_map(|it| {
            [
                Self::new(&it, &ConfirmForm::default(), &Errors::default()),
                Self::new(&it, &form, &errors),
            ]
        });
        pages.flatten().collect()
    }
}

/// The standards on which the two readings differed, with what stands. What may not be shown yet is not.
fn differed(it: &InHand) -> Table {
    let columns = vec![
        Column::words("Standard"),
        Column::words("Auditor"),
        Column::words("What stands"),
        Column::words("Why"),
    ];
    let mut rows = Vec::new();
    for standard in it.contents().asked_of(&it.audit().line) {
        let (Some(answer), Some(outcome)) = (it.theirs(&standard.code), it.outcome(&standard.code))
        else {
            continue;
        };
        if outcome.stands == Stands::Both {
            continue;
        }
        let whose = if outcome.stands == Stands::Auditors { "the auditor’s" } else { "yours" };
        let why = outcome.why.as_ref().map_or("", Reason::words);
        rows.push(vec![
            Content::text(format!("{}. {}", standard.code, standard.wording)),
            Content::text(answer.judgement.words()),
            Content::text(format!("{}, {whose}", outcome.judgement.words())),
            Content::written(why),
        ]);
    }
    Table::new("differed", "Where you differed", columns)
        .rows(rows)
        .empty("You judged every settled standard as the auditor did.")
}
