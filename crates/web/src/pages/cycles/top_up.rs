//! Drawing more records for a cycle: the seed goes on where the draw, its swaps and top-ups ended.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::frame::Stratum;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_report::showing::what_it_shows;
use quarterlight_report::words::{self, RECORD};
use quarterlight_store::Published;
use serde::Deserialize;

use super::working::{as_count, short};
use super::{InHand, ToRun, stratum_in_words};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, Column, Content, ErrorSummary, Field, InputKind, InputWidth, LabelSize, Select,
    SelectItem, Table, TextInput, Textarea,
};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TopUpForm {
    more: String,
    /// The stratum to draw from; blank for all of them in proportion.
    stratum: String,
    words: String,
    /// How many events the sample had when the page was shown, so that a form sent twice adds once.
    seen: String,
}

/// The page for drawing more.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/top_up.html")]
pub struct TopUpPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    action: String,
    how: String,
    /// Why nothing more can be drawn.
    nothing: Option<String>,
    more: TextInput,
    stratum: Select,
    work_out: Button,
    worked: Option<Worked>,
    form: TopUpForm,
    seen: usize,
    words: Textarea,
    draw: Button,
}

/// What would come.
#[derive(Debug, Clone)]
struct Worked {
    table: Table,
    shows: Vec<String>,
}

/// What was asked for, worked out.
struct Asked {
    more: Option<BTreeMap<Stratum, usize>>,
    form: TopUpForm,
    errors: Errors,
}

/// Shows what more would be drawn.
///
/// # Errors
/// There is no such page before the draw, and for those who do not run cycles.
pub async fn get(app: App, cycle: ToRun, RawQuery(query): RawQuery) -> page::Result {
    let published = published(&app, &cycle).await?;
    let form = query.and_then(|query| serde_urlencoded::from_str::<TopUpForm>(&query).ok());
    let asked = match form {
        Some(form) => Asked::of(&published, form)?,
        None => Asked { more: None, form: TopUpForm::default(), errors: Errors::default() },
    };
    let page = TopUpPage::new(&cycle, &published, &asked)?;
    if asked.errors.is_empty() { page::show(&page) } else { page::again(&page) }
}

/// Draws more.
///
/// # Errors
/// There is no such page before the draw, and for those who do not run cycles.
pub async fn post(app: App, cycle: ToRun, Filled(form): Filled<TopUpForm>) -> page::Result {
    let published = published(&app, &cycle).await?;
    let sample = links::sample(cycle.cycle().id);
    if form.seen != published.events.len().to_string() {
        // The form came twice, or the sample has changed: it says what is so now.
        return page::see_other(sample);
    }
    let mut asked = Asked::of(&published, form)?;
    let words = asked.errors.keep("words", Reason::new(&asked.form.words));
    let (Some(more), Some(words)) = (&asked.more, words) else {
        return page::again(&TopUpPage::new(&cycle, &published, &asked)?);
    };
    let event = published.file.sample()?.top_up(cycle.visitor.today, more)?;
    let stamp = cycle.visitor.stamp("drew more records");
    let added = app.store.draws.add(&stamp, &published, &event, &words, None).await?;
    page::see_other(if added { format!("{sample}?added") } else { sample })
}

async fn published(app: &App, cycle: &InHand) -> Result<Published, Failure> {
    app.store.draws.published(cycle.cycle().id).await?.ok_or(Failure::NotFound)
}

impl Asked {
    fn of(published: &Published, form: TopUpForm) -> Result<Self, Refusal> {
        let sample = published.file.sample()?;
        let mut errors = Errors::default();
        let only = sample.left().into_keys().find(|stratum| stratum.as_str() == form.stratum);
        if only.is_none() && !form.stratum.is_empty() {
            errors.say("stratum", "Select a stratum of this draw, or all of them.");
            return Ok(Self { more: None, form, errors });
        }
        // What is no number is refused as zero is.
        let more = sample.share_of_more(form.more.trim().parse().unwrap_or(0), only.as_ref());
        Ok(Self { more: errors.keep("more", more), form, errors })
    }
}

