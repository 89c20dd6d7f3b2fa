//! A form that was handed in: what it would change, standard by standard, and one button that saves.

use std::collections::BTreeMap;

use askama::Template;
use quarterlight_domain::audit_form::{AuditForm, Coming, HandedIn, Mark, Said};
use quarterlight_domain::judgement::Judgement;
use quarterlight_domain::text::bounded;
use quarterlight_store::TakenOver;

use super::handed_in_row::{Row, Shown};
use super::{InHand, ToMake, form_workbook};
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{Button, ErrorSummary};
use crate::layout::Frame;
use crate::{links, page};

/// What a page sends back: the answers of the form, and what was chosen.
pub type Typed = BTreeMap<String, String>;

/// What a form would change.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/audits/handed_in.html")]
pub struct HandedInPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    sentence: String,
    /// What is still owed before the audit can be submitted.
    owed: Option<String>,
    action: String,
    conflicts: Vec<Shown>,
    changes: Vec<Shown>,
    save: Option<Button>,
    back: String,
}

/// Saves what the page showed: all of it, or nothing.
///
/// # Errors
/// Refuses once the audit was submitted. There is no such page for anybody but the auditor.
pub async fn post(app: App, audit: ToMake, Filled(typed): Filled<Typed>) -> page::Result {
    audit.audit.must_be_open()?;
    let form = form_workbook::form(&app, &audit).await?;
    let rows = rows(&form, &typed)?;
    if rows.iter().any(Row::is_undecided) {
        return page::again(&HandedInPage::new(&audit, &form, &rows, true));
    }
    let (mut answered, mut ruled) = (Vec::new(), Vec::new());
    for row in rows.iter().filter(|row| row.is_taken()) {
        let (code, said) = (&row.coming.standard, &row.coming.handed_in);
        let line = form.line(code).ok_or(Failure::Unreadable)?;
        answered.push(audit.audit.answer(audit.contents(), line.answer(said))?);
        ruled.extend(line.ruled(said));
    }
    let (id, stamp) = (audit.audit.id, audit.visitor.stamp("handed in a filled form"));
    let count = answered.len();
    match app.store.answers.take_over(&stamp, id, (&answered, &ruled)).await? {
        TakenOver::Yes(_) => page::see_other(format!("{}?saved={count}", links::hand_in(id))),
        // Somebody was quicker by a moment: what is saved now is read once more, and shown.
        TakenOver::Conflict(_) => {
            let kept = app.store.audits.in_hand(id).await?.ok_or(Failure::NotFound)?;
            let (answers, attached) = (kept.answers, kept.attached);
            let audit = InHand { answers, attached, ..audit.0 };
            let form = form_workbook::form(&app, &audit).await?;
            let rows = self::rows(&form, &typed)?;
            page::again(&HandedInPage::new(&audit, &form, &rows, true))
        }
        TakenOver::Closed => page::see_other(links::audit(id)),
    }
}

/// The rows that a page sent back.
fn rows(form: &AuditForm, typed: &Typed) -> Result<Vec<Row>, Failure> {
    let mut handed_in = Vec::new();
    for line in &form.lines {
        let code = &line.standard.code;
        let word = |name: &str| typed.get(&format!("{name}-{code}")).map_or("", String::as_str);
        if word("judgement").is_empty() {
            continue;
        }
        let words = |name: &str| bounded(word(name)).map_err(|_| Failure::Unreadable);
        let said = Said {
            judgement: Judgement::from_code(word("judgement")).ok_or(Failure::Unreadable)?,
            seen: words("seen")?,
            found: words("found")?,
            because: words("because")?,
        };
        let mark = Mark::carried(word("mark"));
        handed_in.push(HandedIn { standard: code.clone(), said: Some(said), mark });
    }
    let coming = form.coming(&handed_in).into_iter();
    Ok(coming.map(|coming| Row::sent(coming, typed)).collect())
}

impl HandedInPage {
    /// What a form that was read would change.
    pub fn of(audit: &InHand, form: &AuditForm, coming: Vec<Coming>) -> Self {
        let rows: Vec<Row> = coming.into_iter().map(Row::new).collect();
        Self::new(audit, form, &rows, false)
    }

