//! An .xlsx workbook that has been looked through, read row by row.

use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::civil::Date;
use quarterlight_domain::calendar;

use crate::archive;
use crate::cell::Cell;
use crate::file_kind;
use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::row::{Beyond, Row, count};

/// A sheet by the name on its tab.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    pub name: String,
    pub is_hidden: bool,
    /// False for a sheet that is all chart.
    pub has_cells: bool,
}

pub(crate) struct Workbook<'b> {
    xlsx: Xlsx<Cursor<&'b [u8]>>,
    limits: Limits,
    /// True if its dates count from 1904.
    pub from_1904: bool,
    rows: usize,
    cells: usize,
}

impl<'b> Workbook<'b> {
    /// Looks through the whole file, then opens it.
    pub(crate) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, NotReadable> {
        file_kind::is_zip(bytes, limits)?;
        let counts = archive::look_through(bytes, limits)?;
        let xlsx = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
            XlsxError::Password => NotReadable::PasswordProtected,
            XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => {
                NotReadable::AnotherArchive
            }
            _ => NotReadable::Damaged("its parts do not fit together".to_owned()),
        })?;
        Ok(Self { xlsx, limits: *limits, from_1904: counts.from_1904, rows: 0, cells: 0 })
    }

    /// The sheets in the order of their tabs.
    pub(crate) fn sheets(&self) -> Vec<Sheet> {
        let sheets = self.xlsx.sheets_metadata().iter().map(|sheet| Sheet {
            name: sheet.name.clone(),
            is_hidden: sheet.visible != SheetVisible::Visible,
            has_cells: sheet.typ == SheetType::WorkSheet,
        });
        sheets.collect()
    }

    /// Hands every row of a sheet that has something in it to `take`, until it breaks off.
    ///
    /// The sheet's own word for its size is not asked: cells come as a stream, so that one far
    /// away costs nothing. The limits on rows and cells hold over all sheets.
    pub(crate) fn rows<'w>(
        &'w mut self,
        sheet: &str,
        mut take: impl FnMut(Row<'w>) -> ControlFlow<()>,
    ) -> Result<Beyond, NotReadable> {
        let take = |number, cells| take(Row { number, cells });
        self.rows_made(sheet, Cell::from_workbook, take)
    }

    /// Hands on every row as it was typed: texts keep their spaces and broken lines, and lose what
    /// goes beyond the longest that the caller has a use for.
    pub(crate) fn rows_as_typed(
        &mut self,
        sheet: &str,
        longest: usize,
        mut take: impl FnMut(u32, Vec<(u32, String)>),
    ) -> Result<Beyond, NotReadable> {
        self.rows_made(
            sheet,
            |value| as_typed(value, longest),
            |number, cells| {
                take(number, cells);
                ControlFlow::Continue(())
            },
        )
    }

    fn rows_made<'w, C>(
        &'w mut self,
        sheet: &str,
        make: impl Fn(DataRef<'w>) -> Option<C>,
        mut take: impl FnMut(u32, Vec<(u32, C)>) -> ControlFlow<()>,
    ) -> Result<Beyond, NotReadable> {
        let damaged = || NotReadable::Damaged(format!("its sheet “{sheet}” cannot be read"));
        let (limits, rows, cells) = (self.limits, &mut self.rows, &mut self.cells);
        let mut reader = match self.xlsx.worksheet_cells_reader(sheet) {
            Ok(reader) => reader,
            // A chart by another name; it has no cells.
            Err(XlsxError::NotAWorksheet(_)) => return Ok(Beyond::default()),
            Err(_) => return Err(damaged()),
        };
        let mut beyond = Beyond::default();
        let mut row: Option<(u32, Vec<(u32, C)>)> = None;
        loop {
            let cell = match reader.next_cell() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                Err(error) if is_one_cell_only(&error) => {
                    let number = row.as_ref().map_or(1, |(number, _)| *number);
                    beyond.unreadable_row.get_or_insert(number);
                    count(cells, limits.cells, "cells")?;
                    continue;
                }
                Err(_) => return Err(damaged()),
            };
            let (at, column) = cell.get_position();
            let number = at.saturating_add(1);
            let Some(cell) = make(cell.get_value().clone()) else { continue };
            count(cells, limits.cells, "cells")?;
            if column >= limits.columns {
                beyond.far_row.get_or_insert(number);
                continue;
            }
            match &mut row {
                // A row has each column once; a file that gives it more is not held in memory.
                Some((at, cells)) if *at == number => {
                    if cells.len() < limits.columns as usize {
                        cells.push((column, cell));
                    }
                }
                _ => {
                    count(rows, limits.rows, "rows")?;
                    let before = row.replace((number, vec![(column, cell)]));
                    if before.is_some_and(|(number, cells)| take(number, cells).is_break()) {
                        return Ok(beyond);
                    }
                }
            }
        }
        if let Some((number, cells)) = row {
            // The last row: there is nothing after it to go on to.
            let _ = take(number, cells);
        }
        Ok(beyond)
    }
}

/// The text of a cell as it was typed; none if nothing is in it.
fn as_typed(value: DataRef<'_>, longest: usize) -> Option<String> {
    let text = match value {
        DataRef::SharedString(text) => text.to_owned(),
        DataRef::String(text) => text,
        // Somebody typed a day, and the spreadsheet made it one of its own.
        DataRef::DateTime(serial) if serial.is_datetime() && serial.as_f64() >= 1.0 => {
            day_in_words(serial.to_ymd_hms_milli())?
        }
        other => Cell::from_workbook(other)?.text().into_owned(),
    };
    let text: String = text.chars().take(longest).collect();
    (!text.trim().is_empty()).then_some(text)
}

/// *3 May 2026*; none for a day that the calendar does not have.
fn day_in_words((year, month, day, ..): (u16, u8, u8, u8, u8, u8, u16)) -> Option<String> {
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    Date::new(year, month, day).ok().map(calendar::day_in_words)
}

/// True for what spoils one cell: the reader can go on to the next.
fn is_one_cell_only(error: &XlsxError) -> bool {
    matches!(
        error,
        XlsxError::CellError(_)
            | XlsxError::CellTAttribute(_)
            | XlsxError::ParseFloat(_)
            | XlsxError::Unrecognized { .. }
            | XlsxError::Unexpected(_)
    )
}
