//! Who signs in with what, for the administrator.

use askama::Template;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::{SignInLine, SignsInWith};

use crate::app::App;
use crate::govuk::{Column, Content, HOSTILE, Table};
use crate::layout::Frame;
use crate::permit::{SeeSignInPeople, Through};
use crate::{links, page};

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/sign_ins/people.html")]
pub struct PeoplePage {
    frame: Frame,
    people: Table,
}

/// Lists everybody.
///
/// # Errors
/// There is no such page for anybody but the administrator.
pub async fn get(app: App, visitor: Through<SeeSignInPeople>) -> page::Result {
    let everybody = app.store.sign_ins.everybody().await?;
    let mut frame = visitor.frame(&app, "Who signs in with what", "Sign-ins");
    frame.breadcrumbs = vec![("Sign-ins".to_owned(), links::sign_ins())];
    page::show(&PeoplePage::new(frame, &everybody))
}

impl PeoplePage {
    fn new(frame: Frame, everybody: &[SignInLine]) -> Self {
        let columns =
            ["Name", "Address", "Signs in with", "Last signed in"].map(Column::words).to_vec();
        let row = |it: &SignInLine| {
            let last = it.last.map_or_else(|| "Not yet".to_owned(), moment_in_words);
            vec![
                Content::link(it.name.clone(), links::reset_person(it.person)),
                it.email.clone().into(),
                in_words(it.with).into(),
                last.into(),
            ]
        };
        Self {
            frame,
            people: Table::new("people", "Everybody who has an account", columns)
                .rows(everybody.iter().map(row).collect())
                .empty("Nobody has an account yet."),
        }
    }

    /// Nobody, and somebody with everything and hostile words.
    pub fn samples() -> Vec<Self> {
        let line = SignInLine {
            person: quarterlight_domain::id::PersonId(1),
            name: HOSTILE.to_owned(),
            email: HOSTILE.to_owned(),
            with: SignsInWith { password: true, codes: true, passkeys: 2, recovery_codes: 3 },
            last: Some(jiff::Timestamp::UNIX_EPOCH),
        };
        let frame = || Frame::new("Who signs in with what");
        vec![Self::new(frame(), &[]), Self::new(frame(), &[line])]
    }
}

/// *Password, one-time codes, 2 passkeys*.
pub fn in_words(with: SignsInWith) -> String {
    let mut words = Vec::new();
    if with.password {
        words.push("password".to_owned());
    }
    if with.codes {
        words.push("one-time codes".to_owned());
    }
    match with.passkeys {
        0 => {}
        1 => words.push("1 passkey".to_owned()),
        many => words.push(format!("{many} passkeys")),
    }
    if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
}
