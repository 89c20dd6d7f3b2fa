//! Who was asked in an audit and what they said, and what the audit comes to in words.

use std::collections::BTreeSet;
use std::sync::Arc;

use quarterlight_domain::id::{AuditId, ThemeId};
use quarterlight_domain::names::Names;
use quarterlight_domain::need::Known;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::summing_up::{SummingUp, TrainingLink};
use quarterlight_domain::voice::{Asked, Heard, Whose};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::audits::OPEN;
use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};
use crate::themes;

/// Who was asked, and what audits come to in words.
#[derive(Debug, Clone)]
pub struct Voices(pub(crate) Arc<Engine>);

/// What became of something that was sent to be kept with an audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept<T> {
    /// It is kept, or was kept before word for word.
    Yes,
    /// Somebody saved something else in between. Theirs is still kept.
    Conflict(T),
    /// The audit was submitted, given to somebody else or closed with its cycle in between.
    Closed,
}

impl Voices {
    /// Who was asked in an audit. One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of_audit(&self, audit: AuditId) -> Result<Vec<Heard>, Fault> {
        let query = format!("{HEARD} where audit_id = $1");
        let rows = sql::all(&self.0.read, &query, [audit.0.into()]).await?;
        let mut heard: Vec<Heard> = rows.iter().map(heard).collect::<Result<_, _>>()?;
        heard.sort_by_key(|it| it.whose);
        Ok(heard)
    }

    /// What an audit comes to in words; nothing where nothing is written. Two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn summing_up(&self, audit: AuditId) -> Result<SummingUp, Fault> {
        summing_up(&self.0.read, audit).await
    }

    /// The names of everybody who signs in or holds records, to be looked for in what is written.
    /// One statement.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn names(&self) -> Result<Names, Fault> {
        names(&self.0.read).await
    }

    /// Keeps whether somebody was asked, and what they said.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn hear(
        &self,
        stamp: &Stamp,
        audit: AuditId,
        heard: &Heard,
    ) -> Result<Kept<Heard>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !hold(&change, stamp, audit).await? {
            return Ok(Kept::Closed);
        }
        if !write(&change, stamp, audit, heard).await? {
            let query = format!("{HEARD} where audit_id = $1 and whose = $2");
            let values = [audit.0.into(), heard.whose.code().into()];
            let theirs = sql::first(&*change, &query, values).await?;
            let theirs = theirs.as_ref().map(self::heard).transpose()?;
            let other = theirs.filter(|theirs| !theirs.says_the_same_as(heard));
            return Ok(other.map_or(Kept::Yes, Kept::Conflict));
        }
        let (asked, on, how) = asked(heard);
        let payload = json!({
            "whose": heard.whose.code(), "asked": asked, "on": on.map(|day| day.to_string()),
            "how": how, "said": heard.said, "changed": heard.changed.code(),
            "change": heard.change, "after_version": heard.version,
        });
        change.keep(Entry { deed: "audit.hear", on: format!("audit {audit}"), payload }).await?;
        Ok(Kept::Yes)
    }

    /// Keeps what an audit comes to in words, with its themes; one that is new is proposed to the
    /// quality lead, and belongs to the audit at once.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn sum_up(
        &self,
        stamp: &Stamp,
        audit: AuditId,
        written: &SummingUp,
        new_theme: Option<&quarterlight_domain::summing_up::ThemeName>,
    ) -> Result<Kept<SummingUp>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        if !hold(&change, stamp, audit).await? {
            return Ok(Kept::Closed);
        }
        let before = summing_up(&*change, audit).await?;
        let mut themes = written.themes.clone();
        if let Some(name) = new_theme {
            themes.insert(themes::propose(&*change, stamp, name).await?);
        }
        let now = SummingUp { themes, ..written.clone() };
        let is_same = SummingUp { version: before.version, ..now.clone() } == before;
        if is_same {
            return Ok(Kept::Yes);
        }
        if before.version != written.version {
            return Ok(Kept::Conflict(before));
        }
        let training = lines(&now.training);
        let query = "insert into audit_summing_up \
             (audit_id, strengths, issues, training, version, saved_at) \
             values ($1, $2, $3, $4, 1, $5) on conflict (audit_id) do update set \
             strengths = excluded.strengths, issues = excluded.issues, \
             training = excluded.training, version = audit_summing_up.version + 1, \
             saved_at = excluded.saved_at";
        let values = [
            audit.0.into(),
            now.strengths.clone().into(),
            now.issues.clone().into(),
            training.clone().into(),
            sql::time(stamp.at),
        ];
        sql::run(&*change, query, values).await?;
        for theme in now.themes.symmetric_difference(&before.themes) {
            let query = "insert into audit_theme (audit_id, theme_id, chosen) \
                 values ($1, $2, $3) on conflict (audit_id, theme_id) \
                 do update set chosen = excluded.chosen";
            let is_chosen = now.themes.contains(theme);
            sql::run(&*change, query, [audit.0.into(), theme.0.into(), is_chosen.into()]).await?;
        }
        let payload = json!({
            "strengths": now.strengths, "issues": now.issues, "training": training,
            "themes": now.themes.iter().map(|id| id.0).collect::<Vec<_>>(),
            "new_theme": new_theme.map(quarterlight_domain::summing_up::ThemeName::as_str),
            "after_version": written.version,
        });
        change.keep(Entry { deed: "audit.sum-up", on: format!("audit {audit}"), payload }).await?;
        Ok(Kept::Yes)
    }
}

