//! The rows of the table of permissions that are about staff, teams and allocation.

use crate::browser::World;
use crate::permissions::{Things, managers, relations};
use crate::staffing::exception;

pub async fn staffing(world: &World) -> Things {
    let it = exception(world).await;
    let managers = managers(world, &it.held.whereabouts).await;
    let columns = relations(world, &[("its manager", managers)]);
    let reason = format!("/allocation/records/{}/{}", it.held.record, it.advice.code());
    let rows = vec![
        ("GET /trend", "/trend".to_owned()),
        ("GET /trend.csv", "/trend.csv".to_owned()),
        ("GET /staff", "/staff".to_owned()),
        ("POST /staff", "/staff".to_owned()),
        ("POST /staff/list", "/staff/list".to_owned()),
        ("GET /teams", "/teams".to_owned()),
        ("POST /teams", "/teams".to_owned()),
        ("GET /allocation", "/allocation".to_owned()),
        ("GET /allocation/protocol/next", "/allocation/protocol/next".to_owned()),
        ("POST /allocation/protocol/next", "/allocation/protocol/next".to_owned()),
        ("GET /allocation/records/{}/{}", reason.clone()),
        ("POST /allocation/records/{}/{}", reason),
    ];
    Things { heading: "Staff, teams and allocation".to_owned(), columns, rows }
}
