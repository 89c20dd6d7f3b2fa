//! The key of one's copies again, after the session in which they were taken ran out.

use axum::extract::Path;
use axum::http::HeaderMap;

use crate::app::App;
use crate::error::Failure;
use crate::session::{self, SignedIn};

/// Gives the key to whoever took the copies, and to nobody else.
///
/// # Errors
/// There is no such key for anybody else, and none once its session was ended.
pub async fn post(
    app: App,
    visitor: SignedIn,
    Path(copy): Path<String>,
) -> Result<(HeaderMap, &'static str), Failure> {
    let stamp = visitor.stamp("came back to their copies");
    let asks = (copy.as_str(), visitor.id(), visitor.session.as_slice());
    let key = app.store.copies.resume(&stamp, asks).await?.ok_or(Failure::NotFound)?;
    Ok((session::set_cookies([session::copy_cookie(&app, &key)]), "resumed"))
}
