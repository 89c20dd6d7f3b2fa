//! `person`: somebody who may sign in.

use std::io::{BufRead, stdin};

use quarterlight_domain::person::Grant;
use quarterlight_store::NewPerson;
use quarterlight_web::password;
use quarterlight_web::sign_in::screen::{Whose, screen};

use crate::arguments::Person;
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::{sign_in, system};

/// Runs the command.
pub async fn run(command: &Person, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    let (name, email, roles, password_stdin) = match command {
        Person::Add { name, email, roles, password_stdin } => (name, email, roles, password_stdin),
        Person::Reset { email } => return sign_in::reset(&store, email).await,
        Person::Confidentiality { file, from } => {
            return sign_in::keep_confidentiality(&store, file, *from).await;
        }
    };
    let places = store.places.all().await?;
    let stamp = stamp("added a person");
    let mut grants = Vec::new();
    for held in roles {
        let place = database::place(&places, held.place.as_deref())?;
        grants.push(Grant { role: held.role, place, from: stamp.day(), until: None });
    }
    let (password, made) = if *password_stdin {
        let mut line = String::new();
        stdin().lock().read_line(&mut line)?;
        (line.trim_end_matches(['\r', '\n']).to_owned(), false)
    } else {
        (system::word(), true)
    };
    let authority = database::authority(&store).await?;
    screen(&password, Whose { name, email, authority: &authority })?;
    let hash = password::hash(&password, system::chance())?;
    let new = NewPerson { name: name.clone(), email: email.clone(), password: Some(hash), grants };
    match store.people.add(&stamp, &new).await {
        Ok(_) => {
            println!("Added {name}, who signs in as {email}.");
            if made {
                println!("Password: {password}");
            }
            Ok(())
        }
        Err(fault) if fault.is_duplicate() => {
            wrong(format!("Somebody signs in as {email} already."))
        }
        Err(fault) => Err(fault.into()),
    }
}
