//! What Larkmoor changed about the indicators that come with the program.

use quarterlight_domain::id::PersonId;
use quarterlight_domain::indicator::IndicatorCode;
use quarterlight_domain::indicator::local::Changed;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_store::{NewLocalChange, Store};

use crate::fault::Fault;
use crate::rounds::{Round, moment};

/// Code, target in per cent, and why.
const CHANGED: [(&str, u8, &str); 2] = [
    ("seen-and-heard", 85, "The children’s board asked for a target it can follow, 12 months on."),
    ("supervision", 80, "Agreed with the heads of service, to be raised when it is met."),
];

/// Sets the targets on the first morning of the third quarter.
pub async fn set(store: &Store, lead: PersonId, round: &Round) -> Result<(), Fault> {
    if round.number != 2 {
        return Ok(());
    }
    for (code, percent, why) in CHANGED {
        let at = moment(round.opening(), 8 * 60 + 22);
        let new = NewLocalChange {
            indicator: IndicatorCode::new(code)?,
            from: round.opening(),
            changed: Changed::Target(percent),
            by: lead,
            why: Reason::new(why)?,
            form_key: format!("borough-target-{code}"),
        };
        store.indicators.change(&Stamp::person(lead, at, "changed an indicator"), &new).await?;
    }
    Ok(())
}
