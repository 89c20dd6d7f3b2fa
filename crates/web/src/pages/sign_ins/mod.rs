//! What is noted of signing in, and who signs in with what.

pub mod end;
pub mod list;
pub mod people;
pub mod reset;

use crate::app::App;
use crate::error::Failure;
use crate::session::SignedIn;
use crate::sign_in::from::From;
use crate::sign_in::tries;

/// Whether the administrator's own password was given, where it is asked.
async fn own_password(
    app: &App,
    from: &From,
    visitor: &SignedIn,
    typed: &str,
) -> Result<Result<(), String>, Failure> {
    if !visitor.asks_password(app) {
        return Ok(Ok(()));
    }
    let own = app.store.sign_ins.of(visitor.id()).await?.ok_or(Failure::NotFound)?;
    tries::present_password(app, from, (own.person, &own.email), typed).await
}
