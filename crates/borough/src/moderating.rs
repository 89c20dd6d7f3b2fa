//! Second readings: planned for every audit, and made where the rule picks it.

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::audit::{Audit, Stage};
use quarterlight_domain::calendar::working_days_after;
use quarterlight_domain::framework::Contents;
use quarterlight_domain::grade::{Grade, GradeLimit};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::moderation::Moderation;
use quarterlight_domain::moderation::confirm::standing;
use quarterlight_domain::moderation::pick::{Why, pick};
use quarterlight_domain::moderation::reading::{Choice, Step};
use quarterlight_domain::moderation::rule::ModerationRule;
use quarterlight_domain::moderation::second_reader::{SecondReader, ToRead};
use quarterlight_domain::moderation::send_back::Note;
use quarterlight_domain::person::Role;
use quarterlight_domain::stamp::{Stamp, day_in_england};
use quarterlight_domain::standard::{Standard, StandardCode, StandardKind};
use quarterlight_domain::text::Reason;
use quarterlight_store::{InModeration, Store};

use crate::agenda::{Agenda, Desk, Event};
use crate::fault::Fault;
use crate::judging;
use crate::luck::Luck;
use crate::rounds::{Round, after, days_between, moment, working};
use crate::words::{WHY_OTHERWISE, WHY_SETTLED};

/// Working days that somebody has for what a moderator corrected.
const DAYS_TO_ACT: u16 = 20;

/// Something in a second reading.
#[derive(Debug)]
pub enum SecondStep {
    /// Opens it, if the audit is picked and not read blind.
    OpenShown,
    /// Opens it, if the audit is picked.
    Open,
    /// Reads one standard.
    Standard(StandardCode, StandardKind),
    /// Confirms the audit, with who owns what falls short; or returns it, where the story wants that.
    End(Option<PersonId>),
}

/// Days from the list of the quarter under way within which moderators have come to what was submitted.
const READ_SO_FAR: u32 = 31;

/// Puts a second reading on the agenda, some days after the audit is submitted. In the quarter under
/// way, what was submitted lately still waits.
pub fn plan(
    (desk, audit): (usize, &Audit),
    asked: &[&Standard],
    submitted: Date,
    (owner, round): (Option<PersonId>, &Round),
    agenda: &mut Agenda,
) {
    if round.is_under_way && days_between(round.from, submitted) > READ_SO_FAR {
        return;
    }
    let mut luck = Luck::of(&format!("second {} {}", round.quarter, audit.reference()));
    let mut day = working(after(submitted, luck.between(2, 7)));
    let mut minutes = luck.between(9 * 60, 15 * 60);
    // In the quarter under way nobody has come to the blind readings yet.
    let step = if round.is_under_way { SecondStep::OpenShown } else { SecondStep::Open };
    agenda.add(moment(day, minutes), Event::Moderate { desk, step });
    for standard in asked {
        minutes += luck.between(1, 5);
        if minutes > 17 * 60 {
            (day, minutes) = (working(after(day, 1)), luck.between(9 * 60, 10 * 60));
        }
        let step = SecondStep::Standard(standard.code.clone(), standard.kind);
        agenda.add(moment(day, minutes), Event::Moderate { desk, step });
    }
    minutes += luck.between(10, 40);
    agenda.add(moment(day, minutes), Event::Moderate { desk, step: SecondStep::End(owner) });
}

/// On the first morning of the quarter under way, the quality lead decides that more is read.
pub async fn decide(
    store: &Store,
    lead: PersonId,
    round: &Round,
    at: Timestamp,
) -> Result<(), Fault> {
    let grades = vec![Grade::Outstanding, Grade::RequiresImprovement, Grade::Inadequate];
    let (today, from) = (round.opening(), after(round.opening(), 1));
    let rule = ModerationRule::new(from, grades, (40, 40), today)?;
    let why = "Over the year the two readings agreed so nearly that the committee asked for more of them, and for more that are blind.";
    let stamp = Stamp::person(lead, at, "decided which audits are moderated");
    store.moderations.set_rule(&stamp, &rule, &Reason::new(why)?).await?;
    Ok(())
}

