//! One standard: the judgement, what was seen, where it was found, and what must be put right.

use askama::Template;
use quarterlight_domain::action::Action;
use quarterlight_domain::calendar::working_days_after;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::stamp::time_in_england;
use quarterlight_domain::standard::{Standard, StandardCode};
use quarterlight_store::{ActionFilter, Left, PersonLine, Saved};

use super::answer_form::AnswerForm;
use super::beside::{self, Beside, BesidePart};
use super::conflict::Conflict;
use super::given::{GivenPage, ToAnswer};
use super::proposal::{self, ProposalPart};
use super::{InHand, ToMake, facts, if_there};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, DateInput, ErrorSummary, Field, LabelSize, RadioItem, Radios, Select, SelectItem,
    SummaryList, SummaryRow, TextInput, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// Working days until an action is due, unless the auditor says otherwise.
const DAYS_TO_ACT: u16 = 10;

/// Shows the standard.
///
/// # Errors
/// There is no such page for anybody but the auditor, and for a standard that is not asked.
pub async fn get(app: App, audit: ToMake) -> page::Result {
    let code = audit.standard.clone().ok_or(Failure::NotFound)?;
    let saved = audit.answer_to(&code);
    let due = working_days_after(audit.visitor.today, DAYS_TO_ACT);
    let mut form = AnswerForm::of(saved, due, app.word());
    let mut around = Around::of(&app, &audit).await?;
    let reason = around.beside.grounds.reason(&code);
    form.overruled = reason.map_or(String::new(), |it| it.words().to_owned());
    // What was typed and not saved as an answer is there again, whatever became of the browser.
    let left = app.store.unfinished.of(audit.audit.id, audit.visitor.id());
    around.left = if_there(audit.attached.left, left).await?.remove(&code);
    if let Some(left) = &around.left {
        let typed: Filled<AnswerForm> = Filled::read(left.form.clone().into(), &app).await?;
        let version = left.version.unwrap_or(typed.0.version);
        form = AnswerForm { form_key: form.form_key, turn: 0, version, ..typed.0 };
    }
    page::show(&AnswerPage::new(&audit, &form, &around, (&Errors::default(), None))?)
}

/// Saves the answer, and goes on to the next standard.
///
/// # Errors
/// Refuses once the audit was submitted. There is no such page for anybody but the auditor, and
/// whoever was it when they opened the page.
pub async fn post(app: App, audit: ToAnswer, Filled(form): Filled<AnswerForm>) -> page::Result {
    let audit = match audit {
        ToAnswer::Theirs(audit) => audit,
        ToAnswer::GivenAway(given) => return page::again(&GivenPage::new(&app, &given, &form)),
    };
    let code = audit.standard.clone().ok_or(Failure::NotFound)?;
    let (answer, raised) = match form.read(&code) {
        Ok(read) => read,
        Err(errors) => return again(&app, &audit, &form, (&errors, None)).await,
    };
    let answered = audit.audit.answer(audit.contents(), answer)?;
    if let Some(raised) = &raised
        && let Err(refusal) = raised.check(&audit.audit, audit.contents(), audit.visitor.today)
    {
        let mut errors = Errors::default();
        errors.say("due", refusal.sentence());
        return again(&app, &audit, &form, (&errors, None)).await;
    }
    let stamp = audit.visitor.stamp("answered a standard");
    let finding = raised.as_ref().map(|raised| (raised, form.form_key.as_str()));
    let saved = app.store.answers.save_from(&stamp, &answered, finding, form.page()).await?;
    if matches!(saved, Saved::Yes | Saved::Already) && !form.proposed.is_empty() {
        let said = (answered.answer.judgement, form.overruled.as_str());
        proposal::keep(&app, &audit, &code, said).await?;
    }
    match saved {
        Saved::Yes | Saved::Already => {
            // What this page has saved is left no longer by itself; words from before are let go.
            if saved == Saved::Already || !form.restored.is_empty() {
                app.store.unfinished.let_go(audit.audit.id, &code, audit.visitor.id()).await?;
            }
            page::see_other(after(&audit, &code, &form))
        }
        Saved::Conflict(theirs) => {
            again(&app, &audit, &form, (&Errors::default(), Some(&theirs))).await
        }
        // Submitted in between: the audit, read once more, says so in its own words.
        Saved::Closed => page::see_other(links::audit(audit.audit.id)),
    }
}

async fn again(
    app: &App,
    audit: &InHand,
    form: &AnswerForm,
    trouble: (&Errors, Option<&Answer>),
) -> page::Result {
    let around = Around::of(app, audit).await?;
    page::again(&AnswerPage::new(audit, form, &around, trouble)?)
}

