//! Items one below the other: a narrow screen has no room for columns.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::register::{Item, Stage};
use quarterlight_domain::stamp::day_in_england;

use crate::govuk::{Content, Tag, TagColour};
use crate::links;

/// One item.
#[derive(Debug, Clone)]
struct Line {
    reference: String,
    href: String,
    words: Content,
    /// Who replies by when, or who replied and when it came to that.
    whose: String,
    late: Option<Tag>,
}

/// Items, each with who owes or gave the reply.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/register/lines.html")]
pub struct Lines(Vec<Line>);

impl HtmlSafe for Lines {}

impl Lines {
    /// These items, in this order, as they stand on this day.
    pub fn new<'a>(items: impl IntoIterator<Item = &'a Item>, today: Date) -> Self {
        Self(items.into_iter().map(|it| line(it, today)).collect())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn line(item: &Item, today: Date) -> Line {
    let by = item.asked_by.as_ref().map_or(String::new(), |by| format!(" from {by}"));
    let said = format!("{}{by}: {}", item.kind.words(), item.words.words());
    Line {
        reference: item.reference(),
        href: links::register_item(item.id),
        words: Content::written(said),
        whose: whose(item),
        late: item.is_overdue(today).then(|| Tag::new("Overdue", TagColour::Red)),
    }
}

fn whose(item: &Item) -> String {
    let replied_by = item.reply().and_then(|it| it.by.clone()).unwrap_or_default();
    let last = item.steps.last().map(|it| day_in_words(day_in_england(it.at)));
    let on = last.unwrap_or_default();
    match item.stage() {
        Stage::Open => format!("{}, by {}", item.owner().1, day_in_words(item.due())),
        Stage::Replied => format!("Reply by {replied_by}. Replied on {on}"),
        Stage::Accepted => format!("Reply by {replied_by}. Accepted on {on}"),
    }
}
