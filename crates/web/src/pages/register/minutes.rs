//! Pasting the minutes of a meeting, to be split into what may be items.

use askama::Template;
use quarterlight_domain::register::Meeting;
use serde::Deserialize;

use super::candidates::{CandidatesForm, CandidatesPage, at_meeting, caption};
use super::{AtMeeting, owners};
use crate::apart::{Minutes, Unread};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, LabelSize, Textarea};
use crate::layout::Frame;
use crate::{links, page};

/// The most characters of pasted minutes: some fifty sides.
const MOST: usize = 150_000;

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MinutesForm {
    minutes: String,
}

/// The page on which minutes are pasted.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/register/minutes.html")]
pub struct MinutesPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    action: String,
    minutes: Textarea,
    split: Button,
}

/// Asks for the minutes.
///
/// # Errors
/// There is no such page for anybody but the clerk.
pub async fn get(at: AtMeeting) -> page::Result {
    let form = MinutesForm::default();
    page::show(&MinutesPage::new((&at.base, &at.meeting), &form, &Errors::default()))
}

/// Shows what may be items in them. Nothing is kept.
///
/// # Errors
/// There is no such page for anybody but the clerk.
pub async fn post(app: App, at: AtMeeting, Filled(form): Filled<MinutesForm>) -> page::Result {
    let mut errors = Errors::default();
    let mut found = Vec::new();
    if form.minutes.trim().is_empty() {
        errors.say("minutes", "Paste the minutes of the meeting");
    } else if form.minutes.chars().count() > MOST {
        errors.say("minutes", format!("Paste at most {MOST} characters at a time"));
    } else {
        let pasted = Unread::new("minutes", form.minutes.as_str());
        match app.outside.apart.read(Minutes, vec![pasted]).await {
            Ok(some) if some.is_empty() => errors.say(
                "minutes",
                "Nothing was found that was asked, resolved or promised. Enter the items by hand, \
                 or paste another part",
            ),
            Ok(some) => found = some,
            Err(stopped) => errors.say("minutes", stopped.to_string()),
        }
    }
    if !errors.is_empty() {
        return page::again(&MinutesPage::new((&at.base, &at.meeting), &form, &errors));
    }
    let owners = owners(&app, &at.visitor).await?;
    let form = CandidatesForm::of(&found, &at.meeting, app.word());
    page::show(&CandidatesPage::new((&at.base, &at.meeting), &form, &owners, &Errors::default()))
}

impl MinutesPage {
    fn new((base, meeting): (&Frame, &Meeting), form: &MinutesForm, errors: &Errors) -> Self {
        let minutes = Field::new("minutes", "The minutes, or the part about the audit")
            .size(LabelSize::Medium)
            .hint(
                "They are looked through for what was asked, resolved and promised. Nothing is \
                   kept until you have seen it and said so.",
            )
            .error(errors.at("minutes"));
        let mut frame = at_meeting(base, meeting, "Paste the minutes");
        frame.has_errors = !errors.is_empty();
        Self {
            frame,
            caption: caption(meeting),
            errors: ErrorSummary::new().field(&minutes),
            action: links::minutes(meeting.id),
            minutes: Textarea::new(minutes).value(form.minutes.clone()).rows(16),
            split: Button::submit("Find the items"),
        }
    }

    /// Empty, and sent back with hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        errors.say("minutes", HOSTILE);
        let form = MinutesForm { minutes: HOSTILE.to_owned() };
        let (base, meeting) = (Frame::default(), super::sample::meeting());
        vec![
            Self::new((&base, &meeting), &MinutesForm::default(), &Errors::default()),
            Self::new((&base, &meeting), &form, &errors),
        ]
    }
}
