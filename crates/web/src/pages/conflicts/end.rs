//! Saying that a conflict has ended.

use axum::extract::Path;
use quarterlight_domain::id::ConflictId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::text::Reason;
use serde::Deserialize;

use super::list;
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::permit::{DeclareConflicts, Through};
use crate::{links, page};

/// Why it has ended.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    because: String,
}

/// Ends a conflict with this day. Posted twice, it changes nothing.
///
/// # Errors
/// There is no such page for anybody but whoever declared it and the quality lead. Refuses a conflict
/// that has ended.
pub async fn post(
    app: App,
    visitor: Through<DeclareConflicts>,
    Path(id): Path<String>,
    Filled(form): Filled<EndForm>,
) -> page::Result {
    let id: ConflictId = id.parse().map_err(|_| Failure::NotFound)?;
    let line = app.store.conflicts.get(id).await?.ok_or(Failure::NotFound)?;
    let deed = Deed::EndConflict(&line.conflict);
    if !permits(&visitor.person, deed, visitor.today) {
        return Err(Failure::NotFound);
    }
    let until = line.conflict.end(visitor.today)?;
    let because = match Reason::new(&form.because) {
        Ok(because) => because,
        Err(refusal) => return list::not_ended(&app, &visitor, id, &refusal).await,
    };
    let stamp = visitor.stamp("ended a conflict");
    app.store.conflicts.end(&stamp, id, until, &because).await?;
    page::see_other(links::declared_conflicts())
}
