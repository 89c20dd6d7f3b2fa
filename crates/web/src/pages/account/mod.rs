//! What somebody signs in with themselves, and where they are signed in.

pub mod codes;
pub mod new_codes;
pub mod passkeys;
pub mod password;
pub mod recovery;
pub mod show;

use quarterlight_store::SignInLine;

use crate::app::App;
use crate::error::Failure;
use crate::layout::Frame;
use crate::links;
use crate::session::{First, SignedIn};
use crate::sign_in::from::From;
use crate::sign_in::tries;

/// What this person signs in with.
async fn own(app: &App, visitor: &SignedIn) -> Result<SignInLine, Failure> {
    app.store.sign_ins.of(visitor.id()).await?.ok_or(Failure::NotFound)
}

/// The frame of a page below *How you sign in*.
fn frame(app: &App, visitor: &SignedIn, title: &str) -> Frame {
    let mut frame = visitor.frame(app, title, "");
    frame.breadcrumbs = vec![("How you sign in".to_owned(), links::account())];
    if visitor.first == Some(First::TakeSecond) {
        frame.navigation.clear();
    }
    frame
}

/// Whether the present password was given, where it is asked; the inner error says what to do.
pub async fn gave_password(
    app: &App,
    from: &From,
    (visitor, line): (&SignedIn, &SignInLine),
    typed: &str,
) -> Result<Result<(), String>, Failure> {
    if !visitor.asks_password(app) {
        return Ok(Ok(()));
    }
    tries::present_password(app, from, (line.person, &line.email), typed).await
}
