//! Opening and migrating: what is unsafe is refused, and nothing is done twice.

on_both_engines!(a_database_is_migrated_once, a_newer_database_is_refused);

mod stories {
    use quarterlight_store::Fault;

    use crate::world::{World, sql};

    pub async fn a_database_is_migrated_once(world: World) {
        assert_eq!(world.store.steps_behind().await.unwrap(), 0);
        assert_eq!(world.store.migrate().await.unwrap(), 0);
    }

    pub async fn a_newer_database_is_refused(world: World) {
        let newer = "insert into seaql_migrations (version, applied_at) values ('9999_later', 0)";
        sql(&world, newer).await.unwrap();
        assert!(matches!(world.store.migrate().await, Err(Fault::Newer)));
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_refused() {
    use quarterlight_store::{Durability, Fault, Settings, Store};

    let settings = Settings {
        address: "mysql://somewhere".to_owned(),
        durability: Durability::Full,
        chance: crate::world::salts,
    };
    assert!(matches!(Store::open(&settings).await, Err(Fault::Address)));
}

/// PostgreSQL that acknowledges before it writes is refused; on, as the other stories show, it is taken.
#[tokio::test]
async fn a_database_that_could_lose_an_answer_is_refused() {
    use quarterlight_store::{Fault, Store};
    use quarterlight_testing::engines::Engine;

    let world = crate::world::World::on(Engine::Postgres).await;
    let database = world.fresh.address.rsplit('/').next().unwrap().to_owned();
    let off = format!("alter database {database} set synchronous_commit = off");
    crate::world::sql(&world, &off).await.unwrap();
    let opened = Store::open(&crate::world::settings(&world.fresh)).await;
    assert!(matches!(opened, Err(Fault::Unsafe(_))));
}
