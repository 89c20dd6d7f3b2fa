//! What a sample can show: intervals, sizes and shares, as statisticians publish them.
//!
//! Everything here is at 95% confidence, the level at which the product speaks. Where a value
//! cannot be worked out, because there is nothing to divide by, the function gives none and says
//! when; a page then says so in words and shows no figure.

pub mod agreement;
pub mod hypergeometric;
pub mod interval;
pub mod optimum;
pub mod size;
pub mod spc;
pub mod stratified;

/// The normal quantile of a two-sided 95% interval.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// The smallest whole number that is not below this one, and never above the most.
pub(crate) fn rounded_up(number: f64, most: u32) -> u32 {
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if f64::from(middle) >= number {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// A share in whole per cent, rounded up: for the most that something can be.
pub fn percent_up(share: f64) -> u32 {
    // What is a whole per cent but for the last bit of the division is that per cent.
    rounded_up(share * 100.0 - 1e-9, 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_per_cent_is_rounded_up() {
        assert_eq!(percent_up(0.11), 11);
        assert_eq!(percent_up(0.111), 12);
        assert_eq!(percent_up(1.0), 100);
    }

    #[test]
    fn numbers_are_rounded_up_and_never_above_the_most() {
        assert_eq!(rounded_up(0.0, 10), 0);
        assert_eq!(rounded_up(4.0, 10), 4);
        assert_eq!(rounded_up(4.000_001, 10), 5);
        assert_eq!(rounded_up(44.3, 10), 10);
    }
}
