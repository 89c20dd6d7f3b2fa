//! Rules about time: the sets that were kept, and what the authority changed about them.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::case_list::CaseLine;
use quarterlight_domain::id::{PersonId, RuleSetId};
use quarterlight_domain::stamp::{By, Stamp};
use quarterlight_domain::text::Reason;
use quarterlight_domain::timescale::limit::Limit;
use quarterlight_domain::timescale::rule::RuleCode;
use quarterlight_domain::timescale::set::RuleSet;
use quarterlight_domain::timescale::variation::{Variation, Varied};
use serde_json::json;

use crate::case_lists;
use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::journal::digest;
use crate::sql::{self, Row};
use crate::{compared, line};

/// Rules about time.
#[derive(Debug, Clone)]
pub struct Timescales(pub(crate) Arc<Engine>);

/// A set of rules as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRuleSet {
    /// The set.
    pub id: RuleSetId,
    /// The first day on which it holds.
    pub in_force_from: Date,
    /// The set whole, as its file says it.
    pub file: String,
    /// Who kept it, by name; none for the server's own command line.
    pub by: Option<String>,
    /// Why it was kept.
    pub why: String,
}

/// A change to a rule, as somebody asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVariation {
    /// The rule.
    pub rule: RuleCode,
    /// The first day on which the change holds.
    pub from: Date,
    /// What is changed.
    pub varied: Varied,
    /// Who says so.
    pub by: PersonId,
    /// Why.
    pub why: Reason,
    /// Made once when the form is shown.
    pub form_key: String,
}

