//! Who says that they audit which records, quarter by quarter.
//!
//! From the first quarter on every service has its records claimed but for two kinds. Records of
//! disabled children whom Education placed out of area are claimed by nobody until a councillor has
//! asked; Education claims them in the quarter under way, wherever they are held, and that
//! contradicts what Children in Care had said. Of records whose placement or service is not known,
//! nobody has said anything yet.

use quarterlight_domain::cell::{CellPattern, Within};
use quarterlight_domain::claim::NewClaim;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::id::{PersonId, PlaceId};
use quarterlight_domain::need::{Known, Placement};
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::Store;

use crate::cast::CastMember;
use crate::fault::Fault;
use crate::places::{Part, Places};
use crate::rounds::{Round, moment};

/// One claim: which records, who audits them, who answers for it, and what is to be done.
struct Said {
    pattern: CellPattern,
    by: Part,
    owner: &'static str,
    plan: &'static str,
}

/// Keeps what is said on the first morning of a quarter.
pub async fn make(
    store: &Store,
    round: &Round,
    (lead, framework): (PersonId, &str),
    people: &[CastMember],
    places: &Places,
) -> Result<(), Fault> {
    for (number, said) in (0..).zip(said(round, places)) {
        let at = moment(round.opening(), 8 * 60 + 25 + number);
        let owner = people.iter().find(|person| person.name == said.owner);
        let claim = NewClaim {
            pattern: said.pattern,
            place: Some(places.id(said.by)),
            owner: owner.map(|person| person.id),
            framework: framework.to_owned(),
            plan: said.plan.to_owned(),
            from: round.opening(),
        };
        let stamp = Stamp::person(lead, at, "said who audits records");
        let form_key = format!("borough {} {number}", round.quarter);
        store.claims.make(&stamp, &claim, &form_key).await?;
    }
    Ok(())
}

fn said(round: &Round, places: &Places) -> Vec<Said> {
    if round.number == 0 {
        let every = |service: PlaceId| CellPattern {
            within: Within::Service(service),
            ..CellPattern::default()
        };
        return vec![
            Said {
                pattern: every(places.children_in_need),
                by: Part::ChildrenInNeed,
                owner: "Helen Oyelaran",
                plan: "Drawn each quarter from every cohort, and read by auditors of other teams.",
            },
            Said {
                pattern: every(places.children_in_care),
                by: Part::ChildrenInCare,
                owner: "David Lindqvist",
                plan: "Drawn each quarter from every cohort, and read by auditors of other teams.",
            },
            Said {
                pattern: CellPattern {
                    cohort: Some(Cohort::DisabledInArea),
                    ..every(places.disability)
                },
                by: Part::Disability,
                owner: "Margaret Thorne",
                plan: "Drawn each quarter. Auditors who know how each child communicates come first.",
            },
        ];
    }
    if round.is_under_way {
        return vec![Said {
            pattern: CellPattern {
                disabled: Some(Known::Yes),
                placement: Some(Placement::OutOfArea),
                ..CellPattern::default()
            },
            by: Part::Education,
            owner: "Margaret Thorne",
            plan: "Councillor Marchetti asked who audits these records, and nobody knew. All of \
                   them are read within a year, five or more each quarter, the longest placed first.",
        }];
    }
    Vec::new()
}
