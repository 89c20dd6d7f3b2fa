//! Taking a finding from under another action: it goes on under its own again.

use super::ToPart;
use crate::app::App;
use crate::{links, page};

/// Takes it apart. Posted twice, it changes nothing and shows the action as it is.
///
/// # Errors
/// There is no such page for anybody but the quality lead.
pub async fn post(app: App, action: ToPart) -> page::Result {
    let it = &action.action;
    if it.joined_to.is_some() {
        let stamp = action.visitor.stamp("took findings apart");
        app.store.actions.step(&stamp, &it.take_apart()?).await?;
    }
    page::see_other(links::action(it.id))
}
