//! Who is whom at the council's own identity provider, and the grants that come from groups there.

use std::sync::Arc;

use quarterlight_domain::groups::{Admitted, FromGroup, Known, admit, regroup};
use quarterlight_domain::id::{PersonId, PlaceId};
use quarterlight_domain::person::Role;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::stamp::Stamp;
use serde_json::json;

use crate::change::{Change, Entry};
use crate::engine::Engine;
use crate::fault::Fault;
use crate::people::normal;
use crate::sql;

/// Who is whom at the council's own identity provider.
#[derive(Debug, Clone)]
pub struct Identities(pub(crate) Arc<Engine>);

/// Somebody whom the identity provider has signed in.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// Which provider says so.
    pub issuer: &'a str,
    /// By which word it knows them: the same for ever.
    pub subject: &'a str,
    /// Their name there.
    pub name: &'a str,
    /// Their address there, where the provider has confirmed it.
    pub email: Option<&'a str>,
    /// What their groups give them here.
    pub held: &'a [(Role, PlaceId)],
}

impl Identities {
    /// Finds or makes the person, and has their grants follow their groups, in one transaction. A
    /// sign-in at which nothing is new leaves no line in the journal; the session does.
    ///
    /// # Errors
    /// Fails if the database cannot be written. The refusal is that of [`admit`]; then nothing is
    /// changed.
    pub async fn arrive(
        &self,
        stamp: &Stamp,
        arrival: &Arrival<'_>,
    ) -> Result<Result<PersonId, Refusal>, Fault> {
        let change = Change::begin(&self.0, stamp).await?;
        let known = known(&change, arrival).await?;
        let admitted = admit(known, arrival.email.is_some(), !arrival.held.is_empty());
        let (person, what) = match admitted {
            Err(refusal) => return Ok(Err(refusal)),
            Ok(Admitted::As(person)) => (person, None),
            Ok(Admitted::BoundTo(person)) => {
                bind(&change, stamp, arrival, person).await?;
                (person, Some("bound"))
            }
            Ok(Admitted::New) => {
                let query = "insert into person (name, email) values ($1, $2) returning id";
                let email = normal(arrival.email.unwrap_or_default());
                let values = [arrival.name.into(), email.into()];
                let person = sql::one(&*change, query, values).await?.id("id", PersonId)?;
                bind(&change, stamp, arrival, person).await?;
                (person, Some("added"))
            }
        };
        // The person's row is held, so that two sign-ins at once do not give one grant twice.
        let hold = "update person set name = name where id = $1";
        sql::run(&*change, hold, [person.0.into()]).await?;
        let before = before(&change, stamp, arrival, person).await?;
        let regrouped = regroup(arrival.held, &before);
        let yesterday = stamp.day().yesterday().unwrap_or(stamp.day());
        for grant in &regrouped.end {
            let query = "insert into grant_ended (grant_id, last_day, at, why) \
                 values ($1, $2, $3, $4)";
            let why = "The group that gave it is no longer there.";
            let values = [grant.grant.into(), sql::day(yesterday), sql::time(stamp.at), why.into()];
            sql::run(&*change, query, values).await?;
        }
        for (role, place) in &regrouped.begin {
            let query = "insert into person_grant (person_id, role, place_id, from_day) \
                 values ($1, $2, $3, $4) returning id";
            let values =
                [person.0.into(), role.code().into(), place.0.into(), sql::day(stamp.day())];
            let grant: i64 = sql::one(&*change, query, values).await?.get("id")?;
            // Whoever keeps the groups, and the file that says what they give, has confirmed it there.
            let query =
                "insert into grant_given (grant_id, at, why, waits) values ($1, $2, $3, $4)";
            let why = "A group of the council’s own sign-in gives it.";
            let values = [grant.into(), sql::time(stamp.at), why.into(), false.into()];
            sql::run(&*change, query, values).await?;
            let query = "insert into grant_from_group (grant_id, issuer, seen_at) \
                 values ($1, $2, $3)";
            let values = [grant.into(), arrival.issuer.into(), sql::time(stamp.at)];
            sql::run(&*change, query, values).await?;
        }
        if what.is_none() && regrouped.begin.is_empty() && regrouped.end.is_empty() {
            return Ok(Ok(person));
        }
        let over = |role: &Role, place: &PlaceId| format!("{} over place {place}", role.code());
        let began: Vec<String> = regrouped.begin.iter().map(|(r, p)| over(r, p)).collect();
        let ended: Vec<String> = regrouped.end.iter().map(|it| over(&it.role, &it.place)).collect();
        let payload = json!({
            "account": what, "issuer": arrival.issuer, "subject": arrival.subject,
            "begin": began, "end": ended,
        });
        let on = format!("person {person}");
        change.keep(Entry { deed: "person.arrive", on, payload }).await?;
        Ok(Ok(person))
    }
}

/// Who is known of this account, or of its address.
async fn known(change: &Change<'_>, arrival: &Arrival<'_>) -> Result<Known, Fault> {
    let query = "select person_id from identity_bound where issuer = $1 and subject = $2";
    let values = [arrival.issuer.into(), arrival.subject.into()];
    if let Some(row) = sql::first(&**change, query, values).await? {
        return Ok(Known::Bound(row.id("person_id", PersonId)?));
    }
    let Some(email) = arrival.email else { return Ok(Known::Nobody) };
    let query = "select person.id, case when bound.person_id is null then 0 else 1 end as another \
         from person left join identity_bound bound \
             on bound.person_id = person.id and bound.issuer = $2 where person.email = $1";
    let values = [normal(email).into(), arrival.issuer.into()];
    Ok(match sql::first(&**change, query, values).await? {
        None => Known::Nobody,
        Some(row) => {
            let has_another = row.get::<i32>("another")? == 1;
            Known::ByEmail { person: row.id("id", PersonId)?, has_another }
        }
    })
}

async fn bind(
    change: &Change<'_>,
    stamp: &Stamp,
    arrival: &Arrival<'_>,
    person: PersonId,
) -> Result<(), Fault> {
    let query = "insert into identity_bound (issuer, subject, person_id, bound_at) \
         values ($1, $2, $3, $4)";
    let values =
        [arrival.issuer.into(), arrival.subject.into(), person.0.into(), sql::time(stamp.at)];
    sql::run(&**change, query, values).await?;
    Ok(())
}

/// The grants that came from this provider's groups and hold today.
async fn before(
    change: &Change<'_>,
    stamp: &Stamp,
    arrival: &Arrival<'_>,
    person: PersonId,
) -> Result<Vec<FromGroup>, Fault> {
    let query = "select held.id, held.role, held.place_id \
         from grant_standing held join grant_from_group it on it.grant_id = held.id \
         where held.person_id = $1 and it.issuer = $2 \
         and (held.until_day is null or held.until_day >= $3) order by held.id";
    let values = [person.0.into(), arrival.issuer.into(), sql::day(stamp.day())];
    let rows = sql::all(&**change, query, values).await?;
    rows.iter()
        .map(|row| {
            Ok(FromGroup {
                grant: row.get("id")?,
                role: row.code("role", Role::from_code)?,
                place: row.id("place_id", PlaceId)?,
            })
        })
        .collect()
}
