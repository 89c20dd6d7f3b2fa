//! The steps from an empty database to today's schema, the same on both engines.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager, async_trait};

use crate::fault::Fault;
use crate::sql;

/// One step, and the tables of it whose rows must never be changed or removed by a statement: the
/// journal, agreed editions, case lists that were read, samples that were drawn, reports that were
/// released, and who looked.
///
/// A trigger stops an accident. Somebody who means harm can drop it, and is found by the journal.
struct Step {
    name: &'static str,
    sql: &'static str,
    kept_for_ever: &'static [&'static str],
}

/// Every step, in order. A step that was released never changes; the next one is added.
const STEPS: &[Step] = &[
    Step {
        name: "0001_house",
        sql: include_str!("../migrations/0001_house.sql"),
        kept_for_ever: &[
            "journal_entry",
            "journal_checkpoint",
            "edition",
            "edition_section",
            "edition_standard",
            "draw",
            "draw_pick",
            "report",
            "look",
        ],
    },
    Step {
        name: "0002_frameworks",
        sql: include_str!("../migrations/0002_frameworks.sql"),
        kept_for_ever: &["edition_origin", "edition_agreement", "edition_link", "edition_asked"],
    },
    Step {
        name: "0003_sources",
        sql: include_str!("../migrations/0003_sources.sql"),
        kept_for_ever: &[
            "fact_set",
            "source",
            "source_file",
            "source_list",
            "source_part",
            "source_problem",
            "case_list_source",
            "case_list_list",
            "case_list_apart",
            "case_list_conflict",
            "case_list_doubt",
            "case_list_worker",
            "same_as",
            "column_mapping",
        ],
    },
    Step {
        name: "0004_timescales",
        sql: include_str!("../migrations/0004_timescales.sql"),
        kept_for_ever: &["rule_set", "rule_variation"],
    },
    Step {
        name: "0005_coverage",
        sql: include_str!("../migrations/0005_coverage.sql"),
        kept_for_ever: &[
            "case_list_cell",
            "case_list_record",
            "coverage_claim",
            "draw_request",
            "draw_request_taken",
            "draw_request_withdrawn",
        ],
    },
    Step {
        name: "0006_programme",
        sql: include_str!("../migrations/0006_programme.sql"),
        kept_for_ever: &[
            "programme",
            "programme_quarter",
            "programme_cohort",
            "programme_framework",
            "programme_release",
            "cycle_edition",
            "draw_exclusion",
            "draw_event",
            "draw_addition",
        ],
    },
    Step {
        name: "0007_allocation",
        sql: include_str!("../migrations/0007_allocation.sql"),
        kept_for_ever: &["audit_given", "audit_moved", "cycle_closed", "audit_missed"],
    },
    Step {
        name: "0008_exclusions",
        sql: include_str!("../migrations/0008_exclusions.sql"),
        kept_for_ever: &["record_exclusion", "record_exclusion_ended", "draw_request_settled"],
    },
    Step {
        name: "0009_concerns",
        sql: include_str!("../migrations/0009_concerns.sql"),
        kept_for_ever: &["concern", "concern_step", "concern_notice"],
    },
    Step {
        name: "0010_concern_mail",
        sql: include_str!("../migrations/0010_concern_mail.sql"),
        kept_for_ever: &[],
    },
    Step {
        name: "0011_moderation",
        sql: include_str!("../migrations/0011_moderation.sql"),
        kept_for_ever: &[
            "moderation_rule",
            "moderation",
            "moderation_reading",
            "moderation_outcome",
            "moderation_ended",
            "moderation_note",
            "moderation_note_done",
            "audit_earlier",
            "audit_earlier_answer",
            "audit_correction",
            "audit_grade_change",
            "rewording",
        ],
    },
    Step {
        name: "0012_filing",
        sql: include_str!("../migrations/0012_filing.sql"),
        kept_for_ever: &[
            "filing_protocol",
            "filing_protocol_kind",
            "filing_check",
            "filing_item",
            "filing_paper",
            "filing_check_withdrawn",
            "filing_mismatch",
            "filing_mismatch_cleared",
        ],
    },
    Step {
        name: "0013_voices",
        sql: include_str!("../migrations/0013_voices.sql"),
        kept_for_ever: &["audit_reply", "challenge_decided"],
    },
    Step {
        name: "0014_proposals",
        sql: include_str!("../migrations/0014_proposals.sql"),
        kept_for_ever: &[],
    },
    Step {
        name: "0015_saving",
        sql: include_str!("../migrations/0015_saving.sql"),
        kept_for_ever: &[],
    },
    Step {
        name: "0016_offline",
        sql: include_str!("../migrations/0016_offline.sql"),
        kept_for_ever: &[],
    },
    Step {
        name: "0018_findings",
        sql: include_str!("../migrations/0018_findings.sql"),
        kept_for_ever: &["action_step", "practice_offer"],
    },
    Step {
        name: "0019_register",
        sql: include_str!("../migrations/0019_register.sql"),
        kept_for_ever: &["register_item", "register_step"],
    },
    Step {
        name: "0020_release",
        sql: include_str!("../migrations/0020_release.sql"),
        kept_for_ever: &["prepared_report", "prepared_step", "report_release", "report_look"],
    },
    Step {
        name: "0021_indicators",
        sql: include_str!("../migrations/0021_indicators.sql"),
        kept_for_ever: &["indicator_set", "indicator_change"],
    },
    Step {
        name: "0022_staffing",
        sql: include_str!("../migrations/0022_staffing.sql"),
        kept_for_ever: &[
            "place_event",
            "staff_given",
            "staff_month",
            "allocation_protocol",
            "allocation_advice",
            "allocation_reason",
        ],
    },
    Step {
        name: "0023_sign_in",
        sql: include_str!("../migrations/0023_sign_in.sql"),
        kept_for_ever: &["sign_in_event", "confidentiality_text", "confidentiality_accepted"],
    },
];

