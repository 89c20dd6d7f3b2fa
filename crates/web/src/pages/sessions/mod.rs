//! Signing in and out, and what comes before anything opens.

pub mod code;
pub mod confidentiality;
pub mod kept;
pub mod not_saved;
pub mod passkey;
pub mod prove;
pub mod provider;
pub mod reset;
pub mod sign_in;
pub mod sign_out;
pub mod signed_out;
