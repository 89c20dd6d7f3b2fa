//! Themes across findings: how many have which, by quarter, of one service or of all.

use askama::Template;
use axum::extract::Query;
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::figures::{Share, ThemeCounts};
use quarterlight_domain::id::PlaceId;
use quarterlight_store::Narrowed;
use serde::Deserialize;

use crate::app::App;
use crate::govuk::{Column, Content, Table};
use crate::layout::Frame;
use crate::permit::{SeeFindings, Through};
use crate::{links, page};

/// Which service the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    service: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/findings/themes.html")]
pub struct ThemesPage {
    frame: Frame,
    /// Links to each service and to all, and whether that is the present one.
    services: Vec<(String, String, bool)>,
    themes: Table,
}

/// Shows the counts, up to the quarter that it is today.
///
/// # Errors
/// There is no such page for those who do not see all findings.
pub async fn get(
    app: App,
    visitor: Through<SeeFindings>,
    Query(asked): Query<Asked>,
) -> page::Result {
    let service = asked.service.parse().ok();
    let quarter = Quarter::of(visitor.today);
    let counts = app.store.figures.themes(quarter, service).await?;
    let services = app.store.figures.services().await?;
    let breadcrumbs = vec![("Findings".to_owned(), links::findings())];
    let frame = visitor.frame(&app, "Themes across findings", "Findings");
    let frame = Frame { breadcrumbs, ..frame };
    page::show(&ThemesPage::new(frame, &counts, quarter, (service, &services)))
}

impl ThemesPage {
    fn new(
        frame: Frame,
        counts: &[ThemeCounts],
        last: Quarter,
        (service, services): (Option<PlaceId>, &[(PlaceId, String)]),
    ) -> Self {
        let quarters = [
            last.before().before().before().before(),
            last.before().before().before(),
            last.before().before(),
            last.before(),
            last,
        ];
        let mut columns = vec![Column::words("Theme")];
        columns.extend(quarters.map(|quarter| Column::numbers(quarter.words())));
        columns.push(Column::numbers("Audits with strengths"));
        let row = |it: &ThemeCounts| {
            let register = Narrowed { theme: Some(it.theme), service, ..Narrowed::default() };
            let mut cells = vec![Content::link(it.name.clone(), links::register(&register))];
            cells.extend(quarters.map(|quarter| share(it.findings.get(&quarter).copied())));
            cells.push(share(Some(it.strengths)));
            cells
        };
        let all = std::iter::once(("All services".to_owned(), None));
        let named = services.iter().map(|(id, name)| (name.clone(), Some(*id)));
        let link = |(words, id): (String, Option<PlaceId>)| {
            (words, links::finding_themes(id), id == service)
        };
        Self {
            frame,
            services: all.chain(named).map(link).collect(),
            themes: Table::new(
                "themes",
                "Findings with each theme, of all findings of the quarter",
                columns,
            )
            .rows(counts.iter().map(row).collect())
            .empty("No finding has a theme yet. A theme is given on the page of an action."),
        }
    }

    /// No theme, and hostile words everywhere.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let last = Quarter::of(jiff::civil::date(2026, 11, 23));
        let mut counts = ThemeCounts::new(quarterlight_domain::id::ThemeId(1), HOSTILE.to_owned());
        counts.findings.insert(last, Share::new(3, 41));
        counts.strengths = Share::new(2, 60);
        let services = [(PlaceId(2), HOSTILE.to_owned())];
        let frame = || Frame::new("Themes across findings");
        vec![
            Self::new(frame(), &[], last, (None, &[])),
            Self::new(frame(), &[counts], last, (Some(PlaceId(2)), &services)),
        ]
    }
}

fn share(share: Option<Share>) -> Content {
    match share {
        Some(Share { count, of }) if of > 0 => Content::text(format!("{count} of {of}")),
        _ => Content::text("0"),
    }
}
