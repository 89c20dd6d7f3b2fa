//! Writing the filing protocol that supersedes: the one in force as a grid, to be changed.

use askama::Template;
use jiff::ToSpan;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::filing::protocol::{Kind, KindCode, Protocol};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_store::{KeptProtocol, NewProtocol};
use serde::Deserialize;

use super::grid::{Grid, GridColumn, GridLine, Wrong};
use super::{protocol, typed};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorLine, ErrorSummary, Field, InputWidth, TextInput, Textarea};
use crate::layout::Frame;
use crate::permit::{Through, WriteFilingProtocol};
use crate::session::SignedIn;
use crate::{links, page};

/// What was typed. Each column of the grid comes once for each line.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ProtocolForm {
    name: String,
    from: String,
    why: String,
    code: Vec<String>,
    kind: Vec<String>,
    electronic: Vec<String>,
    paper: Vec<String>,
    within: Vec<String>,
}

/// The form for the protocol that supersedes.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/filing/supersede.html")]
pub struct SupersedePage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    name: TextInput,
    from: TextInput,
    grid: Grid,
    why: Textarea,
    button: Button,
}

/// Lines beyond those of the protocol before.
const BLANK: usize = 5;

/// The form for the protocol that supersedes, with what the latest says.
///
/// # Errors
/// There is no such page for those who may not write it.
pub async fn get(app: App, visitor: Through<WriteFilingProtocol>) -> page::Result {
    let kept = app.store.filing.protocols().await?;
    let form = ProtocolForm::of(kept.first(), &visitor);
    page::show(&SupersedePage::new(frame(&app, &visitor), &form, form.lines(), &Errors::default()))
}

/// Keeps the protocol. It supersedes the one before from its first day.
///
/// # Errors
/// There is no such page for those who may not write it.
pub async fn post(
    app: App,
    visitor: Through<WriteFilingProtocol>,
    Filled(form): Filled<ProtocolForm>,
) -> page::Result {
    let kept = app.store.filing.protocols().await?;
    let latest = kept.first().map(|kept| &kept.held.protocol);
    let (mut lines, mut errors) = (form.lines(), Errors::default());
    if let Some(new) = form.read(latest, &visitor, &mut errors, &mut lines) {
        let stamp = visitor.stamp("wrote a filing protocol");
        if app.store.filing.keep_protocol(&stamp, &new).await? {
            return page::see_other(links::filing_protocol());
        }
        errors.say("from", "Another protocol begins on that day. Give another day.");
    }
    page::again(&SupersedePage::new(frame(&app, &visitor), &form, lines, &errors))
}

fn frame(app: &App, visitor: &SignedIn) -> Frame {
    let base = visitor.frame(app, "The protocol that supersedes", protocol::TITLE);
    let breadcrumbs = vec![(protocol::TITLE.to_owned(), links::filing_protocol())];
    Frame { breadcrumbs, ..base }
}

impl ProtocolForm {
    fn of(latest: Option<&KeptProtocol>, visitor: &SignedIn) -> Self {
        let day = visitor.today.saturating_add(1.day());
        let from = format!("{} {} {}", day.day(), day.month(), day.year());
        let Some(protocol) = latest.map(|kept| &kept.held.protocol) else {
            return Self { from, ..Self::default() };
        };
        let each = |say: fn(&Kind) -> String| protocol.kinds().iter().map(say).collect();
        Self {
            name: protocol.name().to_owned(),
            from,
            why: String::new(),
            code: each(|kind| kind.code.to_string()),
            kind: each(|kind| kind.name.clone()),
            electronic: each(|kind| kind.electronic.clone()),
            paper: each(|kind| kind.paper.clone().unwrap_or_default()),
            within: each(|kind| kind.within.to_string()),
        }
    }

    fn lines(&self) -> Vec<GridLine> {
        let columns = [&self.code, &self.kind, &self.electronic, &self.paper, &self.within];
        let line = |place: usize| {
            let cell = |column: &&Vec<String>| column.get(place).cloned().unwrap_or_default();
            GridLine { values: columns.iter().map(cell).collect(), wrong: None }
        };
        let mut lines: Vec<GridLine> = (0..self.code.len().min(Protocol::MOST)).map(line).collect();
        let is_blank = |line: &GridLine| line.values.iter().all(|cell| cell.trim().is_empty());
        while lines.last().is_some_and(is_blank) {
            lines.pop();
        }
        let blank = GridLine { values: vec![String::new(); columns.len()], wrong: None };
        lines.extend(std::iter::repeat_n(blank, BLANK));
        lines
    }

