//! The filing protocol: what goes where and within how long, and the protocols before and after.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::filing::protocol::{Held, Protocol, in_force};
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_store::KeptProtocol;

use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Button, Column, Content, Table};
use crate::layout::Frame;
use crate::permit::{ReadFilingProtocol, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// One protocol, with the others beside it.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/filing/protocol.html")]
pub struct ProtocolPage {
    frame: Frame,
    caption: String,
    sentence: String,
    kinds: Table,
    others: Table,
    next: Option<Button>,
}

/// The protocol that is in force today.
///
/// # Errors
/// There is no such page for those who may not read it.
pub async fn current(app: App, visitor: Through<ReadFilingProtocol>) -> page::Result {
    let kept = app.store.filing.protocols().await?;
    let held: Vec<Held> = kept.iter().map(|kept| kept.held.clone()).collect();
    let id = in_force(&held, visitor.today).map(|held| held.id);
    let shown = kept.iter().find(|kept| Some(kept.held.id) == id);
    page::show(&ProtocolPage::new(frame(&app, &visitor), &visitor, shown, &kept))
}

/// One protocol, in force or not.
///
/// # Errors
/// There is no such page for those who may not read it, and where there is no such protocol.
pub async fn get(
    app: App,
    visitor: Through<ReadFilingProtocol>,
    Path(id): Path<String>,
) -> page::Result {
    let kept = app.store.filing.protocols().await?;
    let shown = kept.iter().find(|kept| kept.held.id.to_string() == id);
    let shown = shown.ok_or(Failure::NotFound)?;
    page::show(&ProtocolPage::new(frame(&app, &visitor), &visitor, Some(shown), &kept))
}

fn frame(app: &App, visitor: &SignedIn) -> Frame {
    visitor.frame(app, TITLE, TITLE)
}

/// What the page is called, and the part of the product that it is.
pub const TITLE: &str = "Filing protocol";

impl ProtocolPage {
    fn new(
        frame: Frame,
        visitor: &SignedIn,
        shown: Option<&KeptProtocol>,
        all: &[KeptProtocol],
    ) -> Self {
        let may = permits(&visitor.person, Deed::WriteFilingProtocol, visitor.today);
        let others: Vec<_> = all.iter().filter(|kept| Some(*kept) != shown).collect();
        Self {
            frame,
            caption: shown.map_or_else(String::new, |kept| kept.held.protocol.name().to_owned()),
            sentence: shown.map_or_else(
                || "No filing protocol is in force.".to_owned(),
                |kept| sentence(kept, all, visitor),
            ),
            kinds: kinds(shown.map(|kept| &kept.held.protocol)),
            others: self::others(&others),
            next: may.then(|| {
                let link = links::next_filing_protocol();
                Button::link("Write the protocol that supersedes it", link).secondary()
            }),
        }
    }

    /// None, one, and one with others and hostile words.
    pub fn samples() -> Vec<Self> {
        let frame = || Frame::new(TITLE);
        let (lead, nobody) = (super::sample::lead(), super::sample::visitor());
        let all = super::sample::protocols(crate::govuk::HOSTILE);
        let one = all.get(..1).unwrap_or_default();
        vec![
            Self::new(frame(), &nobody, None, &[]),
            Self::new(frame(), &nobody, one.first(), one),
            Self::new(frame(), &lead, all.last(), &all),
        ]
    }
}

/// From when it holds, until when, who kept it and why.
fn sentence(kept: &KeptProtocol, all: &[KeptProtocol], visitor: &SignedIn) -> String {
    let from = kept.held.protocol.from();
    let next = all.iter().map(|it| it.held.protocol.from()).filter(|day| *day > from).min();
    let holds = if from <= visitor.today { "It has held since" } else { "It holds from" };
    let until = next.map_or(String::new(), |next| {
        format!(" and another supersedes it on {}", day_in_words(next))
    });
    let by = kept.by.as_deref().unwrap_or("The server’s own command line");
    format!("{holds} {}{until}. {by} kept it: {}", day_in_words(from), kept.why)
}

fn kinds(protocol: Option<&Protocol>) -> Table {
    let columns = vec![
        Column::words("Kind of correspondence"),
        Column::words("In the electronic record"),
        Column::words("On paper"),
        Column::words("Within"),
    ];
    let kinds = protocol.map(Protocol::kinds).unwrap_or_default();
    let rows = kinds.iter().map(|kind| {
        let days = if kind.within == 1 { "day" } else { "days" };
        vec![
            Content::text(kind.name.clone()),
            Content::text(kind.electronic.clone()),
            Content::text(kind.paper.clone().unwrap_or_else(|| "Not kept on paper".to_owned())),
            Content::text(format!("{} working {days}", kind.within)),
        ]
    });
    Table::new("kinds", "What goes where", columns)
        .rows(rows.collect())
        .empty("Nothing says where correspondence goes.")
}

fn others(others: &[&KeptProtocol]) -> Table {
    let columns =
        vec![Column::words("Protocol"), Column::words("From"), Column::words("Why it was kept")];
    let row = |kept: &&KeptProtocol| {
        let protocol = &kept.held.protocol;
        vec![
            Content::link(
                format!("{}, from {}", protocol.name(), day_in_words(protocol.from())),
                links::one_filing_protocol(kept.held.id),
            ),
            Content::text(day_in_words(protocol.from())),
            Content::written(kept.why.clone()),
        ]
    };
    Table::new("others", "The other protocols", columns)
        .rows(others.iter().map(row).collect())
        .empty("There is no other protocol.")
}
