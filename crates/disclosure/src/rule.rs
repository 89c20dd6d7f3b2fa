//! Which counts are small, and how far apart the values must lie that a hidden one could have.

use quarterlight_domain::refusal::Refusal;

/// The rule of small counts, as a council sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The largest count that is hidden for being small.
    largest_small: i64,
    /// What must lie between the least and the most that a hidden count could be.
    width: i64,
    /// Whether a group whose members all stand in one place is hidden as well.
    one_holds_all: bool,
}

/// No council may show counts below this.
pub const LEAST_THRESHOLD: u32 = 3;

/// What is meant when nobody has set anything: 1 to 5 are small, as in the Department's own tables.
pub const USUAL: Rule = Rule { largest_small: 5, width: 5, one_holds_all: false };

impl Default for Rule {
    fn default() -> Self {
        USUAL
    }
}

impl Rule {
    /// A rule that hides counts from 1 up to the largest small one. A hidden count can then be any
    /// of at least one more value than there are small counts, so that the reader never knows
    /// whether it is small.
    pub fn hiding_up_to(largest_small: u32) -> Result<Self, Refusal> {
        if largest_small < LEAST_THRESHOLD {
            return Err(Refusal::because(format!(
                "Counts below {LEAST_THRESHOLD} must be hidden in what is made public; choose {LEAST_THRESHOLD} or more."
            )));
        }
        let small = i64::from(largest_small);
        Ok(Self { largest_small: small, width: small, one_holds_all: false })
    }

    /// The same rule, which also hides that all of a group stand in one place.
    #[must_use]
    pub const fn and_where_one_holds_all(self) -> Self {
        Self { one_holds_all: true, ..self }
    }

    /// Whether a count is hidden for itself.
    pub const fn is_small(&self, count: i64) -> bool {
        count >= 1 && count <= self.largest_small
    }

    /// The largest count that is small.
    pub const fn largest_small(&self) -> i64 {
        self.largest_small
    }

    /// What must lie between the least and the most that a hidden small count could be.
    pub const fn width(&self) -> i64 {
        self.width
    }

    /// Whether it is hidden that one place holds a whole group.
    pub const fn hides_where_one_holds_all(&self) -> bool {
        self.one_holds_all
    }

    /// The rule as a sentence.
    pub fn words(&self) -> String {
        let all = if self.one_holds_all {
            " So is a figure that would show that every record of a group stands in one place."
        } else {
            ""
        };
        format!(
            "Every count from 1 to {} is hidden, and each is protected so that it could be any of at \
             least {} numbers.{all}",
            self.largest_small,
            self.width + 1
        )
    }
}
