//! What went out before is part of what a reader knows.

use quarterlight_disclosure::attack::MicroLp;
use quarterlight_disclosure::{CellId, Past, Release, Rule, Standing, Verdict, judge, protect};

use super::releases::{Seeded, counts, table, table_as};

/// Two quarters and the year to date: the first quarter went out, and of the second the counts are
/// hidden where they are small.
fn year_to_date(of_year: Standing) -> (Release, [CellId; 3]) {
    let mut release = Release::new();
    let mut line = |name: &str, counts: [u64; 2], standing| {
        let met = release.cell(format!("{name}, met"), counts[0], standing);
        let not = release.cell(format!("{name}, not met"), counts[1], standing);
        let all = release.cell(format!("{name}, all"), counts[0] + counts[1], Standing::Out);
        [met, not, all]
    };
    let first = line("Quarter 1", [18, 7], Standing::Out);
    let second = line("Quarter 2", [15, 2], Standing::Open);
    let year = line("Year to date", [33, 9], of_year);
    for [met, not, all] in [first, second, year] {
        assert!(release.adds_up(all, [met, not]));
    }
    for at in 0..3 {
        assert!(release.adds_up(year[at], [first[at], second[at]]));
    }
    (release, year)
}

#[test]
fn a_year_to_date_does_not_undo_what_a_quarter_hides() {
    let (release, year) = year_to_date(Standing::Open);
    let pattern = protect(&release, &Rule::default()).unwrap();
    assert!(pattern.hides(year[0]) && pattern.hides(year[1]));
    let verdict = judge(release, pattern, Rule::default(), &MicroLp).unwrap();
    assert!(matches!(verdict, Verdict::Safe(_)));
}

#[test]
fn what_is_undone_already_is_refused_with_its_place() {
    let (release, _) = year_to_date(Standing::Out);
    let refusal = protect(&release, &Rule::default()).unwrap_err();
    assert!(refusal.sentence().contains("Quarter 2, not met"), "{refusal}");
    assert!(!refusal.sentence().contains("15"), "{refusal}");
}

#[test]
fn what_was_hidden_before_stays_protected() {
    // The report of a service hid its second team; now the same teams are added up another way.
    let mut release = Release::new();
    let one = release.cell("March, team 1", 20, Standing::Out);
    let two = release.cell("March, team 2", 4, Standing::HiddenBefore);
    let three = release.cell("March, team 3", 12, Standing::HiddenBefore);
    let all = release.cell("March, all", 36, Standing::Out);
    assert!(release.adds_up(all, [one, two, three]));
    let large = release.cell("Table 1, teams 1 and 2", 24, Standing::Open);
    assert!(release.adds_up(large, [one, two]));
    let pattern = protect(&release, &Rule::default()).unwrap();
    assert!(pattern.hides(large));
    let shown = pattern.without(large);
    let rule = Rule::default();
    let verdict = judge(release.clone(), shown, rule, &MicroLp).unwrap();
    assert!(matches!(verdict, Verdict::Unsafe(_)));
    assert!(matches!(judge(release, pattern, rule, &MicroLp).unwrap(), Verdict::Safe(_)));
}

#[test]
fn two_reports_that_differ_by_one_team_do_not_give_it_away() {
    // All but team 4 went out last week; the whole council goes out today.
    let mut release = Release::new();
    let mut cells = Vec::new();
    for (team, [met, not]) in [[14, 6], [11, 8], [19, 8], [9, 3]].into_iter().enumerate() {
        let standing = Standing::Unprinted;
        cells.push([
            release.cell(format!("team {}, met", team + 1), met, standing),
            release.cell(format!("team {}, not met", team + 1), not, standing),
        ]);
    }
    let mut whole = Vec::new();
    for (at, (without, with)) in [(44, 53), (22, 25)].into_iter().enumerate() {
        let out = release.cell("last week", without, Standing::Out);
        assert!(release.adds_up(out, cells[..3].iter().map(|team| team[at])));
        let all = release.cell(format!("Table 1, column {}", at + 1), with, Standing::Open);
        assert!(release.adds_up(all, cells.iter().map(|team| team[at])));
        assert!(release.adds_up(all, [out, cells[3][at]]));
        whole.push(all);
    }
    let total = release.cell("Table 1, all", 78, Standing::Kept);
    assert!(release.adds_up(total, whole.iter().copied()));
    let pattern = protect(&release, &Rule::default()).unwrap();
    assert!(whole.iter().all(|cell| pattern.hides(*cell)), "{pattern:?}");
    let verdict = judge(release, pattern, Rule::default(), &MicroLp).unwrap();
    assert!(matches!(verdict, Verdict::Safe(_)));
}

