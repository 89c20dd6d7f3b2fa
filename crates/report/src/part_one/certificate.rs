//! The last annex: what was tried on the numbers of this report, and with what.

use quarterlight_disclosure::Certificate;

use crate::builder::DocumentBuilder;
use crate::table::{Column, Grid};
use crate::words::{Noun, count, whole};

const FIGURE: Noun = Noun::new("figure", "figures");
const SUM: Noun = Noun::new("sum", "sums");

/// Prints the disclosure certificate.
pub fn say(
    document: &mut DocumentBuilder,
    certificate: &Certificate,
    (earlier, others): (usize, usize),
) {
    let number = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    document.annex("Disclosure certificate");
    document.paragraph(format!("{} {}", certificate.rule, zeros(certificate)));
    let figures = count(number(certificate.counts), &FIGURE);
    let sums = count(number(certificate.sums), &SUM);
    document.paragraph(if certificate.hidden == 0 {
        format!("None of the {figures} of this report is small, so none is hidden.")
    } else {
        format!(
            "Before this report was made public, a program tried to work out every hidden figure \
             from everything that is shown: {figures} and {sums} that tie them, in all tables, \
             charts and sentences together. {} hidden. None could be worked out; each small one \
             could still be any of at least {} numbers.",
            are(number(certificate.hidden)),
            certificate.values
        )
    });
    if earlier > 0 {
        document.paragraph(
            "An earlier report of this quarter is public already. Both were laid side by side: a \
             figure that differs from the one in the earlier report by a small number is hidden here, \
             because otherwise the difference would show it.",
        );
    }
    if others > 0 {
        document.paragraph(
            "Public reports of other quarters speak of some of the same records, such as those that \
             were open on one day. What they show and hide was attacked together with this report.",
        );
    }
    let facts = [
        ("Result of the attack", "Nothing could be worked out"),
        ("Solver", certificate.solver.as_str()),
        ("Digest of what is shown (SHA-256)", certificate.digest.as_str()),
    ];
    let columns = [Column::text("What"), Column::text("Which")];
    let grid = facts
        .into_iter()
        .fold(Grid::new(columns), |grid, (what, which)| grid.row([what.into(), which.into()]));
    document.table("What was tried on the figures of this report", grid);
}

fn zeros(certificate: &Certificate) -> &'static str {
    if certificate.zeros_shown {
        "None is shown as 0, so a hidden figure is at least 1."
    } else {
        "In this report a hidden figure can also be none."
    }
}

fn are(hidden: u64) -> String {
    if hidden == 1 { "1 figure is".to_owned() } else { format!("{} figures are", whole(hidden)) }
}
