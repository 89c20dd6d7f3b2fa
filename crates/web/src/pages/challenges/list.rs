//! Every challenge: those that wait first, and then those that were decided.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_store::ChallengeLine;

use crate::app::App;
use crate::govuk::{Column, Content, Table, TagColour};
use crate::layout::Frame;
use crate::permit::{ListChallenges, Through};
use crate::{links, page};

/// The challenges.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/challenges/list.html")]
pub struct ChallengesPage {
    frame: Frame,
    challenges: Table,
}

/// Shows every challenge.
///
/// # Errors
/// There is no such page for those who do not see challenges.
pub async fn get(app: App, visitor: Through<ListChallenges>) -> page::Result {
    let challenges = app.store.replies.challenges().await?;
    page::show(&ChallengesPage::new(visitor.frame(&app, "Challenges", "Challenges"), &challenges))
}

impl ChallengesPage {
    fn new(frame: Frame, challenges: &[ChallengeLine]) -> Self {
        let columns = vec![
            Column::words("State"),
            Column::words("Standard"),
            Column::words("Record"),
            Column::words("Audit"),
            Column::words("Challenged on"),
        ];
        let row = |it: &ChallengeLine| {
            let state = match it.outcome {
                None => Content::tag("Waits", TagColour::Blue),
                Some(outcome) => Content::text(outcome.words()),
            };
            let name = format!("{} of {}", it.standard, it.reference);
            vec![
                state,
                Content::link(name, links::challenge(it.id)),
                Content::text(it.reference.as_str()),
                Content::text(it.quarter.words()),
                Content::text(day_in_words(day_in_england(it.at))),
            ]
        };
        let challenges = Table::new("challenges", "Challenges", columns)
            .rows(challenges.iter().map(row).collect())
            .empty("No worker has challenged an answer.");
        Self { frame, challenges }
    }

    /// None, and one that waits beside one that is decided.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("Challenges");
        vec![Self::new(frame(), &[]), Self::new(frame(), &super::sample::lines())]
    }
}
