//! Who was asked in the borough's audits, what they come to in words, and what workers say to them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::framework::Contents;
use quarterlight_domain::id::{PersonId, ThemeId};
use quarterlight_domain::names::Names;
use quarterlight_domain::need::{Known, Need};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::reply::{Meant, NewReply, Outcome};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::summing_up::{SummingUp, ThemeName, TrainingLink};
use quarterlight_domain::text::Reason;
use quarterlight_domain::voice::{Asked, Heard, Whose};
use quarterlight_store::Store;

use crate::agenda::{Agenda, Desk, Event};
use crate::fault::Fault;
use crate::luck::Luck;
use crate::rounds::{after, before, moment, working};
use crate::words::voices::{
    CHANGES, COMMENTS, HOW, ISSUES, NOT_ASKED, PROPOSED, REASONS, SAID, STRENGTHS, THEMES, WRONG,
};

/// Puts the first themes on the list.
pub async fn list_themes(store: &Store, lead: PersonId, at: Timestamp) -> Result<(), Fault> {
    let stamp = Stamp::person(lead, at, "put a theme on the list");
    for name in THEMES {
        store.themes.list(&stamp, &ThemeName::new(name, &Names::default())?).await?;
    }
    Ok(())
}

/// Writes down who was asked and what the audit comes to, before it is submitted.
pub async fn write(store: &Store, stamp: &Stamp, audit: &Audit) -> Result<(), Fault> {
    let mut luck = Luck::of(&format!("voices {} {}", audit.quarter, audit.reference()));
    for whose in Whose::ALL {
        if let Some(heard) = heard(audit, whose, stamp.day(), &mut luck) {
            heard.check(stamp.day())?;
            store.voices.hear(stamp, audit.id, &heard).await?;
        }
    }
    let listed: Vec<ThemeId> = store.themes.all().await?.iter().map(|theme| theme.id).collect();
    let mut themes: BTreeSet<ThemeId> = BTreeSet::new();
    for _ in 0..luck.between(0, 2) {
        themes.extend(luck.pick(&listed).copied());
    }
    let one = |of: &[&str], luck: &mut Luck| luck.pick(of).copied().unwrap_or_default().to_owned();
    let url = "https://learning.larkmoor.example/recording";
    let link =
        if luck.percent(20) { TrainingLink::new("Recording that helps", url)? } else { None };
    let written = SummingUp {
        strengths: one(&STRENGTHS, &mut luck),
        issues: one(&ISSUES, &mut luck),
        themes,
        training: link.into_iter().collect(),
        version: 0,
    };
    let proposed = if luck.percent(6) { luck.pick(&PROPOSED) } else { None };
    let new = proposed.map(|name| ThemeName::new(name, &Names::default())).transpose()?;
    store.voices.sum_up(stamp, audit.id, &written, new.as_ref()).await?;
    Ok(())
}

/// Whether somebody was asked; nothing is noted in one of eight.
fn heard(audit: &Audit, whose: Whose, today: Date, luck: &mut Luck) -> Option<Heard> {
    if luck.percent(12) {
        return None;
    }
    let words =
        |of: &[&str], luck: &mut Luck| luck.pick(of).copied().unwrap_or_default().to_owned();
    let in_care = audit.line.needs.contains(&Need::InCare);
    let is_there = whose != Whose::Carer || in_care;
    let asked_of_a_hundred = if whose == Whose::Worker { 85 } else { 55 };
    let (asked, said) = if !is_there {
        (Asked::No("There is no carer beside the parents.".to_owned()), String::new())
    } else if luck.percent(asked_of_a_hundred) {
        let on = before(today, luck.between(1, 9));
        (Asked::Yes(on, words(&HOW, luck)), words(&SAID, luck))
    } else {
        (Asked::No(words(&NOT_ASKED, luck)), String::new())
    };
    let changed = match (&asked, luck.below(10)) {
        (Asked::No(_), _) | (_, 6..) => Known::Unknown,
        (_, 0..3) => Known::Yes,
        _ => Known::No,
    };
    let change = if changed == Known::Yes { words(&CHANGES, luck) } else { String::new() };
    Some(Heard { whose, asked, said, changed, change, version: 0 })
}

/// What the holder says once an audit is submitted, and what a moderator decides.
pub fn enter(
    (desk, audit): (usize, &Audit),
    moderator: PersonId,
    submitted: Date,
    agenda: &mut Agenda,
) {
    let Some(by) = audit.holder else { return };
    let mut luck = Luck::of(&format!("reply {} {}", audit.quarter, audit.reference()));
    if !luck.percent(70) {
        return;
    }
    let meant = if luck.percent(60) { Meant::Challenge } else { Meant::Comment };
    let day = working(after(submitted, luck.between(2, 8)));
    agenda.add(moment(day, luck.between(9 * 60, 17 * 60)), Event::Reply { desk, by, meant });
    if meant == Meant::Challenge && luck.percent(75) {
        let day = working(after(day, luck.between(3, 12)));
        let at = moment(day, luck.between(9 * 60, 17 * 60));
        agenda.add(at, Event::Decide { desk, by: moderator });
    }
}

/// A reply to the first answer that fell short; none where nothing did.
pub fn reply(contents: &Contents, desk: &Desk, meant: Meant) -> Result<Option<NewReply>, Refusal> {
    let short = desk.answers.iter().find(|answer| answer.judgement.needs_words());
    let Some(answer) = short else { return Ok(None) };
    let audit = &desk.audit;
    let mut luck = Luck::of(&format!("replied {} {}", audit.quarter, audit.reference()));
    let words = match meant {
        Meant::Comment => luck.pick(&COMMENTS),
        Meant::Challenge => luck.pick(&WRONG),
    };
    let words = Reason::new(words.copied().unwrap_or_default())?;
    let new = NewReply { standard: answer.standard.clone(), meant, words };
    NewReply::to(audit, contents, &[], new).map(Some)
}

/// What a moderator decides about a challenge, and why.
pub fn decision(audit: &Audit) -> Result<(Outcome, Reason), Refusal> {
    let mut luck = Luck::of(&format!("decided {} {}", audit.quarter, audit.reference()));
    let (outcome, reason) = luck.pick(&REASONS).copied().unwrap_or((Outcome::NotUpheld, ""));
    Ok((outcome, Reason::new(reason)?))
}
