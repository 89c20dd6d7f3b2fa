//! How far two readings agree, as words and as the cells of a table.

use quarterlight_domain::statistics::agreement::{Agreement, Coefficient};
use quarterlight_domain::statistics::interval::Interval;

use crate::govuk::{Column, Content};

/// Words for what cannot be computed. Nothing is shown as a number that is none.
pub const NOT_COMPUTABLE: &str = "Cannot be computed";

/// The columns of agreement, after the one that names the row.
pub fn columns() -> Vec<Column> {
    vec![
        Column::words("Read twice"),
        Column::words("Same judgement"),
        Column::words("Gwet’s AC1"),
        Column::words("Cohen’s kappa"),
        Column::words("Weighted kappa"),
    ]
}

/// The cells of those columns.
pub fn cells(it: &Agreement) -> Vec<Content> {
    let twice = match it.blind {
        0 => it.same.of.to_string(),
        blind => format!("{} ({blind} blind)", it.same.of),
    };
    let same = match (it.same.percent(), it.interval) {
        (Some(percent), Some(interval)) => {
            format!("{}, {percent}% ({})", it.same.count, percents(interval))
        }
        _ => NOT_COMPUTABLE.to_owned(),
    };
    vec![
        Content::text(twice),
        Content::text(same),
        Content::text(coefficient(it.ac1)),
        Content::text(coefficient(it.kappa)),
        Content::text(coefficient(it.weighted)),
    ]
}

/// *69% to 96%*.
pub fn percents(interval: Interval) -> String {
    format!("{:.0}% to {:.0}%", interval.low * 100.0, interval.high * 100.0)
}

/// *0.86 (0.70 to 1.00)*; the value alone where no spread can be seen; or words for what is not known.
pub fn coefficient(it: Option<Coefficient>) -> String {
    match it {
        None => NOT_COMPUTABLE.to_owned(),
        Some(Coefficient { value, interval: None, .. }) => decimal(value),
        Some(Coefficient { value, interval: Some(Interval { low, high }), .. }) => {
            format!("{} ({} to {})", decimal(value), decimal(low), decimal(high))
        }
    }
}

/// Two places, and never -0.00.
fn decimal(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text.replace('-', "−") }
}

/// The sentence that stands before a table.
pub fn sentence(it: &Agreement) -> String {
    let Some(percent) = it.same.percent() else {
        return "No standard has been read twice yet, so nothing can be said of agreement."
            .to_owned();
    };
    let between = it.interval.map_or_else(String::new, |it| format!("; from {}", percents(it)));
    let ac1 = match it.ac1 {
        None => " Gwet’s AC1 cannot be computed.".to_owned(),
        Some(ac1) => format!(" Gwet’s AC1 is {}.", coefficient(Some(ac1))),
    };
    let kappa = match it.kappa {
        None => " Cohen’s kappa cannot be computed, because nothing varies.".to_owned(),
        Some(kappa) => format!(" Cohen’s kappa is {}.", coefficient(Some(kappa))),
    };
    format!(
        "Auditor and moderator judged the same {} of {} times ({percent}%{between}).{ac1}{kappa}",
        it.same.count, it.same.of
    )
}

#[cfg(test)]
mod tests {
    use quarterlight_domain::judgement::Judgement;
    use quarterlight_domain::statistics::agreement::Pair;

    use super::*;

    fn agreement(pairs: &[(Judgement, Judgement, u32)]) -> Agreement {
        let pair = |(theirs, mine, times): &(Judgement, Judgement, u32)| Pair {
            theirs: *theirs,
            mine: *mine,
            blind: false,
            times: *times,
        };
        Agreement::of(&pairs.iter().map(pair).collect::<Vec<_>>())
    }

    #[test]
    fn what_cannot_be_computed_is_said_in_words() {
        let alike = agreement(&[(Judgement::Met, Judgement::Met, 24)]);
        let said = sentence(&alike);
        assert!(said.starts_with("Auditor and moderator judged the same 24 of 24 times (100%"));
        assert!(said.contains("AC1 is 1.00."), "{said}");
        assert!(said.ends_with("Cohen’s kappa cannot be computed, because nothing varies."));
        assert!(sentence(&agreement(&[])).starts_with("No standard has been read twice"));
    }

    #[test]
    fn a_value_below_nought_has_its_sign() {
        use Judgement::{Met, NotMet};
        let paradox = agreement(&[(Met, Met, 118), (Met, NotMet, 5), (NotMet, Met, 2)]);
        assert_eq!(coefficient(paradox.kappa), "−0.02 (−0.05 to 0.00)");
    }
}
