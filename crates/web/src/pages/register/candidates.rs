//! What may be items in pasted minutes: a person reads each, changes it, and says which are.

use askama::Template;
use quarterlight_domain::calendar::{day_in_words, working_days_after};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::register::minutes::Candidate;
use quarterlight_domain::register::{self, Kind, Meeting, NewItem};
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::enter::DAYS_TO_REPLY;
use super::{AtMeeting, choices, chosen, owners};
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, CheckboxItem, Checkboxes, DateInput, ErrorSummary, Field, Select, SelectItem,
    TextInput, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed: each box as often as there are candidates, in their order.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CandidatesForm {
    /// The places of those that are ticked, from 1.
    take: Vec<String>,
    kind: Vec<String>,
    words: Vec<String>,
    asked_by: Vec<String>,
    owner: Vec<String>,
    #[serde(rename = "due-day")]
    due_day: String,
    #[serde(rename = "due-month")]
    due_month: String,
    #[serde(rename = "due-year")]
    due_year: String,
    form_key: String,
}

/// Enters those that are ticked, all or none. Sent twice, they are entered once.
///
/// # Errors
/// There is no such page for anybody but the clerk.
pub async fn post(app: App, at: AtMeeting, Filled(form): Filled<CandidatesForm>) -> page::Result {
    let owners = owners(&app, &at.visitor).await?;
    let mut errors = Errors::default();
    let Some(items) = form.read(&at.meeting, &owners, &mut errors) else {
        let page = CandidatesPage::new((&at.base, &at.meeting), &form, &owners, &errors);
        return page::again(&page);
    };
    let stamp = at.visitor.stamp("entered what the minutes of a meeting say");
    app.store.register.enter(&stamp, at.meeting.id, &items, &form.form_key).await?;
    page::see_other(links::meeting(at.meeting.id))
}

impl CandidatesForm {
    /// The form filled in with what was found, everything ticked.
    pub fn of(found: &[Candidate], meeting: &Meeting, form_key: String) -> Self {
        let due = TypedDate::of(working_days_after(meeting.held_on, DAYS_TO_REPLY));
        Self {
            take: (1..=found.len()).map(|it| it.to_string()).collect(),
            kind: found.iter().map(|it| it.kind.code().to_owned()).collect(),
            words: found.iter().map(|it| it.words.clone()).collect(),
            asked_by: found.iter().map(|it| it.asked_by.clone().unwrap_or_default()).collect(),
            owner: vec![String::new(); found.len()],
            due_day: due.day,
            due_month: due.month,
            due_year: due.year,
            form_key,
        }
    }

    fn due(&self) -> TypedDate {
        TypedDate {
            day: self.due_day.clone(),
            month: self.due_month.clone(),
            year: self.due_year.clone(),
        }
    }

    fn read(
        &self,
        meeting: &Meeting,
        owners: &[(PersonId, String)],
        errors: &mut Errors,
    ) -> Option<Vec<NewItem>> {
        let due = errors.keep("due", self.due().read());
        let mut items = Vec::new();
        let taken = (1..=self.words.len()).filter(|place| self.take.contains(&place.to_string()));
        for place in taken {
            let at = |all: &[String]| all.get(place - 1).cloned().unwrap_or_default();
            // One sentence at the foot of the page names the item; the others are told when that is right.
            let say = |what: &str| format!("Item {place}: {what}");
            let Some(kind) = Kind::from_code(&at(&self.kind)) else {
                errors.say("take", say("select what it is"));
                continue;
            };
            let words = match Reason::new(&at(&self.words)) {
                Ok(words) => words,
                Err(refusal) => {
                    errors.say("take", say(refusal.sentence()));
                    continue;
                }
            };
            let Some((owner, _)) = chosen(&at(&self.owner), owners) else {
                errors.say("take", say("choose who replies"));
                continue;
            };
            let typed = at(&self.asked_by);
            let asked_by = match typed.trim() {
                "" => None,
                typed => match register::name(typed) {
                    Ok(name) => Some(name),
                    Err(refusal) => {
                        errors.say("take", say(refusal.sentence()));
                        continue;
                    }
                },
            };
            if let Some(due) = due {
                items.push(NewItem { kind, words, asked_by, about: None, owner, due });
            }
        }
        if let Some(first) = items.first() {
            errors.keep("due", first.check(meeting));
        } else if errors.is_empty() {
            errors.say("take", "Tick at least one item to enter");
        }
        errors.is_empty().then_some(items)
    }
}

