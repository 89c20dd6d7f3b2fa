//! What the public report opens with: what the committee asked and was promised, and what is owed.
//!
//! The words are those of the minutes. Who asked and who owes a reply stand there too, and not here;
//! what a reply says is in the private papers, because it may have numbers that are hidden here.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::register::{Item, Stage};

use crate::builder::DocumentBuilder;
use crate::quarterly::{in_short, open_with_each, reference};
use crate::table::{Cell, Column, Grid};
use crate::words::{full_stop, sentence_case};

/// What is owed, in a sentence and word for word.
pub fn open_with(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    if figures.register.is_empty() {
        return;
    }
    open_with_each(document, figures, "section 12", |it| {
        let (said, stands) = (full_stop(&said(it, figures)), sentence_case(&stands(it, figures)));
        format!("{said} {stands}.")
    });
}

/// The section: every item and where it stands.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("Matters arising");
    if figures.register.is_empty() {
        document.paragraph(in_short(figures));
        return;
    }
    document.paragraph(format!(
        "{} gives what the committee asked, resolved and was promised, as long as it had not accepted \
         the reply before this quarter began. The replies are in the private papers (Part II).",
        document.next_table()
    ));
    let columns = ["Item", "What was said", "Where it stands"].map(Column::text);
    let rows = figures.register.iter().fold(Grid::new(columns), |grid, it| {
        grid.row([reference(it), said(it, figures), stands(it, figures)].map(Cell::text))
    });
    document.table("What the committee asked and was promised", rows);
}

fn said(item: &Item, figures: &QuarterFigures) -> String {
    let words = if figures.register_naming.contains(&item.id) {
        "it names somebody, so its words are in the minutes of the meeting alone"
    } else {
        item.words.words()
    };
    format!("{}: {words}", item.kind.words())
}

fn stands(item: &Item, figures: &QuarterFigures) -> String {
    match item.stage() {
        Stage::Open if item.is_overdue(figures.counted_on) => {
            format!("overdue since {}", day_in_words(item.due()))
        }
        Stage::Open => format!("owed by {}", day_in_words(item.due())),
        Stage::Replied => "replied, and not accepted yet".to_owned(),
        Stage::Accepted => "accepted by the committee".to_owned(),
    }
}