impl Timescales {
    /// The set that holds on this day: the latest that had come into force.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn in_force_on(&self, day: Date) -> Result<Option<KeptRuleSet>, Fault> {
        let row = sql::first(&self.0.read, IN_FORCE, [sql::day(day)]).await?;
        row.as_ref().map(kept).transpose()
    }

    /// The set that holds on this day, and everything that the authority changed about its rules,
    /// the first made first. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn in_force_as_varied(
        &self,
        day: Date,
    ) -> Result<Option<(KeptRuleSet, Vec<Variation>)>, Fault> {
        let query = format!(
            "select held.*, varied.rule, varied.from_day, varied.varied, varied.limit_words, \
                 varier.name as varied_by, varied.why as varied_why \
             from ({IN_FORCE}) held left join rule_variation varied on true \
             left join person varier on varier.id = varied.varied_by order by varied.id"
        );
        let rows = sql::all(&self.0.read, &query, [sql::day(day)]).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let mut variations = Vec::new();
        for row in &rows {
            if row.get::<Option<String>>("rule")?.is_some() {
                variations.push(variation(row)?);
            }
        }
        Ok(Some((kept(first)?, variations)))
    }

    /// The day of the current case list, its open records by reference, and after them those that
    /// are closed and of which something is told; none before a list was taken in.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn current_lines(&self) -> Result<Option<(Date, Vec<CaseLine>)>, Fault> {
        let on = &self.0.read;
        let Some(list) = case_lists::current(on).await? else { return Ok(None) };
        let query = "select as_at from case_list where id = $1";
        let as_at = sql::one(on, query, [list.0.into()]).await?.day("as_at")?;
        let query = format!(
            "select {} from case_list_line line where line.case_list_id = $1",
            line::COLUMNS
        );
        let rows = sql::all(on, &query, [list.0.into()]).await?;
        let mut lines: Vec<CaseLine> = rows.iter().map(line::read).collect::<Result<_, _>>()?;
        lines.sort_by(|one, other| one.reference.cmp(&other.reference));
        lines.extend(compared::closed(on, list).await?);
        Ok(Some((as_at, lines)))
    }

    /// Keeps a set of rules, in force from a day. Nothing can change it afterwards.
    ///
    /// # Errors
    /// Fails if a set of this name and date is kept already: see [`Fault::is_duplicate`].
    pub async fn keep(
        &self,
        stamp: &Stamp,
        set: &RuleSet,
        file: &str,
        in_force_from: Date,
    ) -> Result<RuleSetId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into rule_set \
             (name, dated, in_force_from, file, digest, kept_by, kept_at, why) \
             values ($1, $2, $3, $4, $5, $6, $7, $8) returning id";
        let digest = digest(&[], file);
        let by = match stamp.by {
            By::Person(person) => Some(person.0),
            By::Console | By::Token(_) => None,
        };
        let values = [
            set.name().into(),
            sql::day(set.dated()),
            sql::day(in_force_from),
            file.into(),
            digest.clone().into(),
            by.into(),
            sql::time(stamp.at),
            stamp.why.clone().into(),
        ];
        let id = sql::one(&*change, query, values).await?.id("id", RuleSetId)?;
        let payload = json!({
            "name": set.name(),
            "dated": set.dated().to_string(),
            "in_force_from": in_force_from.to_string(),
            "sha256": digest,
        });
        let entry = Entry { deed: "rule-set.keep", on: format!("rule set {id}"), payload };
        change.keep(entry).await?;
        Ok(id)
    }

    /// Every set that was kept, the latest in force first; one statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn sets(&self) -> Result<Vec<KeptRuleSet>, Fault> {
        let query = "select rule_set.id, in_force_from, file, person.name as kept_by, why \
             from rule_set left join person on person.id = rule_set.kept_by \
             order by in_force_from desc, rule_set.id desc";
        sql::all(&self.0.read, query, []).await?.iter().map(kept).collect()
    }

    /// Everything that the authority changed about its rules, the first made first.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn variations(&self) -> Result<Vec<Variation>, Fault> {
        let query = "select rule, from_day, varied, limit_words, person.name as varied_by, \
                 why as varied_why \
             from rule_variation join person on person.id = rule_variation.varied_by \
             order by rule_variation.id";
        sql::all(&self.0.read, query, []).await?.iter().map(variation).collect()
    }

    /// Keeps a change to a rule. What was changed before stays as it was.
    ///
    /// # Errors
    /// Fails if the form was kept already: see [`Fault::is_duplicate`].
    pub async fn vary(&self, stamp: &Stamp, new: &NewVariation) -> Result<(), Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let limit = match new.varied {
            Varied::Limit(limit) => Some(limit.to_string()),
            Varied::Off | Varied::AsPublished => None,
        };
        let query = "insert into rule_variation \
             (rule, from_day, varied, limit_words, varied_by, varied_at, why, form_key) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = [
            new.rule.as_str().into(),
            sql::day(new.from),
            new.varied.code().into(),
            limit.clone().into(),
            new.by.0.into(),
            sql::time(stamp.at),
            new.why.words().into(),
            new.form_key.clone().into(),
        ];
        sql::run(&*change, query, values).await?;
        let payload = json!({
            "from": new.from.to_string(),
            "varied": new.varied.code(),
            "limit": limit,
            "why": new.why.words(),
        });
        change.keep(Entry { deed: "rule.vary", on: format!("rule {}", new.rule), payload }).await
    }
}

const IN_FORCE: &str = "select rule_set.id, in_force_from, file, person.name as kept_by, why \
     from rule_set left join person on person.id = rule_set.kept_by \
     where in_force_from <= $1 order by in_force_from desc, rule_set.id desc limit 1";

fn kept(row: &Row) -> Result<KeptRuleSet, Fault> {
    Ok(KeptRuleSet {
        id: row.id("id", RuleSetId)?,
        in_force_from: row.day("in_force_from")?,
        file: row.get("file")?,
        by: row.get("kept_by")?,
        why: row.get("why")?,
    })
}

fn variation(row: &Row) -> Result<Variation, Fault> {
    let varied = match row.get::<String>("varied")?.as_str() {
        "limit" => Varied::Limit(row.parse("limit_words", Limit::parse)?),
        "off" => Varied::Off,
        "as_published" => Varied::AsPublished,
        _ => return Err(Fault::damaged("varied", "a code is not known")),
    };
    Ok(Variation {
        rule: row.parse("rule", RuleCode::new)?,
        from: row.day("from_day")?,
        varied,
        by: row.get("varied_by")?,
        why: row.parse("varied_why", Reason::new)?,
    })
}
