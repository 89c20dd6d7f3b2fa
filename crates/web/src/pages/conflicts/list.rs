//! The conflicts that somebody has declared, or that everybody has; and the form to declare one.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::conflict::{Declaration, Subject};
use quarterlight_domain::id::{ConflictId, PersonId};
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::person::{Person, Role};
use quarterlight_domain::place::{Place, PlaceKind};
use quarterlight_domain::record::Worker;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_store::DeclaredConflict;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled, TypedDate, TypedPeriod};
use crate::govuk::{
    Button, Content, DateInput, ErrorSummary, Field, InputWidth, RadioItem, Radios, Select,
    SelectItem, SummaryList, SummaryRow, TextInput, Textarea,
};
use crate::layout::Frame;
use crate::permit::{DeclareConflicts, Through};
use crate::restricted::Restricted;
use crate::session::SignedIn;
use crate::{links, page};

/// What was chosen and typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ConflictForm {
    person: String,
    with: String,
    record: String,
    worker: String,
    place: String,
    #[serde(flatten)]
    period: TypedPeriod,
    why: String,
}

/// What the page is made from.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// The conflicts.
    pub lines: Vec<DeclaredConflict>,
    /// Everybody who holds records.
    pub workers: Vec<Worker>,
    /// Every place.
    pub places: Vec<Place>,
    /// Those for whom one can be recorded; empty for those who declare only their own.
    pub auditors: Vec<Person>,
    /// The one that was to end without a reason.
    pub ending: Option<ConflictId>,
}

/// Saying that one has ended.
#[derive(Debug, Clone)]
pub struct Ending {
    summary: String,
    action: String,
    /// True where it was sent without a reason, so that the error is not folded away.
    is_wrong: bool,
    because: TextInput,
    button: Button,
}

/// One conflict of the list.
#[derive(Debug, Clone)]
pub struct Line {
    facts: SummaryList,
    /// None once it has ended.
    end: Option<Ending>,
}

/// The conflicts.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/conflicts/list.html")]
pub struct ConflictsPage {
    frame: Frame,
    errors: ErrorSummary,
    sentence: &'static str,
    empty: &'static str,
    lines: Vec<Line>,
    action: String,
    person: Option<Select>,
    with: Radios,
    record: TextInput,
    worker: Select,
    place: Select,
    from: DateInput,
    until: DateInput,
    why: Textarea,
    button: Button,
}

/// Shows the person's own conflicts, or everybody's to the quality lead.
///
/// # Errors
/// There is no such page for those who neither audit nor run the audit.
pub async fn get(app: App, visitor: Through<DeclareConflicts>) -> page::Result {
    let around = Around::load(&app, &visitor).await?;
    let form = ConflictForm::of(&visitor);
    let frame = visitor.frame(&app, TITLE, "Conflicts");
    page::show(&ConflictsPage::new(frame, &visitor, &around, &form, &Errors::default()))
}

/// The page again, where one of its conflicts was to end without a reason.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn not_ended(
    app: &App,
    visitor: &Through<DeclareConflicts>,
    ending: ConflictId,
    why_not: &Refusal,
) -> page::Result {
    let around = Around { ending: Some(ending), ..Around::load(app, visitor).await? };
    let mut errors = Errors::default();
    errors.say("because", why_not.sentence());
    let form = ConflictForm::of(visitor);
    let frame = visitor.frame(app, TITLE, "Conflicts");
    page::again(&ConflictsPage::new(frame, visitor, &around, &form, &errors))
}

/// Keeps a conflict. Posted twice, it is kept once.
///
/// # Errors
/// There is no such page for those who neither audit nor run the audit.
pub async fn post(
    app: App,
    visitor: Through<DeclareConflicts>,
    Filled(form): Filled<ConflictForm>,
) -> page::Result {
    let around = Around::load(&app, &visitor).await?;
    let mut errors = Errors::default();
    let subject = match form.subject(&app, &around).await? {
        Ok(subject) => Some(subject),
        Err((field, refusal)) => {
            errors.say(field, refusal.sentence());
            None
        }
    };
    let declaration = form.read(&visitor, &around, subject, &mut errors);
    let Some(declaration) = declaration else {
        let frame = visitor.frame(&app, TITLE, "Conflicts");
        return page::again(&ConflictsPage::new(frame, &visitor, &around, &form, &errors));
    };
    app.store.conflicts.declare(&visitor.stamp("declared a conflict"), &declaration).await?;
    page::see_other(links::declared_conflicts())
}

