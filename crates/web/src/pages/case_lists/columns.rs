//! A list of the authority's own: a person says what each of its columns is.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use quarterlight_import::local_list::{Field as Meaning, ListKind, Mapping};
use quarterlight_store::KeptMapping;

use super::reading::{Lists, ToMap, mapping_text};
use super::upload::{Next, read};
use super::waiting;
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, ErrorSummary, Field, HOSTILE, InputWidth, LabelSize, Select, SelectItem, TextInput,
};
use crate::layout::Frame;
use crate::permit::{ImportCaseLists, Through};
use crate::{links, page};

/// The form, with a select for each heading.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/case_lists/columns.html")]
pub struct ColumnsPage {
    frame: Frame,
    caption: String,
    action: String,
    errors: ErrorSummary,
    name: TextInput,
    kind: Select,
    columns: Vec<Select>,
    read: Button,
}

/// What was chosen, by the name of the field.
pub type Chosen = BTreeMap<String, String>;

/// Shows the headings, each with what it is taken for so far.
///
/// # Errors
/// There is no such page for those who did not send the file.
pub async fn get(
    app: App,
    visitor: Through<ImportCaseLists>,
    Path(token): Path<String>,
) -> page::Result {
    let to_map = waiting::to_map(visitor.id(), &token).ok_or(Failure::NotFound)?;
    let remembered = Lists::load(&app.store).await?.fitting(&to_map.headings);
    let mapping = remembered.unwrap_or_else(|| to_map.proposed.clone());
    let frame = frame(&app, &visitor);
    page::show(&ColumnsPage::new(frame, &token, &to_map, &mapping, &Errors::default()))
}

/// Remembers what was chosen, and reads on.
///
/// # Errors
/// There is no such page for those who did not send the file.
pub async fn post(
    app: App,
    visitor: Through<ImportCaseLists>,
    Path(token): Path<String>,
    chosen: Filled<Chosen>,
) -> page::Result {
    let to_map = waiting::to_map(visitor.id(), &token).ok_or(Failure::NotFound)?;
    let mapping = mapping(&chosen.0, &to_map);
    let mut errors = Errors::default();
    if let Err(refusal) = mapping.check() {
        let field = if mapping.name.trim().is_empty() { "name" } else { "column-0" };
        errors.say(field, refusal.sentence());
    }
    if let Some(twice) = twice(&chosen.0) {
        errors.say("column-0", format!("Choose one column for “{}”, not two.", twice.words()));
    }
    if !errors.is_empty() {
        let frame = frame(&app, &visitor);
        return page::again(&ColumnsPage::new(frame, &token, &to_map, &mapping, &errors));
    }
    let kept = KeptMapping { name: mapping.name.clone(), mapping: mapping_text(&mapping) };
    app.store.mappings.keep(&visitor.stamp("mapped the columns of a list"), &kept).await?;
    let (mut waiting, to_map) = waiting::take(visitor.id(), &token).ok_or(Failure::NotFound)?;
    waiting.chosen.insert(to_map.file, mapping);
    match read(&app, &visitor, waiting).await? {
        Next::Kept(id) => page::see_other(links::case_list(id)),
        Next::Columns(token) => page::see_other(links::columns(&token)),
        Next::Unreadable(sentence) => {
            errors.say("file", sentence);
            let typed = super::list::Typed::default();
            let page = super::list::CaseListsPage::load(&app, &visitor, &typed, &errors).await?;
            page::again(&page)
        }
    }
}

fn frame(app: &App, visitor: &Through<ImportCaseLists>) -> Frame {
    let frame = visitor.frame(app, "What are the columns of this list?", "Case lists");
    Frame { breadcrumbs: vec![("Case lists".to_owned(), links::case_lists())], ..frame }
}

fn mapping(chosen: &Chosen, to_map: &ToMap) -> Mapping {
    let said = |name: &str| chosen.get(name).map(|text| text.trim().to_owned());
    let kind = said("kind").and_then(|code| ListKind::from_code(&code)).unwrap_or_default();
    let columns = to_map.headings.iter().enumerate().filter_map(|(at, heading)| {
        Some((Meaning::from_code(&said(&format!("column-{at}"))?)?, heading.clone()))
    });
    let name: String = said("name").unwrap_or_default().chars().take(60).collect();
    Mapping { name, kind, columns: columns.collect(), ..Mapping::default() }
}