/// One candidate as the page shows it.
#[derive(Debug, Clone)]
struct Row {
    heading: String,
    take: Checkboxes,
    kind: Select,
    words: Textarea,
    asked_by: TextInput,
    owner: Select,
}

/// The page of the candidates.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/register/candidates.html")]
pub struct CandidatesPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    action: String,
    rows: Vec<Row>,
    due: DateInput,
    form_key: String,
    enter: Button,
}

impl CandidatesPage {
    /// The candidates, as they are typed so far.
    pub fn new(
        (base, meeting): (&Frame, &Meeting),
        form: &CandidatesForm,
        owners: &[(PersonId, String)],
        errors: &Errors,
    ) -> Self {
        let due = Field::new("due", "By when are the replies due?").error(errors.at("due"));
        let due = form.due().shown_in(DateInput::new(due));
        let mut frame = at_meeting(base, meeting, "Check what was found");
        frame.has_errors = !errors.is_empty();
        let rows: Vec<Row> = (1..=form.words.len())
            .map(|place| row(form, place, owners, errors.at("take").as_deref()))
            .collect();
        let mut summary = ErrorSummary::new();
        for row in &rows {
            summary = summary.field(&row.take.field);
        }
        Self {
            frame,
            caption: caption(meeting),
            errors: summary.date(&due),
            action: links::candidates(meeting.id),
            rows,
            due,
            form_key: form.form_key.clone(),
            enter: Button::submit("Enter the ticked items"),
        }
    }

    /// Two candidates, and the same sent back with hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let candidate = |words: &str| Candidate {
            kind: Kind::Question,
            words: words.to_owned(),
            asked_by: Some(words.to_owned()),
            because: "asked",
        };
        let (base, meeting) = (Frame::default(), super::sample::meeting());
        let owners = [(PersonId(1), HOSTILE.to_owned())];
        let found = [candidate("Who audits them?"), candidate(HOSTILE)];
        let form = CandidatesForm::of(&found, &meeting, "key".to_owned());
        let mut errors = Errors::default();
        errors.say("take", format!("Item 2: {HOSTILE}"));
        errors.say("due", HOSTILE);
        vec![
            Self::new((&base, &meeting), &form, &owners, &Errors::default()),
            Self::new((&base, &meeting), &form, &owners, &errors),
        ]
    }
}

fn row(
    form: &CandidatesForm,
    place: usize,
    owners: &[(PersonId, String)],
    error: Option<&str>,
) -> Row {
    let at = |all: &[String]| all.get(place - 1).cloned().unwrap_or_default();
    let field = |name: &str, label: String| Field::new(name, label).id(format!("{name}-{place}"));
    // The error stands at the item that it names; one that names none stands at the first.
    let is_here = |it: &&str| {
        it.starts_with(&format!("Item {place}: ")) || place == 1 && !it.starts_with("Item ")
    };
    let take =
        field("take", format!("Item {place}")).error(error.filter(is_here).map(ToOwned::to_owned));
    let kinds = Kind::ALL.map(|it| SelectItem::new(it.code(), it.words())).to_vec();
    let ticked = form.take.iter().filter(|it| **it == place.to_string()).cloned().collect();
    let enter = CheckboxItem::new(place.to_string(), "Enter this");
    Row {
        heading: format!("Item {place}"),
        take: Checkboxes::new(take, vec![enter]).values(ticked).small(),
        kind: Select::new(field("kind", format!("What item {place} is")), kinds)
            .value(at(&form.kind)),
        words: Textarea::new(field("words", format!("What item {place} says")))
            .value(at(&form.words))
            .rows(3),
        asked_by: TextInput::new(field("asked_by", format!("Who asked item {place} (optional)")))
            .value(at(&form.asked_by)),
        owner: Select::new(field("owner", format!("Who replies to item {place}")), choices(owners))
            .value(at(&form.owner)),
    }
}

/// The frame of a page of this meeting, which leads back to it.
pub fn at_meeting(base: &Frame, meeting: &Meeting, title: &str) -> Frame {
    let mut frame = Frame { title: title.to_owned(), ..base.clone() };
    frame.breadcrumbs.push((day_in_words(meeting.held_on), links::meeting(meeting.id)));
    frame
}

/// *Corporate Parenting Board, 14 October 2026*.
pub fn caption(meeting: &Meeting) -> String {
    format!("{}, {}", meeting.committee, day_in_words(meeting.held_on))
}
