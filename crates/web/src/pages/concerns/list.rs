//! The concerns: those that wait first, and how quickly the others were acknowledged.

use askama::Template;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::concern::Stage;
use quarterlight_domain::concern::clock::IN_WORDS;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_report::words::{self, Noun};
use quarterlight_store::ConcernLine;

use crate::app::App;
use crate::govuk::{Column, Content, Table};
use crate::layout::Frame;
use crate::permit::{ListConcerns, Through};
use crate::{links, page};

const CONCERN: Noun = Noun::new("concern", "concerns");

/// The concerns that somebody may read.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/concerns/list.html")]
pub struct ConcernsPage {
    frame: Frame,
    /// How many were raised this quarter, and how many of them were acknowledged in time; for those
    /// alone who see the whole authority.
    sentence: Option<String>,
    clock: &'static str,
    waiting: Table,
    others: Table,
}

/// Shows the concerns of the places that the person answers for, or all.
///
/// # Errors
/// There is no such page for those who answer for no place and do not run the audit.
pub async fn get(app: App, visitor: Through<ListConcerns>) -> page::Result {
    let may = |deed: Deed<'_>| permits(&visitor.person, deed, visitor.today);
    let all = app.store.concerns.all().await?;
    let every = all.len();
    let lines: Vec<_> = all.into_iter().filter(|it| may(Deed::ReadConcern(&it.concern))).collect();
    let quarter = Quarter::of(visitor.today);
    let counts = app.store.concerns.counts(quarter).await?;
    // A share of what somebody cannot see would say something of it.
    let sentence = (lines.len() == every).then(|| sentence(quarter, counts));
    let frame = visitor.frame(&app, "Concerns", "Concerns");
    page::show(&ConcernsPage::new(frame, &lines, sentence))
}

impl ConcernsPage {
    fn new(frame: Frame, lines: &[ConcernLine], sentence: Option<String>) -> Self {
        let (waiting, others): (Vec<_>, Vec<_>) = lines.iter().partition(|it| it.concern.waits());
        let wait = vec![
            Column::words("Record"),
            Column::words("Raised"),
            Column::words("To be acknowledged by"),
        ];
        let other = vec![
            Column::words("Record"),
            Column::words("Raised"),
            Column::words("What became of it"),
        ];
        Self {
            frame,
            sentence,
            clock: IN_WORDS,
            waiting: Table::new("waiting", "Not acknowledged", wait)
                .rows(waiting.into_iter().map(waits).collect())
                .empty("No concern waits to be acknowledged."),
            others: Table::new("others", "Acknowledged, closed or withdrawn", other)
                .rows(others.into_iter().map(became).collect())
                .empty("There is none."),
        }
    }

    /// None, and one of each stage with hostile words.
    pub fn samples() -> Vec<Self> {
        let lines: Vec<_> = super::sample::to_read().into_iter().map(|it| it.line).collect();
        let quarter = Quarter::of(jiff::civil::date(2026, 11, 24));
        let frame = || Frame::new("Concerns");
        vec![
            Self::new(frame(), &[], Some(sentence(quarter, (0, 0)))),
            Self::new(frame(), &lines, Some(sentence(quarter, (4, 2)))),
            Self::new(frame(), &lines, None),
        ]
    }
}

fn sentence(quarter: Quarter, (raised, in_time): (u32, u32)) -> String {
    let quarter = quarter.words();
    match raised {
        0 => format!("No concern was raised in {quarter}."),
        _ => format!(
            "{} raised in {quarter}; {in_time} of {raised} acknowledged in time.",
            words::count(raised.into(), &CONCERN)
        ),
    }
}

fn named(line: &ConcernLine) -> Content {
    Content::link(line.reference.to_string(), links::concern(line.concern.id))
}

fn raised(line: &ConcernLine) -> Content {
    Content::text(format!("{}, by {}", moment_in_words(line.concern.at), line.raised_by))
}

fn waits(line: &ConcernLine) -> Vec<Content> {
    vec![named(line), raised(line), Content::text(moment_in_words(line.clock.due))]
}

fn became(line: &ConcernLine) -> Vec<Content> {
    let by = |name: &Option<String>| name.clone().unwrap_or_else(|| "somebody".to_owned());
    let became = match &line.concern.stage {
        Stage::Raised => String::new(),
        Stage::Acknowledged(step) => {
            let late = if step.at > line.clock.due { ", late" } else { "" };
            let (by, at) = (by(&line.stepped_by), moment_in_words(step.at));
            format!("Acknowledged by {by} on {at}{late}; not closed yet")
        }
        Stage::Closed { at, .. } => {
            format!("Closed by {} on {}", by(&line.closed_by), moment_in_words(*at))
        }
        Stage::Withdrawn { at, .. } => {
            format!("Withdrawn by {} on {}", by(&line.stepped_by), moment_in_words(*at))
        }
    };
    vec![named(line), raised(line), Content::text(became)]
}
