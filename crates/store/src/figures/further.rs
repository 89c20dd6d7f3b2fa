//! What a report says beyond the judgements of its quarter, a statement or two for each.

use std::collections::BTreeMap;

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::{
    FilingFigures, Further, InWords, ModerationFigures, ServiceResult, Share, Tally,
};
use quarterlight_domain::filing::figures::ItemCounts;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::statistics::agreement::Pair;
use sea_orm::ConnectionTrait;

use super::counts::{IN_SERVICE, of};
use super::{filing, themes};
use crate::coverage::NO_SERVICE;
use crate::fault::Fault;
use crate::sql;

/// The tallies of each service under the codes of one edition.
pub type UnderCodes = Vec<(String, BTreeMap<String, Tally>)>;

/// A quarter, and one service or all of them.
type About = (Quarter, Option<PlaceId>);

const IN_QUARTER: &str =
    "cycle.quarter = $1 and (cast($2 as bigint) is null or path.service_id = $2)";

/// Everything beyond the judgements; eleven statements, whatever the quarter holds.
pub async fn of_quarter(
    on: &impl ConnectionTrait,
    about: About,
    edition: &AgreedEdition,
    by_service: UnderCodes,
) -> Result<Further, Fault> {
    let mut results = Vec::new();
    for (service, tallies) in by_service {
        for standard in edition.contents().standards() {
            let code = standard.code.to_string();
            if let Some(tally) = tallies.get(&code).copied() {
                results.push(ServiceResult { service: service.clone(), code, tally });
            }
        }
    }
    Ok(Further {
        by_service: results,
        themes: themes::counts(on, about.0, about.1).await?,
        in_words: in_words(on, about).await?,
        filing: of_filing(on, about).await?,
        moderation: moderation(on, about).await?,
    })
}

/// What auditors wrote, and whose words are withheld: those of a record that anybody restricted, whatever
/// the days, since a report stays for good.
async fn in_words(on: &impl ConnectionTrait, about: About) -> Result<Vec<InWords>, Fault> {
    let query = format!(
        "select path.service_name, summed.strengths, summed.issues, \
             exists (select 1 from restriction_standing restricted \
                 where restricted.record_id = audit.record_id) as withheld \
         from audit_summing_up summed join audit on audit.id = summed.audit_id {IN_SERVICE} \
         where audit.submitted_at is not null and {IN_QUARTER} \
         and (summed.strengths <> '' or summed.issues <> '') \
         order by path.service_name, audit.id"
    );
    let rows = sql::all(on, &query, of(about.0, about.1)).await?;
    rows.iter()
        .map(|row| {
            let service = row.get::<Option<String>>("service_name")?;
            Ok(InWords {
                service: service.unwrap_or_else(|| NO_SERVICE.to_owned()),
                strengths: row.get("strengths")?,
                issues: row.get("issues")?,
                withheld: row.get("withheld")?,
            })
        })
        .collect()
}

/// What the filing checks of the quarter found; three statements.
async fn of_filing(
    on: &impl ConnectionTrait,
    (quarter, service): About,
) -> Result<FilingFigures, Fault> {
    let is_here = |it: &quarterlight_domain::place::Whereabouts| {
        service.is_none_or(|service| it.is_within(service))
    };
    let items = filing::items(on, Some(quarter)).await?;
    let items: Vec<_> = items.iter().filter(|it| is_here(&it.whereabouts)).collect();
    let paper = filing::paper(on, Some(quarter)).await?;
    let query = "select count(mismatch.id) as found, count(cleared.mismatch_id) as cleared \
         from filing_mismatch mismatch join filing_check filing on filing.id = mismatch.check_id \
         left join team_path path on path.team_id = filing.team_id \
         left join filing_mismatch_cleared cleared on cleared.mismatch_id = mismatch.id \
         left join filing_check_withdrawn withdrawn on withdrawn.check_id = filing.id \
         where withdrawn.check_id is null and filing.quarter = $1 \
         and (cast($2 as bigint) is null or path.service_id = $2)";
    let row = sql::one(on, query, of(quarter, service)).await?;
    Ok(FilingFigures {
        records: items.iter().map(|it| it.records).sum(),
        items: items.iter().fold(ItemCounts::default(), |sum, it| sum.plus(&it.counts)),
        paper: paper.into_iter().filter(|it| is_here(&it.whereabouts)).collect(),
        cleared: Share::new(row.count("cleared")?, row.count("found")?),
    })
}

/// What came of the second readings of the quarter's audits; three statements.
async fn moderation(on: &impl ConnectionTrait, about: About) -> Result<ModerationFigures, Fault> {
    let query = format!(
        "select count(*) as submitted, \
         coalesce(sum(case when exists (select 1 from moderation join moderation_ended ended \
             on ended.moderation_id = moderation.id where moderation.audit_id = audit.id \
             and ended.how = 'confirmed') then 1 else 0 end), 0) as read_twice, \
         coalesce(sum(case when exists (select 1 from audit_earlier earlier \
             where earlier.audit_id = audit.id and earlier.ended = 'returned') \
             then 1 else 0 end), 0) as returned, \
         coalesce(sum(case when exists (select 1 from audit_grade_change change \
             where change.audit_id = audit.id) then 1 else 0 end), 0) as grades \
         from audit {IN_SERVICE} where audit.submitted_at is not null and {IN_QUARTER}"
    );
    let audits = sql::one(on, &query, of(about.0, about.1)).await?;
    let query = format!(
        "select count(*) as judgements from audit_correction \
         join audit on audit.id = audit_correction.audit_id {IN_SERVICE} \
         where audit.submitted_at is not null and {IN_QUARTER}"
    );
    let judgements = sql::one(on, &query, of(about.0, about.1)).await?;
    let query = format!(
        "select reading.theirs, reading.mine, moderation.blind, count(*) as times \
         from moderation_reading reading \
         join moderation on moderation.id = reading.moderation_id \
         join audit on audit.id = moderation.audit_id {IN_SERVICE} \
         where {IN_QUARTER} and not exists (select 1 from moderation before \
             where before.audit_id = moderation.audit_id and before.round < moderation.round) \
         group by reading.theirs, reading.mine, moderation.blind \
         order by reading.theirs, reading.mine, moderation.blind"
    );
    let mut pairs = Vec::new();
    for row in sql::all(on, &query, of(about.0, about.1)).await? {
        pairs.push(Pair {
            theirs: row.code("theirs", Judgement::from_code)?,
            mine: row.code("mine", Judgement::from_code)?,
            blind: row.get("blind")?,
            times: row.count("times")?,
        });
    }
    Ok(ModerationFigures {
        read: Share::new(audits.count("read_twice")?, audits.count("submitted")?),
        returned: audits.count("returned")?,
        grades_changed: audits.count("grades")?,
        judgements_changed: judgements.count("judgements")?,
        pairs,
    })
}