/// Lets a step happen, if the audit has a second reading that goes on.
pub async fn happen(
    (store, contents): (&Store, &Contents),
    at: Timestamp,
    desk: &mut Desk,
    step: &SecondStep,
) -> Result<(), Fault> {
    let Some(kept) = store.moderations.of_audit(desk.audit.id).await? else { return Ok(()) };
    match step {
        SecondStep::Open => return open(store, at, &kept, true).await,
        SecondStep::OpenShown => return open(store, at, &kept, false).await,
        SecondStep::Standard(..) | SecondStep::End(_) => {}
    }
    let Some(moderation) = kept.current().filter(|it| it.ended.is_none()) else { return Ok(()) };
    let luck = &mut Luck::of(&format!("second {} {at}", kept.audit.reference()));
    match step {
        SecondStep::Open | SecondStep::OpenShown => Ok(()),
        SecondStep::Standard(code, kind) => {
            let answer = desk.answers.iter().find(|answer| answer.standard == *code);
            let Some(answer) = answer else { return Ok(()) };
            for step in read(moderation, answer, *kind, luck)? {
                let stamp =
                    Stamp::person(moderation.moderator, at, "read a standard a second time");
                store.moderations.step(&stamp, (moderation.id, desk.audit.id), &step).await?;
            }
            Ok(())
        }
        SecondStep::End(owner) => {
            end((store, contents), at, desk, (&kept, moderation), *owner).await
        }
    }
}

async fn open(
    store: &Store,
    at: Timestamp,
    kept: &InModeration,
    blind_too: bool,
) -> Result<(), Fault> {
    let (first, grade) = kept.first;
    let rules: Vec<_> = store.moderations.rules().await?.into_iter().map(|it| it.rule).collect();
    let rule = ModerationRule::in_force(&rules, day_in_england(first));
    let Some(picked) = pick(&rule, &kept.seed, kept.audit.reference(), grade) else {
        return Ok(());
    };
    if picked.why == Why::Blind && !blind_too {
        return Ok(());
    }
    let day = day_in_england(at);
    let ties = store.conflicts.ties().await?;
    let people = store.people.all().await?.into_iter().map(|line| line.person);
    let mut moderators: Vec<_> = people.filter(|person| person.is(Role::Moderator, day)).collect();
    if Luck::of(&format!("moderator {}", kept.audit.id)).percent(30) {
        moderators.reverse();
    }
    let to_read = ToRead {
        audit: &kept.audit,
        record: &kept.record,
        had_it: &kept.had_it,
        blind: picked.why == Why::Blind,
    };
    for person in &moderators {
        let Ok(reader) = SecondReader::of(person, &to_read, &ties, day) else { continue };
        let page = format!("/moderation/{}", kept.audit.id);
        let _noted = store.looks.note(person.id, kept.audit.record, &page, at).await?;
        let stamp = Stamp::person(person.id, at, "opened a second reading");
        store.moderations.open(&stamp, &reader, picked.why).await?;
        return Ok(());
    }
    Ok(())
}

/// What a moderator makes of a standard: mostly the same, a neighbour otherwise. On what is a matter
/// of quality they differ more often, and on one standard, whose words can be read two ways, often.
fn read(
    moderation: &Moderation,
    answer: &Answer,
    kind: StandardKind,
    luck: &mut Luck,
) -> Result<Vec<Step>, Fault> {
    let same = match (answer.standard.as_str(), kind) {
        ("B6", _) => 62,
        (_, StandardKind::Quality) => 88,
        (_, StandardKind::Compliance) => 95,
    };
    let same = if moderation.blind { same - 8 } else { same };
    let mine =
        if luck.percent(same) { answer.judgement } else { neighbour(answer.judgement, luck) };
    let because =
        |luck: &mut Luck| Reason::new(luck.pick(&WHY_OTHERWISE).copied().unwrap_or_default());
    let choice = |mine| {
        if mine == answer.judgement { Choice::Agree } else { Choice::Disagree(mine) }
    };
    if !moderation.blind {
        let why = (mine != answer.judgement).then(|| because(luck)).transpose()?;
        return Ok(vec![moderation.settle(None, answer, choice(mine), why)?]);
    }
    let words = if mine.needs_words() { because(luck)?.words().to_owned() } else { String::new() };
    let first = moderation.read_blind(None, answer, mine, words)?;
    let Some(kept) = first.reading.clone().filter(|_| first.outcome.is_none()) else {
        return Ok(vec![first]);
    };
    let stands = if luck.percent(60) { Choice::Disagree(mine) } else { Choice::Agree };
    let why = Reason::new(luck.pick(&WHY_SETTLED).copied().unwrap_or_default())?;
    let second = moderation.settle(Some(&kept), answer, stands, Some(why))?;
    Ok(vec![first, second])
}

