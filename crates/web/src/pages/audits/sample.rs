//! An invented audit, from which the pages of this room make their samples.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use quarterlight_domain::audit::{Audit, Stage};
use quarterlight_domain::case_list::{CaseLine, KeyDate, Reference};
use quarterlight_domain::framework::{AgreedEdition, Contents, Section};
use quarterlight_domain::grade::{Grade, Opinion};
use quarterlight_domain::history::History;
use quarterlight_domain::id::{EditionId, ReturnNoteId};
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::moderation::send_back::{KeptNote, Note};
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use quarterlight_domain::text::Reason;
use quarterlight_store::{Attached, Given, Moved, Passage};

use super::InHand;
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;
use crate::session::SignedIn;

const TODAY: Date = date(2026, 11, 23);

/// An audit with nothing answered, one under way, and one submitted with hostile words in it.
pub fn audits() -> Vec<InHand> {
    let under_way = [answer("B1", Judgement::Met, ""), answer("C1", Judgement::NotMet, "")];
    let since = Timestamp::UNIX_EPOCH;
    let submitted = Reason::new(HOSTILE).map(|reasons| Stage::Submitted {
        at: since,
        opinion: Opinion::kept(Grade::RequiresImprovement, reasons),
    });
    [
        audit(Vec::new(), Stage::Assigned),
        audit(
            under_way.into_iter().collect::<Result<_, _>>().unwrap_or_default(),
            Stage::Underway { since },
        ),
        audit(
            [
                answer("B1", Judgement::PartlyMet, HOSTILE),
                answer("B2", Judgement::CannotTell, "The plan is on paper.\nNobody knows where."),
                answer("C1", Judgement::NotMet, HOSTILE),
            ]
            .into_iter()
            .collect::<Result<_, _>>()
            .unwrap_or_default(),
            submitted.unwrap_or(Stage::Assigned),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An audit that was given to somebody else, and whose day moved.
pub fn passage(hostile: bool) -> Passage {
    let because = if hostile { HOSTILE } else { "Priya is ill." }.to_owned();
    let by = Some("Amara Osei".to_owned());
    let at = Timestamp::UNIX_EPOCH;
    let given = Given {
        from: "Priya Anand".to_owned(),
        to: "Tom Ashdown".to_owned(),
        answers: 12,
        because: because.clone(),
        by: by.clone(),
        at,
    };
    let (from, to) = (date(2026, 12, 11), date(2026, 12, 18));
    Passage { given: vec![given], moved: vec![Moved { from, to, because, by, at }] }
}

/// Notes with which an audit came back: one to be cleared, and one that is.
pub fn notes() -> Vec<KeptNote> {
    let note = |id, standard: Option<&str>, done: Option<&str>| -> Result<KeptNote, Refusal> {
        let standard = standard.map(StandardCode::new).transpose()?;
        let done = done.map(Reason::new).transpose()?;
        Ok(KeptNote {
            id: ReturnNoteId(id),
            note: Note { standard, words: Reason::new(HOSTILE)? },
            done,
        })
    };
    [note(1, Some("C1"), None), note(2, None, Some(HOSTILE))].into_iter().flatten().collect()
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

fn audit(answers: Vec<Answer>, stage: Stage) -> Result<InHand, Refusal> {
    let edition = AgreedEdition::new(EditionId(1), 1, None, TODAY, contents()?);
    let audit = Audit { line: line()?, stage, ..invented::audit()? };
    let standard = Some(StandardCode::new("C1")?);
    let base = Frame::default();
    let (visitor, edition, later) = (visitor(), Arc::new(edition), Some(2));
    let attached = Attached::default();
    Ok(InHand { visitor, audit, answers, attached, edition, standard, later, base })
}

/// Somebody without a grant, which no sample needs.
pub fn visitor() -> SignedIn {
    invented::nobody()
}

/// An invented record.
fn line() -> Result<CaseLine, Refusal> {
    Ok(CaseLine {
        reference: Reference::new("R-2043")?,
        needs: [Need::ChildInNeed, Need::ChildProtection].into(),
        assessment_open: true,
        disabled: Known::Unknown,
        unaccompanied: Known::Yes,
        placement: Placement::OutOfArea,
        route: LegalRoute::Unknown,
        worker: None,
        team: Some("Children in Need North".to_owned()),
        dates: BTreeMap::from([(KeyDate::LastSeen, date(2026, 9, 2))]),
        history: History::default(),
    })
}

fn contents() -> Result<Contents, Refusal> {
    let standard = |code: &str, wording: &str, critical| -> Result<Standard, Refusal> {
        Ok(Standard {
            code: StandardCode::new(code)?,
            wording: wording.to_owned(),
            met_looks_like: "Brought up to date within three months. A stranger could act on it."
                .to_owned(),
            kind: StandardKind::Compliance,
            critical,
            applies: [Applies::All].into(),
            dip: false,
        })
    };
    let section = |letter: &str, title: &str, standards| Section {
        letter: letter.to_owned(),
        title: title.to_owned(),
        standards,
    };
    let file = vec![
        standard("B1", "There is a current case summary", false)?,
        standard("B2", HOSTILE, false)?,
    ];
    let child =
        vec![standard("C1", "The child is seen, and seen alone where that is right", true)?];
    Contents::new(
        "Children’s records",
        vec![
            section("B", "An orderly, current file", file),
            section("C", "Seeing and hearing the child", child),
        ],
    )
}
