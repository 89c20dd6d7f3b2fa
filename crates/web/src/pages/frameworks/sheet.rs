//! A framework as a spreadsheet to download, and the template that an officer fills in.

use quarterlight_domain::edition::Origins;
use quarterlight_domain::framework::Contents;
use quarterlight_import::framework_sheet::{COLUMNS, SHEET, rows};
use quarterlight_report::sheet::{Sheet, SheetCell, Workbook};

/// The spreadsheet of a framework: its standards, and how to fill in a row.
pub fn workbook(contents: &Contents, origins: &Origins) -> Workbook {
    let cells = rows(contents, origins).into_iter();
    with_rows(cells.map(|row| row.into_iter().map(SheetCell::from).collect()).collect())
}

/// The same without a standard in it, to be filled in.
pub fn template() -> Workbook {
    with_rows(Vec::new())
}

fn with_rows(rows: Vec<Vec<SheetCell>>) -> Workbook {
    let headings = COLUMNS.iter().map(|(heading, width, _)| ((*heading).to_owned(), *width));
    let standards =
        Sheet { name: SHEET.to_owned(), headings: headings.collect(), rows, filling: Vec::new() };
    let help = COLUMNS.iter().map(|(heading, _, help)| vec![(*heading).into(), (*help).into()]);
    let help = Sheet {
        name: "How to fill it in".to_owned(),
        headings: vec![("Column".to_owned(), 22), ("What to write".to_owned(), 70)],
        rows: help.collect(),
        filling: Vec::new(),
    };
    Workbook { sheets: vec![standards, help] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_says_what_to_write_in_every_column() {
        let template = template();
        let [standards, help] = template.sheets.as_slice() else { panic!("two sheets") };
        assert!(standards.rows.is_empty());
        assert_eq!(standards.headings.len(), help.rows.len());
        for (heading, _) in &standards.headings {
            assert!(help.rows.iter().any(|row| row.first() == Some(&heading.as_str().into())));
        }
    }
}
