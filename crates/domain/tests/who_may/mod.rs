//! Who may do what, stated a second time as a table of roles and relations, and compared with the
//! permission rules over people, grants, places and things made at random.
//!
//! The table is written from the product's own table of roles and from what the issue asks, and not
//! from the code. `QUARTERLIGHT_GRANTS=1000000 cargo test --release -p quarterlight-domain --test domain
//! who_may -- --nocapture` is the long form.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use quarterlight_domain::access::glass::Opening;
use quarterlight_domain::action::{Action, ActionStage, Found, Verified};
use quarterlight_domain::allocation::Experience;
use quarterlight_domain::audit::{Audit, Stage};
use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::case_list::{CaseLine, Reference};
use quarterlight_domain::concern::{self, Concern};
use quarterlight_domain::grade::{Grade, Opinion};
use quarterlight_domain::history::History;
use quarterlight_domain::id::{
    ActionId, AuditId, ConcernId, CycleId, EditionId, FindingId, GlassId, PersonId, PlaceId,
    RecordId, WorkerId,
};
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::permission::{
    AccessDeed, Deed, ModerationDeed, RegisterDeed, ReleaseDeed, StaffingDeed, permits,
};
use quarterlight_domain::person::{Grant, Person, Role};
use quarterlight_domain::place::Whereabouts;
use quarterlight_domain::record::{Record, Worker};
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::text::Reason;

const DAY: Date = date(2026, 11, 23);

/// What somebody is to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    /// Anybody with the role, wherever it is held.
    Any,
    /// The role is held over a place that the thing stands in.
    Over,
    /// The role is held, and nobody knows where the thing stands.
    Unplaced,
    /// They hold the record, or held it when it was drawn.
    Holder,
    /// They make the audit.
    Auditor,
    /// They own the action.
    Owner,
    /// They are named to confirm the action.
    Confirmer,
    /// They raised the concern, or broke the glass.
    Raiser,
}

use Is::{Any, Auditor, Confirmer, Holder, Over, Owner, Raiser, Unplaced};
use Role::{
    Administrator as Admin, AuditServices as Internal, Auditor as Auds, Clerk,
    InformationGovernance as Info, Member, Moderator as Mod, QualityLead as Lead,
    RecordsOfficer as Files, SeniorManager as Senior, ServiceManager as Manager, Worker as Work,
};

/// Something at random that is asked about.
#[derive(Debug, Clone)]
struct Things {
    record: Record,
    audit: Audit,
    concern: Concern,
    action: Action,
    opening: Opening,
}

/// One line of the statement: what is asked, of what stage, who may, and who may never.
struct Line {
    deed: for<'a> fn(&'a Things) -> Deed<'a>,
    name: &'static str,
    /// Holds only in this state.
    when: fn(&Things) -> bool,
    may: Vec<(Role, Is)>,
    /// Those who may whatever their roles are.
    whoever: Vec<Is>,
    /// Those who may never, though a role lets them.
    never: Vec<Is>,
    /// Managers of the place may never.
    never_its_manager: bool,
}

