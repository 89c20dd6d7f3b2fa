//! The auditors; those whose independence cannot be checked come first.

use askama::Template;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::person::Role;
use quarterlight_report::words::{self, Noun};
use quarterlight_store::AuditorLine;

use crate::app::App;
use crate::govuk::{Column, Content, Table, TagColour};
use crate::layout::Frame;
use crate::permit::{DescribeWorkers, Through};
use crate::{links, page};

/// Somebody who audits.
pub const AUDITOR: Noun = Noun::new("auditor", "auditors");

/// One auditor of the list.
#[derive(Debug, Clone)]
pub struct Line {
    person: PersonId,
    name: String,
    /// The worker that they are, if they are one.
    worker: Option<String>,
    known: Option<AuditorLine>,
}

/// The auditors.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/auditors/list.html")]
pub struct AuditorsPage {
    frame: Frame,
    sentence: String,
    workers: String,
    auditors: Table,
}

/// Lists the auditors.
///
/// # Errors
/// There is no such page for those who neither run the audit nor look after people.
pub async fn get(app: App, visitor: Through<DescribeWorkers>) -> page::Result {
    let people = app.store.people.all().await?.into_iter().map(|line| line.person);
    let workers = app.store.workers.all().await?;
    let known = app.store.auditors.all().await?;
    let lines = people
        .filter(|person| person.is(Role::Auditor, visitor.today))
        .map(|person| Line {
            person: person.id,
            name: person.name,
            worker: workers
                .iter()
                .find(|worker| worker.person == Some(person.id))
                .map(|worker| worker.name.clone()),
            known: known.iter().find(|line| line.person == person.id).cloned(),
        })
        .collect();
    page::show(&AuditorsPage::new(visitor.frame(&app, "Auditors", "Auditors"), lines))
}

impl Line {
    /// True if it is known which records they hold, or that they hold none.
    fn can_be_checked(&self) -> bool {
        self.worker.is_some() || self.known.as_ref().is_some_and(|known| known.holds_none)
    }
}

impl AuditorsPage {
    fn new(frame: Frame, mut lines: Vec<Line>) -> Self {
        lines.sort_by_key(|line| (line.can_be_checked(), line.name.clone()));
        let unknown = lines.iter().filter(|line| !line.can_be_checked()).count();
        let unknown = u64::try_from(unknown).unwrap_or(u64::MAX);
        let sentence = match unknown {
            0 => "It is known of every auditor which records they hold, or that they hold none."
                .to_owned(),
            1 => "Independence cannot be checked for 1 auditor, because nobody has said which worker they are, or that they hold no records.".to_owned(),
            _ => format!(
                "Independence cannot be checked for {}, because nobody has said which worker each of them is, or that they hold no records.",
                words::count(unknown, &AUDITOR)
            ),
        };
        let columns = vec![
            Column::words("Auditor"),
            Column::words("Records that they hold"),
            Column::words("Audits in a cycle"),
        ];
        let row = |line: &Line| {
            let holds = match &line.worker {
                Some(worker) => Content::text(format!("Those of {worker} on the case list")),
                None if line.can_be_checked() => Content::text("None"),
                None => Content::tag("Not known", TagColour::Orange),
            };
            let capacity = line.known.as_ref().and_then(|known| known.capacity);
            vec![
                Content::link(line.name.clone(), links::auditor(line.person)),
                holds,
                Content::text(match capacity {
                    Some(0) => "Away".to_owned(),
                    Some(most) => format!("At most {}", words::whole(most.into())),
                    None => "Not said".to_owned(),
                }),
            ]
        };
        Self {
            frame,
            sentence,
            workers: links::workers(),
            auditors: Table::new("auditors", "Auditors", columns)
                .rows(lines.iter().map(row).collect())
                .empty("Nobody is an auditor yet."),
        }
    }

    /// Nobody, and one of each kind with hostile names.
    pub fn samples() -> Vec<Self> {
        let line =
            |id, name: &str, worker: Option<&str>, known: Option<(Option<u32>, bool)>| Line {
                person: PersonId(id),
                name: name.to_owned(),
                worker: worker.map(str::to_owned),
                known: known.map(|(capacity, holds_none)| AuditorLine {
                    person: PersonId(id),
                    capacity,
                    holds_none,
                }),
            };
        let hostile = crate::govuk::HOSTILE;
        let lines = vec![
            line(1, hostile, Some(hostile), None),
            line(2, "Tom Ashdown", None, Some((Some(0), true))),
            line(3, "Priya Anand", None, Some((Some(8), false))),
        ];
        let frame = || Frame::new("Auditors");
        vec![Self::new(frame(), Vec::new()), Self::new(frame(), lines)]
    }
}