/// The first quarter goes out by itself; then the second goes out with the two together.
#[test]
fn a_second_release_never_undoes_the_first() {
    let rule = Rule::default();
    let releases: u64 = std::env::var_os("QUARTERLIGHT_RELEASES")
        .map_or(30, |many| many.to_str().unwrap().parse().unwrap());
    let (mut refused, mut undone) = (0, 0);
    for seed in 0..releases {
        let mut chance = Seeded::new(50_000 + seed);
        let (rows, columns) = (chance.between(2, 5), chance.between(2, 4));
        let (first, second) =
            (counts(&mut chance, rows, columns), counts(&mut chance, rows, columns));
        let together: Vec<Vec<u64>> = first
            .iter()
            .zip(&second)
            .map(|(one, other)| one.iter().zip(other).map(|(one, other)| one + other).collect())
            .collect();
        let mut release = Release::new();
        let cells = table(&mut release, "Quarter 1", &first, Standing::Kept);
        let Ok(went_out) = protect(&release, &rule) else { continue };

        let mut release = Release::new();
        let before = |(row, column): (usize, usize)| {
            let hidden = went_out.hides(cells[row][column]);
            if hidden { Standing::HiddenBefore } else { Standing::Out }
        };
        let one = table_as(&mut release, "Quarter 1", &first, before);
        let other = table(&mut release, "Quarter 2", &second, Standing::Open);
        let year = table(&mut release, "Year to date", &together, Standing::Open);
        for (row, totals) in year.iter().enumerate() {
            for (column, total) in totals.iter().enumerate() {
                assert!(release.adds_up(*total, [one[row][column], other[row][column]]));
            }
        }
        let Ok(pattern) = protect(&release, &rule) else {
            refused += 1;
            continue;
        };
        let verdict = judge(release, pattern, rule, &MicroLp).unwrap();
        assert!(matches!(verdict, Verdict::Safe(_)), "seed {seed}");

        // By itself the table of the year would be as safe; beside what went out it need not be.
        let mut alone = Release::new();
        let cells = table(&mut alone, "Year to date", &together, Standing::Kept);
        let Ok(of_year) = protect(&alone, &rule) else { continue };
        let mut release = Release::new();
        let one = table_as(&mut release, "Quarter 1", &first, before);
        let other = table_as(&mut release, "Quarter 2", &second, |_| Standing::Unprinted);
        let shown = |(row, column): (usize, usize)| {
            let hidden = of_year.hides(cells[row][column]);
            if hidden { Standing::HiddenBefore } else { Standing::Out }
        };
        let year = table_as(&mut release, "Year to date", &together, shown);
        for (row, totals) in year.iter().enumerate() {
            for (column, total) in totals.iter().enumerate() {
                assert!(release.adds_up(*total, [one[row][column], other[row][column]]));
            }
        }
        let small = quarterlight_disclosure::Pattern::small_only(&release, &rule);
        let verdict = judge(release, small, rule, &MicroLp).unwrap();
        undone += u64::from(matches!(verdict, Verdict::Unsafe(_)));
    }
    println!("{releases} pairs: {refused} refused; made by themselves, {undone} undo each other");
    assert!(undone * 2 > releases, "the control is too weak: {undone} of {releases}");
    assert!(refused * 10 <= releases, "{refused} of {releases}");
}

/// A report of a quarter goes out, and then a correction of it that differs by one record.
#[test]
fn a_correction_by_one_record_does_not_show_that_record() {
    let rule = Rule::default();
    let (mut refused, mut undone, mut tried) = (0, 0, 0);
    for seed in 0..30 {
        let mut chance = Seeded::new(90_000 + seed);
        let (rows, columns) = (chance.between(2, 5), chance.between(2, 4));
        let first = counts(&mut chance, rows, columns);
        let mut second = first.clone();
        second[0][0] += 1;
        let mut release = Release::new();
        table(&mut release, "Grades", &first, Standing::Kept);
        let Ok(pattern) = protect(&release, &rule) else { continue };
        let past = Past::of(&release, &pattern, &rule);
        let read = Past::read(&past.text()).unwrap();
        assert_eq!(read, past, "seed {seed}");
        tried += 1;

        // Protected by itself, the correction gives the record away, because its total differs by one.
        let mut alone = Release::new();
        table(&mut alone, "Grades", &second, Standing::Kept);
        if let Ok(by_itself) = protect(&alone, &rule) {
            let mut both = alone.clone();
            both.beside(&past);
            let verdict = judge(both, by_itself, rule, &MicroLp).unwrap();
            undone += u64::from(matches!(verdict, Verdict::Unsafe(_)));
        }
        let mut beside = Release::new();
        let cells = table(&mut beside, "Grades", &second, Standing::Open);
        beside.beside(&past);
        let Ok(pattern) = protect(&beside, &rule) else {
            refused += 1;
            continue;
        };
        let total = *cells.last().unwrap().last().unwrap();
        let verdict = judge(beside, pattern, rule, &MicroLp).unwrap();
        let Verdict::Safe(published) = verdict else { panic!("seed {seed}") };
        assert_eq!(published.shown(total).count(), None, "seed {seed}: all but one are known");
    }
    println!("{tried} corrections: {refused} refused; by themselves {undone} give it away");
    assert!(tried > 20 && undone * 10 > tried * 9, "the control is too weak: {undone} of {tried}");
    assert!(refused * 2 < tried, "{refused} of {tried}");
}

