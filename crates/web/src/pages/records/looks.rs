//! Who has looked at a record, on which page and when.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::stamp::{day_in_england, time_in_england};
use quarterlight_store::Look;

use super::ToSeeLooks;
use crate::govuk::{Column, Content, Table};
use crate::layout::Frame;
use crate::{links, page};

/// The most looks that the page lists.
const SHOWN: usize = 200;

/// Who has looked at a record.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/records/looks.html")]
pub struct LooksPage {
    frame: Frame,
    sentence: String,
    /// Where it stands who may see the record; none for those who do not answer for access.
    readers: Option<String>,
    looks: Table,
}

/// Shows who has looked; this look is noted too.
///
/// # Errors
/// There is no such page for those who may not see it, and for a record that never was.
pub async fn get(looks: ToSeeLooks) -> page::Result {
    page::show(&LooksPage::new(&looks))
}

impl LooksPage {
    fn new(seen: &ToSeeLooks) -> Self {
        let reference = seen.record.as_ref().map(|record| record.line.reference.to_string());
        let name = match &reference {
            Some(reference) => format!("record {reference}"),
            None => format!("record number {}, which is no longer open", seen.id),
        };
        let mut frame = Frame { title: format!("Who has looked at {name}"), ..seen.base.clone() };
        if let Some(reference) = reference.filter(|_| seen.may_read) {
            frame.breadcrumbs.push((format!("Record {reference}"), links::record(seen.id)));
        }
        let sentence = if seen.looks.len() < SHOWN {
            "Every look at a page about this record, the latest first. Yours is among them."
        } else {
            "The latest 200 looks at pages about this record, the latest first. Yours is among them."
        };
        let deed = Deed::Access(AccessDeed::SearchLooks);
        let searches = permits(&seen.visitor.person, deed, seen.visitor.today);
        Self {
            frame,
            sentence: sentence.to_owned(),
            readers: searches.then(|| links::readers(seen.id)),
            looks: table(&seen.looks),
        }
    }

    /// The first look, several, and hostile words at a record that is no longer open.
    pub fn samples() -> Vec<Self> {
        super::sample::to_see_looks().iter().map(Self::new).collect()
    }
}

/// The reason where one was asked for; break-glass is said to be that.
fn why(look: &Look) -> Content {
    match (&look.why, look.by_glass) {
        (Some(why), true) => Content::written(format!("Break-glass: {why}")),
        (Some(why), false) => Content::written(why.clone()),
        (None, _) => Content::text("Not asked"),
    }
}

fn table(looks: &[Look]) -> Table {
    let columns = vec![
        Column::words("When"),
        Column::words("Who"),
        Column::words("Page"),
        Column::words("Why"),
    ];
    let row = |look: &Look| {
        let (day, time) = (day_in_words(day_in_england(look.at)), time_in_england(look.at));
        vec![
            Content::text(format!("{day} at {time}")),
            Content::text(look.name.clone()),
            Content::text(look.page.clone()),
            why(look),
        ]
    };
    Table::new("looks", "Looks at this record", columns).rows(looks.iter().map(row).collect())
}
