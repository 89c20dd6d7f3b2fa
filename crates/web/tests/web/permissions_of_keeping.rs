//! The rows of the table of permissions that are about the history, retention and subject access.

use jiff::civil::date;
use quarterlight_domain::retention::Over;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::text::Reason;

use crate::browser::{TODAY, World};
use crate::permissions::{Things, relations};

/// A hold over everything, so that no disposal of this table takes anything away from another.
pub async fn keeping(world: &World) -> Things {
    let at = "2026-11-23T09:00:00Z".parse().unwrap();
    let stamp = Stamp::console(at, "test");
    let because = Reason::new("The inquiry has asked that nothing be destroyed.").unwrap();
    let retention = &world.store.retention;
    let hold = retention.hold(&stamp, Over::Everything, &because).await.unwrap();
    let _kept = retention.hold(&stamp, Over::Everything, &because).await.unwrap();
    let disposal = retention.propose(&stamp, TODAY.max(date(2026, 1, 1)), &[]).await.unwrap();
    let columns = relations(world, &[]);
    let rows = vec![
        ("GET /history", "/history".to_owned()),
        ("POST /history/proof", "/history/proof".to_owned()),
        ("GET /history/export", "/history/export".to_owned()),
        ("GET /retention", "/retention".to_owned()),
        ("POST /retention/rules", "/retention/rules".to_owned()),
        ("POST /retention/holds", "/retention/holds".to_owned()),
        ("POST /retention/holds/{}/lift", format!("/retention/holds/{hold}/lift")),
        ("POST /retention/disposals", "/retention/disposals".to_owned()),
        ("GET /retention/disposals/{}", format!("/retention/disposals/{disposal}")),
        (
            "POST /retention/disposals/{}/withdraw",
            format!("/retention/disposals/{disposal}/withdraw"),
        ),
        (
            "POST /retention/disposals/{}/confirm",
            format!("/retention/disposals/{disposal}/confirm"),
        ),
        (
            "GET /retention/disposals/{}/file/{}",
            format!("/retention/disposals/{disposal}/file/pdf"),
        ),
        ("GET /subject-access", "/subject-access".to_owned()),
        ("POST /subject-access", "/subject-access".to_owned()),
    ];
    Things { heading: "The history, retention and subject access".to_owned(), columns, rows }
}
