//! Cells: the smallest groups of records that coverage tells apart, and patterns that name many of them.

use std::fmt;
use std::str::FromStr;

use crate::case_list::CaseLine;
use crate::cohort::Cohort;
use crate::id::PlaceId;
use crate::need::{Known, LegalRoute, Need, Placement};
use crate::refusal::Refusal;

/// What the records of a cell have in common, whatever service holds them.
///
/// A record has several needs and stands in one cell all the same, so that cells add up to the open
/// records: it stands under its principal need, which [`Need::principal`] picks in the order in
/// which a record finds its cohort. The cohort is kept beside it, so every cell is inside one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKind {
    /// The cohort that they stand in.
    pub cohort: Cohort,
    /// Their principal need.
    pub need: Need,
    /// Whether the children are disabled.
    pub disabled: Known,
    /// Where they are placed.
    pub placement: Placement,
    /// Under which law.
    pub route: LegalRoute,
}

impl CellKind {
    /// The kind of cell that this record stands in: always one, and always the same one.
    pub fn of(line: &CaseLine) -> Self {
        Self {
            cohort: Cohort::of(line),
            need: Need::principal(&line.needs),
            disabled: line.disabled,
            placement: line.placement,
            route: line.route,
        }
    }

    /// The kind in words, without its service: *in care, disabled, placed out of area, section 85*.
    pub fn words(self) -> String {
        CellPattern::of(self, None).kind_words().unwrap_or_default()
    }
}

/// Which services a pattern reaches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// Every service, and records whose service is not known.
    #[default]
    Anywhere,
    /// One service.
    Service(PlaceId),
    /// Records whose team belongs to no service that we know.
    NoService,
}

/// Names cells: one of them where everything is given, every cell that fits where something is not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellPattern {
    /// In which services.
    pub within: Within,
    /// In which cohort; none for any.
    pub cohort: Option<Cohort>,
    /// Of which principal need; none for any.
    pub need: Option<Need>,
    /// Disabled or not; none for any.
    pub disabled: Option<Known>,
    /// Where placed; none for any.
    pub placement: Option<Placement>,
    /// Under which law; none for any.
    pub route: Option<LegalRoute>,
}

impl CellPattern {
    /// The pattern of one cell alone; no service is the one that is not known.
    pub fn of(kind: CellKind, service: Option<PlaceId>) -> Self {
        Self {
            within: service.map_or(Within::NoService, Within::Service),
            cohort: Some(kind.cohort),
            need: Some(kind.need),
            disabled: Some(kind.disabled),
            placement: Some(kind.placement),
            route: Some(kind.route),
        }
    }

    /// Whether this record, held in this service, is among those that the pattern names.
    pub fn matches(&self, line: &CaseLine, service: Option<PlaceId>) -> bool {
        self.covers(CellKind::of(line), service)
    }

    /// Whether the cell of this kind in this service is.
    pub fn covers(&self, kind: CellKind, service: Option<PlaceId>) -> bool {
        let within = match self.within {
            Within::Anywhere => true,
            Within::Service(id) => service == Some(id),
            Within::NoService => service.is_none(),
        };
        within
            && self.cohort.is_none_or(|cohort| cohort == kind.cohort)
            && self.need.is_none_or(|need| need == kind.need)
            && self.disabled.is_none_or(|disabled| disabled == kind.disabled)
            && self.placement.is_none_or(|placement| placement == kind.placement)
            && self.route.is_none_or(|route| route == kind.route)
    }

    /// How many things the pattern fixes, from 0 for every record to 6 for one cell.
    pub fn specificity(&self) -> u8 {
        let fixed = [
            self.within != Within::Anywhere,
            self.cohort.is_some(),
            self.need.is_some(),
            self.disabled.is_some(),
            self.placement.is_some(),
            self.route.is_some(),
        ];
        fixed.into_iter().map(u8::from).sum()
    }

    /// Whether it names one cell and no more.
    pub fn is_one_cell(&self) -> bool {
        self.specificity() == 6
    }

    /// What it names without its service; none where it leaves everything else open.
    ///
    /// A cohort is said in its own words where nothing else is fixed. Beside the rest only
    /// *unaccompanied* adds to what has been said, and the other cohorts would say it twice.
    pub fn kind_words(&self) -> Option<String> {
        let rest = [
            self.need.map(|need| need.words().to_lowercase()),
            self.disabled.map(|disabled| {
                match disabled {
                    Known::Yes => "disabled",
                    Known::No => "not disabled",
                    Known::Unknown => "not known if disabled",
                }
                .to_owned()
            }),
            self.placement.map(|placement| placement.words().to_lowercase()),
            self.route.map(|route| route.words().to_lowercase()),
        ];
        let mut words: Vec<String> = rest.into_iter().flatten().collect();
        match self.cohort {
            Some(Cohort::Unaccompanied) if !words.is_empty() => {
                words.insert(0, "unaccompanied".to_owned());
            }
            Some(cohort) if words.len() < 4 => words.insert(0, cohort.words().to_owned()),
            _ => {}
        }
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// What it names, in words; the name is that of its service, where it has one.
    pub fn words(&self, service: Option<&str>) -> String {
        let within = match self.within {
            Within::Anywhere => "any service",
            Within::Service(_) => service.unwrap_or("a service"),
            Within::NoService => "service not known",
        };
        let kind = self.kind_words().unwrap_or_else(|| "every open record".to_owned());
        let mut letters = kind.chars();
        let first: String =
            letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
        format!("{first}{}: {within}", letters.as_str())
    }
}

/// What stands for *any* in a pattern's code.
const ANY: &str = "any";

/// The code of a pattern: six codes with a full stop between, which a URL and a table hold as one word.
impl fmt::Display for CellPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.within {
            Within::Anywhere => f.write_str(ANY)?,
            Within::Service(id) => id.fmt(f)?,
            Within::NoService => f.write_str("none")?,
        }
        write!(
            f,
            ".{}.{}.{}.{}.{}",
            self.cohort.map_or(ANY, Cohort::code),
            self.need.map_or(ANY, Need::code),
            self.disabled.map_or(ANY, Known::code),
            self.placement.map_or(ANY, Placement::code),
            self.route.map_or(ANY, LegalRoute::code),
        )
    }
}

