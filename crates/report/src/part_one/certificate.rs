//! The last annex: what was tried on the numbers of this report, and with what.

use quarterlight_disclosure::Certificate;
use quarterlight_domain::release::about::About;

use super::hiding::Together;
use crate::builder::DocumentBuilder;
use crate::table::{Column, Grid};
use crate::words::{Noun, count, whole};

/// The heading of the annex.
pub const CERTIFICATE: &str = "Disclosure certificate";

const FIGURE: Noun = Noun::new("figure", "figures");
const SUM: Noun = Noun::new("sum", "sums");

/// Prints the disclosure certificate.
pub fn say(
    document: &mut DocumentBuilder,
    certificate: &Certificate,
    about: About,
    together: Together,
) {
    let number = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    document.annex(CERTIFICATE);
    document.paragraph(format!("{} {}", certificate.rule, zeros(certificate)));
    let figures = count(number(certificate.counts), &FIGURE);
    let sums = count(number(certificate.sums), &SUM);
    document.paragraph(if certificate.counts == 0 {
        "No count of records stands in this report, so there was nothing to hide.".to_owned()
    } else if certificate.hidden == 0 {
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
    if together.own > 0 {
        let earlier = match about {
            About::Quarter(..) => "report of this quarter",
            About::Year(_) => "programme of this year",
        };
        document.paragraph(format!(
            "An earlier {earlier} is public already. Both were laid side by side: a figure that \
             differs from the one in the earlier report by a small number is hidden here, because \
             otherwise the difference would show it."
        ));
    }
    if together.others > 0 {
        document.paragraph(match about {
            About::Quarter(..) => {
                "Public reports of other quarters, or of the year, speak of some of the same \
                 records, such as those that were open on one day. What they show and hide was \
                 attacked together with this report."
            }
            About::Year(_) => {
                "Public reports of quarters speak of the same records, such as those that were \
                 drawn. What they show and hide was attacked together with this report."
            }
        });
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
