//! Your work: the audits to make, the actions to do, and the audits of one's own records.

use askama::Template;
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use quarterlight_domain::action::{Action, ActionStage};
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::permission::{AccessDeed, Deed, RegisterDeed, permits};
use quarterlight_domain::person::Role;
use quarterlight_domain::register::{Item, Stage};
use quarterlight_domain::reply::Outcome;
use quarterlight_domain::stamp::{day_in_england, moment_in_words};
use quarterlight_report::words::{self, Noun, STANDARD};
use quarterlight_store::{
    ActionFilter, Asked, AuditLine, AuditToDo, ChallengeLine, ConcernLine, StartedLine, Which,
};

use crate::app::App;
use crate::error::Failure;
use crate::layout::navigation::contents;
use crate::layout::{Frame, NavItem};
use crate::permit::{SeeOwnWork, Through};
use crate::session::SignedIn;
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
    /// What to say when there are none.
    empty: String,
    tasks: Vec<Task>,
}

/// A person's own work.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/home/show.html")]
pub struct HomePage {
    frame: Frame,
    roles: String,
    groups: Vec<Group>,
    /// How the audits of their service come on, for whoever answers for one.
    watched: Option<Task>,
    /// What filing has to be put right, for the records officer.
    filing: Option<Task>,
    /// What is to be read a second time, for moderators.
    moderates: Option<Task>,
    own_records: Vec<Task>,
    /// What waits for a moderator to decide.
    challenges: Vec<Task>,
    /// Records opened by break-glass that somebody is to review.
    to_review: Vec<Task>,
    /// What was decided lately about a challenge of theirs, or of an audit of theirs.
    decided: Vec<Task>,
    done: Vec<Task>,
    /// Every page that they may open, by chapter, where those are many.
    contents: Vec<(&'static str, Vec<NavItem>)>,
}

/// For how long it is told that a challenge was decided: three weeks, so that a fortnight's leave
/// does not hide it.
const TOLD_FOR: SignedDuration = SignedDuration::from_hours(21 * 24);

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
        for audit in app.store.audits.to_do(visitor.id()).await? {
            let edition = app.store.frameworks.edition(audit.edition).await?;
            let asked = edition.map(|edition| edition.contents().asked_of(&audit.line).len());
            due.push((audit.due, to_make(&audit, asked.unwrap_or(0))));
        }
        let quarter = Quarter::of(today);
        let submitted = app.store.audits.submitted_by(visitor.id(), quarter).await?;
        done = submitted.iter().map(made).collect();
    }
    for action in app.store.actions.list(&ActionFilter::Owner(visitor.id())).await? {
        let is_mine = action.owner == Some(visitor.id());
        match action.stage {
            // A finding that goes on under another action is seen to there.
            _ if action.joined_to.is_some() => {}
            ActionStage::Open if is_mine => due.push((action.due, to_do(&action))),
            ActionStage::Addressed { .. } if !is_mine => due.push((action.due, to_verify(&action))),
            _ => {}
        }
    }
    if permits(person, Deed::Register(RegisterDeed::See), today) {
        let items = app.store.register.items().await?.into_iter();
        let owed = items.filter(|it| it.stage() == Stage::Open && it.owner().0 == visitor.id());
        due.extend(owed.map(|item| (item.due(), to_reply(&item))));
    }
    for line in &visitor.waiting {
        if permits(person, Deed::AcknowledgeConcern(&line.concern), today) {
            // It is for today, whatever its clock allows; and overdue from that moment on.
            let late = i32::from(visitor.at > line.clock.due);
            due.push((today.saturating_sub(late.days()), to_acknowledge(line)));
        }
    }
    for asked in app.store.consultations.of_person(visitor.id()).await? {
        if asked.is_current && !asked.replied && today <= asked.closes {
            due.push((asked.closes, to_comment(&asked)));
        }
    }
    let mut own_records = Vec::new();
    if person.is(Role::Worker, today) {
        own_records
            .extend(app.store.replies.started(Some(visitor.id())).await?.iter().map(started));
        own_records.extend(app.store.audits.of_holder(visitor.id()).await?.iter().map(made));
    }
    let mut challenges = Vec::new();
    if person.is(Role::Moderator, today) {
        let all = app.store.replies.challenges().await?;
        let waits = all.iter().filter(|it| it.outcome.is_none() && it.auditor != visitor.id());
        challenges.extend(waits.map(to_decide));
    }
    let mut decided = Vec::new();
    if person.is(Role::Worker, today) || person.is(Role::Auditor, today) {
        let since = visitor.at.saturating_sub(TOLD_FOR).unwrap_or(visitor.at);
        let lines = app.store.replies.decided(visitor.id(), since).await?;
        decided.extend(lines.iter().map(was_decided));
    }
    let watched = if person.is(Role::ServiceManager, today) {
        let cycles = app.store.cycles.all().await?;
        cycles.into_iter().find(|it| it.drawn > 0).map(|it| Task {
            words: format!("See how the audits of {} come on", it.cycle.quarter.words()),
            href: links::progress(it.cycle.id),
            when: due_on(it.cycle.due),
        })
    } else {
        None
    };
    let filing = if person.is(Role::RecordsOfficer, today) {
        let open = app.store.filing.mismatches(Which::Open).await?;
        let mine =
            open.iter().filter(|it| permits(person, Deed::ClearFiling(&it.whereabouts), today));
        let count = u64::try_from(mine.count()).unwrap_or(u64::MAX);
        (count > 0).then(|| Task {
            words: "Put filing right".to_owned(),
            href: links::mismatches(),
            when: words::count(count, &Noun::new("thing", "things")),
        })
    } else {
        None
    };
    let to_review = to_review(&app, &visitor).await?;
    let roles: Vec<&str> = person.roles_on(today).into_iter().map(Role::words).collect();
    page::show(&HomePage {
        frame: visitor.frame(&app, "Your work", "Your work"),
        roles: roles.join(", "),
        groups: groups(due, today),
        watched,
        filing,
        moderates: person.is(Role::Moderator, today).then(to_moderate),
        own_records,
        challenges,
        to_review,
        decided,
        done,
        contents: contents(person, today),
    })
}

