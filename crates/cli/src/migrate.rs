//! `migrate`: brings the schema up to date, and adopts the default framework, the rules about time
//! and the filing protocol if there are none.

use std::time::Duration;

use jiff::SignedDuration;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;
use quarterlight_import::{bank_holidays, filing_protocol, framework, indicators, timescales};
use quarterlight_store::{NewProtocol, Store};

use crate::arguments::Migrate;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::sign_in;
use crate::{system, upgrade};

/// Runs the command.
pub async fn run(command: &Migrate, config: &Config) -> anyhow::Result<()> {
    let store = database::open_as_it_is(config).await?;
    if let Some(copy) = upgrade::copied(&store, command, config).await? {
        println!("A copy was made first, and checked: {}", copy.display());
    }
    match store.migrate().await? {
        0 => println!("The schema is up to date."),
        1 => println!("The schema is up to date: 1 step was taken."),
        steps => println!("The schema is up to date: {steps} steps were taken."),
    }
    // Of several that begin at once, one adopts; the others wait, and find it done.
    let holder = system::word();
    while !its_turn(&store, &holder).await? {
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let adopted = adopt(&store).await;
    store.leases.give_back("migrate", &holder, system::clock()).await?;
    adopted
}

async fn its_turn(store: &Store, holder: &str) -> anyhow::Result<bool> {
    let now = system::clock();
    let until = now.checked_add(SignedDuration::from_mins(1))?;
    Ok(store.leases.take("migrate", holder, (now, until)).await?)
}

/// Adopts and keeps what comes with the program, where there is none.
async fn adopt(store: &Store) -> anyhow::Result<()> {
    if adopt_default(store, &stamp("adopted the default framework")).await? {
        println!("The default framework was adopted as edition 1, in force from today.");
    }
    if keep_default_rules(store, &stamp("kept the rules about time that come with the program"))
        .await?
    {
        println!("England’s rules about time were kept: compare them with your own procedures.");
    }
    if keep_default_indicators(store, &stamp("kept the indicators that come with the program"))
        .await?
    {
        println!("A set of indicators was kept: set targets of your own.");
    }
    if keep_default_protocol(store, &stamp("kept the filing protocol that comes with the program"))
        .await?
    {
        println!("A filing protocol was kept: compare it with your own procedures.");
    }
    if sign_in::keep_default_confidentiality(store).await? {
        println!(
            "A confidentiality page was kept: read it, and give your own where it should differ."
        );
    }
    Ok(())
}

/// Keeps the filing protocol that comes with the program, where there is none, so that it holds for
/// what was filed before. True if it did.
pub async fn keep_default_protocol(store: &Store, stamp: &Stamp) -> anyhow::Result<bool> {
    if !store.filing.protocols().await?.is_empty() {
        return Ok(false);
    }
    let (first_year, _) = bank_holidays::england()?.years();
    let from = jiff::civil::date(first_year, 1, 1);
    let protocol = filing_protocol::from_toml(filing_protocol::default_toml(), Some(from))?;
    let new = NewProtocol { protocol, why: Reason::new(&stamp.why)? };
    Ok(store.filing.keep_protocol(stamp, &new).await?)
}

/// Keeps the rules about time that come with the program, where there are none, so that they hold
/// for every day whose bank holidays are kept: a case list is older than the day on which its rules
/// were kept. True if it did.
pub async fn keep_default_rules(store: &Store, stamp: &Stamp) -> anyhow::Result<bool> {
    if store.timescales.in_force_on(stamp.day()).await?.is_some() {
        return Ok(false);
    }
    let file = timescales::england_toml();
    let (first_year, _) = bank_holidays::england()?.years();
    let from = jiff::civil::date(first_year, 1, 1);
    store.timescales.keep(stamp, &timescales::from_toml(file)?, file, from).await?;
    Ok(true)
}

/// Keeps the indicators that come with the program, where there are none, so that they hold for every
/// day that the rules about time hold for. True if it did.
pub async fn keep_default_indicators(store: &Store, stamp: &Stamp) -> anyhow::Result<bool> {
    if store.indicators.in_force_on(stamp.day()).await?.is_some() {
        return Ok(false);
    }
    let file = indicators::default_toml();
    let (first_year, _) = bank_holidays::england()?.years();
    let from = jiff::civil::date(first_year, 1, 1);
    store.indicators.keep(stamp, &indicators::from_toml(file)?, file, from).await?;
    Ok(true)
}

/// Adopts the framework that comes with the program, where there is none. True if it did.
pub async fn adopt_default(store: &Store, stamp: &Stamp) -> anyhow::Result<bool> {
    let today = stamp.day();
    if store.frameworks.in_force_on(today).await?.is_some() {
        return Ok(false);
    }
    let (contents, origins) = framework::from_toml_with_origins(framework::default_toml())?;
    store.frameworks.adopt(stamp, (&contents, &origins), 1, None, today).await?;
    Ok(true)
}
