//! Swapping a drawn record that cannot be audited for the next of its stratum, with a reason.

use askama::Template;
use axum::extract::Path;
use quarterlight_domain::draw::Pick;
use quarterlight_domain::draw_event::SwapReason;
use quarterlight_domain::id::{CycleId, RecordId};
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::text::Reason;
use quarterlight_store::{PickLine, Published};
use serde::Deserialize;

use super::swapping::{Possible, possible};
use super::{InHand, ToRun, stratum_in_words};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, LabelSize, RadioItem, Radios, Textarea};
use crate::layout::Frame;
use crate::restricted::Restricted;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SwapForm {
    reason: String,
    words: String,
}

/// The page for swapping a record.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/cycles/swap.html")]
pub struct SwapPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    sample: String,
    /// Why it cannot be swapped.
    blocked: Option<String>,
    asked: Option<Asked>,
}

/// What is asked before a swap.
#[derive(Debug, Clone)]
struct Asked {
    action: String,
    comes: String,
    passes: Option<String>,
    reason: Radios,
    words: Textarea,
    swap: Button,
}

/// A record of the sample, and what can be done with it.
#[derive(Debug, Clone)]
pub struct Case {
    pick: PickLine,
    published: Published,
    possible: Result<Possible, Refusal>,
    restricted: Restricted,
}

/// Shows what would come in place of a record.
///
/// # Errors
/// There is no such page for a record that is not in the sample, nor for those who do not run cycles.
pub async fn get(
    app: App,
    cycle: ToRun,
    Path((_, record)): Path<(CycleIdText, String)>,
) -> page::Result {
    let case = Case::find(&app, &cycle, &record).await?.ok_or(Failure::NotFound)?;
    page::show(&SwapPage::new(&cycle, &case, &SwapForm::default(), &Errors::default()))
}

/// The cycle of the URL, which [`ToRun`] has read already.
type CycleIdText = String;

/// Swaps it.
///
/// # Errors
/// There is no such page for a record that was never in the sample, nor for those who do not run cycles.
pub async fn post(
    app: App,
    cycle: ToRun,
    Path((_, record)): Path<(CycleIdText, String)>,
    Filled(form): Filled<SwapForm>,
) -> page::Result {
    let sample = links::sample(cycle.cycle().id);
    // The form came twice, or somebody else was quicker: the sample says what is so now.
    let Some(case) = Case::find(&app, &cycle, &record).await? else {
        return page::see_other(sample);
    };
    let mut errors = Errors::default();
    let reason = SwapReason::from_code(&form.reason)
        .ok_or_else(|| Refusal::because("Select why the record cannot be audited."));
    let reason = errors.keep("reason", reason);
    let words = errors.keep("words", Reason::new(&form.words));
    let (Ok(possible), Some(reason), Some(words)) = (&case.possible, reason, words) else {
        return page::again(&SwapPage::new(&cycle, &case, &form, &errors));
    };
    let mut kept = case.published.file.sample()?;
    let event = kept.swap(possible.event.on, reason, &case.pick.reference)?;
    let auditor = possible.auditor.as_ref().map(|(independent, _)| independent);
    let stamp = cycle.visitor.stamp("swapped a record");
    if app.store.draws.add(&stamp, &case.published, &event, &words, auditor).await? {
        return page::see_other(format!("{sample}?swapped"));
    }
    let again = Case::find(&app, &cycle, &record).await?;
    let Some(again) = again else { return page::see_other(sample) };
    page::again(&SwapPage::new(&cycle, &again, &form, &errors).changed())
}

impl Case {
    /// The record in the sample as it stands; none where it is not in it.
    async fn find(app: &App, cycle: &InHand, record: &str) -> Result<Option<Self>, Failure> {
        let record: RecordId = record.parse().map_err(|_| Failure::NotFound)?;
        let id: CycleId = cycle.cycle().id;
        let published = app.store.draws.published(id).await?.ok_or(Failure::NotFound)?;
        let picks = app.store.draws.picks(id).await?;
        let pick = picks.into_iter().find(|pick| !pick.reserve && pick.record == record);
        let Some(pick) = pick else { return Ok(None) };
        let mut possible =
            possible(&app.store, (id, cycle.visitor.today), &pick, &published).await?;
        let restricted = Restricted::today(app, &cycle.visitor).await?;
        if possible.is_err() && restricted.hides(&pick.reference) {
            let sentence = "It cannot be swapped. Why is not shown, because it is restricted.";
            possible = Err(Refusal::because(sentence));
        }
        Ok(Some(Self { pick, published, possible, restricted }))
    }
}

