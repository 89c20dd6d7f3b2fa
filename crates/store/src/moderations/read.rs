//! Audits with what is known of their second reading.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::audit::Audit;
use quarterlight_domain::draw::Seed;
use quarterlight_domain::grade::Grade;
use quarterlight_domain::id::{AuditId, CycleId, ModerationId, PersonId, WorkerId};
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::moderation::pick::{Picked, Why, pick};
use quarterlight_domain::moderation::reading::{Outcome, Reading, Stands};
use quarterlight_domain::moderation::rule::ModerationRule;
use quarterlight_domain::moderation::{Ended, Ending, Moderation};
use quarterlight_domain::record::{Record, Worker};
use quarterlight_domain::stamp::day_in_england;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use sea_orm::Value;

use super::Moderations;
use crate::audits;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// An audit that was submitted at least once, with what is known of its second reading.
#[derive(Debug, Clone)]
pub struct InModeration {
    /// The audit.
    pub audit: Audit,
    /// Its record as it was drawn.
    pub record: Record,
    /// The seed of its cycle's draw, from which picks are made.
    pub seed: Seed,
    /// When it was submitted for the first time, and the grade that it was given then.
    pub first: (Timestamp, Grade),
    /// Whoever had it before it was given to its auditor.
    pub had_it: Vec<PersonId>,
    /// Its latest second reading; none while nobody opened it.
    pub moderation: Option<Moderation>,
    /// True if that reads the submission before this one.
    pub came_again: bool,
    /// How many standards of it are settled.
    pub settled: u32,
    /// The grade that stands, where a moderator changed it, and why.
    pub changed: Option<(Grade, String)>,
    /// The day on which its cycle was closed.
    pub cycle_closed: Option<Date>,
}

impl InModeration {
    /// Why it is read a second time, by the rule of the day on which it was first submitted; none
    /// where it is not. What was opened stays picked.
    pub fn picked(&self, rules: &[ModerationRule]) -> Option<Picked> {
        let (at, grade) = self.first;
        let rule = ModerationRule::in_force(rules, day_in_england(at));
        let picked = pick(&rule, &self.seed, self.audit.reference(), grade);
        picked.or_else(|| self.moderation.as_ref().map(|it| Picked { why: it.why, number: None }))
    }

    /// The second reading of the submission as it is now; none while nobody opened it.
    pub fn current(&self) -> Option<&Moderation> {
        self.moderation.as_ref().filter(|_| !self.came_again)
    }
}