impl TopUpPage {
    fn new(cycle: &InHand, published: &Published, asked: &Asked) -> Result<Self, Refusal> {
        let Asked { more, form, errors } = asked;
        let id = cycle.cycle().id;
        let sample = published.file.sample()?;
        let left = sample.left();
        let field = |name: &'static str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let mut items = vec![SelectItem::new("", "All of them, in proportion to what is left")];
        items.extend(left.iter().filter(|(_, left)| **left > 0).map(|(stratum, left)| {
            let name = stratum_in_words(stratum.as_str());
            SelectItem::new(stratum.as_str(), format!("{name} ({left} left)"))
        }));
        let number = field("more", "How many more records?");
        let stratum = field("stratum", "From which stratum?");
        let words = field("words", "Why are more drawn?");
        let mut summary = ErrorSummary::new().field(&number).field(&stratum);
        if more.is_some() {
            summary = summary.field(&words);
        }
        let mut frame = cycle.inner_frame("Draw more records");
        frame.breadcrumbs.push(("The sample and its changes".to_owned(), links::sample(id)));
        let count: usize = more.iter().flat_map(BTreeMap::values).sum();
        let now = sample.picks().len();
        Ok(Self {
            frame: Frame { has_errors: !summary.is_empty(), ..frame },
            caption: cycle.cycle().quarter.words(),
            errors: summary,
            action: links::top_up(id),
            how: links::draw_method(),
            nothing: left
                .values()
                .all(|left| *left == 0)
                .then(|| "Every record that could be drawn was drawn: none is left.".to_owned()),
            more: TextInput::new(number)
                .kind(InputKind::Digits)
                .width(InputWidth::Characters5)
                .value(form.more.clone()),
            stratum: Select::new(stratum, items).value(form.stratum.clone()),
            work_out: Button::submit("Work out what would come").secondary(),
            worked: more.as_ref().map(|more| Worked {
                table: table(&left, more),
                shows: what_it_shows(short(now + count), short(published.file.frame.len())),
            }),
            form: form.clone(),
            seen: published.events.len(),
            words: Textarea::new(words).value(form.words.clone()).rows(3),
            draw: Button::submit(format!("Draw {} more", words::count(as_count(count), &RECORD))),
        })
    }

    /// Nothing asked yet, worked out, and wrong throughout with hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let cycles = super::sample::cycles();
        let Some((cycle, published)) = cycles.first().zip(super::sample::published(true)) else {
            return Vec::new();
        };
        let form = |more: &str, stratum: &str| TopUpForm {
            more: more.to_owned(),
            stratum: stratum.to_owned(),
            words: HOSTILE.to_owned(),
            seen: "2".to_owned(),
        };
        let fresh = Asked { more: None, form: TopUpForm::default(), errors: Errors::default() };
        let asked = [form("12", ""), form(HOSTILE, HOSTILE)];
        let asked = asked.into_iter().flat_map(|form| Asked::of(&published, form));
        std::iter::once(fresh)
            .chain(asked)
            .flat_map(|asked| Self::new(cycle, &published, &asked))
            .collect()
    }
}

fn table(left: &BTreeMap<Stratum, usize>, more: &BTreeMap<Stratum, usize>) -> Table {
    let columns = vec![
        Column::words("Stratum"),
        Column::numbers("Never drawn"),
        Column::numbers("Would come"),
    ];
    let rows = more.iter().map(|(stratum, count)| {
        vec![
            Content::text(stratum_in_words(stratum.as_str())),
            words::whole(as_count(left.get(stratum).copied().unwrap_or(0))).into(),
            words::whole(as_count(*count)).into(),
        ]
    });
    Table::new("what-would-come", "What would come", columns).rows(rows.collect())
}
