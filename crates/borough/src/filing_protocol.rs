//! Larkmoor's filing protocol, and the one that supersedes it in the fourth quarter.

use jiff::civil::{Date, date};
use quarterlight_domain::filing::protocol::{Kind, KindCode, Protocol};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_domain::timescale::working_days::BankHolidays;
use quarterlight_store::{NewProtocol, Store};

use crate::fault::Fault;
use crate::rounds::{Round, before, moment, working};

/// Code, name, electronic place, paper section, and working days.
type Line = (&'static str, &'static str, &'static str, Option<&'static str>, u16);

const KINDS: [Line; 8] = [
    ("email", "Email that matters to the record", "Correspondence / Emails", None, 3),
    (
        "letter-in",
        "Letter received",
        "Correspondence / Letters received",
        Some("Section 4, correspondence"),
        5,
    ),
    (
        "letter-out",
        "Letter sent",
        "Correspondence / Letters sent",
        Some("Section 4, correspondence"),
        3,
    ),
    ("contact-note", "Note of a visit or call", "Case notes", None, 2),
    ("meeting", "Minutes of a meeting", "Meetings and reviews", Some("Section 5, meetings"), 15),
    ("court-order", "Court order or application", "Legal / Orders", Some("Section 3, legal"), 1),
    ("health", "Health report or letter", "Health", Some("Section 7, health"), 5),
    ("education", "School report or education plan", "Education", Some("Section 8, education"), 5),
];

/// Keeps the first protocol before the first quarter, so that it holds for what was filed before.
pub async fn keep_first(store: &Store, lead: PersonId, first: &Round) -> Result<(), Fault> {
    let at = moment(working(before(first.from, 12)), 16 * 60 + 31);
    let why = "The protocol of the project that brings paper and electronic records together.";
    keep(
        store,
        &Stamp::person(lead, at, "kept a filing protocol"),
        (before(first.from, 400), why, 0),
    )
    .await
}

/// Keeps the next protocol on the first morning of the fourth quarter: letters are scanned sooner.
pub async fn supersede(store: &Store, lead: PersonId, round: &Round) -> Result<(), Fault> {
    if round.number != 3 {
        return Ok(());
    }
    let stamp = Stamp::person(lead, moment(round.opening(), 8 * 60 + 20), "kept a filing protocol");
    let why = "Letters are scanned on the day on which they come, and filed sooner.";
    keep(store, &stamp, (round.opening(), why, 2)).await
}

async fn keep(
    store: &Store,
    stamp: &Stamp,
    (from, why, sooner): (Date, &str, u16),
) -> Result<(), Fault> {
    let kind = |(code, name, electronic, paper, within): Line| {
        let is_letter = code.starts_with("letter");
        Ok::<_, Refusal>(Kind {
            code: KindCode::new(code)?,
            name: name.to_owned(),
            electronic: electronic.to_owned(),
            paper: paper.map(str::to_owned),
            within: if is_letter { within - sooner } else { within },
        })
    };
    let kinds = KINDS.into_iter().map(kind).collect::<Result<_, _>>()?;
    let protocol = Protocol::new("Larkmoor filing protocol", from, kinds)?;
    store.filing.keep_protocol(stamp, &NewProtocol { protocol, why: Reason::new(why)? }).await?;
    Ok(())
}

/// The days on which Larkmoor is closed: Christmas and the day after, which is enough for a story.
pub fn closed(day: Date) -> Result<BankHolidays, Refusal> {
    let years = (day.year() - 3, day.year() + 1);
    let days = (years.0..=years.1).flat_map(|year| [date(year, 12, 25), date(year, 12, 26)]);
    BankHolidays::new("Larkmoor", "the borough", "Christmas alone", years, days.collect())
}
