//! Reminding everybody who has audits of a cycle to make, because the quality lead asks for it.

use quarterlight_domain::reminder::{Occasion, Reminder};

use super::ToRun;
use crate::app::App;
use crate::{links, page};

/// Puts a reminder in the queue for each auditor and each day on which their audits are due; at most
/// one a day.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn post(app: App, cycle: ToRun) -> page::Result {
    let id = cycle.cycle().id;
    let stamp = cycle.visitor.stamp("asked for reminders");
    let occasion = Occasion::Asked(cycle.visitor.today);
    let mut queued = 0_u32;
    for (person, due, audits) in app.store.reminders.due(Some(id)).await? {
        let reminder = Reminder { person, due, audits, occasion };
        queued += u32::from(app.store.reminders.queue(&stamp, &reminder).await?);
    }
    page::see_other(format!("{}?reminded={queued}", links::progress(id)))
}
