//! Joining findings that are alike under one action; each finding keeps its own line.

use quarterlight_domain::id::ActionId;
use quarterlight_store::ActionFilter;
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::permit::{JoinFindings, Through};
use crate::{links, page};

/// Which actions were chosen, as sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct JoinForm {
    actions: Vec<String>,
}

/// Joins the chosen actions under the one that is due first. What cannot be joined any more stays as
/// it is; posted twice, it changes nothing.
///
/// # Errors
/// There is no such page for anybody but the quality lead.
pub async fn post(
    app: App,
    visitor: Through<JoinFindings>,
    Filled(form): Filled<JoinForm>,
) -> page::Result {
    let ids: Vec<ActionId> = form.actions.iter().filter_map(|id| id.parse().ok()).collect();
    let open = app.store.actions.open().await?;
    let mut chosen: Vec<_> =
        open.iter().filter(|it| ids.contains(&it.id) && it.joined_to.is_none()).collect();
    chosen.sort_by_key(|it| (it.due, it.id));
    let Some((carrier, rest)) = chosen.split_first() else {
        return page::see_other(links::findings());
    };
    if rest.is_empty() {
        return page::see_other(links::findings());
    }
    let stamp = visitor.stamp("joined findings that are alike");
    for it in rest {
        join(&app, &stamp, it, carrier).await?;
    }
    page::see_other(links::action(carrier.id))
}

/// Joins one action with another; the findings that went on under it go on under the other too.
async fn join(
    app: &App,
    stamp: &quarterlight_domain::stamp::Stamp,
    it: &quarterlight_domain::action::Action,
    carrier: &quarterlight_domain::action::Action,
) -> Result<(), Failure> {
    for carried in app.store.actions.list(&ActionFilter::JoinedTo(it.id)).await? {
        if let Ok(apart) = carried.take_apart() {
            app.store.actions.step(stamp, &apart).await?;
        }
        let Some(alone) = app.store.actions.get(carried.id).await? else { continue };
        if let Ok(step) = alone.join(carrier, false) {
            app.store.actions.step(stamp, &step).await?;
        }
    }
    if let Ok(step) = it.join(carrier, false) {
        app.store.actions.step(stamp, &step).await?;
    }
    Ok(())
}
