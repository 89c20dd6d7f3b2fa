//! Invented reports, from which the pages of this room make their samples.

use jiff::Timestamp;
use jiff::civil::date;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cycle::Cycle;
use quarterlight_domain::id::{CycleId, EditionId, MeetingId, PersonId, RegisterItemId, ReportId};
use quarterlight_domain::register::step::{Step, What};
use quarterlight_domain::register::{Item, Kind, Meeting};
use quarterlight_domain::text::Reason;
use quarterlight_report::builder::DocumentBuilder;
use quarterlight_report::chart::{Bar, Chart};
use quarterlight_report::document::{Cover, Document};
use quarterlight_report::quarterly::Assured;
use quarterlight_report::table::{Cell, Column, Grid};
use quarterlight_report::words::RECORD;
use quarterlight_store::{CycleProgress, ReportLine};

use crate::govuk::HOSTILE;

/// An ordinary report with every kind of part, a hostile one, and one in which nothing is said.
pub fn documents() -> Vec<Document> {
    let empty = DocumentBuilder::new(cover("All services"));
    [report("Children in Need North"), report(HOSTILE), empty]
        .into_iter()
        .filter_map(|report| report.finish().ok())
        .collect()
}

fn cover(about: &str) -> Cover {
    Cover {
        authority: "Exampleshire Council".to_owned(),
        title: "Quarterly audit of children’s records".to_owned(),
        subtitle: format!("{about}, October to December 2026"),
        as_at: "Figures counted on 23 November 2026".to_owned(),
        marking: "Private: Part II. Contains small numbers; not for publication.".to_owned(),
    }
}

fn report(words: &str) -> DocumentBuilder {
    let mut report = DocumentBuilder::new(cover(words));
    report.paragraph(words);
    report.section(words);
    report.paragraph(words);
    report.list([words, "R-2043"]);
    report.subsection(words);
    report.caveat(words);
    report.table(words, grid(words));
    report.section("Who holds which records");
    report.paragraph("Figure 1 gives the records of each need.");
    let chart = Chart {
        category_heading: "Need".to_owned(),
        counted: RECORD,
        series: vec!["Experienced".to_owned(), words.to_owned()],
        bars: vec![Bar::new(words, [120, 3]), Bar::new("In care", [40, 0])],
    };
    report.figure(words, words, chart);
    report.section("Definitions");
    report.definition(words, words);
    report.definition("Draw", "The choice of the records to be audited.");
    report
}

fn grid(words: &str) -> Grid {
    Grid::new([Column::text(words), Column::number("Met of counted")])
        .row([Cell::text(words), Cell::share(18, 24)])
        .row([Cell::text("B2"), Cell::Withheld])
        .total([Cell::text(words), Cell::share(1_204, 1_260)])
        .note(words)
}

/// Cycles with and without a sample, and released reports of which one has a hostile title.
pub fn list() -> (Vec<CycleProgress>, Vec<ReportLine>) {
    let cycle = |quarter| CycleProgress {
        cycle: Cycle { id: CycleId(5), quarter, edition: EditionId(1), due: date(2026, 12, 11) },
        drawn: 48,
        assigned: 48,
        started: 20,
        submitted: 12,
    };
    let cycles = Quarter::new(2026, 4).map(|quarter| {
        vec![CycleProgress { drawn: 0, submitted: 0, ..cycle(quarter) }, cycle(quarter.before())]
    });
    let titles = [HOSTILE, "Quarterly audit of children’s records: All services"];
    let reports = titles.iter().zip(1..).filter_map(|(title, id)| line(id, title)).collect();
    (cycles.unwrap_or_default(), reports)
}

fn line(id: i64, title: &str) -> Option<ReportLine> {
    Some(ReportLine {
        id: ReportId(id),
        title: title.to_owned(),
        about: Quarter::new(2026, 3).ok()?.into(),
        released_on: date(2026, 10, 12),
    })
}

/// Nothing to say, and hostile words everywhere.
pub fn assured() -> Vec<(Vec<Assured>, Document)> {
    let line = |about, sentence: &str, has_table: bool| Assured {
        about,
        sentence: sentence.to_owned(),
        table: has_table.then(|| ("Audits done and planned, by cohort", grid(HOSTILE))),
        terms: vec![("Cohort", "Children with something in common, counted together.")],
    };
    let empty = DocumentBuilder::new(cover("All services")).finish();
    let full = report(HOSTILE).finish();
    let lines = ["Coverage", "Standards met", "Actions", "Promises"];
    [(empty, "There is nothing to count.", false), (full, HOSTILE, true)]
        .into_iter()
        .filter_map(|(document, words, has_table)| {
            let lines = lines.map(|about| line(about, words, has_table));
            Some((lines.into(), document.ok()?))
        })
        .collect()
}

/// Items of a committee's register that are owed, overdue and replied to, with hostile words.
pub fn items() -> Vec<Item> {
    let item = |number: u32, first_due| {
        let words = Reason::new(HOSTILE).ok()?;
        let (at, by) = (Timestamp::UNIX_EPOCH, Some(HOSTILE.to_owned()));
        let reply = Step { what: What::Replied, words: words.clone(), by, at };
        Some(Item {
            id: RegisterItemId(number.into()),
            meeting: Meeting {
                held_on: date(2026, 10, 14),
                id: MeetingId(1),
                committee: HOSTILE.to_owned(),
            },
            number,
            kind: Kind::Promise,
            words,
            asked_by: Some(HOSTILE.to_owned()),
            about: None,
            first_owner: (PersonId(1), HOSTILE.to_owned()),
            first_due,
            steps: if number == 3 { vec![reply] } else { Vec::new() },
        })
    };
    let days = [date(2026, 12, 4), date(2026, 11, 6), date(2026, 11, 6)];
    (1..).zip(days).filter_map(|(number, day)| item(number, day)).collect()
}
