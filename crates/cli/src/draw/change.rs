//! What is said of a sample by name: a record excluded before its draw, swaps and top-ups after it.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::draw_event::{DrawEvent, SwapReason};
use quarterlight_domain::frame::Stratum;
use quarterlight_domain::id::CycleId;
use quarterlight_domain::independence::Independent;
use quarterlight_domain::text::Reason;
use quarterlight_store::{Published, Store};
use quarterlight_web::pages::cycles::swapping::possible;

use crate::database::stamp;
use crate::ending::wrong;

/// Excludes an open record from the draw of a quarter whose cycle is open.
pub async fn exclude(
    store: &Store,
    (quarter, reference): (Quarter, &Reference),
    (reason, words): (SwapReason, &str),
) -> anyhow::Result<()> {
    let words = Reason::new(words)?;
    let Some(progress) = store.cycles.of_quarter(quarter).await? else {
        return wrong(format!("The cycle of {quarter} is not open. Open it on its page first."));
    };
    let Some(record) = store.records.by_reference(reference).await? else {
        return wrong(format!("No open record has the reference {reference}."));
    };
    let which = (progress.cycle.id, record.id);
    let stamp = stamp("excluded a record from a draw");
    if store.exclusions.exclude(&stamp, which, (reason, &words)).await? {
        println!("{reference} is excluded from the draw of {quarter}: {}.", reason.words());
        return Ok(());
    }
    wrong(format!(
        "{reference} was not excluded: it is excluded already, or the sample of {quarter} is drawn."
    ))
}

/// Takes an exclusion back, so that the record can be drawn.
pub async fn include(
    store: &Store,
    (quarter, reference): (Quarter, &Reference),
    words: &str,
) -> anyhow::Result<()> {
    let words = Reason::new(words)?;
    let none = || wrong(format!("{reference} is not excluded from the draw of {quarter}."));
    let Some(progress) = store.cycles.of_quarter(quarter).await? else { return none() };
    let cycle = progress.cycle.id;
    let lines = store.exclusions.of_cycle(cycle).await?;
    let standing = lines.iter().find(|it| it.reference == *reference && it.ended.is_none());
    let Some(line) = standing else { return none() };
    let stamp = stamp("took an exclusion back");
    if store.exclusions.end(&stamp, (cycle, line.id), &words).await? {
        println!("{reference} can be drawn in {quarter} again.");
        return Ok(());
    }
    wrong(format!("The sample of {quarter} is drawn, so {reference} stays excluded from it."))
}

/// Swaps a record of a quarter's sample for the next of its stratum.
pub async fn swap(
    store: &Store,
    (quarter, reference): (Quarter, &Reference),
    (reason, words): (SwapReason, &str),
) -> anyhow::Result<()> {
    let words = Reason::new(words)?;
    let (cycle, published) = published(store, quarter).await?;
    let picks = store.draws.picks(cycle).await?;
    let pick = picks.iter().find(|pick| !pick.reserve && pick.reference == *reference);
    let Some(pick) = pick else {
        return wrong(format!("{reference} is not in the sample of {quarter}."));
    };
    let stamp = stamp("swapped a record");
    let possible = possible(store, (cycle, stamp.day()), pick, &published).await??;
    let event = published.file.sample()?.swap(stamp.day(), reason, reference)?;
    let auditor = possible.auditor.as_ref().map(|(independent, _)| independent);
    keep(store, &published, (&event, &words), auditor).await?;
    for taken in event.taken() {
        println!(
            "{reference} is swapped for {}, rank {} of {}.",
            taken.reference,
            taken.rank,
            taken.stratum.as_str()
        );
    }
    Ok(())
}

/// Draws more records for a quarter, from one stratum or from all in proportion.
pub async fn top_up(
    store: &Store,
    quarter: Quarter,
    (more, stratum): (usize, Option<&Stratum>),
    words: &str,
) -> anyhow::Result<()> {
    let words = Reason::new(words)?;
    let (_, published) = published(store, quarter).await?;
    let mut sample = published.file.sample()?;
    let shares = sample.share_of_more(more, stratum)?;
    let stamp = stamp("drew more records");
    let event = sample.top_up(stamp.day(), &shares)?;
    keep(store, &published, (&event, &words), None).await?;
    for taken in event.taken() {
        println!("Added {}, rank {} of {}.", taken.reference, taken.rank, taken.stratum.as_str());
    }
    Ok(())
}

async fn published(store: &Store, quarter: Quarter) -> anyhow::Result<(CycleId, Published)> {
    if let Some(progress) = store.cycles.of_quarter(quarter).await?
        && let Some(published) = store.draws.published(progress.cycle.id).await?
    {
        return Ok((progress.cycle.id, published));
    }
    wrong(format!("No sample has been drawn for {quarter}."))
}

async fn keep(
    store: &Store,
    published: &Published,
    (event, words): (&DrawEvent, &Reason),
    auditor: Option<&Independent>,
) -> anyhow::Result<()> {
    let stamp = stamp(if event.out().is_some() { "swapped a record" } else { "drew more records" });
    if store.draws.add(&stamp, published, event, words, auditor).await? {
        return Ok(());
    }
    wrong(
        "The sample has just changed, or its cycle is closed. Nothing was done: look at it again.",
    )
}
