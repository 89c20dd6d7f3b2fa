//! Indicators: how each stands, and one of them over time with the form to change it here.

pub mod change;
mod drawing;
pub mod list;
pub mod show;
#[cfg(test)]
mod tests;

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::framework::AgreedEdition;

use crate::app::App;
use crate::error::Failure;
use crate::indicators::IndicatorsInForce;
use crate::session::SignedIn;

/// The latest quarter with a cycle that has begun, and the indicators counted up to it; no indicators
/// where no set is kept, and nothing where there is no cycle yet.
async fn counted(
    app: &App,
    visitor: &SignedIn,
) -> Result<Option<(Quarter, Option<IndicatorsInForce>)>, Failure> {
    let now = Quarter::of(visitor.today);
    let cycles = app.store.cycles.all().await?;
    let begun = cycles.iter().filter(|it| it.cycle.quarter <= now);
    let Some(latest) = begun.max_by_key(|it| it.cycle.quarter) else { return Ok(None) };
    let edition = app.store.frameworks.edition(latest.cycle.edition).await?;
    let edition: std::sync::Arc<AgreedEdition> = edition.ok_or(Failure::NotFound)?;
    let quarter = latest.cycle.quarter;
    let held = IndicatorsInForce::until(&app.store, quarter, &edition, visitor.today).await?;
    Ok(Some((quarter, held)))
}
