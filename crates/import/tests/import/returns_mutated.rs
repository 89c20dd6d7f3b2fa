//! No change to a return makes a reader panic, lose a row or go on for ever.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use quarterlight_import::{
    Limits, NotReadable, SourceReading, cin_census, social_care_api, ssda903, workforce_census,
};

use crate::returns::{adds_up, fixture};

const AS_AT: Date = date(2026, 3, 31);

/// Few enough for every run; `QUARTERLIGHT_CASES` asks for more.
#[expect(clippy::disallowed_methods, reason = "a long run is asked for from outside")]
fn cases() -> u32 {
    std::env::var("QUARTERLIGHT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

/// The start of each sample, and the tags or rows that end it: short, so that a change is felt.
fn samples() -> Vec<Vec<u8>> {
    let cut = |name: &str, end: &str| {
        let text = fixture(name);
        let at = text.find(end).map_or(text.len(), |at| at + end.len());
        text.as_bytes()[..at].to_vec()
    };
    let close = |mut xml: Vec<u8>, end: &str| {
        xml.extend(end.as_bytes());
        xml
    };
    vec![
        fixture("returns/cin_census/d2i_CIN_Census_2024.xml").into_bytes(),
        close(cut("returns/ssda903_d2i_xml/d2i_fake_903_part.xml", "</CHILD>"), "</EXPSSDA903>"),
        close(
            cut(
                "returns/workforce_census/liia_social_work_workforce_2022_part.xml",
                "</CSWWWorker>",
            ),
            "</Message>",
        ),
        fixture("returns/ssda903_liia_2020/liia_SSDA903_2020_episodes.csv").into_bytes(),
        fixture("returns/ssda903_liia_2020/liia_SSDA903_2020_header.csv").into_bytes(),
        cut("populations/synthetic_200/903/sw_episodes.csv", "\r\n")
            .into_iter()
            .chain(*b"1,,SW1,,,\r\n")
            .collect(),
    ]
}

/// Reads the bytes as every return; what can be read must add up.
fn read_as_all(bytes: &[u8]) -> Result<(), TestCaseError> {
    let limits = Limits::default();
    let readings: [Result<SourceReading, NotReadable>; 3] = [
        cin_census::read("x", bytes, AS_AT, &limits),
        ssda903::read(&[("x", bytes)], AS_AT, &limits),
        workforce_census::read("x", bytes, AS_AT, &limits),
    ];
    for reading in readings.into_iter().flatten() {
        prop_assert!(adds_up(&reading), "{:#?}", reading.account);
    }
    let _ = (cin_census::is_one(bytes), workforce_census::is_one(bytes));
    let _ = (ssda903::is_one(bytes, &limits), social_care_api::is_one(bytes));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn a_return_with_some_bytes_changed_is_read_or_refused(
        sample in 0_usize..6,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        copies in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..3),
    ) {
        let mut bytes = samples()[sample].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        for (from, to) in copies {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let piece = bytes[from.min(to)..from.max(to)].to_vec();
            bytes.splice(to..to, piece);
        }
        read_as_all(&bytes)?;
    }

    #[test]
    fn any_text_in_any_field_is_read_or_reported(text in ".{0,30}", at in any::<prop::sample::Index>(), sample in 0_usize..3) {
        let xml = String::from_utf8(samples()[sample].clone()).unwrap();
        let ends: Vec<usize> = xml.match_indices("</").map(|(at, _)| at).collect();
        let at = ends[at.index(ends.len())];
        let xml = format!("{}{text}{}", &xml[..at], &xml[at..]);
        read_as_all(xml.as_bytes())?;
    }

    #[test]
    fn random_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        read_as_all(&bytes)?;
    }
}
