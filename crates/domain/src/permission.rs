//! Who may do what: decided here and nowhere else, and denied unless written down as allowed.

use jiff::civil::Date;

use crate::action::Action;
use crate::audit::{Audit, Stage};
use crate::comment::Comment;
use crate::concern::Concern;
use crate::conflict::Conflict;
use crate::draft::Draft;
use crate::id::PersonId;
use crate::independence::manages;
use crate::person::{Person, Role};
use crate::place::Whereabouts;
use crate::record::Record;
use crate::reply::must_stand_apart;

mod access;
mod actions;
pub mod api;
mod concerns;
mod filing;
mod keeping;
mod moderation;
mod outside;
mod register;
mod release;
mod sign_in;
mod staffing;

use concerns::{answers_for, raised, raises_in, raises_of, reads_concern};

pub use access::AccessDeed;
pub use keeping::KeepingDeed;
pub use moderation::ModerationDeed;
pub use outside::OutsideDeed;
pub use register::RegisterDeed;
pub use release::ReleaseDeed;
pub use sign_in::SignInDeed;
pub use staffing::StaffingDeed;

/// Something that a person asks to do, with what it would be done to.
#[derive(Debug, Clone, Copy)]
pub enum Deed<'a> {
    /// See what they have to do themselves.
    SeeOwnWork,
    /// Read the frameworks that were agreed, and what changed between their editions.
    ReadFramework,
    /// Change a rule about time for this authority.
    VaryRules,
    /// Change an indicator for this authority.
    ChangeIndicators,
    /// Start a draft of a framework.
    WriteFrameworks,
    /// Read a draft.
    ReadDraft(&'a Draft),
    /// Read a comment that was made on a draft.
    ReadComment(&'a Draft, &'a Comment),
    /// Write a draft, ask for comments on it and answer them.
    WriteDraft(&'a Draft),
    /// Comment on a draft.
    CommentOn(&'a Draft),
    /// Agree a draft.
    AgreeDraft(&'a Draft),
    /// See the case lists that were imported, and import another.
    ImportCaseLists,
    /// See record by record what lists say of them: what is new, changed, gone, or on one list alone.
    CompareRecords,
    /// See on which records the lists differ.
    SeeConflicts,
    /// See the dates of birth that lists differ on.
    SeeBirthDates,
    /// See which records are covered, in numbers.
    SeeCoverage,
    /// Say who audits the records of a cell, and ask for some of them in the next draw.
    ClaimCells,
    /// Find a record by its reference, or list records.
    ListRecords,
    /// Read what the case list says about one record.
    ReadRecord(&'a Record),
    /// See the cycles, their draws and how the audits are coming on.
    SeeCycles,
    /// See how the audits of a cycle come on, in the places that they answer for or in all.
    SeeProgress,
    /// Open a cycle, draw its sample and assign its audits.
    RunCycles,
    /// Read an audit.
    ReadAudit(&'a Audit),
    /// Answer, grade and submit an audit.
    MakeAudit(&'a Audit),
    /// Say in an audit, at any of its stages, that the child may be unsafe now.
    RaiseInAudit(&'a Audit),
    /// Say of a record, outside an audit, that the child may be unsafe now.
    RaiseOfRecord(&'a Record),
    /// See the list of concerns: all, or those of the places that they answer for.
    ListConcerns,
    /// Read a concern.
    ReadConcern(&'a Concern),
    /// Be shown a concern on every page until somebody has acknowledged it.
    BeShownConcern(&'a Concern),
    /// Say what is being done about a concern, and close it.
    AcknowledgeConcern(&'a Concern),
    /// Say that a concern was raised in error.
    WithdrawConcern(&'a Concern),
    /// Hear that an audit of a record of theirs has started, and what happens next.
    HearOfAudit(&'a Audit),
    /// Reply to an audit of a record of theirs, or challenge it.
    ReplyToAudit(&'a Audit),
    /// See which challenges wait, and what was decided.
    ListChallenges,
    /// Decide a challenge of an audit.
    DecideChallenge(&'a Audit),
    /// Say which themes auditors can choose.
    KeepThemes,
    /// Give an audit to somebody else, and move its day.
    AllocateAudit(&'a Audit),
    /// Something about second readings.
    Moderation(ModerationDeed),
    /// Declare what keeps them from records, and see what they have declared.
    DeclareConflicts,
    /// See what everybody has declared, and record it for others.
    RecordConflicts,
    /// Say that a conflict has ended.
    EndConflict(&'a Conflict),
    /// Say who signs in as which worker, who supervises them, and what auditors can do.
    DescribeWorkers,
    /// See the list of actions that are theirs, or of the places that they answer for.
    ListActions,
    /// Read an action and its finding.
    ReadAction(&'a Action),
    /// Say that an action is addressed.
    AddressAction(&'a Action),
    /// Say that an action is verified, or not yet.
    VerifyAction(&'a Action),
    /// Say who is to do an action, and by when; agree to more time for it.
    GiveAction(&'a Action),
    /// Say whether what was verified has held.
    RecheckAction(&'a Action),
    /// Say that nothing need be done about a finding.
    CloseAction(&'a Action),
    /// See findings beside one another: those alike, those nobody sees to, themes and good practice.
    SeeFindings,
    /// Join findings that are alike under one action, and take them apart.
    JoinFindings,
    /// Read a report that is not released.
    ReadDraftReports,
    /// Read a report that was released.
    ReadReleasedReports,
    /// Something about a report on its way to members.
    Release(ReleaseDeed),
    /// Something about signing in.
    SignIn(SignInDeed),
    /// Something about the committee's register.
    Register(RegisterDeed<'a>),
    /// Something about staff, and who holds which records.
    Staffing(StaffingDeed<'a>),
    /// Something about the journal, retention and subject access.
    Keeping(KeepingDeed),
    /// Something about grants, restrictions and looks.
    Access(AccessDeed<'a>),
    /// Something about other programs, or about how this one runs.
    Outside(OutsideDeed),
    /// See who has looked at a record.
    SeeLooks,
    /// Read which correspondence goes where.
    ReadFilingProtocol,
    /// Say from which day another filing protocol holds.
    WriteFilingProtocol,
    /// See what filing checks found: of all records, or of those of the places they answer for.
    SeeFiling,
    /// Read what filing checks found in this place.
    ReadFiling(&'a Whereabouts),
    /// Check the filing of some record, outside an audit.
    CheckAnyFiling,
    /// Check the filing of this record, outside an audit.
    CheckFiling(&'a Record),
    /// Say that something that was misfiled is put right.
    ClearAnyFiling,
    /// Say that what was misfiled in this place is put right.
    ClearFiling(&'a Whereabouts),
    /// Take back a filing check that this person made.
    WithdrawCheck(PersonId),
}

/// Everybody who has to do with audits, and so reads what is asked in them.
const AROUND_AUDITS: [Role; 7] = [
    Role::Auditor,
    Role::Worker,
    Role::ServiceManager,
    Role::QualityLead,
    Role::Moderator,
    Role::SeniorManager,
    Role::AuditServices,
];

/// Whether this person may do this on this day.
#[expect(clippy::too_many_lines, reason = "it is a table, one arm for each deed")]
pub fn permits(person: &Person, deed: Deed<'_>, day: Date) -> bool {
    let is = |role| person.is(role, day);
    let any = |roles: &[Role]| roles.iter().any(|role| is(*role));
    match deed {
        Deed::SeeOwnWork => !person.roles_on(day).is_empty(),
        Deed::ReadFramework => any(&AROUND_AUDITS),
        Deed::WriteFrameworks
        | Deed::WriteDraft(_)
        | Deed::RunCycles
        | Deed::RecordConflicts
        | Deed::AllocateAudit(_)
        | Deed::VaryRules
        | Deed::ChangeIndicators
        | Deed::KeepThemes
        | Deed::CompareRecords
        | Deed::SeeBirthDates
        | Deed::ClaimCells => is(Role::QualityLead),
        Deed::ReadDraft(draft) => {
            any(&[Role::QualityLead, Role::SeniorManager, Role::AuditServices])
                || draft.asked(person.id) && !person.roles_on(day).is_empty()
        }
        // The first to say something should not decide what the others say: until the consultation
        // is over, only whoever answers it reads it, and those asked if they were told so.
        Deed::ReadComment(draft, comment) => {
            let of = draft.consultations.iter().find(|it| it.id == comment.consultation);
            permits(person, Deed::ReadDraft(draft), day)
                && (comment.person == person.id
                    || is(Role::QualityLead)
                    || of.is_some_and(|it| it.shows_to(person.id, day)))
        }
        // Whoever is asked comments, whatever else they are; the draft says until when.
        Deed::CommentOn(draft) => draft.asked(person.id) && !person.roles_on(day).is_empty(),
        Deed::AgreeDraft(_) => is(Role::SeniorManager),
        Deed::ImportCaseLists | Deed::DescribeWorkers => {
            any(&[Role::QualityLead, Role::Administrator])
        }
        Deed::SeeCoverage | Deed::SeeCycles => {
            any(&[Role::QualityLead, Role::SeniorManager, Role::AuditServices])
        }
        Deed::SeeConflicts | Deed::ListRecords => any(&[Role::QualityLead, Role::AuditServices]),
        Deed::ReadRecord(record) => {
            let whereabouts = &record.whereabouts;
            any(&[Role::QualityLead, Role::AuditServices])
                || manages(person, whereabouts, day)
                || is(Role::Worker)
                    && record.worker.as_ref().is_some_and(|worker| worker.person == Some(person.id))
        }
        Deed::SeeProgress | Deed::ListConcerns => any(&[
            Role::QualityLead,
            Role::SeniorManager,
            Role::AuditServices,
            Role::ServiceManager,
        ]),
        Deed::DeclareConflicts => any(&[Role::Auditor, Role::QualityLead]),
        Deed::EndConflict(conflict) => {
            conflict.declared.person == person.id && is(Role::Auditor) || is(Role::QualityLead)
        }
        Deed::ReadAudit(audit) => {
            any(&[Role::QualityLead, Role::AuditServices]) || reads_audit(person, audit, day)
        }
        Deed::RaiseInAudit(audit) => raises_in(person, audit, day),
        Deed::RaiseOfRecord(record) => raises_of(person, record, day),
        Deed::ReadConcern(concern) => {
            any(&[Role::QualityLead, Role::AuditServices]) || reads_concern(person, concern, day)
        }
        // Whoever runs the audit sees it too: where nobody manages the place, they know whom to ring.
        Deed::BeShownConcern(it) => {
            is(Role::QualityLead) || permits(person, Deed::AcknowledgeConcern(it), day)
        }
        Deed::AcknowledgeConcern(it) => it.by != person.id && answers_for(person, it, day),
        Deed::WithdrawConcern(it) => raised(person, it, day) || is(Role::QualityLead),
        Deed::MakeAudit(audit) => is_its_auditor(person, audit, day),
        Deed::Moderation(deed) => deed.is_for(person, day),
        Deed::HearOfAudit(_)
        | Deed::ReplyToAudit(_)
        | Deed::ListChallenges
        | Deed::DecideChallenge(_) => takes_part(person, deed, day),
        Deed::ListActions
        | Deed::ReadAction(_)
        | Deed::AddressAction(_)
        | Deed::VerifyAction(_)
        | Deed::GiveAction(_)
        | Deed::RecheckAction(_)
        | Deed::CloseAction(_)
        | Deed::SeeFindings
        | Deed::JoinFindings => actions::permits(person, deed, day),
        Deed::ReadDraftReports => {
            any(&[Role::QualityLead, Role::SeniorManager, Role::AuditServices, Role::Clerk])
        }
        Deed::ReadReleasedReports => any(&[
            Role::ServiceManager,
            Role::QualityLead,
            Role::SeniorManager,
            Role::AuditServices,
            Role::Clerk,
            Role::Member,
        ]),
        Deed::Release(deed) => deed.is_for(person, day),
        Deed::SignIn(deed) => deed.is_for(person, day),
        Deed::Register(deed) => deed.is_for(person, day),
        Deed::Staffing(deed) => deed.is_for(person, day),
        Deed::Keeping(deed) => deed.is_for(person, day),
        Deed::Access(deed) => deed.is_for(person, day),
        Deed::Outside(deed) => deed.is_for(person, day),
        Deed::SeeLooks => any(&[Role::InformationGovernance, Role::AuditServices]),
        Deed::ReadFilingProtocol
        | Deed::WriteFilingProtocol
        | Deed::SeeFiling
        | Deed::ReadFiling(_)
        | Deed::CheckAnyFiling
        | Deed::CheckFiling(_)
        | Deed::ClearAnyFiling
        | Deed::ClearFiling(_)
        | Deed::WithdrawCheck(_) => filing::permits(person, deed, day),
    }
}

/// What an auditor is still writing is the auditor's own; those who are judged by it, and those who
/// answer for them, read it once it is submitted.
fn reads_audit(person: &Person, audit: &Audit, day: Date) -> bool {
    is_its_auditor(person, audit, day)
        || audit.is_submitted()
            && (manages(person, &audit.whereabouts, day) || holds_its_record(person, audit, day))
}

/// How the worker takes part in an audit of their record, and who decides what they challenge.
fn takes_part(person: &Person, deed: Deed<'_>, day: Date) -> bool {
    match deed {
        Deed::HearOfAudit(audit) => {
            holds_its_record(person, audit, day) && audit.stage != Stage::Assigned
        }
        Deed::ReplyToAudit(audit) => holds_its_record(person, audit, day) && audit.is_submitted(),
        Deed::ListChallenges => [Role::Moderator, Role::QualityLead, Role::AuditServices]
            .iter()
            .any(|role| person.is(*role, day)),
        // Nobody decides about their own audit, or about the work of their own line.
        Deed::DecideChallenge(audit) => {
            person.is(Role::Moderator, day)
                && must_stand_apart(audit, person.id).is_ok()
                && !manages(person, &audit.whereabouts, day)
        }
        _ => false,
    }
}

fn holds_its_record(person: &Person, audit: &Audit, day: Date) -> bool {
    person.is(Role::Worker, day) && audit.holder == Some(person.id)
}

fn is_its_auditor(person: &Person, audit: &Audit, day: Date) -> bool {
    audit.auditor == person.id && person.is(Role::Auditor, day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::draft::sample;
    use crate::id::{ConsultationId, PlaceId};
    use crate::person::Grant;

    fn person(id: i64, role: Role) -> Person {
        let grant = Grant { role, place: PlaceId(1), from: date(2026, 1, 1), until: None };
        Person { id: PersonId(id), name: format!("Person {id}"), grants: vec![grant] }
    }

    /// Who of the quality lead (1), those asked (2, and 3 who wrote it), a senior manager (4) and
    /// Audit Services (5) who were not asked, and a worker (6) reads the comment.
    fn readers(draft: &Draft, day: Date) -> Vec<i64> {
        let comment = sample::comment();
        let people = [
            person(1, Role::QualityLead),
            person(2, Role::SeniorManager),
            person(3, Role::AuditServices),
            person(4, Role::SeniorManager),
            person(5, Role::AuditServices),
            person(6, Role::Worker),
        ];
        let reads = |it: &&Person| permits(it, Deed::ReadComment(draft, &comment), day);
        people.iter().filter(reads).map(|it| it.id.0).collect()
    }

    #[test]
    fn a_comment_is_for_its_writer_and_the_lead_until_the_consultation_is_over() {
        let mut draft = sample::draft(&["B1"]);
        draft.consultations.push(sample::consultation());
        let (last, after) = (date(2026, 12, 7), date(2026, 12, 8));
        assert_eq!(readers(&draft, last), [1, 3]);
        assert_eq!(readers(&draft, after), [1, 2, 3, 4, 5]);
        if let Some(it) = draft.consultations.last_mut() {
            it.at_once = true;
        }
        assert_eq!(readers(&draft, last), [1, 2, 3], "those who were asked, and nobody else");
        if let Some(it) = draft.consultations.last_mut() {
            it.id = ConsultationId(9);
        }
        assert_eq!(readers(&draft, after), [1, 3], "of a consultation that is not there");
    }
}
