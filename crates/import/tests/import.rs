//! The importer as its users meet it: workbooks clean, muddled, hostile and broken.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at the first thing that is not as it should be"
)]

#[path = "import/audit_form.rs"]
mod audit_form;
#[path = "import/breaches.rs"]
mod breaches;
#[path = "import/cin_census.rs"]
mod cin_census;
#[path = "import/control.rs"]
mod control;
#[path = "import/filing_protocol.rs"]
mod filing_protocol;
#[path = "import/framework.rs"]
mod framework;
#[path = "import/framework_sheet.rs"]
mod framework_sheet;
#[path = "import/histories.rs"]
mod histories;
#[path = "import/hostile.rs"]
mod hostile;
#[path = "import/hostile_text.rs"]
mod hostile_text;
#[path = "import/liia.rs"]
mod liia;
#[path = "import/local_list.rs"]
mod local_list;
#[path = "import/made.rs"]
mod made;
#[path = "import/muddled.rs"]
mod muddled;
#[path = "import/mutated.rs"]
mod mutated;
#[path = "import/pasted.rs"]
mod pasted;
#[path = "import/populations.rs"]
mod populations;
#[path = "import/recognised.rs"]
mod recognised;
#[path = "import/returns.rs"]
mod returns;
#[path = "import/returns_mutated.rs"]
mod returns_mutated;
#[path = "import/social_care_api.rs"]
mod social_care_api;
#[path = "import/ssd.rs"]
mod ssd;
#[path = "import/ssda903.rs"]
mod ssda903;
#[path = "import/timescales.rs"]
mod timescales;
#[path = "import/together.rs"]
mod together;
#[path = "import/truth.rs"]
mod truth;
#[path = "import/workforce_census.rs"]
mod workforce_census;