fn line(name: &'static str, deed: for<'a> fn(&'a Things) -> Deed<'a>, may: &[(Role, Is)]) -> Line {
    Line {
        deed,
        name,
        when: |_| true,
        may: may.to_vec(),
        whoever: Vec::new(),
        never: Vec::new(),
        never_its_manager: false,
    }
}

fn any(roles: &[Role]) -> Vec<(Role, Is)> {
    roles.iter().map(|role| (*role, Any)).collect()
}

/// The statement.
#[expect(clippy::too_many_lines, reason = "one line for each deed, and nothing else")]
fn statement() -> Vec<Line> {
    let plain = |name, deed, roles: &[Role]| line(name, deed, &any(roles));
    let around = [Auds, Work, Manager, Lead, Mod, Senior, Internal];
    let whole = [Lead, Senior, Internal];
    let mut lines = vec![
        plain("own work", |_| Deed::SeeOwnWork, &Role::ALL),
        plain("frameworks", |_| Deed::ReadFramework, &around),
        plain("write frameworks", |_| Deed::WriteFrameworks, &[Lead]),
        plain("vary rules", |_| Deed::VaryRules, &[Lead]),
        plain("change indicators", |_| Deed::ChangeIndicators, &[Lead]),
        plain("import lists", |_| Deed::ImportCaseLists, &[Lead, Admin]),
        plain("see conflicts between lists", |_| Deed::SeeConflicts, &[Lead, Internal]),
        plain("compare records", |_| Deed::CompareRecords, &[Lead]),
        plain("dates of birth", |_| Deed::SeeBirthDates, &[Lead]),
        plain("coverage", |_| Deed::SeeCoverage, &whole),
        plain("claims", |_| Deed::ClaimCells, &[Lead]),
        plain("list records", |_| Deed::ListRecords, &[Lead, Internal]),
        plain("cycles", |_| Deed::SeeCycles, &whole),
        plain("progress", |_| Deed::SeeProgress, &[Lead, Senior, Internal, Manager]),
        plain("run cycles", |_| Deed::RunCycles, &[Lead]),
        plain("list concerns", |_| Deed::ListConcerns, &[Lead, Senior, Internal, Manager]),
        plain("challenges", |_| Deed::ListChallenges, &[Mod, Lead, Internal]),
        plain("themes", |_| Deed::KeepThemes, &[Lead]),
        plain("declare conflicts", |_| Deed::DeclareConflicts, &[Auds, Lead]),
        plain("record conflicts", |_| Deed::RecordConflicts, &[Lead]),
        plain("describe workers", |_| Deed::DescribeWorkers, &[Lead, Admin]),
        plain("list actions", |_| Deed::ListActions, &[Work, Manager, Lead, Mod, Senior, Internal]),
        plain("findings", |_| Deed::SeeFindings, &whole),
        plain("join findings", |_| Deed::JoinFindings, &[Lead]),
        plain("draft reports", |_| Deed::ReadDraftReports, &[Lead, Senior, Internal, Clerk]),
        plain(
            "released reports",
            |_| Deed::ReadReleasedReports,
            &[Manager, Lead, Senior, Internal, Clerk, Member],
        ),
        plain("build", |_| Deed::Release(ReleaseDeed::Build), &[Lead]),
        plain("approve", |_| Deed::Release(ReleaseDeed::Approve), &[Senior]),
        plain(
            "who read a private part",
            |_| Deed::Release(ReleaseDeed::SeeReaders),
            &[Lead, Info, Internal],
        ),
        plain("keep the register", |_| Deed::Register(RegisterDeed::Keep), &[Clerk]),
        plain(
            "the register",
            |_| Deed::Register(RegisterDeed::See),
            &[Manager, Lead, Senior, Internal, Clerk, Member],
        ),
        plain("second readings", |_| Deed::Moderation(ModerationDeed::Read), &[Mod]),
        plain("moderation", |_| Deed::Moderation(ModerationDeed::See), &[Mod, Lead, Internal]),
        plain(
            "agreement by auditor",
            |_| Deed::Moderation(ModerationDeed::SeeAgreementByAuditor),
            &[Lead],
        ),
        plain("staff", |_| Deed::Staffing(StaffingDeed::Keep), &[Lead, Admin]),
        plain("people", |_| Deed::Access(AccessDeed::SeePeople), &[Admin, Info, Internal]),
        plain("give roles", |_| Deed::Access(AccessDeed::ChangePeople), &[Admin]),
        plain("confirm", |_| Deed::Access(AccessDeed::ConfirmGrants), &[Admin, Info]),
        plain("who may", |_| Deed::Access(AccessDeed::SeeWhoMay), &[Admin, Info, Internal]),
        plain("restrict", |_| Deed::Access(AccessDeed::Restrict), &[Info, Lead]),
        plain(
            "break the glass",
            |_| Deed::Access(AccessDeed::BreakGlass),
            &[Manager, Lead, Senior, Info],
        ),
        plain("looks", |_| Deed::Access(AccessDeed::SearchLooks), &[Info, Internal]),
        plain("settle looks", |_| Deed::Access(AccessDeed::SettleLooks), &[Info]),
    ];
    let over = |roles: &[Role], more: &[(Role, Is)]| {
        let mut may = any(roles);
        may.extend_from_slice(more);
        may
    };
    let add = |name, deed, may: Vec<(Role, Is)>| line(name, deed, &may);
    let manager = (Manager, Over);
    lines.extend([
        add(
            "read a record",
            |it| Deed::ReadRecord(&it.record),
            over(&[Lead, Internal], &[manager, (Work, Holder)]),
        ),
        add("make an audit", |it| Deed::MakeAudit(&it.audit), vec![(Auds, Auditor)]),
        Line {
            when: |it| !it.audit.is_submitted(),
            ..add(
                "read an audit that is not submitted",
                |it| Deed::ReadAudit(&it.audit),
                over(&[Lead, Internal], &[(Auds, Auditor)]),
            )
        },
        Line {
            when: |it| it.audit.is_submitted(),
            ..add(
                "read a submitted audit",
                |it| Deed::ReadAudit(&it.audit),
                over(&[Lead, Internal], &[(Auds, Auditor), manager, (Work, Holder)]),
            )
        },
        Line {
            when: |it| it.audit.is_submitted(),
            ..add("reply", |it| Deed::ReplyToAudit(&it.audit), vec![(Work, Holder)])
        },
        add("allocate", |it| Deed::AllocateAudit(&it.audit), any(&[Lead])),
        Line {
            whoever: vec![Raiser],
            ..add(
                "read a concern",
                |it| Deed::ReadConcern(&it.concern),
                over(&[Lead, Internal], &[manager, (Senior, Over), (Senior, Unplaced)]),
            )
        },
        Line {
            never: vec![Raiser],
            ..add(
                "acknowledge a concern",
                |it| Deed::AcknowledgeConcern(&it.concern),
                vec![manager, (Senior, Over), (Senior, Unplaced)],
            )
        },
        Line {
            when: |it| it.action.verified().is_none(),
            whoever: vec![Owner, Confirmer],
            ..add(
                "read an action",
                |it| Deed::ReadAction(&it.action),
                over(&[Lead, Senior, Internal], &[manager]),
            )
        },
        Line {
            when: |it| it.action.verified().is_some(),
            whoever: vec![Owner, Confirmer],
            ..add(
                "read a verified action",
                |it| Deed::ReadAction(&it.action),
                over(&[Lead, Senior, Internal, Mod], &[manager]),
            )
        },
        Line {
            whoever: vec![Owner],
            ..add("address an action", |it| Deed::AddressAction(&it.action), vec![])
        },
        Line {
            never: vec![Owner],
            ..add("give an action", |it| Deed::GiveAction(&it.action), over(&[Lead], &[manager]))
        },
        Line {
            never: vec![Owner],
            ..add("close an action", |it| Deed::CloseAction(&it.action), any(&[Lead]))
        },
        Line {
            never: vec![Holder],
            never_its_manager: true,
            ..add(
                "check filing",
                |it| Deed::CheckFiling(&it.record),
                over(&[Lead], &[(Files, Over), (Files, Unplaced)]),
            )
        },
        add(
            "read filing",
            |it| Deed::ReadFiling(&it.record.whereabouts),
            over(&[Lead, Senior, Internal], &[manager, (Files, Over), (Files, Unplaced)]),
        ),
        add(
            "clear filing",
            |it| Deed::ClearFiling(&it.record.whereabouts),
            over(&[Lead], &[manager, (Files, Over), (Files, Unplaced)]),
        ),
        add(
            "read exceptions",
            |it| Deed::Staffing(StaffingDeed::ReadExceptions(&it.record.whereabouts)),
            over(&[Lead, Senior, Internal], &[manager]),
        ),
        add(
            "give a reason",
            |it| Deed::Staffing(StaffingDeed::GiveReason(&it.record.whereabouts)),
            vec![manager],
        ),
        add(
            "see who looked",
            |it| Deed::Access(AccessDeed::SeeLooksIn(&it.record.whereabouts)),
            over(&[Info, Internal], &[manager]),
        ),
        Line {
            never: vec![Raiser],
            ..add(
                "review an opening",
                |it| Deed::Access(AccessDeed::ReviewOpening(&it.opening)),
                over(&[Info], &[manager, (Senior, Over)]),
            )
        },
    ]);
    lines
}

/// What the statement says, computed without any help of the person's own methods.
fn said(line: &Line, person: &Person, it: &Things) -> bool {
    let place = it.record.whereabouts.places();
    let holds_now =
        |grant: &&Grant| grant.from <= DAY && grant.until.is_none_or(|until| DAY <= until);
    let of = |is: Is, grant: Option<&Grant>| match is {
        Any => true,
        Over => grant.is_some_and(|grant| place.contains(&grant.place)),
        Unplaced => place.is_empty(),
        Holder => it.audit.holder == Some(person.id),
        Auditor => it.audit.auditor == person.id,
        Owner => it.action.owner == Some(person.id),
        Confirmer => it.action.confirmer == Some(person.id),
        Raiser => it.concern.by == person.id,
    };
    let held: Vec<&Grant> = person.grants.iter().filter(holds_now).collect();
    let manages = held.iter().any(|grant| grant.role == Manager && place.contains(&grant.place));
    let by_role = held
        .iter()
        .any(|grant| line.may.iter().any(|(role, is)| *role == grant.role && of(*is, Some(grant))));
    // Somebody whose grants have all ended is nobody, but to what is theirs by name.
    let by_name = line
        .whoever
        .iter()
        .any(|is| of(*is, None) && (!held.is_empty() || matches!(is, Owner | Confirmer)));
    let never = line.never.iter().any(|is| of(*is, None)) || line.never_its_manager && manages;
    (by_role || by_name) && !never
}

fn grants() -> impl Strategy<Value = Vec<Grant>> {
    let role = prop::sample::select(Role::ALL.to_vec());
    // Around the day: over, on its last day, open, and to come.
    let span = prop::sample::select(vec![
        (date(2026, 1, 1), None),
        (date(2026, 1, 1), None),
        (date(2026, 1, 1), Some(DAY)),
        (date(2026, 1, 1), Some(date(2026, 11, 22))),
        (DAY, None),
        (date(2026, 11, 24), None),
    ]);
    let grant = (role, 1_i64..8, span).prop_map(|(role, place, (from, until))| Grant {
        role,
        place: PlaceId(place),
        from,
        until,
    });
    prop::collection::vec(grant, 0..4)
}

/// A team (4 to 7), its service (2, 3), and the authority (1); or a place that nobody knows.
fn whereabouts() -> impl Strategy<Value = Whereabouts> {
    (3_i64..8).prop_map(|team| {
        if team == 3 {
            return Whereabouts::default();
        }
        let service = if team < 6 { 2 } else { 3 };
        Whereabouts::new([team, service, 1].map(PlaceId).to_vec())
    })
}

fn things() -> impl Strategy<Value = Things> {
    let who = || 1_i64..4;
    let maybe = || prop::option::of(1_i64..4);
    (whereabouts(), 0_u8..4, (who(), maybe(), maybe(), maybe(), who()), 0_u8..3).prop_map(
        |(place, stage, (auditor, holder, owner, confirmer, raiser), progress)| {
            made(&place, stage, (auditor, holder, owner, confirmer, raiser), progress)
        },
    )
}

type People = (i64, Option<i64>, Option<i64>, Option<i64>, i64);

#[expect(clippy::too_many_lines, reason = "one of each thing that can be asked about")]
fn made(
    place: &Whereabouts,
    stage: u8,
    (auditor, holder, owner, confirmer, raiser): People,
    progress: u8,
) -> Things {
    let line = CaseLine {
        reference: Reference::new("R-1").unwrap(),
        needs: [Need::ChildInNeed].into(),
        assessment_open: false,
        disabled: Known::Unknown,
        unaccompanied: Known::No,
        placement: Placement::NotPlaced,
        route: LegalRoute::Unknown,
        worker: None,
        team: None,
        dates: BTreeMap::new(),
        history: History::default(),
    };
    let reason = || Reason::new("So it is.").unwrap();
    let worker = holder.map(|id| Worker {
        id: WorkerId(1),
        name: "Nia Pell".to_owned(),
        experience: Experience::Unknown,
        person: Some(PersonId(id)),
    });
    let at = Timestamp::UNIX_EPOCH;
    let stage = match stage {
        0 => Stage::Assigned,
        1 => Stage::Underway { since: at },
        2 => Stage::Submitted { at, opinion: Opinion::kept(Grade::Good, reason()) },
        _ => Stage::Missed { on: DAY },
    };
    let by = PersonId(9);
    let verified = || Verified {
        addressed_by: by,
        addressed_on: DAY,
        proof: reason(),
        by,
        on: DAY,
        recheck: None,
    };
    let progress = match progress {
        0 => ActionStage::Open,
        1 => ActionStage::Addressed { by, on: DAY, proof: reason() },
        _ => ActionStage::Verified(verified()),
    };
    Things {
        record: Record {
            id: RecordId(1),
            line: line.clone(),
            as_at: DAY,
            worker,
            whereabouts: place.clone(),
            service: None,
        },
        audit: Audit {
            id: AuditId(1),
            cycle: CycleId(1),
            quarter: Quarter::of(DAY),
            edition: EditionId(1),
            record: RecordId(1),
            line,
            whereabouts: place.clone(),
            holder: holder.map(PersonId),
            auditor: PersonId(auditor),
            auditor_name: String::new(),
            due: DAY,
            is_unsafe: false,
            stage,
        },
        concern: Concern {
            id: ConcernId(1),
            record: RecordId(1),
            whereabouts: place.clone(),
            audit: None,
            after_submission: false,
            by: PersonId(raiser),
            at,
            seen: reason(),
            spoken: None,
            stage: concern::Stage::Raised,
        },
        action: Action {
            id: ActionId(1),
            version: 0,
            finding: FindingId(1),
            audit: AuditId(1),
            reference: Reference::new("R-1").unwrap(),
            standard: StandardCode::new("B1").unwrap(),
            what: String::new(),
            whereabouts: place.clone(),
            found: Found { on: DAY, quarter: Quarter::of(DAY), service: None, service_name: None },
            owner: owner.map(PersonId),
            owner_name: None,
            confirmer: confirmer.map(PersonId),
            confirmer_name: None,
            plan: String::new(),
            due: DAY,
            first_due: DAY,
            stage: progress,
            sent_back: None,
            more_time: None,
            joined_to: None,
        },
        opening: Opening {
            id: GlassId(1),
            person: PersonId(raiser),
            name: String::new(),
            record: RecordId(1),
            reference: String::new(),
            whereabouts: place.clone(),
            why: String::new(),
            at,
            until: at,
            review: None,
        },
    }
}

/// Goes through people and things at random, and gives the lines on which the two differ.
fn differences(lines: &[Line], cases: u32) -> (u64, BTreeMap<&'static str, String>) {
    let seed = *b"quarterlight: who may do what 26";
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let both = (grants(), things());
    let (mut asked, mut found) = (0, BTreeMap::new());
    for _ in 0..cases {
        let (grants, things) = both.new_tree(&mut runner).unwrap().current();
        let person = Person { id: PersonId(1), name: "Somebody".to_owned(), grants };
        for line in lines.iter().filter(|line| (line.when)(&things)) {
            asked += 1;
            let rules = permits(&person, (line.deed)(&things), DAY);
            if rules != said(line, &person, &things) {
                let why = format!("the rules say {rules} to {:?}", person.grants);
                found.entry(line.name).or_insert(why);
            }
        }
    }
    (asked, found)
}

#[test]
fn the_rules_and_the_statement_agree_about_everybody() {
    let cases =
        std::env::var_os("QUARTERLIGHT_GRANTS").and_then(|it| it.into_string().ok()?.parse().ok());
    let cases = cases.unwrap_or(4_000);
    let (asked, found) = differences(&statement(), cases);
    println!("{cases} people with their things, {asked} questions, {} differences", found.len());
    assert_eq!(found, BTreeMap::new());
}

/// The control: whatever one word of the statement is taken out, the difference is found.
#[test]
fn any_rule_that_is_broken_is_found() {
    let full = statement();
    let mut broken = 0;
    for (at, each) in full.iter().enumerate() {
        let words = each.may.len() + each.whoever.len() + each.never.len();
        for word in 0..words {
            let mut lines = statement();
            let mut line = lines.swap_remove(at);
            let (may, whoever) = (line.may.len(), line.whoever.len());
            if word < may {
                line.may.remove(word);
            } else if word < may + whoever {
                line.whoever.remove(word - may);
            } else {
                line.never.remove(word - may - whoever);
            }
            let name = line.name;
            let removed = format!("word {word} of “{name}”");
            let (_, found) = differences(&[line], 3_000);
            assert!(found.contains_key(name), "{removed} was taken out, and nothing was found");
            broken += 1;
        }
    }
    println!("{broken} rules broken one by one, {broken} found");
}
