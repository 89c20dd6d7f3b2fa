//! The short form of the bench over a country: a larger list, with more of it audited, asks no more.

use std::sync::atomic::Ordering;

use quarterlight_testing::engines::Engine;

use crate::browser::World;
use crate::steps;

async fn statements_of_coverage(engine: Engine, records: u32) -> Vec<(String, usize)> {
    let world = World::on(engine).await;
    let mut counted = Vec::new();
    let statements = &world.statements;
    let mut told = |name: &str, _: u32| {
        let since = statements.swap(0, Ordering::SeqCst);
        if name.contains("page") {
            counted.push((name.to_owned(), since));
        }
    };
    steps::all(&world, records, 1, &mut told).await;
    counted
}

#[tokio::test]
async fn a_longer_list_asks_no_more_of_the_database() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let few = statements_of_coverage(engine, 400).await;
        assert_eq!(few, statements_of_coverage(engine, 1200).await);
        assert_eq!(few.len(), 5, "{few:?}");
        assert!(few.iter().all(|(_, statements)| (3..=20).contains(statements)), "{few:?}");
    }
}
