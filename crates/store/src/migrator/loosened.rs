//! Columns that were never blank and may be: the one change of a table for which SQLite has no words.

use sea_orm::DbBackend;

/// The statements by which a report need not have a cycle, and by which the programmes that members
/// have become released reports about a year. They come after the columns of their step.
///
/// In SQLite a rule of a column is the text of its table. Its makers say how to take one out that
/// changes nothing of what is stored: in this text, inside the transaction, and read again at once
/// (<https://www.sqlite.org/lang_altertable.html#otheralter>). Another way would copy the table and
/// drop the old one, to which five others point.
pub fn reports_without_cycle(engine: DbBackend) -> String {
    let loosened = if engine == DbBackend::Sqlite {
        "pragma writable_schema = on; \
         update sqlite_master set sql = replace(sql, 'cycle_id bigint not null references cycle', \
             'cycle_id bigint references cycle') \
             where type = 'table' and name in ('report', 'prepared_report'); \
         pragma writable_schema = reset;"
    } else {
        "alter table report alter column cycle_id drop not null; \
         alter table prepared_report alter column cycle_id drop not null;"
    };
    format!(
        "{loosened} insert into report (year, title, released_on, released_by, document) \
         select year, title, released_on, released_by, document from programme_release order by id;"
    )
}
