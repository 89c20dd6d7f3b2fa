//! What an audit keeps besides its answers: voices, what it comes to, and what its worker said.

use quarterlight_domain::reply::Reply;
use quarterlight_domain::summing_up::SummingUp;
use quarterlight_domain::voice::{Heard, Whose};
use quarterlight_store::Theme;

use super::{InHand, if_there, reply, voice};
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{
    Content, SummaryList, SummaryRow, Table, Tag, TagColour, TaskItem, TaskList, TaskStatus,
};
use crate::links;

/// What an audit keeps besides its answers.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Who was asked.
    pub heard: Vec<Heard>,
    /// What it comes to.
    pub summing_up: SummingUp,
    /// Its themes.
    pub themes: Vec<Theme>,
    /// What its worker said to it.
    pub replies: Vec<Reply>,
}

impl Words {
    /// All of it: five statements at most, and none for what is not there.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(app: &App, audit: &InHand) -> Result<Self, Failure> {
        let (id, store, there) = (audit.audit.id, &app.store, audit.attached);
        Ok(Self {
            heard: if_there(there.voices, store.voices.of_audit(id)).await?,
            summing_up: if_there(there.summing_up, store.voices.summing_up(id)).await?,
            themes: if_there(there.summing_up, store.themes.of_audit(id)).await?,
            replies: if_there(there.replies, store.replies.of_audit(id)).await?,
        })
    }

    fn of_whose(&self, whose: Whose) -> Option<&Heard> {
        self.heard.iter().find(|it| it.whose == whose)
    }

    /// The lines of the task list.
    pub fn tasks(&self, audit: &InHand) -> TaskList {
        let id = audit.audit.id;
        let status = |is_there: bool| {
            if is_there {
                TaskStatus::Text("Written".to_owned())
            } else {
                TaskStatus::Tag(Tag::new("Nothing yet", TagColour::Grey))
            }
        };
        let voice = |whose: Whose| {
            let is_there = self.of_whose(whose).is_some();
            TaskItem::new(whose.words(), links::voice(id, whose), status(is_there))
        };
        let up = TaskItem::new(
            "Strengths, key issues and themes",
            links::summing_up(id),
            status(!self.summing_up.is_empty()),
        );
        TaskList::new("words", Whose::ALL.into_iter().map(voice).chain([up]).collect())
    }

    /// The voices: for checking with a way to change each, or for reading.
    pub fn voices(&self, audit: &InHand, is_to_change: bool) -> SummaryList {
        let row = |whose: Whose| {
            let value = self.of_whose(whose).map_or_else(
                || Content::text("Not known: nothing is noted"),
                |heard| Content::written(voice::in_words(heard).join("\n")),
            );
            let row = SummaryRow::new(whose.words(), value);
            if is_to_change { row.change(links::voice(audit.audit.id, whose)) } else { row }
        };
        SummaryList::new(Whose::ALL.into_iter().map(row).collect())
            .titled("Who was asked, and what they said")
    }

    /// Strengths, key issues, themes and training links.
    pub fn summed_up(&self, audit: &InHand, is_to_change: bool) -> SummaryList {
        let kept = &self.summing_up;
        let written = |words: &str| {
            let words = if words.is_empty() { "Nothing is written" } else { words };
            Content::written(words)
        };
        let themes: Vec<&str> = self.themes.iter().map(|theme| theme.name.as_str()).collect();
        let mut rows = vec![
            SummaryRow::new("Strengths", written(&kept.strengths)),
            SummaryRow::new("Key issues", written(&kept.issues)),
            SummaryRow::new("Themes", written(&themes.join("\n"))),
        ];
        let link = |it: &quarterlight_domain::summing_up::TrainingLink| {
            SummaryRow::new("Training", Content::link(it.title.clone(), it.url.clone()))
        };
        rows.extend(kept.training.iter().map(link));
        if is_to_change {
            let change = links::summing_up(audit.audit.id);
            rows = rows.into_iter().map(|row| row.change(change.clone())).collect();
        }
        SummaryList::new(rows).titled("Strengths, key issues and themes")
    }

    /// What the worker said and what was decided; none while nothing was said.
    pub fn replies(&self) -> Option<Table> {
        (!self.replies.is_empty()).then(|| reply::table(&self.replies))
    }

    /// Everything written, in these words.
    pub fn sample(words: &str) -> Self {
        use quarterlight_domain::need::Known;
        use quarterlight_domain::summing_up::TrainingLink;
        use quarterlight_domain::voice::Asked;

        let heard = |whose: Whose| Heard {
            whose,
            asked: Asked::Yes(jiff::civil::date(2026, 11, 3), words.to_owned()),
            said: words.to_owned(),
            changed: Known::Yes,
            change: words.to_owned(),
            version: 1,
        };
        let url = "https://learn.example.org/life-story".to_owned();
        let training = vec![TrainingLink { title: words.to_owned(), url }];
        let (strengths, issues) = (words.to_owned(), words.to_owned());
        Self {
            heard: [Whose::Worker, Whose::Child].map(heard).to_vec(),
            summing_up: SummingUp { strengths, issues, training, ..SummingUp::default() },
            themes: super::summing_up::sample_themes(),
            replies: reply::samples(words),
        }
    }
}
