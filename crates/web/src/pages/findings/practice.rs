//! Good practice: the strengths that audits saw, and which of them are offered to others to learn from.

use askama::Template;
use axum::extract::{Path, Query};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::id::{AuditId, PlaceId};
use quarterlight_domain::permission::{Deed, permits};
use quarterlight_store::{PracticeFilter, PracticeLine, Theme};
use serde::Deserialize;

use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::govuk::{Button, Field, Select, SelectItem};
use crate::layout::Frame;
use crate::permit::{JoinFindings, SeeFindings, Through};
use crate::{links, page};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    theme: String,
    service: String,
    quarter: String,
    show: String,
}

/// Whether it is to be offered.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct OfferForm {
    offered: String,
}

/// The strengths of one audit.
#[derive(Debug, Clone)]
struct Shown {
    heading: String,
    strengths: String,
    is_offered: bool,
    /// Where the audit is, for those who may read every one.
    read: Option<String>,
    /// Offers it, or no longer: where that is sent, the value and the button.
    offer: Option<(String, &'static str, Button)>,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/findings/practice.html")]
pub struct PracticePage {
    frame: Frame,
    action: String,
    theme: Select,
    service: Select,
    quarter: Select,
    show: Select,
    button: Button,
    lines: Vec<Shown>,
}

/// Shows the strengths that audits saw.
///
/// # Errors
/// There is no such page for those who do not see all findings.
pub async fn get(
    app: App,
    visitor: Through<SeeFindings>,
    Query(asked): Query<Asked>,
) -> page::Result {
    let filter = PracticeFilter {
        theme: asked.theme.parse().ok(),
        service: asked.service.parse().ok(),
        quarter: asked.quarter.parse().ok(),
        offered: asked.show == "offered",
    };
    let mut lines = app.store.findings.practice(&filter).await?;
    // What was written of a restricted record is read in its audit, which asks why.
    let restricted = app.store.restrictions.references_on(visitor.today).await?;
    lines.retain(|line| !restricted.contains(line.reference.as_str()));
    let themes = app.store.themes.all().await?;
    let services = app.store.figures.services().await?;
    let may = |deed| permits(&visitor.person, deed, visitor.today);
    let (offers, reads) = (may(Deed::JoinFindings), may(Deed::ListRecords));
    let frame = visitor.frame(&app, "Good practice", "Good practice");
    let last = Quarter::of(visitor.today);
    page::show(&PracticePage::new(
        frame,
        &lines,
        &asked,
        (&themes, &services, last),
        (offers, reads),
    ))
}

/// Offers the strengths of an audit, or no longer. Posted twice, it changes nothing.
///
/// # Errors
/// There is no such page for anybody but the quality lead.
pub async fn post(
    app: App,
    visitor: Through<JoinFindings>,
    Path(audit): Path<String>,
    Filled(form): Filled<OfferForm>,
) -> page::Result {
    let audit: AuditId = audit.parse().map_err(|_| Failure::NotFound)?;
    let stamp = visitor.stamp("said whether good practice is offered");
    app.store.findings.offer(&stamp, audit, form.offered == "yes").await?;
    page::see_other(links::practice())
}

type Choices<'a> = (&'a [Theme], &'a [(PlaceId, String)], Quarter);

impl PracticePage {
    fn new(
        frame: Frame,
        lines: &[PracticeLine],
        asked: &Asked,
        (themes, services, last): Choices<'_>,
        (offers, reads): (bool, bool),
    ) -> Self {
        let select = |name: &str, label: &str, all: &str, items: Vec<SelectItem>, value: &str| {
            let all = std::iter::once(SelectItem::new("", all)).chain(items).collect();
            Select::new(Field::new(name, label), all).value(value.to_owned())
        };
        let themes = themes.iter().map(|it| SelectItem::new(it.id.to_string(), it.name.clone()));
        let services =
            services.iter().map(|(id, name)| SelectItem::new(id.to_string(), name.clone()));
        let quarters = std::iter::successors(Some(last), |it| Some(it.before())).take(8);
        let quarters = quarters.map(|it| SelectItem::new(it.to_string(), it.words()));
        let offered = vec![SelectItem::new("offered", "Those that are offered")];
        Self {
            frame,
            action: links::practice(),
            theme: select("theme", "Theme", "All themes", themes.collect(), &asked.theme),
            service: select(
                "service",
                "Service",
                "All services",
                services.collect(),
                &asked.service,
            ),
            quarter: select(
                "quarter",
                "Quarter",
                "All quarters",
                quarters.collect(),
                &asked.quarter,
            ),
            show: select("show", "Show", "All strengths", offered, &asked.show),
            button: Button::submit("Show these").secondary(),
            lines: lines.iter().map(|line| shown(line, (offers, reads))).collect(),
        }
    }

    /// Nothing, and hostile words everywhere.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let last = Quarter::of(jiff::civil::date(2026, 11, 23));
        let line = |is_offered| {
            Some(PracticeLine {
                audit: AuditId(3),
                reference: Reference::new("R-2043").ok()?,
                quarter: last,
                service: Some(HOSTILE.to_owned()),
                strengths: HOSTILE.to_owned(),
                is_offered,
            })
        };
        let lines: Vec<PracticeLine> = [true, false].into_iter().filter_map(line).collect();
        let services = [(PlaceId(2), HOSTILE.to_owned())];
        let frame = || Frame::new("Good practice");
        let asked = Asked::default();
        vec![
            Self::new(frame(), &[], &asked, (&[], &[], last), (false, false)),
            Self::new(frame(), &lines, &asked, (&[], &services, last), (true, true)),
        ]
    }
}

fn shown(line: &PracticeLine, (offers, reads): (bool, bool)) -> Shown {
    let service = line.service.as_deref().unwrap_or("No service");
    let (value, words) =
        if line.is_offered { ("no", "No longer offer") } else { ("yes", "Offer to others") };
    Shown {
        heading: format!("{} · {service} · {}", line.reference, line.quarter.words()),
        strengths: line.strengths.clone(),
        is_offered: line.is_offered,
        read: reads.then(|| links::read_audit(line.audit)),
        offer: offers.then(|| {
            let button = Button::submit(format!("{words}: {}", line.reference)).secondary();
            (links::offer_practice(line.audit), value, button)
        }),
    }
}
