//! Things that two or more people judged, each in one of some categories, with gaps.

/// What people said of the same things. The categories are numbered from 0, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    categories: u32,
    readers: usize,
    units: Vec<Unit>,
}

/// One thing that was judged, and how often it was judged in this very way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) given: Vec<Option<u32>>,
    pub(super) times: u32,
}

impl Unit {
    /// How many of its readers chose each category.
    pub(super) fn counts(&self, categories: u32) -> Vec<f64> {
        let of = |category| self.given.iter().filter(|given| **given == Some(category)).count();
        (0..categories).map(|category| number(of(category))).collect()
    }

    /// How many judged it.
    pub(super) fn readers(&self) -> f64 {
        number(self.given.iter().flatten().count())
    }

    /// How often it stands for itself.
    pub(super) fn weight(&self) -> f64 {
        f64::from(self.times)
    }
}

impl Readings {
    /// What two people said, as a square table: a row for each category of the first, a column for
    /// each of the second. None if it is not square, or has fewer than two categories.
    pub fn of_two(table: &[Vec<u32>]) -> Option<Self> {
        let categories = u32::try_from(table.len()).ok()?;
        if categories < 2 || table.iter().any(|row| row.len() != table.len()) {
            return None;
        }
        let unit = |(one, other, times)| Unit { given: vec![Some(one), Some(other)], times };
        let row = |(one, row): (u32, &Vec<u32>)| -> Vec<(u32, u32, u32)> {
            (0u32..).zip(row).map(|(other, times)| (one, other, *times)).collect()
        };
        let cells = (0u32..).zip(table).flat_map(row);
        let units = cells.filter(|(_, _, times)| *times > 0).map(unit).collect();
        Some(Self { categories, readers: 2, units })
    }

    /// What any number of people said, one list for each thing, in the same order of people. What
    /// nobody judged is left out. None where a list is of another length or a category is not one.
    pub fn of_many(categories: u32, things: &[Vec<Option<u32>>]) -> Option<Self> {
        let readers = things.first().map_or(0, Vec::len);
        let known = |thing: &Vec<Option<u32>>| {
            thing.len() == readers && thing.iter().flatten().all(|given| *given < categories)
        };
        if categories < 2 || !things.iter().all(known) {
            return None;
        }
        let judged = things.iter().filter(|thing| thing.iter().any(Option::is_some));
        let units = judged.map(|thing| Unit { given: thing.clone(), times: 1 }).collect();
        Some(Self { categories, readers, units })
    }

    /// How many categories there are.
    pub fn categories(&self) -> u32 {
        self.categories
    }

    /// How many things were judged by at least two.
    pub fn judged_twice(&self) -> u32 {
        self.units.iter().filter(|unit| unit.readers() >= 2.0).map(|unit| unit.times).sum()
    }

    pub(super) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// How many people judge.
    pub(super) fn readers(&self) -> usize {
        self.readers
    }

    /// How many things were judged at all.
    pub(super) fn size(&self) -> f64 {
        self.units.iter().map(Unit::weight).sum()
    }

    /// The share of each category, each thing counting once however many judged it.
    pub(super) fn shares(&self) -> Vec<f64> {
        let mut shares = vec![0.0; self.categories as usize];
        let size = self.size();
        for unit in &self.units {
            let part = unit.weight() / unit.readers() / size;
            for (share, count) in shares.iter_mut().zip(unit.counts(self.categories)) {
                *share += count * part;
            }
        }
        shares
    }

    /// For each person who judged anything, the share of each category in what they judged.
    pub(super) fn shares_by_reader(&self) -> Vec<Vec<f64>> {
        let of = |reader: usize| {
            let mut shares = vec![0.0; self.categories as usize];
            for unit in &self.units {
                let given = unit.given.get(reader).copied().flatten();
                let share = given.and_then(|given| shares.get_mut(given as usize));
                if let Some(share) = share {
                    *share += unit.weight();
                }
            }
            let all: f64 = shares.iter().sum();
            (all > 0.0).then(|| shares.into_iter().map(|share| share / all).collect())
        };
        (0..self.readers).filter_map(of).collect()
    }
}

/// A small count as a number.
pub(super) fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