/// The verb first, and then which record: *Answer 11 standards left · R-2043*.
fn to_make(audit: &AuditToDo, asked: usize) -> Task {
    let reference = &audit.line.reference;
    let left = u64::try_from(asked).unwrap_or(u64::MAX).saturating_sub(audit.answered.into());
    if audit.notes > 0 {
        let words = format!("See to the moderator’s notes · {reference}");
        let href = links::return_notes(audit.id);
        return Task { words, href, when: due_on(audit.due) };
    }
    let words = match (audit.answered, left) {
        (0, _) => format!("Start the audit of {reference}"),
        (_, 0) => format!("Check and submit · {reference}"),
        _ => format!("Answer {} left · {reference}", words::count(left, &STANDARD)),
    };
    Task { words, href: links::audit(audit.id), when: due_on(audit.due) }
}

/// A reply that they owe to the committee.
fn to_reply(item: &Item) -> Task {
    Task {
        words: format!("Reply to the committee · {}", item.reference()),
        href: links::register_item(item.id),
        when: due_on(item.due()),
    }
}

/// The records opened by break-glass that this person may review: one question more, for those alone
/// who are told of any.
async fn to_review(app: &App, visitor: &SignedIn) -> Result<Vec<Task>, Failure> {
    let may = |deed| permits(&visitor.person, Deed::Access(deed), visitor.today);
    if !may(AccessDeed::SeeOpenings) {
        return Ok(Vec::new());
    }
    let waiting = app.store.openings.waiting().await?;
    let mine = waiting.iter().filter(|it| may(AccessDeed::ReviewOpening(it)));
    let task = |it: &quarterlight_domain::access::glass::Opening| Task {
        words: format!("Review: {} was opened by break-glass", it.reference),
        href: links::opening(it.id),
        when: due_on(it.due()),
    };
    Ok(mine.map(task).collect())
}

fn to_moderate() -> Task {
    Task {
        words: "See which audits are read a second time".to_owned(),
        href: links::moderation(None),
        when: String::new(),
    }
}

fn due_on(day: Date) -> String {
    format!("Due {}", day_in_words(day))
}

fn made(audit: &AuditLine) -> Task {
    Task {
        words: format!("Read the audit of {}", audit.reference),
        href: links::read_audit(audit.id),
        when: audit.quarter.words(),
    }
}

