//! Invented cycles, from which the pages of this room make their samples.

use jiff::Timestamp;
use jiff::civil::date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::cell::{CellKind, CellPattern};
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::cycle::Cycle;
use quarterlight_domain::draw::{METHOD, Seed};
use quarterlight_domain::draw_event::{DrawEvent, SwapReason};
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::draw_request::DrawRequest;
use quarterlight_domain::eligible::OpenRecord;
use quarterlight_domain::frame::{Frame as DrawFrame, Stratum};
use quarterlight_domain::id::{
    AuditId, CycleId, DrawId, DrawRequestId, EditionId, ExclusionId, PersonId, PlaceId, RecordId,
    ReminderId,
};
use quarterlight_domain::missed::{Missed, MissedBecause};
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::person::Person;
use quarterlight_domain::progress::{ProgressCounts, TeamProgress};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::reminder::{Occasion, Reminder};
use quarterlight_domain::text::Reason;
use quarterlight_store::{
    Closed, CycleProgress, DrawSummary, ExcludedLine, KeptEvent, Outcome, PickLine, Published,
    ReminderLine, Undone,
};

use super::InHand;
use super::requests::Requests;
use super::share::Choice;
use crate::govuk::HOSTILE;
use crate::invented;
use crate::layout::Frame;
use crate::session::SignedIn;

