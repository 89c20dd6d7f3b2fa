//! Matches that are never guessed: a person says whether two references or two workers are one.

use std::collections::BTreeMap;

use askama::Template;
use quarterlight_domain::reconcile::Why;
use quarterlight_report::words;
use quarterlight_store::{Decision, DoubtLine, SourceLine};

use super::ToCheck;
use super::reading;
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{Button, Field, HOSTILE, LabelSize, RadioItem, Radios};
use crate::layout::Frame;
use crate::{links, page};

/// The pairs, and a button.
#[derive(Debug, Clone)]
pub struct Form {
    pairs: Vec<Radios>,
    save: Button,
}

/// The pairs that are doubtful.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/case_lists/doubts.html")]
pub struct DoubtsPage {
    frame: Frame,
    caption: String,
    action: String,
    form: Option<Form>,
}

/// What was chosen, by the name of the pair.
pub type Chosen = BTreeMap<String, String>;

/// Shows the pairs.
///
/// # Errors
/// There is no such page for those who may not import case lists.
pub async fn get(app: App, checked: ToCheck) -> page::Result {
    let doubts = app.store.case_lists.doubts(checked.list.id).await?;
    let sources = app.store.sources.lines(checked.list.id).await?;
    let frame = checked.inner_frame("Doubtful matches");
    let action = links::doubts(checked.list.id);
    page::show(&DoubtsPage::new(frame, checked.caption(), action, &doubts, &sources))
}

/// Remembers what was chosen, and puts the list together once more.
///
/// # Errors
/// There is no such page for those who may not import case lists.
pub async fn post(app: App, checked: ToCheck, chosen: Filled<Chosen>) -> page::Result {
    let id = checked.list.id;
    let doubts = app.store.case_lists.doubts(id).await?;
    let decisions: Vec<Decision> = doubts
        .into_iter()
        .filter_map(|doubt| {
            let same = match chosen.0.get(&name(doubt.position)).map(String::as_str) {
                Some("same") => true,
                Some("different") => false,
                _ => return None,
            };
            let DoubtLine { of_workers, one, other, .. } = doubt;
            Some(Decision { of_workers, one, other, same })
        })
        .collect();
    if decisions.is_empty() || checked.list.taken_in_at.is_some() {
        return page::see_other(links::case_list(id));
    }
    let stamp = checked.visitor.stamp("settled doubtful matches");
    app.store.sources.decide(&stamp, &decisions).await?;
    let again = reading::again(&app.store, id).await?;
    let new = tokio::task::spawn_blocking(again)
        .await
        .map_err(|_| Failure::Failed("put a case list together: it broke off".to_owned()))?;
    let stamp = checked.visitor.stamp("put a case list together");
    let next = app.store.case_lists.keep_together(&stamp, &new).await?;
    page::see_other(links::case_list(next))
}

fn name(position: u32) -> String {
    format!("pair-{position}")
}

impl DoubtsPage {
    fn new(
        frame: Frame,
        caption: String,
        action: String,
        doubts: &[DoubtLine],
        sources: &[SourceLine],
    ) -> Self {
        let pairs: Vec<Radios> = doubts.iter().map(|doubt| pair(doubt, sources)).collect();
        let form = (!pairs.is_empty())
            .then(|| Form { pairs, save: Button::submit("Keep and put the list together again") });
        Self { frame, caption, action, form }
    }

    /// No pair, and hostile ones.
    pub fn samples() -> Vec<Self> {
        let doubt = |of_workers, why: &str, position| DoubtLine {
            position,
            of_workers,
            one: HOSTILE.to_owned(),
            other: "00123".to_owned(),
            why: why.to_owned(),
            one_on: vec![HOSTILE.to_owned()],
            other_on: Vec::new(),
        };
        let doubts = [doubt(false, Why::OnOneList.code(), 0), doubt(true, HOSTILE, 1)];
        [&doubts[..0], &doubts]
            .map(|doubts| {
                let frame = Frame::new("Doubtful matches");
                Self::new(frame, HOSTILE.to_owned(), "/".to_owned(), doubts, &[])
            })
            .to_vec()
    }
}

fn pair(doubt: &DoubtLine, sources: &[SourceLine]) -> Radios {
    let (question, hint) =
        if doubt.of_workers { of_workers(doubt) } else { of_records(doubt, sources) };
    let field = Field::new(name(doubt.position), question).hint(hint).size(LabelSize::Small);
    let items = vec![
        RadioItem::new("same", "They are the same"),
        RadioItem::new("different", "They are different"),
    ];
    Radios::new(field, items).inline()
}

fn of_records(doubt: &DoubtLine, sources: &[SourceLine]) -> (String, String) {
    let named = |positions: &[String]| {
        let names: Vec<String> = positions
            .iter()
            .filter_map(|at| sources.get(at.parse::<usize>().ok()?))
            .map(|source| source.name.clone())
            .collect();
        if names.is_empty() { "the list in use".to_owned() } else { words::list(&names) }
    };
    let why = Why::from_code(&doubt.why).map_or("", Why::words);
    (
        format!("Are {} and {} one record?", doubt.one, doubt.other),
        format!(
            "{} is on {}; {} is on {}. It is doubtful because {why}.",
            doubt.one,
            named(&doubt.one_on),
            doubt.other,
            named(&doubt.other_on)
        ),
    )
}

fn of_workers(doubt: &DoubtLine) -> (String, String) {
    let team = |teams: &[String]| {
        if teams.is_empty() { "no team".to_owned() } else { words::list(teams) }
    };
    let key = |key: &str| match key.strip_prefix("name ") {
        Some(_) => "one known by name only".to_owned(),
        None => format!("the one with the number {key}"),
    };
    (
        format!("Is {} one worker?", doubt.why),
        format!(
            "Two sources name {}: {}, in {}; and {}, in {}.",
            doubt.why,
            key(&doubt.one),
            team(&doubt.one_on),
            key(&doubt.other),
            team(&doubt.other_on)
        ),
    )
}
