//! Retention: what is kept for how long, what is held, what would go, and the certificate of what went.

pub mod certificate;
pub mod disposal;
pub mod hold;
pub mod list;
pub mod rule;
pub mod sample;

use jiff::civil::Date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::CycleId;
use quarterlight_domain::retention::{Rule, RuleChange, in_force};
use quarterlight_store::{ChangeLine, Disposal, DueLine, HoldLine};

use crate::app::App;
use crate::error::Failure;

/// What the page is made from.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// What would go today, by the rules in force.
    pub due: Vec<DueLine>,
    /// Every change to a rule.
    pub changes: Vec<ChangeLine>,
    /// Every hold.
    pub holds: Vec<HoldLine>,
    /// Every disposal, the latest first.
    pub disposals: Vec<Disposal>,
    /// The cycles that a hold can lie over.
    pub cycles: Vec<(CycleId, Quarter)>,
    /// Whether the person decides about retention.
    pub decides: bool,
}

/// The rules in force on a day: those that ship, as the authority changed them.
async fn rules(app: &App, today: Date) -> Result<(Vec<Rule>, Vec<ChangeLine>), Failure> {
    let shipped = quarterlight_import::retention::shipped()?;
    let changes = app.store.retention.changes().await?;
    let own: Vec<RuleChange> = changes.iter().map(|line| line.change.clone()).collect();
    Ok((in_force(&shipped, &own, today), changes))
}

/// What would go today.
async fn due(app: &App, today: Date) -> Result<(Vec<DueLine>, Vec<ChangeLine>), Failure> {
    let (rules, changes) = rules(app, today).await?;
    Ok((app.store.retention.preview(&rules, today).await?, changes))
}
