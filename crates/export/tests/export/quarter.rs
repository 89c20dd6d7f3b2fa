//! An invented council's report of about ten pages, for the tests to print.

use quarterlight_report::builder::DocumentBuilder;
use quarterlight_report::chart::{Bar, Chart};
use quarterlight_report::document::{Cover, Document};
use quarterlight_report::table::{Cell, Column, Grid};
use quarterlight_report::words::{RECORD, share_that};

/// The report, with `wording` in every place that a person can write in.
pub fn report(wording: &str) -> Document {
    let mut document = DocumentBuilder::new(Cover {
        authority: "Fernleigh Borough Council".to_owned(),
        title: "Audit of children’s social care records".to_owned(),
        subtitle: "July to September 2026".to_owned(),
        as_at: "Figures as at 30 September 2026".to_owned(),
        marking: "Part II: private, because it is likely to reveal the identity of an individual"
            .to_owned(),
    });
    document.paragraph("This report tells the committee which standards were met, which were not, and what is being done about it.");
    looked_at(&mut document);
    found(&mut document, wording);
    addressed(&mut document, wording);
    for section in ["Coverage and gaps", "Filing", "Indicators", "Moderation", "Matters arising"] {
        document.section(section);
        for _ in 0..4 {
            document.paragraph(format!("{} The records were read by eight auditors over six weeks, each against the same edition of the framework, and every judgement carries what was seen and where.", share_that(18, 24, "met")));
        }
    }
    document.section("Definitions");
    document.definition("Met", "The record shows what the standard asks for.");
    document.definition("Experienced", wording);
    document.finish().unwrap()
}

fn looked_at(document: &mut DocumentBuilder) {
    document.section("What we looked at");
    document.paragraph("30 of 1,204 records were drawn by a seeded draw that anyone can repeat.");
    document.list([
        "24 were audited by auditors outside the line",
        "6 were audited by auditors inside it, each with a reason",
    ]);
    document.caveat("A sample of 30 cannot show a change of less than 20 percentage points.");
    document.subsection("Who holds the records");
    document.paragraph(format!(
        "{} shows who holds the records that are open.",
        document.next_figure()
    ));
    document.figure(
        "Newly qualified workers hold 12 of 109 child protection records.",
        "Three bars for child protection, child in need and care leaver, each divided by the worker’s experience. The figures follow in Table 1.",
        Chart {
            category_heading: "Need".to_owned(),
            counted: RECORD,
            series: ["Newly qualified in first year", "Early career", "Experienced", "Unknown"].map(str::to_owned).to_vec(),
            bars: vec![
                Bar::new("Child protection", [12, 31, 64, 2]),
                Bar::new("Child in need", [48, 77, 102, 9]),
                Bar { category: "Care leaver".to_owned(), counts: vec![Some(0), Some(18), Some(22), None] },
            ],
        },
    );
}

fn found(document: &mut DocumentBuilder, wording: &str) {
    document.section("What we found");
    document.paragraph(wording);
    let columns = ["Standard", "Met", "Partly met", "Not met", "Cannot tell"];
    let mut grid = Grid::new(columns.iter().enumerate().map(|(at, heading)| {
        if at == 0 { Column::text(*heading) } else { Column::number(*heading) }
    }));
    for standard in 1..=60_u64 {
        grid = grid.row([
            Cell::text(format!(
                "S{standard} The plan says who does what by when, and it was reviewed in time"
            )),
            Cell::share(18, 24),
            Cell::from(3_u64),
            Cell::from(standard),
            Cell::Withheld,
        ]);
    }
    let grid = grid.total([
        Cell::text("All standards"),
        Cell::share(1080, 1440),
        Cell::from(180_u64),
        Cell::from(1830_u64),
        Cell::Withheld,
    ]);
    document.table(
        "Standards met, by standard",
        grid.note("Not applicable is left out of the denominator."),
    );
}

fn addressed(document: &mut DocumentBuilder, wording: &str) {
    document.section("How issues are being addressed");
    document.paragraph(format!("{} lists the actions that are overdue.", document.next_table()));
    let headings = ["Action", "What is done", "Owner", "Due", "Days overdue"];
    let columns = headings.iter().enumerate().map(|(at, heading)| {
        if at == 4 { Column::number(*heading) } else { Column::text(*heading) }
    });
    document.table(
        "Overdue actions",
        Grid::new(columns)
            .row([
                Cell::text("2026-Q3-0014"),
                Cell::text(wording),
                Cell::text("Adébáyọ̀ Świątek"),
                Cell::text("3 May 2026"),
                Cell::from(150_u32),
            ])
            .row([
                Cell::text("2026-Q3-0015"),
                Cell::text("Move the paper volumes to the electronic record"),
                Cell::text("Service manager, Disability"),
                Cell::text("30 June 2026"),
                Cell::from(92_u32),
            ]),
    );
}
