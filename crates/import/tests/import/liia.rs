//! The one published sample that is untidy of its own accord, with its expected reading beside it.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use quarterlight_import::account::Outcome;
use quarterlight_import::annex_a::List;
use quarterlight_import::json::DryRun;
use quarterlight_import::{Limits, annex_a};

#[test]
fn the_published_sample_is_read_as_before() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/workbooks/liia_Annex_A.xlsx");
    let bytes = fs::read(path).unwrap();
    let reading = annex_a::read(&bytes, date(2021, 3, 31), &Limits::default()).unwrap();
    let account = &reading.account;
    let mut text = format!(
        "{} records, {} unallocated, {} of unknown disability, {} placed no one knows where\n",
        account.records, account.unallocated, account.disability_unknown, account.placement_unknown
    );
    writeln!(text, "edition {:?}, home {:?}\n", account.edition, account.home).unwrap();
    for sheet in &account.sheets {
        match &sheet.outcome {
            Outcome::NotUsed(why) => writeln!(text, "{}: not used, {why}", sheet.sheet).unwrap(),
            Outcome::Holds(list) => {
                assert!(list.adds_up());
                let read = list.rows_read;
                write!(
                    text,
                    "{}: {}, {read} rows, ",
                    sheet.sheet,
                    List::named(&list.list).unwrap().title()
                )
                .unwrap();
                write!(text, "{} used", list.rows_used).unwrap();
                for (why, rows) in &list.rows_not_used {
                    write!(text, ", {rows} {}", why.words()).unwrap();
                }
                text.push('\n');
            }
        }
    }
    text.push('\n');
    for problem in &reading.problems {
        writeln!(text, "{problem}").unwrap();
    }
    insta::assert_snapshot!("liia_account_and_problems", text);
    let json = serde_json::to_value(DryRun::of(&reading)).unwrap();
    insta::assert_json_snapshot!("liia_records", json["records"]);
}
