//! Every route has its link, and every link its route.

use std::collections::BTreeSet;

use quarterlight_web::links::file;

const ROUTER: &str = concat!(
    include_str!("../../src/router.rs"),
    include_str!("../../src/router/keep.rs"),
    include_str!("../../src/router/access.rs"),
    include_str!("../../src/router/sign_in.rs"),
    include_str!("../../src/router/outside.rs"),
    include_str!("../../src/router/staff.rs"),
    include_str!("../../src/router/tell.rs"),
);
const LINKS: &str = concat!(
    include_str!("../../src/links.rs"),
    include_str!("../../src/links/access.rs"),
    include_str!("../../src/links/act.rs"),
    include_str!("../../src/links/agree.rs"),
    include_str!("../../src/links/keep.rs"),
    include_str!("../../src/links/look.rs"),
    include_str!("../../src/links/moderate.rs"),
    include_str!("../../src/links/operate.rs"),
    include_str!("../../src/links/plan.rs"),
    include_str!("../../src/links/sign_in.rs"),
    include_str!("../../src/links/staff.rs"),
    include_str!("../../src/links/tell.rs"),
);

/// The paths of the router, with every parameter as `{}`.
pub fn routes() -> BTreeSet<String> {
    let flat: String = ROUTER.split_whitespace().collect();
    flat.split(".route(\"").skip(1).map(|rest| plain(rest.split('"').next().unwrap())).collect()
}

/// The paths that links are made of, with every parameter as `{}`.
fn links() -> BTreeSet<String> {
    let texts = LINKS.split('"').skip(1).step_by(2);
    texts
        .filter(|text| text.starts_with('/'))
        .map(|text| plain(text.split('?').next().unwrap().trim_end_matches("{}")))
        .collect()
}

fn plain(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// The page that stands at a path; of a file, the page that it is a file of, by [`file`].
fn page(path: &str) -> String {
    let path = path.strip_suffix("/file/{}").unwrap_or(path);
    path.trim_end_matches("{}").to_owned()
}

#[test]
fn the_file_of_a_page_stands_below_it() {
    assert_eq!(file("/reports/3", "docx"), "/reports/3/file/docx");
    let of_service = "/reports/quarters/2026-Q4?service=3";
    assert_eq!(file(of_service, "csv"), "/reports/quarters/2026-Q4/file/csv?service=3");
}

#[test]
fn every_route_has_its_link_and_every_link_its_route() {
    let elsewhere = ["/assets/{}", "/health", "/ready"].map(str::to_owned);
    let routes = routes().into_iter().filter(|route| !elsewhere.contains(route));
    let routes: BTreeSet<String> = routes.map(|route| page(&route)).collect();
    let links: BTreeSet<String> = links().iter().map(|link| page(link)).collect();
    assert_eq!(routes, links);
}
