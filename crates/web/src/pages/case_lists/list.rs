//! Every case list that was read, and the form to read another.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_report::words;
use quarterlight_store::CaseListSummary;

use crate::app::App;
use crate::form::{Errors, TypedDate};
use crate::govuk::{
    Button, Column, Content, DateInput, ErrorSummary, Field, FileUpload, InputWidth, LabelSize,
    Table, TagColour, TextInput,
};
use crate::layout::Frame;
use crate::permit::{ImportCaseLists, Through};
use crate::{links, page};

/// What was typed beside the file.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The date as at which the list is true.
    pub as_at: TypedDate,
    /// Whose list it is; blank where the file tells.
    pub authority: String,
}

/// Every list, and the form.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/case_lists/list.html")]
pub struct CaseListsPage {
    frame: Frame,
    errors: ErrorSummary,
    lists: Table,
    action: String,
    file: FileUpload,
    as_at: DateInput,
    authority: TextInput,
    read: Button,
}

/// Shows every list.
///
/// # Errors
/// There is no such page for those who may not import case lists.
pub async fn get(app: App, visitor: Through<ImportCaseLists>) -> page::Result {
    let typed = Typed::default();
    page::show(&CaseListsPage::load(&app, &visitor, &typed, &Errors::default()).await?)
}

impl CaseListsPage {
    /// The page with the lists as they are, and with the form as it was typed.
    ///
    /// # Errors
    /// Fails if the database does.
    pub async fn load(
        app: &App,
        visitor: &Through<ImportCaseLists>,
        typed: &Typed,
        errors: &Errors,
    ) -> page::Result<Self> {
        let frame = visitor.frame(app, "Case lists", "Case lists");
        Ok(Self::new(frame, &app.store.case_lists.all().await?, typed, errors))
    }

    fn new(frame: Frame, lists: &[CaseListSummary], typed: &Typed, errors: &Errors) -> Self {
        let file = Field::new("file", "Files")
            .hint("Choose or drop as many as you like at once, up to 50 MB together: Ofsted’s Annex A as a workbook or as CSV, the SSDA903 return, the children in need census, the workforce census, tables of the Standard Safeguarding Dataset. Each is recognised by what is in it.")
            .size(LabelSize::Small)
            .error(errors.at("file"));
        let as_at = Field::new("as_at", "The date as at which the list is true")
            .hint("The day on which it was run, for example 3 5 2026.")
            .size(LabelSize::Small)
            .error(errors.at("as_at"));
        let as_at = typed.as_at.shown_in(DateInput::new(as_at));
        let authority = Field::new("authority", "Whose list is it? (optional)")
            .hint("Only needed where the file gives the authority of a placement, and not whether it is in the area. Give the authority’s name or its three figures.")
            .size(LabelSize::Small);
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: ErrorSummary::new().field(&file).date(&as_at),
            lists: table(lists),
            action: links::case_lists(),
            file: FileUpload::new(file).accept(".xlsx,.csv,.xml").several(),
            as_at,
            authority: TextInput::new(authority)
                .width(InputWidth::Characters20)
                .value(typed.authority.clone()),
            read: Button::submit("Read the files"),
        }
    }

    /// No list yet, several, and wrong throughout with hostile words.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        errors.say("file", crate::govuk::HOSTILE);
        errors.say("as_at", "Enter a real date, such as 3 5 2026.");
        let as_at = TypedDate { day: "31".to_owned(), ..TypedDate::default() };
        let typed = Typed { as_at, authority: crate::govuk::HOSTILE.to_owned() };
        let lists = super::sample::lists();
        let frame = || Frame::new("Case lists");
        vec![
            Self::new(frame(), &[], &Typed::default(), &Errors::default()),
            Self::new(frame(), &lists, &Typed::default(), &Errors::default()),
            Self::new(frame(), &lists, &typed, &errors),
        ]
    }
}

fn table(lists: &[CaseListSummary]) -> Table {
    // The list that is in use is the latest of those taken in, by its own date.
    let current = lists
        .iter()
        .filter(|list| list.taken_in_at.is_some())
        .max_by_key(|list| (list.as_at, list.id))
        .map(|list| list.id);
    let columns = vec![
        Column::words("Source"),
        Column::words("As at"),
        Column::numbers("Records"),
        Column::numbers("Problems"),
        Column::words("State"),
    ];
    let row = |list: &CaseListSummary| {
        let state = match list.taken_in_at {
            Some(_) if current == Some(list.id) => Content::tag("In use", TagColour::Green),
            Some(_) => Content::tag("Replaced", TagColour::Grey),
            None if list.replaced_by.is_some() => {
                Content::tag("Put together again", TagColour::Grey)
            }
            None => Content::tag("Not taken in", TagColour::Blue),
        };
        vec![
            Content::link(list.source.clone(), links::case_list(list.id)),
            day_in_words(list.as_at).into(),
            words::whole(list.records.into()).into(),
            words::whole(list.problems.into()).into(),
            state,
        ]
    };
    Table::new("lists", "Lists that were read", columns)
        .rows(lists.iter().map(row).collect())
        .empty("No case list has been read yet. Nothing can be drawn or audited until one is taken in.")
}
