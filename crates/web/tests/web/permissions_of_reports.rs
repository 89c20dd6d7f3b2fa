//! Who may do what with a report on its way to members, and with a released one: rows of the table.

use crate::browser::World;
use crate::permissions::{Things, by_role};
use crate::releases::{built, released};

/// A report that is a draft, one that was released, and building another.
pub async fn on_its_way(world: &World) -> Things {
    let quarter = world.cast.quarters[3];
    let report = released(world, quarter).await;
    let draft = built(world, world.cast.quarters[4]).await;
    let at = |what: &str| format!("{draft}{what}");
    let rows = vec![
        ("GET /reports/{}", report.clone()),
        ("GET /reports/{}/file/{}", format!("{report}/file/xlsx")),
        ("GET /reports/readers", "/reports/readers".to_owned()),
        ("GET /reports/readers/csv", "/reports/readers/csv".to_owned()),
        ("GET /reports/prepared/{}", draft.clone()),
        ("GET /reports/prepared/{}/parts/{}", at("/parts/2")),
        ("GET /reports/prepared/{}/sentences/{}", at("/sentences/2")),
        ("POST /reports/prepared/{}/sentences/{}", at("/sentences/2")),
        ("POST /reports/prepared/{}/accept/{}", at("/accept/2")),
        ("POST /reports/prepared/{}/clear", at("/clear")),
        ("POST /reports/prepared/{}/ground", at("/ground")),
        ("POST /reports/prepared/{}/approve", at("/approve")),
        ("POST /reports/prepared/{}/release", at("/release")),
        ("POST /reports/quarters/{}/build", format!("/reports/quarters/{quarter}/build")),
        ("POST /reports/programmes/{}/build", "/reports/programmes/2026/build".to_owned()),
    ];
    let heading = "A report on its way to members, and a released one".to_owned();
    Things { heading, columns: by_role(), rows }
}
