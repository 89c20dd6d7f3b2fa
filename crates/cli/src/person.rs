//! `person`: somebody who may sign in.

use quarterlight_domain::access::grant::NewGrant;
use quarterlight_domain::id::GrantId;
use quarterlight_domain::person::Grant;
use quarterlight_domain::text::Reason;
use quarterlight_store::{NewPerson, Store};

use crate::arguments::{EndGrant, GiveGrant, Person, RoleOver};
use crate::config::Config;
use crate::database::{self, stamp};
use crate::ending::wrong;
use crate::sign_in;

/// Runs the command.
pub async fn run(command: &Person, config: &Config) -> anyhow::Result<()> {
    let store = database::open(config).await?;
    match command {
        Person::Add { name, email, roles } => add(&store, (name, email), roles).await,
        Person::List => list(&store).await,
        Person::Grant(given) => give(&store, given).await,
        Person::End(ended) => end(&store, ended).await,
        Person::Reset { email } => sign_in::reset(&store, email).await,
        Person::EndFactors(it) => sign_in::end_factors(&store, &it.email, &it.why).await,
        Person::Confidentiality { file, from } => {
            sign_in::keep_confidentiality(&store, file, *from).await
        }
    }
}

async fn list(store: &Store) -> anyhow::Result<()> {
    let today = stamp("").day();
    let grants = store.grants.all().await?;
    let people = store.people.all().await?;
    for line in &people {
        println!("{}  {}", line.person.name, line.email);
        for it in grants.iter().filter(|it| it.person == line.person.id) {
            let until = it.grant.until.map_or(String::new(), |until| format!(" until {until}"));
            let (role, from) = (it.grant.role.code(), it.grant.from);
            let standing = it.standing(today).words().to_lowercase();
            println!("  {}  {role} over {} from {from}{until}: {standing}", it.id, it.place);
        }
    }
    println!("{} people.", people.len());
    Ok(())
}

async fn give(store: &Store, given: &GiveGrant) -> anyhow::Result<()> {
    let Some(person) = store.people.by_email(&given.email).await? else {
        return wrong(format!("Nobody signs in as {}.", given.email));
    };
    let places = store.places.all().await?;
    let place = database::place(&places, given.role.place.as_deref())?;
    let stamp = stamp("gave a role");
    let today = stamp.day();
    let from = given.from.unwrap_or(today);
    let grant = Grant { role: given.role.role, place, from, until: given.until };
    let new = NewGrant::of(person, grant, Reason::new(&given.why)?, today)?;
    match store.grants.give(&stamp, &new).await? {
        Some(id) => println!("Grant {id} is given."),
        None => println!("The very same grant is given already."),
    }
    Ok(())
}

async fn end(store: &Store, ended: &EndGrant) -> anyhow::Result<()> {
    let Some(grant) = store.grants.get(GrantId(ended.grant)).await? else {
        return wrong(format!(
            "There is no grant {}. `quarterlight person list` lists them.",
            ended.grant
        ));
    };
    let stamp = stamp("ended a grant");
    let last = grant.end(stamp.day(), ended.last)?;
    store.grants.end(&stamp, grant.id, last, &Reason::new(&ended.why)?).await?;
    println!("Grant {} ends with {last}.", grant.id);
    Ok(())
}

/// Nobody gets a password from somebody else: whoever is added has none, and chooses their own with a
/// code that holds once, within the hour.
async fn add(store: &Store, (name, email): (&str, &str), roles: &[RoleOver]) -> anyhow::Result<()> {
    let places = store.places.all().await?;
    let stamp = stamp("added a person");
    let mut grants = Vec::new();
    for held in roles {
        let place = database::place(&places, held.place.as_deref())?;
        grants.push(Grant { role: held.role, place, from: stamp.day(), until: None });
    }
    let new = NewPerson { name: name.to_owned(), email: email.to_owned(), password: None, grants };
    match store.people.add(&stamp, &new).await {
        Ok(_) => {
            println!("Added {name}, who signs in as {email}.");
            sign_in::reset(store, email).await
        }
        Err(fault) if fault.is_duplicate() => {
            wrong(format!("Somebody signs in as {email} already."))
        }
        Err(fault) => Err(fault.into()),
    }
}
