//! What somebody had written when their session ended, to be sent again now that they are back.

use askama::Template;

use crate::app::App;
use crate::govuk::Button;
use crate::layout::Frame;

/// The form that was sent too late, field by field.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sessions/kept.html")]
pub struct KeptPage {
    frame: Frame,
    /// Where the form was going.
    action: String,
    /// The fields, as they were sent.
    fields: Vec<(String, String)>,
    button: Button,
}

impl KeptPage {
    /// The page for a form that was kept, as it was sent.
    pub fn new(app: &App, action: String, kept: &str) -> Self {
        let frame = Frame {
            authority: app.authority.clone(),
            demonstration: app.demonstration,
            ..Frame::new("Save what you wrote")
        };
        Self::framed(frame, action, kept)
    }

    fn framed(frame: Frame, action: String, kept: &str) -> Self {
        let fields = serde_urlencoded::from_str(kept).unwrap_or_default();
        Self { frame, action, fields, button: Button::submit("Save what you wrote") }
    }

    /// Nothing kept, an answer, and hostile words.
    pub fn samples() -> Vec<Self> {
        let page = |kept| {
            Self::framed(
                Frame::new("Save what you wrote"),
                "/audits/3/standards/B1".to_owned(),
                kept,
            )
        };
        vec![
            page(""),
            page("judgement=met&seen=Updated+on+3+May&found=Case+notes"),
            page("seen=%3Cscript%3Ealert(1)%3C%2Fscript%3E&found=%22%27%26"),
        ]
    }
}