fn neighbour(judgement: Judgement, luck: &mut Luck) -> Judgement {
    match judgement {
        Judgement::PartlyMet if luck.percent(45) => Judgement::NotMet,
        Judgement::PartlyMet => Judgement::Met,
        Judgement::CannotTell => Judgement::NotMet,
        Judgement::Met | Judgement::NotMet | Judgement::NotApplicable => Judgement::PartlyMet,
    }
}

/// Confirms the audit with the grade that stands then. In the quarter under way, the first audit of
/// somebody other than Priya on which the two differ goes back to its auditor.
async fn end(
    (store, contents): (&Store, &Contents),
    at: Timestamp,
    desk: &mut Desk,
    (kept, moderation): (&InModeration, &Moderation),
    owner: Option<PersonId>,
) -> Result<(), Fault> {
    let id = desk.audit.id;
    let outcomes = store.moderations.outcomes(id).await?;
    let stand = standing(&desk.answers, &outcomes);
    let differ = desk.answers.iter().zip(&stand).find(|(a, b)| a.judgement != b.judgement);
    let goes_back = luck_of_return(store, kept).await?;
    if let Some((answer, _)) = differ.filter(|_| goes_back) {
        let why = outcomes.iter().find(|it| it.standard == answer.standard);
        let words = why.and_then(|it| it.why.clone());
        let standard = Some(answer.standard.clone());
        let notes: Vec<Note> = words.map(|words| Note { standard, words }).into_iter().collect();
        let sent = moderation.send_back(contents, &desk.audit, notes, kept.cycle_closed)?;
        let stamp = Stamp::person(moderation.moderator, at, "returned an audit");
        store.moderations.send_back(&stamp, &sent).await?;
        desk.audit.stage = Stage::Underway { since: at };
        return Ok(());
    }
    let Stage::Submitted { opinion, .. } = &desk.audit.stage else { return Ok(()) };
    let given = opinion.grade();
    let changed = differ.is_some() && judging::grade(&desk.answers) != judging::grade(&stand);
    let limit = GradeLimit::of(contents, &stand, desk.audit.is_unsafe);
    let limit = limit.map_or(Grade::Outstanding, |it| it.best());
    let wanted = if changed { judging::grade(&stand) } else { given };
    let grade = wanted.max(limit);
    let words = "What both readings found together comes to another grade.";
    let why = (grade != given).then(|| Reason::new(words)).transpose()?;
    let both = (&desk.audit, desk.answers.as_slice());
    let confirmed = moderation.confirm(contents, both, &outcomes, (grade, why))?;
    let stamp = Stamp::person(moderation.moderator, at, "confirmed an audit");
    let due = working_days_after(stamp.day(), DAYS_TO_ACT);
    store.moderations.confirm(&stamp, &confirmed, outcomes.len(), (owner, due)).await?;
    Ok(())
}

/// True in the latest quarter, until an audit went back there, for an auditor other than Priya.
async fn luck_of_return(store: &Store, kept: &InModeration) -> Result<bool, Fault> {
    let cycles = store.cycles.all().await?;
    let latest = cycles.first().is_some_and(|it| it.cycle.id == kept.audit.cycle);
    if !latest || cycles.len() < 5 || kept.audit.auditor_name == "Priya Anand" {
        return Ok(false);
    }
    let others = store.moderations.of_cycle(kept.audit.cycle).await?;
    Ok(others.iter().all(|it| it.audit.is_submitted()))
}
