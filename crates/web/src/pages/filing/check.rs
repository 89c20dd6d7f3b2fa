//! Checking the filing of one record: its items in a grid, and its paper. Alone, or within an audit.

use askama::Template;
use quarterlight_domain::calendar::{day_in_words, working_days_after};
use quarterlight_domain::filing::check::NewCheck;
use quarterlight_domain::filing::mismatch::mismatches;
use quarterlight_domain::filing::outcome::Outcome;
use quarterlight_domain::filing::paper::Agrees;
use quarterlight_domain::filing::protocol::Held;
use quarterlight_domain::finding::Raised;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_import::bank_holidays;
use quarterlight_report::words::{self, Noun};
use quarterlight_store::CheckLine;

use super::check_form::{COLUMNS, CheckForm};
use super::grid::{Grid, GridColumn, GridLine};
use super::{ToCheck, ToCheckInAudit, may_read};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, DateInput, ErrorSummary, Field, InputKind, InputWidth, RadioItem, Radios, SelectItem,
    TextInput,
};
use crate::layout::Frame;
use crate::{links, page};

/// The form to check the filing of one record.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/filing/check.html")]
pub struct CheckPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// What was checked before, in one sentence.
    before: Vec<(String, String)>,
    protocol: String,
    action: String,
    form_key: String,
    lines: String,
    checked: TextInput,
    newest: TextInput,
    grid: Grid,
    /// Where correspondence goes, as something that a box can offer.
    places: Vec<String>,
    exists: Radios,
    mentioned: Radios,
    place: TextInput,
    volumes: TextInput,
    last: DateInput,
    agrees: Radios,
    save: Button,
    more: Button,
}

/// What the page is made from besides what was typed.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// The protocols, the latest first.
    pub held: Vec<Held>,
    /// The checks there were.
    pub before: Vec<CheckLine>,
}

/// The form to check a record.
///
/// # Errors
/// There is no such page for those who may not check this record's filing.
pub async fn get(app: App, of: ToCheck) -> page::Result {
    ask(&app, &of).await
}

/// The form to check a record within an audit.
///
/// # Errors
/// There is no such page for anybody but its auditor. Refuses an audit that is over.
pub async fn get_in_audit(app: App, of: ToCheckInAudit) -> page::Result {
    ask(&app, &of.0).await
}

/// Keeps a check. Sent twice, it is kept once.
///
/// # Errors
/// There is no such page for those who may not check this record's filing.
pub async fn post(app: App, of: ToCheck, Filled(form): Filled<CheckForm>) -> page::Result {
    keep(&app, &of, &form).await
}

/// Keeps a check that was made within an audit.
///
/// # Errors
/// There is no such page for anybody but its auditor. Refuses an audit that is over.
pub async fn post_in_audit(
    app: App,
    of: ToCheckInAudit,
    Filled(form): Filled<CheckForm>,
) -> page::Result {
    keep(&app, &of.0, &form).await
}

async fn ask(app: &App, of: &ToCheck) -> page::Result {
    if let Some((audit, _)) = &of.audit {
        audit.must_be_open()?;
    }
    let form = CheckForm::of(of.visitor.today, form_key(app));
    let around = around(app, of).await?;
    page::show(&CheckPage::new(of, &around, &form, lines(&form), &Errors::default()))
}

async fn keep(app: &App, of: &ToCheck, form: &CheckForm) -> page::Result {
    if let Some((audit, _)) = &of.audit {
        audit.must_be_open()?;
    }
    let around = around(app, of).await?;
    let (mut lines, mut errors) = (lines(form), Errors::default());
    if form.wants_more() {
        return page::show(&CheckPage::new(of, &around, form, lines, &errors));
    }
    let holidays = bank_holidays::england().map_err(Failure::Refused)?;
    let read = form.read(of, (&around.held, &holidays), &mut errors, &mut lines);
    let Some(new) = read else {
        return page::again(&CheckPage::new(of, &around, form, lines, &errors));
    };
    let stamp = of.visitor.stamp("checked the filing of a record");
    let to_put_right = mismatches(&new, &around.held);
    let raised = finding(of, &new)?;
    let kept = app.store.filing.keep(&stamp, &new, &to_put_right, raised.as_ref()).await?;
    let id = kept.ok_or_else(|| {
        Refusal::because("This audit was submitted, given to somebody else or closed meanwhile. Nothing was kept.")
    })?;
    page::see_other(links::filing_check(id))
}

/// Paper that the electronic record does not mention is a finding of the audit.
fn finding(of: &ToCheck, new: &NewCheck) -> Result<Option<Raised>, Refusal> {
    let Some((_, Some(standard))) = &of.audit else { return Ok(None) };
    if !new.paper.is_hidden() {
        return Ok(None);
    }
    let what = "There is a paper record that the electronic record does not mention. Enter where it is, and how many volumes it has.";
    Ok(Some(Raised {
        standard: standard.clone(),
        what: Reason::new(what)?,
        owner: None,
        due: working_days_after(of.visitor.today, 10),
    }))
}

async fn around(app: &App, of: &ToCheck) -> Result<Around, Failure> {
    let kept = app.store.filing.protocols().await?;
    let mut before = app.store.filing.checks(Some(of.record)).await?;
    before.retain(|line| may_read(&of.visitor, line));
    Ok(Around { held: kept.into_iter().map(|kept| kept.held).collect(), before })
}

pub(super) fn form_key(app: &App) -> String {
    app.word()
}

