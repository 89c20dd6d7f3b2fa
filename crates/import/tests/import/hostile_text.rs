//! Texts made to harm: each is read or refused, in bounded time and memory, and none panics.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use quarterlight_import::account::ListAccount;
use quarterlight_import::local_list::{self, propose};
use quarterlight_import::recognise::{read, recognise};
use quarterlight_import::{Limits, NotReadable, ssd};

use crate::made::AS_AT;

const PLANS: &str = "cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date\n";
const VISITS: &str = "cppv_person_id,cppv_cp_visit_date,cppv_cp_visit_seen\n";
const PEOPLE: &str = "pers_person_id,pers_forename,pers_dob,pers_ethnicity\n";

fn dataset(text: &str) -> Result<quarterlight_import::SourceReading, NotReadable> {
    ssd::read(&[("plans.csv", text.as_bytes())], AS_AT, &Limits::default())
}

/// What the slowest of these may take, on any machine that tests run on.
const LONGEST: Duration = Duration::from_mins(1);

#[test]
fn a_huge_cell_a_million_columns_and_many_nuls_cost_little() {
    let began = Instant::now();
    let huge = format!("{PLANS}A1,\"{}\",\n", "x".repeat(5_000_000));
    assert!(matches!(dataset(&huge), Err(NotReadable::Damaged(why)) if why.contains("row 2")));
    let wide = format!("{PLANS}A1,2026-01-05,{}\n", ",x".repeat(1_000_000));
    assert_eq!(dataset(&wide).unwrap().source.sightings.len(), 1);
    let headings = format!("{}\n", "cppl_x,".repeat(1_000_000));
    assert!(dataset(&headings).is_ok_and(|it| it.source.sightings.is_empty()));
    let nuls = format!("{PLANS}A1,2026-01-05,{}\n", "\0".repeat(1_000_000));
    assert!(dataset(&nuls).is_err());
    let few = format!("{PLANS}A\01,2026-01-05,\n");
    assert!(dataset(&few).unwrap().source.sightings.is_empty());
    assert!(began.elapsed() < LONGEST, "{:?}", began.elapsed());
}

#[test]
fn an_unclosed_quotation_is_refused_by_its_row_and_loses_nothing_unseen() {
    let text = format!("{PLANS}A1,\"2026-01-05,\n{}", "A2,2026-01-05,\n".repeat(50));
    assert!(matches!(dataset(&text), Err(NotReadable::Damaged(why)) if why.contains("row 2")));
}

#[test]
fn formulas_are_never_worked_out_and_errors_are_said() {
    let text = format!(
        "{PLANS}=1+1,2026-01-05,\n\"=cmd|' /C calc'!A0\",2026-01-05,\nA3,#REF!,\n=\"007\",2026-01-05,\n"
    );
    let reading = dataset(&text).unwrap();
    let references: Vec<&str> =
        reading.source.sightings.iter().map(|it| it.reference.as_str()).collect();
    assert_eq!(references, ["007", "A3"]);
    assert!(reading.account.lists().all(ListAccount::adds_up));
}

#[test]
fn every_encoding_gives_the_same_records_and_a_spoiled_one_is_said() {
    let text = format!("{PLANS}A1,2026-01-05,\n");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let of = |bytes: &[u8]| ssd::read(&[("p", bytes)], AS_AT, &Limits::default()).unwrap();
    assert_eq!(of(&wide).source, of(text.as_bytes()).source);
    let spoiled = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes(), b"A2,\xFF,\n"].concat();
    assert!(of(&spoiled).problems.iter().any(|it| it.what.contains("cannot be read")));
}

fn cases() -> u32 {
    crate::mutated::cases()
}

/// A text made of pieces that matter to a reader of text.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(PLANS.as_bytes().to_vec()),
        Just(VISITS.as_bytes().to_vec()),
        Just(PEOPLE.as_bytes().to_vec()),
        Just(b"Child Unique ID,Case Status,CIN Start Date,Allocated Worker\n".to_vec()),
        Just(b"CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\n".to_vec()),
        Just(b"A1,2026-01-05,\n".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\n".to_vec()),
        Just(b";".to_vec()),
        Just(b"sep=;\n".to_vec()),
        Just(b"\xFF\xFE".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..12),
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases() * 4, ..ProptestConfig::default() })]

    #[test]
    fn texts_of_any_pieces_are_read_or_refused(one in pieces(), other in pieces()) {
        let limits = Limits::default();
        let files = [("one", one.as_slice()), ("other", other.as_slice())];
        for it in recognise(&files, &limits).unwrap() {
            if let Ok(reading) = read(&it, &files, (AS_AT, None), None, &limits) {
                prop_assert!(reading.account.lists().all(ListAccount::adds_up));
            }
        }
        let _ = ssd::read(&files, AS_AT, &limits);
        let mapping = propose(&["cppl_person_id", "Reference", "Worker", "DOB"]);
        let _ = local_list::read(files[0], &mapping, AS_AT, Some("Harrow"), &limits);
        let _ = local_list::headings(&one, &limits);
    }

    #[test]
    fn a_dataset_with_some_bytes_changed_is_read_or_refused(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = format!("{PEOPLE}A1,Ann,2015-02-01,WBRI\nA2,,01/02/2016,REFU\n").into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(reading) = ssd::read(&[("p", &bytes)], AS_AT, &Limits::default()) {
            prop_assert!(reading.account.lists().all(ListAccount::adds_up));
        }
    }
}
