//! Opening the database that the settings name.

use quarterlight_domain::id::PlaceId;
use quarterlight_domain::place::{Place, PlaceKind};
use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{Durability, Settings, Store};

use crate::config::Config;
use crate::ending::wrong;
use crate::system;

/// Opens the database, whatever its schema.
pub async fn open_as_it_is(config: &Config) -> anyhow::Result<Store> {
    let settings = Settings {
        address: config.database.clone(),
        durability: Durability::Full,
        chance: system::chance,
    };
    Ok(Store::open(&settings).await?)
}

/// Opens the database, whose schema must be this program's.
pub async fn open(config: &Config) -> anyhow::Result<Store> {
    let store = open_as_it_is(config).await?;
    match store.steps_behind().await? {
        0 => Ok(store),
        _ => wrong("The database’s schema is not up to date. Run `quarterlight migrate` first."),
    }
}

/// The stamp of something done at this command line.
pub fn stamp(why: &str) -> Stamp {
    Stamp::console(system::clock(), why)
}

/// The authority's name, as the pages show it.
pub async fn authority(store: &Store) -> anyhow::Result<String> {
    let places = store.places.all().await?;
    let authority = places.iter().find(|place| place.kind == PlaceKind::Authority);
    Ok(authority.map_or_else(String::new, |place| place.name.clone()))
}

/// The place of this name, which must be the only one; without a name, the authority.
pub fn place(places: &[Place], name: Option<&str>) -> anyhow::Result<PlaceId> {
    let named: Vec<&Place> = places
        .iter()
        .filter(|place| match name {
            Some(name) => place.name.eq_ignore_ascii_case(name),
            None => place.kind == PlaceKind::Authority,
        })
        .collect();
    match (named.as_slice(), name) {
        ([one], _) => Ok(one.id),
        ([], Some(name)) => {
            wrong(format!("There is no place “{name}”. `quarterlight place list` lists them."))
        }
        ([], None) => {
            wrong("Add the authority first: quarterlight place add --kind authority --name NAME")
        }
        (_, name) => {
            wrong(format!("More than one place is called “{}”.", name.unwrap_or_default()))
        }
    }
}
