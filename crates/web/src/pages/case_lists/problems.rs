//! What was wrong with the files of a case list, as a spreadsheet to give to those who correct it.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_report::sheet::{Sheet, SheetCell, Workbook};
use quarterlight_store::KeptProblem;

use super::ToCheck;
use super::kept::without_facts;
use crate::app::App;
use crate::error::Failure;
use crate::page::{self, Page};
use crate::restricted::Restricted;

/// Gives the spreadsheet.
///
/// # Errors
/// There is no such page for those who may not import case lists.
pub async fn get(app: App, checked: ToCheck) -> page::Result {
    let id = checked.list.id;
    let mut problems = app.store.sources.problems(id).await?;
    let alone = app.store.case_lists.problems(id).await?;
    problems.extend(alone.into_iter().map(|problem| (checked.list.source.clone(), problem)));
    let restricted = Restricted::today(&app, &checked.visitor).await?;
    for (_, it) in &mut problems {
        without_facts(it, &restricted);
    }
    let workbook = workbook(&problems);
    // A large workbook takes a second, in which nobody else's page may wait.
    let print = app.xlsx;
    let printed = tokio::task::spawn_blocking(move || print(&workbook)).await;
    let broke = |_| Failure::Failed("print problems: the printing broke off".to_owned());
    let bytes = printed
        .map_err(broke)?
        .map_err(|fault| Failure::Failed(format!("print problems: {fault}")))?;
    let day = day_in_words(checked.list.as_at).replace(' ', "-");
    Ok(Page::Download {
        name: format!("problems-{day}.xlsx"),
        content_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes,
    })
}

fn workbook(problems: &[(String, KeptProblem)]) -> Workbook {
    let headings = [
        ("Source", 24),
        ("List", 32),
        ("Row", 8),
        ("Column", 8),
        ("Heading", 32),
        ("What is wrong and what to do", 90),
        ("What it does", 28),
    ];
    let row = |(source, problem): &(String, KeptProblem)| {
        let words = |text: &Option<String>| {
            text.as_ref().map_or(SheetCell::Blank, |text| text.as_str().into())
        };
        let does = if problem.stops_the_row { "The row is not used" } else { "The row is used" };
        vec![
            source.as_str().into(),
            problem.list.as_str().into(),
            problem.row.map_or(SheetCell::Blank, |row| SheetCell::Number(row.into())),
            words(&problem.column),
            words(&problem.heading),
            problem.sentence.as_str().into(),
            does.into(),
        ]
    };
    let sheet = Sheet {
        name: "Problems".to_owned(),
        headings: headings.map(|(heading, width)| (heading.to_owned(), width)).to_vec(),
        rows: problems.iter().map(row).collect(),
        filling: Vec::new(),
    };
    Workbook { sheets: vec![sheet] }
}