const TITLE: &str = "Conflicts";

impl Around {
    async fn load(app: &App, visitor: &SignedIn) -> Result<Self, Failure> {
        let runs = permits(&visitor.person, Deed::RecordConflicts, visitor.today);
        let whose = (!runs).then_some(visitor.id());
        let auditors = if runs {
            let people = app.store.people.all().await?.into_iter().map(|line| line.person);
            people.filter(|person| person.is(Role::Auditor, visitor.today)).collect()
        } else {
            Vec::new()
        };
        let mut lines = app.store.conflicts.list(whose).await?;
        Restricted::today(app, visitor).await?.without_reasons(&mut lines, visitor.id())?;
        Ok(Self {
            lines,
            workers: app.store.workers.all().await?,
            places: app.store.places.all().await?,
            auditors,
            ending: None,
        })
    }
}

impl ConflictForm {
    fn of(visitor: &SignedIn) -> Self {
        let period = TypedPeriod::starting(TypedDate::of(visitor.today));
        Self { period, ..Self::default() }
    }

    /// What the conflict is with; or the field that is wrong, and why.
    async fn subject(
        &self,
        app: &App,
        around: &Around,
    ) -> Result<Result<Subject, (&'static str, Refusal)>, Failure> {
        let refuse = |field, words: &str| Ok(Err((field, Refusal::because(words))));
        match self.with.as_str() {
            "record" => {
                let Ok(reference) = Reference::new(&self.record) else {
                    return refuse("record", "Enter the record’s reference, such as R-2043");
                };
                match app.store.records.by_reference(&reference).await? {
                    Some(record) => Ok(Ok(Subject::Record(record.id))),
                    None => refuse("record", "Enter the reference of a record that is open"),
                }
            }
            "worker" => {
                let id = self.worker.parse().ok();
                match around.workers.iter().find(|worker| Some(worker.id) == id) {
                    Some(worker) => Ok(Ok(Subject::Worker(worker.id))),
                    None => refuse("worker", "Select the worker"),
                }
            }
            "place" => {
                let id = self.place.parse().ok();
                match around.places.iter().find(|place| Some(place.id) == id) {
                    Some(place) => Ok(Ok(Subject::Place(place.id))),
                    None => refuse("place", "Select the team, service or directorate"),
                }
            }
            _ => refuse("with", "Select what the conflict is with"),
        }
    }

    fn read(
        &self,
        visitor: &SignedIn,
        around: &Around,
        subject: Option<Subject>,
        errors: &mut Errors,
    ) -> Option<Declaration> {
        let person = if around.auditors.is_empty() {
            Some(visitor.id())
        } else {
            let id: Option<PersonId> = self.person.parse().ok();
            let found = around.auditors.iter().find(|auditor| Some(auditor.id) == id);
            if found.is_none() {
                errors.say("person", "Select who keeps away");
            }
            found.map(|auditor| auditor.id)
        };
        let period = self.period.begun(errors);
        let why = match self.why.trim() {
            "" => Some(None),
            words => errors.keep("why", Reason::new(words)).map(Some),
        };
        let (person, subject, span, why) = (person?, subject?, period?, why?);
        errors.keep("until", Declaration::new(person, subject, span, why))
    }
}

