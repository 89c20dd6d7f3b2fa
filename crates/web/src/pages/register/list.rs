//! The register: what is owed first, what waits for the committee, and what it has accepted.

use askama::Template;
use jiff::civil::Date;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{Deed, RegisterDeed, permits};
use quarterlight_domain::register::{Item, Meeting, Stage, owed};
use quarterlight_report::words::{self, Noun};

use super::PART;
use super::lines::Lines;
use super::meet::{MeetForm, MeetPart};
use crate::app::App;
use crate::form::Errors;
use crate::govuk::{Column, Content, ErrorSummary, Table};
use crate::layout::Frame;
use crate::permit::{SeeRegister, Through};
use crate::session::SignedIn;
use crate::{links, page};

const REPLY: Noun = Noun::new("reply", "replies");
const ITEM: Noun = Noun::new("item", "items");

/// Items that stand at one stage, or what is said where there are none.
#[derive(Debug, Clone)]
struct Group {
    heading: &'static str,
    empty: &'static str,
    items: Lines,
}

/// The register.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/register/list.html")]
pub struct RegisterPage {
    frame: Frame,
    errors: ErrorSummary,
    sentence: String,
    groups: Vec<Group>,
    meetings: Table,
    /// Entering a meeting, for whoever keeps the register.
    meet: Option<MeetPart>,
}

/// Shows the register.
///
/// # Errors
/// There is no such page for those who may not read reports.
pub async fn get(app: App, visitor: Through<SeeRegister>) -> page::Result {
    let meetings = app.store.register.meetings().await?;
    let form = MeetForm::after(&meetings);
    page::show(&of(&app, &visitor, &meetings, (&form, &Errors::default())).await?)
}

/// The page for somebody, with what was typed about a new meeting.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn of(
    app: &App,
    visitor: &SignedIn,
    meetings: &[Meeting],
    (form, errors): (&MeetForm, &Errors),
) -> Result<RegisterPage, crate::error::Failure> {
    let items = app.store.register.items().await?;
    let keeps = permits(&visitor.person, Deed::Register(RegisterDeed::Keep), visitor.today);
    let frame = visitor.frame(app, PART, PART);
    let meet = keeps.then(|| MeetPart::new(form, errors));
    Ok(RegisterPage::new(frame, (meetings, &items), meet, errors, visitor.today))
}

impl RegisterPage {
    fn new(
        mut frame: Frame,
        (meetings, items): (&[Meeting], &[Item]),
        meet: Option<MeetPart>,
        errors: &Errors,
        today: Date,
    ) -> Self {
        frame.has_errors = !errors.is_empty();
        let at = |stage: Stage| items.iter().filter(move |it| it.stage() == stage);
        let mut open: Vec<&Item> = at(Stage::Open).collect();
        open.sort_by_key(|it| (it.due(), it.id));
        let groups = vec![
            Group {
                heading: "Replies owed",
                empty: "No reply is owed.",
                items: Lines::new(open, today),
            },
            Group {
                heading: "Replied, for the committee",
                empty: "No reply waits for the committee.",
                items: Lines::new(at(Stage::Replied), today),
            },
            Group {
                heading: "Accepted by the committee",
                empty: "The committee has accepted no reply yet.",
                items: Lines::new(at(Stage::Accepted), today),
            },
        ];
        let meeting_rows = meetings.iter().map(|it| meeting_row(it, items)).collect();
        Self {
            frame,
            errors: meet.as_ref().map_or_else(ErrorSummary::new, MeetPart::summary),
            sentence: sentence(items, today),
            groups,
            meetings: Table::new(
                "meetings",
                "Meetings",
                vec![
                    Column::words("Meeting"),
                    Column::words("Committee"),
                    Column::numbers("Items"),
                ],
            )
            .rows(meeting_rows)
            .empty("No meeting is entered."),
            meet,
        }
    }

    /// An empty register, and one with every stage, hostile words and an error.
    pub fn samples() -> Vec<Self> {
        let items = super::sample::items();
        let meetings: Vec<Meeting> = items.iter().map(|it| it.meeting.clone()).collect();
        let mut errors = Errors::default();
        errors.say("committee", crate::govuk::HOSTILE);
        let meet = Some(MeetPart::new(&MeetForm::after(&meetings), &errors));
        let frame = || Frame::new(PART);
        let today = crate::invented::TODAY;
        vec![
            Self::new(frame(), (&[], &[]), None, &Errors::default(), today),
            Self::new(frame(), (&meetings, &items), meet, &errors, today),
        ]
    }
}

/// *3 replies are owed. 1 of the 3 is overdue.*
fn sentence(items: &[Item], today: Date) -> String {
    let (open, late) = owed(items, today);
    let count = |it: usize| words::count(u64::try_from(it).unwrap_or(u64::MAX), &REPLY);
    let is = |it: usize| if it == 1 { "is" } else { "are" };
    match (open, late) {
        (0, _) => "No reply is owed.".to_owned(),
        (open, 0) => format!("{} {} owed. None is overdue.", count(open), is(open)),
        (1, _) => "1 reply is owed. It is overdue.".to_owned(),
        (open, late) if open == late => {
            format!("{} are owed. All {open} are overdue.", count(open))
        }
        (open, late) => {
            format!("{} are owed. {late} of the {open} {} overdue.", count(open), is(late))
        }
    }
}

fn meeting_row(meeting: &Meeting, items: &[Item]) -> Vec<Content> {
    let count = items.iter().filter(|it| it.meeting.id == meeting.id).count();
    let count = words::count(u64::try_from(count).unwrap_or(u64::MAX), &ITEM);
    vec![
        Content::link(day_in_words(meeting.held_on), links::meeting(meeting.id)),
        Content::text(meeting.committee.clone()),
        Content::text(count),
    ]
}