    fn read(
        &self,
        latest: Option<&Protocol>,
        visitor: &SignedIn,
        errors: &mut Errors,
        lines: &mut [GridLine],
    ) -> Option<NewProtocol> {
        let from = typed::day(&self.from).and_then(|day| {
            day.ok_or_else(|| Refusal::because("Enter the first day on which it holds."))
        });
        let from = errors.keep("from", from);
        let why = errors.keep("why", Reason::new(&self.why));
        let mut kinds = Vec::new();
        let mut is_whole = true;
        for line in lines {
            if line.values.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            match kind(&line.values) {
                Ok(kind) => kinds.push(kind),
                Err(wrong) => {
                    line.wrong = Some(wrong);
                    is_whole = false;
                }
            }
        }
        let (from, why) = (from?, why?);
        if !is_whole {
            return None;
        }
        let protocol = errors.keep("kinds", Protocol::new(&self.name, from, kinds))?;
        errors.keep("from", protocol.follow(latest, visitor.today))?;
        Some(NewProtocol { protocol, why })
    }
}

fn kind(values: &[String]) -> Result<Kind, Wrong> {
    let cell = |place: usize| values.get(place).map_or("", |cell| cell.trim());
    let code = KindCode::new(cell(0)).map_err(|why| ("code", why.sentence().to_owned()))?;
    let within = cell(4).parse();
    let within = within.map_err(|_| ("within", "Enter working days in digits.".to_owned()))?;
    let blank = |name, words: &str| Err((name, words.to_owned()));
    if cell(1).is_empty() {
        return blank("kind", "Enter what people call it.");
    }
    if cell(2).is_empty() {
        return blank("electronic", "Say where it goes in the electronic record.");
    }
    let paper = cell(3);
    Ok(Kind {
        code,
        name: cell(1).to_owned(),
        electronic: cell(2).to_owned(),
        paper: (!paper.is_empty()).then(|| paper.to_owned()),
        within,
    })
}

impl SupersedePage {
    fn new(frame: Frame, form: &ProtocolForm, lines: Vec<GridLine>, errors: &Errors) -> Self {
        let field = |name: &str, label: &str| Field::new(name, label).error(errors.at(name));
        let has_errors = !errors.is_empty() || lines.iter().any(|line| line.wrong.is_some());
        let name = TextInput::new(field("name", "Name")).value(form.name.clone());
        let from = field("from", "First day").hint("Such as 1 4 2027. Today or later.");
        let from = TextInput::new(from).width(InputWidth::Characters10).value(form.from.clone());
        let columns = vec![
            GridColumn::typed("code", "Code", 10),
            GridColumn::typed("kind", "Kind of correspondence", 15),
            GridColumn::typed("electronic", "In the electronic record", 15),
            GridColumn::typed("paper", "On paper, if it is", 15),
            GridColumn::typed("within", "Working days", 3),
        ];
        let caption = "Kinds of correspondence";
        let grid = Grid { id: "kind", caption, noun: "Line", columns, lines };
        let why = Textarea::new(field("why", "Why is there another?")).rows(2);
        let why = why.value(form.why.clone());
        let mut summary = ErrorSummary::new().field(&name.field).field(&from.field);
        if let Some(text) = errors.at("kinds") {
            summary.lines.push(ErrorLine { text, href: Some("#kind-code-1".to_owned()) });
        }
        let summary = grid.tell(summary).field(&why.field);
        Self {
            frame: Frame { has_errors, ..frame },
            errors: summary,
            action: links::next_filing_protocol(),
            name,
            from,
            grid,
            why,
            button: Button::submit("Keep this protocol"),
        }
    }

    /// Nothing to start from, the one in force, and everything wrong with hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let frame = || Frame::new("The protocol that supersedes");
        let lead = super::sample::lead();
        let all = super::sample::protocols(HOSTILE);
        let none = Errors::default();
        let mut wrong = Errors::default();
        for name in ["name", "from", "why", "kinds"] {
            wrong.say(name, HOSTILE);
        }
        let (blank, full) = (ProtocolForm::of(None, &lead), ProtocolForm::of(all.last(), &lead));
        let mut lines = full.lines();
        for line in &mut lines {
            line.wrong = Some(("paper", HOSTILE.to_owned()));
        }
        let day = day_in_words(lead.today);
        let named = ProtocolForm { name: format!("{HOSTILE} {day}"), ..full.clone() };
        vec![
            Self::new(frame(), &blank, blank.lines(), &none),
            Self::new(frame(), &full, full.lines(), &none),
            Self::new(frame(), &named, lines, &wrong),
        ]
    }
}
