//! The importer as its users meet it: workbooks clean, muddled, hostile and broken.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first thing that is not as it should be"
)]

#[path = "import/breaches.rs"]
mod breaches;
#[path = "import/control.rs"]
mod control;
#[path = "import/framework.rs"]
mod framework;
#[path = "import/histories.rs"]
mod histories;
#[path = "import/hostile.rs"]
mod hostile;
#[path = "import/liia.rs"]
mod liia;
#[path = "import/made.rs"]
mod made;
#[path = "import/muddled.rs"]
mod muddled;
#[path = "import/mutated.rs"]
mod mutated;
#[path = "import/populations.rs"]
mod populations;
#[path = "import/timescales.rs"]
mod timescales;
#[path = "import/truth.rs"]
mod truth;
