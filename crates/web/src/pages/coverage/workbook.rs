//! The coverage table as an Excel workbook: every cell on a line, with who has claimed it.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::claim::Standing;
use quarterlight_domain::coverage::Cell;
use quarterlight_report::sheet::{Sheet, SheetCell, Workbook};

use crate::app::App;
use crate::page::{self, Page};
use crate::permit::{SeeCoverage, Through};

/// What an Excel workbook is to a browser.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Gives the workbook, with numbers in it and no record.
///
/// # Errors
/// There is no such file for those who may not see coverage.
pub async fn get(app: App, visitor: Through<SeeCoverage>) -> page::Result {
    let quarter = Quarter::of(visitor.today);
    let cells = app.store.figures.coverage(quarter).await?;
    let claims = app.store.claims.all().await?;
    let workbook = workbook(&cells, &Standing::on(&claims, visitor.today));
    let bytes = (app.xlsx)(&workbook)?;
    Ok(Page::Download { name: format!("coverage-{quarter}.xlsx"), content_type: XLSX, bytes })
}

/// One sheet, one line for each cell.
pub fn workbook(cells: &[Cell], standing: &Standing<'_>) -> Workbook {
    let headings = [
        ("Service", 32),
        ("Cohort", 40),
        ("Principal need", 18),
        ("Disabled", 12),
        ("Placement", 22),
        ("Legal route", 18),
        ("Open records", 14),
        ("Audited in four cycles", 22),
        ("Planned this cycle", 18),
        ("Coverage", 14),
        ("Owner", 36),
        ("Framework", 30),
        ("Plan", 50),
        ("Claimed from", 14),
    ];
    let sheet = Sheet {
        name: "Coverage".to_owned(),
        headings: headings.map(|(heading, width)| (heading.to_owned(), width)).to_vec(),
        rows: cells.iter().map(|cell| row(cell, standing)).collect(),
        filling: Vec::new(),
    };
    Workbook { sheets: vec![sheet] }
}

fn row(cell: &Cell, standing: &Standing<'_>) -> Vec<SheetCell> {
    let kind = cell.kind;
    let claim = standing.holding(kind, cell.service);
    let owner = claim.and_then(quarterlight_domain::claim::Claim::owner_words);
    let number = |number: u32| SheetCell::Number(number.into());
    let mut row = vec![
        cell.service_name.as_str().into(),
        kind.cohort.words().into(),
        kind.need.words().into(),
        kind.disabled.to_string().into(),
        kind.placement.words().into(),
        kind.route.words().into(),
        number(cell.open),
        number(cell.audited),
        number(cell.planned),
        cell.state().words().into(),
        owner.map_or_else(|| "Nobody".into(), SheetCell::from),
    ];
    if let Some(claim) = claim {
        row.extend([
            claim.framework.as_str().into(),
            claim.plan.as_str().into(),
            SheetCell::Day(claim.from),
        ]);
    }
    row
}
