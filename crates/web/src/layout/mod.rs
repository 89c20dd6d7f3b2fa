//! What stands around every page: title, header, navigation, the way back, news, footer.

use crate::govuk::{BackLink, Breadcrumbs, NotificationBanner};

pub mod navigation;
#[cfg(test)]
mod tests;

/// One line of the main navigation.
#[derive(Debug, Clone, Default)]
pub struct NavItem {
    /// The words.
    pub text: String,
    /// Where it leads.
    pub href: String,
    /// Whether the page belongs to this part of the product.
    pub current: bool,
}

/// The person who is signed in, as the header shows them.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    /// Their name.
    pub name: String,
    /// Where they see and change what they sign in with.
    pub account: String,
    /// Where the form of the *Sign out* button is sent.
    pub sign_out: String,
}

/// What a page passes to `layout/layout.html`: the page's struct holds it in a field called `frame`.
///
/// The page's template begins `{% extends "layout/layout.html" %}` and fills the block `content`.
/// It may also fill `before_content`, whose own text is the way back, the banner and the saved line.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// What the page is called, without the product's name.
    pub title: String,
    /// The authority whose records these are.
    pub authority: String,
    /// Where the product's name leads: the person's own first page.
    pub home: String,
    /// Who is signed in, if anyone is.
    pub signed_in: Option<Identity>,
    /// The main navigation, as far as this person may see it.
    pub navigation: Vec<NavItem>,
    /// The pages of the chapter that the page belongs to, where the navigation shows chapters.
    pub chapter: Vec<NavItem>,
    /// The levels above this page, the highest first: words, and where they lead.
    pub breadcrumbs: Vec<(String, String)>,
    /// Where *Back* leads, in a journey of several pages; then there are no breadcrumbs.
    pub back: Option<String>,
    /// What was saved and when, such as "Saved at 10:42"; announced without interrupting.
    pub saved: Option<String>,
    /// Where it is said that this child may be unsafe now, on the pages about one record.
    pub unsafe_now: Option<String>,
    /// What is open by break-glass and until when, and where it is; none while nothing is.
    pub glass: Option<(String, String)>,
    /// News about the person's work.
    pub banner: Option<NotificationBanner>,
    /// Whether the form on this page could not be taken, which the title then says first.
    pub has_errors: bool,
    /// After how many seconds without a word the session ends, and where to say that one is still
    /// there; none for a stranger.
    pub idle: Option<(i64, String)>,
    /// Whether this is the demonstration, whose records are all invented.
    pub demonstration: bool,
    /// The program's version, for the footer.
    pub version: String,
}

impl Frame {
    /// A frame for a page of this name; everything else is empty.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The *Back* link, where there is one.
    #[must_use]
    pub fn way_back(&self) -> Option<BackLink> {
        self.back.as_ref().map(BackLink::new)
    }

    /// The levels above this page, unless *Back* takes their place.
    #[must_use]
    pub fn levels(&self) -> Breadcrumbs {
        match self.back {
            Some(_) => Breadcrumbs::default(),
            None => Breadcrumbs::new(self.breadcrumbs.clone()),
        }
    }
}
