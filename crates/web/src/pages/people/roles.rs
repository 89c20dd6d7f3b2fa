//! Which role may do what, how far and why: as a page to print, and as a workbook.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::access::rights::{RIGHTS, Reach, of_role};
use quarterlight_domain::person::Role;
use quarterlight_report::sheet::{Sheet, SheetCell, Workbook};

use crate::app::App;
use crate::govuk::{Column, Content, Table};
use crate::layout::Frame;
use crate::page::Page;
use crate::permit::{SeeWhoMay, Through};
use crate::{links, page};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Which role may do what.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/people/roles.html")]
pub struct RolesPage {
    frame: Frame,
    workbook: String,
    tables: Vec<Table>,
}

/// Shows the table.
///
/// # Errors
/// There is no such page for those who do not answer for access.
pub async fn get(app: App, visitor: Through<SeeWhoMay>) -> page::Result {
    let frame = visitor.frame(&app, "Who may do what", "People");
    page::show(&RolesPage::new(frame, visitor.today))
}

/// The same as a workbook.
///
/// # Errors
/// There is no such file for those who do not answer for access.
pub async fn workbook(app: App, visitor: Through<SeeWhoMay>) -> page::Result {
    let bytes = (app.xlsx)(&sheets(visitor.today))?;
    Ok(Page::Download { name: "who-may-do-what.xlsx".to_owned(), content_type: XLSX, bytes })
}

impl RolesPage {
    fn new(frame: Frame, today: Date) -> Self {
        let roles: Vec<(Role, Vec<Reach>)> =
            Role::ALL.into_iter().map(|role| (role, of_role(role, today))).collect();
        let mut chapters: Vec<&str> = RIGHTS.iter().map(|right| right.chapter).collect();
        chapters.dedup();
        let breadcrumbs = vec![("People".to_owned(), links::people())];
        Self {
            frame: Frame { breadcrumbs, ..frame },
            workbook: links::rights_workbook(),
            tables: chapters.into_iter().map(|chapter| table(chapter, &roles)).collect(),
        }
    }

    /// The table; it holds nothing that anybody wrote.
    pub fn samples() -> Vec<Self> {
        let page = || Self::new(Frame::new("Who may do what"), crate::invented::TODAY);
        vec![page(), page()]
    }
}

/// Who may do each thing of a chapter: those of the whole, then those who may do it in part.
fn table(chapter: &str, roles: &[(Role, Vec<Reach>)]) -> Table {
    let columns = vec![Column::words("What"), Column::words("Who"), Column::words("Why")];
    let of_chapter = RIGHTS.iter().enumerate().filter(|(_, right)| right.chapter == chapter);
    let rows = of_chapter.map(|(at, right)| {
        let may = roles.iter().filter_map(|(role, reaches)| {
            let words = role.words();
            match reaches.get(at)? {
                Reach::Nowhere => None,
                Reach::Everywhere => Some(words.to_owned()),
                reach => Some(format!("{words} ({})", reach.words().to_lowercase())),
            }
        });
        let may: Vec<String> = may.collect();
        vec![Content::text(right.words), Content::text(may.join(", ")), Content::text(right.why)]
    });
    Table::new(chapter.to_lowercase(), chapter, columns).rows(rows.collect())
}

/// One sheet: a line for each right, a column for each role.
fn sheets(today: Date) -> Workbook {
    let headings = [("Chapter", 12), ("What", 44)].map(|(words, width)| (words.to_owned(), width));
    let roles = Role::ALL.map(|role| (role.words().to_owned(), 18));
    let why = [("Why".to_owned(), 80)];
    let of_roles = Role::ALL.map(|role| of_role(role, today));
    let rows = RIGHTS.iter().enumerate().map(|(at, right)| {
        let reach = |reaches: &Vec<Reach>| {
            SheetCell::from(reaches.get(at).map_or("", |reach| reach.words()))
        };
        let mut row = vec![right.chapter.into(), right.words.into()];
        row.extend(of_roles.iter().map(reach));
        row.push(right.why.into());
        row
    });
    Workbook {
        sheets: vec![Sheet {
            name: "Who may do what".to_owned(),
            headings: headings.into_iter().chain(roles).chain(why).collect(),
            rows: rows.collect(),
            filling: Vec::new(),
        }],
    }
}
