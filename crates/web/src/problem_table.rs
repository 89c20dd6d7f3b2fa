//! What is wrong in a spreadsheet that somebody sent, as a table by row and column.

use quarterlight_import::Problem;

use crate::govuk::{Column, Table};

/// What is wrong, by row and column, each as a sentence.
pub fn problem_table(problems: &[Problem]) -> Table {
    let columns = vec![
        Column::words("Row"),
        Column::words("Column"),
        Column::words("What is wrong and what to do"),
    ];
    let row = |problem: &Problem| {
        let rows: Vec<String> = problem.rows.iter().map(u32::to_string).collect();
        let rows = if rows.is_empty() { "The whole sheet".to_owned() } else { rows.join(", ") };
        let column = match (&problem.column, &problem.heading) {
            (Some(letter), Some(heading)) => format!("{letter} ({heading})"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => "None".to_owned(),
        };
        let mut what = problem.what.chars();
        let first: String = what.next().into_iter().flat_map(char::to_uppercase).collect();
        let sentence = format!("{first}{}; {}.", what.as_str(), problem.todo);
        vec![rows.into(), column.into(), sentence.into()]
    };
    Table::new("problems", "What is wrong in the file", columns)
        .rows(problems.iter().map(row).collect())
}

/// An invented problem in these words; of the whole sheet where it has no row.
pub fn sample(rows: &[u32], column: Option<&str>, words: &str) -> Problem {
    Problem {
        file: String::new(),
        sheet: words.to_owned(),
        list: None,
        rows: rows.to_vec(),
        column: column.map(str::to_owned),
        heading: column.map(|_| words.to_owned()),
        what: words.to_owned(),
        todo: words.to_owned(),
        severity: quarterlight_import::Severity::StopsRow,
    }
}
