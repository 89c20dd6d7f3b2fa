//! What lists tell of workers, and how far it is taken over what a person said.

use quarterlight_domain::allocation::Experience;
use quarterlight_domain::id::CaseListId;
use quarterlight_domain::reconcile::WorkerFacts;
use sea_orm::{ConnectionTrait, Value};

use crate::fault::Fault;
use crate::sql::{self, Row};

/// What a case list tells of one worker, beside what is kept of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerLine {
    /// Their name; none where the sources know a number only.
    pub name: Option<String>,
    /// Their number in the register of social workers.
    pub registration: Option<String>,
    /// Their team.
    pub team: Option<String>,
    /// How experienced the list says that they are.
    pub experience: Experience,
    /// How experienced a person said that they are, if one did.
    pub by_hand: Option<Experience>,
}

const AT_ONCE: usize = 1000;

/// Keeps what sources tell of workers.
pub async fn insert(
    on: &impl ConnectionTrait,
    id: CaseListId,
    workers: &[WorkerFacts],
) -> Result<(), Fault> {
    for (part, workers) in workers.chunks(AT_ONCE).enumerate() {
        let query = format!(
            "insert into case_list_worker (case_list_id, position, name, registration, \
             staff_number, team_name, experience, full_time_thousandths, agency) values {}",
            sql::tuples(on, workers.len(), 9)
        );
        let values = workers.iter().enumerate().flat_map(|(position, it)| -> [Value; 9] {
            [
                id.0.into(),
                sql::whole(part * AT_ONCE + position),
                it.name.clone().into(),
                it.registration.clone().into(),
                it.staff_number.clone().into(),
                it.team.clone().into(),
                it.experience.code().into(),
                it.full_time_thousandths.map(i64::from).into(),
                it.agency.code().into(),
            ]
        });
        sql::run(on, &query, values.collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Gives workers what a list that is taken in tells of them. What a person said stays.
pub async fn take_in(on: &impl ConnectionTrait, id: CaseListId) -> Result<(), Fault> {
    let told = "from case_list_worker told where told.case_list_id = $1 \
         and told.name = worker.name";
    let of_them = format!("exists (select 1 {told})");
    let first = |column: &str, otherwise: &str| {
        format!(
            "{column} = coalesce((select max(told.{column}) {told} {otherwise}), worker.{column})"
        )
    };
    let query = format!(
        "update worker set {}, {}, {}, {}, {} where {of_them}",
        first("registration", ""),
        first("staff_number", ""),
        first("team_name", ""),
        first("full_time_thousandths", ""),
        first("agency", "and told.agency <> 'unknown'"),
    );
    sql::run(on, &query, [id.0.into()]).await?;
    let query = format!(
        "update worker set {} where not experience_by_hand and {of_them}",
        first("experience", "and told.experience <> 'unknown'"),
    );
    sql::run(on, &query, [id.0.into()]).await?;
    Ok(())
}

/// What a list tells of workers, by name; a thousand at most. One statement.
pub async fn of_list(on: &impl ConnectionTrait, id: CaseListId) -> Result<Vec<WorkerLine>, Fault> {
    let query = "select told.name, told.registration, told.team_name, told.experience, \
         worker.experience as kept, worker.experience_by_hand \
         from case_list_worker told left join worker on worker.name = told.name \
         where told.case_list_id = $1 order by told.position limit 1000";
    sql::all(on, query, [id.0.into()]).await?.iter().map(worker).collect()
}

fn worker(row: &Row) -> Result<WorkerLine, Fault> {
    let kept: Option<String> = row.get("kept")?;
    let by_hand: Option<bool> = row.get("experience_by_hand")?;
    Ok(WorkerLine {
        name: row.get("name")?,
        registration: row.get("registration")?,
        team: row.get("team_name")?,
        experience: row.code("experience", Experience::from_code)?,
        by_hand: kept
            .filter(|_| by_hand == Some(true))
            .and_then(|code| Experience::from_code(&code)),
    })
}
