//! The queue: which audits of a quarter are read a second time, why, and how that comes on.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::moderation::Ending;
use quarterlight_domain::moderation::pick::Why;
use quarterlight_domain::moderation::rule::ModerationRule;
use quarterlight_domain::permission::{Deed, ModerationDeed, permits};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::ties::Ties;
use quarterlight_store::InModeration;
use serde::Deserialize;

use super::{reader, rules};
use crate::app::App;
use crate::govuk::{Tag, TagColour};
use crate::layout::Frame;
use crate::permit::{SeeModeration, Through};
use crate::restricted::{HIDDEN, Restricted};
use crate::session::SignedIn;
use crate::{links, page};

/// Which quarter was asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    quarter: String,
}

/// Why somebody does not read a restricted audit a second time may say who holds the record.
const UNSAID: &str =
    "You cannot read it a second time. Why is not shown: the record is restricted.";

/// How far a second reading has come, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Again,
    Waiting,
    Underway,
    Returned,
    Confirmed,
}

impl State {
    fn of(kept: &InModeration) -> Self {
        let Some(moderation) = &kept.moderation else { return Self::Waiting };
        match moderation.ended.map(|ended| ended.how) {
            _ if kept.came_again => Self::Again,
            None => Self::Underway,
            Some(Ending::Confirmed) => Self::Confirmed,
            Some(Ending::Returned) => Self::Returned,
        }
    }

    fn tag(self) -> Tag {
        match self {
            Self::Again => Tag::new("Submitted again", TagColour::Yellow),
            Self::Waiting => Tag::new("To be read", TagColour::Blue),
            Self::Underway => Tag::new("Being read", TagColour::Teal),
            Self::Returned => Tag::new("With its auditor", TagColour::Grey),
            Self::Confirmed => Tag::new("Confirmed", TagColour::Green),
        }
    }
}

/// One audit.
#[derive(Debug, Clone)]
struct Line {
    words: String,
    /// Where it leads; none where this person may not go there.
    href: Option<String>,
    facts: String,
    /// Why it is not offered to this person.
    refused: Option<String>,
    tag: Tag,
}

/// Audits that are read for the same reason.
#[derive(Debug, Clone)]
struct Group {
    heading: String,
    lines: Vec<Line>,
}

/// The queue of a quarter.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/moderation/list.html")]
pub struct QueuePage {
    frame: Frame,
    sentence: String,
    rule: String,
    change: Option<String>,
    groups: Vec<Group>,
    /// The other quarters that have a cycle: words, and where they are.
    others: Vec<(String, String)>,
}

/// Shows the queue of a quarter: of the one that was asked for, or of the latest with a draw.
///
/// # Errors
/// There is no such page for those who have nothing to do with second readings.
pub async fn get(
    app: App,
    visitor: Through<SeeModeration>,
    RawQuery(query): RawQuery,
) -> page::Result {
    let asked = query.and_then(|query| serde_urlencoded::from_str::<Asked>(&query).ok());
    let asked = asked.unwrap_or_default();
    let cycles = app.store.cycles.all().await?;
    let wanted: Option<Quarter> = asked.quarter.parse().ok();
    let drawn = || cycles.iter().filter(|it| it.drawn > 0);
    let chosen = drawn().find(|it| Some(it.cycle.quarter) == wanted).or_else(|| drawn().next());
    let quarter = chosen.map(|it| it.cycle.quarter);
    let audits = match chosen {
        Some(chosen) => app.store.moderations.of_cycle(chosen.cycle.id).await?,
        None => Vec::new(),
    };
    let ties = app.store.conflicts.ties().await?;
    let others = drawn().map(|it| it.cycle.quarter).filter(|it| Some(*it) != quarter).collect();
    let frame = visitor.frame(&app, title(quarter), "Moderation");
    let restricted = Restricted::today(&app, &visitor).await?;
    let around = Around { rules: rules(&app).await?, ties, others, restricted };
    page::show(&QueuePage::new(frame, &visitor, &audits, &around))
}

/// What the page needs besides the audits.
#[derive(Debug, Clone, Default)]
struct Around {
    rules: Vec<ModerationRule>,
    ties: Ties,
    others: Vec<Quarter>,
    restricted: Restricted,
}

fn title(quarter: Option<Quarter>) -> String {
    quarter.map_or_else(|| "Moderation".to_owned(), |it| format!("Moderation, {}", it.words()))
}

