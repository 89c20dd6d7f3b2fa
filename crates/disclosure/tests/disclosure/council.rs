//! A council of ordinary size: most of its figures are still shown.

use quarterlight_disclosure::attack::MicroLp;
use quarterlight_disclosure::{Release, Rule, Standing, Verdict, judge, protect};

use super::releases::table;

/// Twelve teams by four grades, about three hundred audits.
const GRADES: [[u64; 4]; 12] = [
    [2, 14, 9, 1],
    [0, 17, 8, 2],
    [1, 12, 11, 3],
    [3, 15, 7, 0],
    [0, 9, 12, 4],
    [2, 18, 6, 1],
    [0, 13, 10, 2],
    [4, 11, 9, 0],
    [1, 16, 8, 1],
    [0, 10, 13, 5],
    [2, 14, 7, 2],
    [0, 12, 9, 3],
];

#[test]
fn a_council_of_twelve_teams_still_sees_most_of_its_figures() {
    let mut release = Release::new();
    let counts: Vec<Vec<u64>> = GRADES.iter().map(|row| row.to_vec()).collect();
    table(&mut release, "Table 1", &counts, Standing::Kept);
    let size = release.size();
    let pattern = protect(&release, &Rule::default()).unwrap();
    let hidden = pattern.hidden().count();
    println!("{hidden} of {size} figures are hidden");
    let verdict = judge(release, pattern, Rule::default(), &MicroLp).unwrap();
    assert!(matches!(verdict, Verdict::Safe(_)));
    assert!(hidden * 2 < size, "{hidden} of {size}");
}
