//! A spreadsheet as an Excel workbook: headings that stay in sight, and no cell that is a formula.

use quarterlight_report::print::PrintFault;
use quarterlight_report::sheet::{Sheet, SheetCell, Workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, XlsxError};

/// Excel's own limit on the text of one cell.
const LONGEST_CELL: usize = 32_767;

/// Puts a spreadsheet into an Excel workbook.
///
/// # Errors
/// Fails if a sheet has a name that Excel refuses, or more rows than Excel has.
pub fn xlsx(workbook: &Workbook) -> Result<Vec<u8>, PrintFault> {
    write(workbook).map_err(|error| PrintFault(format!("write the workbook: {error}")))
}

fn write(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut file = rust_xlsxwriter::Workbook::new();
    let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let day = Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top);
    for sheet in &workbook.sheets {
        let page = file.add_worksheet();
        page.set_name(&sheet.name)?;
        page.set_freeze_panes(1, 0)?;
        for (column, (text, width)) in (0_u16..).zip(&sheet.headings) {
            page.set_column_width(column, f64::from(*width))?;
            page.write_string_with_format(0, column, text.as_str(), &heading)?;
        }
        for (row, cells) in (1_u32..).zip(&sheet.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    SheetCell::Blank => {}
                    SheetCell::Words(text) => {
                        page.write_string_with_format(row, column, shortened(text), &words)?;
                    }
                    SheetCell::Number(number) => {
                        // Counts are far below 2^53, where a float would begin to round.
                        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
                        page.write_number_with_format(row, column, *number as f64, &words)?;
                    }
                    SheetCell::Day(date) => {
                        let (year, month) = (date.year().unsigned_abs(), date.month());
                        let date = ExcelDateTime::from_ymd(
                            year,
                            month.unsigned_abs(),
                            date.day().unsigned_abs(),
                        )?;
                        page.write_datetime_with_format(row, column, &date, &day)?;
                    }
                }
            }
        }
        filter(page, sheet)?;
    }
    file.save_to_buffer()
}

fn filter(page: &mut rust_xlsxwriter::Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    let Some(last) = sheet.headings.len().checked_sub(1) else { return Ok(()) };
    if last_row > 0 {
        page.autofilter(0, 0, last_row, u16::try_from(last).unwrap_or(u16::MAX))?;
    }
    Ok(())
}

/// A text that is longer than a cell can hold loses its end: no file is refused for one long answer.
fn shortened(text: &str) -> &str {
    text.char_indices().nth(LONGEST_CELL).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workbook(name: &str, words: &str) -> Workbook {
        let rows = vec![vec![SheetCell::from(words), SheetCell::Number(3), SheetCell::Blank]];
        let headings = vec![("Problem".to_owned(), 60), ("Row".to_owned(), 8)];
        Workbook { sheets: vec![Sheet { name: name.to_owned(), headings, rows }] }
    }

    #[test]
    fn a_workbook_is_made_and_a_hostile_cell_is_words() {
        for words in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", &"x".repeat(40_000)] {
            let bytes = xlsx(&workbook("Problems", words)).unwrap();
            assert!(bytes.starts_with(b"PK"));
        }
    }

    #[test]
    fn a_name_that_excel_refuses_is_a_fault() {
        assert!(xlsx(&workbook("a/b", "words")).is_err());
    }
}
