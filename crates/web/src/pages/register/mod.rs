//! The committee's register: what was asked, resolved and promised, and what became of it.
//!
//! A handler that has [`ToRead`] in its arguments may show the item; one that has [`ToReply`] may
//! reply to it, and one that has [`ToKeep`] may note what the committee said. [`AtMeeting`] is a
//! meeting in the hand of whoever keeps the register.

pub mod candidates;
pub mod enter;
pub mod item;
pub mod lines;
pub mod list;
pub mod meet;
pub mod meeting;
pub mod minutes;
pub mod sample;
pub mod step;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use quarterlight_domain::id::{MeetingId, PersonId, RegisterItemId};
use quarterlight_domain::permission::{Deed, RegisterDeed, permits};
use quarterlight_domain::person::Role;
use quarterlight_domain::register::{Item, Meeting};

use crate::app::App;
use crate::error::Failure;
use crate::govuk::SelectItem;
use crate::layout::Frame;
use crate::links;
use crate::permit::{KeepRegister, SeeRegister, Through, in_hand, named};
use crate::session::SignedIn;

/// An item of the register, and the person who asks for it.
#[derive(Debug, Clone)]
pub struct InHand {
    /// Who asks.
    pub visitor: SignedIn,
    /// The item.
    pub item: Item,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

impl InHand {
    async fn find(
        parts: &mut Parts,
        app: &App,
        deed: for<'a> fn(&'a Item) -> RegisterDeed<'a>,
    ) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        let id: RegisterItemId = named(parts, app, "item").await?;
        let item = app.store.register.item(id).await?.ok_or(Failure::NotFound)?;
        let may = |deed| permits(&visitor.person, Deed::Register(deed), visitor.today);
        if !may(deed(&item)) {
            return Err(Failure::NotFound);
        }
        let (part, above) = if may(RegisterDeed::See) {
            (PART, (PART.to_owned(), links::committee_register()))
        } else {
            ("Your work", ("Your work".to_owned(), links::home()))
        };
        let base = Frame { breadcrumbs: vec![above], ..visitor.frame(app, "", part) };
        Ok(Self { visitor, item, base })
    }

    /// Whether the person who asks may do this.
    pub fn permits(&self, deed: RegisterDeed<'_>) -> bool {
        permits(&self.visitor.person, Deed::Register(deed), self.visitor.today)
    }
}

in_hand! {
    /// An item in the hand of somebody who may read it.
    ToRead: |item| RegisterDeed::Read(item),
    /// An item in the hand of whoever owes the reply.
    ToReply: |item| RegisterDeed::Reply(item),
    /// An item in the hand of whoever keeps the register.
    ToKeep: |_| RegisterDeed::Keep,
}

/// The name of this part of the product.
const PART: &str = "Committee register";

/// A meeting, and whoever may see the register.
#[derive(Debug, Clone)]
pub struct OfMeeting<D> {
    /// Who asks.
    pub visitor: Through<D>,
    /// The meeting.
    pub meeting: Meeting,
    /// The frame of a page for this person, without its title.
    pub base: Frame,
}

/// A meeting in the hand of somebody who may read the register.
pub type ToSee = OfMeeting<SeeRegister>;

/// A meeting in the hand of whoever keeps the register.
pub type AtMeeting = OfMeeting<KeepRegister>;

impl<D: crate::permit::Door + Send + Sync> FromRequestParts<App> for OfMeeting<D> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = Through::<D>::from_request_parts(parts, app).await?;
        let id: MeetingId = named(parts, app, "meeting").await?;
        let meetings = app.store.register.meetings().await?;
        let meeting = meetings.into_iter().find(|it| it.id == id).ok_or(Failure::NotFound)?;
        let breadcrumbs = vec![(PART.to_owned(), links::committee_register())];
        let base = Frame { breadcrumbs, ..visitor.frame(app, "", PART) };
        Ok(Self { visitor, meeting, base })
    }
}

/// Those who can owe the committee a reply: whoever answers for a service, or for the audit.
const OWNERS: [Role; 5] = [
    Role::ServiceManager,
    Role::QualityLead,
    Role::SeniorManager,
    Role::AuditServices,
    Role::InformationGovernance,
];

/// Everybody who can owe a reply, by name, with their id.
async fn owners(app: &App, visitor: &SignedIn) -> Result<Vec<(PersonId, String)>, Failure> {
    let people = app.store.people.all().await?.into_iter().map(|line| line.person);
    let can = people.filter(|it| OWNERS.iter().any(|role| it.is(*role, visitor.today)));
    let mut owners: Vec<_> = can.map(|it| (it.id, it.name)).collect();
    owners.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(owners)
}

fn choices(owners: &[(PersonId, String)]) -> Vec<SelectItem> {
    let first = SelectItem::new("", "Choose who replies");
    let each = owners.iter().map(|(id, name)| SelectItem::new(id.to_string(), name.clone()));
    std::iter::once(first).chain(each).collect()
}

fn chosen(typed: &str, owners: &[(PersonId, String)]) -> Option<(PersonId, String)> {
    let id: PersonId = typed.parse().ok()?;
    owners.iter().find(|it| it.0 == id).cloned()
}