fn lines(form: &CheckForm) -> Vec<GridLine> {
    let line = |place| GridLine { values: form.line(place), wrong: None };
    (0..form.shown()).map(line).collect()
}

const ITEM: Noun = Noun::new("item", "items");

impl CheckPage {
    fn new(
        of: &ToCheck,
        around: &Around,
        form: &CheckForm,
        lines: Vec<GridLine>,
        errors: &Errors,
    ) -> Self {
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let yes_no = |name: &str, label: &str, value: &str| {
            let items = vec![
                RadioItem::new("yes", "Yes"),
                RadioItem::new("no", "No"),
                RadioItem::new("unknown", "Nobody could say"),
            ];
            Radios::new(field(name, label), items).inline().value(value.to_owned())
        };
        let agrees = Agrees::ALL.map(|it| RadioItem::new(it.code(), it.words()));
        let agrees_field = field("agrees", "Do the paper and the electronic record agree?");
        let is_wrong = !errors.is_empty() || lines.iter().any(|line| line.wrong.is_some());
        let shown = lines.len();
        let grid =
            Grid { id: "item", caption: "Items", noun: "Item", columns: columns(around), lines };
        let newest = field("newest", "Date of the newest entry in the electronic record")
            .hint("Of any kind, such as 3 5 2026. Leave it empty if you did not look.");
        let volumes = TextInput::new(field("volumes", "How many volumes?"));
        let page = Self {
            frame: Frame { has_errors: is_wrong, ..of.base.clone() },
            caption: format!(
                "{} · {}",
                of.reference,
                of.team.as_deref().unwrap_or("team not known")
            ),
            errors: ErrorSummary::new(),
            before: around.before.iter().take(5).map(said).collect(),
            protocol: links::filing_protocol(),
            action: of.action(),
            form_key: form.form_key.clone(),
            lines: shown.to_string(),
            checked: TextInput::new(field("checked", "Day of the check"))
                .width(InputWidth::Characters10)
                .value(form.checked.clone()),
            newest: TextInput::new(newest)
                .width(InputWidth::Characters10)
                .value(form.newest.clone()),
            places: places(around),
            grid,
            exists: yes_no("exists", "Is there a paper record?", &form.exists),
            mentioned: yes_no("mentioned", "Does the electronic record say so?", &form.mentioned),
            place: TextInput::new(field("place", "Where is the paper?")).value(form.place.clone()),
            volumes: volumes
                .kind(InputKind::Digits)
                .width(InputWidth::Characters3)
                .value(form.volumes.clone()),
            last: form.last().shown_in(DateInput::new(field("last", "Date of its last item"))),
            agrees: Radios::new(agrees_field, agrees.into()).inline().value(form.agrees.clone()),
            save: Button::submit("Save this check"),
            more: Button::submit("Show more lines").secondary().answer("do", "more"),
        };
        let title = "Check the filing of this record";
        let frame = Frame { title: title.to_owned(), ..page.frame.clone() };
        let summary = ErrorSummary::new().field(&page.checked.field).field(&page.newest.field);
        let mut summary = page.grid.tell(summary);
        if let Some(why) = errors.at("items") {
            summary
                .lines
                .push(crate::govuk::ErrorLine { text: why, href: Some("#item-kind-1".to_owned()) });
        }
        let summary = summary.field(&page.exists.field).field(&page.volumes.field).date(&page.last);
        Self { errors: summary, frame, ..page }
    }

    /// Nothing typed, within an audit after two checks, and everything wrong with hostile words.
    pub fn samples() -> Vec<Self> {
        super::sample::to_check()
            .into_iter()
            .map(|(of, around, form, lines, errors)| Self::new(&of, &around, &form, lines, &errors))
            .collect()
    }
}

fn columns(around: &Around) -> Vec<GridColumn> {
    let mut kinds = vec![SelectItem::new("", "Kind")];
    for kind in around.held.iter().flat_map(|held| held.protocol.kinds()) {
        if !kinds.iter().any(|item| item.value == kind.code.as_str()) {
            kinds.push(SelectItem::new(kind.code.as_str(), kind.name.clone()));
        }
    }
    let mut outcomes = vec![SelectItem::new("", "Outcome")];
    outcomes.extend(Outcome::ALL.map(|it| SelectItem::new(it.code(), it.words())));
    let [kind, dated, entered, time, found, outcome, why] = COLUMNS;
    vec![
        GridColumn::chosen(kind, "Kind", kinds),
        GridColumn::typed(dated, "Date on it", 10),
        GridColumn::typed(entered, "Entered on", 10),
        GridColumn::typed(time, "At", 5),
        GridColumn::typed(found, "Found in, if not in its place", 15),
        GridColumn::chosen(outcome, "What you found", outcomes),
        GridColumn::typed(why, "Why, if the dates or the place say otherwise", 15),
    ]
}

fn places(around: &Around) -> Vec<String> {
    let mut places: Vec<String> = around
        .held
        .iter()
        .flat_map(|held| held.protocol.kinds())
        .map(|kind| {
            format!("{}: {}, within {} working days", kind.name, kind.places(), kind.within)
        })
        .collect();
    places.sort();
    places.dedup();
    places
}

/// *23 November 2026 by Priya Anand: 6 items*, and where that is shown.
fn said(line: &CheckLine) -> (String, String) {
    let items = words::count(line.items.into(), &ITEM);
    let withdrawn = if line.withdrawn.is_some() { ", taken back" } else { "" };
    let day = day_in_words(line.checked_on);
    (format!("{day} by {}: {items}{withdrawn}", line.by_name), links::filing_check(line.id))
}
