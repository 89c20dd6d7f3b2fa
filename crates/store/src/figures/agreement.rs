//! How often an auditor judged one thing and a moderator another, counted by standard and quarter.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::grade::Grade;
use quarterlight_domain::id::{EditionId, PersonId};
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::statistics::agreement::{GradePair, Pair};

use super::Figures;
use crate::fault::Fault;
use crate::sql;

/// Which second readings to count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AgreementFilter {
    /// From this quarter on.
    pub from: Option<Quarter>,
    /// Only those read blind.
    pub blind: bool,
}

/// Pairs of one standard, in one quarter, of one auditor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairLine {
    /// The quarter.
    pub quarter: Quarter,
    /// The edition.
    pub edition: EditionId,
    /// The standard.
    pub standard: StandardCode,
    /// The auditor.
    pub auditor: PersonId,
    /// The auditor's name.
    pub auditor_name: String,
    /// What the two judged, and how often.
    pub pair: Pair,
}

impl Figures {
    /// The auditor's grade and the moderator's, for every audit that was confirmed at its first
    /// second reading. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn grade_agreement(&self, filter: AgreementFilter) -> Result<Vec<GradePair>, Fault> {
        let query = "select audit.grade as theirs, settled_grade.grade as mine, count(*) as times \
             from moderation \
             join moderation_ended ended on ended.moderation_id = moderation.id \
             join audit on audit.id = moderation.audit_id \
             join cycle on cycle.id = audit.cycle_id \
             join settled_grade on settled_grade.audit_id = audit.id \
             where ended.how = 'confirmed' and audit.grade is not null \
             and not exists (select 1 from moderation before \
                 where before.audit_id = moderation.audit_id and before.round < moderation.round) \
             and (cast($1 as text) is null or cycle.quarter >= $1) \
             and (moderation.blind or not $2) \
             group by audit.grade, settled_grade.grade \
             order by audit.grade, settled_grade.grade";
        let from = filter.from.map(|quarter| quarter.to_string());
        let rows = sql::all(&self.0.read, query, [from.into(), filter.blind.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(GradePair {
                    theirs: row.code("theirs", Grade::from_code)?,
                    mine: row.code("mine", Grade::from_code)?,
                    times: row.count("times")?,
                })
            })
            .collect()
    }

    /// The first second reading of every standard that was read twice. What came of a returned
    /// audit does not count: its auditor knew what the moderator thought. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn agreement(&self, filter: AgreementFilter) -> Result<Vec<PairLine>, Fault> {
        let query = "select cycle.quarter, audit.edition_id, reading.standard, audit.auditor_id, \
             person.name as auditor, reading.theirs, reading.mine, moderation.blind, \
             count(*) as times \
             from moderation_reading reading \
             join moderation on moderation.id = reading.moderation_id \
             join audit on audit.id = moderation.audit_id \
             join cycle on cycle.id = audit.cycle_id \
             join person on person.id = audit.auditor_id \
             where not exists (select 1 from moderation before \
                 where before.audit_id = moderation.audit_id and before.round < moderation.round) \
             and (cast($1 as text) is null or cycle.quarter >= $1) \
             and (moderation.blind or not $2) \
             group by cycle.quarter, audit.edition_id, reading.standard, audit.auditor_id, \
             person.name, reading.theirs, reading.mine, moderation.blind \
             order by cycle.quarter, audit.edition_id, reading.standard, person.name, \
             audit.auditor_id, reading.theirs, reading.mine, moderation.blind";
        let from = filter.from.map(|quarter| quarter.to_string());
        let rows = sql::all(&self.0.read, query, [from.into(), filter.blind.into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(PairLine {
                    quarter: row.parse("quarter", str::parse)?,
                    edition: row.id("edition_id", EditionId)?,
                    standard: row.parse("standard", StandardCode::new)?,
                    auditor: row.id("auditor_id", PersonId)?,
                    auditor_name: row.get("auditor")?,
                    pair: Pair {
                        theirs: row.code("theirs", Judgement::from_code)?,
                        mine: row.code("mine", Judgement::from_code)?,
                        blind: row.get("blind")?,
                        times: row.count("times")?,
                    },
                })
            })
            .collect()
    }
}
