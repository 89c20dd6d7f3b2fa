//! Checking the answers of an audit, grading it and submitting it.

use askama::Template;
use quarterlight_domain::calendar::{day_in_words, working_days_after};
use quarterlight_domain::grade::{Grade, GradeLimit, Opinion};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::independence::manages;
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::moderation::send_back::must_be_cleared;
use quarterlight_domain::proposed::{Ruled, all_reasoned};
use quarterlight_domain::standard::Standard;
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::proposal::{self, Grounds};
use super::words::Words;
use super::{InHand, ToMake};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Content, ErrorSummary, Field, LabelSize, RadioItem, Radios, SummaryList, SummaryRow,
    Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// Working days until what fell short is to be put right: the rule for *Requires improvement*.
const DAYS_TO_ACT: u16 = 10;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SubmitForm {
    grade: String,
    reasons: String,
}

/// Shows every answer, what is still missing, and the grade.
///
/// # Errors
/// There is no such page for anybody but the auditor.
pub async fn get(app: App, audit: ToMake) -> page::Result {
    let owner = owner(&app, &audit).await?;
    let ruled = Grounds::of(&app, &audit).await?.ruled(&audit);
    let words = Words::of(&app, &audit).await?;
    let around = (owner.as_ref(), ruled.as_slice(), &words);
    page::show(&SubmitPage::new(&audit, &SubmitForm::default(), around, &Errors::default()))
}

/// Submits the audit.
///
/// # Errors
/// Refuses a second time. There is no such page for anybody but the auditor.
pub async fn post(app: App, audit: ToMake, Filled(form): Filled<SubmitForm>) -> page::Result {
    let owner = owner(&app, &audit).await?;
    let ruled = Grounds::of(&app, &audit).await?.ruled(&audit);
    let words = Words::of(&app, &audit).await?;
    let around = (owner.as_ref(), ruled.as_slice(), &words);
    let mut errors = Errors::default();
    let grade = Grade::from_code(&form.grade);
    if grade.is_none() {
        errors.say("grade", "Select the overall grade");
    }
    let reasons = errors.keep("reasons", Reason::new(&form.reasons));
    let (Some(grade), Some(reasons)) = (grade, reasons) else {
        return page::again(&SubmitPage::new(&audit, &form, around, &errors));
    };
    let opinion = Opinion::kept(grade, reasons);
    let submission = audit.audit.submit(audit.contents(), &audit.answers, opinion);
    let submission = match submission.and_then(|it| all_reasoned(&ruled).map(|()| it)) {
        Ok(submission) => submission,
        Err(refusal) if audit.audit.is_submitted() => return Err(refusal.into()),
        Err(refusal) => {
            errors.say("grade", refusal.sentence());
            return page::again(&SubmitPage::new(&audit, &form, around, &errors));
        }
    };
    let notes = app.store.moderations.notes(audit.audit.id).await?;
    if let Err(refusal) = must_be_cleared(&notes) {
        errors.say("grade", refusal.sentence());
        return page::again(&SubmitPage::new(&audit, &form, around, &errors));
    }
    let due = working_days_after(audit.visitor.today, DAYS_TO_ACT);
    let after = (owner.map(|(id, _)| id), due);
    let stamp = audit.visitor.stamp("submitted an audit");
    // Whatever was proposed is kept with what the answers say to it, however they were saved.
    app.store.proposals.keep(&stamp, audit.audit.id, &ruled).await?;
    // If an answer changed while this page was open, it is shown again with the answer as it is now.
    let taken = app.store.answers.submit(&stamp, &submission, &audit.answers, after).await?;
    let id = audit.audit.id;
    page::see_other(if taken { links::read_audit(id) } else { links::submit(id) })
}

/// Who owns what fell short: the nearest manager of the place where the record stands.
async fn owner(app: &App, audit: &InHand) -> Result<Option<(PersonId, String)>, Failure> {
    let (whereabouts, today) = (&audit.audit.whereabouts, audit.visitor.today);
    let people = app.store.people.all().await?;
    let nearest = people
        .into_iter()
        .filter(|line| manages(&line.person, whereabouts, today))
        .min_by_key(|line| {
            let of_person = |place| line.person.grants.iter().any(|grant| grant.place == place);
            whereabouts.places().iter().position(|place| of_person(*place))
        });
    Ok(nearest.map(|line| (line.person.id, line.person.name)))
}

/// The page that lists the answers and asks for the grade.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/submit.html")]
pub struct SubmitPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    missing: Vec<String>,
    sections: Vec<SummaryList>,
    becomes: String,
    limit: Option<String>,
    action: String,
    grade: Radios,
    reasons: Textarea,
    submit: Button,
}

