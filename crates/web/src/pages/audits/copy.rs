//! A copy of an audit's form, taken to where there is no network.

use axum::http::HeaderMap;
use jiff::SignedDuration;
use quarterlight_store::CopyKey;

use super::ToMake;
use crate::app::App;
use crate::error::Failure;
use crate::session;

/// How long a copy can be opened without a network: a working day, however it is counted.
const LASTS: SignedDuration = SignedDuration::from_hours(12);

/// Notes that a copy is taken, and gives the session the key by which its browser seals it. Says until
/// when the copy can be opened; the browser's script then asks for the whole form, as for any page.
///
/// # Errors
/// There is no such thing for anybody but the auditor. Refuses once the audit cannot be changed.
pub async fn post(app: App, audit: ToMake) -> Result<(HeaderMap, String), Failure> {
    audit.audit.must_be_open()?;
    let until = audit.visitor.at.checked_add(LASTS).map_err(|_| Failure::NotFound)?;
    let stamp = audit.visitor.stamp("took a copy to where there is no network");
    let new = CopyKey { id: app.word(), secret: (app.chance)().to_vec() };
    let asks = (audit.audit.id, audit.visitor.id(), audit.visitor.session.as_slice());
    let key = app.store.copies.take(&stamp, asks, new).await?;
    let headers = session::set_cookies([session::copy_cookie(&app, &key)]);
    Ok((headers, format!("taken {until}")))
}
