//! What is kept for how long, what would go today, what is held, and the forms to decide it.

use askama::Template;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::permission::{Deed, KeepingDeed, permits};
use quarterlight_domain::retention::{Kind, Rule};
use quarterlight_domain::stamp::{day_in_england, moment_in_words};
use quarterlight_store::{Disposal, DueLine, HoldLine};

use super::hold::HoldForm;
use super::rule::RuleForm;
use super::{Around, due, sample};
use crate::app::App;
use crate::error::Failure;
use crate::form::Errors;
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, InputWidth, RadioItem, Radios, Select,
    SelectItem, SummaryList, SummaryRow, Table, TextInput, Textarea,
};
use crate::layout::Frame;
use crate::permit::{DecideRetention, SeeRetention, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// A hold as the page shows it, and the form to lift it.
#[derive(Debug, Clone)]
struct HoldShown {
    facts: SummaryList,
    lift: Option<(String, String, TextInput, Button)>,
}

/// The form to place a hold.
#[derive(Debug, Clone)]
struct HoldFields {
    action: String,
    over: Radios,
    record: TextInput,
    cycle: Select,
    kind: Select,
    because: Textarea,
    button: Button,
}

/// The form to change a rule.
#[derive(Debug, Clone)]
struct RuleFields {
    action: String,
    kind: Select,
    months: TextInput,
    because: Textarea,
    button: Button,
}

/// Retention.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/retention/list.html")]
pub struct RetentionPage {
    frame: Frame,
    errors: ErrorSummary,
    rules: Vec<SummaryList>,
    due: Table,
    propose: Option<(String, Button)>,
    holds: Vec<HoldShown>,
    hold: Option<HoldFields>,
    rule: Option<RuleFields>,
    disposals: Table,
}

/// What the page is called.
pub const TITLE: &str = "Retention";

/// Shows what is kept for how long.
///
/// # Errors
/// There is no such page for those who may not see it.
pub async fn get(app: App, visitor: Through<SeeRetention>) -> page::Result {
    let around = Around::load(&app, &visitor).await?;
    let forms = (HoldForm::default(), RuleForm::default());
    page::show(&RetentionPage::new(frame(&app, &visitor), &around, &forms, &Errors::default()))
}

/// The page again, with what was wrong.
///
/// # Errors
/// Fails if the database cannot be read.
pub async fn again(
    app: &App,
    visitor: &SignedIn,
    forms: (HoldForm, RuleForm),
    errors: &Errors,
) -> page::Result {
    let around = Around::load(app, visitor).await?;
    page::again(&RetentionPage::new(frame(app, visitor), &around, &forms, errors))
}

/// Proposes to dispose of what is due today. While one waits, that one is shown instead.
///
/// # Errors
/// There is no such page for those who do not decide about retention.
pub async fn propose(app: App, visitor: Through<DecideRetention>) -> page::Result {
    let retention = &app.store.retention;
    let waiting = retention.disposals().await?.into_iter().find(|it| it.end.is_none());
    if let Some(waiting) = waiting {
        return page::see_other(links::disposal(waiting.id));
    }
    let (lines, _) = due(&app, visitor.today).await?;
    let lines: Vec<DueLine> = lines.into_iter().filter(|line| line.going + line.held > 0).collect();
    if lines.is_empty() {
        return page::see_other(links::retention());
    }
    let stamp = visitor.stamp("proposed a disposal");
    let id = retention.propose(&stamp, visitor.today, &lines).await?;
    page::see_other(links::disposal(id))
}

fn frame(app: &App, visitor: &SignedIn) -> Frame {
    visitor.frame(app, TITLE, TITLE)
}

impl Around {
    /// Everything that the page is made from.
    async fn load(app: &App, visitor: &SignedIn) -> Result<Self, Failure> {
        let (due, changes) = due(app, visitor.today).await?;
        let deed = Deed::Keeping(KeepingDeed::DecideRetention);
        let cycles = app.store.cycles.all().await?;
        Ok(Self {
            due,
            changes,
            holds: app.store.retention.holds().await?,
            disposals: app.store.retention.disposals().await?,
            cycles: cycles.iter().map(|it| (it.cycle.id, it.cycle.quarter)).collect(),
            decides: permits(&visitor.person, deed, visitor.today),
        })
    }
}

impl RetentionPage {
    fn new(
        mut frame: Frame,
        around: &Around,
        (hold, rule): &(HoldForm, RuleForm),
        errors: &Errors,
    ) -> Self {
        frame.has_errors = !errors.is_empty();
        let field =
            |name: &'static str, label: &str| Field::new(name, label).error(errors.at(name));
        let names =
            ["over", "record", "cycle", "kind", "because", "of-kind", "months", "so", "lift"];
        let summary = names.iter().fold(ErrorSummary::new(), |summary, name| {
            let first = around.holds.iter().find(|it| it.lifted.is_none());
            let id = match (*name, first) {
                ("lift", Some(first)) => format!("lift-{}", first.hold.id),
                _ => (*name).to_owned(),
            };
            summary.field(&field(name, "").id(id))
        });
        let any = around.due.iter().any(|line| line.going > 0);
        let decides = around.decides;
        Self {
            frame,
            errors: summary,
            rules: around.due.iter().map(|line| kept(line, around)).collect(),
            due: table(&around.due),
            propose: (decides && any)
                .then(|| (links::disposals(), Button::submit("Propose to dispose of this"))),
            holds: around.holds.iter().map(|it| held(it, decides, errors)).collect(),
            hold: decides.then(|| HoldFields::new(around, hold, &field)),
            rule: decides.then(|| RuleFields::new(rule, &field)),
            disposals: disposals(&around.disposals),
        }
    }

    /// Nothing due; everything due and held with hostile words and errors; for those who only look.
    pub fn samples() -> Vec<Self> {
        let shown = |(around, errors): &(Around, Errors)| {
            let forms = (HoldForm::default(), RuleForm::default());
            Self::new(Frame::new(TITLE), around, &forms, errors)
        };
        sample::all().iter().map(shown).collect()
    }
}

type Named<'a> = &'a dyn Fn(&'static str, &str) -> Field;

impl HoldFields {
    fn new(around: &Around, form: &HoldForm, field: Named<'_>) -> Self {
        let choose = |words: &str| std::iter::once(SelectItem::new("", words));
        let cycles = around.cycles.iter();
        let cycles =
            cycles.map(|(id, quarter)| SelectItem::new(id.to_string(), quarter.to_string()));
        let over = Radios::new(
            field("over", "What is to be held?"),
            vec![
                RadioItem::new("record", "Everything about one record"),
                RadioItem::new("cycle", "Everything about the audits of a cycle"),
                RadioItem::new("kind", "Everything of a kind"),
                RadioItem::new("everything", "Everything, as an inquiry may ask"),
            ],
        );
        let because = field("because", "Why").hint(
            "Such as the inquiry, the claim or the complaint, and who asked. No child’s name.",
        );
        Self {
            action: links::holds(),
            over: over.value(form.over.clone()),
            record: TextInput::new(field("record", "Reference, for one record"))
                .width(InputWidth::Characters10)
                .value(form.record.clone()),
            cycle: Select::new(
                field("cycle", "Cycle, for a cycle"),
                choose("Choose a cycle").chain(cycles).collect(),
            )
            .value(form.cycle.clone()),
            kind: Select::new(
                field("kind", "Kind, for a kind"),
                choose("Choose a kind").chain(kinds()).collect(),
            )
            .value(form.kind.clone()),
            because: Textarea::new(because).rows(3).value(form.because.clone()),
            button: Button::submit("Place this hold"),
        }
    }
}

impl RuleFields {
    fn new(form: &RuleForm, field: Named<'_>) -> Self {
        let choose = std::iter::once(SelectItem::new("", "Choose a kind"));
        let because =
            field("so", "On whose authority").hint("Such as the retention schedule, and its date.");
        Self {
            action: links::retention_rules(),
            kind: Select::new(field("of-kind", "Which kind"), choose.chain(kinds()).collect())
                .value(form.kind.clone()),
            months: TextInput::new(field("months", "How long it is kept"))
                .width(InputWidth::Characters5)
                .suffix("months")
                .value(form.months.clone()),
            because: Textarea::new(because).rows(3).value(form.because.clone()),
            button: Button::submit("Change it from today").secondary(),
        }
    }
}

fn kinds() -> impl Iterator<Item = SelectItem> {
    Kind::ALL.iter().map(|kind| SelectItem::new(kind.code(), kind.words()))
}

fn kept(line: &DueLine, around: &Around) -> SummaryList {
    let rule = Rule { kind: line.kind, months: line.months, source: line.source.clone() };
    let changed = around.changes.iter().rev().find(|it| it.change.kind == line.kind);
    let mut rows = vec![
        SummaryRow::new("Kept for", Content::text(rule.words())),
        SummaryRow::new("From", Content::text(line.kind.starts())),
        SummaryRow::new("Then goes", Content::text(line.kind.goes())),
        SummaryRow::new("And stays", Content::text(line.kind.stays())),
        SummaryRow::new("Who says so", Content::text(line.source.clone())),
    ];
    if let Some(changed) = changed {
        let by = changed.by.clone().unwrap_or_else(|| "the console".to_owned());
        let on = day_in_words(day_in_england(changed.at));
        rows.push(SummaryRow::new("Last changed", Content::text(format!("By {by} on {on}"))));
    }
    SummaryList::new(rows).titled(line.kind.words())
}

/// What goes and what is held, kind by kind.
pub fn table(lines: &[DueLine]) -> Table {
    let columns = vec![
        Column::words("Kind"),
        Column::words("Started on or before"),
        Column::numbers("Goes"),
        Column::numbers("Held"),
        Column::words("By year"),
    ];
    let row = |line: &DueLine| {
        let years: Vec<String> =
            line.years.iter().map(|(year, many)| format!("{year}: {many}")).collect();
        vec![
            Content::text(line.kind.words()),
            Content::text(day_in_words(line.cutoff)),
            Content::text(line.going.to_string()),
            Content::text(line.held.to_string()),
            Content::text(years.join("; ")),
        ]
    };
    Table::new("due", "What is due today", columns).rows(lines.iter().map(row).collect())
}

fn held(line: &HoldLine, decides: bool, errors: &Errors) -> HoldShown {
    let by = line.by.clone().unwrap_or_else(|| "the console".to_owned());
    let mut rows = vec![
        SummaryRow::new("Why", Content::written(line.because.clone())),
        SummaryRow::new(
            "Placed",
            Content::text(format!("By {by} on {}", moment_in_words(line.at))),
        ),
    ];
    if let Some((at, because)) = &line.lifted {
        let words = format!("On {}: {because}", moment_in_words(*at));
        rows.push(SummaryRow::new("Lifted", Content::written(words)));
    }
    let id = line.hold.id;
    let lift = (decides && line.lifted.is_none()).then(|| {
        let field = Field::new("because", "Why it is lifted")
            .id(format!("lift-{id}"))
            .error(errors.at("lift"));
        let summary = format!("Lift the hold on {}", line.over);
        let button = Button::submit(summary.clone()).secondary();
        (summary, links::lift_hold(id), TextInput::new(field), button)
    });
    HoldShown { facts: SummaryList::new(rows).titled(line.over.clone()), lift }
}

fn disposals(disposals: &[Disposal]) -> Table {
    let columns = vec![
        Column::words("Proposed"),
        Column::words("How it stands"),
        Column::numbers("Things that went"),
    ];
    let row = |it: &Disposal| {
        let by = it.proposed_by.1.clone().unwrap_or_else(|| "the console".to_owned());
        let words = format!("{} by {by}", day_in_words(it.as_at));
        let gone: usize = it.batches.iter().map(|batch| batch.things).sum();
        vec![
            Content::link(words, links::disposal(it.id)),
            Content::text(super::disposal::state(it)),
            Content::text(gone.to_string()),
        ]
    };
    Table::new("disposals", "Disposals", columns)
        .rows(disposals.iter().map(row).collect())
        .empty("Nothing was ever disposed of.")
}
