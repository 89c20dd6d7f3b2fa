//! Who may see one record today, and by which grant or assignment.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::access::rights::by_which;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::person::Person;
use quarterlight_domain::place::Place;
use quarterlight_domain::record::Record;

use super::ToSeeLooks;
use crate::app::App;
use crate::error::Failure;
use crate::govuk::{Column, Content, HOSTILE, Table};
use crate::layout::Frame;
use crate::{links, page};

/// Somebody who may see something of the record: the name, what they may see, and by what.
type Reader = (String, String, String);

/// A record whose readers somebody may see.
#[derive(Debug, Clone)]
pub struct ToSeeReaders(ToSeeLooks);

impl FromRequestParts<App> for ToSeeReaders {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let seen = ToSeeLooks::from_request_parts(parts, app).await?;
        let deed = Deed::Access(AccessDeed::SearchLooks);
        if permits(&seen.visitor.person, deed, seen.visitor.today) {
            Ok(Self(seen))
        } else {
            Err(Failure::NotFound)
        }
    }
}

/// Who may see the record.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/records/readers.html")]
pub struct ReadersPage {
    frame: Frame,
    sentence: String,
    readers: Table,
}

/// Shows who may see the record today. The look is noted already.
///
/// # Errors
/// There is no such page for those who do not answer for access.
pub async fn get(app: App, ToSeeReaders(seen): ToSeeReaders) -> page::Result {
    let people: Vec<Person> =
        app.store.people.all().await?.into_iter().map(|line| line.person).collect();
    let places = app.store.places.all().await?;
    let mut audits = Vec::new();
    for line in app.store.audits.of_record(seen.id).await? {
        audits.extend(app.store.audits.in_hand(line.id).await?.map(|kept| kept.audit));
    }
    let today = seen.visitor.today;
    let mut readers = Vec::new();
    for person in &people {
        if let Some(record) = &seen.record {
            readers.extend(of_record(person, record, (&places, today)));
        }
        for audit in &audits {
            readers.extend(of_audit(person, audit, (&places, today)));
        }
    }
    page::show(&ReadersPage::new(&seen, &readers))
}

type Today<'a> = (&'a [Place], jiff::civil::Date);

fn of_record(person: &Person, record: &Record, (places, today): Today<'_>) -> Option<Reader> {
    let may = |it: &Person| permits(it, Deed::ReadRecord(record), today);
    may(person).then(|| {
        let by = by_grants(person, (places, today), may);
        (person.name.clone(), "Reads what the case list says of it".to_owned(), by)
    })
}

fn of_audit(person: &Person, audit: &Audit, (places, today): Today<'_>) -> Option<Reader> {
    let makes = |it: &Person| permits(it, Deed::MakeAudit(audit), today);
    let reads = |it: &Person| permits(it, Deed::ReadAudit(audit), today);
    let quarter = audit.quarter.words();
    let (what, by) = if makes(person) {
        ("Makes its audit of", "The audit is assigned to them".to_owned())
    } else if reads(person) {
        let by = if audit.holder == Some(person.id) {
            "They hold the record".to_owned()
        } else {
            by_grants(person, (places, today), reads)
        };
        ("Reads its audit of", by)
    } else {
        return None;
    };
    Some((person.name.clone(), format!("{what} {quarter}"), by))
}

fn by_grants(person: &Person, (places, today): Today<'_>, may: impl Fn(&Person) -> bool) -> String {
    let name = |id: PlaceId| {
        let found = places.iter().find(|place| place.id == id);
        found.map_or_else(|| "a place".to_owned(), |place| place.name.clone())
    };
    let grants = by_which(person, today, may);
    let words: Vec<String> = grants
        .iter()
        .map(|grant| format!("{} over {}", grant.role.words(), name(grant.place)))
        .collect();
    words.join("; ")
}

impl ReadersPage {
    fn new(seen: &ToSeeLooks, readers: &[Reader]) -> Self {
        let name = match &seen.record {
            Some(record) => format!("record {}", record.line.reference),
            None => format!("record number {}, which is no longer open", seen.id),
        };
        let mut frame = Frame { title: format!("Who may see {name}"), ..seen.base.clone() };
        frame.breadcrumbs.push(("Who has looked".to_owned(), links::looks(seen.id)));
        let columns = vec![Column::words("Who"), Column::words("What"), Column::words("By what")];
        let row = |(who, what, by): &Reader| {
            vec![Content::text(who), Content::text(what), Content::text(by)]
        };
        Self {
            frame,
            sentence: "Everybody whose grants or assignments open something of this record today. \
                 Break-glass opens a record to others for half an hour, with a reason, notice and \
                 review."
                .to_owned(),
            readers: Table::new("readers", "Who may see it today", columns)
                .rows(readers.iter().map(row).collect())
                .empty("Nobody may see it today."),
        }
    }

    /// Nobody, and somebody with hostile words.
    pub fn samples() -> Vec<Self> {
        let hostile = (HOSTILE.to_owned(), HOSTILE.to_owned(), HOSTILE.to_owned());
        let seen = super::sample::to_see_looks();
        let pages = seen.iter().zip([vec![], vec![hostile.clone(), hostile]]);
        pages.map(|(seen, readers)| Self::new(seen, &readers)).collect()
    }
}
