//! Signing in and out.

pub mod kept;
pub mod not_saved;
pub mod provider;
pub mod sign_in;
pub mod sign_out;
pub mod signed_out;
