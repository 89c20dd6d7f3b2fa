//! The concerns about a record or in an audit, as a line each, for the pages of those.

use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::ConcernLine;

use crate::govuk::Content;
use crate::links;
use crate::session::SignedIn;

/// *A child may be unsafe: raised on 24 November 2026 at 10:14. Not acknowledged.* Each leads to the
/// concern; those that the person may not read are left out.
pub fn lines(visitor: &SignedIn, concerns: &[ConcernLine]) -> Vec<Content> {
    let may =
        |it: &&ConcernLine| permits(&visitor.person, Deed::ReadConcern(&it.concern), visitor.today);
    let line = |it: &ConcernLine| {
        let (at, stage) = (moment_in_words(it.concern.at), it.concern.stage.words());
        let words = format!("A child may be unsafe: raised on {at}. {stage}.");
        Content::link(words, links::concern(it.concern.id))
    };
    concerns.iter().filter(may).map(line).collect()
}
