//! Section 2, continued: how the records were drawn, so that anybody can draw them again.

use quarterlight_domain::draw::METHOD;
use quarterlight_domain::figures::{DrawFacts, QuarterFigures};

use crate::builder::DocumentBuilder;
use crate::table::{Column, Grid};
use crate::words::day_in_words;

/// Says on which framework and case list the quarter stands, and what the draw was made with.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    let Some(facts) = &figures.draw else {
        document.paragraph(not_drawn(figures));
        return;
    };
    document.subsection("How the records were drawn");
    document.paragraph(format!(
        "The records were drawn by a method that anybody can repeat, and not chosen by hand. {} gives what one needs to draw them again and to see \
         that the same records come out.",
        document.next_table()
    ));
    document.table("What the draw was made with", table(figures, facts));
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
        .note("Seed, method and digest are explained in section 7.")
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
