//! Which services are audited by a framework of their own.

use std::collections::BTreeMap;

use askama::Template;
use quarterlight_domain::id::PlaceId;
use quarterlight_domain::programme::Programme;
use quarterlight_domain::text::Reason;

use super::{Year, inner_frame};
use crate::app::App;
use crate::form::{Errors, Filled};
use crate::govuk::{Button, ErrorSummary, Field, LabelSize, Select, SelectItem, Textarea};
use crate::layout::Frame;
use crate::permit::RunCycles;
use crate::{links, page};

/// What was typed: a framework's name under each service's id, and why under its own word.
type Typed = BTreeMap<String, String>;

/// The page for choosing frameworks.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/programme/frameworks.html")]
pub struct FrameworksPage {
    frame: Frame,
    errors: ErrorSummary,
    action: String,
    seen: u32,
    selects: Vec<Select>,
    why: Textarea,
    keep: Button,
}

/// Shows which framework each service has.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn get(app: App, asked: Year<RunCycles>) -> page::Result {
    let programme = app.store.programmes.current(asked.year).await?;
    let typed = programme.iter().flat_map(|programme| &programme.frameworks);
    let mut typed: Typed = typed.map(|(id, name)| (field(*id), name.clone())).collect();
    let seen = programme.map_or(0, |programme| programme.version);
    typed.insert("seen".to_owned(), seen.to_string());
    page::show(&page(&app, &asked, &typed, &Errors::default()).await?)
}

/// Keeps a new version.
///
/// # Errors
/// There is no such page for those who do not run cycles.
pub async fn post(app: App, asked: Year<RunCycles>, Filled(typed): Filled<Typed>) -> page::Result {
    let before = app.store.programmes.current(asked.year).await?;
    let seen = before.as_ref().map_or(0, |programme| programme.version);
    let this = links::programme(asked.year);
    let mut errors = Errors::default();
    let why = typed.get("why").map_or("", String::as_str);
    let why = errors.keep("why", Reason::new(why));
    if typed.get("seen") != Some(&seen.to_string()) {
        // The form came twice, or somebody has changed the programme: it says what is so now.
        return page::see_other(this);
    }
    let Some(why) = why else {
        return page::again(&page(&app, &asked, &typed, &errors).await?);
    };
    let names = app.store.programmes.frameworks_on(asked.visitor.today).await?;
    let mut frameworks = BTreeMap::new();
    for (id, _) in app.store.figures.services().await? {
        if let Some(name) = typed.get(&field(id)).filter(|name| names.contains_key(*name)) {
            frameworks.insert(id, name.clone());
        }
    }
    let next = Programme {
        year: asked.year,
        version: seen + 1,
        made_on: asked.visitor.today,
        why: why.words().to_owned(),
        quarters: before.map(|programme| programme.quarters).unwrap_or_default(),
        frameworks,
    };
    let stamp = asked.visitor.stamp("chose the frameworks of a year");
    match app.store.programmes.keep(&stamp, &next).await {
        Ok(()) => page::see_other(format!("{this}?planned")),
        Err(fault) if fault.is_duplicate() => page::see_other(this),
        Err(fault) => Err(fault.into()),
    }
}

fn field(id: PlaceId) -> String {
    format!("service-{id}")
}

async fn page(
    app: &App,
    asked: &Year<RunCycles>,
    typed: &Typed,
    errors: &Errors,
) -> page::Result<FrameworksPage> {
    let services = app.store.figures.services().await?;
    let names = app.store.programmes.frameworks_on(asked.visitor.today).await?;
    let names: Vec<String> = names.into_keys().collect();
    let frame = inner_frame(&asked.visitor, app, asked.year, "Choose frameworks");
    Ok(FrameworksPage::new(frame, asked.year, (&services, &names), typed, errors))
}

impl FrameworksPage {
    fn new(
        frame: Frame,
        year: i16,
        (services, names): (&[(PlaceId, String)], &[String]),
        typed: &Typed,
        errors: &Errors,
    ) -> Self {
        let typed_at = |name: &str| typed.get(name).cloned().unwrap_or_default();
        let selects = services.iter().map(|(id, service)| {
            let mut items = vec![SelectItem::new("", "The framework in force for all")];
            items.extend(names.iter().map(|name| SelectItem::new(name.as_str(), name.as_str())));
            let field_of = Field::new(field(*id), service.as_str()).size(LabelSize::Small);
            Select::new(field_of, items).value(typed_at(&field(*id)))
        });
        let why = Field::new("why", "Why is the programme made so?")
            .size(LabelSize::Small)
            .hint("This is kept with the version, and members read it.")
            .error(errors.at("why"));
        let summary = ErrorSummary::new().field(&why);
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..frame },
            errors: summary,
            action: links::programme_frameworks(year),
            seen: typed_at("seen").parse().unwrap_or(0),
            selects: selects.collect(),
            why: Textarea::new(why).value(typed_at("why")).rows(3),
            keep: Button::submit("Keep these frameworks"),
        }
    }

    /// No service yet, some with a framework of their own, and hostile names with an error.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let services = [(PlaceId(1), "Fostering".to_owned()), (PlaceId(2), HOSTILE.to_owned())];
        let names = ["Children’s records".to_owned(), HOSTILE.to_owned()];
        let typed = Typed::from([(field(PlaceId(1)), HOSTILE.to_owned())]);
        let mut errors = Errors::default();
        errors.say("why", HOSTILE);
        let frame = || Frame::new("Choose frameworks");
        vec![
            Self::new(frame(), 2026, (&[], &[]), &Typed::new(), &Errors::default()),
            Self::new(frame(), 2026, (&services, &names), &typed, &Errors::default()),
            Self::new(frame(), 2026, (&services, &names), &typed, &errors),
        ]
    }
}
