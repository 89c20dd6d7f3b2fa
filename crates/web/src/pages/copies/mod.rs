//! Copies of an audit's form that a browser keeps sealed: what is shown without a network, and the key.

pub mod no_network;
pub mod resume;
