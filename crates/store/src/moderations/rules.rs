//! The rules by which audits were and are picked for a second reading.

use jiff::Timestamp;
use quarterlight_domain::grade::Grade;
use quarterlight_domain::moderation::rule::ModerationRule;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use serde_json::json;

use super::Moderations;
use crate::change::{Change, Entry};
use crate::fault::Fault;
use crate::sql::{self, Row};

/// A rule as it was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRule {
    /// The rule.
    pub rule: ModerationRule,
    /// Why it was decided.
    pub why: String,
    /// Who decided; nobody known at the server's own command line.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Moderations {
    /// Every rule that was decided here, in the order in which they were.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn rules(&self) -> Result<Vec<KeptRule>, Fault> {
        let query = "select rule.from_day, rule.grades, rule.share, rule.blind, rule.why, \
             person.name as by_name, rule.at from moderation_rule rule \
             left join person on person.id = rule.by_id order by rule.id";
        sql::all(&self.0.read, query, []).await?.iter().map(kept).collect()
    }

    /// Keeps a rule. It counts from its day on, and changes no pick before.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn set_rule(
        &self,
        stamp: &Stamp,
        rule: &ModerationRule,
        why: &Reason,
    ) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into moderation_rule \
             (from_day, grades, share, blind, why, by_id, at) values ($1, $2, $3, $4, $5, $6, $7)";
        let grades: Vec<&str> = rule.grades.iter().map(|grade| grade.code()).collect();
        let from = rule.from.unwrap_or_else(|| stamp.day());
        let values = [
            sql::day(from),
            grades.join(",").into(),
            i64::from(rule.share).into(),
            i64::from(rule.blind).into(),
            why.words().into(),
            sql::by(stamp),
            sql::time(stamp.at),
        ];
        sql::run(&*change, query, values).await?;
        let payload = json!({
            "from": from.to_string(), "grades": grades, "share": rule.share, "blind": rule.blind,
            "why": why.words(),
        });
        let on = "moderation-rule".to_owned();
        change.keep(Entry { deed: "moderation.set-rule", on, payload }).await
    }
}

fn kept(row: &Row) -> Result<KeptRule, Fault> {
    let grades: String = row.get("grades")?;
    Ok(KeptRule {
        rule: ModerationRule {
            from: Some(row.day("from_day")?),
            grades: grades.split(',').filter_map(Grade::from_code).collect(),
            share: row.count("share")?,
            blind: row.count("blind")?,
        },
        why: row.get("why")?,
        by: row.get("by_name")?,
        at: row.time("at")?,
    })
}
