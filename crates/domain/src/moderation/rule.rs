//! Which audits are read a second time: a rule with a day from which it counts.

use jiff::civil::Date;

use crate::calendar::day_in_words;
use crate::grade::Grade;
use crate::refusal::Refusal;

/// Which audits are read a second time. An audit follows the rule of the day on which it was
/// submitted for the first time, whatever is decided later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModerationRule {
    /// The first day on which it counts; none for the rule that ships with the program.
    pub from: Option<Date>,
    /// The grades of which every audit is read.
    pub grades: Vec<Grade>,
    /// How many in a hundred of the other audits are read.
    pub share: u32,
    /// How many in a hundred of all audits are read blind.
    pub blind: u32,
}

impl ModerationRule {
    /// The rule until the authority decides otherwise.
    pub fn shipped() -> Self {
        Self {
            from: None,
            grades: vec![Grade::Outstanding, Grade::Inadequate],
            share: 20,
            blind: 5,
        }
    }

    /// A rule from a day.
    ///
    /// # Errors
    /// Refuses more than a hundred in a hundred, and a day that is not later than today: who was
    /// picked this morning stays picked.
    pub fn new(
        from: Date,
        grades: Vec<Grade>,
        (share, blind): (u32, u32),
        today: Date,
    ) -> Result<Self, Refusal> {
        if share > 100 || blind > 100 {
            return Err(Refusal::because("Enter a number from 0 to 100."));
        }
        if from <= today {
            return Err(Refusal::because(
                "Enter a day after today. What was submitted until then follows the rule before.",
            ));
        }
        Ok(Self { from: Some(from), grades, share, blind })
    }

    /// The rule in force on a day, of all there have been: of two from the same day, the later one.
    pub fn in_force(rules: &[Self], day: Date) -> Self {
        let begun = rules.iter().filter(|rule| rule.from.is_none_or(|from| from <= day));
        begun.max_by_key(|rule| rule.from).cloned().unwrap_or_else(Self::shipped)
    }

    /// The rule in a sentence.
    pub fn sentence(&self) -> String {
        let grades: Vec<&str> = self.grades.iter().map(|grade| grade.words()).collect();
        let all = match grades.as_slice() {
            [] => String::new(),
            [one] => format!("every audit graded {one}, "),
            [first @ .., last] => {
                format!("every audit graded {} or {last}, ", first.join(", "))
            }
        };
        let since = self.from.map_or_else(String::new, |from| {
            format!(" This counts for audits submitted from {} on.", day_in_words(from))
        });
        format!(
            "Read a second time: {all}{} in 100 of the others, and {} in 100 of all without seeing the auditor’s answers first.{since}",
            self.share, self.blind
        )
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_rule_counts_from_its_day_and_never_before() {
        let today = date(2026, 11, 23);
        assert!(ModerationRule::new(today, vec![], (10, 5), today).is_err());
        assert!(ModerationRule::new(date(2026, 11, 24), vec![], (101, 5), today).is_err());
        let next = ModerationRule::new(date(2026, 11, 24), vec![], (10, 5), today).unwrap();
        let rules = [next.clone()];
        assert_eq!(ModerationRule::in_force(&rules, today), ModerationRule::shipped());
        assert_eq!(ModerationRule::in_force(&rules, date(2026, 11, 24)), next);
        let corrected = ModerationRule { share: 30, ..next.clone() };
        let rules = [next, corrected.clone()];
        assert_eq!(ModerationRule::in_force(&rules, date(2027, 1, 1)), corrected);
    }

    #[test]
    fn the_shipped_rule_says_what_it_does() {
        assert_eq!(
            ModerationRule::shipped().sentence(),
            "Read a second time: every audit graded Outstanding or Inadequate, 20 in 100 of the others, and 5 in 100 of all without seeing the auditor’s answers first."
        );
    }
}