impl QueuePage {
    fn new(frame: Frame, visitor: &SignedIn, audits: &[InModeration], around: &Around) -> Self {
        let mut groups: BTreeMap<Why, Vec<(State, Line)>> = BTreeMap::new();
        for kept in audits {
            let Some(picked) = kept.picked(&around.rules) else { continue };
            let state = State::of(kept);
            let refused = reader(visitor, kept, picked, &around.ties).err();
            groups.entry(picked.why).or_default().push((
                state,
                line(
                    kept,
                    state,
                    visitor,
                    (refused, around.restricted.hides(kept.audit.reference())),
                ),
            ));
        }
        let states: Vec<State> = groups.values().flatten().map(|(state, _)| *state).collect();
        let today = ModerationRule::in_force(&around.rules, visitor.today);
        let sets = Deed::Moderation(ModerationDeed::SetRule);
        Self {
            frame,
            sentence: sentence(audits.len(), &states),
            rule: today.sentence(),
            change: permits(&visitor.person, sets, visitor.today).then(links::moderation_rule),
            groups: groups.into_iter().map(|(why, lines)| group(why, lines)).collect(),
            others: around
                .others
                .iter()
                .map(|quarter| (quarter.words(), links::moderation(Some(*quarter))))
                .collect(),
        }
    }

    /// Nothing submitted, and audits at every stage with hostile names.
    pub fn samples() -> Vec<Self> {
        let visitor = super::sample::moderator();
        let around =
            Around { others: "2026-Q3".parse().into_iter().collect(), ..Around::default() };
        let audits = super::sample::in_moderation();
        let frame = || Frame::new("Moderation, October to December 2026");
        vec![
            Self::new(frame(), &visitor, &[], &Around::default()),
            Self::new(frame(), &visitor, &audits, &around),
        ]
    }
}

/// *Of 14 audits submitted, 5 are read a second time: 2 to be read, 3 confirmed.*
fn sentence(submitted: usize, picked: &[State]) -> String {
    if submitted == 0 {
        return "No audit of this quarter is submitted yet.".to_owned();
    }
    let count = |state: State| picked.iter().filter(|it| **it == state).count();
    let parts = [
        (State::Waiting, "to be read"),
        (State::Again, "submitted again"),
        (State::Underway, "being read"),
        (State::Returned, "with the auditor"),
        (State::Confirmed, "confirmed"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(state, words)| (count(state), words))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    let (of, verb) = (
        if submitted == 1 { "audit" } else { "audits" },
        if picked.len() == 1 { "is" } else { "are" },
    );
    if parts.is_empty() {
        return format!("Of {submitted} {of} submitted, none is read a second time.");
    }
    format!(
        "Of {submitted} {of} submitted, {} {verb} read a second time: {}.",
        picked.len(),
        parts.join(", ")
    )
}

fn group(why: Why, mut lines: Vec<(State, Line)>) -> Group {
    lines.sort_by(|(a, one), (b, other)| (a, &one.words).cmp(&(b, &other.words)));
    Group { heading: why.words(), lines: lines.into_iter().map(|(_, line)| line).collect() }
}

fn line(
    kept: &InModeration,
    state: State,
    visitor: &SignedIn,
    (refused, is_hidden): (Option<Refusal>, bool),
) -> Line {
    let (audit, today) = (&kept.audit, visitor.today);
    let moderates = permits(&visitor.person, Deed::Moderation(ModerationDeed::Read), today);
    let reads = permits(&visitor.person, Deed::ReadAudit(audit), today);
    let is_mine = kept.current().is_some_and(|it| it.moderator == visitor.id());
    let to_do =
        matches!(state, State::Waiting | State::Again) || is_mine && state == State::Underway;
    let offered = moderates && refused.is_none();
    let reference = audit.reference();
    let words = match state {
        State::Waiting | State::Again if offered => format!("Read {reference} a second time"),
        State::Underway if offered && is_mine => format!("Go on with {reference}"),
        _ => reference.to_string(),
    };
    let href = if offered && (to_do || is_mine) {
        Some(links::moderate(audit.id))
    } else {
        reads.then(|| links::read_audit(audit.id))
    };
    let service = kept
        .record
        .service
        .clone()
        .filter(|_| !is_hidden)
        .unwrap_or_else(|| if is_hidden { HIDDEN } else { "Service not known" }.to_owned());
    let mut facts = vec![
        service,
        audit.auditor_name.clone(),
        format!("first submitted on {}", day_in_words(day_in_england(kept.first.0))),
    ];
    if let Some(moderation) = kept.moderation.as_ref().filter(|_| state != State::Again) {
        facts.push(format!("opened by {}", moderation.moderator_name));
    }
    Line {
        words,
        href,
        facts: facts.join(" · "),
        refused: refused
            .filter(|_| moderates && matches!(state, State::Waiting | State::Again))
            .map(|it| if is_hidden { UNSAID } else { it.sentence() }.to_owned()),
        tag: state.tag(),
    }
}
