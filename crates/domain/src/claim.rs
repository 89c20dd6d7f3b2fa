//! Who says that they audit which records. A claim is a promise: it never makes a cell audited.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar::day_in_words;
use crate::cell::{CellKind, CellPattern};
use crate::id::{ClaimId, PersonId, PlaceId};
use crate::refusal::Refusal;
use crate::text::bounded;

/// Somebody's word that they audit the records of a cell, or of every cell that a pattern names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// The cells.
    pub pattern: CellPattern,
    /// The service or directorate that audits them, with its name; none where an earlier claim is
    /// given up and nobody audits them any more.
    pub place: Option<(PlaceId, String)>,
    /// The person who answers for it; none where whoever manages the place does.
    pub owner: Option<(PersonId, String)>,
    /// The framework that they are audited by, by its name; empty where the claim is given up.
    pub framework: String,
    /// What is to be done, in words.
    pub plan: String,
    /// The day from which it is so.
    pub from: Date,
    /// Who said so, by name; none for the server's own command line.
    pub said_by: Option<String>,
    /// The day on which it was said.
    pub said_on: Date,
}

/// A claim that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewClaim {
    /// The cells.
    pub pattern: CellPattern,
    /// The service or directorate; none to give an earlier claim up.
    pub place: Option<PlaceId>,
    /// The person who answers for it; none for whoever manages the place.
    pub owner: Option<PersonId>,
    /// The framework's name.
    pub framework: String,
    /// What is to be done.
    pub plan: String,
    /// The day from which it is so.
    pub from: Date,
}

/// The most characters of a framework's name.
pub const LONGEST_NAME: usize = 200;

/// The name of a framework, as typed.
///
/// # Errors
/// Refuses none, and one longer than [`LONGEST_NAME`] characters.
pub fn framework(typed: &str) -> Result<String, Refusal> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Refusal::because("Enter the name of the framework that they are audited by."));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Refusal::because(format!(
            "Shorten the framework’s name to {LONGEST_NAME} characters or fewer."
        )));
    }
    Ok(name)
}

/// What is to be done, as typed.
///
/// # Errors
/// Refuses none, and more than [`crate::text::LONGEST`] characters.
pub fn plan(typed: &str) -> Result<String, Refusal> {
    let plan = bounded(typed)?;
    if plan.is_empty() {
        return Err(Refusal::because("Say what is to be done, by whom and how often."));
    }
    Ok(plan)
}

/// The day from which a claim is true. It may have passed; a year ahead is the furthest promise.
///
/// # Errors
/// Refuses a day more than a year ahead.
pub fn from(day: Date, today: Date) -> Result<Date, Refusal> {
    let last = today.saturating_add(1.year());
    if day > last {
        return Err(Refusal::because(format!("Enter {} or an earlier date.", day_in_words(last))));
    }
    Ok(day)
}

impl Claim {
    /// Who answers for the records, in words; none where the claim is given up.
    pub fn owner_words(&self) -> Option<String> {
        let (_, place) = self.place.as_ref()?;
        Some(match &self.owner {
            Some((_, name)) => format!("{name}, for {place}"),
            None => format!("Whoever manages {place}"),
        })
    }

    /// Whether two claims cannot both be right: another place audits, or by another framework.
    pub fn contradicts(&self, other: &Self) -> bool {
        let place = |claim: &Self| claim.place.as_ref().map(|(id, _)| *id);
        place(self) != place(other) || self.framework != other.framework
    }
}

/// The claims that stand on a day: of each pattern the one from the latest day, and of those from
/// one day the one said last. The others are its history.
#[derive(Debug, Clone, Default)]
pub struct Standing<'a>(Vec<&'a Claim>);

impl<'a> Standing<'a> {
    /// The claims that stand on this day, the most specific first and then the latest.
    pub fn on(claims: &'a [Claim], day: Date) -> Self {
        let mut latest: BTreeMap<CellPattern, &Claim> = BTreeMap::new();
        for claim in claims.iter().filter(|claim| claim.from <= day) {
            let kept = latest.entry(claim.pattern).or_insert(claim);
            if (kept.from, kept.id) < (claim.from, claim.id) {
                *kept = claim;
            }
        }
        let mut standing: Vec<&Claim> = latest.into_values().collect();
        standing.sort_by_key(|claim| Reverse((claim.pattern.specificity(), claim.from, claim.id)));
        Self(standing)
    }

