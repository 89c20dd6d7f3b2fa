//! The borough on other days: the same every time, and a story on any of them.

use jiff::civil::date;
use quarterlight_store::{Durability, Settings, Store};
use quarterlight_testing::engines::Engine;

use crate::made::{Made, TODAY};

#[tokio::test]
async fn the_same_day_gives_the_same_journal_entry_by_entry() {
    let once = Made::on(Engine::Sqlite, TODAY).await.journal().await;
    let again = Made::on(Engine::Sqlite, TODAY).await.journal().await;
    assert!(once.len() > 2_000 && once == again);
    let next_day = Made::on(Engine::Sqlite, date(2026, 11, 24)).await.journal().await;
    assert_ne!(once, next_day, "another day is another story");
}

/// The first and last days of quarters and years, a leap day, and a summer's Saturday.
#[tokio::test]
async fn there_is_a_story_on_any_day() {
    for today in [
        date(2026, 10, 1),
        date(2026, 12, 31),
        date(2027, 1, 1),
        date(2028, 2, 29),
        date(2027, 6, 30),
        date(2026, 8, 15),
    ] {
        let made = Made::on(Engine::Sqlite, today).await;
        let settings = Settings {
            address: made.fresh.address.clone(),
            durability: Durability::Throwaway,
            chance: || [7; 32],
        };
        let store = Store::open(&settings).await.unwrap();
        let now = store.cycles.of_quarter(*made.cast.quarters.last().unwrap()).await.unwrap();
        let now = now.unwrap();
        assert!(now.cycle.due >= today, "{today}: its audits are not past their day");
        assert!(now.submitted > 3 && now.started > now.submitted && now.drawn > now.started);
        assert_eq!(now.drawn, now.assigned, "{today}: every drawn record has its auditor");
        let latest = made.texts("select cast(max(submitted_at) as text) from audit").await;
        assert!(latest[0] < today.to_string(), "{today}: nothing is submitted today or later");
        store.close().await.unwrap();
    }
}
