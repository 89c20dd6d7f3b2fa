//! One standard of a form that was handed in: what was, what will be, and a choice where both were
//! written.

use quarterlight_domain::audit_form::{AuditForm, Coming, Mark, Said};
use quarterlight_domain::changes::{Piece, pieces};

use super::handed_in::Typed;
use crate::govuk::{Field, LabelSize, RadioItem, Radios};
use crate::worded::Worded;

/// What is sent to keep what is saved.
const SAVED: &str = "saved";

/// What is sent to take what the spreadsheet says.
const SPREADSHEET: &str = "spreadsheet";

/// A line that says something else than what is saved, and what was chosen.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it says.
    pub coming: Coming,
    /// True where both were written since the form was taken along, so that somebody has to choose.
    pub asks: bool,
    /// What was chosen; blank for nothing yet.
    choice: String,
}

impl Row {
    /// A line of a form that was read just now.
    pub fn new(coming: Coming) -> Self {
        Self { asks: coming.is_conflict, coming, choice: String::new() }
    }

    /// A line that a page sent back. What was chosen holds only while what is saved is what the
    /// page showed.
    pub fn sent(coming: Coming, typed: &Typed) -> Self {
        let word = |name: &str| {
            typed.get(&format!("{name}-{}", coming.standard)).cloned().unwrap_or_default()
        };
        let asks = coming.is_conflict || !word("asks").is_empty();
        let choice = if coming.is_conflict { String::new() } else { word("take") };
        Self { coming, asks, choice }
    }

    /// True while nobody has chosen what has to be chosen.
    pub fn is_undecided(&self) -> bool {
        self.asks && ![SAVED, SPREADSHEET].contains(&self.choice.as_str())
    }

    /// True if what the spreadsheet says is to be saved.
    pub fn is_taken(&self) -> bool {
        !self.asks || self.choice == SPREADSHEET
    }
}

/// One line on the page.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The standard's code, by which its fields are told apart.
    pub code: String,
    /// *B1. There is a current case summary*.
    pub title: String,
    /// What is saved, where it is a conflict: the judgement, and words by what they are.
    pub saved: Option<(String, Vec<(&'static str, String)>)>,
    /// *Was Met, will be Not met*.
    pub judgement: String,
    /// The words that differ, word by word.
    pub words: Vec<(&'static str, Worded)>,
    /// Which of the two is kept.
    pub choice: Option<Radios>,
    /// What the page sends back.
    pub sends: Vec<(String, String)>,
}

impl Shown {
    /// The line; none for a standard that is not asked.
    pub fn new(form: &AuditForm, row: &Row, was_sent: bool) -> Option<Self> {
        let (code, said) = (&row.coming.standard, &row.coming.handed_in);
        let line = form.line(code)?;
        let saved = row.coming.saved.as_ref();
        let choice = row.asks.then(|| {
            let error = format!("Choose which answer to keep for {code}");
            let field = Field::new(format!("take-{code}"), format!("Which is kept for {code}?"))
                .size(LabelSize::Small)
                .error((was_sent && row.is_undecided()).then_some(error));
            let items = vec![
                RadioItem::new(SAVED, "What is saved"),
                RadioItem::new(SPREADSHEET, "What is in the spreadsheet"),
            ];
            Radios::new(field, items).value(row.choice.clone())
        });
        Some(Self {
            code: code.to_string(),
            title: format!("{code}. {}", line.standard.wording),
            saved: saved.filter(|_| row.asks).map(|saved| {
                let words = parts(saved).into_iter().filter(|(_, words)| !words.is_empty());
                let words = words.map(|(label, words)| (label, words.to_owned()));
                (saved.judgement.words().to_owned(), words.collect())
            }),
            judgement: judgement(row),
            words: words(saved, said),
            choice,
            sends: sends(row),
        })
    }
}

fn parts(said: &Said) -> [(&'static str, &str); 3] {
    [
        ("What you saw", &said.seen),
        ("Where you found it", &said.found),
        ("Why you overrule it", &said.because),
    ]
}

fn judgement(row: &Row) -> String {
    let now = row.coming.handed_in.judgement;
    match &row.coming.saved {
        None => now.words().to_owned(),
        Some(saved) if saved.judgement == now => format!("{}, as before", now.words()),
        Some(saved) => format!("Was {}, will be {}", saved.judgement.words(), now.words()),
    }
}

/// New words as they are; changed ones word by word, and those that stay not at all.
fn words(saved: Option<&Said>, said: &Said) -> Vec<(&'static str, Worded)> {
    let now = parts(said);
    let Some(saved) = saved else {
        let written = now.into_iter().filter(|(_, words)| !words.is_empty());
        let plain = |words: &str| Worded::new(&[Piece::Kept(words.to_owned())]);
        return written.map(|(label, words)| (label, plain(words))).collect();
    };
    let both = parts(saved).into_iter().zip(now);
    let differing = both.filter(|((_, before), (_, now))| before != now);
    differing
        .map(|((label, before), (_, now))| (label, Worded::new(&pieces(before, now))))
        .collect()
}

fn sends(row: &Row) -> Vec<(String, String)> {
    let (code, said) = (&row.coming.standard, &row.coming.handed_in);
    let named = |name: &str, words: &str| (format!("{name}-{code}"), words.to_owned());
    let mut sends = vec![
        named("judgement", said.judgement.code()),
        named("seen", &said.seen),
        named("found", &said.found),
        named("because", &said.because),
        // Whoever saves has seen what is saved now.
        named("mark", Mark::of(row.coming.saved.as_ref()).as_str()),
    ];
    if row.asks {
        sends.push(named("asks", "yes"));
    }
    sends
}
