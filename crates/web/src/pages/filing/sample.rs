//! Invented checks, from which the pages of this room make their samples.

use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::filing::figures::{ItemCounts, PaperCounts, RecordAge, TeamItems};
use quarterlight_domain::filing::hours::{Entered, Hours};
use quarterlight_domain::filing::item::{Item, Seen, Taken};
use quarterlight_domain::filing::mismatch::Matter;
use quarterlight_domain::filing::outcome::Outcome;
use quarterlight_domain::filing::paper::{Agrees, Paper};
use quarterlight_domain::filing::protocol::{Held, Kind, KindCode, Protocol};
use quarterlight_domain::id::{
    FilingCheckId, FilingProtocolId, MismatchId, PersonId, PlaceId, RecordId,
};
use quarterlight_domain::need::Known;
use quarterlight_domain::person::{Grant, Role};
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_store::{CheckLine, Cleared, FilingCheck, KeptProtocol, MismatchLine, Withdrawn};

use super::check::Around;
use super::check_form::CheckForm;
use super::grid::GridLine;
use super::{ToCheck, ToReadCheck};
use crate::form::Errors;
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;
use crate::session::SignedIn;

const TODAY: Date = date(2026, 11, 23);

/// Somebody without a grant.
pub fn visitor() -> SignedIn {
    invented::nobody()
}

/// The quality lead.
pub fn lead() -> SignedIn {
    let from = date(2026, 1, 1);
    let grant = Grant { role: Role::QualityLead, place: PlaceId(1), from, until: None };
    let mut visitor = visitor();
    visitor.person.grants.push(grant);
    visitor
}

/// Two protocols, the latest first, the second with these words.
pub fn protocols(words: &str) -> Vec<KeptProtocol> {
    let kept = |id, from, words: &str, by: Option<&str>| {
        let kind = |code: &str, paper: Option<&str>, within| {
            Ok::<_, Refusal>(Kind {
                code: KindCode::new(code)?,
                name: format!("{words} {code}"),
                electronic: words.to_owned(),
                paper: paper.map(str::to_owned),
                within,
            })
        };
        let kinds = vec![kind("letter", Some(words), 5)?, kind("court-order", None, 1)?];
        let protocol = Protocol::new(words, from, kinds)?;
        let held = Held { id: FilingProtocolId(id), protocol };
        Ok::<_, Refusal>(KeptProtocol { held, by: by.map(str::to_owned), why: words.to_owned() })
    };
    [kept(2, date(2026, 12, 1), "Letters", None), kept(1, date(2026, 1, 1), words, Some(words))]
        .into_iter()
        .flatten()
        .collect()
}

fn reference(text: &str) -> Result<Reference, Refusal> {
    Reference::new(text)
}

/// A check that counts, and one that was taken back.
pub fn checks(words: &str) -> Vec<CheckLine> {
    let line = |team: Option<&str>, withdrawn| {
        Ok::<_, Refusal>(CheckLine {
            id: FilingCheckId(3),
            record: RecordId(7),
            reference: reference("R-2043")?,
            audit: None,
            team: team.map(str::to_owned),
            whereabouts: Whereabouts::default(),
            by: PersonId(2),
            by_name: words.to_owned(),
            checked_on: TODAY,
            newest: (words != HOSTILE).then_some(TODAY),
            items: 5,
            open: 2,
            withdrawn,
        })
    };
    let at = Timestamp::UNIX_EPOCH;
    let back = Withdrawn { by: words.to_owned(), at, words: words.to_owned() };
    [line(Some(words), None), line(None, Some(back))].into_iter().flatten().collect()
}

/// One thing of each matter, the last of them put right.
pub fn mismatches(words: &str) -> Vec<MismatchLine> {
    let line = |(number, matter): (i64, Matter)| {
        let cleared = (matter == Matter::PaperDiffers).then(|| Cleared {
            by: words.to_owned(),
            at: Timestamp::UNIX_EPOCH,
            words: words.to_owned(),
        });
        Ok::<_, Refusal>(MismatchLine {
            id: MismatchId(number),
            check: FilingCheckId(3),
            record: RecordId(7),
            reference: reference("R-2043")?,
            matter,
            place: if number % 2 == 0 { words.to_owned() } else { "Store 2".to_owned() },
            what: words.to_owned(),
            since: date(2026, 9, 2),
            team: (number > 1).then(|| words.to_owned()),
            whereabouts: Whereabouts::default(),
            cleared,
        })
    };
    (1..).zip(Matter::ALL).map(line).filter_map(Result::ok).collect()
}