/// The next standard of the audit, and after the last one the task list; or the whole form, where
/// the answer came from there.
fn after(audit: &InHand, code: &StandardCode, form: &AnswerForm) -> String {
    if form.then == "whole" {
        return format!("{}#{code}", links::whole(audit.audit.id));
    }
    let asked = audit.contents().asked_of(&audit.audit.line);
    let next = asked.iter().skip_while(|standard| standard.code != *code).nth(1);
    next.map_or_else(
        || links::audit(audit.audit.id),
        |next| format!("{}?saved", links::standard(audit.audit.id, &next.code)),
    )
}

/// What the page needs besides the audit: the findings raised already, and who can own one.
#[derive(Debug, Clone, Default)]
struct Around {
    raised: Vec<Action>,
    owners: Vec<(PersonId, String)>,
    /// What the auditor typed and did not save as an answer.
    left: Option<Left>,
    beside: Beside,
}

impl Around {
    async fn of(app: &App, audit: &InHand) -> Result<Self, Failure> {
        let of_audit = ActionFilter::Audit(audit.audit.id);
        let raised = app.store.actions.list(&of_audit);
        let raised = if_there(audit.attached.findings, raised).await?;
        let people = app.store.people.all().await?;
        let beside = Beside::of(app, audit).await?;
        Ok(Self { raised, owners: owners(people, audit), left: None, beside })
    }
}

/// Whoever works with records or answers for a place may own an action.
fn owners(people: Vec<PersonLine>, audit: &InHand) -> Vec<(PersonId, String)> {
    use quarterlight_domain::person::Role;

    let today = audit.visitor.today;
    people
        .into_iter()
        .filter(|line| {
            [Role::Worker, Role::ServiceManager].iter().any(|role| line.person.is(*role, today))
        })
        .map(|line| (line.person.id, line.person.name))
        .collect()
}

/// The page of one standard.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/answer.html")]
pub struct AnswerPage {
    frame: Frame,
    caption: String,
    critical: bool,
    met_looks_like: String,
    proposal: Option<ProposalPart>,
    beside: BesidePart,
    facts: SummaryList,
    as_at: String,
    action: String,
    errors: ErrorSummary,
    /// What was saved in between, beside the auditor's own words, which are safe.
    conflict: Option<Conflict>,
    /// Said where the words on the page are not saved as an answer yet.
    left: Option<String>,
    let_go: String,
    /// Where what is typed is saved as it is typed.
    keep: String,
    judgement: Radios,
    seen: Textarea,
    found: TextInput,
    raised: Vec<String>,
    put_right: Textarea,
    owner: Select,
    due: DateInput,
    version: u32,
    form_key: String,
    turn: u32,
    restored: bool,
    save: Button,
    position: String,
}

impl AnswerPage {
    fn new(
        audit: &InHand,
        form: &AnswerForm,
        around: &Around,
        (errors, conflict): (&Errors, Option<&Answer>),
    ) -> Result<Self, Failure> {
        let code = audit.standard.as_ref().ok_or(Failure::NotFound)?;
        let (section, standard) = audit.contents().find(code).ok_or(Failure::NotFound)?;
        let judgement = Field::new("judgement", "What did you find?")
            .size(LabelSize::Medium)
            .error(errors.at("judgement"));
        let seen = Field::new("seen", "What you saw")
            .hint("In your own words. Do not use a child’s or a worker’s name.")
            .error(errors.at("seen"));
        let found = Field::new("found", "Where you found it")
            .hint("The place on the record and the date of the entry, such as “Case notes, 3 May”.")
            .error(errors.at("found"));
        let put_right =
            Field::new("put_right", "What must be put right").error(errors.at("put_right"));
        let owner = Field::new("owner", "Who is to do it").error(errors.at("owner"));
        let due = Field::new("due", "By when").error(errors.at("due"));
        let due = form.due().shown_in(DateInput::new(due));
        let proposal = ProposalPart::of(&around.beside.grounds, standard, &form.overruled, errors);
        let mut summary = ErrorSummary::new();
        if let Some(part) = &proposal {
            summary = summary.field(&part.reason.field);
        }
        let summary = summary.field(&judgement).field(&seen).field(&found);
        let has_conflict = conflict.is_some();
        let has_errors = !errors.is_empty() || has_conflict;
        Ok(Self {
            frame: frame(audit, standard, (has_errors, !has_errors && around.left.is_none())),
            caption: audit.caption(),
            critical: standard.critical,
            met_looks_like: standard.met_looks_like.clone(),
            proposal,
            beside: BesidePart::new(&around.beside, standard),
            facts: side(audit),
            as_at: format!("What the case list said when {} was drawn", audit.audit.reference()),
            action: links::standard(audit.audit.id, code),
            errors: summary.field(&put_right).field(&owner).date(&due),
            conflict: conflict.map(|theirs| Conflict::new(theirs, form)),
            left: around.left.as_ref().filter(|_| !has_conflict).map(left),
            let_go: links::let_go(audit.audit.id, code),
            keep: links::keep(audit.audit.id, code),
            judgement: Radios::new(judgement, judgements()).value(form.judgement.clone()).keys(),
            seen: Textarea::new(seen).value(form.seen.clone()).rows(6),
            found: TextInput::new(found).value(form.found.clone()),
            raised: raised(around, code),
            put_right: Textarea::new(put_right).value(form.put_right.clone()).rows(3),
            owner: Select::new(owner, people(around)).value(form.owner.clone()),
            due,
            // After a conflict the auditor has seen the other answer, and may save over it.
            version: conflict.map_or(form.version, |theirs| theirs.version),
            form_key: form.form_key.clone(),
            turn: form.turn,
            restored: around.left.is_some() || !form.restored.is_empty(),
            save: Button::submit(if has_conflict {
                "Keep mine and go on"
            } else {
                "Save and go on"
            }),
            position: position(audit, &section.letter, code),
        })
    }

