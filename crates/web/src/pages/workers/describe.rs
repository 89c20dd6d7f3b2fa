//! What is known of one worker: whom they sign in as, how experienced they are, who supervises them.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::id::{PersonId, WorkerId};
use quarterlight_domain::independence::LOOK_BACK;
use quarterlight_domain::record::Worker;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, Select, SelectItem};
use crate::layout::Frame;
use crate::permit::{DescribeWorkers, Through};
use crate::{links, page};

/// What was chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct WorkerForm {
    person: String,
    experience: String,
    supervisor: String,
}

/// Those who can be chosen, by name.
type People = Vec<(PersonId, String)>;

/// What is known of one worker.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/workers/describe.html")]
pub struct WorkerPage {
    frame: Frame,
    errors: ErrorSummary,
    sentence: String,
    action: String,
    person: Select,
    experience: Select,
    supervisor: Select,
    button: Button,
}

/// Shows what is known.
///
/// # Errors
/// There is no such page for those who neither run the audit nor look after people.
pub async fn get(
    app: App,
    visitor: Through<DescribeWorkers>,
    Path(id): Path<String>,
) -> page::Result {
    let (worker, people) = find(&app, &id).await?;
    let lines = app.store.workers.lines().await?;
    let line = lines.iter().find(|line| line.worker == worker.id && line.until.is_none());
    let form = WorkerForm {
        person: worker.person.map_or(String::new(), |id| id.to_string()),
        experience: worker.experience.code().to_owned(),
        supervisor: line.map_or(String::new(), |line| line.supervisor.to_string()),
    };
    let frame = frame(visitor.frame(&app, worker.name.clone(), "Auditors"));
    page::show(&WorkerPage::new(frame, &worker, &people, &form, &Errors::default()))
}

/// Keeps what was chosen.
///
/// # Errors
/// There is no such page for those who neither run the audit nor look after people.
pub async fn post(
    app: App,
    visitor: Through<DescribeWorkers>,
    Path(id): Path<String>,
    Filled(form): Filled<WorkerForm>,
) -> page::Result {
    let (worker, people) = find(&app, &id).await?;
    let mut errors = Errors::default();
    let mut chosen = |field, typed: &str| -> Option<PersonId> {
        let id = typed.parse().ok();
        let found = people.iter().find(|(person, _)| Some(*person) == id).map(|(id, _)| *id);
        if found.is_none() && !typed.is_empty() {
            errors.say(field, "Select somebody from the list, or nobody");
        }
        found
    };
    let person = chosen("person", &form.person);
    let supervisor = chosen("supervisor", &form.supervisor);
    let experience = Experience::from_code(&form.experience);
    if experience.is_none() {
        errors.say("experience", "Select how experienced they are, or that it is not known");
    }
    let Some(experience) = experience.filter(|_| errors.is_empty()) else {
        let frame = frame(visitor.frame(&app, worker.name.clone(), "Auditors"));
        return page::again(&WorkerPage::new(frame, &worker, &people, &form, &errors));
    };
    let stamp = visitor.stamp("described a worker");
    if (worker.experience, worker.person) != (experience, person) {
        app.store.workers.describe(&stamp, worker.id, experience, person).await?;
    }
    app.store.workers.supervise(&stamp, worker.id, supervisor).await?;
    page::see_other(links::workers())
}

async fn find(app: &App, id: &str) -> Result<(Worker, People), Failure> {
    let id: WorkerId = id.parse().map_err(|_| Failure::NotFound)?;
    let mut workers = app.store.workers.all().await?.into_iter();
    let worker = workers.find(|worker| worker.id == id).ok_or(Failure::NotFound)?;
    let people = app.store.people.all().await?.into_iter();
    Ok((worker, people.map(|line| (line.person.id, line.person.name)).collect()))
}

fn frame(frame: Frame) -> Frame {
    let breadcrumbs =
        vec![("Auditors".to_owned(), links::auditors()), ("Workers".to_owned(), links::workers())];
    Frame { breadcrumbs, ..frame }
}

impl WorkerPage {
    fn new(
        frame: Frame,
        worker: &Worker,
        people: &[(PersonId, String)],
        form: &WorkerForm,
        errors: &Errors,
    ) -> Self {
        let items = |nobody: &str| {
            let people = people.iter();
            let people = people.map(|(id, name)| SelectItem::new(id.to_string(), name.clone()));
            std::iter::once(SelectItem::new("", nobody)).chain(people).collect()
        };
        let person = Field::new("person", "Signs in as").error(errors.at("person"));
        let levels = Experience::ALL.map(|each| SelectItem::new(each.code(), each.words()));
        let experience = Field::new("experience", "Experience").error(errors.at("experience"));
        let supervisor = Field::new("supervisor", "Supervised by")
            .hint("Only where it is somebody else than the manager of the team.")
            .error(errors.at("supervisor"));
        let page = Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new(),
            sentence: format!(
                "Nobody audits a record that they hold, or that somebody whom they supervise holds. That goes on counting for {LOOK_BACK} months after somebody stopped supervising."
            ),
            action: links::worker(worker.id),
            person: Select::new(person, items("Not known, or does not sign in"))
                .value(form.person.clone()),
            experience: Select::new(experience, levels.to_vec()).value(form.experience.clone()),
            supervisor: Select::new(supervisor, items("Not recorded"))
                .value(form.supervisor.clone()),
            button: Button::submit("Save"),
        };
        let summary = ErrorSummary::new()
            .field(&page.person.field)
            .field(&page.experience.field)
            .field(&page.supervisor.field);
        Self { errors: summary, ..page }
    }

    /// Nothing known, and hostile names with errors.
    pub fn samples() -> Vec<Self> {
        let hostile = crate::govuk::HOSTILE.to_owned();
        let worker = |name: &str| Worker {
            id: WorkerId(4),
            name: name.to_owned(),
            experience: Experience::Unknown,
            person: None,
        };
        let mut errors = Errors::default();
        errors.say("person", hostile.clone());
        errors.say("supervisor", hostile.clone());
        let form = WorkerForm::default();
        let people = vec![(PersonId(2), hostile.clone())];
        let none = Errors::default();
        vec![
            Self::new(Frame::new("Nia Pell"), &worker("Nia Pell"), &[], &form, &none),
            Self::new(Frame::new(hostile.clone()), &worker(&hostile), &people, &form, &errors),
        ]
    }
}
