//! The second reading of one audit: why it is read, how far it has come, and how it ended.

use askama::Template;
use axum::extract::RawQuery;
use quarterlight_domain::audit::Stage;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::framework::Section;
use quarterlight_domain::moderation::pick::Why;
use quarterlight_domain::moderation::{Ending, Moderation};
use quarterlight_domain::stamp::day_in_england;

use super::{InHand, ToModerate};
use crate::app::App;
use crate::govuk::{
    Button, Content, Inset, NotificationBanner, SummaryList, SummaryRow, Tag, TagColour, TaskItem,
    TaskList, TaskStatus,
};
use crate::layout::Frame;
use crate::{links, page};

/// The second reading of one audit.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/moderation/show.html")]
pub struct ModerationPage {
    frame: Frame,
    caption: String,
    why: String,
    /// How the pick can be checked, where a number decided it.
    check: Option<String>,
    /// What stands in the way, or how it ended.
    inset: Option<Inset>,
    /// Opens it: where, and the button.
    open: Option<(String, Button)>,
    progress: Option<String>,
    sections: Option<TaskList>,
    opinion: Option<SummaryList>,
    finish: Vec<Button>,
}

/// Shows how far a second reading has come.
///
/// # Errors
/// There is no such page for those who do not moderate, and for an audit that is not picked.
pub async fn get(it: ToModerate, RawQuery(done): RawQuery) -> page::Result {
    let mut page = ModerationPage::new(&it);
    page.frame.banner = match done.as_deref() {
        Some("confirmed") => {
            Some("The audit is confirmed. What the auditor gave is kept beside it.")
        }
        Some("returned") => Some("The audit is with its auditor again, with your notes."),
        _ => None,
    }
    .map(NotificationBanner::success);
    page::show(&page)
}

/// Opens the second reading. From now on its auditor cannot take it back.
///
/// # Errors
/// Refuses whoever is close to the audit. There is no such page for those who do not moderate.
pub async fn open(app: App, it: ToModerate) -> page::Result {
    if it.kept.current().is_none() {
        let reader = it.reader.clone()?;
        let stamp = it.visitor.stamp("opened a second reading");
        app.store.moderations.open(&stamp, &reader, it.picked.why).await?;
    }
    // Opened by somebody else in between, or taken back: the page says so.
    page::see_other(links::moderate(it.audit().id))
}

/// The way on after something was saved: the next standard that is to be settled, or the first page.
pub fn onwards(it: &InHand, after: &quarterlight_domain::standard::StandardCode) -> String {
    let id = it.audit().id;
    let left = it.left();
    let asked = it.contents().asked_of(&it.audit().line);
    let later = asked.iter().skip_while(|standard| standard.code != *after).skip(1);
    let later = later.map(|standard| &standard.code).find(|code| left.contains(code));
    let next = later.or_else(|| left.iter().copied().find(|code| *code != after));
    next.map_or_else(|| links::moderate(id), |code| links::moderate_standard(id, code))
}

impl ModerationPage {
    fn new(it: &InHand) -> Self {
        let goes_on = it.going_on().ok();
        let shown = it.mine().filter(|_| it.shows_all());
        Self {
            frame: it.frame(format!("Moderate {}", it.audit().reference())),
            caption: it.caption(),
            why: format!("{}.", it.picked.why.words()),
            check: check(it),
            inset: inset(it).map(Inset::new),
            open: may_open(it).then(|| {
                (links::open_moderation(it.audit().id), Button::submit("Open the second reading"))
            }),
            progress: goes_on.map(|moderation| progress(it, moderation)),
            sections: goes_on.map(|_| TaskList::new("sections", sections(it))),
            opinion: shown.and_then(|_| opinion(it)),
            finish: goes_on.map_or_else(Vec::new, |_| finish(it)),
        }
    }

    /// To be opened, refused, opened by somebody else, read blind, read through, and ended.
    pub fn samples() -> Vec<Self> {
        super::sample::in_hand().iter().map(Self::new).collect()
    }
}

fn may_open(it: &InHand) -> bool {
    it.reader.is_ok() && it.kept.current().is_none() && it.audit().is_submitted()
}

