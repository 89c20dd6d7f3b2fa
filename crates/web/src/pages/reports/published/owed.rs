//! What a committee asked and was promised and has not accepted an answer to yet.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::names::Names;
use quarterlight_domain::register::{Item, Stage};
use quarterlight_domain::stamp::day_in_england;

use super::{Answer, Anybody, all_reports, frame, public};
use crate::app::App;
use crate::govuk::{Column, Content, Table};
use crate::layout::Frame;
use crate::page;

/// What is still owed.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/published/owed.html")]
pub struct OwedPage {
    frame: Frame,
    items: Table,
}

/// Lists it.
///
/// # Errors
/// There is no such page where the authority has switched it off.
pub async fn get(app: App, _: Anybody) -> Answer {
    let items = app.store.register.items().await?;
    let people = app.store.people.all().await?;
    let names = Names::of(people.iter().map(|person| person.person.name.as_str()));
    let frame = frame(&app, "What is still owed to the committee", vec![all_reports()]);
    let today = day_in_england(app.now());
    Ok(public(page::show(&OwedPage::new(frame, &items, &names, today))?))
}

impl OwedPage {
    fn new(frame: Frame, items: &[Item], names: &Names, today: Date) -> Self {
        let columns = ["Item", "What was said", "Reply"].map(Column::words);
        let open = items.iter().filter(|item| item.stage() != Stage::Accepted);
        let row = |item: &Item| {
            // Who asked and who owes the reply stand in the minutes; here nobody is named.
            let words = item.words.words();
            let words = match names.line_with_one(words) {
                Some(_) => "It names somebody. Read it in the minutes of the meeting.",
                None => words,
            };
            let reply = match item.stage() {
                Stage::Replied => "Given, and not accepted yet".to_owned(),
                _ if item.is_overdue(today) => {
                    format!("Overdue since {}", day_in_words(item.due()))
                }
                _ => format!("Due on {}", day_in_words(item.due())),
            };
            let which =
                format!("{}, {}, {}", item.kind.words(), item.meeting.committee, item.reference());
            vec![Content::text(which), Content::written(words), Content::text(reply)]
        };
        Self {
            frame,
            items: Table::new("owed", "Questions, resolutions and promises", columns.into())
                .rows(open.map(row).collect())
                .empty("Nothing is owed: the committee has accepted every reply."),
        }
    }

    /// Nothing owed, and every kind of item with hostile words.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new("What is still owed to the committee");
        let day = jiff::civil::date(2026, 11, 24);
        let items = super::super::sample::items();
        let named = Names::of([crate::govuk::HOSTILE]);
        vec![
            Self::new(frame(), &[], &Names::default(), day),
            Self::new(frame(), &items, &Names::default(), day),
            Self::new(frame(), &items, &named, day),
        ]
    }
}
