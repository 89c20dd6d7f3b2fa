//! A borough for each engine, made once while any test looks at it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Weak};

use jiff::civil::{Date, date};
use quarterlight_borough::{Cast, build};
use quarterlight_domain::framework::Contents;
use quarterlight_import::framework::{default_toml, from_toml_with_origins};
use quarterlight_import::{bank_holidays, timescales};
use quarterlight_store::{Durability, Settings, Store};
use quarterlight_testing::engines::{Engine, Fresh};
use sea_orm::{ConnectionTrait, Database, Statement};

/// Tells the same story of both engines' boroughs.
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => { $(
        mod $story {
            use quarterlight_testing::engines::Engine;

            #[tokio::test]
            async fn on_sqlite() {
                super::told::$story($crate::made::Visit::to(Engine::Sqlite).await).await;
            }

            #[tokio::test]
            async fn on_postgres() {
                super::told::$story($crate::made::Visit::to(Engine::Postgres).await).await;
            }
        }
    )+ };
}

pub const TODAY: Date = date(2026, 11, 23);

/// A borough in its database.
pub struct Made {
    pub cast: Cast,
    pub contents: Contents,
    pub fresh: Fresh,
}

/// A store opened on a borough that is made already.
pub struct Visit {
    pub made: Arc<Made>,
    pub store: Store,
}

fn settings(fresh: &Fresh) -> Settings {
    let address = fresh.address.clone();
    Settings { address, durability: Durability::Throwaway, chance: || [7; 32] }
}

impl Made {
    pub async fn on(engine: Engine, today: Date) -> Self {
        let fresh = Fresh::on(engine);
        let store = Store::open(&settings(&fresh)).await.unwrap();
        store.migrate().await.unwrap();
        let (contents, origins) = from_toml_with_origins(default_toml()).unwrap();
        let told = AtomicU64::new(0);
        let progress = |done: u64, of: u64, _: &str| {
            let before = told.swap(done, Ordering::Relaxed);
            assert!(before <= done && done <= of, "progress goes on, and no further than its end");
        };
        let rules = timescales::from_toml(timescales::england_toml()).unwrap();
        let holidays = bank_holidays::england().unwrap();
        let rules = (&rules, &holidays);
        let cast = build(&store, (&contents, &origins), rules, today, "no hash", &progress);
        let cast = cast.await.unwrap();
        assert_eq!(told.into_inner(), 500, "the progress came to its end");
        store.close().await.unwrap();
        Self { cast, contents, fresh }
    }

    /// What a query gives, each row as one text.
    pub async fn texts(&self, query: &str) -> Vec<String> {
        let on = Database::connect(&self.fresh.address).await.unwrap();
        let statement = Statement::from_string(on.get_database_backend(), query.to_owned());
        let rows = on.query_all_raw(statement).await.unwrap();
        let texts = rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect();
        on.close().await.unwrap();
        texts
    }

    /// How many rows there are after these words, such as `from audit`.
    pub async fn count(&self, rows: &str) -> i64 {
        self.texts(&format!("select cast(count(*) as text) {rows}")).await[0].parse().unwrap()
    }

    /// The entries of the journal, as text.
    pub async fn journal(&self) -> Vec<String> {
        let on = Database::connect(&self.fresh.address).await.unwrap();
        let query = "select entry from journal_entry order by seq".to_owned();
        let statement = Statement::from_string(on.get_database_backend(), query);
        let rows = on.query_all_raw(statement).await.unwrap();
        let entry = |row: &sea_orm::QueryResult| row.try_get_by_index::<Vec<u8>>(0).unwrap();
        let texts = rows.iter().map(|row| String::from_utf8(entry(row)).unwrap()).collect();
        on.close().await.unwrap();
        texts
    }
}

/// A store opened on a borough of one's own.
pub async fn opened(made: &Made) -> Store {
    Store::open(&settings(&made.fresh)).await.unwrap()
}

/// The boroughs that some test is looking at now; the last one to leave clears up.
static STANDING: Mutex<[Weak<Made>; 2]> = Mutex::new([Weak::new(), Weak::new()]);

impl Visit {
    pub async fn to(engine: Engine) -> Self {
        // Made on a thread of its own, because the connections of a runtime end with it.
        let made = std::thread::spawn(move || standing(engine)).join().unwrap();
        let store = Store::open(&settings(&made.fresh)).await.unwrap();
        Self { made, store }
    }
}

fn standing(engine: Engine) -> Arc<Made> {
    let mut all = STANDING.lock().unwrap();
    let place = &mut all[usize::from(engine == Engine::Postgres)];
    if let Some(made) = place.upgrade() {
        return made;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let made = Arc::new(runtime.block_on(Made::on(engine, TODAY)));
    *place = Arc::downgrade(&made);
    if engine == Engine::Postgres {
        // The server of the tests clears up after itself, and making this one twice would take long.
        std::mem::forget(Arc::clone(&made));
    }
    made
}
