//! A small authority: one service with two teams, a quality lead, two auditors, a worker, four records.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use jiff::Timestamp;
use jiff::civil::date;
use quarterlight_domain::audit::Answered;
use quarterlight_domain::case_list::{CaseLine, KeyDate, Reference};
use quarterlight_domain::draw::Seed;
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::edition::Origins;
use quarterlight_domain::frame::{Frame, Stratum};
use quarterlight_domain::framework::{Contents, Section};
use quarterlight_domain::grade::{Grade, Opinion};
use quarterlight_domain::history::History;
use quarterlight_domain::id::{AuditId, CaseListId, CycleId, EditionId, PersonId, PlaceId};
use quarterlight_domain::independence::Independent;
use quarterlight_domain::judgement::{Answer, Judgement};
use quarterlight_domain::need::{Known, LegalRoute, Need, Placement};
use quarterlight_domain::person::{Grant, Role};
use quarterlight_domain::place::PlaceKind;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_domain::stamp::Stamp;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use quarterlight_domain::text::Reason;
use quarterlight_domain::ties::Ties;
use quarterlight_store::{Durability, Happened, NewCaseList, NewPerson, Settings, Store};
use quarterlight_testing::engines::{Engine, Fresh, Mould, OnEach};

/// Runs the same story on both engines.
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => { $(
        mod $story {
            use quarterlight_testing::engines::Engine;

            #[tokio::test]
            async fn on_sqlite() {
                super::stories::$story($crate::world::World::on(Engine::Sqlite).await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                super::stories::$story($crate::world::World::on(Engine::Postgres).await).await;
            }
        }
    )+ };
}

/// An authority with an agreed edition, and nothing yet in its first cycle.
pub struct World {
    pub store: Store,
    pub fresh: Fresh,
    pub engine: Engine,
    pub lead: PersonId,
    pub priya: PersonId,
    pub rosa: PersonId,
    pub service: PlaceId,
    pub edition: EditionId,
    pub cycle: CycleId,
}

/// Salts that are the same in every run and on every engine, so that journals can be compared.
pub fn salts() -> [u8; 32] {
    static NEXT: AtomicU8 = AtomicU8::new(0);
    [NEXT.fetch_add(1, Ordering::Relaxed); 32]
}

pub fn settings(fresh: &Fresh) -> Settings {
    Settings { address: fresh.address.clone(), durability: Durability::Full, chance: salts }
}