/// Takes an audit's row if it is open and theirs; what is written is part of its work, and so it
/// gets under way by it.
async fn hold(change: &Change<'_>, stamp: &Stamp, audit: AuditId) -> Result<bool, Fault> {
    let query = format!(
        "update audit set started_at = coalesce(started_at, $3) \
         where id = $1 and submitted_at is null and auditor_id = $2 and {OPEN}"
    );
    let values = [audit.0.into(), sql::by(stamp), sql::time(stamp.at)];
    Ok(sql::run(&**change, &query, values).await? > 0)
}

async fn write(
    change: &Change<'_>,
    stamp: &Stamp,
    audit: AuditId,
    heard: &Heard,
) -> Result<bool, Fault> {
    let query = "insert into audit_voice (audit_id, whose, asked, asked_on, how, said, changed, \
             change_words, version, saved_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9) \
         on conflict (audit_id, whose) do update set \
             asked = excluded.asked, asked_on = excluded.asked_on, how = excluded.how, \
             said = excluded.said, changed = excluded.changed, \
             change_words = excluded.change_words, version = audit_voice.version + 1, \
             saved_at = excluded.saved_at \
         where audit_voice.version = $10";
    let (asked, on, how) = asked(heard);
    let values = [
        audit.0.into(),
        heard.whose.code().into(),
        asked.into(),
        sql::maybe_day(on),
        how.into(),
        heard.said.clone().into(),
        heard.changed.code().into(),
        heard.change.clone().into(),
        sql::time(stamp.at),
        i64::from(heard.version).into(),
    ];
    Ok(sql::run(&**change, query, values).await? > 0)
}

fn asked(heard: &Heard) -> (bool, Option<jiff::civil::Date>, String) {
    match &heard.asked {
        Asked::Yes(on, how) => (true, Some(*on), how.clone()),
        Asked::No(why) => (false, None, why.clone()),
    }
}

const HEARD: &str = "select whose, asked, asked_on, how, said, changed, change_words, version \
     from audit_voice";

/// The names of everybody who signs in or holds records. One statement.
pub async fn names(on: &impl ConnectionTrait) -> Result<Names, Fault> {
    let query = "select name from person union select name from worker";
    let rows = sql::all(on, query, []).await?;
    let names: Vec<String> = rows.iter().map(|row| row.get("name")).collect::<Result<_, _>>()?;
    Ok(Names::of(names.iter().map(String::as_str)))
}

fn heard(row: &Row) -> Result<Heard, Fault> {
    let how: String = row.get("how")?;
    Ok(Heard {
        whose: row.code("whose", Whose::from_code)?,
        asked: match row.maybe_day("asked_on")? {
            Some(on) => Asked::Yes(on, how),
            None => Asked::No(how),
        },
        said: row.get("said")?,
        changed: row.code("changed", Known::from_code)?,
        change: row.get("change_words")?,
        version: row.count("version")?,
    })
}

async fn summing_up(on: &impl ConnectionTrait, audit: AuditId) -> Result<SummingUp, Fault> {
    let query = "select strengths, issues, training, version from audit_summing_up \
         where audit_id = $1";
    let row = sql::first(on, query, [audit.0.into()]).await?;
    let query = "select theme_id from audit_theme where audit_id = $1 and chosen";
    let themes = sql::all(on, query, [audit.0.into()]).await?;
    let themes: BTreeSet<ThemeId> =
        themes.iter().map(|row| row.id("theme_id", ThemeId)).collect::<Result<_, _>>()?;
    let Some(row) = row else { return Ok(SummingUp { themes, ..SummingUp::default() }) };
    Ok(SummingUp {
        strengths: row.get("strengths")?,
        issues: row.get("issues")?,
        themes,
        training: row.code("training", links)?,
        version: row.count("version")?,
    })
}

fn lines(links: &[TrainingLink]) -> String {
    let line = |link: &TrainingLink| format!("{}\t{}", link.title, link.url);
    links.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn links(text: &str) -> Option<Vec<TrainingLink>> {
    let link = |line: &str| {
        let (title, url) = line.split_once('\t')?;
        TrainingLink::new(title, url).ok().flatten()
    };
    text.lines().map(link).collect()
}
