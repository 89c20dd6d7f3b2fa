//! The draw and what became of its sample, as a file from which anybody can repeat it.

use super::{ToSee, draw_file_name};
use crate::app::App;
use crate::error::Failure;
use crate::page::{self, Page};

/// Gives the file, with nothing in it but references.
///
/// # Errors
/// There is no such file before the draw, and for those who may not see cycles.
pub async fn get(app: App, cycle: ToSee) -> page::Result {
    let drawn = app.store.draws.published(cycle.cycle().id).await?.ok_or(Failure::NotFound)?;
    Ok(Page::Download {
        name: draw_file_name(cycle.cycle().quarter),
        content_type: "text/plain; charset=utf-8",
        bytes: drawn.file.text().into_bytes(),
    })
}