    /// Not answered, wrong throughout with hostile words, and changed by somebody else meanwhile.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        for field in ["judgement", "seen", "found", "put_right", "owner", "due"] {
            errors.say(field, format!("Enter something else for {field}"));
        }
        let form = AnswerForm {
            seen: HOSTILE.to_owned(),
            found: HOSTILE.to_owned(),
            put_right: HOSTILE.to_owned(),
            due_day: "31".to_owned(),
            ..AnswerForm::default()
        };
        errors.say("overruled", "Shorten this");
        let audits = super::sample::audits();
        let owners = vec![(PersonId(9), HOSTILE.to_owned())];
        let beside = audits.first().map(|audit| beside::samples(audit, HOSTILE));
        let beside = beside.unwrap_or_default();
        let around = Around { owners, beside, ..Around::default() };
        let (empty, nothing) = (AnswerForm::default(), Around::default());
        let plain = audits
            .iter()
            .map(|audit| Self::new(audit, &empty, &nothing, (&Errors::default(), None)));
        let troubled = audits
            .iter()
            .map(|audit| Self::new(audit, &form, &around, (&errors, audit.answers.first())));
        plain.chain(troubled).flatten().collect()
    }
}

fn frame(audit: &InHand, standard: &Standard, (has_errors, is_as_saved): (bool, bool)) -> Frame {
    let title = format!("{}. {}", standard.code, standard.wording);
    // Said only where what stands in the boxes is what is saved.
    let saved = audit.answer_to(&standard.code).filter(|_| is_as_saved);
    let saved = saved.map(|_| "This answer is saved.".to_owned());
    Frame { saved, has_errors, ..audit.inner_frame(title) }
}

fn judgements() -> Vec<RadioItem> {
    let item = |judgement: Judgement| RadioItem::new(judgement.code(), judgement.words());
    Judgement::ALL.into_iter().map(item).collect()
}

fn people(around: &Around) -> Vec<SelectItem> {
    let nobody = std::iter::once(SelectItem::new("", "Choose somebody"));
    let people =
        around.owners.iter().map(|(id, name)| SelectItem::new(id.to_string(), name.clone()));
    nobody.chain(people).collect()
}

fn side(audit: &InHand) -> SummaryList {
    let rows = facts(&audit.audit.line);
    SummaryList::new(rows.into_iter().map(|(key, value)| SummaryRow::new(key, value)).collect())
}

/// The findings raised against this standard already.
fn raised(around: &Around, code: &StandardCode) -> Vec<String> {
    let of_standard = around.raised.iter().filter(|action| action.standard == *code);
    of_standard
        .map(|action| {
            let owner = action.owner_name.as_deref().unwrap_or("nobody yet");
            let due = quarterlight_domain::calendar::day_in_words(action.due);
            format!("{} Owner: {owner}. Due on {due}.", action.what)
        })
        .collect()
}

/// *What you wrote at 10:42 is below, and is not saved as your answer yet.*
fn left(left: &Left) -> String {
    let at = time_in_england(left.at);
    format!("What you wrote at {at} is below, and is not saved as your answer yet.")
}

/// *Section B · standard 5 of 38*.
fn position(audit: &InHand, letter: &str, code: &StandardCode) -> String {
    let asked = audit.contents().asked_of(&audit.audit.line);
    let place = asked.iter().position(|standard| standard.code == *code).unwrap_or(0) + 1;
    format!("Section {letter} · standard {place} of {}", asked.len())
}