impl FromStr for CellPattern {
    type Err = Refusal;

    fn from_str(code: &str) -> Result<Self, Refusal> {
        read(code).ok_or_else(|| Refusal::because("There is no such cell."))
    }
}

fn read(code: &str) -> Option<CellPattern> {
    let mut parts = code.split('.');
    let mut next = || parts.next();
    let within = match next()? {
        ANY => Within::Anywhere,
        "none" => Within::NoService,
        id => Within::Service(id.parse().ok()?),
    };
    let pattern = CellPattern {
        within,
        cohort: part(next()?, Cohort::from_code)?,
        need: part(next()?, Need::from_code)?,
        disabled: part(next()?, Known::from_code)?,
        placement: part(next()?, Placement::from_code)?,
        route: part(next()?, LegalRoute::from_code)?,
    };
    // One pattern has one code: `04` and a seventh part would be others for the same.
    (pattern.to_string() == code).then_some(pattern)
}

/// *Any*, or what the code stands for; none where it stands for nothing.
#[expect(
    clippy::option_option,
    reason = "the outer says whether it could be read, the inner what it fixes"
)]
fn part<T>(code: &str, from: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    if code == ANY { Some(None) } else { from(code).map(Some) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::case_list::Reference;
    use crate::history::History;
    use crate::need::Needs;

    /// Every record that there can be, told by what cells are made of.
    fn every_line() -> Vec<CaseLine> {
        let mut lines = Vec::new();
        let sets: Vec<Needs> = (1..16_u8)
            .map(|bits| {
                let chosen = Need::ALL.into_iter().enumerate();
                chosen.filter(|(place, _)| bits & (1 << place) != 0).map(|(_, need)| need).collect()
            })
            .collect();
        for needs in &sets {
            for disabled in Known::ALL {
                for unaccompanied in Known::ALL {
                    for placement in Placement::ALL {
                        for route in LegalRoute::ALL {
                            lines.push(CaseLine {
                                reference: Reference::new("R-1").unwrap(),
                                needs: needs.clone(),
                                assessment_open: false,
                                disabled,
                                unaccompanied,
                                placement,
                                route,
                                worker: None,
                                team: None,
                                dates: BTreeMap::new(),
                                history: History::default(),
                            });
                        }
                    }
                }
            }
        }
        lines
    }

    #[test]
    fn every_record_stands_in_one_cell_and_no_other() {
        let lines = every_line();
        let mut cells: BTreeMap<CellKind, u32> = BTreeMap::new();
        for line in &lines {
            *cells.entry(CellKind::of(line)).or_default() += 1;
        }
        assert_eq!(cells.values().sum::<u32>() as usize, lines.len());
        for line in lines.iter().step_by(17) {
            let at = |id| Some(PlaceId(id));
            let matching =
                cells.keys().filter(|kind| CellPattern::of(**kind, at(4)).matches(line, at(4)));
            assert_eq!(matching.count(), 1, "{line:?}");
            let elsewhere = CellPattern::of(CellKind::of(line), at(5));
            assert!(!elsewhere.matches(line, at(4)) && !elsewhere.matches(line, None));
        }
    }

    #[test]
    fn a_pattern_and_its_code_lead_to_each_other() {
        let mut codes = std::collections::BTreeSet::new();
        for line in every_line().iter().step_by(7) {
            let one = CellPattern::of(CellKind::of(line), Some(PlaceId(12)));
            for pattern in [
                one,
                CellPattern { within: Within::NoService, ..one },
                CellPattern { within: Within::Anywhere, cohort: None, route: None, ..one },
            ] {
                assert_eq!(pattern.to_string().parse::<CellPattern>().unwrap(), pattern);
                codes.insert(pattern.to_string());
            }
        }
        assert!(codes.len() > 100, "{}", codes.len());
        for wrong in ["", "any", "any.any.any.any.any.any.any", "04.any.any.any.any.any", "x.y.z"] {
            assert!(wrong.parse::<CellPattern>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_pattern_that_fixes_more_names_no_more() {
        let lines = every_line();
        let out = CellPattern {
            disabled: Some(Known::Yes),
            placement: Some(Placement::OutOfArea),
            ..CellPattern::default()
        };
        let narrower = CellPattern { need: Some(Need::InCare), ..out };
        let count =
            |pattern: &CellPattern| lines.iter().filter(|line| pattern.matches(line, None)).count();
        assert_eq!(count(&CellPattern::default()), lines.len());
        assert!(0 < count(&narrower) && count(&narrower) < count(&out));
        assert!(lines.iter().all(|line| !narrower.matches(line, None) || out.matches(line, None)));
        assert!(narrower.specificity() > out.specificity());
        assert!(CellPattern::of(CellKind::of(&lines[0]), None).is_one_cell());
    }

    #[test]
    fn a_pattern_is_said_in_words() {
        let out = CellPattern {
            disabled: Some(Known::Yes),
            placement: Some(Placement::OutOfArea),
            ..CellPattern::default()
        };
        assert_eq!(out.words(None), "Disabled, placed out of area: any service");
        let all = CellPattern { within: Within::Service(PlaceId(4)), ..CellPattern::default() };
        assert_eq!(all.words(Some("Fostering")), "Every open record: Fostering");
    }
}