/// An item with each outcome.
fn items(words: &str) -> Vec<(String, Item)> {
    let item = |outcome: Outcome| {
        let entered = Entered { day: date(2026, 11, 12), time: Some(time(20, 5, 0, 0)) };
        let is_missing = outcome == Outcome::Missing;
        let seen = Seen {
            kind: KindCode::new("letter")?,
            dated: date(2026, 11, 3),
            entered: (outcome == Outcome::Late).then_some(entered),
            found: if outcome == Outcome::Misfiled { words.to_owned() } else { String::new() },
            outcome,
            why: Reason::new(words).ok().filter(|_| outcome == Outcome::Late),
        };
        let item = Item {
            hours: seen.entered.map(|_| Hours::Evening),
            seen,
            protocol: FilingProtocolId(1),
            taken: (outcome == Outcome::Late || is_missing).then_some(Taken { days: 7, limit: 5 }),
            is_overruled: outcome == Outcome::Late,
        };
        Ok::<_, Refusal>((words.to_owned(), item))
    };
    Outcome::ALL.into_iter().map(item).filter_map(Result::ok).collect()
}

/// A check of the paper alone, one of items with what has to be put right, and one taken back.
pub fn to_read() -> Vec<(ToReadCheck, Vec<MismatchLine>, Errors)> {
    let mut lines = checks("Priya Anand").into_iter();
    let (Some(plain), Some(mut back)) = (lines.next(), lines.next()) else { return Vec::new() };
    if let Some(withdrawn) = &mut back.withdrawn {
        HOSTILE.clone_into(&mut withdrawn.words);
    }
    let paper = Paper {
        exists: Known::Yes,
        mentioned: Known::No,
        place: HOSTILE.to_owned(),
        volumes: Some(3),
        last_item: Some(date(2025, 3, 1)),
        agrees: Some(Agrees::CannotTell),
    };
    let read = |line: &CheckLine, items, paper| ToReadCheck {
        visitor: visitor(),
        check: FilingCheck { line: line.clone(), items, paper },
        base: Frame::default(),
    };
    let mut errors = Errors::default();
    errors.say("because", HOSTILE);
    let mut own = read(&plain, items(HOSTILE), paper.clone());
    own.visitor = lead();
    vec![
        (read(&plain, Vec::new(), paper), Vec::new(), Errors::default()),
        (own, mismatches(HOSTILE), errors),
        (read(&back, items("Letter"), Paper::default()), Vec::new(), Errors::default()),
    ]
}

/// What the form to check a record is made from.
pub type Checking = (ToCheck, Around, CheckForm, Vec<GridLine>, Errors);

/// Nothing typed, after two checks, and everything wrong with hostile words.
pub fn to_check() -> Vec<Checking> {
    let Ok(reference) = reference("R-2043") else { return Vec::new() };
    let of = |team: Option<&str>| ToCheck {
        visitor: visitor(),
        record: RecordId(7),
        reference: reference.clone(),
        team: team.map(str::to_owned),
        audit: None,
        base: Frame::default(),
    };
    let held = protocols(HOSTILE).into_iter().map(|kept| kept.held).collect();
    let around = Around { held, before: checks(HOSTILE) };
    let form = CheckForm::of(TODAY, "0".repeat(32));
    let blank = || vec![GridLine { values: vec![String::new(); 7], wrong: None }; 3];
    let mut wrong = blank();
    for line in &mut wrong {
        line.values = vec![HOSTILE.to_owned(); 7];
        line.wrong = Some(("found", HOSTILE.to_owned()));
    }
    let mut errors = Errors::default();
    for name in ["checked", "newest", "items", "exists", "volumes", "last"] {
        errors.say(name, HOSTILE);
    }
    vec![
        (of(None), Around::default(), form.clone(), blank(), Errors::default()),
        (of(Some("Team One")), around.clone(), form.clone(), blank(), Errors::default()),
        (of(Some(HOSTILE)), around, form, wrong, errors),
    ]
}

/// Records of one team, and one of which nobody knows.
pub fn ages(words: &str) -> Vec<RecordAge> {
    let age = |days| {
        Ok::<_, Refusal>(RecordAge {
            reference: reference("R-2043")?,
            team: Some(words.to_owned()),
            whereabouts: Whereabouts::default(),
            days,
        })
    };
    [age(Some(41)), age(Some(3)), age(None)].into_iter().flatten().collect()
}

/// Two quarters of one team and of one that nobody knows.
pub fn figures(words: &str) -> (Vec<TeamItems>, Vec<PaperCounts>) {
    let counts = ItemCounts {
        items: 48,
        missing: 5,
        misfiled: 4,
        another_record: 1,
        timed: 31,
        late: 9,
        dated: 33,
        weekend: 3,
        clocked: 20,
        evening: 6,
    };
    let quarters = [Quarter::new(2026, 4), Quarter::new(2026, 3)];
    let (mut teams, mut services) = (Vec::new(), Vec::new());
    for quarter in quarters.into_iter().flatten() {
        for name in [Some(words), None] {
            let whereabouts = Whereabouts::default();
            let team = name.map(str::to_owned);
            let it = TeamItems { quarter, team, whereabouts, records: 9, counts: counts.clone() };
            let paper = if name.is_some() { 6 } else { 0 };
            services.push(PaperCounts {
                quarter,
                service: it.team.clone(),
                whereabouts: Whereabouts::default(),
                records: 9,
                paper,
                no_paper: 2,
                mentioned: paper / 2,
                not_mentioned: paper / 3,
                agreeing: paper / 3,
                differing: 0,
            });
            teams.push(it);
        }
    }
    (teams, services)
}
