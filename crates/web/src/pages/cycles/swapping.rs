//! Which record would come in place of another, and whether its auditor may keep the audit.
//!
//! `quarterlight draw swap` asks the same as the page.

use jiff::civil::Date;
use quarterlight_domain::audit::Stage;
use quarterlight_domain::draw_event::{DrawEvent, SwapReason};
use quarterlight_domain::id::CycleId;
use quarterlight_domain::independence::Independent;
use quarterlight_domain::refusal::Refusal;
use quarterlight_store::{Fault, PickLine, Published, Store};

/// A record that can be swapped, with what would come and who would audit it.
#[derive(Debug, Clone)]
pub struct Possible {
    /// The swap, for another reason than it will have.
    pub event: DrawEvent,
    /// Who audits it now, and is independent of the record that comes.
    pub auditor: Option<(Independent, String)>,
}

/// What would come in place of a record of a cycle's sample on a day; a refusal in words where
/// nothing can.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn possible(
    store: &Store,
    (cycle, today): (CycleId, Date),
    pick: &PickLine,
    published: &Published,
) -> Result<Result<Possible, Refusal>, Fault> {
    let swapped = published
        .file
        .sample()
        .and_then(|mut sample| sample.swap(today, SwapReason::Other, &pick.reference));
    let event = match swapped {
        Ok(event) => event,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(audit) = pick.audit else { return Ok(Ok(Possible { event, auditor: None })) };
    let changed = || {
        Refusal::because(format!(
            "What is known of {} has just changed. Look at the sample again.",
            pick.reference
        ))
    };
    let Some(hand) = store.audits.in_hand(audit).await? else { return Ok(Err(changed())) };
    let name = hand.audit.auditor_name.clone();
    if hand.audit.stage != Stage::Assigned {
        return Ok(Err(Refusal::because(format!(
            "{name} has begun the audit of {}, so it cannot be swapped any more. An audit that \
             cannot be finished is said to be so in the audit itself.",
            pick.reference
        ))));
    }
    let Some(comes) = event.taken().first() else { return Ok(Err(changed())) };
    let record = store.records.as_drawn(cycle, &comes.reference).await?;
    let auditor = store.people.get(hand.audit.auditor).await?;
    let Some((record, auditor)) = record.zip(auditor) else { return Ok(Err(changed())) };
    let ties = store.conflicts.ties().await?;
    Ok(match Independent::of(&auditor, &record, &ties, today) {
        Ok(independent) => Ok(Possible { event, auditor: Some((independent, name)) }),
        Err(refusal) => Err(Refusal::because(format!(
            "The audit of {} is assigned to {name}, and {} would take its place. {refusal} Assign \
             the audit of {} to somebody who is independent of both, and swap it then.",
            pick.reference, comes.reference, pick.reference
        ))),
    })
}
