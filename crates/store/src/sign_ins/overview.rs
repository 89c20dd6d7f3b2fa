//! Who signs in with what.

use jiff::Timestamp;
use quarterlight_domain::id::PersonId;

use super::SignIns;
use crate::fault::Fault;
use crate::sql;

/// What somebody can sign in with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SignsInWith {
    /// A password.
    pub password: bool,
    /// One-time codes.
    pub codes: bool,
    /// So many passkeys.
    pub passkeys: u32,
    /// So many recovery codes that are not used up.
    pub recovery_codes: u32,
}

impl SignsInWith {
    /// True if there is more than a password.
    pub fn has_second(self) -> bool {
        self.codes || self.passkeys > 0
    }
}

/// Somebody with what they sign in with.
#[derive(Debug, Clone)]
pub struct SignInLine {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The address that they sign in with.
    pub email: String,
    /// With what.
    pub with: SignsInWith,
    /// When they last signed in.
    pub last: Option<Timestamp>,
}

impl SignIns {
    /// What one person can sign in with, and their address; none where there is no such person.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn of(&self, person: PersonId) -> Result<Option<SignInLine>, Fault> {
        Ok(self.lines("person.id = $1", person.0).await?.pop())
    }

    /// Everybody, by name.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn everybody(&self) -> Result<Vec<SignInLine>, Fault> {
        self.lines("$1 = 0", 0).await
    }

    async fn lines(&self, which: &str, value: i64) -> Result<Vec<SignInLine>, Fault> {
        let query = format!(
            "select person.id, person.name, person.email, \
             case when person.password is null then 0 else 1 end as has_password, \
             (select count(*) from one_time_code it \
                 where it.person_id = person.id and it.ended_at is null) as codes, \
             (select count(*) from passkey it \
                 where it.person_id = person.id and it.ended_at is null) as passkeys, \
             (select count(*) from recovery_code it where it.person_id = person.id \
                 and it.used_at is null and it.ended_at is null) as recovery_codes, \
             (select it.at from sign_in_event it where it.person_id = person.id \
                 and it.kind = 'signed-in' order by it.at desc limit 1) as last_at \
             from person where {which} order by person.name, person.id"
        );
        let rows = sql::all(&self.0.read, &query, [value.into()]).await?;
        let line = |row: &sql::Row| {
            let with = SignsInWith {
                password: row.get::<i32>("has_password")? != 0,
                codes: row.count("codes")? > 0,
                passkeys: row.count("passkeys")?,
                recovery_codes: row.count("recovery_codes")?,
            };
            Ok(SignInLine {
                person: row.id("id", PersonId)?,
                name: row.get("name")?,
                email: row.get("email")?,
                with,
                last: row.maybe_time("last_at")?,
            })
        };
        rows.iter().map(line).collect()
    }
}
