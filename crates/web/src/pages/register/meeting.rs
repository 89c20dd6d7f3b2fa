//! One meeting: its items, and for whoever keeps the register the ways to enter more.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{Deed, RegisterDeed, permits};
use quarterlight_domain::register::{Item, Meeting};

use super::ToSee;
use super::lines::Lines;
use crate::app::App;
use crate::govuk::Button;
use crate::layout::Frame;
use crate::{links, page};

/// One meeting.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/register/meeting.html")]
pub struct MeetingPage {
    frame: Frame,
    caption: String,
    items: Lines,
    /// For whoever keeps the register: one item, and the minutes.
    enter: Option<(Button, Button)>,
}

/// Shows the meeting.
///
/// # Errors
/// There is no such page for those who may not read reports.
pub async fn get(app: App, of: ToSee) -> page::Result {
    let items = app.store.register.items().await?;
    let items: Vec<Item> = items.into_iter().filter(|it| it.meeting.id == of.meeting.id).collect();
    let (person, today) = (&of.visitor.person, of.visitor.today);
    let keeps = permits(person, Deed::Register(RegisterDeed::Keep), today);
    page::show(&MeetingPage::new(&of.base, (&of.meeting, &items), keeps, today))
}

impl MeetingPage {
    fn new(base: &Frame, (meeting, items): (&Meeting, &[Item]), keeps: bool, today: Date) -> Self {
        let enter = || {
            (
                Button::link("Enter an item", links::enter_item(meeting.id)),
                Button::link("Paste the minutes", links::minutes(meeting.id)).secondary(),
            )
        };
        Self {
            frame: Frame {
                title: format!("Meeting of {}", day_in_words(meeting.held_on)),
                ..base.clone()
            },
            caption: meeting.committee.clone(),
            items: Lines::new(items, today),
            enter: keeps.then(enter),
        }
    }

    /// A meeting without items, and one with hostile words in them.
    pub fn samples() -> Vec<Self> {
        let items = super::sample::items();
        let meeting = super::sample::meeting();
        let base = Frame::default();
        vec![
            Self::new(&base, (&meeting, &[]), true, crate::invented::TODAY),
            Self::new(&base, (&meeting, &items), false, crate::invented::TODAY),
        ]
    }
}
