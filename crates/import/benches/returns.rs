//! How long the statutory returns of a population take to read, and how that grows with it.
//!
//! With a folder after `--`, each of its sub-folders is a population as the generator of test data
//! writes it: `903/*.csv`, `cin_census.xml` and `csww.xml`, any of them. Without one, populations
//! of 1,000, 10,000 and 100,000 children are made here. CPU seconds are those of this process, and
//! the peak of memory is given after each reading, so that the first to be large is seen.
//! `against_python.sh` measures the public Python tools on the same files.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops at what is wrong, and says what it measured"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, date};
use quarterlight_import::{Limits, cin_census, ssda903, workforce_census};

const AS_AT: Date = date(2026, 3, 31);
/// Readings of each kind; the quickest counts, as the one least disturbed.
const TIMES: usize = 3;

/// The returns of one population.
struct Population {
    name: String,
    tables: Vec<(String, Vec<u8>)>,
    census: Vec<u8>,
    workforce: Vec<u8>,
}

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    println!("population, return, kB, read, CPU s, peak kB");
    match folder {
        Some(folder) => {
            let mut folders: Vec<PathBuf> =
                fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
            folders.sort_by_key(|folder| (folder.as_os_str().len(), folder.clone()));
            for folder in folders.into_iter().filter(|folder| folder.is_dir()) {
                measure(&load(&folder));
            }
        }
        None => [1_000, 10_000, 100_000].into_iter().map(made).for_each(|each| measure(&each)),
    }
}

fn measure(population: &Population) {
    // An England of records is larger than any one authority's file.
    let limits = Limits {
        file_bytes: 1_000_000_000,
        rows: 10_000_000,
        cells: 100_000_000,
        ..Limits::default()
    };
    let Population { name, tables, census, workforce } = population;
    let line = |what: &str, bytes: usize, read: &dyn Fn() -> usize| {
        if bytes == 0 {
            return;
        }
        let (found, seconds) = quickest(read);
        println!("{name}, {what}, {}, {found}, {seconds:.3}, {}", bytes / 1_000, peak_memory());
    };
    line("CIN census", census.len(), &|| {
        cin_census::read("", census, AS_AT, &limits).unwrap().source.sightings.len()
    });
    let files: Vec<(&str, &[u8])> =
        tables.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let bytes = tables.iter().map(|(_, bytes)| bytes.len()).sum();
    line("SSDA903", bytes, &|| {
        ssda903::read(&files, AS_AT, &limits).unwrap().source.sightings.len()
    });
    line("workforce census", workforce.len(), &|| {
        workforce_census::read("", workforce, AS_AT, &limits).unwrap().source.workers.len()
    });
}

fn quickest(read: &dyn Fn() -> usize) -> (usize, f64) {
    let mut quickest = (0, f64::INFINITY);
    for _ in 0..TIMES {
        let before = cpu_seconds();
        let found = read();
        let seconds = cpu_seconds() - before;
        if seconds < quickest.1 {
            quickest = (found, seconds);
        }
    }
    quickest
}

/// Seconds of processor time that this process has had, to the nanosecond where the system tells it.
fn cpu_seconds() -> f64 {
    let schedule = fs::read_to_string("/proc/self/schedstat").unwrap();
    let nanoseconds: f64 = schedule.split_whitespace().next().unwrap().parse().unwrap();
    nanoseconds / 1e9
}

/// The most memory that this process has had.
fn peak_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or("unknown", |peak| peak.trim().trim_end_matches(" kB")).to_owned()
}

fn load(folder: &Path) -> Population {
    let mut tables: Vec<(String, Vec<u8>)> = fs::read_dir(folder.join("903"))
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())
        })
        .collect();
    tables.sort();
    Population {
        name: folder.file_name().unwrap().to_string_lossy().into_owned(),
        tables,
        census: fs::read(folder.join("cin_census.xml")).unwrap_or_default(),
        workforce: fs::read(folder.join("csww.xml")).unwrap_or_default(),
    }
}

/// A population of so many invented children, each in both returns, and a worker for fifteen.
fn made(children: u32) -> Population {
    let mut census = "<Message><Header><CollectionDetails><Collection>CIN</Collection>\
        <Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header>\
        <Children>\n"
        .to_owned();
    let mut workforce = "<Message><Header><CollectionDetails><Collection>CSWW</Collection>\
        </CollectionDetails></Header>\n"
        .to_owned();
    let mut header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n".to_owned();
    let mut episodes = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,\
        REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        .to_owned();
    let mut reviews = "CHILD,DOB,REVIEW,REVIEW_CODE\n".to_owned();
    for child in 0..children {
        let (id, month, day) = (100_000 + child, 1 + child % 12, 1 + child % 28);
        writeln!(
            census,
            "<Child>\n<ChildIdentifiers>\n<LAchildID>{id}</LAchildID>\n<UPN>A000000000000</UPN>\n\
             <PersonBirthDate>2012-{month:02}-{day:02}</PersonBirthDate>\n<Sex>F</Sex>\n\
             </ChildIdentifiers>\n<ChildCharacteristics>\n<Ethnicity>WBRI</Ethnicity>\n\
             <Disabilities>\n<Disability>NONE</Disability>\n</Disabilities>\n\
             </ChildCharacteristics>\n<CINdetails>\n\
             <CINreferralDate>2025-{month:02}-{day:02}</CINreferralDate>\n\
             <ReferralSource>1A</ReferralSource>\n<Assessments>\n\
             <AssessmentActualStartDate>2025-{month:02}-{day:02}</AssessmentActualStartDate>\n\
             <AssessmentAuthorisationDate>2026-01-{day:02}</AssessmentAuthorisationDate>\n\
             </Assessments>\n<ReferralNFA>false</ReferralNFA>\n<ChildProtectionPlans>\n\
             <CPPstartDate>2026-02-{day:02}</CPPstartDate>\n<Reviews>\n\
             <CPPreviewDate>2026-03-{day:02}</CPPreviewDate>\n</Reviews>\n\
             </ChildProtectionPlans>\n</CINdetails>\n</Child>"
        )
        .unwrap();
        let born = format!("{day:02}/{month:02}/2012");
        writeln!(header, "{id},F,{born},WBRI,A000000000000,,").unwrap();
        writeln!(
            episodes,
            "{id},{day:02}/04/2025,S,C2,N1,U6,PR1,{day:02}/06/2025,X1,CARPL,HA1 2XY,HA3 8NT,SC098110\n\
             {id},{day:02}/06/2025,P,C2,N1,U6,PR1,,,,HA1 2XY,HA3 8NT,SC098110"
        )
        .unwrap();
        writeln!(reviews, "{id},{born},{day:02}/05/2025,PN1\n{id},{born},{day:02}/11/2025,PN1")
            .unwrap();
        if child % 15 == 0 {
            writeln!(
                workforce,
                "<CSWWWorker>\n<AgencyWorker>0</AgencyWorker>\n<SWENo>SW{id:010}</SWENo>\n\
                 <FTE30>1.000000</FTE30>\n<CFKSSstatus>2</CFKSSstatus>\n</CSWWWorker>"
            )
            .unwrap();
        }
    }
    census += "</Children></Message>";
    workforce += "</Message>";
    let tables = [("header.csv", header), ("episodes.csv", episodes), ("reviews.csv", reviews)];
    let tables = tables.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    Population {
        name: children.to_string(),
        tables: tables.into(),
        census: census.into_bytes(),
        workforce: workforce.into_bytes(),
    }
}
