//! `indicators`: how each indicator stands in a quarter, and a new set of them into the database.

use std::path::Path;

use anyhow::{Context, anyhow};
use jiff::civil::Date;
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::framework::AgreedEdition;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::indicator::series::Series;
use quarterlight_report::indicators::{chart, sentence};
use quarterlight_store::Store;
use quarterlight_web::indicators::IndicatorsInForce;
use serde_json::{Value, json};

use crate::arguments::Indicators;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::read_apart;

/// Runs the command.
pub async fn run(command: &Indicators, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    if let (Some(file), Some(from)) = (&command.import, command.from) {
        return keep(&store, config, (file.as_path(), from)).await;
    }
    show(&store, command).await
}

/// The indicators as they hold on a day, counted up to a quarter.
pub async fn until(
    store: &Store,
    quarter: Quarter,
    edition: &AgreedEdition,
    day: Date,
) -> anyhow::Result<Option<IndicatorsInForce>> {
    let held = IndicatorsInForce::until(store, quarter, edition, day).await;
    held.map_err(|failure| anyhow!("count the indicators: {failure:?}"))
}

async fn show(store: &Store, command: &Indicators) -> anyhow::Result<()> {
    let cycles = store.cycles.all().await?;
    let named = |quarter| command.quarter.is_none_or(|named| named == quarter);
    let latest = cycles.iter().map(|it| &it.cycle).filter(|it| named(it.quarter));
    let Some(cycle) = latest.max_by_key(|it| it.quarter) else {
        return wrong("There is no cycle for that quarter, so nothing can be counted.");
    };
    let service = match &command.service {
        None => None,
        Some(name) => {
            let services = store.figures.services().await?;
            let found = services.iter().find(|(_, it)| it.eq_ignore_ascii_case(name));
            match found {
                Some((id, _)) => Some(*id),
                None => return wrong(format!("There is no service “{name}”.")),
            }
        }
    };
    let edition = store.frameworks.edition(cycle.edition).await?;
    let edition = edition.context("find the edition of the cycle")?;
    let Some(held) = until(store, cycle.quarter, &edition, stamp("").day()).await? else {
        return wrong("No set of indicators is kept. Keep the one that comes with migrate.");
    };
    if command.json {
        let all = held.series.iter().map(|it| as_json(it, service)).collect::<Vec<_>>();
        let whole = json!({
            "quarter": cycle.quarter.to_string(), "set": held.set.name(), "indicators": all,
        });
        println!("{}", serde_json::to_string_pretty(&whole)?);
        return Ok(());
    }
    println!("{}, {}\n", held.set.name(), cycle.quarter.words());
    for series in &held.series {
        println!("{}", sentence(series, service));
        println!("  {}", chart(series, service).said);
    }
    Ok(())
}

fn as_json(series: &Series, service: Option<PlaceId>) -> Value {
    let it = &series.held.indicator;
    let points = series.points.iter().map(|point| {
        let counted = point.counted(service);
        json!({
            "quarter": point.quarter.to_string(), "count": counted.count, "of": counted.of,
            "cannot_be_told": counted.untold,
        })
    });
    json!({
        "code": it.code.as_str(), "name": it.name, "numerator": it.numerator,
        "denominator": it.denominator, "source": it.source,
        "target_percent": it.target.as_ref().map(|target| target.percent),
        "standards": it.standards.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "quarters": points.collect::<Vec<_>>(), "said": chart(series, service).said,
    })
}

async fn keep(store: &Store, config: &Config, (file, from): (&Path, Date)) -> anyhow::Result<()> {
    let (set, text) = read_apart::read(config, read_apart::Indicators, file).await??;
    let stamp = stamp("imported a set of indicators");
    match store.indicators.keep(&stamp, &set, &text, from).await {
        Err(fault) if fault.is_duplicate() => {
            return wrong("A set of this name and date is kept already, and never changes.");
        }
        kept => kept?,
    };
    println!("{}: {} indicators, from {}.", set.name(), set.indicators().len(), day_in_words(from));
    Ok(())
}
