//! Opening an audit asks the database as often for a hundred standards as for one.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::time::Instant;

use quarterlight_testing::engines::Engine;

use crate::browser::World;

/// The default framework with so many standards more, asked of every record.
fn framework(more: usize) -> String {
    let mut toml = quarterlight_import::framework::default_toml().to_owned();
    for number in 0..more {
        // A section has two digits for its standards.
        let (letter, number) = if number < 50 { ('X', number + 1) } else { ('Y', number - 49) };
        if number == 1 {
            write!(toml, "\n[[section]]\nletter = \"{letter}\"\ntitle = \"More\"\n").unwrap();
        }
        write!(
            toml,
            "\n[[section.standard]]\ncode = \"{letter}{number}\"\nwording = \"The file shows thing {number}\"\n\
             met_looks_like = \"Thing {number} is there, with its date.\"\nkind = \"compliance\"\n\
             applies = [\"ALL\"]\n"
        )
        .unwrap();
    }
    toml
}

/// Statements, and the mean time of a look in milliseconds, for each page of an audit.
async fn opened(more: usize) -> (usize, Vec<(&'static str, usize, f64)>) {
    let world = World::asking(Engine::Sqlite, &framework(more)).await;
    let id = world.cast.not_started;
    let audit = world.store.audits.in_hand(id).await.unwrap().unwrap().audit;
    let edition = world.store.frameworks.edition(audit.edition).await.unwrap().unwrap();
    let asked = edition.contents().asked_of(&audit.line).len();
    let member = world.cast.people.iter().find(|it| it.id == audit.auditor).unwrap();
    let mut auditor = world.signed_in(member.email.split('@').next().unwrap()).await;
    let mut counted = Vec::new();
    for page in ["", "/standards/B1", "/form", "/submit"] {
        let path = format!("/audits/{id}{page}");
        assert_eq!(auditor.get(&path).await.status, 200, "{path}");
        world.statements.store(0, Ordering::SeqCst);
        auditor.get(&path).await;
        let statements = world.statements.load(Ordering::SeqCst);
        let begun = Instant::now();
        for _ in 0..20 {
            auditor.get(&path).await;
        }
        counted.push((page, statements, begun.elapsed().as_secs_f64() * 1000.0 / 20.0));
    }
    (asked, counted)
}

#[tokio::test]
async fn opening_an_audit_takes_no_more_statements_for_more_standards() {
    let mut statements = Vec::new();
    for more in [1, 100] {
        let (asked, opened) = opened(more).await;
        println!("{asked} standards asked: page, statements, milliseconds: {opened:.1?}");
        statements.push(opened.iter().map(|it| (it.0, it.1)).collect::<Vec<_>>());
    }
    assert_eq!(statements[0], statements[1]);
    let most = statements[0].iter().map(|it| it.1).max().unwrap();
    assert!((3..=20).contains(&most), "{statements:?}");
}
