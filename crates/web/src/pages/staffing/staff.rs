//! The staff of each team, month by month: given by hand or as a list, and corrected by a later word.

use askama::Template;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::place::{Place, PlaceKind};
use quarterlight_domain::staffing::Staff;
use quarterlight_domain::staffing::census::ByTeam;
use quarterlight_domain::staffing::hundredths::Hundredths;
use quarterlight_domain::staffing::period::month_in_words;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_domain::text::Reason;
use quarterlight_import::staff_list;
use quarterlight_store::GivenStaff;
use serde::Deserialize;

use super::sample;
use crate::apart::{StaffList, StaffRead, Unread};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, HOSTILE, InputWidth, Select, SelectItem, Table,
    TextInput, Textarea,
};
use crate::layout::Frame;
use crate::permit::{KeepStaff, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// What was typed, for one month or for many.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StaffForm {
    team: String,
    month: String,
    full_time: String,
    source: String,
    why: String,
    lines: String,
    list_source: String,
    list_why: String,
    form_key: String,
}

/// The staff of teams.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/staffing/staff.html")]
pub struct StaffPage {
    frame: Frame,
    errors: ErrorSummary,
    teams: String,
    action: String,
    list_action: String,
    form_key: String,
    team: Select,
    month: TextInput,
    full_time: TextInput,
    source: TextInput,
    why: Textarea,
    give: Button,
    lines: Textarea,
    list_source: TextInput,
    list_why: Textarea,
    give_list: Button,
    given: Table,
}

/// What the page is called, and the part of the product that it is.
pub const TITLE: &str = "Staff";

/// Shows what was given, with the forms.
///
/// # Errors
/// There is no such page for those who do not keep it.
pub async fn get(app: App, visitor: Through<KeepStaff>) -> page::Result {
    let form = StaffForm { form_key: app.word(), ..StaffForm::default() };
    page::show(&load(&app, &visitor, &form, &Errors::default()).await?)
}

/// Gives the staff of one month. Sent twice, it is given once.
///
/// # Errors
/// There is no such page for those who do not keep it.
pub async fn post(
    app: App,
    visitor: Through<KeepStaff>,
    Filled(form): Filled<StaffForm>,
) -> page::Result {
    let teams = teams(&app).await?;
    let mut errors = Errors::default();
    let team = form.team.parse().ok().filter(|id| teams.iter().any(|it| it.id == *id));
    if team.is_none() {
        errors.say("team", "Choose a team");
    }
    let month = errors.keep("month", staff_list::month(&form.month));
    let full_time = match form.full_time.trim() {
        "" => Some(None),
        typed => errors.keep("full_time", Hundredths::parse(typed)).map(Some),
    };
    let why = errors.keep("why", Reason::new(&form.why));
    if let (Some(team), Some(month), Some(full_time)) = (team, month, full_time) {
        let staff = Staff::new(team, month, full_time, &form.source, visitor.today);
        let field = if month > visitor.today { "month" } else { "source" };
        if let (Some(staff), Some(why)) = (errors.keep(field, staff), why)
            && errors.is_empty()
        {
            let stamp = visitor.stamp("gave the staff of a team");
            app.store.staffing.give(&stamp, &[staff], &why, &form.form_key).await?;
            return page::see_other(links::staff());
        }
    }
    page::again(&load(&app, &visitor, &form, &errors).await?)
}

/// Gives the staff of many teams and months. All of the lines are kept, or none.
///
/// # Errors
/// There is no such page for those who do not keep it.
pub async fn list(
    app: App,
    visitor: Through<KeepStaff>,
    Filled(form): Filled<StaffForm>,
) -> page::Result {
    let mut errors = Errors::default();
    let pasted = Unread::new("lines", form.lines.as_str());
    let read = app.outside.apart.read(StaffList, vec![pasted]).await;
    let StaffRead { lines, census, mut problems, .. } = read.unwrap_or_else(|stopped| StaffRead {
        problems: vec![stopped.to_string()],
        ..StaffRead::default()
    });
    let teams = teams(&app).await?;
    let mut staff: Vec<Staff> = Vec::new();
    if let Some(census) = census.filter(|_| problems.is_empty()) {
        let team_of = app.store.workers.teams_by_registration().await?;
        let field = if census.day > visitor.today { "lines" } else { "list_source" };
        let by_team = census.by_team(&team_of, &form.list_source, visitor.today);
        let complete = errors.keep(field, by_team).map(ByTeam::complete);
        staff = complete.and_then(|it| errors.keep("lines", it)).unwrap_or_default();
    }
    for line in lines {
        let Some(team) = teams.iter().find(|it| it.name == line.team) else {
            problems.push(format!("Line {}: there is no team of this name.", line.line));
            continue;
        };
        match Staff::new(team.id, line.month, line.full_time, &form.list_source, visitor.today) {
            Ok(it) if staff.iter().any(|one| (one.team, one.month) == (it.team, it.month)) => {
                problems.push(format!("Line {}: this team and month stand above.", line.line));
            }
            Ok(it) => staff.push(it),
            Err(refusal) if line.month > visitor.today => {
                problems.push(format!("Line {}: {refusal}", line.line));
            }
            Err(refusal) => errors.say("list_source", refusal.sentence()),
        }
    }
    if !problems.is_empty() {
        problems.truncate(5);
        errors.say("lines", problems.join(" "));
    } else if staff.is_empty() && errors.is_empty() {
        errors.say("lines", "Paste lines with a team, a month and a number");
    }
    let why = errors.keep("list_why", Reason::new(&form.list_why));
    if let (Some(why), true) = (why, errors.is_empty()) {
        let stamp = visitor.stamp("gave the staff of teams");
        app.store.staffing.give(&stamp, &staff, &why, &form.form_key).await?;
        return page::see_other(links::staff());
    }
    page::again(&load(&app, &visitor, &form, &errors).await?)
}

