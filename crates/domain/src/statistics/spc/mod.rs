//! Whether a measure over time has changed, or only varied as it always does.
//!
//! Charts of single values (XmR), of shares (p), and of shares that vary more than chance (Laney's
//! p'), with the four rules that NHS England's *Making Data Count* uses. A change is claimed only
//! where a rule is broken, and never from too few points.

mod proportion;
mod rules;
mod said;
mod xmr;

pub use proportion::{Laney, Proportions, Sampled, proportions};
pub use rules::{Flags, Rule, flags};
pub use said::{ENOUGH, Said, of_shares, of_values};
pub use xmr::{Limits, Ranges, limits};

/// The mean of some values; none of none.
fn mean(values: &[f64]) -> Option<f64> {
    let many = u32::try_from(values.len()).ok().filter(|many| *many > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(many))
}

/// How far each value lies from the one before it.
fn moving_ranges(values: &[f64]) -> Vec<f64> {
    let pairs = values.iter().zip(values.iter().skip(1));
    pairs.map(|(before, after)| (after - before).abs()).collect()
}
