//! A short report of an invented council, for the tests to read.

use quarterlight_report::builder::DocumentBuilder;
use quarterlight_report::chart::{Bar, Chart};
use quarterlight_report::document::Cover;
use quarterlight_report::table::{Cell, Column, Grid};
use quarterlight_report::words::RECORD;

pub fn cover() -> Cover {
    Cover {
        authority: "Fernleigh Borough Council".to_owned(),
        title: "Audit of children’s social care records".to_owned(),
        subtitle: "July to September 2026".to_owned(),
        as_at: "Figures as at 30 September 2026".to_owned(),
        marking: "Part I: public".to_owned(),
    }
}

pub fn chart() -> Chart {
    Chart {
        category_heading: "Need".to_owned(),
        counted: RECORD,
        series: ["Newly qualified in first year", "Early career", "Experienced", "Unknown"]
            .map(str::to_owned)
            .to_vec(),
        bars: vec![
            Bar::new("Child protection", [12, 31, 64, 2]),
            Bar::new("Child in need", [48, 77, 102, 9]),
            Bar {
                category: "Care leaver".to_owned(),
                counts: vec![Some(0), Some(18), Some(22), None],
            },
        ],
    }
}

pub fn builder() -> DocumentBuilder {
    let mut document = DocumentBuilder::new(cover());
    document.paragraph("Thirty records were audited. This report says what was found.");
    document.section("What we looked at");
    document.paragraph("30 of 1,204 records were drawn.");
    document.list(["24 by auditors outside the line", "6 by auditors inside it"]);
    document.caveat("A sample of 30 cannot show a small change.");
    document.section("What we found");
    document.paragraph(format!("{} gives every standard.", document.next_table()));
    document.table(
        "Standards met",
        Grid::new([Column::text("Standard"), Column::number("Met"), Column::number("Not met")])
            .row([
                Cell::text("A1 Chronology is up to date"),
                Cell::share(18, 24),
                Cell::from(6_u64),
            ])
            .row([Cell::text("A2 Visits are in time"), Cell::share(0, 0), Cell::Withheld])
            .total([Cell::text("All standards"), Cell::share(18, 24), Cell::Withheld])
            .note("Not applicable is left out of the denominator."),
    );
    document.subsection("Who holds the records");
    document.paragraph(format!("{} shows it.", document.next_figure()));
    document.figure(
        "Newly qualified workers hold 12 of 109 child protection records.",
        "Three bars, for child protection, child in need and care leaver, each divided by the worker’s experience.",
        chart(),
    );
    document.definition("Experienced", "Qualified for more than two years.");
    document
}
