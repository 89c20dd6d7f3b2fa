//! Your work: the audits to make, the actions to do, and the audits of one's own records.

use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;
use quarterlight_domain::action::{Action, ActionStage};
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::person::Role;
use quarterlight_store::{ActionFilter, Asked, AuditLine};

use crate::app::App;
use crate::layout::Frame;
use crate::permit::{SeeOwnWork, Through};
use crate::{links, page};

/// One thing to do: a verb, a reference and a day.
#[derive(Debug, Clone)]
pub struct Task {
    words: String,
    href: String,
    when: String,
}

/// Tasks that are due at about the same time.
#[derive(Debug, Clone)]
pub struct Group {
    heading: String,
    tasks: Vec<Task>,
}

/// A person's own work.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/home/show.html")]
pub struct HomePage {
    frame: Frame,
    roles: String,
    groups: Vec<Group>,
    own_records: Vec<Task>,
    done: Vec<Task>,
}

/// A task, by the day on which it is due.
type Due = (Date, Task);

/// Shows what the person has to do.
///
/// # Errors
/// There is no such page for somebody without any role.
pub async fn get(app: App, visitor: Through<SeeOwnWork>) -> page::Result {
    let today = visitor.today;
    let person = &visitor.person;
    let mut due: Vec<Due> = Vec::new();
    let mut done = Vec::new();
    if person.is(Role::Auditor, today) {
        let quarter = Quarter::of(today);
        for audit in app.store.audits.of_auditor(visitor.id(), quarter).await? {
            match &audit.grade {
                None => due.push((audit.due, to_make(&audit))),
                Some(_) => done.push(made(&audit)),
            }
        }
    }
    for action in app.store.actions.list(&ActionFilter::Owner(visitor.id())).await? {
        if action.stage == ActionStage::Open {
            due.push((action.due, to_do(&action)));
        }
    }
    for asked in app.store.consultations.of_person(visitor.id()).await? {
        if asked.is_current && !asked.replied && today <= asked.closes {
            due.push((asked.closes, to_comment(&asked)));
        }
    }
    let own_records = if person.is(Role::Worker, today) {
        app.store.audits.of_holder(visitor.id()).await?.iter().map(made).collect()
    } else {
        Vec::new()
    };
    let roles: Vec<&str> = person.roles_on(today).into_iter().map(Role::words).collect();
    page::show(&HomePage {
        frame: visitor.frame(&app, "Your work", "Your work"),
        roles: roles.join(", "),
        groups: groups(due, today),
        own_records,
        done,
    })
}

fn to_make(audit: &AuditLine) -> Task {
    let words = match audit.answered {
        0 => format!("Start the audit of {}", audit.reference),
        answered => format!("Go on with the audit of {}: {answered} answered", audit.reference),
    };
    Task { words, href: links::audit(audit.id), when: day_in_words(audit.due) }
}

fn made(audit: &AuditLine) -> Task {
    Task {
        words: format!("Read the audit of {}", audit.reference),
        href: links::read_audit(audit.id),
        when: audit.quarter.words(),
    }
}

fn to_do(action: &Action) -> Task {
    Task {
        words: format!("Address {} on {}", action.standard, action.reference),
        href: links::action(action.id),
        when: day_in_words(action.due),
    }
}

fn to_comment(asked: &Asked) -> Task {
    Task {
        words: format!("Comment on the draft of {}", asked.name),
        href: links::comment(asked.draft, None),
        when: day_in_words(asked.closes),
    }
}

/// Overdue, today, this week and later; only the groups that have something in them.
fn groups(mut due: Vec<Due>, today: Date) -> Vec<Group> {
    due.sort_by_key(|(day, _)| *day);
    let week = today.saturating_add(7.days());
    let mut groups: Vec<Group> = Vec::new();
    for (day, task) in due {
        let heading = if day < today {
            "Overdue"
        } else if day == today {
            "Due today"
        } else if day <= week {
            "This week"
        } else {
            "Later"
        };
        match groups.last_mut().filter(|group| group.heading == heading) {
            Some(group) => group.tasks.push(task),
            None => groups.push(Group { heading: heading.to_owned(), tasks: vec![task] }),
        }
    }
    groups
}

impl HomePage {
    /// Nothing to do, and a crowded day.
    pub fn samples() -> Vec<Self> {
        let task = |words: &str| Task {
            words: words.to_owned(),
            href: "/audits/3".to_owned(),
            when: "11 December 2026".to_owned(),
        };
        let page = |groups, done| Self {
            frame: Frame::new("Your work"),
            roles: "Auditor, Service manager".to_owned(),
            groups,
            own_records: done,
            done: Vec::new(),
        };
        let today = jiff::civil::date(2026, 11, 23);
        let days = [-3, 0, 2, 2, 40]
            .map(|days: i32| (today.saturating_add(days.days()), task(crate::govuk::HOSTILE)));
        vec![
            page(Vec::new(), Vec::new()),
            page(groups(days.to_vec(), today), vec![task("Read the audit of R-2043")]),
        ]
    }
}
