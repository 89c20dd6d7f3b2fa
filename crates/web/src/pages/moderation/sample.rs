//! Invented second readings, from which the pages of this room make their samples.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use quarterlight_domain::audit::{Audit, Stage};
use quarterlight_domain::draw::Seed;
use quarterlight_domain::framework::{AgreedEdition, Contents, Section};
use quarterlight_domain::grade::{Grade, Opinion};
use quarterlight_domain::id::{AuditId, EditionId, ModerationId, PersonId, PlaceId};
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::moderation::pick::{Picked, Why};
use quarterlight_domain::moderation::reading::{Choice, Outcome, Reading};
use quarterlight_domain::moderation::{Ended, Ending, Moderation};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::record::Record;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use quarterlight_domain::statistics::agreement::{GradePair, Pair};
use quarterlight_domain::text::Reason;
use quarterlight_domain::ties::Ties;
use quarterlight_store::{InModeration, PairLine};

use super::{InHand, reader};
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;
use crate::session::SignedIn;

const TODAY: Date = date(2026, 11, 23);

/// A moderator.
pub fn moderator() -> SignedIn {
    let (role, place, from, until) = (Role::Moderator, PlaceId(1), date(2026, 1, 1), None);
    let grants = vec![Grant { role, place, from, until }];
    let person = Person { id: PersonId(5), name: "Farah Siddiqui".to_owned(), grants };
    invented::visitor(person)
}

/// Audits at every stage of a second reading, all read because of their grade.
pub fn in_moderation() -> Vec<InModeration> {
    let how = |how| Some(Ended { how, at: Timestamp::UNIX_EPOCH });
    let opened = |blind, ended| Some(Moderation { ended, ..moderation(blind) });
    let states = [
        (None, false),
        (opened(true, None), false),
        (opened(false, how(Ending::Returned)), true),
        (opened(false, how(Ending::Confirmed)), false),
    ];
    let kept = states.into_iter().map(|(moderation, came_again)| kept(moderation, came_again));
    kept.flatten().collect()
}

/// To be opened, refused, read blind with one standard read, read through, and confirmed.
pub fn in_hand() -> Vec<InHand> {
    let mut all: Vec<InHand> = Vec::new();
    let states = [
        (None, Why::Share, false),
        (Some(moderation(true)), Why::Blind, false),
        (Some(moderation(false)), Why::Grade(Grade::Inadequate), true),
    ];
    for (moderation, why, through) in states {
        all.extend(hand(moderation, why, through));
    }
    let mut refused = all.first().cloned();
    if let Some(it) = &mut refused {
        let why = format!("You cannot moderate this audit, because you {HOSTILE}.");
        it.reader = Err(Refusal::because(why));
    }
    let ended = Some(Ended { how: Ending::Confirmed, at: Timestamp::UNIX_EPOCH });
    let mut confirmed =
        hand(Some(Moderation { ended, ..moderation(false) }), Why::Share, true).ok();
    if let Some(it) = &mut confirmed {
        it.kept.changed = Some((Grade::Good, HOSTILE.to_owned()));
    }
    all.extend(refused);
    all.extend(confirmed);
    all
}

/// What auditors and moderators judged of a standard, and the edition that it is of.
pub fn pairs() -> (Vec<PairLine>, Vec<Arc<AgreedEdition>>) {
    let pair = |theirs, mine, blind, times| Pair { theirs, mine, blind, times };
    let pairs = [
        pair(Judgement::Met, Judgement::Met, false, 7),
        pair(Judgement::Met, Judgement::NotMet, true, 4),
        pair(Judgement::PartlyMet, Judgement::NotApplicable, false, 1),
    ];
    let line = |pair| -> Result<PairLine, Refusal> {
        Ok(PairLine {
            quarter: "2026-Q3".parse()?,
            edition: EditionId(1),
            standard: StandardCode::new("B1")?,
            auditor: PersonId(2),
            auditor_name: HOSTILE.to_owned(),
            pair,
        })
    };
    (pairs.into_iter().flat_map(line).collect(), edition().into_iter().collect())
}

/// Grades that two gave.
pub fn grade_pairs() -> Vec<GradePair> {
    let pair = |theirs, mine, times| GradePair { theirs, mine, times };
    vec![pair(Grade::Good, Grade::Good, 7), pair(Grade::Good, Grade::Inadequate, 1)]
}