/// Without waiting for the disk: what a killed server keeps is asked of the program itself.
fn unwaiting(fresh: &Fresh) -> Settings {
    Settings { durability: Durability::Throwaway, ..settings(fresh) }
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What is noted of a session that its person ends, at a fixed moment of the quarter.
pub fn ended(who: PersonId) -> Happened {
    Happened {
        event: SignInEvent::SignedOut,
        at: at("2026-11-23T10:42:07Z"),
        person: Some(who),
        account: None,
        by: None,
        network: "192.0.2.7".to_owned(),
        browser: "Firefox on Windows".to_owned(),
        detail: String::new(),
    }
}

/// A stamp at a fixed moment of the quarter.
pub fn stamp(who: PersonId) -> Stamp {
    Stamp::person(who, at("2026-11-23T10:42:07Z"), "test")
}

pub fn code(text: &str) -> StandardCode {
    StandardCode::new(text).unwrap()
}

pub fn answer(standard: &str, judgement: Judgement, seen: &str, version: u32) -> Answer {
    Answer {
        standard: code(standard),
        judgement,
        seen: seen.to_owned(),
        found: "Plan".to_owned(),
        version,
    }
}

/// One section with B1, and the critical B2.
pub fn contents(name: &str) -> Contents {
    let standard = |text: &str, critical| Standard {
        code: code(text),
        wording: format!("Standard {text}"),
        met_looks_like: "It is there, and it is right.".to_owned(),
        kind: StandardKind::Compliance,
        critical,
        applies: [Applies::All].into(),
        dip: critical,
    };
    let standards = vec![standard("B1", false), standard("B2", true)];
    let section = Section { letter: "B".to_owned(), title: "The file".to_owned(), standards };
    Contents::new(name, vec![section]).unwrap()
}

pub fn line(reference: &str, worker: Option<&str>, team: &str) -> CaseLine {
    CaseLine {
        reference: Reference::new(reference).unwrap(),
        needs: [Need::ChildInNeed, Need::ChildProtection].into(),
        assessment_open: false,
        disabled: Known::Unknown,
        unaccompanied: Known::No,
        placement: Placement::NotPlaced,
        route: LegalRoute::Unknown,
        worker: worker.map(str::to_owned),
        team: Some(team.to_owned()),
        dates: BTreeMap::from([(KeyDate::LastSeen, date(2026, 9, 2))]),
        history: History::default(),
    }
}

pub fn lines() -> Vec<CaseLine> {
    vec![
        line("R-1", Some("Nia Pell"), "Team One"),
        line("R-2", Some("Nia Pell"), "Team One"),
        line("R-3", None, "Team Two"),
        line("R-4", Some("Kit Hadley"), "A team that nobody knows"),
    ]
}

/// What is known of every world.
struct Made {
    lead: PersonId,
    priya: PersonId,
    rosa: PersonId,
    service: PlaceId,
    edition: EditionId,
    cycle: CycleId,
}

impl World {
    /// A world of one's own, on an engine: made once and copied.
    pub async fn on(engine: Engine) -> Self {
        static MADE: OnEach<(Mould, Made)> = OnEach::new();
        let (mould, known) = MADE
            .of(engine, || tokio::runtime::Runtime::new().unwrap().block_on(Self::made(engine)));
        let fresh = mould.copy();
        let store = Store::open(&unwaiting(&fresh)).await.unwrap();
        let Made { lead, priya, rosa, service, edition, cycle } = *known;
        Self { store, fresh, engine, lead, priya, rosa, service, edition, cycle }
    }

    async fn made(engine: Engine) -> (Mould, Made) {
        let fresh = Fresh::on(engine);
        let store = Store::open(&unwaiting(&fresh)).await.unwrap();
        store.migrate().await.unwrap();
        let stamp = Stamp::console(at("2026-10-01T08:00:00Z"), "test");
        let place = |parent, kind, name: &'static str| {
            let (store, stamp) = (store.clone(), stamp.clone());
            async move { store.places.add(&stamp, parent, kind, name).await.unwrap() }
        };
        let authority = place(None, PlaceKind::Authority, "Larkmoor").await;
        let directorate = place(Some(authority), PlaceKind::Directorate, "Children").await;
        let service = place(Some(directorate), PlaceKind::Service, "Children in Need").await;
        let team = place(Some(service), PlaceKind::Team, "Team One").await;
        place(Some(service), PlaceKind::Team, "Team Two").await;
        let person = |name: &str, grants: &[(Role, PlaceId)]| NewPerson {
            name: name.to_owned(),
            email: format!("{}@larkmoor.example", name.to_lowercase().replace(' ', ".")),
            password: None,
            grants: grants
                .iter()
                .map(|(role, place)| Grant {
                    role: *role,
                    place: *place,
                    from: date(2026, 1, 1),
                    until: None,
                })
                .collect(),
        };
        let add = |new: NewPerson| {
            let (store, stamp) = (store.clone(), stamp.clone());
            async move { store.people.add(&stamp, &new).await.unwrap() }
        };
        let lead = add(person("Amara Osei", &[(Role::QualityLead, authority)])).await;
        let priya = add(person("Priya Anand", &[(Role::Auditor, authority)])).await;
        let rosa = add(person(
            "Rosa Whitlow",
            &[(Role::Auditor, authority), (Role::ServiceManager, team)],
        ));
        let rosa = rosa.await;
        let ours = contents("Ours");
        let edition = store
            .frameworks
            .adopt(&stamp, (&ours, &Origins::new()), 1, None, date(2026, 1, 1))
            .await
            .unwrap();
        let quarter = "2026-Q4".parse().unwrap();
        let cycle = store.cycles.open(&stamp, quarter, edition, date(2026, 12, 11)).await.unwrap();
        store.close().await.unwrap();
        (fresh.as_mould(), Made { lead, priya, rosa, service, edition, cycle })
    }

    /// Keeps a list and takes it in.
    pub async fn import(&self, lines: Vec<CaseLine>, as_at: jiff::civil::Date) -> CaseListId {
        let id = self.keep(lines, as_at).await;
        self.store.case_lists.take_in(&stamp(self.lead), id).await.unwrap().unwrap();
        id
    }

    /// Keeps a list without taking it in.
    pub async fn keep(&self, lines: Vec<CaseLine>, as_at: jiff::civil::Date) -> CaseListId {
        let new = NewCaseList {
            source: "Annex A".to_owned(),
            file_digest: "0".repeat(64),
            as_at,
            account: String::new(),
            closed: Vec::new(),
            lines,
            problems: Vec::new(),
        };
        self.store.case_lists.keep(&stamp(self.lead), &new).await.unwrap()
    }

    /// How many lines the journal has; all of them must be right.
    pub async fn journal_size(&self) -> u64 {
        let verdict = self.store.journal.verify(None, &|_| ()).await.unwrap();
        assert!(verdict.is_clean(), "{:?}", verdict.wrong);
        verdict.head.size
    }

    /// Lets Priya answer both standards of her audit, one *Not met*, and submit it.
    pub async fn submit(&self, audit: AuditId) {
        let stamp = stamp(self.priya);
        for given in
            [answer("B1", Judgement::NotMet, "No summary.", 0), answer("B2", Judgement::Met, "", 0)]
        {
            let answered = Answered { audit, answer: given, first: false };
            self.store.answers.save(&stamp, &answered, None).await.unwrap();
        }
        let kept = self.store.audits.in_hand(audit).await.unwrap().unwrap();
        let reasons = Reason::new("The plan is not moving.").unwrap();
        let opinion = Opinion::kept(Grade::RequiresImprovement, reasons);
        let submission = kept.audit.submit(&contents("Ours"), &kept.answers, opinion).unwrap();
        let after = (Some(self.rosa), date(2026, 12, 7));
        let taken = self.store.answers.submit(&stamp, &submission, &kept.answers, after).await;
        assert!(taken.unwrap());
    }

    /// Draws every record and assigns the first one to Priya.
    pub async fn audit(&self) -> AuditId {
        self.import(lines(), date(2026, 10, 1)).await;
        let frame = self.store.records.frame(None).await.unwrap();
        let stratum = Stratum::new("all").unwrap();
        let records = frame.iter().map(|line| (stratum.clone(), line.reference.clone()));
        let seed = Seed::new("dice 4 2 6 1").unwrap();
        let file = DrawFile::drawn(
            "2026-Q4".parse().unwrap(),
            seed,
            Frame::new(records).unwrap(),
            [(stratum, frame.len())].into(),
        );
        let stamp = stamp(self.lead);
        self.store.draws.keep(&stamp, self.cycle, &file.unwrap()).await.unwrap();
        let record = self.store.records.by_reference(&Reference::new("R-1").unwrap()).await;
        let priya = self.store.people.get(self.priya).await.unwrap().unwrap();
        let record = record.unwrap().unwrap();
        let independent =
            Independent::of(&priya, &record, &Ties::default(), date(2026, 11, 23)).unwrap();
        let due = date(2026, 12, 11);
        self.store.audits.assign(&stamp, self.cycle, &independent, due).await.unwrap()
    }

    /// Opens the database a second time, as another server would.
    pub async fn another_server(&self) -> Store {
        Store::open(&settings(&self.fresh)).await.unwrap()
    }

    /// A store that counts its statements.
    pub async fn counted(&self) -> (Store, Arc<std::sync::atomic::AtomicUsize>) {
        let count = Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let counter = Arc::clone(&count);
        let watcher = Arc::new(move |_: &str| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        (Store::open_watched(&settings(&self.fresh), watcher).await.unwrap(), count)
    }
}

/// Runs a statement behind the store's back, as somebody with the database's own tools would.
pub async fn sql(world: &World, statement: &str) -> Result<(), sea_orm::DbErr> {
    use sea_orm::ConnectionTrait;
    let connection = sea_orm::Database::connect(&world.fresh.address).await?;
    let result = connection.execute_unprepared(statement).await.map(|_| ());
    connection.close().await?;
    result
}

/// Submits an audit whose finding on B2 goes to Rosa.
pub async fn submitted(world: &World) -> AuditId {
    submitted_for(world, Some(world.rosa)).await
}

/// Submits an audit whose finding on B2 goes to somebody, or to nobody.
pub async fn submitted_for(world: &World, owner: Option<PersonId>) -> AuditId {
    let audit = world.audit().await;
    submit(world, audit, owner).await;
    audit
}

/// Answers and submits an audit, whose finding on B2 goes to somebody, or to nobody.
pub async fn submit(world: &World, audit: AuditId, owner: Option<PersonId>) {
    for (standard, judgement, seen) in
        [("B1", Judgement::PartlyMet, "Half."), ("B2", Judgement::NotMet, "Not seen alone.")]
    {
        let answered =
            Answered { audit, answer: answer(standard, judgement, seen, 0), first: false };
        let saved = world.store.answers.save(&stamp(world.priya), &answered, None).await;
        assert_eq!(saved.unwrap(), quarterlight_store::Saved::Yes);
    }
    let kept = world.store.audits.in_hand(audit).await.unwrap().unwrap();
    let reasons = Reason::new("Visits are missed.").unwrap();
    let opinion = Opinion::kept(Grade::Inadequate, reasons);
    let submission = kept.audit.submit(&contents("Ours"), &kept.answers, opinion).unwrap();
    let after = (owner, date(2026, 12, 7));
    let stamp = stamp(world.priya);
    assert!(world.store.answers.submit(&stamp, &submission, &kept.answers, after).await.unwrap());
}
