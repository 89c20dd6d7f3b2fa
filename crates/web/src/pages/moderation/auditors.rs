//! How far each auditor and the moderators agree: for the quality lead alone, and no league table.

use std::collections::BTreeMap;

use askama::Template;
use quarterlight_domain::statistics::agreement::{Agreement, Pair};
use quarterlight_store::{AgreementFilter, PairLine};

use super::table::{cells, columns};
use crate::app::App;
use crate::govuk::{Column, Content, Table};
use crate::layout::Frame;
use crate::permit::{SeeAgreementByAuditor, Through};
use crate::{links, page};

/// How far each auditor and the moderators agree.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/moderation/auditors.html")]
pub struct AuditorsPage {
    frame: Frame,
    table: Table,
}

/// Shows how far each auditor and the moderators agree, by name.
///
/// # Errors
/// There is no such page for anybody but the quality lead.
pub async fn get(app: App, visitor: Through<SeeAgreementByAuditor>) -> page::Result {
    let lines = app.store.figures.agreement(AgreementFilter::default()).await?;
    let breadcrumbs = vec![("Agreement".to_owned(), links::readings_agree())];
    let frame = Frame { breadcrumbs, ..visitor.frame(&app, "Agreement by auditor", "Agreement") };
    page::show(&AuditorsPage::new(frame, &lines))
}

impl AuditorsPage {
    fn new(frame: Frame, lines: &[PairLine]) -> Self {
        let mut auditors: BTreeMap<_, Vec<Pair>> = BTreeMap::new();
        for line in lines {
            auditors.entry((&line.auditor_name, line.auditor)).or_default().push(line.pair);
        }
        let rows = auditors.iter().map(|((name, _), pairs)| {
            let name = Content::text((*name).clone());
            std::iter::once(name).chain(cells(&Agreement::of(pairs))).collect()
        });
        let columns = std::iter::once(Column::words("Auditor")).chain(columns()).collect();
        let table = Table::new("auditors", "By auditor, in the order of their names", columns)
            .rows(rows.collect())
            .empty("No audit has been read a second time yet.");
        Self { frame, table }
    }

    /// Nobody, and somebody with a hostile name.
    pub fn samples() -> Vec<Self> {
        let (lines, _) = super::sample::pairs();
        let frame = || Frame::new("Agreement by auditor");
        vec![Self::new(frame(), &[]), Self::new(frame(), &lines)]
    }
}
