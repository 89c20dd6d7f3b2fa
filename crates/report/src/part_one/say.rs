//! What the public report says, section by section, from what may be shown.

use quarterlight_disclosure::{CellId, Published};
use quarterlight_domain::figures::QuarterFigures;

use super::counts::{count, part};
use super::lay::{HELD, Layout};
use super::matters;
use crate::builder::DocumentBuilder;
use crate::chart::{Bar, Chart};
use crate::words::{FINDING, Noun, RECORD, list, sentence_case};

const OPEN_RECORD: Noun = Noun::new("open record", "open records");
const DRAWN_RECORD: Noun = Noun::new("drawn record", "drawn records");
const COUNTED: Noun = Noun::new("counted judgement", "counted judgements");

/// Section 1: what the report is for, and what it says in short.
pub fn purpose(
    document: &mut DocumentBuilder,
    figures: &QuarterFigures,
    layout: &Layout,
    published: &Published,
) {
    document.section("Purpose and what this report says in short");
    document.paragraph(format!(
        "This report tells the public which children’s records were audited for the quarter {}, \
         which standards they met, and what is being done where they did not. It is about all \
         services.",
        figures.quarter.words()
    ));
    matters::open_with(document, figures);
    document.caveat(
        "A small number can show who a child is, even where no name is given. Such numbers are \
         hidden here, with others from which they could be worked out. [c] stands for each of \
         them, and does not say that the number is small. Members see the whole figures in the \
         private papers (Part II).",
    );
    if let Some([open, drawn, audited]) = all(layout) {
        document.paragraph(format!(
            "Records drawn for audit: {}. Audited so far: {}.",
            part(published, drawn, open, &OPEN_RECORD),
            part(published, audited, drawn, &DRAWN_RECORD)
        ));
    }
    for line in &layout.kinds.rows {
        if let Some((met, counted)) = line.count(0).zip(line.count(5)) {
            document.paragraph(format!(
                "{} standards were met in {}.",
                sentence_case(&line.name),
                part(published, met, counted, &COUNTED)
            ));
        }
    }
}

/// Open, drawn and audited of all services of the report.
fn all(layout: &Layout) -> Option<[CellId; 3]> {
    let line = layout.samples.rows.last()?;
    Some([line.count(0)?, line.count(1)?, line.count(2)?])
}

/// Section 2: which records were looked at, and the grades.
pub fn looked_at(document: &mut DocumentBuilder, layout: &Layout, published: &Published) {
    document.section("What we looked at");
    let Some([_, drawn, _]) = all(layout) else {
        document.paragraph("No records are open on the case list, or there is none yet.");
        return;
    };
    document.paragraph(format!(
        "{} gives the records that were open, those drawn from them for audit, and how many of \
         the drawn records have been audited.",
        document.next_table()
    ));
    let headings = ["Open", "Drawn", "Audited", "Auditor from outside"];
    document.table(
        "Records open, drawn and audited, by service",
        layout.samples.grid("Service", &headings, published),
    );
    if layout.grades.rows.is_empty() {
        document.paragraph(format!(
            "No grade has been given yet to the {}.",
            count(published, drawn, &DRAWN_RECORD)
        ));
        return;
    }
    document.subsection("Grades given");
    document.table("Grades given", layout.grades.grid("Grade", &["Audits"], published));
}

/// Section 3: which standards were met.
pub fn found(document: &mut DocumentBuilder, layout: &Layout, published: &Published) {
    document.section("What we found");
    document.paragraph(format!(
        "{} gives the judgements for compliance (if something was done) and for quality (how well \
         it was done). Annex A gives each standard.",
        document.next_table()
    ));
    let headings = [
        "Met",
        "Partly met",
        "Not met",
        "Not applicable",
        "Cannot tell",
        "Counted",
        "Met of counted",
    ];
    document.table(
        "Judgements, by kind of standard",
        layout.kinds.grid("Kind of standard", &headings, published).note(
            "Counted are met, partly met and not met. Not applicable and cannot tell stand beside \
             the result and are not counted in it.",
        ),
    );
}

