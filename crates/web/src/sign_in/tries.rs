//! One try to sign in, from its count to what is noted of it.

use jiff::SignedDuration;
use quarterlight_domain::id::PersonId;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::sign_in::limits::{Verdict, verdict};
use quarterlight_store::{NewTry, TryOutcome};

use super::from::From;
use crate::app::App;
use crate::error::Failure;

/// A try that may be looked at.
#[derive(Debug)]
pub struct Try {
    id: i64,
    account: Vec<u8>,
}

/// Counts a try for an address, before anything that was typed is looked at: the inner error says how
/// long to wait first.
///
/// # Errors
/// Fails if it cannot be counted; then nothing may be looked at.
pub async fn begin(
    app: &App,
    from: &From,
    email: &str,
) -> Result<Result<Try, SignedDuration>, Failure> {
    let (account, at) = (app.sign_in.key.account(email), app.now());
    let new =
        NewTry { account: &account, network: &from.network, browser: from.known.as_deref(), at };
    let (id, tries) = app.store.sign_ins.try_begins(&new).await?;
    match verdict(&tries, at) {
        Verdict::LookAt => Ok(Ok(Try { id, account })),
        Verdict::Wait(wait) => {
            app.store.sign_ins.try_ends(id, TryOutcome::Unseen).await?;
            Ok(Err(wait))
        }
    }
}

impl Try {
    /// What was typed was right.
    ///
    /// # Errors
    /// Fails if the database does.
    pub async fn was_right(self, app: &App) -> Result<(), Failure> {
        Ok(app.store.sign_ins.try_ends(self.id, TryOutcome::Right).await?)
    }

    /// What was typed was wrong. It takes as many statements whether somebody has the address or not.
    ///
    /// # Errors
    /// Fails if the database does.
    pub async fn was_wrong(
        self,
        app: &App,
        from: &From,
        (event, person): (SignInEvent, Option<PersonId>),
    ) -> Result<(), Failure> {
        app.store.sign_ins.try_ends(self.id, TryOutcome::Wrong).await?;
        let mut happened = from.happened(app, event, person);
        happened.account = person.is_none().then_some(self.account);
        Ok(app.store.sign_ins.note(&happened).await?)
    }

    /// What came back from the council's own sign-in brought nobody in.
    ///
    /// # Errors
    /// Fails if the database does.
    pub async fn was_wrong_elsewhere(self, app: &App, from: &From) -> Result<(), Failure> {
        app.store.sign_ins.try_ends(self.id, TryOutcome::Wrong).await?;
        let mut happened = from.happened(app, SignInEvent::Wrong, None);
        ELSEWHERE.clone_into(&mut happened.detail);
        Ok(app.store.sign_ins.note(&happened).await?)
    }
}

/// One word for all who come from this network through the council's own sign-in.
fn elsewhere(app: &App, from: &From) -> Vec<u8> {
    app.sign_in.key.account(&format!("the council's own sign-in, from {}", from.network))
}

/// Counts a try to come in through the council's own sign-in, before anything of it is looked at: the
/// inner error says how long to wait first.
///
/// # Errors
/// Fails if it cannot be counted; then nothing may be looked at.
pub async fn begin_elsewhere(
    app: &App,
    from: &From,
) -> Result<Result<Try, SignedDuration>, Failure> {
    let (account, at) = (elsewhere(app, from), app.now());
    let new =
        NewTry { account: &account, network: &from.network, browser: from.known.as_deref(), at };
    let (id, tries) = app.store.sign_ins.try_begins_elsewhere(&new).await?;
    match verdict(&tries, at) {
        Verdict::LookAt => Ok(Ok(Try { id, account })),
        Verdict::Wait(wait) => {
            app.store.sign_ins.try_ends(id, TryOutcome::Unseen).await?;
            Ok(Err(wait))
        }
    }
}

/// What is said of a try through the council's own sign-in.
const ELSEWHERE: &str = "Through the council’s own sign-in";

/// Notes that an answer of the council's own sign-in was not looked at.
///
/// # Errors
/// Fails if the database does.
pub async fn note_unseen_elsewhere(app: &App, from: &From) -> Result<(), Failure> {
    let mut happened = from.happened(app, SignInEvent::Limited, None);
    ELSEWHERE.clone_into(&mut happened.detail);
    Ok(app.store.sign_ins.note(&happened).await?)
}

/// Notes that what was typed was not looked at.
///
/// # Errors
/// Fails if the database does.
pub async fn note_unseen(
    app: &App,
    from: &From,
    (person, email): (Option<PersonId>, &str),
) -> Result<(), Failure> {
    let mut happened = from.happened(app, SignInEvent::Limited, person);
    happened.account = person.is_none().then(|| app.sign_in.key.account(email));
    Ok(app.store.sign_ins.note(&happened).await?)
}

/// Looks at the present password of somebody who is signed in, before something weighty: the inner
/// error is what they are told.
///
/// # Errors
/// Fails if the database does.
pub async fn present_password(
    app: &App,
    from: &From,
    (person, email): (PersonId, &str),
    typed: &str,
) -> Result<Result<(), String>, Failure> {
    use crate::password;
    use quarterlight_domain::sign_in::limits;

    let begun = match begin(app, from, email).await? {
        Ok(begun) => begun,
        Err(wait) => {
            note_unseen(app, from, (Some(person), email)).await?;
            return Ok(Err(limits::in_words(wait)));
        }
    };
    let kept = app.store.sign_ins.password_of(person).await?;
    if password::matches_in_turn(typed.to_owned(), kept).await {
        begun.was_right(app).await?;
        return Ok(Ok(()));
    }
    begun.was_wrong(app, from, (SignInEvent::Wrong, Some(person))).await?;
    Ok(Err("Enter the password that you sign in with now.".to_owned()))
}
