//! How people in the borough have signed in: what they accepted, and what is noted of the last days.

use jiff::civil::Date;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{Happened, Store};

use crate::cast::CastMember;
use crate::fault::Fault;
use crate::luck::Luck;
use crate::rounds::{before, moment};

/// What everybody accepts before anything opens.
const WORDS: &str = "You are about to see information about children and families. Here all of them are invented; in your council they are not.\n\nOpen only the records that your work asks you to open. Each one that you open is noted with your name, the page and the time.\n\nKeep what you sign in with to yourself, and sign out when you leave the machine.";

/// Who has not signed in yet.
const NEWEST: &str = "Nuala Brennan";

/// What people sign in with, by its family.
const BROWSERS: [&str; 3] = ["Edge on Windows", "Chrome on Windows", "Safari on iPhone"];

/// Everybody but the newest has accepted the confidentiality page, and has signed in lately; some of
/// them had to try twice, and somebody tried with an address that nobody has.
pub async fn have_signed_in(
    store: &Store,
    people: &[CastMember],
    today: Date,
) -> Result<(), Fault> {
    // After everything else, because the journal's times never go back.
    let day = before(today, 1);
    let console = Stamp::console(moment(day, 23 * 60), "kept the confidentiality page");
    let text = store.sign_ins.keep_confidentiality(&console, before(today, 400), WORDS).await?;
    let mut luck = Luck::of("sign-ins");
    let newest = |person: &&CastMember| person.name != NEWEST;
    for (minute, person) in (23 * 60 + 1..).zip(people.iter().filter(newest)) {
        let place = (luck.below(4), luck.below(3));
        let note = |event, minute, person| happened(event, (day, minute), person, place);
        if luck.percent(20) {
            store.sign_ins.note(&note(SignInEvent::Wrong, minute, Some(person.id))).await?;
        }
        let mut signed_in = note(SignInEvent::SignedIn, minute, Some(person.id));
        "With a password".clone_into(&mut signed_in.detail);
        store.sign_ins.note(&signed_in).await?;
        let accepted = note(SignInEvent::Accepted, minute, Some(person.id));
        let stamp = Stamp::person(person.id, accepted.at, "accepted the confidentiality page");
        store.sign_ins.accept(&stamp, (person.id, text), &accepted).await?;
    }
    for minute in 0..3 {
        let mut tried = happened(SignInEvent::Wrong, (day, 18 * 60 + minute), None, (9, 1));
        tried.account = Some(vec![0x51; 32]);
        store.sign_ins.note(&tried).await?;
    }
    Ok(())
}

fn happened(
    event: SignInEvent,
    (day, minute): (Date, u32),
    person: Option<PersonId>,
    (place, browser): (u32, u32),
) -> Happened {
    Happened {
        event,
        at: moment(day, minute),
        person,
        account: None,
        by: None,
        network: format!("192.0.2.{}", place + 10),
        browser: browser_of(browser).to_owned(),
        detail: String::new(),
    }
}

fn browser_of(number: u32) -> &'static str {
    let place = usize::try_from(number).unwrap_or(0);
    BROWSERS.get(place).copied().unwrap_or("Not known")
}