fn hand(moderation: Option<Moderation>, why: Why, through: bool) -> Result<InHand, Refusal> {
    let kept = kept(moderation.clone(), false)?;
    let answers = vec![
        answer("B1", Judgement::PartlyMet, HOSTILE)?,
        answer("C1", Judgement::Met, "The child was seen alone.")?,
    ];
    let mut readings: Vec<Reading> = Vec::new();
    let mut outcomes: Vec<Outcome> = Vec::new();
    if let Some(moderation) = moderation.filter(|it| it.ended.is_none()) {
        let differ = Choice::Disagree(Judgement::NotMet);
        for (index, answer) in answers.iter().enumerate() {
            let step = match (moderation.blind, index) {
                (true, 0) => {
                    let words = HOSTILE.to_owned();
                    moderation.read_blind(None, answer, Judgement::NotMet, words)?
                }
                (false, 0) => moderation.settle(None, answer, differ, Reason::new(HOSTILE).ok())?,
                (false, _) if through => moderation.settle(None, answer, Choice::Agree, None)?,
                _ => continue,
            };
            readings.extend(step.reading);
            outcomes.extend(step.outcome);
        }
    }
    let visitor = moderator();
    let picked = Picked { why, number: None };
    let reader = reader(&visitor, &kept, picked, &Ties::default());
    Ok(InHand {
        reader,
        visitor,
        kept,
        edition: edition()?,
        picked,
        outcomes,
        standard: Some(StandardCode::new("B1")?),
        base: Frame::default(),
        readings,
        answers,
    })
}

fn moderation(blind: bool) -> Moderation {
    Moderation {
        id: ModerationId(1),
        audit: AuditId(3),
        round: 1,
        why: if blind { Why::Blind } else { Why::Share },
        blind,
        moderator: PersonId(5),
        moderator_name: "Farah Siddiqui".to_owned(),
        opened: Timestamp::UNIX_EPOCH,
        ended: None,
    }
}

fn kept(moderation: Option<Moderation>, came_again: bool) -> Result<InModeration, Refusal> {
    let audit = audit()?;
    Ok(InModeration {
        record: Record {
            id: audit.record,
            line: audit.line.clone(),
            as_at: TODAY,
            worker: None,
            whereabouts: Whereabouts::default(),
            service: Some(HOSTILE.to_owned()),
        },
        seed: Seed::new("dice 4-2-6-1")?,
        first: (Timestamp::UNIX_EPOCH, Grade::Inadequate),
        had_it: Vec::new(),
        moderation,
        came_again,
        settled: 0,
        changed: None,
        cycle_closed: None,
        audit,
    })
}

fn answer(code: &str, judgement: Judgement, seen: &str) -> Result<Answer, Refusal> {
    Ok(Answer {
        standard: StandardCode::new(code)?,
        judgement,
        seen: seen.to_owned(),
        found: "Case notes, 3 May".to_owned(),
        version: 1,
    })
}

fn audit() -> Result<Audit, Refusal> {
    let opinion = Opinion::kept(Grade::Inadequate, Reason::new(HOSTILE)?);
    let stage = Stage::Submitted { at: Timestamp::UNIX_EPOCH, opinion };
    Ok(Audit { stage, ..invented::audit()? })
}

fn edition() -> Result<Arc<AgreedEdition>, Refusal> {
    let section = |letter: &str, title: &str, critical| -> Result<Section, Refusal> {
        let standard = Standard {
            code: StandardCode::new(&format!("{letter}1"))?,
            wording: "There is a current case summary".to_owned(),
            met_looks_like: "Brought up to date within three months.".to_owned(),
            kind: StandardKind::Quality,
            critical,
            applies: [Applies::All].into(),
            dip: false,
        };
        let (letter, title) = (letter.to_owned(), title.to_owned());
        Ok(Section { letter, title, standards: vec![standard] })
    };
    let sections = vec![
        section("B", "An orderly, current file", false)?,
        section("C", "Seeing and hearing the child", true)?,
    ];
    let contents = Contents::new("Children’s records", sections)?;
    Ok(Arc::new(AgreedEdition::new(EditionId(1), 1, None, TODAY, contents)))
}