/// Brings the schema up to date, and says how many steps that took.
pub async fn migrate(on: &DatabaseConnection) -> Result<usize, Fault> {
    let before = applied(on).await?;
    if before > STEPS.len() {
        return Err(Fault::Newer);
    }
    Migrator::up(on, None).await?;
    Ok(STEPS.len() - before)
}

/// How many steps are missing.
pub async fn missing(on: &DatabaseConnection) -> Result<usize, Fault> {
    Ok(STEPS.len().saturating_sub(applied(on).await?))
}

async fn applied(on: &DatabaseConnection) -> Result<usize, Fault> {
    Migrator::install(on).await?;
    let row = sql::one(on, "select count(*) as steps from seaql_migrations", []).await?;
    Ok(row.count("steps")? as usize)
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS.iter().map(|step| Box::new(step) as Box<dyn MigrationTrait>).collect()
    }
}

impl MigrationName for &'static Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for &'static Step {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        let on = schema.get_connection();
        let words = match on.get_database_backend() {
            DbBackend::Sqlite => [
                ("{id}", "integer primary key autoincrement"),
                ("{bytes}", "blob"),
                ("{day}", "text"),
                ("{time}", "text"),
            ],
            _ => [
                ("{id}", "bigint generated always as identity primary key"),
                ("{bytes}", "bytea"),
                ("{day}", "date"),
                ("{time}", "timestamptz"),
            ],
        };
        let sql =
            words.iter().fold(self.sql.to_owned(), |sql, (word, name)| sql.replace(word, name));
        on.execute_unprepared(&sql).await?;
        for table in self.kept_for_ever {
            on.execute_unprepared(&keep_for_ever(on.get_database_backend(), table)).await?;
        }
        if self.kept_for_ever.contains(&"journal_entry") {
            on.execute_unprepared(follow_the_last_leaf(on.get_database_backend())).await?;
        }
        Ok(())
    }

    async fn down(&self, _schema: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("a step is never taken back: restore a backup".to_owned()))
    }
}

/// The statements by which the database refuses to change or remove a row of this table.
fn keep_for_ever(engine: DbBackend, table: &str) -> String {
    if engine == DbBackend::Sqlite {
        ["update", "delete"]
            .map(|verb| {
                format!(
                    "create trigger {table}_no_{verb} before {verb} on {table} begin \
                 select raise(abort, '{table} is kept for ever'); end;"
                )
            })
            .join("\n")
    } else {
        format!(
            "create or replace function kept_for_ever() returns trigger language plpgsql as \
             $$ begin raise exception '% is kept for ever', tg_table_name; end $$; \
             create trigger {table}_kept before update or delete or truncate on {table} \
             for each statement execute function kept_for_ever();"
        )
    }
}

/// The statements by which the journal's head follows its last entry, without a round trip for it.
fn follow_the_last_leaf(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Sqlite {
        "create trigger journal_head_follows after insert on journal_entry begin \
         update journal_head set last_leaf = new.leaf where id = 1; end;"
    } else {
        "create function journal_head_follows() returns trigger language plpgsql as \
         $$ begin update journal_head set last_leaf = new.leaf where id = 1; return null; end $$; \
         create trigger journal_head_follows after insert on journal_entry \
         for each row execute function journal_head_follows();"
    }
}
