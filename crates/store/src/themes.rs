//! The themes that auditors choose from: a list that the quality lead keeps, and what auditors propose.

use std::sync::Arc;

use jiff::Timestamp;
use quarterlight_domain::id::{AuditId, ThemeId};
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::summing_up::{ThemeName, ThemeStanding};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// The themes.
#[derive(Debug, Clone)]
pub struct Themes(pub(crate) Arc<Engine>);

/// A theme, with how many audits have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Its id.
    pub id: ThemeId,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub standing: ThemeStanding,
    /// Who proposed it, by name; none for the server's own command line.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Themes {
    /// Every theme, by name. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<Theme>, Fault> {
        let query = format!("{THEME} order by theme.key");
        sql::all(&self.0.read, &query, []).await?.iter().map(theme).collect()
    }

    /// The themes of an audit, by name. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_audit(&self, audit: AuditId) -> Result<Vec<Theme>, Fault> {
        let query = format!(
            "{THEME} join audit_theme on audit_theme.theme_id = theme.id \
             where audit_theme.audit_id = $1 and audit_theme.chosen order by theme.key"
        );
        sql::all(&self.0.read, &query, [audit.0.into()]).await?.iter().map(theme).collect()
    }

    /// Puts a theme on the list. One that was proposed or set aside before is put on it again.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn list(&self, stamp: &Stamp, name: &ThemeName) -> Result<ThemeId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let id = propose(&*change, stamp, name).await?;
        let (name, standing) = (name.as_str().to_owned(), ThemeStanding::Listed);
        stand(&change, id, standing).await?;
        let payload = json!({ "name": name, "standing": standing.code() });
        change.keep(Entry { deed: "theme.stand", on: format!("theme {id}"), payload }).await?;
        Ok(id)
    }

    /// Says where a theme stands. False if there is no such theme or it stands there already.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn stand(
        &self,
        stamp: &Stamp,
        id: ThemeId,
        standing: ThemeStanding,
    ) -> Result<bool, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !stand(&change, id, standing).await? {
            return Ok(false);
        }
        let payload = json!({ "standing": standing.code() });
        change.keep(Entry { deed: "theme.stand", on: format!("theme {id}"), payload }).await?;
        Ok(true)
    }
}

async fn stand(change: &Change<'_>, id: ThemeId, standing: ThemeStanding) -> Result<bool, Fault> {
    let query = "update theme set standing = $2 where id = $1 and standing <> $2";
    Ok(sql::run(&**change, query, [id.0.into(), standing.code().into()]).await? > 0)
}

/// The theme with this name; a new one is proposed.
pub async fn propose(
    on: &impl ConnectionTrait,
    stamp: &Stamp,
    name: &ThemeName,
) -> Result<ThemeId, Fault> {
    let query = "insert into theme (name, key, standing, proposed_by, proposed_at) \
         values ($1, $2, 'proposed', $3, $4) \
         on conflict (key) do update set key = excluded.key returning id";
    let values = [name.as_str().into(), name.key().into(), sql::by(stamp), sql::time(stamp.at)];
    sql::one(on, query, values).await?.id("id", ThemeId)
}

const THEME: &str = "select theme.id, theme.name, theme.standing, theme.proposed_at, \
     person.name as proposed_by \
     from theme left join person on person.id = theme.proposed_by";

fn theme(row: &Row) -> Result<Theme, Fault> {
    Ok(Theme {
        id: row.id("id", ThemeId)?,
        name: row.get("name")?,
        standing: row.code("standing", ThemeStanding::from_code)?,
        by: row.get("proposed_by")?,
        at: row.time("proposed_at")?,
    })
}
