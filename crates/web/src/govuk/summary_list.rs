//! What was answered, question beside answer, with links to change it.

use askama::Template;
use askama::filters::HtmlSafe;

use super::content::Content;
use super::hostile::HOSTILE;
use super::tag::TagColour;

/// A link at the end of a row, such as *Change*.
#[derive(Debug, Clone, Default)]
pub struct SummaryLink {
    /// The word that is shown.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// What it changes, read out after the word so that no two links sound alike.
    pub subject: String,
}

/// One question and its answer.
#[derive(Debug, Clone, Default)]
pub struct SummaryRow {
    /// The question, or the name of the fact.
    pub key: String,
    /// The answer.
    pub value: Content,
    /// What may be done about it.
    pub links: Vec<SummaryLink>,
}

impl SummaryRow {
    /// A question and its answer, with nothing to do about it.
    #[must_use]
    pub fn new(key: impl Into<String>, value: impl Into<Content>) -> Self {
        Self { key: key.into(), value: value.into(), links: Vec::new() }
    }

    /// The same row with a *Change* link; the question says what it changes.
    #[must_use]
    pub fn change(self, href: impl Into<String>) -> Self {
        let subject = self.key.clone();
        self.link("Change", href, subject)
    }

    /// The same row with another link.
    #[must_use]
    pub fn link(
        mut self,
        text: impl Into<String>,
        href: impl Into<String>,
        subject: impl Into<String>,
    ) -> Self {
        let link = SummaryLink { text: text.into(), href: href.into(), subject: subject.into() };
        self.links.push(link);
        self
    }
}

/// A list of answers, in a card with a title where there are several such lists.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/summary_list.html")]
pub struct SummaryList {
    /// The card's title; without it there is no card.
    pub title: Option<String>,
    /// What may be done about the whole card.
    pub links: Vec<SummaryLink>,
    /// The answers, in order.
    pub rows: Vec<SummaryRow>,
}

impl HtmlSafe for SummaryList {}

impl SummaryList {
    /// A list without a card.
    #[must_use]
    pub fn new(rows: Vec<SummaryRow>) -> Self {
        Self { rows, ..Self::default() }
    }

    /// The same list in a card with a title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Empty, ordinary, in a card, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::default(),
            Self::new(vec![
                SummaryRow::new("Record", Content::link("R-2043", "/records/R-2043")),
                SummaryRow::new("Service", "Children in Need North"),
                SummaryRow::new(
                    "What you saw",
                    Content::written("Visited on 12 April.\nSeen alone, in her own room."),
                )
                .change("/audits/7/standards/1"),
            ]),
            Self::new(vec![
                SummaryRow::new("Voice of the child", Content::tag("Not met", TagColour::Red))
                    .change("/audits/7/standards/2")
                    .link("Add a finding", "/audits/7/findings/new", "about voice of the child"),
            ])
            .titled("Section 2: the child"),
            Self {
                title: Some(HOSTILE.to_owned()),
                links: vec![SummaryLink {
                    text: HOSTILE.to_owned(),
                    href: HOSTILE.to_owned(),
                    subject: HOSTILE.to_owned(),
                }],
                rows: vec![SummaryRow::new(HOSTILE, HOSTILE).change(HOSTILE)],
            },
        ]
    }

    fn has_links(&self) -> bool {
        self.rows.iter().any(|row| !row.links.is_empty())
    }
}
