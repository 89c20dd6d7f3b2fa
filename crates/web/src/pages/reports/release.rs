//! The form by which a clerk releases a programme: what was read is what goes out.

use serde::Deserialize;

/// What the clerk's form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReleaseForm {
    /// By which the document that the clerk has read is known again.
    pub digest: String,
}
