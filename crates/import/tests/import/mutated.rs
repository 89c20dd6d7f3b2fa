//! No bytes, however they came about, make the reader panic.

use proptest::prelude::*;

use crate::made::{
    LIST_6, LIST_8, SHEET_END, SHEET_START, archive, in_care, in_need, no_texts, parts, read,
    row_xml, workbook,
};

fn sheet() -> Vec<u8> {
    let child = in_need("1", "N", "04/03/2026", "CIN", "Ada Oakes");
    let rows = row_xml(1, &LIST_6) + &row_xml(2, &child) + &row_xml(3, &child);
    format!("{SHEET_START}<dimension ref=\"A1:N3\"/>{rows}{SHEET_END}").into_bytes()
}

/// Few enough for every run; `QUARTERLIGHT_CASES` asks for more.
#[expect(clippy::disallowed_methods, reason = "a long run is asked for from outside")]
pub fn cases() -> u32 {
    std::env::var("QUARTERLIGHT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_refused_and_nothing_else(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(read(&bytes).is_err());
        let mut zip = b"PK\x03\x04".to_vec();
        zip.extend(&bytes);
        prop_assert!(read(&zip).is_err());
    }

    #[test]
    fn a_workbook_with_some_bytes_changed_is_read_or_refused(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = workbook(&[("List 8", &LIST_8, vec![in_care("1", "N", "Y", "In", "Kent")])]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes);
    }

    #[test]
    fn a_sheet_with_some_of_its_xml_changed_is_read_or_refused(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        copies in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..3),
    ) {
        let mut xml = sheet();
        for (at, byte) in changes {
            let at = at.index(xml.len());
            xml[at] = byte;
        }
        for (from, to) in copies {
            let (from, to) = (from.index(xml.len()), to.index(xml.len()));
            let piece = xml[from.min(to)..from.max(to)].to_vec();
            xml.splice(to..to, piece);
        }
        let mut all = parts(String::new(), no_texts());
        all[5].1 = xml;
        if let Ok(reading) = read(&archive(&all)) {
            prop_assert!(reading.account.lists().all(quarterlight_import::account::ListAccount::adds_up));
        }
    }

    #[test]
    fn any_text_in_any_cell_is_read_or_reported(cells in proptest::collection::vec(".{0,30}", 14)) {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let reading = read(&workbook(&[("List 6", &LIST_6, vec![cells.clone()]), ("List 8", &LIST_8, vec![cells])]));
        prop_assert!(reading.is_ok());
    }
}
