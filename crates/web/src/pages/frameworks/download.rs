//! An edition as a file to keep: a spreadsheet or TOML; and the spreadsheet to write one in.

use axum::extract::Path;
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_import::framework::to_toml;
use quarterlight_report::sheet::Workbook;

use super::edition::find;
use super::sheet;
use crate::app::App;
use crate::error::Failure;
use crate::page::{self, Page};
use crate::permit::{ReadFramework, Through, WriteFrameworks};

/// What an Excel workbook is to a browser.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Gives the edition as a spreadsheet.
///
/// # Errors
/// There is no such file for those who have nothing to do with audits, and for no such edition.
pub async fn workbook(
    app: App,
    _visitor: Through<ReadFramework>,
    Path(id): Path<String>,
) -> page::Result {
    let edition = find(&app, &id).await?;
    let workbook = sheet::workbook(edition.contents(), &edition.origins);
    printed(&app, file_name(&edition, "xlsx"), workbook).await
}

/// Gives the edition as TOML.
///
/// # Errors
/// There is no such file for those who have nothing to do with audits, and for no such edition.
pub async fn toml(
    app: App,
    _visitor: Through<ReadFramework>,
    Path(id): Path<String>,
) -> page::Result {
    let edition = find(&app, &id).await?;
    let bytes = to_toml(edition.contents(), &edition.origins)?.into_bytes();
    let name = file_name(&edition, "toml");
    Ok(Page::Download { name, content_type: "application/toml; charset=utf-8", bytes })
}

/// Gives the spreadsheet without a standard in it.
///
/// # Errors
/// There is no such file for those who do not write frameworks.
pub async fn template(app: App, _visitor: Through<WriteFrameworks>) -> page::Result {
    printed(&app, "framework-template.xlsx".to_owned(), sheet::template()).await
}

async fn printed(app: &App, name: String, workbook: Workbook) -> page::Result {
    let print = app.xlsx;
    let printed = tokio::task::spawn_blocking(move || print(&workbook)).await;
    let broke = |_| Failure::Failed("print a framework: the printing broke off".to_owned());
    Ok(Page::Download { name, content_type: XLSX, bytes: printed.map_err(broke)?? })
}

/// *childrens-records-edition-1.xlsx*: letters, digits and hyphens, which every system takes.
fn file_name(edition: &AgreedEdition, ending: &str) -> String {
    let mut name = String::new();
    for letter in edition.contents().name().to_lowercase().chars().take(60) {
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if !matches!(letter, '\'' | '’') && !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = if name.is_empty() { "framework" } else { name.trim_end_matches('-') };
    format!("{name}-edition-{}.{ending}", edition.number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::govuk::HOSTILE;
    use crate::pages::frameworks::sample;

    #[test]
    fn a_file_name_has_nothing_in_it_that_a_system_or_a_header_minds() {
        let name = |words: &str| file_name(&sample::edition(words).unwrap(), "toml");
        assert_eq!(name("Children’s records (2026)"), "childrens-records-2026-edition-1.toml");
        assert_eq!(name("Ωμέγα"), "framework-edition-1.toml");
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        assert!(name(HOSTILE).chars().all(plain), "{}", name(HOSTILE));
    }
}
