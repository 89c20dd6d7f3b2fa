//! The workers; those of whom it is not known whom they sign in as come first.

use askama::Template;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::id::{PersonId, WorkerId};
use quarterlight_domain::record::Worker;
use quarterlight_report::words::{self, WORKER};

use crate::app::App;
use crate::govuk::{Column, Content, Table, TagColour};
use crate::layout::Frame;
use crate::permit::{DescribeWorkers, Through};
use crate::{links, page};

/// A worker, the person that they sign in as, and who supervises them.
type Line = (Worker, Option<String>, Option<String>);

/// The workers.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/workers/list.html")]
pub struct WorkersPage {
    frame: Frame,
    sentence: String,
    workers: Table,
}

/// Lists the workers.
///
/// # Errors
/// There is no such page for those who neither run the audit nor look after people.
pub async fn get(app: App, visitor: Through<DescribeWorkers>) -> page::Result {
    let people = app.store.people.all().await?;
    let name = |id: PersonId| {
        people.iter().find(|line| line.person.id == id).map(|line| line.person.name.clone())
    };
    let supervised = app.store.workers.lines().await?;
    let workers = app.store.workers.all().await?.into_iter().map(|worker| {
        let line = supervised.iter().find(|line| line.worker == worker.id && line.until.is_none());
        let supervisor = line.and_then(|line| name(line.supervisor));
        let person = worker.person.and_then(name);
        (worker, person, supervisor)
    });
    let breadcrumbs = vec![("Auditors".to_owned(), links::auditors())];
    let frame = Frame { breadcrumbs, ..visitor.frame(&app, "Workers", "Auditors") };
    page::show(&WorkersPage::new(frame, workers.collect()))
}

impl WorkersPage {
    fn new(frame: Frame, mut lines: Vec<Line>) -> Self {
        lines.sort_by_key(|(worker, person, _)| (person.is_some(), worker.name.clone()));
        let all = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        let unknown = lines.iter().filter(|(_, person, _)| person.is_none()).count();
        let unknown = u64::try_from(unknown).unwrap_or(u64::MAX);
        let sentence = if unknown == 0 {
            "It is known of every worker whom they sign in as.".to_owned()
        } else {
            format!(
                "{}: it is not known whom they sign in as, or they do not sign in. An auditor with the same name is not given their records until somebody says who they are.",
                words::sentence_case(&words::part_of(unknown, all, &WORKER))
            )
        };
        let columns = vec![
            Column::words("Worker on the case list"),
            Column::words("Signs in as"),
            Column::words("Experience"),
            Column::words("Supervised by"),
        ];
        let row = |(worker, person, supervisor): &Line| {
            vec![
                Content::link(worker.name.clone(), links::worker(worker.id)),
                match person {
                    Some(name) => Content::text(name.clone()),
                    None => Content::tag("Not known", TagColour::Orange),
                },
                Content::text(worker.experience.words()),
                Content::text(supervisor.clone().unwrap_or_else(|| "Not recorded".to_owned())),
            ]
        };
        Self {
            frame,
            sentence,
            workers: Table::new("workers", "Workers", columns)
                .rows(lines.iter().map(row).collect())
                .empty("No case list has named a worker yet."),
        }
    }

    /// Nobody, and workers with hostile names.
    pub fn samples() -> Vec<Self> {
        let worker = |id, name: &str| Worker {
            id: WorkerId(id),
            name: name.to_owned(),
            experience: Experience::Unknown,
            person: None,
        };
        let hostile = crate::govuk::HOSTILE;
        let known = (worker(1, hostile), Some(hostile.to_owned()), Some(hostile.to_owned()));
        let lines = vec![known, (worker(2, "Nia Pell"), None, None)];
        let frame = || Frame::new("Workers");
        vec![Self::new(frame(), Vec::new()), Self::new(frame(), lines)]
    }
}
