//! How much of the drawn records was written up after the draw, in a sentence.

use quarterlight_domain::id::CycleId;
use quarterlight_domain::timescale::beside::tidied;
use quarterlight_domain::timescale::tally::TidiedTally;
use quarterlight_report::words::{self, RECORD};

use crate::app::App;
use crate::error::Failure;
use crate::timescales::RulesInForce;

/// A fact that a rule about time found.
const FACT: words::Noun = words::Noun::new("fact", "facts");

/// How much was tidied in a cycle: three statements; none where nothing was drawn, or no rules
/// were in force.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn count(app: &App, cycle: CycleId) -> Result<Option<TidiedTally>, Failure> {
    let records = app.store.timescales.drawn_records(cycle).await?;
    let Some(first) = records.first() else { return Ok(None) };
    let rules = RulesInForce::on(app, first.day).await?;
    Ok(rules.map(|rules| tidied(&records, &rules.rules, &rules.holidays)))
}

/// The sentence of the page.
pub fn sentence(tally: &TidiedTally) -> String {
    if tally.compared + tally.gone == 0 {
        return "Tidied since the draw: nothing can be told, since there is no later case list \
                yet."
            .to_owned();
    }
    let of_records = words::part_of(tally.records.into(), tally.compared.into(), &RECORD);
    let of_facts = words::part_of(tally.facts.into(), tally.could.into(), &FACT);
    let gone = match tally.gone {
        0 => String::new(),
        gone => format!(
            " No longer on the case list, and so not compared: {}.",
            words::count(gone.into(), &RECORD)
        ),
    };
    format!(
        "Tidied since the draw: {of_records}. Late or not to be told at the draw, and in time by \
         what was written up since: {of_facts}.{gone}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_tidied_is_said_with_what_it_is_out_of() {
        assert!(sentence(&TidiedTally::default()).contains("no later case list"));
        let tally = TidiedTally { compared: 13, gone: 1, could: 22, facts: 4, records: 3 };
        let said = sentence(&tally);
        for part in ["3 of 13 records", "4 of 22 facts", "1 record."] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
}
