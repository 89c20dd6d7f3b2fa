//! Entering one item by hand: what was asked, about what, who replies and by when.

use askama::Template;
use quarterlight_domain::calendar::working_days_after;
use quarterlight_domain::id::{PersonId, ReportId};
use quarterlight_domain::register::citation::Cited;
use quarterlight_domain::register::{self, Kind, Meeting, NewItem};
use quarterlight_domain::text::Reason;
use quarterlight_store::ReportLine;
use serde::Deserialize;

use super::{AtMeeting, choices, chosen, owners};
use crate::app::App;
use crate::form::{Errors, Filled, TypedDate};
use crate::govuk::{
    Button, DateInput, ErrorSummary, Field, InputWidth, RadioItem, Radios, Select, SelectItem,
    TextInput, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// Working days until a reply is due, unless the clerk says otherwise.
pub const DAYS_TO_REPLY: u16 = 20;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EnterForm {
    kind: String,
    words: String,
    asked_by: String,
    report: String,
    cited: String,
    owner: String,
    #[serde(rename = "due-day")]
    due_day: String,
    #[serde(rename = "due-month")]
    due_month: String,
    #[serde(rename = "due-year")]
    due_year: String,
    form_key: String,
}

/// Asks for an item.
///
/// # Errors
/// There is no such page for anybody but the clerk.
pub async fn get(app: App, at: AtMeeting) -> page::Result {
    let due = TypedDate::of(working_days_after(at.meeting.held_on, DAYS_TO_REPLY));
    let form = EnterForm {
        due_day: due.day,
        due_month: due.month,
        due_year: due.year,
        form_key: app.word(),
        ..EnterForm::default()
    };
    let around = (owners(&app, &at.visitor).await?, app.store.reports.all().await?);
    page::show(&EnterPage::new((&at.base, &at.meeting), &form, &around, &Errors::default()))
}

/// Enters the item. Sent twice, it is entered once.
///
/// # Errors
/// There is no such page for anybody but the clerk.
pub async fn post(app: App, at: AtMeeting, Filled(form): Filled<EnterForm>) -> page::Result {
    let around = (owners(&app, &at.visitor).await?, app.store.reports.all().await?);
    let mut errors = Errors::default();
    let Some(new) = form.read(&at.meeting, &around, &mut errors) else {
        return page::again(&EnterPage::new((&at.base, &at.meeting), &form, &around, &errors));
    };
    let stamp = at.visitor.stamp("entered what a committee asked");
    app.store.register.enter(&stamp, at.meeting.id, &[new], &form.form_key).await?;
    page::see_other(links::meeting(at.meeting.id))
}

/// Who can reply, and the reports that an item can be about.
type Around = (Vec<(PersonId, String)>, Vec<ReportLine>);

impl EnterForm {
    fn due(&self) -> TypedDate {
        TypedDate {
            day: self.due_day.clone(),
            month: self.due_month.clone(),
            year: self.due_year.clone(),
        }
    }

    fn read(&self, meeting: &Meeting, around: &Around, errors: &mut Errors) -> Option<NewItem> {
        let kind = Kind::from_code(&self.kind);
        if kind.is_none() {
            errors.say("kind", "Select what it is");
        }
        let words = if self.words.trim().is_empty() {
            errors.say("words", "Enter what was asked, resolved or promised");
            None
        } else {
            errors.keep("words", Reason::new(&self.words))
        };
        let asked_by = match self.asked_by.trim() {
            "" => None,
            typed => errors.keep("asked_by", register::name(typed)),
        };
        let about = self.about(&around.1, errors);
        let owner = chosen(&self.owner, &around.0);
        if owner.is_none() {
            errors.say("owner", "Choose who replies");
        }
        let due = errors.keep("due", self.due().read());
        let new =
            NewItem { kind: kind?, words: words?, asked_by, about, owner: owner?.0, due: due? };
        errors.keep("due", new.check(meeting));
        errors.is_empty().then_some(new)
    }

    fn about(&self, reports: &[ReportLine], errors: &mut Errors) -> Option<(ReportId, Cited)> {
        let report = self.report.parse().ok();
        let report = report.filter(|id: &ReportId| reports.iter().any(|it| it.id == *id));
        match (report, self.cited.trim()) {
            (None, "") => None,
            (None, _) => {
                errors.say("report", "Choose the report in which that stands");
                None
            }
            (Some(_), "") => {
                errors.say("cited", "Enter where in the report, such as “figure 3”");
                None
            }
            (Some(report), typed) => {
                errors.keep("cited", Cited::parse(typed)).map(|cited| (report, cited))
            }
        }
    }
}

/// The page on which an item is entered.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/register/enter.html")]
pub struct EnterPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    action: String,
    kind: Radios,
    words: Textarea,
    asked_by: TextInput,
    report: Select,
    cited: TextInput,
    owner: Select,
    due: DateInput,
    form_key: String,
    enter: Button,
}

