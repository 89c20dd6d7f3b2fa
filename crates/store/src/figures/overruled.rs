//! How often auditors overruled what rules about time proposed, counted by rule.

use std::collections::BTreeMap;

use quarterlight_domain::id::CycleId;
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::timescale::rule::RuleCode;
use quarterlight_domain::timescale::tally::OverruledTally;
use sea_orm::ConnectionTrait;

use crate::fault::Fault;
use crate::proposals::rules;
use crate::sql;

/// How often each rule was overruled in submitted audits; of one cycle, or of all.
pub async fn overruled(
    on: &impl ConnectionTrait,
    cycle: Option<CycleId>,
) -> Result<BTreeMap<RuleCode, OverruledTally>, Fault> {
    let query = "select proposed.rules, proposed.proposed, proposed.confirmed, count(*) as times \
         from proposed_answer proposed join audit on audit.id = proposed.audit_id \
         where audit.submitted_at is not null \
         and (cast($1 as bigint) is null or audit.cycle_id = $1) \
         group by proposed.rules, proposed.proposed, proposed.confirmed";
    let mut tallies: BTreeMap<RuleCode, OverruledTally> = BTreeMap::new();
    for row in sql::all(on, query, [cycle.map(|id| id.0).into()]).await? {
        let judgement = row.code("proposed", Judgement::from_code)?;
        // An answer that stood on two rules counts for each of them.
        for rule in row.code("rules", rules)? {
            let tally = tallies.entry(rule).or_default();
            tally.add(judgement, row.get("confirmed")?, row.count("times")?);
        }
    }
    Ok(tallies)
}
