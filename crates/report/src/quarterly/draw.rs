//! How the records were drawn, so that anybody can draw them again.

use quarterlight_domain::draw::METHOD;
use quarterlight_domain::figures::{DrawFacts, QuarterFigures};

use super::annexes;
use super::sample::DRAWN_RECORD;
use crate::builder::DocumentBuilder;
use crate::table::{Column, Grid};
use crate::words::{self, RECORD, agree, day_in_words};

/// Says that the records were drawn and not chosen, or why none are.
pub fn in_short(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.paragraph(match &figures.draw {
        None => not_drawn(figures),
        Some(_) => format!(
            "The records were drawn by a method that anybody can repeat, and not chosen by hand. \
             {} gives what one needs to draw them again. Records that were not drawn may differ from \
             those that were.",
            annexes::DRAW
        ),
    });
}

/// The annex: on which framework and case list the quarter stands, and what the draw was made with.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.annex("Annex: how the records were drawn");
    let Some(facts) = &figures.draw else {
        document.paragraph(not_drawn(figures));
        return;
    };
    document.paragraph(format!(
        "{} gives what one needs to draw the records again and to see that the same come out.",
        document.next_table()
    ));
    document.table("What the draw was made with", table(figures, facts));
    left_out(document, facts);
    since(document, facts);
}

/// How many open records could not be drawn, and why.
fn left_out(document: &mut DocumentBuilder, facts: &DrawFacts) {
    let reasons: Vec<String> = facts
        .left_out
        .iter()
        .map(|(reason, records)| {
            format!("{} because {}", words::count((*records).into(), &RECORD), reason.words())
        })
        .collect();
    if !reasons.is_empty() {
        document.paragraph(format!(
            "Some open records of the authority could not be drawn: {}.",
            words::list(&reasons)
        ));
    }
}

/// What became of the sample: nothing, or every swap by its reason and what was added.
fn since(document: &mut DocumentBuilder, facts: &DrawFacts) {
    let swapped: u32 = facts.swaps.iter().map(|(_, times)| times).sum();
    if swapped == 0 {
        document.paragraph("No drawn record was swapped for another.");
    } else {
        let were = agree(swapped.into(), "was", "were");
        document.paragraph(format!(
            "{} {were} swapped in all services together, each for the next record of its stratum in the order that the seed \
             gave. The reasons:",
            words::sentence_case(&words::count(swapped.into(), &DRAWN_RECORD))
        ));
        document.list(facts.swaps.iter().map(|(reason, times)| {
            format!("{}: {}", reason.words(), words::count((*times).into(), &RECORD))
        }));
    }
    if facts.added > 0 {
        document.paragraph(format!(
            "{} added after the draw, each the next of its stratum in the same order.",
            words::sentence_case(&format!(
                "{} {}",
                words::count(facts.added.into(), &RECORD),
                agree(facts.added.into(), "was", "were")
            ))
        ));
    }
}

fn not_drawn(figures: &QuarterFigures) -> String {
    let list = figures
        .case_list
        .map(|day| format!(" The case list is dated {}.", day_in_words(day)))
        .unwrap_or_default();
    let framework = if figures.edition.is_empty() {
        String::new()
    } else {
        format!(" The framework is {}.", figures.edition)
    };
    format!("No draw has been made for this quarter.{list}{framework}")
}

fn table(figures: &QuarterFigures, facts: &DrawFacts) -> Grid {
    let dated = figures.case_list.map_or_else(|| "Date not known".to_owned(), day_in_words);
    let facts = [
        ("Framework", figures.edition.clone()),
        ("Case list of", dated),
        ("Drawn on", day_in_words(facts.drawn_on)),
        ("Seed", facts.seed.clone()),
        ("Method", method(&facts.method)),
        ("Digest", facts.frame_digest.clone()),
    ];
    facts
        .into_iter()
        .fold(Grid::new([Column::text("What"), Column::text("Which")]), |grid, (what, which)| {
            grid.row([what.into(), which.into()])
        })
        .note("Seed, method and digest are explained under Definitions.")
}

fn method(name: &str) -> String {
    if name == METHOD {
        format!(
            "Records are put in groups, each gets a number worked out from the seed, and the lowest numbers of each group are drawn ({name})"
        )
    } else {
        name.to_owned()
    }
}
