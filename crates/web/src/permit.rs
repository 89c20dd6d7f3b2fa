//! Doors: an argument of a handler that is there only if the person may be there.
//!
//! A page about one thing takes the thing itself, already permitted, from its own room
//! (`pages/audits/mod.rs` and its like), which makes its doors with `in_hand!`. The doors that stand
//! here are for pages about no one thing.

use std::marker::PhantomData;
use std::ops::Deref;
use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use quarterlight_domain::id::RecordId;
use quarterlight_domain::permission::{
    AccessDeed, Deed, KeepingDeed, ModerationDeed, OutsideDeed, RegisterDeed, ReleaseDeed,
    SignInDeed, StaffingDeed, permits,
};
use quarterlight_store::Noted;

use crate::app::App;
use crate::error::Failure;
use crate::links;
use crate::pages::records::ask::AskPage;
use crate::session::SignedIn;

/// Something that a person must be permitted before a handler runs.
pub trait Door {
    /// What they ask to do.
    const DEED: Deed<'static>;
}

/// A door for each deed of one kind, under a name of its own; of the deeds of no kind, under their
/// own.
macro_rules! doors {
    ($of:ident($deeds:ident), $($(#[$doc:meta])* $name:ident: $deed:ident,)+) => { $(
        doors!(@one $(#[$doc])* $name, Deed::$of($deeds::$deed));
    )+ };
    (@one $(#[$doc:meta])* $name:ident, $deed:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Door for $name {
            const DEED: Deed<'static> = $deed;
        }
    };
    ($($(#[$doc:meta])* $name:ident,)+) => { $(
        doors!(@one $(#[$doc])* $name, Deed::$name);
    )+ };
}

doors! {
    /// To see what they have to do themselves.
    SeeOwnWork,
    /// To read the frameworks that were agreed.
    ReadFramework,
    /// To change a rule about time.
    VaryRules,
    /// To change an indicator.
    ChangeIndicators,
    /// To start a draft of a framework.
    WriteFrameworks,
    /// To see and import case lists.
    ImportCaseLists,
    /// To see record by record what lists say.
    CompareRecords,
    /// To see on which records lists differ.
    SeeConflicts,
    /// To see which records are covered.
    SeeCoverage,
    /// To list records.
    ListRecords,
    /// To see cycles.
    SeeCycles,
    /// To see how the audits of a cycle come on.
    SeeProgress,
    /// To list concerns.
    ListConcerns,
    /// To declare what keeps one from records.
    DeclareConflicts,
    /// To say who signs in as which worker, and what auditors can do.
    DescribeWorkers,
    /// To open, draw and assign cycles.
    RunCycles,
    /// To see what workers challenge.
    ListChallenges,
    /// To say which themes auditors can choose.
    KeepThemes,
    /// To list actions.
    ListActions,
    /// To see findings beside one another.
    SeeFindings,
    /// To join findings that are alike.
    JoinFindings,
    /// To read reports that are not released.
    ReadDraftReports,
    /// To read released reports.
    ReadReleasedReports,
    /// To read where correspondence goes.
    ReadFilingProtocol,
    /// To say from when another filing protocol holds.
    WriteFilingProtocol,
    /// To see what filing checks found.
    SeeFiling,
    /// To check the filing of some record.
    CheckAnyFiling,
    /// To say that something that was misfiled is put right.
    ClearAnyFiling,
}

doors! {
    Moderation(ModerationDeed),
    /// To see which audits are read a second time.
    SeeModeration: See,
    /// To say which audits are.
    SetModerationRule: SetRule,
    /// To see how far auditors and moderators agree.
    SeeAgreement: SeeAgreement,
    /// To see that of each auditor.
    SeeAgreementByAuditor: SeeAgreementByAuditor,
    /// To suggest that a standard be worded anew.
    SuggestRewording: SuggestRewording,
}

/// To build a report for members.
#[derive(Debug, Clone, Copy)]
pub struct BuildReports;

impl Door for BuildReports {
    const DEED: Deed<'static> = Deed::Release(ReleaseDeed::Build);
}

/// To see who has read the private parts of reports.
#[derive(Debug, Clone, Copy)]
pub struct SeeReaders;

impl Door for SeeReaders {
    const DEED: Deed<'static> = Deed::Release(ReleaseDeed::SeeReaders);
}

/// To read the committee's register.
#[derive(Debug, Clone, Copy)]
pub struct SeeRegister;

impl Door for SeeRegister {
    const DEED: Deed<'static> = Deed::Register(RegisterDeed::See);
}

/// To keep the committee's register.
#[derive(Debug, Clone, Copy)]
pub struct KeepRegister;

impl Door for KeepRegister {
    const DEED: Deed<'static> = Deed::Register(RegisterDeed::Keep);
}

doors! {
    Access(AccessDeed),
    /// To see who has which role.
    SeePeople: SeePeople,
    /// To add people, and to give and end grants.
    ChangePeople: ChangePeople,
    /// To confirm a grant of weight.
    ConfirmGrants: ConfirmGrants,
    /// To see who may see what.
    SeeWhoMay: SeeWhoMay,
    /// To restrict records.
    Restrict: Restrict,
    /// To open a record that no grant reaches.
    BreakGlass: BreakGlass,
    /// To see which records were opened so.
    SeeOpenings: SeeOpenings,
    /// To look through the looks.
    SearchLooks: SearchLooks,
    /// To say what became of unusual looks.
    SettleLooks: SettleLooks,
}

doors! {
    SignIn(SignInDeed),
    /// To see and change what they sign in with themselves.
    KeepOwnAccount: KeepOwn,
    /// To see who signs in with what.
    SeeSignInPeople: SeePeople,
    /// To see what is noted of signing in.
    SeeSignIns: SeeEvents,
}

doors! {
    Outside(OutsideDeed),
    /// To make tokens for other programs, and to end them.
    KeepTokens: KeepTokens,
    /// To see which there are.
    SeeTokens: SeeTokens,
    /// To see how the program runs.
    SeeOperations: SeeOperations,
}

doors! {
    Staffing(StaffingDeed),
    /// To see records and staff over time.
    SeeTrend: SeeTrend,
    /// To say how many staff teams have, and what became of teams.
    KeepStaff: Keep,
    /// To see caseloads by team, and what is advised.
    SeeAllocation: SeeAllocation,
    /// To write the allocation protocol that supersedes.
    WriteAllocationProtocol: WriteProtocol,
}

doors! {
    Keeping(KeepingDeed),
    /// To check the journal, and take it out.
    ProveHistory: ProveHistory,
    /// To see what is kept for how long.
    SeeRetention: SeeRetention,
    /// To decide how long, and what is held.
    DecideRetention: DecideRetention,
    /// To confirm what somebody else proposed.
    ConfirmDisposal: ConfirmDisposal,
    /// To take out everything about a record.
    BundleRecord: BundleRecord,
}

/// Somebody who came through a door.
#[derive(Debug, Clone)]
pub struct Through<D> {
    visitor: SignedIn,
    door: PhantomData<D>,
}

impl<D> Deref for Through<D> {
    type Target = SignedIn;

    fn deref(&self) -> &SignedIn {
        &self.visitor
    }
}

impl<D: Door> FromRequestParts<App> for Through<D> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let visitor = SignedIn::from_request_parts(parts, app).await?;
        if permits(&visitor.person, D::DEED, visitor.today) {
            Ok(Self { visitor, door: PhantomData })
        } else {
            Err(Failure::NotFound)
        }
    }
}

/// The thing that the URL names under this name, by its id.
///
/// # Errors
/// There is no such page where the URL names nothing that could be an id.
pub async fn named<T: FromStr>(parts: &mut Parts, app: &App, name: &str) -> Result<T, Failure> {
    let path = RawPathParams::from_request_parts(parts, app).await;
    let path = path.map_err(|_| Failure::NotFound)?;
    let word = path.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
    word.and_then(|word| word.parse().ok()).ok_or(Failure::NotFound)
}

/// Notes the look at a record before anything of it is shown: no note, no page. Every door to
/// something about a record goes through here, and so a restricted record asks at every one of them.
///
/// # Errors
/// Fails if the note cannot be kept; then the page must not be shown. Asks why where the record is
/// restricted and the person has not said it.
pub async fn note_look(
    parts: &Parts,
    app: &App,
    visitor: &SignedIn,
    record: RecordId,
) -> Result<(), Failure> {
    let (looks, who) = (&app.store.looks, visitor.id());
    let is_look = parts.method == Method::GET;
    let goes_on = if is_look {
        looks.note(who, record, parts.uri.path(), visitor.at).await? == Noted::Yes
    } else {
        looks.may_send(who, record, visitor.at).await?
    };
    if goes_on {
        return Ok(());
    }
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let (back, status) = if is_look {
        (path.to_owned(), StatusCode::OK)
    } else {
        (links::home(), StatusCode::FORBIDDEN)
    };
    Err(AskPage::asked(app, visitor, record, (&back, status))?)
}

/// Doors to one thing. A room that has an `InHand` with a `find` says here what may be done with
/// what it finds; each is an argument of a handler, and is there only if its person may do that.
macro_rules! in_hand {
    ($($(#[$doc:meta])* $name:ident: $deed:expr,)+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name(pub InHand);

        impl axum::extract::FromRequestParts<$crate::app::App> for $name {
            type Rejection = $crate::error::Failure;

            async fn from_request_parts(
                parts: &mut axum::http::request::Parts,
                app: &$crate::app::App,
            ) -> Result<Self, $crate::error::Failure> {
                InHand::find(parts, app, $deed).await.map(Self)
            }
        }

        impl std::ops::Deref for $name {
            type Target = InHand;

            fn deref(&self) -> &InHand {
                &self.0
            }
        }
    )+ };
}

pub(crate) use in_hand;
