//! The emails that say that a record was opened by break-glass. They say of none which it was.

use quarterlight_domain::stamp::Stamp;
use quarterlight_store::{Store, ToTellOfOpening};

use crate::mail::{Letter, Post};

/// Sends the emails that wait, and says what went wrong.
pub async fn tell(store: &Store, post: &Post, stamp: &Stamp) -> anyhow::Result<Vec<String>> {
    let mut troubles = Vec::new();
    let waiting = store.openings.to_tell(stamp.at).await?;
    if waiting.is_empty() || !post.is_reached().await {
        return Ok(troubles);
    }
    for to in waiting {
        if !store.openings.take_mail(stamp, &to).await? {
            continue;
        }
        let (outcome, trouble) = post.send(&letter(&to, post)).await.settled();
        store.openings.settle_mail(stamp, &to, outcome).await?;
        troubles.extend(trouble.map(|why| format!("Break-glass {}: {why}.", to.glass)));
    }
    Ok(troubles)
}

fn letter(to: &ToTellOfOpening, post: &Post) -> Letter {
    Letter {
        to: to.name.clone(),
        email: to.email.clone(),
        subject: "A record was opened by break-glass: please review".to_owned(),
        sentence: "Somebody opened a record that their roles do not reach. Please say whether it was justified."
            .to_owned(),
        link: format!("Sign in to see it: {}", post.site()),
        id: format!("glass-{}-{}", to.glass, to.person),
    }
}
