//! Findings beside one another: their themes, those that a second reading took back, and good practice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{AuditId, FindingId, PlaceId, ThemeId};
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// Findings beside one another.
#[derive(Debug, Clone)]
pub struct Findings(pub(crate) Arc<Engine>);

/// The strengths of one audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeLine {
    /// The audit.
    pub audit: AuditId,
    /// The record.
    pub reference: Reference,
    /// The quarter.
    pub quarter: Quarter,
    /// The service, by name.
    pub service: Option<String>,
    /// What is good in the work, in the auditor's words.
    pub strengths: String,
    /// Whether it is offered to others to learn from.
    pub is_offered: bool,
}

/// Which strengths to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PracticeFilter {
    /// Those of audits with this theme.
    pub theme: Option<ThemeId>,
    /// Those of this service.
    pub service: Option<PlaceId>,
    /// Those of this quarter.
    pub quarter: Option<Quarter>,
    /// Those that are offered.
    pub offered: bool,
}

impl Findings {
    /// The open findings of which a second reading has settled that the standard is met, or does not
    /// apply. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn withdrawn(&self) -> Result<BTreeSet<FindingId>, Fault> {
        let query = "select finding.id from finding join action on action.finding_id = finding.id \
             join audit_correction settled on settled.audit_id = finding.audit_id \
             and settled.standard = finding.standard \
             where settled.judgement in ('met', 'not-applicable') \
             and action.addressed_on is null and action.closed_on is null";
        let rows = sql::all(&self.0.read, query, []).await?;
        rows.iter().map(|row| row.id("id", FindingId)).collect()
    }

    /// The themes of the findings whose actions are open. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn themes(&self) -> Result<BTreeMap<FindingId, Vec<ThemeId>>, Fault> {
        let query = "select chosen.finding_id, chosen.theme_id from finding_theme chosen \
             join action on action.finding_id = chosen.finding_id \
             where chosen.chosen and action.addressed_on is null and action.closed_on is null \
             order by chosen.finding_id, chosen.theme_id";
        let mut themes: BTreeMap<FindingId, Vec<ThemeId>> = BTreeMap::new();
        for row in sql::all(&self.0.read, query, []).await? {
            let theme = row.id("theme_id", ThemeId)?;
            themes.entry(row.id("finding_id", FindingId)?).or_default().push(theme);
        }
        Ok(themes)
    }

    /// The themes of one finding. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn themes_of(&self, finding: FindingId) -> Result<BTreeSet<ThemeId>, Fault> {
        let query = "select theme_id from finding_theme where finding_id = $1 and chosen";
        let rows = sql::all(&self.0.read, query, [finding.0.into()]).await?;
        rows.iter().map(|row| row.id("theme_id", ThemeId)).collect()
    }

    /// Gives a finding these themes and no others. False if it has just these already.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn set_themes(
        &self,
        stamp: &Stamp,
        finding: FindingId,
        themes: &BTreeSet<ThemeId>,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "select theme_id from finding_theme where finding_id = $1 and chosen";
        let rows = sql::all(&*change, query, [finding.0.into()]).await?;
        let before: BTreeSet<ThemeId> =
            rows.iter().map(|row| row.id("theme_id", ThemeId)).collect::<Result<_, _>>()?;
        if before == *themes {
            return Ok(false);
        }
        for theme in themes.symmetric_difference(&before) {
            let query = "insert into finding_theme (finding_id, theme_id, chosen) \
                 values ($1, $2, $3) on conflict (finding_id, theme_id) \
                 do update set chosen = excluded.chosen";
            let is_chosen = themes.contains(theme);
            sql::run(&*change, query, [finding.0.into(), theme.0.into(), is_chosen.into()]).await?;
        }
        let ids = |themes: &BTreeSet<ThemeId>| themes.iter().map(|id| id.0).collect::<Vec<_>>();
        let payload = json!({ "before": ids(&before), "after": ids(themes) });
        let on = format!("finding {finding}");
        change.keep(Entry { deed: "finding.themes", on, payload }).await?;
        Ok(true)
    }

    /// The strengths of submitted audits, the latest quarter first; two hundred at most. One
    /// statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn practice(&self, filter: &PracticeFilter) -> Result<Vec<PracticeLine>, Fault> {
        let query = format!(
            "select audit.id, record.reference, cycle.quarter, path.service_name, \
             summed.strengths, {OFFERED} as offered \
             from audit_summing_up summed join audit on audit.id = summed.audit_id \
             join cycle on cycle.id = audit.cycle_id \
             join record on record.id = audit.record_id \
             join case_list_line line on line.id = audit.line_id \
             left join team_path path on path.team_id = line.team_id \
             where audit.submitted_at is not null and summed.strengths <> '' \
             and (cast($1 as bigint) is null or exists (select 1 from audit_theme chosen \
                 where chosen.audit_id = audit.id and chosen.chosen and chosen.theme_id = $1)) \
             and (cast($2 as bigint) is null or path.service_id = $2) \
             and (cast($3 as text) is null or cycle.quarter = $3) \
             and ($4 = 0 or {OFFERED}) \
             order by cycle.quarter desc, audit.id limit 200"
        );
        let values = [
            filter.theme.map(|id| id.0).into(),
            filter.service.map(|id| id.0).into(),
            filter.quarter.map(|quarter| quarter.to_string()).into(),
            i64::from(filter.offered).into(),
        ];
        sql::all(&self.0.read, &query, values).await?.iter().map(practice).collect()
    }

    /// Offers the strengths of an audit to others to learn from, or no longer. False if that is so
    /// already, or the audit has none.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn offer(&self, stamp: &Stamp, audit: AuditId, offered: bool) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = format!(
            "insert into practice_offer (audit_id, offered, by_id, on_day) \
             select audit.id, $2, cast($3 as bigint), cast($4 as {{day}}) from audit \
             join audit_summing_up summed on summed.audit_id = audit.id \
             where audit.id = $1 and audit.submitted_at is not null and summed.strengths <> '' \
             and {OFFERED} <> $2"
        );
        let query = sql::with_types(&*change, &query);
        let values = [audit.0.into(), offered.into(), sql::by(stamp), sql::day(stamp.day())];
        if sql::run(&*change, &query, values).await? == 0 {
            return Ok(false);
        }
        let on = format!("audit {audit}");
        let payload = json!({ "offered": offered });
        change.keep(Entry { deed: "practice.offer", on, payload }).await?;
        Ok(true)
    }
}

/// Whether the last word on an audit is that its strengths are offered.
const OFFERED: &str = "coalesce((select offer.offered from practice_offer offer \
     where offer.audit_id = audit.id order by offer.id desc limit 1), false)";

fn practice(row: &Row) -> Result<PracticeLine, Fault> {
    Ok(PracticeLine {
        audit: row.id("id", AuditId)?,
        reference: row.parse("reference", Reference::new)?,
        quarter: row.parse("quarter", str::parse)?,
        service: row.get("service_name")?,
        strengths: row.get("strengths")?,
        is_offered: row.get("offered")?,
    })
}