impl SubmitPage {
    fn new(
        audit: &InHand,
        form: &SubmitForm,
        (owner, ruled, words): (Option<&(PersonId, String)>, &[Ruled], &Words),
        errors: &Errors,
    ) -> Self {
        let grade = Field::new("grade", "Overall grade").size(LabelSize::Medium);
        let grade = grade
            .hint("A judgement with reasons, and not a sum of the answers.")
            .error(errors.at("grade"));
        let reasons = Field::new("reasons", "Your reasons")
            .hint("What this means for the child. Do not use a child’s or a worker’s name.")
            .error(errors.at("reasons"));
        Self {
            frame: Frame {
                has_errors: !errors.is_empty(),
                ..audit.inner_frame("Check your answers and submit")
            },
            caption: audit.caption(),
            errors: ErrorSummary::new().field(&grade).field(&reasons),
            missing: missing(audit, ruled),
            sections: sections(audit, ruled)
                .into_iter()
                .chain([words.voices(audit, true), words.summed_up(audit, true)])
                .collect(),
            becomes: becomes(audit, owner),
            limit: GradeLimit::of(audit.contents(), &audit.answers, audit.audit.is_unsafe)
                .map(|limit| limit.sentence()),
            action: links::submit(audit.audit.id),
            grade: Radios::new(grade, grades()).value(form.grade.clone()),
            reasons: Textarea::new(reasons).value(form.reasons.clone()).rows(8),
            submit: Button::submit("Submit the audit"),
        }
    }

    /// Nothing answered, a complete audit with hostile words, and one sent back with errors.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        errors.say("grade", "Select the overall grade");
        errors.say("reasons", "Give a reason.");
        let form = SubmitForm { grade: "good".to_owned(), reasons: HOSTILE.to_owned() };
        let owner = (PersonId(4), HOSTILE.to_owned());
        let (ruled, words) = (proposal::samples(HOSTILE), Words::sample(HOSTILE));
        super::sample::audits()
            .iter()
            .flat_map(|audit| {
                [
                    Self::new(
                        audit,
                        &SubmitForm::default(),
                        (None, &[], &Words::default()),
                        &Errors::default(),
                    ),
                    Self::new(audit, &form, (Some(&owner), &ruled, &words), &errors),
                ]
            })
            .collect()
    }
}

fn grades() -> Vec<RadioItem> {
    Grade::ALL.into_iter().map(|grade| RadioItem::new(grade.code(), grade.words())).collect()
}

/// What has to be done before the audit can be submitted.
fn missing(audit: &InHand, ruled: &[Ruled]) -> Vec<String> {
    let progress = audit.audit.progress(audit.contents(), &audit.answers);
    let unanswered = progress.asked - progress.answered;
    let mut missing = Vec::new();
    if unanswered > 0 {
        missing.push(format!("Answered {} of {}.", progress.answered, progress.asked));
    }
    if progress.without_words > 0 {
        missing.push(format!(
            "Say what you saw: {} of the answers need words.",
            progress.without_words
        ));
    }
    missing.extend(all_reasoned(ruled).err().map(|refusal| refusal.sentence().to_owned()));
    missing
}

/// What submitting does to what fell short.
fn becomes(audit: &InHand, owner: Option<&(PersonId, String)>) -> String {
    let short = audit.answers.iter().filter(|answer| answer.judgement.raises_a_finding()).count();
    let due = day_in_words(working_days_after(audit.visitor.today, DAYS_TO_ACT));
    match (short, owner) {
        (0, _) => "Nothing is not met, and there is nothing that you cannot tell.".to_owned(),
        (_, Some((_, name))) => format!(
            "Whatever is not met or cannot be told, and has no finding yet, becomes one, and so do the key issues. {name} will own it; it is due on {due}."
        ),
        (_, None) => format!(
            "Whatever is not met or cannot be told, and has no finding yet, becomes one, and so do the key issues. Nobody is known to manage this team, so the quality lead will be shown that it has no owner; it is due on {due}."
        ),
    }
}

fn sections(audit: &InHand, ruled: &[Ruled]) -> Vec<SummaryList> {
    let line = &audit.audit.line;
    audit
        .contents()
        .sections()
        .iter()
        .filter_map(|section| {
            let asked = section.standards.iter().filter(|standard| standard.applies_to(line));
            let rows: Vec<_> = asked.map(|standard| row(audit, standard, ruled)).collect();
            let title = format!("{}. {}", section.letter, section.title);
            (!rows.is_empty()).then(|| SummaryList::new(rows).titled(title))
        })
        .collect()
}

fn row(audit: &InHand, standard: &Standard, ruled: &[Ruled]) -> SummaryRow {
    let key = format!("{}. {}", standard.code, standard.wording);
    let value = audit.answer_to(&standard.code).map_or_else(
        || Content::text("Not answered yet"),
        |answer| {
            let overrules = proposal::line(ruled, &standard.code);
            let words = std::iter::once(in_words(answer)).chain(overrules);
            Content::written(words.collect::<Vec<_>>().join("\n"))
        },
    );
    SummaryRow::new(key, value).change(links::standard(audit.audit.id, &standard.code))
}

fn in_words(answer: &Answer) -> String {
    let words = [answer.judgement.words(), &answer.seen, &answer.found];
    words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
}
