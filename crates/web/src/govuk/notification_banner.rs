//! News about the person's work, at the top of a page.

use askama::Template;
use askama::filters::HtmlSafe;

use super::content::Content;
use super::hostile::HOSTILE;

/// A banner; at most one on a page.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "govuk/notification_banner.html")]
pub struct NotificationBanner {
    /// The word in the coloured bar.
    pub title: String,
    /// The sentence, in large letters.
    pub sentence: String,
    /// More, in ordinary letters, or a link.
    pub more: Option<Content>,
    /// Whether it says that something was done. It is then read out at once and takes the focus.
    pub is_success: bool,
}

impl HtmlSafe for NotificationBanner {}

impl NotificationBanner {
    /// News that the person should know, titled *Important*.
    #[must_use]
    pub fn important(sentence: impl Into<String>) -> Self {
        Self {
            title: "Important".to_owned(),
            sentence: sentence.into(),
            more: None,
            is_success: false,
        }
    }

    /// Something was done, titled *Success*.
    #[must_use]
    pub fn success(sentence: impl Into<String>) -> Self {
        Self { title: "Success".to_owned(), is_success: true, ..Self::important(sentence) }
    }

    /// The same banner with more to read, or a link.
    #[must_use]
    pub fn more(mut self, content: impl Into<Content>) -> Self {
        self.more = Some(content.into());
        self
    }

    /// News, success, and long hostile words.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        vec![
            Self::important("The case list is 9 days old.")
                .more(Content::link("Bring in a new case list", "/imports/new")),
            Self::success("The audit of R-2043 is with the moderator."),
            Self { title: HOSTILE.to_owned(), ..Self::success(HOSTILE).more(HOSTILE) },
        ]
    }
}
