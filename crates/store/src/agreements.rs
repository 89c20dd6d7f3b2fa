//! A draft becomes an edition, and what led to it is kept for ever beside it.

use quarterlight_domain::agreement::Agreement;
use quarterlight_domain::edition::Answered;
use quarterlight_domain::id::{EditionId, PersonId};
use quarterlight_domain::mapping::Thread;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::StandardCode;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::drafts::{Drafts, unchanged};
use crate::fault::Fault;
use crate::frameworks::insert_edition;
use crate::sql;

impl Drafts {
    /// Makes the edition that was agreed. None if anything about the draft has changed since it was
    /// checked: a comment that came in, an answer, a word.
    ///
    /// # Errors
    /// Fails if the database cannot be written; then nothing is agreed.
    pub async fn agree(
        &self,
        stamp: &Stamp,
        by: PersonId,
        agreement: &Agreement,
    ) -> Result<Option<EditionId>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let draft = agreement.draft();
        if !unchanged(&change, draft, agreement.version()).await? {
            return Ok(None);
        }
        let contents = agreement.contents();
        let query = "select coalesce(max(number), 0) + 1 as number from edition where name = $1";
        let number = sql::one(&*change, query, [contents.name().into()]).await?;
        let number = number.count("number")?;
        let dates = (Some(by), agreement.from());
        let (id, digest) =
            insert_edition(&change, (contents, agreement.origins()), number, dates).await?;
        let before = agreement.follows().map(|(before, _, _)| before);
        let query = "insert into edition_agreement (edition_id, draft_id, before_id, agreed_at) \
             values ($1, $2, $3, $4)";
        let before_id = before.map(|before| before.0).into();
        let values = [id.0.into(), draft.0.into(), before_id, sql::time(stamp.at)];
        sql::run(&*change, query, values).await?;
        insert_links(&change, id, agreement).await?;
        insert_asked(&change, id, agreement).await?;
        let query = "update consultation set ended_on = $2 \
             where draft_id = $1 and ended_on is null";
        sql::run(&*change, query, [draft.0.into(), sql::day(stamp.day())]).await?;
        let query = "update draft set edition_id = $2 where id = $1";
        sql::run(&*change, query, [draft.0.into(), id.0.into()]).await?;
        let payload = json!({
            "name": contents.name(), "number": number, "sha256": digest, "draft": draft.0,
            "from": agreement.from().to_string(),
        });
        change.keep(Entry { deed: "edition.agree", on: format!("edition {id}"), payload }).await?;
        Ok(Some(id))
    }
}

async fn insert_links(
    change: &Change<'_>,
    id: EditionId,
    agreement: &Agreement,
) -> Result<(), Fault> {
    let Some((before, mapping, links)) = agreement.follows() else { return Ok(()) };
    let query = "insert into edition_link (edition_id, before_id, old_code, new_code, fate) \
         values ($1, $2, $3, $4, $5)";
    for Thread { fate, old, new } in mapping.threads() {
        let pairs: Vec<(&str, &str)> = if old.is_empty() {
            new.iter().map(|code| ("", code.as_str())).collect()
        } else {
            let next = |code: &StandardCode| links.get(code).cloned().unwrap_or_default();
            let ends = |code: &StandardCode| next(code).is_empty();
            let dropped = old.iter().filter(|code| ends(code)).map(|code| (code.as_str(), ""));
            let linked = old.iter().flat_map(|code| {
                let goes_on = links.get(code).into_iter().flatten();
                goes_on.map(|new| (code.as_str(), new.as_str()))
            });
            linked.chain(dropped).collect()
        };
        for (old, new) in pairs {
            let values = [id.0.into(), before.0.into(), old.into(), new.into(), fate.code().into()];
            sql::run(&**change, query, values).await?;
        }
    }
    Ok(())
}

async fn insert_asked(
    change: &Change<'_>,
    id: EditionId,
    agreement: &Agreement,
) -> Result<(), Fault> {
    let query = "insert into edition_asked \
         (edition_id, position, person_id, asked_on, closes, comments, replied) \
         values ($1, $2, $3, $4, $5, $6, $7)";
    for (position, asked) in agreement.asked().iter().enumerate() {
        let comments = match asked.answered {
            Answered::Comments(count) => count,
            Answered::NoComments | Answered::Nothing => 0,
        };
        let values = [
            id.0.into(),
            sql::whole(position),
            asked.person.0.into(),
            sql::day(asked.on),
            sql::day(asked.closes),
            i64::from(comments).into(),
            asked.answered.is_reply().into(),
        ];
        sql::run(&**change, query, values).await?;
    }
    Ok(())
}
