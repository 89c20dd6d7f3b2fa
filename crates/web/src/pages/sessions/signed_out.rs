//! Signed out here, and perhaps not yet at the council's own sign-in.

use askama::Template;

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::{links, page};

/// Signed out here, and not yet there.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sessions/signed_out.html")]
pub struct SignedOutPage {
    frame: Frame,
    /// Where to sign out of the provider; none while it does not say.
    provider: Option<String>,
    again: String,
}

/// Says that somebody is signed out here, and leads to the provider's own page for the rest.
///
/// # Errors
/// There is no such page where no provider is set.
pub async fn get(app: App) -> page::Result {
    let provider = app.outside.provider.as_deref().ok_or(Failure::NotFound)?;
    let frame = Frame {
        authority: app.authority.clone(),
        demonstration: app.demonstration,
        ..Frame::new("You are signed out of Quarterlight")
    };
    let provider = provider.sign_out(app.now()).await;
    page::show(&SignedOutPage { frame, provider, again: links::sign_in() })
}

impl SignedOutPage {
    /// With a way out of the provider, and without.
    pub fn samples() -> Vec<Self> {
        let page = |provider: Option<&str>| Self {
            frame: Frame::new("You are signed out of Quarterlight"),
            provider: provider.map(str::to_owned),
            again: "/sign-in".to_owned(),
        };
        vec![page(None), page(Some("https://login.council.example/end?client_id=\"'<"))]
    }
}
