//! `staff import` of a workforce census: what it refuses, and whose staff it gives.

use std::fs;

use quarterlight_domain::allocation::Experience;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::history::History;
use quarterlight_domain::need::{Known, Need};
use quarterlight_domain::reconcile::{Parts, put_together};
use quarterlight_domain::source::{
    Holder, Sighting, Source, SourceKind, SourceList, WorkerSighting,
};
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{Durability, NewSource, NewTogether, Settings, Store};

use crate::commands::Ran;
use crate::figures::refused;
use crate::server::today;

/// A workforce census of the borough: three workers in post, a manager, and one who has left.
const CENSUS: &str = "<Message><Header><CollectionDetails><Collection>CSWW</Collection>\
     <ReferenceDate>2025-09-30</ReferenceDate></CollectionDetails></Header>\n\
     <CSWWWorker><SWENo>SW0000000001</SWENo><FTE30>1.000000</FTE30><OrgRole>5</OrgRole></CSWWWorker>\n\
     <CSWWWorker><SWENo>SW0000000002</SWENo><FTE>0.666667</FTE><OrgRole>4</OrgRole></CSWWWorker>\n\
     <CSWWWorker><SWENo>SW0000000003</SWENo><FTE30>0.500000</FTE30><OrgRole>5</OrgRole></CSWWWorker>\n\
     <CSWWWorker><SWENo>SW0000000004</SWENo><FTE30>1</FTE30><OrgRole>1</OrgRole></CSWWWorker>\n\
     <CSWWWorker><SWENo>SW0000000005</SWENo><FTE30>1</FTE30><OrgRole>5</OrgRole>\
     <RoleEndDate>2025-09-30</RoleEndDate></CSWWWorker></Message>";

/// Bad files are refused in words, and a good one becomes the staff of the teams that are known.
pub fn is_imported(run: &dyn Fn(&[&str]) -> Ran, address: &str) {
    let folder = tempfile::tempdir().unwrap();
    let import = |name: &str, text: &str, more: &[&str]| {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        let words = ["staff", "import", file.to_str().unwrap(), "--source", "Workforce census"];
        run(&[words.as_slice(), more].concat())
    };
    let wrong = |from: &str, to: &str, words: &str| {
        let changed = CENSUS.replace(from, to);
        assert_ne!(changed, CENSUS);
        refused(&import("wrong.xml", &changed, &["--leave-out-unknown"]), words);
    };
    wrong("SW0000000002", "SW2", "Line 3: “SW2” is no registration");
    wrong("SW0000000002", "SW0000000001", "Line 3: this worker stands above.");
    wrong(
        "0.666667",
        "1.5",
        "Line 3: “1.5” is no share of full time from 0 to 1; write FTE as 0.6.",
    );
    wrong("<FTE>0.666667</FTE>", "", "Line 3: neither FTE30 nor FTE says");
    wrong("<OrgRole>4</OrgRole>", "<OrgRole>9</OrgRole>", "Line 3: “9” is no role of 1 to 6");
    wrong("<RoleEndDate>2025-09-30", "<RoleEndDate>soon", "“soon” is no day; write RoleEndDate");
    wrong("<ReferenceDate>2025-09-30", "<ReferenceDate>autumn", "“autumn” is no day of a census");
    wrong("<Collection>CSWW<", "<Collection>CIN<", "its collection is “CIN” and not CSWW");
    wrong("</CSWWWorker></Message>", "</CSWWWorker>", "it ends before <Message> does");
    refused(&import("a.xml", CENSUS, &[]), "Of 3 in the census (2.17 full-time equivalents)");

    // A list of workers says which team two of them are in.
    let places = run(&["place", "list"]).out;
    let team = places.lines().find_map(|it| it.strip_prefix("team ")).unwrap().trim().to_owned();
    tell_teams(address, &team);
    refused(&import("a.xml", CENSUS, &[]), "Of 1 in the census (0.5 full-time equivalents)");
    let dry = import("a.xml", CENSUS, &["--leave-out-unknown", "--dry-run"]);
    let said = "Workforce census of 30 September 2025: 4 in post, of whom 1 are in no team that is \
         known here and 1 are senior or middle managers, who are the staff of no team; 1 had left by \
         that day.\n1 months of staff.\n";
    assert_eq!((dry.code, dry.out.as_str()), (0, said), "{}", dry.err);
    assert_eq!(import("a.xml", CENSUS, &["--leave-out-unknown"]).code, 0);
    let again = import("a.xml", CENSUS, &["--leave-out-unknown"]);
    refused(&again, "This file was imported before, from this source.");
}

/// Takes in a list by which two of the census's workers are in this team.
fn tell_teams(address: &str, team: &str) {
    let worker = |name: &str, number: u32| Holder {
        name: Some(name.to_owned()),
        registration: Some(format!("SW{number:010}")),
        staff_number: None,
    };
    let both = [worker("Invented One", 1), worker("Invented Two", 2)];
    let seen = |holder: &Holder| Sighting {
        list: 0,
        row: None,
        reference: Reference::new(holder.registration.as_deref().unwrap()).unwrap(),
        open: Known::Yes,
        needs: [Need::ChildInNeed].into(),
        assessment_open: false,
        disabled: Known::Unknown,
        unaccompanied: Known::Unknown,
        placement: None,
        route: None,
        holder: holder.clone(),
        team: Some(team.to_owned()),
        history: History::default(),
    };
    let told = |holder: &Holder| WorkerSighting {
        worker: holder.clone(),
        team: Some(team.to_owned()),
        experience: Experience::Unknown,
        full_time_thousandths: None,
        agency: Known::Unknown,
    };
    let source = Source {
        kind: SourceKind::AnnexA,
        name: "Annex A".to_owned(),
        as_at: today(),
        lists: vec![SourceList { name: "List 6".to_owned(), tells: [].into(), rows: 2 }],
        sightings: both.iter().map(seen).collect(),
        workers: both.iter().map(told).collect(),
    };
    let sources = [source.clone()];
    let settings = Settings {
        address: address.to_owned(),
        durability: Durability::Throwaway,
        chance: || [7; 32],
    };
    let (account, problems, files) = ("{}".to_owned(), Vec::new(), Vec::new());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&settings).await.unwrap();
        let decisions = store.sources.decisions().await.unwrap();
        let known = store.sources.known().await.unwrap();
        let new = NewTogether {
            name: "Annex A".to_owned(),
            as_at: today(),
            kept: Vec::new(),
            together: put_together(Parts {
                sources: &sources,
                known: &known,
                decisions: &decisions,
            }),
            new: vec![NewSource { source, files, account, problems }],
            rates: String::new(),
            instead_of: None,
        };
        let stamp = Stamp::console(jiff::Timestamp::UNIX_EPOCH, "took a list in");
        let id = store.case_lists.keep_together(&stamp, &new).await.unwrap();
        store.case_lists.take_in(&stamp, id).await.unwrap().unwrap();
        store.close().await.unwrap();
    });
}
