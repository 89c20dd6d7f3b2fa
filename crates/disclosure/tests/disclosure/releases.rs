//! Releases made at random from a seed: tables of every shape, with counts skewed to small numbers.

use quarterlight_disclosure::{CellId, Release, Standing};

/// A stream of numbers that is the same on every machine (SplitMix64).
pub struct Seeded(u64);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most
    }

    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + usize::try_from(self.below((high - low + 1) as u64)).unwrap()
    }

    /// A count: often none or few, sometimes many.
    fn count(&mut self) -> u64 {
        match self.below(10) {
            0..2 => 0,
            2..5 => 1 + self.below(5),
            5..9 => 6 + self.below(20),
            _ => 30 + self.below(200),
        }
    }
}

/// A table of rows and columns with both margins and a grand total; gives its cells, the margins
/// last in each row and in the last row.
pub fn table(
    release: &mut Release,
    name: &str,
    counts: &[Vec<u64>],
    corner: Standing,
) -> Vec<Vec<CellId>> {
    let at_corner = (counts.len(), counts[0].len());
    let standing = |at| if at == at_corner { corner } else { Standing::Open };
    table_as(release, name, counts, standing)
}

/// The same, where each cell stands as is said of its row and column.
pub fn table_as(
    release: &mut Release,
    name: &str,
    counts: &[Vec<u64>],
    standing: impl Fn((usize, usize)) -> Standing,
) -> Vec<Vec<CellId>> {
    let columns = counts[0].len();
    let mut cells: Vec<Vec<CellId>> = Vec::new();
    for (row, counts) in counts.iter().enumerate() {
        let at = |column: usize| format!("{name}, row {}, column {}", row + 1, column + 1);
        let mut ids: Vec<CellId> = counts
            .iter()
            .enumerate()
            .map(|(column, count)| release.cell(at(column), *count, standing((row, column))))
            .collect();
        let sum = counts.iter().sum();
        let total = release.cell(at(columns), sum, standing((row, columns)));
        assert!(release.adds_up(total, ids.iter().copied()));
        ids.push(total);
        cells.push(ids);
    }
    let mut totals = Vec::new();
    for column in 0..=columns {
        let sum = |row: &Vec<u64>| row.get(column).copied().unwrap_or_else(|| row.iter().sum());
        let at = format!("{name}, total of column {}", column + 1);
        let sum = counts.iter().map(sum).sum();
        let total = release.cell(at, sum, standing((counts.len(), column)));
        assert!(release.adds_up(total, cells.iter().map(|row| row[column])));
        totals.push(total);
    }
    assert!(release.adds_up(totals[columns], totals[..columns].iter().copied()));
    cells.push(totals);
    cells
}

pub fn counts(chance: &mut Seeded, rows: usize, columns: usize) -> Vec<Vec<u64>> {
    (0..rows).map(|_| (0..columns).map(|_| chance.count()).collect()).collect()
}

/// One line of figures with its total.
fn one_way(chance: &mut Seeded) -> Release {
    let mut release = Release::new();
    let counts: Vec<u64> = (0..chance.between(2, 12)).map(|_| chance.count()).collect();
    let each = |(at, count): (usize, &u64)| {
        release.cell(format!("Table 1, row {}", at + 1), *count, Standing::Open)
    };
    let cells: Vec<CellId> = counts.iter().enumerate().map(each).collect();
    let all = release.cell("Table 1, total", counts.iter().sum(), Standing::Kept);
    assert!(release.adds_up(all, cells));
    release
}

fn two_way(chance: &mut Seeded) -> Release {
    let mut release = Release::new();
    let (rows, columns) = (chance.between(2, 8), chance.between(2, 5));
    let counts = counts(chance, rows, columns);
    let cells = table(&mut release, "Table 1", &counts, Standing::Kept);
    percents(chance, &mut release, &cells);
    release
}

/// Teams in services in a council, each level with its margins.
pub fn hierarchy(chance: &mut Seeded, services: usize, teams: usize, columns: usize) -> Release {
    let mut release = Release::new();
    let mut of_services = Vec::new();
    for service in 0..services {
        let teams = chance.between(1, teams);
        let counts = counts(chance, teams, columns);
        let name = format!("Table 1, service {}", service + 1);
        let cells = table(&mut release, &name, &counts, Standing::Open);
        percents(chance, &mut release, &cells);
        let sums: Vec<u64> =
            (0..columns).map(|column| counts.iter().map(|row| row[column]).sum()).collect();
        of_services.push((cells.last().unwrap().clone(), sums));
    }
    let mut totals = Vec::new();
    for column in 0..=columns {
        let sum = |sums: &Vec<u64>| sums.get(column).copied().unwrap_or_else(|| sums.iter().sum());
        let total = of_services.iter().map(|(_, sums)| sum(sums)).sum();
        let standing = if column == columns { Standing::Kept } else { Standing::Open };
        let all = release.cell(format!("Table 1, all, column {}", column + 1), total, standing);
        assert!(release.adds_up(all, of_services.iter().map(|(cells, _)| cells[column])));
        totals.push(all);
    }
    assert!(release.adds_up(totals[columns], totals[..columns].iter().copied()));
    release
}

/// The same table for several quarters, and for all of them together.
pub fn quarters(chance: &mut Seeded, rows: usize, columns: usize, quarters: usize) -> Release {
    let mut release = Release::new();
    let of_quarters: Vec<Vec<Vec<u64>>> =
        (0..quarters).map(|_| counts(chance, rows, columns)).collect();
    let year: Vec<Vec<u64>> = (0..rows)
        .map(|row| (0..columns).map(|at| of_quarters.iter().map(|q| q[row][at]).sum()).collect())
        .collect();
    let tables: Vec<Vec<Vec<CellId>>> = of_quarters
        .iter()
        .enumerate()
        .map(|(at, counts)| {
            table(&mut release, &format!("Table {}", at + 1), counts, Standing::Open)
        })
        .collect();
    let all = table(&mut release, "Table of the year", &year, Standing::Kept);
    for (row, cells) in all.iter().enumerate() {
        for (column, total) in cells.iter().enumerate() {
            assert!(release.adds_up(*total, tables.iter().map(|table| table[row][column])));
        }
    }
    percents(chance, &mut release, &all);
    release
}

/// Some cells are also given as a per cent of their row.
fn percents(chance: &mut Seeded, release: &mut Release, cells: &[Vec<CellId>]) {
    for row in cells {
        let (base, parts) = row.split_last().unwrap();
        for part in parts {
            if chance.below(3) == 0 {
                release.percent(*part, *base, u8::from(chance.below(2) == 1));
            }
        }
    }
}

/// The release of a seed: each shape in turn.
pub fn release(seed: u64) -> (&'static str, Release) {
    let mut chance = Seeded::new(seed);
    match seed % 4 {
        0 => ("one way", one_way(&mut chance)),
        1 => ("two ways", two_way(&mut chance)),
        2 => {
            let (services, teams, columns) =
                (chance.between(2, 4), chance.between(1, 4), chance.between(2, 4));
            ("hierarchy", hierarchy(&mut chance, services, teams, columns))
        }
        _ => {
            let (rows, columns) = (chance.between(2, 4), chance.between(2, 3));
            ("quarters", quarters(&mut chance, rows, columns, 4))
        }
    }
}
