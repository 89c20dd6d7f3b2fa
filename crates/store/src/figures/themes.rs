//! How many findings of each quarter have which theme, out of how many.

use std::collections::BTreeMap;

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::{Share, ThemeCounts};
use quarterlight_domain::id::{PlaceId, ThemeId};
use sea_orm::ConnectionTrait;

use super::counts::{IN_SERVICE, of};
use crate::fault::Fault;
use crate::sql;

/// The findings of this quarter and the four before it by theme, and the audits with strengths by
/// theme, of one service or of all. Three statements.
pub async fn counts(
    on: &impl ConnectionTrait,
    quarter: Quarter,
    service: Option<PlaceId>,
) -> Result<Vec<ThemeCounts>, Fault> {
    let since = quarter.before().before().before().before();
    let values = || {
        let [until, service] = of(quarter, service);
        [until, service, since.to_string().into()]
    };
    let within = "cycle.quarter between $3 and $1 \
         and (cast($2 as bigint) is null or path.service_id = $2)";
    let all = format!(
        "select cycle.quarter, count(*) as findings from finding \
         join audit on audit.id = finding.audit_id {IN_SERVICE} \
         where {within} group by cycle.quarter"
    );
    let mut findings: BTreeMap<Quarter, u32> = BTreeMap::new();
    for row in sql::all(on, &all, values()).await? {
        findings.insert(row.parse("quarter", str::parse)?, row.count("findings")?);
    }
    let chosen = format!(
        "select chosen.theme_id, theme.name, cycle.quarter, count(*) as findings \
         from finding_theme chosen join theme on theme.id = chosen.theme_id \
         join finding on finding.id = chosen.finding_id \
         join audit on audit.id = finding.audit_id {IN_SERVICE} \
         where chosen.chosen and {within} \
         group by chosen.theme_id, theme.name, cycle.quarter"
    );
    let mut themes: BTreeMap<ThemeId, ThemeCounts> = BTreeMap::new();
    for row in sql::all(on, &chosen, values()).await? {
        let id = row.id("theme_id", ThemeId)?;
        let name: String = row.get("name")?;
        let counts = themes.entry(id).or_insert_with(|| ThemeCounts::new(id, name));
        let quarter = row.parse("quarter", str::parse)?;
        let of = findings.get(&quarter).copied().unwrap_or(0);
        counts.findings.insert(quarter, Share::new(row.count("findings")?, of));
    }
    let strong = format!(
        "select chosen.theme_id, theme.name, count(*) as audits, \
         (select count(*) from audit {IN_SERVICE} \
             where audit.submitted_at is not null and {within}) as of_audits \
         from audit_theme chosen join theme on theme.id = chosen.theme_id \
         join audit on audit.id = chosen.audit_id {IN_SERVICE} \
         join audit_summing_up summed on summed.audit_id = audit.id \
         where chosen.chosen and summed.strengths <> '' and audit.submitted_at is not null \
         and {within} group by chosen.theme_id, theme.name"
    );
    for row in sql::all(on, &strong, values()).await? {
        let id = row.id("theme_id", ThemeId)?;
        let name: String = row.get("name")?;
        let counts = themes.entry(id).or_insert_with(|| ThemeCounts::new(id, name));
        counts.strengths = Share::new(row.count("audits")?, row.count("of_audits")?);
    }
    let mut themes: Vec<ThemeCounts> = themes.into_values().collect();
    themes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(themes)
}
