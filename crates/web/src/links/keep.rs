//! Links to the history, to retention and to subject access.

use quarterlight_domain::id::{DisposalId, HoldId};

/// Proving the history.
pub fn history() -> String {
    "/history".to_owned()
}

/// Checking it now.
pub fn prove_history() -> String {
    "/history/proof".to_owned()
}

/// The history as files, to be checked elsewhere.
pub fn history_export() -> String {
    "/history/export".to_owned()
}

/// What is kept for how long.
pub fn retention() -> String {
    "/retention".to_owned()
}

/// Changing a rule.
pub fn retention_rules() -> String {
    "/retention/rules".to_owned()
}

/// Placing a hold.
pub fn holds() -> String {
    "/retention/holds".to_owned()
}

/// Lifting a hold.
pub fn lift_hold(hold: HoldId) -> String {
    format!("/retention/holds/{hold}/lift")
}

/// Proposing a disposal.
pub fn disposals() -> String {
    "/retention/disposals".to_owned()
}

/// A disposal, and its certificate.
pub fn disposal(id: DisposalId) -> String {
    format!("/retention/disposals/{id}")
}

/// Confirming it.
pub fn confirm_disposal(id: DisposalId) -> String {
    format!("/retention/disposals/{id}/confirm")
}

/// Withdrawing it.
pub fn withdraw_disposal(id: DisposalId) -> String {
    format!("/retention/disposals/{id}/withdraw")
}

/// Everything that is held about a record.
pub fn bundle() -> String {
    "/subject-access".to_owned()
}
