//! Whose list it is, and so which placements are inside the authority's own area.

use std::collections::BTreeMap;

use quarterlight_domain::need::Placement;

use super::authority::{Authorities, Authority};
use super::line::Line;
use super::list::List;

/// The authority that a case list was taken to be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Its name.
    pub name: String,
    /// How it is known.
    pub from: HomeFrom,
}

/// How the authority that a list is of is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HomeFrom {
    /// Whoever read the file said so.
    Told,
    /// It is the authority of most placements that List 8 says are in the area.
    MostPlacementsInArea {
        /// Placements said to be in the area that name this authority.
        naming_it: usize,
        /// Placements said to be in the area that name an authority.
        of: usize,
    },
}

/// Fewer placements than this say nothing about whose list it is.
const FEWEST: usize = 2;

/// The authority that was told; otherwise the one that at least three in four of the open
/// placements said to be in the area name, if there are two or more of them.
pub(crate) fn home(
    told: Option<&str>,
    authorities: &Authorities,
    lines: &[Line],
) -> Option<(Authority, Home)> {
    if let Some(authority) = told.and_then(|name| authorities.read(name)) {
        let name = authorities.name(&authority);
        return Some((authority, Home { name, from: HomeFrom::Told }));
    }
    let mut named: BTreeMap<&Authority, usize> = BTreeMap::new();
    for line in lines {
        if let (List::InCare, true, Some(true), Some(authority)) =
            (line.list, line.is_open, line.in_area, &line.authority)
        {
            *named.entry(authority).or_default() += 1;
        }
    }
    let of = named.values().sum();
    let (authority, naming_it) = named.into_iter().max_by_key(|(_, count)| *count)?;
    if naming_it < FEWEST || naming_it * 4 < of * 3 || *authority == Authority::OutsideEngland {
        return None;
    }
    let name = authorities.name(authority);
    let from = HomeFrom::MostPlacementsInArea { naming_it, of };
    Some((authority.clone(), Home { name, from }))
}

/// Where a child is placed, by both columns of List 8; true beside it if the two disagree.
///
/// What is not said, and what is said two ways, is unknown. It is never taken as inside.
pub(crate) fn placement(
    in_area: Option<bool>,
    authority: Option<&Authority>,
    home: Option<&Authority>,
) -> (Placement, bool) {
    let by_authority = match (authority, home) {
        (Some(Authority::OutsideEngland), _) => Some(false),
        (Some(Authority::Known(here)), Some(Authority::Known(home))) => Some(here == home),
        (Some(Authority::Named(here)), Some(Authority::Named(home))) => Some(here == home),
        // A name that no table has cannot be compared with one that it has.
        _ => None,
    };
    let placement = |inside| if inside { Placement::InArea } else { Placement::OutOfArea };
    match (in_area, by_authority) {
        (Some(said), Some(shown)) if said != shown => (Placement::Unknown, true),
        (Some(inside), _) | (None, Some(inside)) => (placement(inside), false),
        (None, None) => (Placement::Unknown, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HARROW: Authority = Authority::Known(310);
    const KENT: Authority = Authority::Known(886);

    #[test]
    fn one_column_is_enough_and_two_must_agree() {
        let of = |said, authority| placement(said, authority, Some(&HARROW));
        assert_eq!(of(Some(true), None), (Placement::InArea, false));
        assert_eq!(of(None, Some(&HARROW)), (Placement::InArea, false));
        assert_eq!(of(None, Some(&KENT)), (Placement::OutOfArea, false));
        assert_eq!(of(Some(true), Some(&HARROW)), (Placement::InArea, false));
        assert_eq!(of(Some(true), Some(&KENT)), (Placement::Unknown, true));
    }

    #[test]
    fn unknown_never_becomes_in() {
        let town = Authority::Named("hometown".into());
        for authority in [None, Some(&KENT), Some(&town)] {
            assert_eq!(placement(None, authority, None).0, Placement::Unknown);
        }
        assert_eq!(placement(None, Some(&town), Some(&HARROW)).0, Placement::Unknown);
        let outside = Some(&Authority::OutsideEngland);
        assert_eq!(placement(None, outside, None).0, Placement::OutOfArea);
    }
}