/// How anybody can repeat the pick.
fn check(it: &InHand) -> Option<String> {
    let number = it.picked.number?;
    let label = if it.picked.why == Why::Blind { "blind" } else { "share" };
    Some(format!(
        "Its number is {number}: the HMAC-SHA256, keyed with the seed of the draw, “{}”, of “moderation”, “{label}” and “{}”, with the byte 1F between them, as a fraction.",
        it.kept.seed.as_str(),
        it.audit().reference()
    ))
}

fn inset(it: &InHand) -> Option<String> {
    let auditor = &it.audit().auditor_name;
    if let Some(moderation) = it.kept.moderation.as_ref().filter(|_| !it.kept.came_again) {
        let who = if moderation.moderator == it.visitor.id() {
            "You".to_owned()
        } else {
            moderation.moderator_name.clone()
        };
        return match moderation.ended {
            Some(ended) if ended.how == Ending::Confirmed => {
                let on = day_in_words(day_in_england(ended.at));
                Some(match &it.kept.changed {
                    Some((grade, why)) => format!(
                        "{who} confirmed this audit on {on}, and changed its grade from {} to {}: {why}",
                        it.kept.first.1.words(),
                        grade.words()
                    ),
                    None => format!("{who} confirmed this audit on {on}, with its grade."),
                })
            }
            Some(_) => {
                Some(format!("This audit is with {auditor} again, who has to see to your notes."))
            }
            None if it.mine().is_none() => Some(format!("{who} has opened this audit.")),
            None => None,
        };
    }
    if let Err(refusal) = &it.reader {
        return Some(refusal.sentence().to_owned());
    }
    it.kept.came_again.then(|| {
        format!("{auditor} has submitted this audit again. Only what changed is to be read anew.")
    })
}

fn progress(it: &InHand, moderation: &Moderation) -> String {
    let asked = it.contents().asked_of(&it.audit().line).len();
    let settled = asked - it.left().len();
    let how = if moderation.blind {
        " It is read blind: each of the auditor’s answers is shown once you have saved your own."
    } else {
        ""
    };
    format!("Settled {settled} of {asked}.{how}")
}

fn sections(it: &InHand) -> Vec<TaskItem> {
    let left = it.left();
    let item = |section: &Section| {
        let asked: Vec<_> =
            section.standards.iter().filter(|it_is| it_is.applies_to(&it.audit().line)).collect();
        let open: Vec<_> = asked.iter().filter(|each| left.contains(&&each.code)).collect();
        let next = open.first().copied().or_else(|| asked.first())?;
        let settled = asked.len() - open.len();
        let status = if open.is_empty() {
            TaskStatus::Text("Settled".to_owned())
        } else if settled > 0 {
            TaskStatus::Tag(Tag::new("Incomplete", TagColour::Blue))
        } else {
            TaskStatus::Tag(Tag::new("Not started", TagColour::Grey))
        };
        let title = format!("{}. {}", section.letter, section.title);
        let link = links::moderate_standard(it.audit().id, &next.code);
        let hint = format!("{settled} of {} settled", asked.len());
        Some(TaskItem::new(title, link, status).hint(hint))
    };
    it.contents().sections().iter().filter_map(item).collect()
}

fn opinion(it: &InHand) -> Option<SummaryList> {
    let Stage::Submitted { opinion, .. } = &it.audit().stage else { return None };
    let rows = vec![
        SummaryRow::new("Overall grade", opinion.grade().words()),
        SummaryRow::new("Reasons", Content::written(opinion.reasons().words())),
    ];
    Some(SummaryList::new(rows).titled(format!("What {} gave", it.audit().auditor_name)))
}

fn finish(it: &InHand) -> Vec<Button> {
    let id = it.audit().id;
    let mut buttons = Vec::new();
    if it.left().is_empty() {
        buttons.push(Button::link("Confirm the audit", links::confirm_audit(id)));
    }
    if it.kept.cycle_closed.is_none() {
        let button = Button::link("Return it to its auditor", links::return_audit(id));
        buttons.push(button.secondary());
    }
    buttons
}
