//! Who holds which records, by worker's experience and never by name.

use quarterlight_domain::allocation::{AllocationLine, Experience};
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::need::Need;

use super::definitions::Terms;
use super::{guide, has_case_list, here};
use crate::builder::DocumentBuilder;
use crate::chart::{Bar, Chart};
use crate::words::{self, Noun, RECORD};

/// What the section is called.
pub const TITLE: &str = "Who holds which records";

/// The needs of the chart, as the committee asked for them.
const SHOWN: [Need; 2] = [Need::ChildProtection, Need::ChildInNeed];

/// What the part of a bar is called that no worker holds.
const NO_WORKER: &str = "No named worker";

/// What each bar divides into: the experiences in their order, and then what nobody holds.
const SERIES: [&str; 5] = [
    Experience::NewlyQualified.words(),
    Experience::EarlyCareer.words(),
    Experience::Experienced.words(),
    "Experience unknown",
    NO_WORKER,
];

/// Shows child protection and child in need records by the experience of the workers who hold them.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section(TITLE);
    let lines: Vec<AllocationLine> = SHOWN
        .into_iter()
        .filter_map(|need| figures.allocation.iter().find(|line| line.need == need).copied())
        .collect();
    if lines.iter().all(|line| line.all() == 0) {
        document.paragraph(if has_case_list(figures) {
            format!("No child protection or child in need record is open{}.", here(figures))
        } else {
            "There is no case list yet, so it is not known who holds which records.".to_owned()
        });
        guide::say(document, figures);
        return;
    }
    document.paragraph(format!(
        "{} shows how child protection and child in need records are shared out between workers \
         of different experience. A record with two needs is counted under both.",
        document.next_figure()
    ));
    document.paragraph(gaps(&lines));
    // The chart stands last, so that words fill the page before it.
    guide::say(document, figures);
    document.figure(title(&lines), alternative(&lines), chart(&lines));
}

/// What the words of the chart mean.
pub const TERMS: &Terms = &[
    ("Child protection", "The child has a child protection plan."),
    (
        "Child in need",
        "The child is in need under section 17 of the Children Act 1989. Open assessments are \
         counted here.",
    ),
    ("Newly qualified", "A worker in the first year after qualifying, with extra support."),
    ("Early career", "A worker past the first year and not yet experienced."),
    ("Experienced", "A worker whom the authority counts as experienced."),
    (
        "Experience unknown",
        "A worker holds the record, and nobody has told us how experienced they are.",
    ),
    (NO_WORKER, "The case list names no worker for the record. It is also called unallocated."),
];

fn chart(lines: &[AllocationLine]) -> Chart {
    Chart {
        category_heading: "Need".to_owned(),
        counted: RECORD,
        series: SERIES.map(str::to_owned).to_vec(),
        bars: lines.iter().map(|line| Bar::new(line.need.words(), parts(line))).collect(),
    }
}

/// The parts of a bar, in the order of `SERIES`.
fn parts(line: &AllocationLine) -> impl Iterator<Item = u64> {
    line.held.into_iter().chain(std::iter::once(line.unallocated)).map(u64::from)
}

/// What the chart shows, as a sentence. Where experience is not known, it does not say that
/// nobody is newly qualified.
fn title(lines: &[AllocationLine]) -> String {
    let held: u32 = lines.iter().flat_map(|line| line.held).sum();
    let unknown: u32 = lines.iter().map(|line| line.held_by(Experience::Unknown)).sum();
    if held == 0 {
        return format!(
            "No worker is named for any of these records: {}.",
            part_of_each(lines, AllocationLine::all)
        );
    }
    if unknown == held {
        return format!(
            "It is not known how experienced the workers are who hold {}.",
            part_of_each(lines, |line| line.held_by(Experience::Unknown))
        );
    }
    let workers =
        if unknown > 0 { "Workers known to be newly qualified" } else { "Newly qualified workers" };
    format!(
        "{workers} hold {}.",
        part_of_each(lines, |line| line.held_by(Experience::NewlyQualified))
    )
}

fn alternative(lines: &[AllocationLine]) -> String {
    let bars: Vec<String> = lines
        .iter()
        .map(|line| {
            let counts: Vec<String> = SERIES
                .into_iter()
                .zip(parts(line))
                .map(|(part, count)| format!("{} {}", part.to_lowercase(), words::whole(count)))
                .collect();
            format!(
                "{}, {}: {}.",
                line.need.words(),
                words::count(line.all().into(), &RECORD),
                counts.join("; ")
            )
        })
        .collect();
    format!("A bar for each need, divided by the worker’s experience. {}", bars.join(" "))
}

/// What the chart cannot say: whose experience is unknown, and what nobody holds.
fn gaps(lines: &[AllocationLine]) -> String {
    format!(
        "With no named worker: {}. With a worker whose experience is not known: {}.",
        part_of_each(lines, |line| line.unallocated),
        part_of_each(lines, |line| line.held_by(Experience::Unknown))
    )
}

fn part_of_each(lines: &[AllocationLine], part: impl Fn(&AllocationLine) -> u32) -> String {
    let said: Vec<String> = lines
        .iter()
        .filter(|line| line.all() > 0)
        .map(|line| words::part_of(part(line).into(), line.all().into(), &noun(line.need)))
        .collect();
    words::list(&said)
}

fn noun(need: Need) -> Noun {
    match need {
        Need::ChildProtection => Noun::new("child protection record", "child protection records"),
        Need::ChildInNeed => Noun::new("child in need record", "child in need records"),
        Need::InCare => Noun::new("record of a child in care", "records of children in care"),
        Need::CareLeaver => Noun::new("record of a care leaver", "records of care leavers"),
    }
}
