//! Whether one quarter's share differs from another's by more than chance.

use super::Share;
use crate::statistics::interval::difference_among;

/// What can be said of a share beside the same share a quarter before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It rose by more than chance.
    Rose,
    /// It fell by more than chance.
    Fell,
    /// The two may differ by chance alone.
    CannotTell,
}

/// What can be said of a share that is one of so many compared at once; nothing where one of the
/// two is out of nothing.
///
/// Newcombe's interval for the difference leaves 0 out only where there was a change. Of forty
/// standards two would seem to change by chance, so each is held to a stricter level (Bonferroni):
/// the chance that any of them is called a change and is none stays at 5%.
pub fn change(now: Share, before: Share, compared: u32) -> Option<Change> {
    let interval = difference_among((now.count, now.of), (before.count, before.of), compared)?;
    Some(if interval.low > 0.0 {
        Change::Rose
    } else if interval.high < 0.0 {
        Change::Fell
    } else {
        Change::CannotTell
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_called_one_only_where_chance_does_not_explain_it() {
        let (many, few) = (Share::new(56, 70), Share::new(48, 80));
        assert_eq!(change(many, few, 1), Some(Change::Rose));
        assert_eq!(change(few, many, 1), Some(Change::Fell));
        assert_eq!(change(Share::new(3, 4), Share::new(2, 4), 1), Some(Change::CannotTell));
        assert_eq!(change(Share::new(0, 0), many, 1), None);
    }

    #[test]
    fn among_many_it_takes_more_to_be_a_change() {
        let (now, before) = (Share::new(31, 40), Share::new(22, 40));
        assert_eq!(change(now, before, 1), Some(Change::Rose));
        assert_eq!(change(now, before, 40), Some(Change::CannotTell));
    }
}
