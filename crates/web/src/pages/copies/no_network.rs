//! The page that a browser shows where there is no network. It is the same for whoever signs in and says
//! nothing of anybody: what was copied is opened inside it, by the browser's own script.

use askama::Template;

use crate::app::App;
use crate::govuk::{HOSTILE, WarningText};
use crate::layout::Frame;
use crate::{links, page};

/// The page without a network.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/copies/no_network.html")]
pub struct NoNetworkPage {
    frame: Frame,
    unsafe_now: WarningText,
    /// Whom to ring about a child, where somebody has said.
    duty: Option<String>,
}

/// The page, to be kept by a browser before it is needed.
///
/// # Errors
/// Fails if the template does.
pub async fn get(app: App) -> page::Result {
    page::show(&NoNetworkPage::of(&app.authority, &app.duty))
}

impl NoNetworkPage {
    fn of(authority: &str, duty: &str) -> Self {
        let frame = Frame { home: links::home(), ..Frame::new(TITLE) };
        Self {
            frame: Frame { authority: authority.to_owned(), ..frame },
            unsafe_now: WarningText::new(
                "A child who may be unsafe does not wait for a network. Speak to the duty manager \
                 now, and say it here afterwards.",
            ),
            duty: Some(duty.to_owned()).filter(|it| !it.is_empty()),
        }
    }

    /// Of an authority, and of one with a hostile name.
    pub fn samples() -> Vec<Self> {
        vec![Self::of("Larkmoor", ""), Self::of(HOSTILE, HOSTILE)]
    }
}

const TITLE: &str = "There is no network";