    /// Every claim on a cell, the one that holds first: the most specific, and then the latest.
    pub fn upon(
        &self,
        kind: CellKind,
        service: Option<PlaceId>,
    ) -> impl Iterator<Item = &'a Claim> {
        self.0.iter().copied().filter(move |claim| claim.pattern.covers(kind, service))
    }

    /// The claim that holds for a cell; none where nobody has claimed it, or where the word that
    /// holds is that nobody audits it any more.
    pub fn holding(&self, kind: CellKind, service: Option<PlaceId>) -> Option<&'a Claim> {
        self.upon(kind, service).next().filter(|claim| claim.place.is_some())
    }

    /// Every claim that stands.
    pub fn all(&self) -> &[&'a Claim] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::cell::Within;
    use crate::cohort::Cohort;
    use crate::need::{Known, LegalRoute, Need, Placement};

    const KIND: CellKind = CellKind {
        cohort: Cohort::DisabledPlacedOut,
        need: Need::InCare,
        disabled: Known::Yes,
        placement: Placement::OutOfArea,
        route: LegalRoute::InCare,
    };

    fn claim(id: i64, pattern: CellPattern, place: Option<i64>, from: Date) -> Claim {
        Claim {
            id: ClaimId(id),
            pattern,
            place: place.map(|place| (PlaceId(place), "Education".to_owned())),
            owner: None,
            framework: "Children’s records".to_owned(),
            plan: "Two each quarter.".to_owned(),
            from,
            said_by: None,
            said_on: from,
        }
    }

    fn everything() -> CellPattern {
        CellPattern { within: Within::Service(PlaceId(4)), ..CellPattern::default() }
    }

    #[test]
    fn the_most_specific_claim_holds_and_then_the_latest() {
        let one = CellPattern::of(KIND, Some(PlaceId(4)));
        let day = date(2026, 11, 23);
        let claims = [
            claim(1, one, Some(7), date(2026, 1, 1)),
            claim(2, everything(), Some(8), date(2026, 10, 1)),
        ];
        let standing = Standing::on(&claims, day);
        let holding = standing.holding(KIND, Some(PlaceId(4))).unwrap();
        assert_eq!(holding.id, ClaimId(1), "one cell is more than a whole service");
        assert!(holding.contradicts(&claims[1]));
        let later = [claims[0].clone(), claim(3, one, Some(9), date(2026, 2, 1))];
        let standing = Standing::on(&later, day);
        assert_eq!(standing.holding(KIND, Some(PlaceId(4))).unwrap().id, ClaimId(3));
        assert_eq!(standing.all().len(), 1, "the earlier claim is history");
        assert!(standing.holding(KIND, Some(PlaceId(5))).is_none(), "another service");
    }

    #[test]
    fn a_claim_does_not_stand_before_its_day() {
        let claims = [claim(1, everything(), Some(7), date(2026, 12, 1))];
        let at = |day| Standing::on(&claims, day).holding(KIND, Some(PlaceId(4))).is_some();
        assert!(!at(date(2026, 11, 30)));
        assert!(at(date(2026, 12, 1)));
    }

    #[test]
    fn a_claim_given_up_leaves_the_cell_to_nobody() {
        let one = CellPattern::of(KIND, Some(PlaceId(4)));
        let claims = [
            claim(1, everything(), Some(7), date(2026, 1, 1)),
            claim(2, one, None, date(2026, 2, 1)),
        ];
        let standing = Standing::on(&claims, date(2026, 3, 1));
        assert!(standing.holding(KIND, Some(PlaceId(4))).is_none());
        assert_eq!(standing.upon(KIND, Some(PlaceId(4))).count(), 2);
    }

    #[test]
    fn what_is_typed_is_asked_for_in_words() {
        assert!(framework("  ").is_err() && framework(&"a".repeat(201)).is_err());
        assert_eq!(framework(" Children’s \n records ").unwrap(), "Children’s records");
        assert!(plan(" ").is_err() && plan("Two each quarter.").is_ok());
        let today = date(2026, 11, 23);
        assert!(from(date(2020, 1, 1), today).is_ok() && from(date(2028, 1, 1), today).is_err());
    }
}