/// Annex A: every standard of every section.
pub fn standards(document: &mut DocumentBuilder, layout: &Layout, published: &Published) {
    document.annex("Annex: the standards one by one");
    for (name, lines) in layout.sections.iter().filter(|(_, lines)| !lines.rows.is_empty()) {
        document.subsection(name);
        let headings = ["Met", "Partly or not met", "Counted", "Met of counted"];
        let grid = lines.grid("Standard", &headings, published);
        document.table(format!("Standards met, section {name}"), grid);
    }
}

/// Section 5: how what was found is being addressed.
pub fn addressed(document: &mut DocumentBuilder, layout: &Layout, published: &Published) {
    document.section("How issues are being addressed");
    let last = layout.actions.rows.last();
    let cells = |line: &super::grid::Line| Some([line.count(0)?, line.count(4)?, line.count(5)?]);
    let Some([findings, verified, held]) = last.and_then(cells) else {
        document.paragraph("The audits of this quarter led to no findings.");
        return;
    };
    document.paragraph(format!(
        "{} gives what the audits of this quarter found. Seen by somebody else to have been put \
         right: {}. Looked at again later, and still put right: {}.",
        document.next_table(),
        part(published, verified, findings, &FINDING),
        part(published, held, findings, &FINDING)
    ));
    let headings = [
        "Findings",
        "Open, not due",
        "Overdue",
        "Addressed, not yet verified",
        "Verified",
        "Held",
        "Closed without action",
    ];
    document.table(
        "Findings and how they are being addressed",
        layout.actions.grid("Found in", &headings, published),
    );
}

/// Section 6: which cohorts are audited.
pub fn coverage(document: &mut DocumentBuilder, layout: &Layout, published: &Published) {
    document.section("Who audits which records");
    if layout.coverage.rows.is_empty() {
        document.paragraph("No record is open on the case list, or there is none yet.");
        return;
    }
    if let Some(first) = layout.coverage.rows.first()
        && let Some((open, audited)) = first.count(0).zip(first.count(1))
    {
        document.paragraph(format!(
            "{}: audited in this quarter or the three before it: {}.",
            first.name,
            part(published, audited, open, &OPEN_RECORD)
        ));
    }
    document.table(
        "Audits done and planned, by cohort",
        layout.coverage.grid("Cohort", &["Open", "Audited", "Planned"], published).note(
            "Audited: in this quarter or the three before it. Planned: an audit is assigned in \
             this quarter and not yet submitted.",
        ),
    );
}

/// Section 9: who holds which records. A bar has no part where its count is hidden.
pub fn allocation(document: &mut DocumentBuilder, layout: &Layout, published: &Published) {
    document.section("Who holds which records");
    let lines = &layout.allocation.rows;
    if lines.is_empty() {
        document.paragraph("No child protection or child in need record is open.");
        return;
    }
    document.paragraph(format!(
        "{} shows how child protection and child in need records are shared out between workers \
         of different experience. A bar has no part for a figure that is hidden. No worker is \
         named.",
        document.next_figure()
    ));
    let of = |line: &super::grid::Line, at: usize| line.count(at);
    let bars: Vec<Bar> = lines
        .iter()
        .map(|line| Bar {
            category: line.name.clone(),
            counts: (0..HELD.len())
                .map(|at| of(line, at).and_then(|cell| published.shown(cell).count()))
                .collect(),
        })
        .collect();
    let newly: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let whole = of(line, HELD.len())?;
            let said = part(published, of(line, 0)?, whole, &RECORD);
            Some(format!("{} ({})", said, line.name.to_lowercase()))
        })
        .collect();
    let title = format!("Newly qualified workers hold {}.", list(&newly));
    let said: Vec<String> = lines
        .iter()
        .map(|line| {
            let parts: Vec<String> = HELD
                .into_iter()
                .enumerate()
                .filter_map(|(at, held)| {
                    let count = count(published, of(line, at)?, &RECORD);
                    Some(format!("{}: {count}", held.to_lowercase()))
                })
                .collect();
            format!("{}: {}.", line.name, parts.join("; "))
        })
        .collect();
    let chart = Chart {
        category_heading: "Need".to_owned(),
        counted: RECORD,
        series: HELD.map(str::to_owned).to_vec(),
        bars,
    };
    let alternative =
        format!("A bar for each need, divided by the worker’s experience. {}", said.join(" "));
    document.figure(title, alternative, chart);
}