impl SwapPage {
    fn new(cycle: &InHand, case: &Case, form: &SwapForm, errors: &Errors) -> Self {
        let id = cycle.cycle().id;
        let asked = case.possible.as_ref().ok().map(|possible| {
            Asked::new(links::swap(id, case.pick.record), case, possible, form, errors)
        });
        let mut summary = ErrorSummary::new();
        if let Some(asked) = &asked {
            summary = summary.field(&asked.reason.field).field(&asked.words.field);
        }
        let mut frame = cycle.inner_frame(format!("Swap {}", case.pick.reference));
        frame.breadcrumbs.push(("The sample and its changes".to_owned(), links::sample(id)));
        Self {
            frame: Frame { has_errors: !summary.is_empty(), ..frame },
            caption: cycle.cycle().quarter.words(),
            errors: summary,
            sample: links::sample(id),
            blocked: case.possible.as_ref().err().map(|refusal| refusal.sentence().to_owned()),
            asked,
        }
    }

    /// The same page where somebody was quicker.
    fn changed(mut self) -> Self {
        self.frame.has_errors = true;
        self.errors = self.errors.sentence(
            "The sample has changed since you opened this page, so nothing was swapped. Read it \
             as it stands now, and swap it then",
        );
        self
    }

    /// One that can be swapped, one with an auditor and errors, one that cannot, and hostile words.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let mut samples = Vec::new();
        let cycles = super::sample::cycles();
        let Some((cycle, published)) = cycles.first().zip(super::sample::published(true)) else {
            return samples;
        };
        let Some(pick) = super::sample::picks(true).into_iter().next() else { return samples };
        let Some(event) = published.file.events.first().cloned() else { return samples };
        let ready = Possible { event, auditor: None };
        let restricted = Restricted::default();
        let case = |possible| {
            let (pick, published) = (pick.clone(), published.clone());
            Case { pick, published, possible, restricted: restricted.clone() }
        };
        let form = SwapForm { reason: "held".to_owned(), words: HOSTILE.to_owned() };
        let mut errors = Errors::default();
        errors.say("reason", HOSTILE);
        errors.say("words", HOSTILE);
        let fine = Errors::default();
        samples.push(Self::new(cycle, &case(Ok(ready.clone())), &SwapForm::default(), &fine));
        samples.push(Self::new(cycle, &case(Ok(ready)), &form, &errors).changed());
        let refused = Err(Refusal::because(HOSTILE));
        samples.push(Self::new(cycle, &case(refused), &form, &fine));
        samples
    }
}

impl Asked {
    fn new(
        action: String,
        case: &Case,
        possible: &Possible,
        form: &SwapForm,
        errors: &Errors,
    ) -> Self {
        let (pick, event) = (&case.pick, &possible.event);
        let comes = event.taken().first();
        let name = comes.map_or_else(String::new, |it| it.reference.to_string());
        let reason = Field::new("reason", format!("Why can {} not be audited?", pick.reference))
            .size(LabelSize::Medium)
            .hint(
                "A record that cannot be found, or is in disorder, is not swapped: to find that \
                 out is what an audit is for.",
            )
            .error(errors.at("reason"));
        let words = Field::new("words", "What happened?")
            .size(LabelSize::Small)
            .hint("Name no child. The reason is published with the draw; these words are not.")
            .error(errors.at("words"));
        let items = SwapReason::ALL.map(|reason| RadioItem::new(reason.code(), reason.words()));
        let chosen = (!form.reason.is_empty()).then(|| form.reason.clone());
        Self {
            action,
            comes: comes.map_or_else(String::new, |it| comes_in_words(it, &case.restricted)),
            passes: possible.auditor.as_ref().map(|(_, auditor)| {
                format!(
                    "{auditor} was to audit {}, and is to audit {name} instead.",
                    pick.reference
                )
            }),
            reason: Radios::new(reason, items.into()).value(chosen),
            words: Textarea::new(words).value(form.words.clone()).rows(4),
            swap: Button::submit(format!("Swap {} for {name}", pick.reference)),
        }
    }
}

fn comes_in_words(pick: &Pick, restricted: &Restricted) -> String {
    format!(
        "{} takes its place. It is rank {} of {}: the next in the order that the seed gave, and \
         nobody can choose another.",
        pick.reference,
        pick.rank,
        restricted.or(&pick.reference, || stratum_in_words(pick.stratum.as_str()))
    )
}
