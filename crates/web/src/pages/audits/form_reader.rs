//! The reader of a form that was filled in as a spreadsheet.

use quarterlight_domain::audit_form::AuditForm;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{AuditId, EditionId};
use quarterlight_domain::refusal::Refusal;
use quarterlight_import::Limits;
use quarterlight_import::audit_form::{Read, from_xlsx};

use super::hand_in::MOST_BYTES;
use crate::apart::{File, Reader};

/// The most rows of a form, with whatever its auditor wrote around them.
const MOST_ROWS: usize = 2_000;

/// Reads the form of this audit as it came back.
#[derive(Debug, Clone)]
pub struct FilledForm(pub AuditForm);

impl Reader for FilledForm {
    type Read = Result<Read, Refusal>;
    const KIND: &'static str = "audit-form";

    /// The other process reads every cell, and is not told of which audit: what it would compare the
    /// rows with is nobody's but the auditor's.
    fn told(beside: &str) -> Option<Self> {
        let (audit, edition) = (AuditId(0), EditionId(0));
        let reference = Reference::new("R-0").ok()?;
        let form = AuditForm { audit, edition, reference, lines: Vec::new() };
        beside.is_empty().then_some(Self(form))
    }

    fn read(&self, files: &[File]) -> Self::Read {
        let limits = Limits {
            file_bytes: MOST_BYTES,
            unpacked_bytes: 20 * 1024 * 1024,
            rows: MOST_ROWS,
            ..Limits::default()
        };
        from_xlsx(&self.0, files.first().map_or(&[], File::bytes), &limits)
    }
}