/// An audit of a record of theirs that is not submitted yet.
fn started(line: &StartedLine) -> Task {
    Task {
        words: format!("An audit of {} has started", line.reference),
        href: links::notice(line.audit),
        when: due_on(line.due),
    }
}

fn to_decide(line: &ChallengeLine) -> Task {
    Task {
        words: format!("Decide the challenge of {} · {}", line.standard, line.reference),
        href: links::challenge(line.id),
        when: format!("Challenged {}", day_in_words(day_in_england(line.at))),
    }
}

/// *Read what was decided of B1 · R-2043: upheld in part*.
fn was_decided(line: &ChallengeLine) -> Task {
    let outcome = line.outcome.map_or("", Outcome::words).to_lowercase();
    Task {
        words: format!(
            "Read what was decided of {} · {}: {outcome}",
            line.standard, line.reference
        ),
        href: links::read_audit(line.audit),
        when: format!("Decided {}", day_in_words(day_in_england(line.at))),
    }
}

fn to_do(action: &Action) -> Task {
    Task {
        words: format!("Address {} · {}", action.about(), action.reference),
        href: links::action(action.id),
        when: due_on(action.due),
    }
}

fn to_verify(action: &Action) -> Task {
    Task {
        words: format!("Verify {} · {}", action.about(), action.reference),
        href: links::action(action.id),
        when: due_on(action.due),
    }
}

fn to_acknowledge(line: &ConcernLine) -> Task {
    Task {
        words: format!("Acknowledge: a child may be unsafe · {}", line.reference),
        href: links::concern(line.concern.id),
        when: format!("By {}", moment_in_words(line.clock.due)),
    }
}

fn to_comment(asked: &Asked) -> Task {
    Task {
        words: format!("Comment on the draft of {}", asked.name),
        href: links::comment(asked.draft, None),
        when: day_in_words(asked.closes),
    }
}

/// Overdue, today, this week and later, each with a sentence for when it is empty; none of them
/// for somebody who has nothing to do at all.
fn groups(mut due: Vec<Due>, today: Date) -> Vec<Group> {
    if due.is_empty() {
        return Vec::new();
    }
    due.sort_by_key(|(day, _)| *day);
    let days_left = 7 - i32::from(today.weekday().to_monday_one_offset());
    let sunday = today.saturating_add(days_left.days());
    let mut left = due.into_iter().peekable();
    let mut take = |heading: &str, empty: &str, last: Date| {
        let mut tasks = Vec::new();
        while let Some((_, task)) = left.next_if(|(day, _)| *day <= last) {
            tasks.push(task);
        }
        Group { heading: heading.to_owned(), empty: empty.to_owned(), tasks }
    };
    vec![
        take("Overdue", "Nothing is overdue.", today.saturating_sub(1.day())),
        take("Due today", "Nothing is due today.", today),
        take("This week", "Nothing more is due by Sunday.", sunday),
        take("Later", "Nothing is due later.", Date::MAX),
    ]
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
            watched: None,
            filing: None,
            moderates: Some(to_moderate()),
            own_records: done,
            to_review: vec![task("Review: R-2043 was opened by break-glass")],
            challenges: vec![task("Decide the challenge of B1 · R-2043")],
            decided: vec![task("Read what was decided of B1 · R-2043: upheld")],
            done: Vec::new(),
            contents: Vec::new(),
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_to_do_stands_in_four_groups_by_its_day() {
        // A Monday.
        let today = date(2026, 11, 23);
        let task =
            |day: i32| Task { words: day.to_string(), href: String::new(), when: String::new() };
        let due = [7, 6, 0, -1, -90].map(|day| (today.saturating_add(day.days()), task(day)));
        let groups = groups(due.to_vec(), today);
        let said: Vec<(&str, Vec<&str>)> = groups
            .iter()
            .map(|it| (it.heading.as_str(), it.tasks.iter().map(|it| it.words.as_str()).collect()))
            .collect();
        assert_eq!(
            said,
            [
                ("Overdue", vec!["-90", "-1"]),
                ("Due today", vec!["0"]),
                ("This week", vec!["6"]),
                ("Later", vec!["7"])
            ]
        );
        assert!(super::groups(Vec::new(), today).is_empty());
    }
}
