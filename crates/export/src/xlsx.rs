//! A spreadsheet as an Excel workbook: headings that stay in sight, and no cell that is a formula.

use quarterlight_report::print::PrintFault;
use quarterlight_report::sheet::{Filling, Sheet, SheetCell, Workbook};
use rust_xlsxwriter::{
    DataValidation, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions, Worksheet,
    XlsxError,
};

/// Excel's own limit on the text of one cell.
const LONGEST_CELL: usize = 32_767;

/// Excel's number for *Text*: what is typed into such a cell stays as it was typed. A day is made no
/// number, and what begins with an equals sign no formula, however often the cell is edited.
const TEXT: u8 = 49;

/// The number of A4 among the sizes of paper.
const A4: u8 = 9;

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
        let to_fill = words.clone().set_unlocked().set_num_format_index(TEXT);
        let to_fill = to_fill.set_border(FormatBorder::Thin);
        for (row, cells) in (1_u32..).zip(&sheet.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                let filling = sheet.filling.get(usize::from(column));
                let is_filled = matches!(filling, Some(Filling::Words | Filling::OneOf(_)));
                let words = if is_filled { &to_fill } else { &words };
                match cell {
                    SheetCell::Blank if is_filled => {
                        page.write_blank(row, column, words)?;
                    }
                    SheetCell::Blank => {}
                    SheetCell::Words(text) => {
                        page.write_string_with_format(row, column, shortened(text), words)?;
                    }
                    SheetCell::Number(number) => {
                        // Counts are far below 2^53, where a float would begin to round.
                        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
                        page.write_number_with_format(row, column, *number as f64, words)?;
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
        if sheet.filling.is_empty() {
            filter(page, sheet)?;
        } else {
            make_fillable(page, sheet)?;
        }
    }
    file.save_to_buffer()
}

/// Makes a sheet one that is filled in: a choice is offered, what is only read cannot be written
/// over by a slip of the hand, and on paper every page has the headings.
fn make_fillable(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    for (column, filling) in (0_u16..).zip(&sheet.filling) {
        match filling {
            Filling::Hidden => {
                page.set_column_hidden(column)?;
            }
            Filling::OneOf(choices) if last_row > 0 => {
                let choice = DataValidation::new()
                    .allow_list_strings(choices)?
                    .set_error_title("None of these")?
                    .set_error_message(format!("Choose one of: {}.", choices.join(", ")))?;
                page.add_data_validation(1, column, last_row, column, &choice)?;
            }
            Filling::Nothing | Filling::Words | Filling::OneOf(_) => {}
        }
    }
    // Without a password: it keeps slips away and nobody out.
    page.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
    page.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(0, 0)?;
    Ok(())
}

fn filter(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
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
        let sheet = Sheet { name: name.to_owned(), headings, rows, filling: Vec::new() };
        Workbook { sheets: vec![sheet] }
    }

    #[test]
    fn a_workbook_is_made_and_a_hostile_cell_is_words() {
        for words in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", &"x".repeat(40_000)] {
            let bytes = xlsx(&workbook("Problems", words)).unwrap();
            assert!(bytes.starts_with(b"PK"));
        }
    }

    /// The first sheet of a workbook, as the file has it.
    fn first_sheet(bytes: &[u8]) -> String {
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        let mut part = parts.by_name("xl/worksheets/sheet1.xml").unwrap();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        text
    }

    #[test]
    fn a_sheet_that_is_filled_in_offers_its_choices_and_keeps_the_rest() {
        let mut form = workbook("Form", "=1+1");
        let choices = vec!["Met".to_owned(), "Not met".to_owned()];
        form.sheets[0].filling = vec![Filling::Words, Filling::Hidden, Filling::OneOf(choices)];
        form.sheets[0].headings.push(("Answer".to_owned(), 12));
        let sheet = first_sheet(&xlsx(&form).unwrap());
        for part in [
            "<sheetProtection",
            "\"Met,Not met\"",
            "hidden=\"1\"",
            "fitToHeight=\"0\"",
            "state=\"frozen\"",
        ] {
            assert!(sheet.contains(part), "{part} is not in {sheet}");
        }
        assert!(!sheet.contains("<f>"), "no cell is a formula: {sheet}");
        let plain = first_sheet(&xlsx(&workbook("Problems", "=1+1")).unwrap());
        assert!(!plain.contains("<sheetProtection"), "the control: {plain}");
    }

    #[test]
    fn a_name_that_excel_refuses_is_a_fault() {
        assert!(xlsx(&workbook("a/b", "words")).is_err());
    }
}
