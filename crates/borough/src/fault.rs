//! Why the borough could not be made.

use quarterlight_domain::refusal::Refusal;

/// Why the borough could not be made. It completes the words “could not …”.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database did not keep it.
    #[error(transparent)]
    Store(#[from] quarterlight_store::Fault),
    /// The story breaks a rule of the product, with this framework or on this day.
    #[error("tell the borough's story: {0}")]
    Story(#[from] Refusal),
}