#[test]
fn a_correction_of_a_correction_is_laid_beside_both() {
    let rule = Rule::default();
    let release = |met: u64, not: u64| {
        let mut release = Release::new();
        let met_cell = release.cell("met", met, Standing::Open);
        let not_cell = release.cell("not met", not, Standing::Open);
        let all = release.cell("all", met + not, Standing::Open);
        assert!(release.adds_up(all, [met_cell, not_cell]));
        (release, met_cell)
    };
    let mut pasts = Vec::new();
    for (met, not) in [(20, 30), (21, 30)] {
        let (mut next, _) = release(met, not);
        for past in &pasts {
            next.beside(past);
        }
        let pattern = protect(&next, &rule).unwrap();
        pasts.push(Past::of(&next, &pattern, &rule));
    }
    // The first printed 20 and the second hid 21; 22 is as far from the first as nobody may see.
    let (mut third, met) = release(22, 30);
    for past in &pasts {
        third.beside(past);
    }
    let pattern = protect(&third, &rule).unwrap();
    assert!(pattern.hides(met));
    assert!(matches!(judge(third, pattern, rule, &MicroLp).unwrap(), Verdict::Safe(_)));
    let (mut without, met) = release(22, 30);
    without.beside(&pasts[1]);
    let pattern = protect(&without, &rule).unwrap();
    let (mut third, _) = release(22, 30);
    for past in &pasts {
        third.beside(past);
    }
    if !pattern.hides(met) {
        let verdict = judge(third, pattern, rule, &MicroLp).unwrap();
        assert!(matches!(verdict, Verdict::Unsafe(_)), "control: the first was forgotten");
    }
}

#[test]
fn what_went_out_before_must_be_readable() {
    for text in ["cell\tshown\tx\tGrades", "sum\t0\t1", "nonsense", "cell\tloud\t3\tGrades"] {
        assert!(Past::read(text).is_err(), "{text}");
    }
    let two = "cell\tshown\t3\tA\ncell\tshown\t4\tB\nsum\t0\t1";
    assert!(Past::read(two).is_err(), "a sum that does not add up");
}

/// A past whose first two cells speak of a day, the first tied to three others, with one besides that
/// is tied to nothing.
const DATED: &str = "cell\thidden\t40\ton 1 May\ncell\tshown\t30\ton 2 May\n\
    cell\thidden\t4\tTable 1, row 1\ncell\tshown\t36\tTable 1, row 2\n\
    cell\tshown\t9\tTable 2, row 1\nsum\t0\t2\t3";

#[test]
fn of_another_release_only_what_hangs_together_is_taken() {
    let past = Past::read(DATED).unwrap();
    let on_a_day = |at: &str| at.starts_with("on ");
    let mut release = Release::new();
    let day = release.cell("on 1 May", 40, Standing::Open);
    let row = release.cell("Table 1, row 2", 12, Standing::Open);
    assert!(release.beside_another(&past, on_a_day, "In May: "));
    // The day is one figure in both; the two rows are others than those of the same name here.
    assert_eq!(release.size(), 4);
    let names: Vec<&str> = release.ids().map(|id| release.at(id)).collect();
    let in_may = [1, 2].map(|row| format!("In May: Table 1, row {row}, as it went out before"));
    assert_eq!(names[2..], in_may);
    let rule = Rule::default();
    let pattern = protect(&release, &rule).unwrap();
    let verdict = judge(release.clone(), pattern, rule, &MicroLp).unwrap();
    let published = verdict.into_published().unwrap();
    assert_eq!(published.shown(day).count(), None, "it would show the 4 of May");
    assert_eq!(published.shown(row).count(), Some(12));
    // Control: shown by itself, it is worked out.
    let nothing = protect(&release, &rule).unwrap();
    let shown = Past::read(&DATED.replace("hidden\t40", "shown\t40")).unwrap();
    let mut release = Release::new();
    release.cell("on 1 May", 40, Standing::Open);
    assert!(release.beside_another(&shown, on_a_day, "In May: "));
    assert!(protect(&release, &rule).is_err());
    assert!(nothing.shows_zeros());
    // Two that speak of no day in common have nothing in common.
    let mut release = Release::new();
    release.cell("on 3 May", 40, Standing::Open);
    release.cell("Table 1, row 2", 36, Standing::Open);
    assert!(!release.beside_another(&past, on_a_day, "In May: "));
    assert_eq!(release.size(), 2);
}
