//! No more is hidden than must be: every smaller choice is attacked, and none is safe.

use quarterlight_disclosure::attack::{MicroLp, narrow};
use quarterlight_disclosure::{CellId, Pattern, Puzzle, Release, Rule, Standing, Why, protect};

use super::releases::{Seeded, counts, table};

/// Whether the attack leaves every small count wide enough.
fn is_safe(release: &Release, pattern: &Pattern, rule: &Rule) -> bool {
    let small = pattern.hidden().filter(|(_, why)| *why == Why::Small);
    let wanted: Vec<(CellId, i64)> = small.map(|(id, _)| (id, rule.width())).collect();
    let puzzle = Puzzle::of(release, pattern, rule);
    narrow(&puzzle, &wanted, &MicroLp).unwrap().is_empty()
}

/// Whether so many more cells make it safe.
fn any_of(release: &Release, pattern: &Pattern, rule: &Rule, open: &[CellId], few: usize) -> bool {
    if few == 0 {
        return is_safe(release, pattern, rule);
    }
    open.iter()
        .enumerate()
        .any(|(at, cell)| any_of(release, &pattern.with(*cell), rule, &open[at + 1..], few - 1))
}

#[test]
fn no_smaller_choice_is_safe() {
    let releases: u64 = std::env::var_os("QUARTERLIGHT_LEAST")
        .map_or(6, |many| many.to_str().unwrap().parse().unwrap());
    let rule = Rule::default();
    let (mut ours, mut least) = (0, 0);
    for seed in 0..releases {
        let mut chance = Seeded::new(1_000 + seed);
        let counts = counts(&mut chance, 3, 3);
        let mut release = Release::new();
        let cells = table(&mut release, "Table 1", &counts, Standing::Kept);
        let Ok(pattern) = protect(&release, &rule) else { continue };
        if !pattern.shows_zeros() {
            continue;
        }
        let small = Pattern::small_only(&release, &rule);
        let grand = cells[3][3];
        // Zeros are printed, and a grand total is.
        let values = |row: usize, column: usize| -> u64 {
            let row_of = |row: usize| -> u64 {
                counts[row].get(column).copied().unwrap_or_else(|| counts[row].iter().sum())
            };
            if row < 3 { row_of(row) } else { (0..3).map(row_of).sum() }
        };
        let mut open = Vec::new();
        for (row, ids) in cells.iter().enumerate() {
            for (column, id) in ids.iter().enumerate() {
                if values(row, column) > 0 && *id != grand && !small.hides(*id) {
                    open.push(*id);
                }
            }
        }
        let found = pattern.count(Why::Another);
        let few = (0..found).find(|few| any_of(&release, &small, &rule, &open, *few));
        let few = few.unwrap_or(found);
        assert!(2 * found <= 3 * few, "seed {seed}: {found} hidden where {few} are enough");
        ours += found;
        least += few;
    }
    println!("{ours} cells are hidden for others where {least} are the least");
    assert!(ours > 0);
}
