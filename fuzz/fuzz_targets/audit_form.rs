//! Any bytes as the filled form of an audit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use quarterlight_domain::audit_form::{AuditForm, FormLine};
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{AuditId, EditionId};
use quarterlight_import::framework::{SHIPPED, from_toml_with_origins};
use quarterlight_import::{Limits, audit_form};

fuzz_target!(|bytes: &[u8]| {
    let (Ok((contents, _)), Ok(reference)) =
        (from_toml_with_origins(SHIPPED[1]), Reference::new("R-1"))
    else {
        return;
    };
    let line = |standard: &quarterlight_domain::standard::Standard| FormLine {
        section: "Section".to_owned(),
        standard: standard.clone(),
        proposed: None,
        saved: None,
        version: 0,
    };
    let lines = contents.standards().map(line).collect();
    let form = AuditForm { audit: AuditId(1), edition: EditionId(1), reference, lines };
    if let Ok(Ok(handed_in)) = audit_form::from_xlsx(&form, bytes, &Limits::default()) {
        let _ = form.coming(&handed_in);
    }
});
