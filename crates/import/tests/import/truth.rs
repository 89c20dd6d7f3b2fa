//! What the maker of a population says is true of its children, and how a reading differs from it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx};
use jiff::civil::Date;
use quarterlight_domain::case_list::{CaseLine, KeyDate};
use quarterlight_domain::need::{Known, Need, Needs, Placement};
use quarterlight_import::annex_a::Edition;
use quarterlight_import::{Limits, Reading, annex_a};

/// One population: a workbook, and the truth beside it.
pub struct Population {
    pub name: String,
    pub bytes: Vec<u8>,
    pub as_at: Date,
    pub children: Vec<BTreeMap<String, String>>,
    pub defects: Vec<BTreeMap<String, String>>,
    pub breaches: Vec<BTreeMap<String, String>>,
    /// Rows of each list.
    pub rows: BTreeMap<u8, usize>,
}

/// Every population in the folder that the tests are pointed at, or in the fixtures.
#[expect(clippy::disallowed_methods, reason = "a test is told where larger populations are")]
pub fn populations() -> Vec<Population> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/populations");
    let folder = std::env::var("QUARTERLIGHT_POPULATIONS").map_or(fixtures, PathBuf::from);
    let mut folders: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("truth_children.csv").exists())
        .collect();
    folders.sort();
    assert!(!folders.is_empty(), "there are no populations in {}", folder.display());
    folders.iter().map(|folder| Population::load(folder)).collect()
}

impl Population {
    fn load(folder: &Path) -> Self {
        let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        let rules = text("truth_rules.txt");
        let manifest: serde_json::Value = serde_json::from_str(&text("manifest.json")).unwrap();
        let rows = manifest["annexa"].as_object().unwrap().iter().map(|(list, rows)| {
            (list.parse().unwrap(), usize::try_from(rows.as_u64().unwrap()).unwrap())
        });
        Self {
            name: folder.file_name().unwrap().to_string_lossy().into_owned(),
            bytes: fs::read(folder.join("annex_a.xlsx")).unwrap(),
            as_at: rules.get(6..16).unwrap().parse().unwrap(),
            children: table(&text("truth_children.csv")),
            defects: table(&text("truth_defects.csv")),
            breaches: table(&text("truth_breaches.csv")),
            rows: rows.collect(),
        }
    }

    /// True of a child whose record is closed.
    pub fn is_closed(&self, child: &str) -> bool {
        self.children.iter().any(|it| it["child_id"] == child && it["open"] == "0")
    }

    pub fn read(&self) -> Reading<CaseLine> {
        annex_a::read(&self.bytes, self.as_at, &Limits::default()).unwrap()
    }

    /// Every way in which a reading is not what is true; nothing if it is all true.
    pub fn differences(&self, reading: &Reading<CaseLine>) -> Vec<String> {
        let mut differences = Vec::new();
        let mut differs = |what: String| differences.push(format!("{}: {what}", self.name));
        let lines: BTreeMap<&str, &CaseLine> =
            reading.rows.iter().map(|line| (line.reference.as_str(), line)).collect();
        let ended = self.plans_ended();
        for child in &self.children {
            let id = child["child_id"].as_str();
            let Some(line) = lines.get(id) else {
                if child["open"] == "1" {
                    differs(format!("{id} is open and not there"));
                }
                continue;
            };
            if child["open"] == "0" {
                differs(format!("{id} is closed and there"));
                continue;
            }
            let mut check = |what: &str, found: String, expected: String| {
                if found != expected {
                    differs(format!("{id}: {what} is {found}, not {expected}"));
                }
            };
            let expected = needs(child, ended.contains(id));
            check("needs", format!("{:?}", line.needs), format!("{expected:?}"));
            let assessed = child["status"] == "assess";
            check("assessment", line.assessment_open.to_string(), assessed.to_string());
            check("disabled", line.disabled.to_string(), self.disabled(child).to_string());
            let unaccompanied = unaccompanied(child, reading.account.edition);
            check("unaccompanied", line.unaccompanied.to_string(), unaccompanied.to_string());
            check("placement", format!("{:?}", line.placement), format!("{:?}", placement(child)));
            check("worker", format!("{:?}", line.worker), format!("{:?}", worker(child)));
            check("team", format!("{:?}", line.team), format!("{:?}", Some(&child["team"])));
        }
        let known: BTreeSet<&str> =
            self.children.iter().map(|child| child["child_id"].as_str()).collect();
        for id in lines.keys().filter(|id| !known.contains(*id)) {
            differs(format!("{id} is no child of the population"));
        }
        for breach in &self.breaches {
            let Some(kind) = date_of(&breach["rule"]) else { continue };
            let is_of_leavers = breach["annex_a_list"] == "9";
            let has_no_column =
                is_of_leavers && reading.account.edition == Some(Edition::Before2024);
            let expected = breach["date"].parse::<Date>().ok().filter(|_| !has_no_column);
            let found = lines
                .get(breach["child_id"].as_str())
                .and_then(|line| line.dates.get(&kind).copied());
            if found != expected {
                let id = &breach["child_id"];
                differs(format!("{id}: {} is {found:?}, not {expected:?}", kind.code()));
            }
        }
        differences
    }

