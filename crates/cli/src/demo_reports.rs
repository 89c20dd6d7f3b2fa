//! The borough's past quarters and its programme go to members by the same steps as anywhere, and one
//! is corrected.

use anyhow::Context;
use jiff::civil::{Date, time};
use jiff::{Timestamp, ToSpan};
use quarterlight_borough::Cast;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::release::about::About;
use quarterlight_domain::release::ground::Ground;
use quarterlight_domain::release::passage::{Part, Place};
use quarterlight_domain::release::{NewSteps, Prepared};
use quarterlight_domain::stamp::{Stamp, moment_in_england};
use quarterlight_domain::text::Reason;
use quarterlight_store::Store;
use quarterlight_web::preparing::{self, Opened};

use crate::releasing::said;

/// Releases the reports of the two quarters before the one under way, on the last day before today,
/// a correction of the latest, and the programme of the year.
pub async fn release(store: &Store, cast: &Cast, today: Date) -> anyhow::Result<()> {
    let person = |name| cast.person(name).map(|it| it.id).context("find somebody of the borough");
    let officers = [person("amara.osei")?, person("catherine.bello")?, person("bernard.quill")?];
    let past = cast.quarters.iter().rev().skip(1).take(2).rev();
    let mut at = moment_in_england(today.saturating_sub(1.day()).to_datetime(time(19, 30, 0, 0)));
    let mut last = None;
    for quarter in past {
        at = one(store, (*quarter).into(), officers, at, None).await?;
        last = Some(*quarter);
    }
    if let Some(quarter) = last {
        let why = "The first sentence said of the report what is true of its tables alone. No figure \
                   has changed.";
        at = one(store, quarter.into(), officers, at, Some(why)).await?;
    }
    let year = Quarter::of(today).year();
    one(store, About::Year(year), officers, at, None).await?;
    Ok(())
}

/// One report from its build to its release. Gives the moment after.
async fn one(
    store: &Store,
    about: About,
    [lead, director, clerk]: [PersonId; 3],
    mut at: Timestamp,
    changed: Option<&str>,
) -> anyhow::Result<Timestamp> {
    let mut next = |who: PersonId, why: &str| {
        at = at.saturating_add(3.minutes()).unwrap_or(at);
        Stamp::person(who, at, why)
    };
    let why = changed.map(words).transpose()?;
    let stamp = next(lead, "built a report");
    let id = said(preparing::build(store, 5, &stamp, about, why).await)?;
    let open = || async {
        let built = store.releases.get(id).await?.context("find the report that was built")?;
        said(Opened::of(built))
    };
    let report = open().await?;
    let passages = &report.passages;
    // Where it cannot be made public, Part II goes alone, as anywhere.
    let is_public = report.part_one.is_some();
    if changed.is_some() && is_public {
        let place = Place { part: Part::One, anchor: "paragraph-1-1".to_owned() };
        let now = "This report tells the public what audits of children’s records found, and what is \
                   being done about it. It is about all services.";
        let steps = report.built.prepared.edit(&place, words(now)?, passages);
        keep(store, &next(lead, "edited a sentence of a report"), steps).await?;
    }
    let places: Vec<Place> = passages.iter().map(|it| it.place.clone()).collect();
    let prepared = |report: Opened| -> Prepared { report.built.prepared };
    let steps = prepared(open().await?).accept(&places, passages);
    keep(store, &next(lead, "accepted sentences of a report"), steps).await?;
    if is_public {
        let found = words("Read whole. Nobody is named, and no row speaks of one child.")?;
        let steps = prepared(open().await?).clear(found, passages);
        keep(store, &next(lead, "cleared the leak check of a report"), steps).await?;
    }
    let interest = words("Small numbers in Part II could show the public who a child is.")?;
    let steps = prepared(open().await?).choose(Ground::Identity, interest);
    keep(store, &next(lead, "chose the ground of a report"), steps).await?;
    let steps = prepared(open().await?).approve(director, passages);
    keep(store, &next(director, "approved a report"), steps).await?;
    let stamp = next(clerk, "released a report");
    said(preparing::release(store, &stamp, clerk, &open().await?).await)?;
    Ok(at)
}

fn words(text: &str) -> anyhow::Result<Reason> {
    Ok(Reason::new(text)?)
}

async fn keep(
    store: &Store,
    stamp: &Stamp,
    steps: Result<NewSteps, Refusal>,
) -> anyhow::Result<()> {
    anyhow::ensure!(store.releases.steps(stamp, &steps?).await?, "keep a step of a report");
    Ok(())
}
