//! The sections of a long piece of work, and how far each has come.

use askama::Template;
use askama::filters::HtmlSafe;

use super::hostile::HOSTILE;
use super::tag::{Tag, TagColour};

/// How far one section has come. Done is plain text; what needs doing is a tag, so that the eye goes there.
#[derive(Debug, Clone)]
pub enum TaskStatus {
    /// Plain text, such as *Completed*.
    Text(String),
    /// Grey text: the section cannot be started yet.
    NotYet(String),
    /// A tag, such as *Incomplete* or *Opened*.
    Tag(Tag),
}

/// One section.
#[derive(Debug, Clone)]
pub struct TaskItem {
    /// What the section is called.
    pub title: String,
    /// Where it leads; none where it cannot be started yet.
    pub href: Option<String>,
    /// A line of help, such as "5 of 8 answered".
    pub hint: Option<String>,
    /// How far it has come.
    pub status: TaskStatus,
}

impl TaskItem {
    /// A section that may be opened.
    #[must_use]
    pub fn new(title: impl Into<String>, href: impl Into<String>, status: TaskStatus) -> Self {
        Self { title: title.into(), href: Some(href.into()), hint: None, status }
    }

    /// The same section with a line of help.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// The sections, in order.
#[derive(Debug, Clone, Template)]
#[template(path = "govuk/task_list.html")]
pub struct TaskList {
    /// What the identifiers of this list begin with; another for each list on a page.
    pub id: String,
    /// The sections.
    pub items: Vec<TaskItem>,
}

impl HtmlSafe for TaskList {}

impl TaskList {
    /// A list of sections; `id` begins the identifiers of this list on its page.
    #[must_use]
    pub fn new(id: impl Into<String>, items: Vec<TaskItem>) -> Self {
        Self { id: id.into(), items }
    }

    /// Empty, ordinary, one that cannot start, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let tag = |text: &str, colour| TaskStatus::Tag(Tag::new(text, colour));
        vec![
            Self::new("empty", Vec::new()),
            Self::new(
                "sections",
                vec![
                    TaskItem::new("Basic facts", "/a", TaskStatus::Text("Completed".to_owned())),
                    TaskItem::new("Voice of the child", "/b", tag("Incomplete", TagColour::Blue))
                        .hint("5 of 8 answered"),
                    TaskItem::new("Assessment", "/c", tag("Opened", TagColour::Teal))
                        .hint("Nothing answered yet"),
                    TaskItem::new("Plan", "/d", tag("Not started", TagColour::Grey)),
                    TaskItem {
                        title: "Overall grade".to_owned(),
                        href: None,
                        hint: Some("Answer every section first".to_owned()),
                        status: TaskStatus::NotYet("Cannot start yet".to_owned()),
                    },
                ],
            ),
            Self::new(
                "hostile",
                vec![
                    TaskItem::new(HOSTILE, HOSTILE, TaskStatus::Text(HOSTILE.to_owned()))
                        .hint(HOSTILE),
                    TaskItem::new(HOSTILE, HOSTILE, tag(HOSTILE, TagColour::Red)),
                ],
            ),
        ]
    }
}
