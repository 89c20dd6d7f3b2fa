//! The form of an audit as a spreadsheet to take along: its standards, what is saved, and how to fill
//! it in.

use quarterlight_domain::audit_form::AuditForm;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_import::audit_form::{COLUMNS, SHEET, Use, rows};
use quarterlight_report::sheet::{Filling, Sheet, SheetCell, Workbook};

use super::proposal::Grounds;
use super::{InHand, ToMake};
use crate::app::App;
use crate::error::Failure;
use crate::page::{self, Page};

/// What an Excel workbook is to a browser.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Gives the form as it stands.
///
/// # Errors
/// Refuses once the audit was submitted. There is no such file for anybody but the auditor.
pub async fn get(app: App, audit: ToMake) -> page::Result {
    audit.audit.must_be_open()?;
    let workbook = workbook(&audit, &form(&app, &audit).await?);
    let print = app.xlsx;
    let printed = tokio::task::spawn_blocking(move || print(&workbook)).await;
    let broke = |_| Failure::Failed("print a form: the printing broke off".to_owned());
    let name = format!("audit-{}-form.xlsx", audit.audit.id);
    Ok(Page::Download { name, content_type: XLSX, bytes: printed.map_err(broke)?? })
}

/// The form of an audit, with what is saved and what is proposed: four statements.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn form(app: &App, audit: &InHand) -> Result<AuditForm, Failure> {
    let grounds = Grounds::of(app, audit).await?;
    Ok(with_grounds(audit, &grounds))
}

/// The form of an audit on these grounds.
pub fn with_grounds(audit: &InHand, grounds: &Grounds) -> AuditForm {
    AuditForm::of(
        &audit.audit,
        audit.contents(),
        &audit.answers,
        |standard| grounds.proposed(standard),
        |code| grounds.reason(code),
    )
}

fn workbook(audit: &InHand, form: &AuditForm) -> Workbook {
    let words = |text: String| if text.is_empty() { SheetCell::Blank } else { text.into() };
    let row = |cells: Vec<String>| cells.into_iter().map(words).collect();
    let judgements = || Judgement::ALL.map(|it| it.words().to_owned()).to_vec();
    let filling = |used| match used {
        Use::ToRead => Filling::Nothing,
        Use::Judgement => Filling::OneOf(judgements()),
        Use::Words => Filling::Words,
        Use::Hidden => Filling::Hidden,
    };
    let standards = Sheet {
        name: SHEET.to_owned(),
        headings: COLUMNS.iter().map(|it| (it.heading.to_owned(), it.width)).collect(),
        rows: rows(form).into_iter().map(row).collect(),
        filling: COLUMNS.iter().map(|it| filling(it.used)).collect(),
    };
    Workbook { sheets: vec![standards, instructions(audit)] }
}

/// What the form is of, what to write in each column, and what becomes of it.
fn instructions(audit: &InHand) -> Sheet {
    let of = [
        ("Record", audit.audit.reference().to_string()),
        ("Framework", audit.edition.title()),
        ("Due", day_in_words(audit.audit.due)),
        ("Downloaded", moment_in_words(audit.visitor.at)),
    ];
    let columns = COLUMNS.iter().map(|it| (it.heading, format!("{}.", it.help)));
    let after = [
        (
            "Handing it in",
            "Open the audit in Quarterlight, choose “fill it in as a spreadsheet”, then this file. You see \
             what would change before anything is saved. A row that you leave as it is changes \
             nothing; where somebody saved another answer meanwhile, you choose.",
        ),
        (
            "Keeping it safe",
            "What you write here is about a child. Keep the file where only you can open it, send it \
             to nobody, and delete it once it is handed in.",
        ),
    ];
    let after = after.map(|(what, words)| (what, words.to_owned()));
    let all = of.into_iter().chain(columns).chain(after);
    Sheet {
        name: "How to fill it in".to_owned(),
        headings: vec![("About".to_owned(), 24), ("What to know".to_owned(), 90)],
        rows: all.map(|(what, words)| vec![what.into(), words.into()]).collect(),
        filling: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::audits::sample;

    #[test]
    fn the_form_says_what_it_is_of_and_helps_with_every_column() {
        for audit in sample::audits() {
            let workbook = workbook(&audit, &with_grounds(&audit, &Grounds::default()));
            let [form, help] = workbook.sheets.as_slice() else { panic!("two sheets") };
            assert_eq!(form.rows.len(), 3, "every standard that is asked");
            assert!(form.rows.iter().all(|row| row.len() == form.headings.len()));
            for (heading, _) in &form.headings {
                assert!(help.rows.iter().any(|row| row[0] == SheetCell::from(heading.as_str())));
            }
            assert!(help.rows.iter().any(|row| row[1] == SheetCell::from("R-2043")));
        }
    }
}
