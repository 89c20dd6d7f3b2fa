//! What auditors of the borough say to the answers that rules about time propose.

use quarterlight_domain::framework::Contents;
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::proposed::{Proposed, Ruled};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_domain::timescale::beside::DrawnRecord;
use quarterlight_domain::timescale::set::RuleSet;
use quarterlight_domain::timescale::working_days::BankHolidays;

use crate::agenda::Desk;
use crate::luck::Luck;

/// Why *Not met* is overruled.
const THERE_AFTER_ALL: [&str; 4] = [
    "It is in the case notes, and was never put into the form that the list is made from.",
    "It took place in time with another practitioner, whose entry the list does not count.",
    "It was put off for a good reason, which is recorded with the new day.",
    "The date on the list is that of the entry. What it records is older.",
];

/// Why *Met* is overruled.
const NOT_ENOUGH: [&str; 3] = [
    "It was in time, but the entry does not say that the child was seen.",
    "It was in time, but this was done over the telephone.",
    "The date is there. What the standard asks for is not on the record.",
];

/// What the answers of an audit say to what is proposed for it.
pub fn ruled(
    contents: &Contents,
    (set, holidays): (&RuleSet, &BankHolidays),
    desk: &Desk,
    drawn: &DrawnRecord,
) -> Result<Vec<Ruled>, Refusal> {
    let audit = &desk.audit;
    let rules = set.in_force(&[], drawn.day);
    let mut all = Vec::new();
    for standard in contents.asked_of(&audit.line) {
        let facts = drawn.beside(&standard.code, &rules, holidays);
        let then: Vec<_> = facts.into_iter().map(|fact| fact.then).collect();
        let answer = desk.answers.iter().find(|answer| answer.standard == standard.code);
        if let (Some(proposed), Some(answer)) = (Proposed::of(standard, &then), answer) {
            let matter =
                format!("overruled {} {} {}", audit.quarter, audit.reference(), standard.code);
            let because = because(proposed.judgement, &mut Luck::of(&matter))?;
            all.push(proposed.ruled(answer.judgement, Some(because)));
        }
    }
    Ok(all)
}

fn because(proposed: Judgement, luck: &mut Luck) -> Result<Reason, Refusal> {
    let words = if proposed == Judgement::Met {
        luck.pick(&NOT_ENOUGH)
    } else {
        luck.pick(&THERE_AFTER_ALL)
    };
    Reason::new(words.copied().unwrap_or_default())
}
