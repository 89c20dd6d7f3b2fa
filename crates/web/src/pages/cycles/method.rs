//! How a sample is drawn, with a small example that anybody can repeat with standard tools.

use askama::Template;

use crate::app::App;
use crate::layout::Frame;
use crate::permit::{SeeCycles, Through};
use crate::{links, page};

/// How a sample is drawn.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/method.html")]
pub struct MethodPage {
    frame: Frame,
}

/// Shows the method.
///
/// # Errors
/// There is no such page for those who may not see cycles.
pub async fn get(app: App, visitor: Through<SeeCycles>) -> page::Result {
    let breadcrumbs = vec![("Cycles".to_owned(), links::cycles())];
    let frame = visitor.frame(&app, "How a sample is drawn", "Cycles");
    page::show(&MethodPage { frame: Frame { breadcrumbs, ..frame } })
}

impl MethodPage {
    /// The page for a small authority, for the demonstration, and for one with a hostile name.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("How a sample is drawn");
        let named = |name: &str| Frame { authority: name.to_owned(), ..frame() };
        vec![
            Self { frame: named("Exampleshire") },
            Self { frame: Frame { demonstration: true, ..frame() } },
            Self { frame: named(crate::govuk::HOSTILE) },
        ]
    }
}
