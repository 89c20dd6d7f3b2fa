//! The reports that were released, and for those who prepare them the drafts of every cycle.

use askama::Template;
use quarterlight_domain::calendar::{Quarter, day_in_words};
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_domain::release::Prepared;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_report::quarterly::MARKING;
use quarterlight_report::words::{self, AUDIT};
use quarterlight_store::{CycleProgress, ReportLine};

use super::prepare::show::tag;
use crate::app::App;
use crate::govuk::{Column, Content, Table, WarningText};
use crate::layout::Frame;
use crate::permit::{ReadReleasedReports, Through};
use crate::{links, page};

/// A quarter whose report is not released, or is read as it stands beside the released one.
#[derive(Debug, Clone)]
struct Draft {
    quarter: String,
    /// *12 of 48 audits are submitted.*
    progress: String,
    /// Where each service's report is; that of all services comes first.
    services: Vec<(String, String)>,
}

/// The reports.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/reports/list.html")]
pub struct ReportsPage {
    frame: Frame,
    marking: WarningText,
    released: Table,
    programmes: Table,
    /// The programme of today's year as it stands; none for those who may not read drafts.
    programme: Option<String>,
    /// Those on their way to members; none for those who may not read drafts.
    prepared: Option<Table>,
    /// None for those who may not read drafts.
    drafts: Option<Vec<Draft>>,
}

/// Lists the reports.
///
/// # Errors
/// There is no such page for those who may not read reports.
pub async fn get(app: App, visitor: Through<ReadReleasedReports>) -> page::Result {
    let released = app.store.reports.all().await?;
    let drafts = if permits(&visitor.person, Deed::ReadDraftReports, visitor.today) {
        let services = app.store.figures.services().await?;
        let cycles = app.store.cycles.all().await?;
        Some(cycles.iter().map(|cycle| draft(cycle, &services)).collect())
    } else {
        None
    };
    let prepared = if drafts.is_some() { app.store.releases.all().await? } else { Vec::new() };
    let frame = visitor.frame(&app, "Reports", "Reports");
    let year = Quarter::of(visitor.today).year();
    page::show(&ReportsPage::new(frame, &released, year, drafts, &prepared))
}

impl ReportsPage {
    fn new(
        frame: Frame,
        released: &[ReportLine],
        year: i16,
        drafts: Option<Vec<Draft>>,
        prepared: &[Prepared],
    ) -> Self {
        let (programmes, released): (Vec<&ReportLine>, Vec<&ReportLine>) =
            released.iter().partition(|it| it.about.year().is_some());
        let table = |id: &str, caption: &str, first: &str, lines: Vec<&ReportLine>| {
            let columns = [first, "Released on", "File"].map(Column::words);
            Table::new(id, caption, columns.into()).rows(lines.into_iter().map(row).collect())
        };
        let released = table("released", "Released reports", "Report", released)
            .empty("No report has been released yet.");
        let programmes =
            table("programmes", "Released programmes of audits", "Programme", programmes)
                .empty("No programme of audits has been released yet.");
        let programme = drafts.is_some().then(|| links::programme_draft(year));
        let marking = WarningText::new(MARKING);
        let columns = ["Report", "State", "Built"].map(Column::words);
        let prepared = drafts.is_some().then(|| {
            Table::new("prepared", "On their way to members", columns.into())
                .rows(prepared.iter().map(prepared_row).collect())
                .empty("No report has been built yet.")
        });
        Self { frame, marking, released, programmes, programme, prepared, drafts }
    }

    /// Nothing released as a member sees it, no cycle yet, and a crowd with hostile names.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let frame = || Frame::new("Reports");
        let (cycles, released) = super::sample::list();
        let services: Vec<(PlaceId, String)> = [HOSTILE, "Disability Service", "Leaving Care"]
            .iter()
            .zip(1..)
            .map(|(name, id)| (PlaceId(id), (*name).to_owned()))
            .collect();
        let drafts = cycles.iter().map(|cycle| draft(cycle, &services)).collect();
        vec![
            Self::new(frame(), &[], 2026, None, &[]),
            Self::new(frame(), &[], 2026, Some(Vec::new()), &[]),
            Self::new(frame(), &released, 2026, Some(drafts), &[]),
        ]
    }
}

fn prepared_row(report: &Prepared) -> Vec<Content> {
    vec![
        Content::link(report.title.clone(), links::prepared(report.id)),
        Content::component(&tag(report.state())),
        Content::text(moment_in_words(report.built_at)),
    ]
}

fn row(report: &ReportLine) -> Vec<Content> {
    vec![
        Content::link(report.title.clone(), links::report(report.id)),
        Content::text(day_in_words(report.released_on)),
        Content::link(format!("PDF, {}", report.about), links::report_pdf(report.id)),
    ]
}

fn draft(progress: &CycleProgress, services: &[(PlaceId, String)]) -> Draft {
    let quarter = progress.cycle.quarter;
    let all = ("All services".to_owned(), None);
    let each = services.iter().map(|(id, name)| (name.clone(), Some(*id)));
    let drawn = u64::from(progress.drawn);
    let submitted = words::out_of(progress.submitted.into(), drawn, &AUDIT);
    Draft {
        quarter: quarter.words(),
        progress: if drawn == 0 {
            "No sample is drawn yet.".to_owned()
        } else {
            format!("{submitted} {} submitted.", words::agree(drawn, "is", "are"))
        },
        services: std::iter::once(all)
            .chain(each)
            .map(|(name, service)| (links::draft(quarter, service), name))
            .collect(),
    }
}
