//! Compares the answers and grades as they stand with what the journal last says of them.

use std::collections::{BTreeMap, BTreeSet};

use quarterlight_journal::Chain;
use sea_orm::ConnectionTrait;
use serde_json::Value;

use crate::fault::Fault;
use crate::sql;

/// What the journal last says: by audit and standard, the judgement and its words; by audit, the
/// grade and its reasons. None where retention has removed what it said.
#[derive(Debug, Default)]
pub struct Said {
    answers: BTreeMap<(i64, String), [String; 3]>,
    grades: BTreeMap<i64, [String; 2]>,
    // Audits of which something that was said is gone.
    gone: BTreeSet<i64>,
}

impl Said {
    /// Notes what an entry says.
    pub fn note(&mut self, deed: &str, on: &str, payload: &str) {
        if let Some(audit) = went_back(deed, on) {
            // What was submitted before is kept beside it; the audit has no grade until it comes again.
            self.grades.remove(&audit);
        }
        let Some(audit) = audit_of(deed, on) else { return };
        // A payload that is no JSON was changed, and its digest has already said so.
        let Ok(payload) = serde_json::from_str::<Value>(payload) else { return };
        let word = |name: &str| {
            let value = payload.get("what").and_then(|what| what.get(name));
            value.and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        if deed == "audit.answer" {
            let said = [word("judgement"), word("seen"), word("found")];
            self.answers.insert((audit, word("standard")), said);
        } else {
            self.grades.insert(audit, [word("grade"), word("reasons")]);
        }
    }

    /// Notes that what an entry said was removed, so that nothing can be compared with it.
    pub fn forget(&mut self, deed: &str, on: &str) {
        if let Some(audit) = went_back(deed, on) {
            self.grades.remove(&audit);
        }
        if let Some(audit) = audit_of(deed, on) {
            // Words went with it from the answers too; that the judgements stay is for the disposal to say.
            self.answers.retain(|(of, _), _| *of != audit);
            self.grades.remove(&audit);
            self.gone.insert(audit);
        }
    }
}

fn audit_of(deed: &str, on: &str) -> Option<i64> {
    let is_ours = deed == "audit.answer" || deed == "audit.submit";
    is_ours.then_some(on)?.strip_prefix("audit ")?.parse().ok()
}

fn went_back(deed: &str, on: &str) -> Option<i64> {
    let is_ours = deed == "audit.take-back" || deed == "audit.return";
    is_ours.then_some(on)?.strip_prefix("audit ")?.parse().ok()
}

/// Compares every answer and grade with the journal.
pub async fn compare(
    on: &impl ConnectionTrait,
    said: &Said,
    chain: &mut Chain,
) -> Result<(), Fault> {
    let mut left = said.answers.clone();
    let query = "select audit_id, standard, judgement, seen, found from audit_answer \
         order by audit_id, standard";
    for row in sql::all(on, query, []).await? {
        let key = (row.get::<i64>("audit_id")?, row.get::<String>("standard")?);
        let stands: [String; 3] = [row.get("judgement")?, row.get("seen")?, row.get("found")?];
        match left.remove(&key) {
            Some(said) if said == stands => {}
            None if said.gone.contains(&key.0) => {}
            _ => chain.say(
                None,
                format!(
                    "The answer to {} in audit {} is not the one that the journal last says.",
                    key.1, key.0
                ),
            ),
        }
    }
    for (audit, standard) in left.keys() {
        chain.say(None, format!("The answer to {standard} in audit {audit} is missing."));
    }
    let query = "select id, grade, reasons from audit where submitted_at is not null";
    let mut grades = said.grades.clone();
    for row in sql::all(on, query, []).await? {
        let audit: i64 = row.get("id")?;
        let stands: [String; 2] = [row.get("grade")?, row.get("reasons")?];
        match grades.remove(&audit) {
            Some(said) if said == stands => {}
            None if said.gone.contains(&audit) => {}
            _ => chain
                .say(None, format!("The grade of audit {audit} is not the one in the journal.")),
        }
    }
    for audit in grades.keys() {
        chain.say(None, format!("The grade of audit {audit} is missing."));
    }
    Ok(())
}