/// A cycle that was not drawn, one under way, and one that is past.
pub fn cycles() -> Vec<InHand> {
    let cycle = |year, number, due, drawn| {
        let cycle = Cycle {
            id: CycleId(5),
            quarter: Quarter::new(year, number)?,
            edition: EditionId(1),
            due,
        };
        let progress =
            CycleProgress { cycle, drawn, assigned: drawn / 2, started: 0, submitted: 0 };
        Ok::<_, Refusal>(InHand { visitor: visitor(), progress, base: Frame::default() })
    };
    [
        cycle(2027, 1, date(2027, 3, 12), 0),
        cycle(2026, 4, date(2026, 12, 11), 48),
        cycle(2026, 3, date(2026, 9, 11), 2400),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Words that are ordinary, or hostile.
pub fn words(hostile: bool) -> String {
    if hostile { HOSTILE.to_owned() } else { "Priya Anand".to_owned() }
}

/// What a draw was made with.
pub fn drawn(hostile: bool) -> DrawSummary {
    DrawSummary {
        id: DrawId(1),
        seed: words(hostile),
        method: METHOD.to_owned(),
        frame_digest: "5e88".repeat(16),
        drawn_on: date(2026, 10, 2),
        file: String::new(),
    }
}

/// A record in each state, and a reserve.
pub fn picks(hostile: bool) -> Vec<PickLine> {
    let stratum = Stratum::of("Children in Need North", Cohort::DisabledPlacedOut.code());
    let pick = |rank, audit: Option<i64>, submitted, reserve| {
        Ok::<_, Refusal>(PickLine {
            record: RecordId(7),
            reference: Reference::new("R-2043")?,
            stratum: if hostile { HOSTILE.to_owned() } else { stratum.as_str().to_owned() },
            rank,
            reserve,
            audit: audit.map(AuditId),
            auditor: audit.map(|_| words(hostile)),
            submitted,
        })
    };
    [
        pick(1, Some(3), true, false),
        pick(2, Some(4), false, false),
        pick(3, None, false, false),
        pick(4, None, false, true),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// One record that is excluded by name in hostile words, and one that was.
pub fn excluded() -> Vec<ExcludedLine> {
    let line = |id, reference: &str, ended| {
        Ok::<_, Refusal>(ExcludedLine {
            id: ExclusionId(id),
            record: RecordId(id),
            reference: Reference::new(reference)?,
            reason: SwapReason::Held,
            words: HOSTILE.to_owned(),
            by: (id == 2).then(|| HOSTILE.to_owned()),
            on: date(2026, 12, 3),
            ended,
        })
    };
    let ended = (HOSTILE.to_owned(), None, date(2026, 12, 4));
    [line(2, "R-2043", None), line(3, "R-2051", Some(ended))].into_iter().flatten().collect()
}

/// Two strata to draw from, one of them larger than the other, and some records audited lately.
pub fn open() -> Vec<OpenRecord> {
    let record = |number: u32| {
        let service =
            if number.is_multiple_of(5) { "Disability Service" } else { "Children in Need North" };
        let lately = number.is_multiple_of(7);
        Ok::<_, Refusal>(OpenRecord {
            reference: Reference::new(&format!("R-{number}"))?,
            stratum: Stratum::of(service, Cohort::InCare.code()),
            kind: CellKind {
                cohort: Cohort::InCare,
                need: Need::InCare,
                disabled: if number.is_multiple_of(3) { Known::Yes } else { Known::Unknown },
                placement: Placement::Unknown,
                route: LegalRoute::Unknown,
            },
            service: Some(PlaceId(2)),
            audited: if lately { Some(Quarter::new(2026, 4)?) } else { None },
            worker: None,
            excluded: None,
        })
    };
    (0..300).flat_map(record).collect()
}

/// A request that can be met, one of which no record is open, and one that cuts across the first.
pub fn requests(hostile: bool) -> Requests {
    let any = CellPattern::default();
    let disabled = CellPattern { disabled: Some(Known::Yes), ..any };
    let nobody = CellPattern { cohort: Some(Cohort::DisabledPlacedOut), ..any };
    let request = |(id, pattern, at_least)| {
        Ok::<_, Refusal>(DrawRequest {
            id: DrawRequestId(id),
            pattern,
            at_least,
            reason: Reason::new(&words(hostile))?,
            asked_by: (id != 3).then(|| words(hostile)),
            asked_on: date(2026, 11, 2),
        })
    };
    let open = [(1, disabled, 9), (2, nobody, 3), (3, any, 2)].into_iter().flat_map(request);
    Requests { open: open.collect(), services: vec![(PlaceId(2), words(hostile))] }
}

/// A draw of twelve records with a swap and a top-up, and words for each.
pub fn published(hostile: bool) -> Option<Published> {
    let lines = open().into_iter().map(|record| (record.stratum, record.reference));
    let frame = DrawFrame::new(lines).ok()?;
    let sizes = frame.sizes().into_keys().map(|stratum| (stratum, 6)).collect();
    let seed = Seed::new("dice 4 2 6 1").ok()?;
    let mut file = DrawFile::drawn(Quarter::new(2026, 4).ok()?, seed, frame, sizes).ok()?;
    let mut sample = file.sample().ok()?;
    let out = file.picks.first()?.reference.clone();
    let on = date(2026, 10, 12);
    let swap = sample.swap(on, SwapReason::Closed, &out).ok()?;
    let more = file.sizes.keys().map(|stratum| (stratum.clone(), 1)).collect();
    file.events = vec![swap, sample.top_up(on, &more).ok()?];
    let kept = |event: &DrawEvent| KeptEvent {
        event: event.clone(),
        words: words(hostile),
        by: (!hostile).then(|| "Amara Osei".to_owned()),
    };
    let events = file.events.iter().map(kept).collect();
    Some(Published { id: DrawId(1), file, events })
}

/// Two auditors.
pub fn auditors(hostile: bool) -> Vec<Person> {
    let person = |id, name: String| Person { id: PersonId(id), name, grants: Vec::new() };
    vec![person(2, words(hostile)), person(3, "Tom Ashdown".to_owned())]
}

/// A record that both can audit, one that one of them cannot, and one that nobody can.
pub fn choices(hostile: bool) -> Vec<Choice> {
    let choice = |id, reference: &str, can: usize| {
        let independent = auditors(hostile).into_iter().take(can);
        let why = "Tom Ashdown cannot audit this, because they hold the record.".to_owned();
        Ok::<_, Refusal>(Choice {
            record: RecordId(id),
            reference: Reference::new(reference)?,
            stratum: words(hostile),
            independent: independent.map(|person| (person.id, person.name)).collect(),
            outside: [PersonId(2)].into(),
            blocked: vec![why; 2 - can],
        })
    };
    [choice(7, "R-2043", 2), choice(8, "R-2044", 1), choice(9, "R-2045", 0)]
        .into_iter()
        .flatten()
        .collect()
}

/// A service of two teams and a team that nobody knows.
pub fn teams(hostile: bool) -> Vec<TeamProgress> {
    let counts = ProgressCounts {
        drawn: 24,
        allocated: 20,
        started: 12,
        submitted: 8,
        late: 2,
        missed: 0,
        outside_service: 16,
        outside_directorate: 4,
    };
    let team =
        |service: Option<String>| TeamProgress { service, counts, ..TeamProgress::default() };
    vec![team(Some(words(hostile))), team(Some(words(hostile))), team(None)]
}

/// Two drawn records whose audits are not made, one of which nobody has.
pub fn undone() -> Vec<Undone> {
    let undone = |id, reference: &str, auditor: Option<&str>| {
        let auditor = auditor.map(str::to_owned);
        let reference = Reference::new(reference)?;
        Ok::<_, Refusal>(Undone { record: RecordId(id), reference, auditor })
    };
    [undone(7, "R-2043", Some("Priya Anand")), undone(8, "R-2044", None)]
        .into_iter()
        .flatten()
        .collect()
}

/// A cycle closed with an audit that was not made.
pub fn closed() -> Closed {
    let missed = undone().into_iter().map(|it| {
        let words = Reason::new(HOSTILE).ok();
        (it.reference, Missed { record: it.record, why: MissedBecause::Other, words })
    });
    Closed { on: date(2026, 9, 14), missed: missed.collect() }
}

/// A reminder with each outcome.
pub fn reminders(hostile: bool) -> Vec<ReminderLine> {
    let line = |outcome: Outcome| ReminderLine {
        id: ReminderId(1),
        reminder: Reminder {
            person: PersonId(2),
            due: date(2026, 12, 11),
            audits: 3,
            occasion: Occasion::Before,
        },
        name: words(hostile),
        queued_at: Timestamp::UNIX_EPOCH,
        outcome,
        tried: 1,
        trouble: (outcome == Outcome::Queued).then(|| words(hostile)),
        settled_at: None,
    };
    Outcome::ALL.map(line).to_vec()
}

fn visitor() -> SignedIn {
    invented::nobody()
}