impl ConflictsPage {
    fn new(
        frame: Frame,
        visitor: &SignedIn,
        around: &Around,
        form: &ConflictForm,
        errors: &Errors,
    ) -> Self {
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let runs = !around.auditors.is_empty();
        let choose = |words: &str| std::iter::once(SelectItem::new("", words));
        let people = around.auditors.iter();
        let people = people.map(|it| SelectItem::new(it.id.to_string(), it.name.clone()));
        let workers = around.workers.iter();
        let workers = workers.map(|it| SelectItem::new(it.id.to_string(), it.name.clone()));
        let places = around.places.iter().filter(|it| it.kind != PlaceKind::Authority);
        let places = places.map(|it| SelectItem::new(it.id.to_string(), it.name.clone()));
        let person = field("person", "Who keeps away");
        let person = Select::new(person, choose("Choose an auditor").chain(people).collect());
        let with = Radios::new(
            field("with", "What is the conflict with?"),
            vec![
                RadioItem::new("record", "One record"),
                RadioItem::new("worker", "A worker, and every record that they hold"),
                RadioItem::new("place", "A team or place, and every record there"),
            ],
        );
        let record = field("record", "Reference, for one record");
        let worker = field("worker", "Worker, for a worker");
        let place = field("place", "Team or place, for a team or place");
        let until = field("until", "Until").hint("Leave it empty while it has no end.");
        let why = field("why", "Why").hint(
            "Leave it empty if the reason is private. Only you and the quality lead can read it; others see that there is a conflict and not why.",
        );
        let page = Self {
            errors: ErrorSummary::new(),
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            sentence: "A conflict is whatever would make a fair reader doubt that an audit was independent. Whoever has declared one is not offered the records that it touches, and cannot be given them.",
            empty: if runs {
                "Nobody has declared a conflict."
            } else {
                "You have declared no conflict."
            },
            lines: around.lines.iter().map(|line| shown(line, visitor, (around, errors))).collect(),
            action: links::declared_conflicts(),
            person: runs.then(|| person.value(form.person.clone())),
            with: with.value(form.with.clone()),
            record: TextInput::new(record)
                .width(InputWidth::Characters10)
                .value(form.record.clone()),
            worker: Select::new(worker, choose("Choose a worker").chain(workers).collect())
                .value(form.worker.clone()),
            place: Select::new(place, choose("Choose a place").chain(places).collect())
                .value(form.place.clone()),
            from: form.period.from().shown_in(DateInput::new(field("from", "From"))),
            until: form.period.until().shown_in(DateInput::new(until)),
            why: Textarea::new(why).rows(2).value(form.why.clone()),
            button: Button::submit("Declare this conflict"),
        };
        let mut summary = ErrorSummary::new();
        for ending in page.lines.iter().filter_map(|line| line.end.as_ref()) {
            summary = summary.field(&ending.because.field);
        }
        if let Some(person) = &page.person {
            summary = summary.field(&person.field);
        }
        let summary = summary
            .field(&page.with.field)
            .field(&page.record.field)
            .field(&page.worker.field)
            .field(&page.place.field)
            .date(&page.from)
            .date(&page.until)
            .field(&page.why.field);
        Self { errors: summary, ..page }
    }

    /// Nothing declared, one's own, and everybody's with hostile words.
    pub fn samples() -> Vec<Self> {
        super::sample::all()
            .iter()
            .map(|(around, errors)| {
                let visitor = super::sample::visitor();
                let frame = Frame::new(TITLE);
                Self::new(frame, &visitor, around, &ConflictForm::of(&visitor), errors)
            })
            .collect()
    }
}

fn shown(
    line: &DeclaredConflict,
    visitor: &SignedIn,
    (around, errors): (&Around, &Errors),
) -> Line {
    let it = &line.conflict.declared;
    let why = it.why.as_ref().map_or("A private reason", |why| why.words());
    let until = it.until.map_or_else(|| "No end is known".to_owned(), day_in_words);
    let rows = vec![
        SummaryRow::new("Who keeps away", line.person.clone()),
        SummaryRow::new("From", day_in_words(it.from)),
        SummaryRow::new("Until", until),
        SummaryRow::new("Why", Content::written(why)),
    ];
    let is_open = line.conflict.end(visitor.today).is_ok();
    let id = line.conflict.id;
    let is_wrong = around.ending == Some(id);
    let because = Field::new("because", "Why it has ended").id(format!("because-{id}"));
    let because = because.error(if is_wrong { errors.at("because") } else { None });
    Line {
        facts: SummaryList::new(rows).titled(line.subject.clone()),
        end: is_open.then(|| Ending {
            summary: format!("Say that the conflict with {} has ended", line.subject),
            action: links::end_conflict(id),
            is_wrong,
            because: TextInput::new(because),
            button: Button::submit("It ends today").secondary(),
        }),
    }
}
