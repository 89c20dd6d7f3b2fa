//! The page that a browser shows where there is no network. It is the same for everybody and says
//! nothing of anybody: what was copied is opened inside it, by the browser's own script.

use askama::Template;

use crate::app::App;
use crate::govuk::HOSTILE;
use crate::layout::Frame;
use crate::{links, page};

/// The page without a network.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/copies/no_network.html")]
pub struct NoNetworkPage {
    frame: Frame,
}

/// The page, to be kept by a browser before it is needed.
///
/// # Errors
/// Fails if the template does.
pub async fn get(app: App) -> page::Result {
    page::show(&NoNetworkPage::of(&app.authority))
}

impl NoNetworkPage {
    fn of(authority: &str) -> Self {
        let frame = Frame { home: links::home(), ..Frame::new(TITLE) };
        Self { frame: Frame { authority: authority.to_owned(), ..frame } }
    }

    /// Of an authority, and of one with a hostile name.
    pub fn samples() -> Vec<Self> {
        vec![Self::of("Larkmoor"), Self::of(HOSTILE)]
    }
}

const TITLE: &str = "There is no network";
