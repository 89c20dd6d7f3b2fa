//! `place`: the parts of the authority.

use quarterlight_domain::place::PlaceKind;

use crate::arguments::Place;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;

/// Runs the command.
pub async fn run(command: &Place, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    let places = store.places.all().await?;
    match command {
        Place::List => {
            for place in &places {
                println!("{:<12} {}", place.kind.code(), place.name);
            }
            Ok(())
        }
        Place::Add { kind, name, inside } => {
            let parent = if *kind == PlaceKind::Authority {
                None
            } else {
                Some(database::place(&places, inside.as_deref())?)
            };
            match store.places.add(&stamp("added a place"), parent, *kind, name).await {
                Ok(_) => {
                    println!("Added the {} {name}.", kind.code());
                    Ok(())
                }
                Err(fault) if fault.is_duplicate() => {
                    wrong(format!("There is a {} called “{name}” already.", kind.code()))
                }
                Err(fault) => Err(fault.into()),
            }
        }
    }
}