    fn new(audit: &InHand, form: &AuditForm, rows: &[Row], was_sent: bool) -> Self {
        let shown = |asks: bool| {
            let rows = rows.iter().filter(move |row| row.asks == asks);
            rows.filter_map(|row| Shown::new(form, row, was_sent)).collect::<Vec<_>>()
        };
        let (conflicts, changes) = (shown(true), shown(false));
        let fields = conflicts.iter().filter_map(|shown| shown.choice.as_ref());
        let errors = fields.fold(ErrorSummary::new(), |all, radios| all.field(&radios.field));
        let save = match rows.len() {
            0 => None,
            1 => Some(Button::submit("Save this answer")),
            _ => Some(Button::submit("Save these answers")),
        };
        let has_errors = !errors.is_empty();
        Self {
            frame: Frame { has_errors, ..audit.inner_frame("What the spreadsheet would change") },
            caption: audit.caption(),
            errors,
            sentence: sentence(form, rows),
            owed: owed(form, rows),
            action: links::take_over(audit.audit.id),
            conflicts,
            changes,
            save,
            back: links::hand_in(audit.audit.id),
        }
    }

    /// Nothing to change, new and changed answers, and conflicts with hostile words, undecided.
    pub fn samples() -> Vec<Self> {
        use super::proposal::Grounds;
        use crate::govuk::HOSTILE;

        let said = |words: &str| Said {
            judgement: Judgement::NotMet,
            seen: words.to_owned(),
            found: words.to_owned(),
            because: words.to_owned(),
        };
        let page = |audit: &InHand| {
            let form = form_workbook::with_grounds(audit, &Grounds::default());
            let coming = |is_conflict: bool| {
                let lines = form.lines.iter();
                let coming = lines.map(move |line| Coming {
                    standard: line.standard.code.clone(),
                    saved: line.saved.clone().or_else(|| is_conflict.then(|| said(HOSTILE))),
                    handed_in: said(if is_conflict { HOSTILE } else { "Nothing since May." }),
                    is_conflict,
                });
                coming.map(Row::new).collect::<Vec<_>>()
            };
            [
                Self::new(audit, &form, &[], false),
                Self::new(audit, &form, &coming(false), false),
                Self::new(audit, &form, &coming(true), true),
            ]
        };
        super::sample::audits().iter().flat_map(page).collect()
    }
}

/// *3 answers are new, 2 are changed, and 1 was changed by somebody meanwhile. 39 stay as they are.*
fn sentence(form: &AuditForm, rows: &[Row]) -> String {
    if rows.is_empty() {
        return "Nothing in the spreadsheet differs from what is saved.".to_owned();
    }
    let conflicts = rows.iter().filter(|row| row.asks).count();
    let new = rows.iter().filter(|row| row.coming.saved.is_none()).count();
    let changed = rows.len() - conflicts - new;
    let parts = [
        (new, "is new", "are new"),
        (changed, "is changed", "are changed"),
        (conflicts, "was saved otherwise meanwhile", "were saved otherwise meanwhile"),
    ];
    let parts = parts.into_iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<String> = parts
        .enumerate()
        .map(|(place, (count, one, many))| {
            let noun = match (place, count) {
                (0, 1) => " answer",
                (0, _) => " answers",
                _ => "",
            };
            format!("{count}{noun} {}", if count == 1 { one } else { many })
        })
        .collect();
    let told = match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
        None => String::new(),
    };
    let rest = form.lines.len().saturating_sub(rows.len());
    let rest = match rest {
        0 => String::new(),
        1 => " 1 standard stays as it is.".to_owned(),
        _ => format!(" {rest} standards stay as they are."),
    };
    format!("{told}. Nothing is saved yet.{rest}")
}

/// What the answers owe before the audit can be submitted, as they do when they are given one by one.
fn owed(form: &AuditForm, rows: &[Row]) -> Option<String> {
    let is_owed = |row: &&Row| {
        let said = &row.coming.handed_in;
        let ruled = form.line(&row.coming.standard).and_then(|line| line.ruled(said));
        (said.judgement.needs_words() && said.seen.is_empty())
            || ruled.is_some_and(|ruled| ruled.owes_a_reason())
    };
    let codes: Vec<&str> =
        rows.iter().filter(is_owed).map(|row| row.coming.standard.as_str()).collect();
    (!codes.is_empty()).then(|| {
        format!(
            "These can be saved as they are. Before you submit, say what you saw, or why you overrule the case list, for {}.",
            codes.join(", ")
        )
    })
}
