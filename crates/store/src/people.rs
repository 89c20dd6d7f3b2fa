//! The people who may sign in, and their grants.

use std::sync::Arc;

use jiff::civil::Date;
use quarterlight_domain::id::{PersonId, PlaceId};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::sql::{self, Row};

/// The people who may sign in.
#[derive(Debug, Clone)]
pub struct People(pub(crate) Arc<Engine>);

/// Somebody who is to be able to sign in.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Their name, as colleagues know them.
    pub name: String,
    /// The address that they sign in with.
    pub email: String,
    /// The password's Argon2id hash in its text form: for the fictional borough and for tests. Whoever
    /// is added otherwise has none, and chooses their own with a code that holds once.
    pub password: Option<String>,
    /// Their roles.
    pub grants: Vec<Grant>,
}

/// What signing in needs to know.
#[derive(Debug, Clone)]
pub struct SignInFacts {
    /// Who it is.
    pub person: PersonId,
    /// The password's hash; none for somebody who holds no role any more.
    pub password: Option<String>,
    /// True if they can sign in with one-time codes.
    pub has_codes: bool,
    /// True if they have a passkey.
    pub has_passkeys: bool,
}

/// A person as a list shows them.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The person.
    pub person: Person,
    /// The address that they sign in with.
    pub email: String,
}

impl People {
    /// The person with this id.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn get(&self, id: PersonId) -> Result<Option<Person>, Fault> {
        let query = format!("{SELECT} where person.id = $1 {ORDER}");
        let rows = sql::all(&self.0.read, &query, [id.0.into()]).await?;
        Ok(gather(&rows)?.pop().map(|line| line.person))
    }

    /// Everybody, by name.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn all(&self) -> Result<Vec<PersonLine>, Fault> {
        let rows = sql::all(&self.0.read, &format!("{SELECT} {ORDER}"), []).await?;
        gather(&rows)
    }

    /// Who signs in with this address.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn by_email(&self, email: &str) -> Result<Option<PersonId>, Fault> {
        let query = "select id from person where email = $1";
        let row = sql::first(&self.0.read, query, [normal(email).into()]).await?;
        row.map(|row| row.id("id", PersonId)).transpose()
    }

    /// What signing in with this address on this day needs to know: one statement, whether somebody
    /// has it or not.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn signing_in(&self, email: &str, day: Date) -> Result<Option<SignInFacts>, Fault> {
        let query = "select id, password, (select count(*) from grant_standing it \
                 where it.person_id = person.id and it.from_day <= $2 \
                 and (it.until_day is null or it.until_day >= $2)) as roles, \
             (select count(*) from one_time_code it \
                 where it.person_id = person.id and it.ended_at is null) as codes, \
             (select count(*) from passkey it \
                 where it.person_id = person.id and it.ended_at is null) as passkeys \
             from person where email = $1";
        let values = [normal(email).into(), sql::day(day)];
        let Some(row) = sql::first(&self.0.read, query, values).await? else {
            return Ok(None);
        };
        let holds_a_role = row.count("roles")? > 0;
        Ok(Some(SignInFacts {
            person: row.id("id", PersonId)?,
            password: row.get::<Option<String>>("password")?.filter(|_| holds_a_role),
            has_codes: row.count("codes")? > 0,
            has_passkeys: row.count("passkeys")? > 0,
        }))
    }

    /// Adds somebody with their grants.
    ///
    /// # Errors
    /// Fails if somebody signs in with this address already: see [`Fault::is_duplicate`].
    pub async fn add(&self, stamp: &Stamp, new: &NewPerson) -> Result<PersonId, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let query = "insert into person (name, email, password) values ($1, $2, $3) returning id";
        let email = normal(&new.email);
        let values = [new.name.clone().into(), email.clone().into(), new.password.clone().into()];
        let id = sql::one(&*change, query, values).await?.id("id", PersonId)?;
        for grant in &new.grants {
            let query = "insert into person_grant (person_id, role, place_id, from_day, until_day) \
                 values ($1, $2, $3, $4, $5) returning id";
            let values = [
                id.0.into(),
                grant.role.code().into(),
                grant.place.0.into(),
                sql::day(grant.from),
                sql::maybe_day(grant.until),
            ];
            let given: i64 = sql::one(&*change, query, values).await?.get("id")?;
            // Whoever adds somebody with their roles is at the command line, where nobody confirms.
            let query = "insert into grant_given (grant_id, by_id, at, why, waits) \
                 values ($1, $2, $3, $4, $5)";
            let why = "Given when they were added.";
            let values =
                [given.into(), sql::by(stamp), sql::time(stamp.at), why.into(), false.into()];
            sql::run(&*change, query, values).await?;
        }
        let grants: Vec<String> = new.grants.iter().map(in_words).collect();
        let payload = json!({ "name": new.name, "email": email, "grants": grants });
        change.keep(Entry { deed: "person.add", on: format!("person {id}"), payload }).await?;
        Ok(id)
    }
}

const SELECT: &str = "select person.id, person.name, person.email, \
     grant_standing.role, grant_standing.place_id, grant_standing.from_day, grant_standing.until_day \
     from person left join grant_standing on grant_standing.person_id = person.id";

const ORDER: &str = "order by person.name, person.id, grant_standing.id";

/// Addresses are compared without regard to capitals, as mail is delivered in practice.
pub fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

fn in_words(grant: &Grant) -> String {
    let until = grant.until.map_or(String::new(), |until| format!(" until {until}"));
    format!("{} over place {} from {}{until}", grant.role.code(), grant.place, grant.from)
}

/// People, from one row for each grant.
fn gather(rows: &[Row]) -> Result<Vec<PersonLine>, Fault> {
    let mut people: Vec<PersonLine> = Vec::new();
    for row in rows {
        let id = row.id("id", PersonId)?;
        if people.last().is_none_or(|last| last.person.id != id) {
            let person = Person { id, name: row.get("name")?, grants: Vec::new() };
            people.push(PersonLine { person, email: row.get("email")? });
        }
        if let (Some(last), Some(grant)) = (people.last_mut(), grant(row)?) {
            last.person.grants.push(grant);
        }
    }
    Ok(people)
}

/// The grant of a row; none where the person has none.
pub fn grant(row: &Row) -> Result<Option<Grant>, Fault> {
    let Some(place) = row.maybe_id("place_id", PlaceId)? else { return Ok(None) };
    Ok(Some(Grant {
        role: row.code("role", Role::from_code)?,
        place,
        from: row.day("from_day")?,
        until: row.maybe_day("until_day")?,
    }))
}