impl EnterPage {
    fn new(
        (base, meeting): (&Frame, &Meeting),
        form: &EnterForm,
        (owners, reports): &Around,
        errors: &Errors,
    ) -> Self {
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let kind = field("kind", "What is it?");
        let words = field("words", "What was asked, resolved or promised?")
            .hint("As the minutes say it. Do not use a child’s or a worker’s name.");
        let asked_by = field("asked_by", "Who asked? (optional)")
            .hint("As the minutes name them, such as “Councillor Marchetti”.");
        let report = field("report", "Which report is it about? (optional)");
        let cited = field("cited", "Where in the report? (optional)")
            .hint("A page, paragraph, figure or table and its number, such as “figure 3”.");
        let owner = field("owner", "Who replies?");
        let due = field("due", "By when?")
            .hint("Twenty working days after the meeting, unless you change it.");
        let due = form.due().shown_in(DateInput::new(due));
        let kinds = Kind::ALL.map(|it| RadioItem::new(it.code(), it.words())).to_vec();
        let none = SelectItem::new("", "None");
        let each = reports.iter().map(|it| SelectItem::new(it.id.to_string(), it.title.clone()));
        let mut frame = super::candidates::at_meeting(base, meeting, "Enter an item");
        frame.has_errors = !errors.is_empty();
        Self {
            frame,
            caption: super::candidates::caption(meeting),
            errors: ErrorSummary::new()
                .field(&kind)
                .field(&words)
                .field(&asked_by)
                .field(&report)
                .field(&cited)
                .field(&owner)
                .date(&due),
            action: links::enter_item(meeting.id),
            kind: Radios::new(kind, kinds).value(form.kind.clone()).inline(),
            words: Textarea::new(words).value(form.words.clone()).rows(4),
            asked_by: TextInput::new(asked_by).value(form.asked_by.clone()),
            report: Select::new(report, std::iter::once(none).chain(each).collect())
                .value(form.report.clone()),
            cited: TextInput::new(cited).value(form.cited.clone()).width(InputWidth::Characters10),
            owner: Select::new(owner, choices(owners)).value(form.owner.clone()),
            due,
            form_key: form.form_key.clone(),
            enter: Button::submit("Enter the item"),
        }
    }

    /// Empty, and sent back with errors and hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        for name in ["kind", "words", "asked_by", "report", "cited", "owner", "due"] {
            errors.say(name, HOSTILE);
        }
        let words = HOSTILE.to_owned();
        let form = EnterForm {
            words: words.clone(),
            asked_by: words.clone(),
            cited: words,
            ..EnterForm::default()
        };
        let around = (vec![(PersonId(1), HOSTILE.to_owned())], Vec::new());
        let meeting = super::sample::meeting();
        let base = Frame::default();
        vec![
            Self::new((&base, &meeting), &EnterForm::default(), &around, &Errors::default()),
            Self::new((&base, &meeting), &form, &around, &errors),
        ]
    }
}