async fn teams(app: &App) -> Result<Vec<Place>, Failure> {
    let places = app.store.places.all().await?;
    Ok(places.into_iter().filter(|place| place.kind == PlaceKind::Team).collect())
}

async fn load(
    app: &App,
    visitor: &SignedIn,
    form: &StaffForm,
    errors: &Errors,
) -> Result<StaffPage, Failure> {
    let (teams, given) = (teams(app).await?, app.store.staffing.given().await?);
    let frame = visitor.frame(app, TITLE, TITLE);
    Ok(StaffPage::new(frame, (&teams, &given), form, errors))
}

impl StaffPage {
    fn new(
        mut frame: Frame,
        (teams, given): (&[Place], &[GivenStaff]),
        form: &StaffForm,
        errors: &Errors,
    ) -> Self {
        frame.has_errors = !errors.is_empty();
        let field =
            |name: &'static str, label: &str| Field::new(name, label).error(errors.at(name));
        let mut items = vec![SelectItem::new("", "Choose a team")];
        items.extend(teams.iter().map(|it| SelectItem::new(it.id.to_string(), it.name.clone())));
        let team = field("team", "Team");
        let month = field("month", "Month").hint("As a year and a month, such as 2026-04.");
        let full_time = field("full_time", "Full-time equivalents")
            .hint("Such as 12.5. Leave it blank to say that it is not known after all.");
        let source = field("source", "Where does the number come from?")
            .hint("Such as “Payroll, 30 April”.");
        let why = field("why", "Why is it given now?");
        let lines = field("lines", "Lines from a spreadsheet or a CSV file")
            .hint("Team, month and number on each line, such as “Care Team,2026-04,12.5”. Or the whole workforce census, as XML.");
        let list_source = field("list_source", "Where do the numbers come from?");
        let list_why = field("list_why", "Why are they given now?");
        let mut errors = ErrorSummary::new();
        for it in [&team, &month, &full_time, &source, &why, &lines, &list_source, &list_why] {
            errors = errors.field(it);
        }
        Self {
            frame,
            errors,
            teams: links::teams(),
            action: links::staff(),
            list_action: links::staff_list(),
            form_key: form.form_key.clone(),
            team: Select::new(team, items).value(form.team.clone()),
            month: TextInput::new(month).value(form.month.clone()).width(InputWidth::Characters10),
            full_time: TextInput::new(full_time)
                .value(form.full_time.clone())
                .width(InputWidth::Characters10),
            source: TextInput::new(source).value(form.source.clone()),
            why: Textarea::new(why).rows(2).value(form.why.clone()),
            give: Button::submit("Give this month"),
            lines: Textarea::new(lines).rows(6).value(form.lines.clone()),
            list_source: TextInput::new(list_source).value(form.list_source.clone()),
            list_why: Textarea::new(list_why).rows(2).value(form.list_why.clone()),
            give_list: Button::submit("Give these lines"),
            given: self::given(teams, given),
        }
    }

    /// Nothing given, and what was given with hostile words and errors.
    pub fn samples() -> Vec<Self> {
        let mut errors = Errors::default();
        for name in
            ["team", "month", "full_time", "source", "why", "lines", "list_source", "list_why"]
        {
            errors.say(name, HOSTILE);
        }
        let words = HOSTILE.to_owned();
        let form = StaffForm { lines: words.clone(), source: words, ..StaffForm::default() };
        let given = |full_time, is_superseded| GivenStaff {
            staff: sample::staff(HOSTILE, full_time),
            by: Some(HOSTILE.to_owned()),
            why: HOSTILE.to_owned(),
            at: jiff::Timestamp::UNIX_EPOCH,
            is_superseded,
        };
        let places = sample::history(HOSTILE).places;
        let all = [given(Some(1250), false), given(None, true)];
        let none = Errors::default();
        let frame = || Frame::new(TITLE);
        vec![
            Self::new(frame(), (&[], &[]), &StaffForm::default(), &none),
            Self::new(frame(), (&places, &all), &form, &errors),
        ]
    }
}

fn given(teams: &[Place], given: &[GivenStaff]) -> Table {
    let name = |id: PlaceId| {
        teams.iter().find(|it| it.id == id).map_or_else(String::new, |it| it.name.clone())
    };
    let columns =
        ["Team", "Month", "Full-time equivalents", "Source", "Why, by whom and when", "Holds"];
    let row = |it: &GivenStaff| {
        let number = it.staff.full_time.map_or_else(|| "Not known".to_owned(), |it| it.to_string());
        let by = it.by.as_deref().unwrap_or("The server’s own command line");
        vec![
            Content::text(name(it.staff.team)),
            Content::text(month_in_words(it.staff.month)),
            Content::text(number),
            Content::text(it.staff.source.clone()),
            Content::written(format!("{}\n{by}, {}", it.why, moment_in_words(it.at))),
            Content::text(if it.is_superseded { "Corrected since" } else { "Yes" }),
        ]
    };
    Table::new("given", "What was given, the latest first", columns.map(Column::words).to_vec())
        .rows(given.iter().map(row).collect())
        .empty("Nobody has given the staff of a team yet.")
}
