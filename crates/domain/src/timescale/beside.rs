//! What the rules find on a record as at its draw, beside what today's list says of the same rules.

use jiff::civil::Date;

use super::check::{Outcome, check};
use super::facts::{RuleFact, facts, facts_for_standard};
use super::later::as_known_later;
use super::rule::InForce;
use super::tally::TidiedTally;
use super::working_days::BankHolidays;
use crate::case_list::CaseLine;
use crate::standard::StandardCode;

/// A drawn record, as the list of its draw has it and as the current list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnRecord {
    /// The day of the list from which it was drawn.
    pub day: Date,
    /// What that list says.
    pub line: CaseLine,
    /// What has become of it.
    pub later: Later,
}

/// What the current list says of a drawn record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Later {
    /// The list from which it was drawn is still the current one.
    SameList,
    /// It is not on the current list, which is of this day.
    Gone(Date),
    /// It is on the current list, of this day.
    Line(Date, Box<CaseLine>),
}

/// What became of a fact between the draw and today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// There is no later list, or the record is not on it.
    NoWord,
    /// Today's list says the same of the day of the draw.
    Same,
    /// It was late or could not be told; by what was written up since, it was in time on that day.
    Tidied(Outcome),
    /// Today's list says something else of that day.
    Otherwise(Outcome),
}

/// One fact as at the draw, and since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactBeside<'r> {
    /// As at the draw.
    pub then: RuleFact<'r>,
    /// What today's list says of the same day.
    pub since: Since,
    /// What today's list says of its own day; none without one, or where the rule does not apply.
    pub today: Option<(Date, Outcome)>,
}

impl DrawnRecord {
    /// The facts to show beside a standard, what was late first.
    pub fn beside<'r>(
        &self,
        standard: &StandardCode,
        rules: &'r [InForce],
        holidays: &BankHolidays,
    ) -> Vec<FactBeside<'r>> {
        let then = facts_for_standard(standard, rules, &self.line, self.day, holidays);
        self.since(then, holidays)
    }

    /// Every fact of the record.
    pub fn every_fact<'r>(
        &self,
        rules: &'r [InForce],
        holidays: &BankHolidays,
    ) -> Vec<FactBeside<'r>> {
        self.since(facts(rules, &self.line, self.day, holidays), holidays)
    }

    fn since<'r>(&self, then: Vec<RuleFact<'r>>, holidays: &BankHolidays) -> Vec<FactBeside<'r>> {
        let Later::Line(today, line) = &self.later else {
            let alone = |then| FactBeside { then, since: Since::NoWord, today: None };
            return then.into_iter().map(alone).collect();
        };
        let known = as_known_later(&self.line, line, self.day);
        then.into_iter()
            .map(|then| {
                let of_the_draw = check(then.held, &known, self.day, holidays);
                let now = check(then.held, line, *today, holidays);
                let now = Some(now).filter(|now| *now != Outcome::DoesNotApply);
                FactBeside {
                    since: became(&then.outcome, of_the_draw),
                    today: now.map(|now| (*today, now)),
                    then,
                }
            })
            .collect()
    }
}

fn became(then: &Outcome, of_the_draw: Outcome) -> Since {
    match (then, &of_the_draw) {
        (then, now) if then == now => Since::Same,
        (Outcome::Overdue(_) | Outcome::CannotTell { .. }, Outcome::InTime(_)) => {
            Since::Tidied(of_the_draw)
        }
        _ => Since::Otherwise(of_the_draw),
    }
}

/// How much of the drawn records was written up after the draw.
pub fn tidied(records: &[DrawnRecord], rules: &[InForce], holidays: &BankHolidays) -> TidiedTally {
    let mut tally = TidiedTally::default();
    for record in records {
        tally.add(record, &record.every_fact(rules, holidays));
    }
    tally
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::examples::{care_visit, england, in_care, no_worker, with};
    use super::super::variation::in_force;
    use super::*;
    use crate::case_list::KeyDate;

    const DRAWN: Date = date(2026, 3, 31);
    const TODAY: Date = date(2026, 6, 30);

    fn rules() -> Vec<InForce> {
        [care_visit(), no_worker()].iter().map(|rule| in_force(rule, [], DRAWN).unwrap()).collect()
    }

    fn record(then: Date, now: Option<Date>) -> DrawnRecord {
        let visited = |day| with(in_care(), KeyDate::CareVisit, day);
        let later = now.map_or(Later::SameList, |day| Later::Line(TODAY, Box::new(visited(day))));
        DrawnRecord { day: DRAWN, line: visited(then), later }
    }

    fn since(record: &DrawnRecord) -> Since {
        let code = StandardCode::new("G1").unwrap();
        record.beside(&code, &rules(), &england()).remove(0).since
    }

    #[test]
    fn what_was_late_at_the_draw_and_in_time_by_what_was_written_since_was_tidied() {
        let late = date(2026, 1, 30);
        assert_eq!(since(&record(late, None)), Since::NoWord);
        assert_eq!(since(&record(late, Some(late))), Since::Same);
        assert!(matches!(since(&record(late, Some(date(2026, 3, 20)))), Since::Tidied(_)));
        // A visit of after the draw is no tidying: the record was late when it was drawn.
        assert_eq!(since(&record(late, Some(date(2026, 4, 1)))), Since::Same);
        // A visit that was late then and is later by what is known now stays late.
        let still = since(&record(date(2026, 1, 10), Some(late)));
        assert!(matches!(still, Since::Otherwise(Outcome::Overdue(_))), "{still:?}");
    }

    #[test]
    fn today_is_told_by_todays_list() {
        let code = StandardCode::new("G1").unwrap();
        let record = record(date(2026, 3, 20), Some(date(2026, 3, 20)));
        let rules = rules();
        let fact = record.beside(&code, &rules, &england()).remove(0);
        assert!(matches!(fact.then.outcome, Outcome::InTime(_)));
        assert!(matches!(fact.today, Some((TODAY, Outcome::Overdue(_)))));
    }

    #[test]
    fn records_with_something_tidied_are_counted_out_of_those_still_on_the_list() {
        let late = date(2026, 1, 30);
        let gone = DrawnRecord { later: Later::Gone(TODAY), ..record(late, None) };
        let records = [
            record(late, Some(date(2026, 3, 20))),
            record(late, Some(late)),
            record(date(2026, 3, 20), Some(date(2026, 3, 20))),
            gone,
        ];
        let tally = tidied(&records, &rules(), &england());
        assert_eq!((tally.compared, tally.gone), (3, 1));
        assert_eq!((tally.records, tally.facts, tally.could), (1, 1, 2));
    }
}