impl Moderations {
    /// The audits of a cycle that were submitted at least once: two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_cycle(&self, cycle: CycleId) -> Result<Vec<InModeration>, Fault> {
        self.find("audit.cycle_id = $1", cycle.0.into()).await
    }

    /// One audit, if it was submitted at least once: two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_audit(&self, audit: AuditId) -> Result<Option<InModeration>, Fault> {
        Ok(self.find("audit.id = $1", audit.0.into()).await?.pop())
    }

    async fn find(&self, which: &str, value: Value) -> Result<Vec<InModeration>, Fault> {
        let query = format!(
            "select {}, worker.id as worker_id, worker.name as worker, worker.experience, \
             path.service_name, case_list.as_at, draw.seed, \
             coalesce(first.submitted_at, audit.submitted_at) as first_at, \
             coalesce(first.grade, audit.grade) as first_grade, \
             (select count(*) + 1 from audit_earlier each where each.audit_id = audit.id) as round, \
             moderation.id as moderation_id, moderation.round as moderation_round, \
             moderation.why, moderation.blind, moderation.moderator_id, \
             moderator.name as moderator, moderation.opened_at, ended.how, ended.at as ended_at, \
             (select count(*) from audit_answer where audit_answer.audit_id = audit.id \
                 and exists (select 1 from moderation_outcome outcome \
                     join moderation of on of.id = outcome.moderation_id \
                     where of.audit_id = audit.id \
                     and outcome.standard = audit_answer.standard \
                     and outcome.version = audit_answer.version)) as settled, \
             change.grade as changed_grade, change.why as changed_why, closed.closed_on \
             {} \
             join case_list on case_list.id = line.case_list_id \
             join draw on draw.cycle_id = audit.cycle_id \
             left join audit_earlier first on first.audit_id = audit.id and first.round = 1 \
             left join moderation on moderation.audit_id = audit.id and moderation.id = ( \
                 select max(id) from moderation latest where latest.audit_id = audit.id) \
             left join person moderator on moderator.id = moderation.moderator_id \
             left join moderation_ended ended on ended.moderation_id = moderation.id \
             left join audit_grade_change change on change.audit_id = audit.id \
             left join cycle_closed closed on closed.cycle_id = audit.cycle_id \
             where {which} and (audit.submitted_at is not null or first.id is not null) \
             order by audit.id",
            audits::columns(),
            audits::FROM
        );
        let rows = sql::all(&self.0.read, &query, [value.clone()]).await?;
        let query = format!(
            "select audit_given.audit_id, audit_given.from_id from audit_given \
             join audit on audit.id = audit_given.audit_id where {which}"
        );
        let mut had: BTreeMap<AuditId, Vec<PersonId>> = BTreeMap::new();
        for row in sql::all(&self.0.read, &query, [value]).await? {
            let who = row.id("from_id", PersonId)?;
            had.entry(row.id("audit_id", AuditId)?).or_default().push(who);
        }
        rows.iter().map(|row| in_moderation(row, &mut had)).collect()
    }

    /// What moderators judged at first of each standard of an audit, the latest reading first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn readings(&self, audit: AuditId) -> Result<Vec<Reading>, Fault> {
        let query = "select reading.standard, reading.theirs, reading.mine, reading.words, \
             reading.version from moderation_reading reading \
             join moderation on moderation.id = reading.moderation_id \
             where moderation.audit_id = $1 order by moderation.id desc, reading.standard";
        let rows = sql::all(&self.0.read, query, [audit.0.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Reading {
                    standard: row.parse("standard", StandardCode::new)?,
                    theirs: row.code("theirs", Judgement::from_code)?,
                    mine: row.code("mine", Judgement::from_code)?,
                    words: row.get("words")?,
                    version: row.count("version")?,
                })
            })
            .collect()
    }

    /// What stands for each standard of an audit, the latest word first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn outcomes(&self, audit: AuditId) -> Result<Vec<Outcome>, Fault> {
        let query = "select outcome.standard, outcome.stands, outcome.judgement, outcome.why, \
             outcome.version from moderation_outcome outcome \
             join moderation on moderation.id = outcome.moderation_id \
             where moderation.audit_id = $1 order by outcome.id desc";
        let rows = sql::all(&self.0.read, query, [audit.0.into()]).await?;
        rows.iter()
            .map(|row| {
                let why: Option<String> = row.get("why")?;
                Ok(Outcome {
                    standard: row.parse("standard", StandardCode::new)?,
                    stands: row.code("stands", Stands::from_code)?,
                    judgement: row.code("judgement", Judgement::from_code)?,
                    why: why.and_then(|why| Reason::new(&why).ok()),
                    version: row.count("version")?,
                })
            })
            .collect()
    }
}

fn in_moderation(
    row: &Row,
    had: &mut BTreeMap<AuditId, Vec<PersonId>>,
) -> Result<InModeration, Fault> {
    let audit = audits::audit(row)?;
    let record = Record {
        id: audit.record,
        line: audit.line.clone(),
        as_at: row.day("as_at")?,
        worker: match row.maybe_id("worker_id", WorkerId)? {
            None => None,
            Some(id) => Some(Worker {
                id,
                name: row.get("worker")?,
                experience: row.code("experience", Experience::from_code)?,
                person: audit.holder,
            }),
        },
        whereabouts: audit.whereabouts.clone(),
        service: row.get("service_name")?,
    };
    let moderation = moderation(row, audit.id)?;
    let round = row.count("round")?;
    let changed = match row.maybe_code("changed_grade", Grade::from_code)? {
        None => None,
        Some(grade) => Some((grade, row.get("changed_why")?)),
    };
    Ok(InModeration {
        record,
        seed: row.parse("seed", Seed::new)?,
        first: (row.time("first_at")?, row.code("first_grade", Grade::from_code)?),
        had_it: had.remove(&audit.id).unwrap_or_default(),
        came_again: moderation.as_ref().is_some_and(|it| it.round < round && audit.is_submitted()),
        moderation,
        settled: row.count("settled")?,
        changed,
        cycle_closed: row.maybe_day("closed_on")?,
        audit,
    })
}

fn moderation(row: &Row, audit: AuditId) -> Result<Option<Moderation>, Fault> {
    let Some(id) = row.maybe_id("moderation_id", ModerationId)? else { return Ok(None) };
    let ended = match row.maybe_code("how", Ending::from_code)? {
        None => None,
        Some(how) => Some(Ended { how, at: row.time("ended_at")? }),
    };
    Ok(Some(Moderation {
        id,
        audit,
        round: row.count("moderation_round")?,
        why: row.code("why", Why::from_code)?,
        blind: row.get("blind")?,
        moderator: row.id("moderator_id", PersonId)?,
        moderator_name: row.get("moderator")?,
        opened: row.time("opened_at")?,
        ended,
    }))
}
