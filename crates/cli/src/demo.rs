//! `demo`: Quarterlight with a fictional borough.

use std::path::Path;

use quarterlight_borough::Cast;
use quarterlight_domain::stamp::day_in_england;
use quarterlight_import::{bank_holidays, framework, timescales};
use quarterlight_store::{Durability, LogKey, Settings, Store};
use quarterlight_web::app::Public;
use quarterlight_web::password;
use quarterlight_web::sign_in::SignIn;

use crate::arguments::Demo;
use crate::config::Config;
use crate::ending::wrong;
use crate::serve::{self, Door};
use crate::{concerns, database, demo_reports, migrate, outside, progress, sign_in, system};

/// Everybody in the borough signs in with this. It guards nothing: every record there is invented.
const PASSWORD: &str = "borough of larkmoor";

/// A number that is kept for stories, and never rings anywhere.
const DUTY: &str =
    "The duty manager: 01632 960 001. Out of hours, the emergency duty team: 01632 960 002.";

/// Runs the command until it is told to stop.
pub async fn run(demo: &Demo, config: &Config) -> anyhow::Result<()> {
    let listener = serve::listen(&demo.listen).await?;
    let folder = tempfile::tempdir()?;
    let file = demo.keep.clone().unwrap_or_else(|| folder.path().join("borough.sqlite"));
    if file.exists() {
        return wrong(format!("{} is there already, and is left as it is.", file.display()));
    }
    if let Some(today) = demo.today {
        system::pretend(today);
    }
    let cast = build(&file).await?;
    let store = open(&file, Durability::Full).await?;
    let duty = DUTY.to_owned();
    let door = Door {
        demonstration: true,
        plain_http: true,
        duty,
        mails: false,
        public: Public { small_counts: 5, reports: true },
        // A key of the moment: what it signs is worth as much as the borough's records.
        log: LogKey::from_seed("larkmoor.example/journal", &system::chance()).ok(),
        sign_in: SignIn::for_invented(system::chance()),
        outside: outside::of_demonstration(config, &file),
    };
    let times = door.sign_in.times;
    let app = serve::app(&store, door).await?;
    introduce(&listener.local_addr()?.to_string(), &cast);
    let sweep = tokio::spawn(sign_in::watch(store.clone(), None, times));
    let watch = tokio::spawn(concerns::watch(store.clone(), None));
    serve::until_stopped(listener, app).await?;
    watch.abort();
    sweep.abort();
    Ok(store.close().await?)
}

async fn build(file: &Path) -> anyhow::Result<Cast> {
    let store = open(file, Durability::Throwaway).await?;
    store.migrate().await?;
    let (contents, origins) = framework::from_toml_with_origins(framework::default_toml())?;
    let today = day_in_england(system::clock());
    let hash = password::hash(PASSWORD, system::chance())?;
    let bar = progress::bar(100, "Making the borough");
    let report = |done: u64, of: u64, _: &str| {
        bar.set_length(of);
        bar.set_position(done);
    };
    let rules = timescales::from_toml(timescales::england_toml())?;
    let (framework, rules) = ((&contents, &origins), (&rules, &bank_holidays::england()?));
    let cast = quarterlight_borough::build(&store, framework, rules, today, &hash, &report).await?;
    bar.finish_and_clear();
    let why = "kept the rules about time that come with the program";
    migrate::keep_default_rules(&store, &database::stamp(why)).await?;
    let why = "kept the indicators that come with the program";
    migrate::keep_default_indicators(&store, &database::stamp(why)).await?;
    demo_reports::release(&store, &cast, today).await?;
    store.close().await?;
    Ok(cast)
}

async fn open(file: &Path, durability: Durability) -> anyhow::Result<Store> {
    let address = format!("sqlite:{}", file.display());
    Ok(Store::open(&Settings { address, durability, chance: system::chance }).await?)
}

fn introduce(address: &str, cast: &Cast) {
    println!("\nQuarterlight is open at http://{address}\n");
    println!(
        "The borough of Larkmoor is invented, and so is everybody in it. Sign in as any of them;"
    );
    println!("the password is always: {PASSWORD}\n");
    for person in &cast.people {
        println!("  {:<38} {}", person.email, person.purpose);
    }
    println!("\nPress Ctrl+C to stop. Nothing is kept unless you gave --keep FILE.");
}