/// What stands first in a column, so that a person can tell what it holds.
fn first_values(first: &[String]) -> String {
    if first.is_empty() {
        return "The first rows are blank in this column.".to_owned();
    }
    let quoted: Vec<String> = first.iter().map(|it| format!("“{it}”")).collect();
    format!("For example {}.", quarterlight_report::words::list(&quoted))
}

/// What was chosen for two columns, if anything was.
fn twice(chosen: &Chosen) -> Option<Meaning> {
    let columns = chosen.iter().filter(|(name, _)| name.starts_with("column-"));
    let mut meanings: Vec<Meaning> =
        columns.filter_map(|(_, code)| Meaning::from_code(code)).collect();
    meanings.sort_unstable();
    meanings.windows(2).find_map(|two| match two {
        [one, other] if one == other => Some(*one),
        _ => None,
    })
}

impl ColumnsPage {
    fn new(frame: Frame, token: &str, to_map: &ToMap, mapping: &Mapping, errors: &Errors) -> Self {
        let name = Field::new("name", "What do you call this list?")
            .hint("For example, SEND list, or Section 85 notices.")
            .size(LabelSize::Small)
            .error(errors.at("name"));
        let kind = Field::new("kind", "What is it a list of?").size(LabelSize::Small);
        let kinds = ListKind::ALL.map(|kind| SelectItem::new(kind.code(), kind.words())).to_vec();
        let first = Field::new("column-0", "").error(errors.at("column-0"));
        let mut summary = ErrorSummary::new().field(&name);
        if errors.at("column-0").is_some() {
            summary = summary.field(&first);
        }
        let columns = to_map.headings.iter().enumerate().map(|(at, heading)| {
            let error = if at == 0 { errors.at("column-0") } else { None };
            let mut field = Field::new(format!("column-{at}"), heading.clone()).error(error);
            if let Some(first) = to_map.first.get(at) {
                field = field.hint(first_values(first));
            }
            let mut items = vec![SelectItem::new("", "Not read")];
            items.extend(Meaning::all().map(|it| SelectItem::new(it.code(), it.words())));
            let found = mapping.columns.iter().find(|(_, of)| *of == heading);
            let code = found.map_or("", |(meaning, _)| meaning.code());
            Select::new(field, items).value(code.to_owned())
        });
        let proposed = if mapping.name.is_empty() && errors.is_empty() {
            mapping.kind.words().to_owned()
        } else {
            mapping.name.clone()
        };
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            caption: to_map.name.clone(),
            action: links::columns(token),
            errors: summary,
            name: TextInput::new(name).width(InputWidth::Characters20).value(proposed),
            kind: Select::new(kind, kinds).value(mapping.kind.code().to_owned()),
            columns: columns.collect(),
            read: Button::submit("Read the list"),
        }
    }

    /// Nothing to map, ordinary headings, and hostile ones that are wrong.
    pub fn samples() -> Vec<Self> {
        let to_map = |headings: &[&str]| ToMap {
            file: 0,
            name: "send.csv".to_owned(),
            headings: headings.iter().map(|it| (*it).to_owned()).collect(),
            first: vec![vec![HOSTILE.to_owned(), "00123".to_owned()], Vec::new()],
            proposed: Mapping::default(),
        };
        let mut errors = Errors::default();
        errors.say("name", HOSTILE);
        errors.say("column-0", HOSTILE);
        let frame = || Frame::new("What are the columns of this list?");
        let page = |headings: &[&str], errors: &Errors| {
            Self::new(frame(), "0", &to_map(headings), &Mapping::default(), errors)
        };
        vec![
            page(&[], &Errors::default()),
            page(&["Unique ID", "Date of birth"], &Errors::default()),
            page(&[HOSTILE, "Team"], &errors),
        ]
    }
}
