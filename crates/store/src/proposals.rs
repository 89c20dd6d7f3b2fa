//! What rules about time proposed for answers, and what the auditors said to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use quarterlight_domain::id::{AuditId, CycleId};
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::proposed::{Ruled, Ruling};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;
use quarterlight_domain::timescale::rule::RuleCode;
use quarterlight_domain::timescale::tally::OverruledTally;
use serde_json::json;

use crate::audits::OPEN;
use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::figures;
use crate::sql::{self, Row};

/// Proposed answers, with what was said to them.
#[derive(Debug, Clone)]
pub struct Proposals(pub(crate) Arc<Engine>);

/// A proposed answer as it was kept with the auditor's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptProposal {
    /// *Met* or *Not met*.
    pub proposed: Judgement,
    /// The rules on which it stood.
    pub rules: Vec<RuleCode>,
    /// Whether the auditor confirmed it.
    pub confirmed: bool,
    /// Why it was overruled, once that was said.
    pub because: Option<Reason>,
}

impl Proposals {
    /// What was proposed in an audit and is answered, by standard. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_audit(
        &self,
        audit: AuditId,
    ) -> Result<BTreeMap<StandardCode, KeptProposal>, Fault> {
        let query = "select standard, proposed, rules, confirmed, because from proposed_answer \
             where audit_id = $1";
        let rows = sql::all(&self.0.read, query, [audit.0.into()]).await?;
        rows.iter().map(|row| Ok((row.parse("standard", StandardCode::new)?, kept(row)?))).collect()
    }

    /// Keeps what the auditor's answers say to what was proposed. False if the audit is no longer
    /// theirs or no longer open. What is kept word for word already leaves no line in the journal.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing of it is kept.
    pub async fn keep(
        &self,
        stamp: &Stamp,
        audit: AuditId,
        ruled: &[Ruled],
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        // This takes the audit's row, so that it cannot be submitted in between.
        let query = format!(
            "update audit set started_at = started_at \
             where id = $1 and submitted_at is null and auditor_id = $2 and {OPEN}"
        );
        if sql::run(&*change, &query, [audit.0.into(), sql::by(stamp)]).await? == 0 {
            return Ok(false);
        }
        if let Some(entry) = write_all(&change, stamp, audit, ruled).await? {
            change.keep(entry).await?;
        }
        Ok(true)
    }

    /// How often auditors overruled each rule in the audits that were submitted: in one cycle, or
    /// in all of them. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn overruled(
        &self,
        cycle: Option<CycleId>,
    ) -> Result<BTreeMap<RuleCode, OverruledTally>, Fault> {
        figures::overruled(&self.0.read, cycle).await
    }
}

/// Writes what was said to what was proposed, and gives the line for the journal; none where it was
/// all kept before, word for word.
pub(crate) async fn write_all(
    change: &Change<'_>,
    stamp: &Stamp,
    audit: AuditId,
    ruled: &[Ruled],
) -> Result<Option<Entry>, Fault> {
    let mut said = Vec::new();
    for it in ruled {
        if write(change, stamp, audit, it).await? {
            said.push(in_words(it));
        }
    }
    let entry = || {
        let payload = json!({ "ruled": said });
        Entry { deed: "audit.rule", on: format!("audit {audit}"), payload }
    };
    Ok((!said.is_empty()).then(entry))
}

async fn write(
    change: &Change<'_>,
    stamp: &Stamp,
    audit: AuditId,
    ruled: &Ruled,
) -> Result<bool, Fault> {
    let query = "insert into proposed_answer \
         (audit_id, standard, proposed, rules, confirmed, because, ruled_at) \
         values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (audit_id, standard) do update set \
             proposed = excluded.proposed, rules = excluded.rules, \
             confirmed = excluded.confirmed, because = excluded.because, \
             ruled_at = excluded.ruled_at \
         where proposed_answer.proposed <> excluded.proposed \
             or proposed_answer.rules <> excluded.rules \
             or proposed_answer.confirmed <> excluded.confirmed \
             or coalesce(proposed_answer.because, '') <> coalesce(excluded.because, '')";
    let values = [
        audit.0.into(),
        ruled.standard.as_str().into(),
        ruled.proposed.code().into(),
        codes(ruled).into(),
        (ruled.ruling == Ruling::Confirmed).into(),
        because(ruled).map(str::to_owned).into(),
        sql::time(stamp.at),
    ];
    Ok(sql::run(&**change, query, values).await? > 0)
}

fn codes(ruled: &Ruled) -> String {
    ruled.rules.iter().map(RuleCode::as_str).collect::<Vec<_>>().join(",")
}

fn because(ruled: &Ruled) -> Option<&str> {
    match &ruled.ruling {
        Ruling::Confirmed => None,
        Ruling::Overruled { because } => because.as_ref().map(Reason::words),
    }
}

fn in_words(ruled: &Ruled) -> serde_json::Value {
    json!({
        "standard": ruled.standard.as_str(), "proposed": ruled.proposed.code(),
        "rules": codes(ruled), "confirmed": ruled.ruling == Ruling::Confirmed,
        "because": because(ruled),
    })
}

fn kept(row: &Row) -> Result<KeptProposal, Fault> {
    let because = row.get::<Option<String>>("because")?;
    Ok(KeptProposal {
        proposed: row.code("proposed", Judgement::from_code)?,
        rules: row.code("rules", rules)?,
        confirmed: row.get("confirmed")?,
        because: because.and_then(|words| Reason::new(&words).ok()),
    })
}

/// The codes of a row.
pub fn rules(text: &str) -> Option<Vec<RuleCode>> {
    text.split(',').map(|code| RuleCode::new(code).ok()).collect()
}