    fn disabled(&self, child: &BTreeMap<String, String>) -> Known {
        let is_unrecorded = |defect: &BTreeMap<String, String>| {
            defect["child_id"] == child["child_id"] && defect["defect"] == "disability_not_recorded"
        };
        match child["disability"].as_str() {
            "" if self.defects.iter().any(is_unrecorded) => Known::Unknown,
            "" => Known::No,
            _ => Known::Yes,
        }
    }

    /// The children whose plan has an end date, read straight from the cells of List 7: the truth
    /// does not say which plans have ended.
    fn plans_ended(&self) -> BTreeSet<String> {
        let mut workbook = Xlsx::new(Cursor::new(self.bytes.as_slice())).unwrap();
        for (_, range) in workbook.worksheets() {
            let rows: Vec<Vec<String>> =
                range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
            let at = |row: &[String], heading: &str| {
                row.iter().position(|cell| cell.eq_ignore_ascii_case(heading))
            };
            let head = rows.iter().find_map(|row| {
                Some((at(row, "Child Unique ID")?, at(row, "Child Protection Plan End Date")?))
            });
            if let Some((child, end)) = head {
                let ended = rows.iter().filter(|row| !row[end].trim().is_empty());
                return ended.map(|row| row[child].clone()).collect();
            }
        }
        panic!("{} has no List 7", self.name)
    }
}

fn needs(child: &BTreeMap<String, String>, plan_ended: bool) -> Needs {
    let need = match child["status"].as_str() {
        "lac" if child["looked_after_now"] == "1" => Need::InCare,
        "cpp" if !plan_ended => Need::ChildProtection,
        "leaver" => Need::CareLeaver,
        _ => Need::ChildInNeed,
    };
    [need].into()
}

fn unaccompanied(child: &BTreeMap<String, String>, edition: Option<Edition>) -> Known {
    let said = match child["status"].as_str() {
        "lac" => true,
        "leaver" => edition == Some(Edition::Since2024),
        _ => false,
    };
    match (said, child["uasc"].as_str()) {
        (false, _) => Known::Unknown,
        (true, "1") => Known::Yes,
        (true, _) => Known::No,
    }
}

fn placement(child: &BTreeMap<String, String>) -> Placement {
    match (child["looked_after_now"].as_str(), child["placed_out_of_la"].as_str()) {
        ("1", "1") => Placement::OutOfArea,
        ("1", _) => Placement::InArea,
        _ => Placement::NotPlaced,
    }
}

fn worker(child: &BTreeMap<String, String>) -> Option<String> {
    match child["worker"].as_str() {
        "" | "#N/A" | "Duty Worker" => None,
        name => Some(name.to_owned()),
    }
}

/// The date that a breach of the maker's rules is about.
fn date_of(rule: &str) -> Option<KeyDate> {
    match rule {
        "R01" => Some(KeyDate::AssessmentStarted),
        "R04" | "R05" => Some(KeyDate::ProtectionVisit),
        "R06" => Some(KeyDate::ProtectionReview),
        "R07" => Some(KeyDate::CareVisit),
        "R08" => Some(KeyDate::CareReview),
        "R09" => Some(KeyDate::HealthAssessment),
        "R10" => Some(KeyDate::DentalCheck),
        "R12" => Some(KeyDate::ReviewingOfficerContact),
        "R14" | "R15" => Some(KeyDate::LastSeen),
        "R19" => Some(KeyDate::PathwayReview),
        "R20" => Some(KeyDate::CareLeaverContact),
        _ => None,
    }
}

/// The rows of a CSV text by their headings.
fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines().map(cells);
    let headings = lines.next().unwrap();
    lines.map(|row| headings.iter().cloned().zip(row).collect()).collect()
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}
