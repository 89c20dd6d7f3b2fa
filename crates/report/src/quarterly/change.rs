//! What changed since the quarter before, called a change only where chance does not explain it.

use quarterlight_domain::figures::change::{Change, change};
use quarterlight_domain::figures::{QuarterFigures, Share, StandardResult, Tally};

use crate::builder::DocumentBuilder;
use crate::words::{self, STANDARD, agree, count};

/// One standard with a result in both quarters, and what can be said of the two.
struct Compared<'a> {
    standard: &'a StandardResult,
    before: Share,
    change: Change,
}

/// Says which standards changed since the quarter before.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    let quarter = figures.quarter.before().words();
    let compared = compared(figures);
    if compared.is_empty() {
        document.paragraph(format!(
            "No standard has a result both in this quarter and in the one before ({quarter}), so \
             it cannot be told if anything changed."
        ));
        return;
    }
    if let Some(sentence) = in_short(figures) {
        document.paragraph(sentence);
    }
    let changed = compared.iter().filter(|it| it.change != Change::CannotTell);
    document.list(changed.map(words_of));
}

/// How a change is told from chance, for those who read every standard.
pub fn how_told(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    if compared(figures).is_empty() {
        return;
    }
    document.caveat(
        "Other records were drawn than in the quarter before. A difference is called a change only \
         where Newcombe’s interval for it leaves out 0, held so strictly that the chance that any \
         standard here is called changed and is not is 5% for all of them together. With few \
         records a change has to be large to be seen.",
    );
}

/// How many standards changed, of how many that can be compared; nothing where none can.
pub fn in_short(figures: &QuarterFigures) -> Option<String> {
    let compared = compared(figures);
    if compared.is_empty() {
        return None;
    }
    let many = |which: Change| compared.iter().filter(|it| it.change == which).count() as u64;
    let (rose, fell) = (many(Change::Rose), many(Change::Fell));
    let all = count(compared.len() as u64, &STANDARD);
    Some(if rose + fell == 0 {
        format!(
            "Compared with the quarter before, none of {all} can be said to have changed: the \
             differences are no larger than chance explains."
        )
    } else {
        format!(
            "Compared with the quarter before, of {all} {rose} {} met more often and {fell} {} met \
             less often, by more than chance.",
            agree(rose, "is", "are"),
            agree(fell, "is", "are")
        )
    })
}

fn compared(figures: &QuarterFigures) -> Vec<Compared<'_>> {
    let standards = figures.sections.iter().flat_map(|section| &section.standards);
    let pairs: Vec<(&StandardResult, Share)> = standards
        .filter_map(|standard| {
            let before = of(&figures.before, &standard.code).result();
            (standard.tally.result().of > 0 && before.of > 0).then_some((standard, before))
        })
        .collect();
    let many = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    pairs
        .into_iter()
        .filter_map(|(standard, before)| {
            let change = change(standard.tally.result(), before, many)?;
            Some(Compared { standard, before, change })
        })
        .collect()
}

fn of(before: &[(String, Tally)], code: &str) -> Tally {
    before.iter().find(|(each, _)| each == code).map(|(_, tally)| *tally).unwrap_or_default()
}

fn words_of(it: &Compared<'_>) -> String {
    let share = |it: Share| words::share(it.count.into(), it.of.into());
    format!(
        "{} {}: met in {} now, and in {} before.",
        it.standard.code,
        it.standard.wording,
        share(it.standard.tally.result()),
        share(it.before)
    )
}
