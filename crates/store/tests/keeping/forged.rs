//! A journal in the hands of somebody who can write the database, and may have the log's key.

use quarterlight_journal::{Checkpoint, FORM, Frontier, Hash, Other, Signer, payload_digest};
use quarterlight_testing::engines::Engine;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement, TransactionTrait, Value};

use crate::world::{World, sql};

/// The tables of a journal, those that others refer to last.
pub const TABLES: [&str; 7] = [
    "journal_payload",
    "journal_signed",
    "journal_checkpoint",
    "journal_node",
    "journal_entry",
    "journal_head",
    "journal_tree",
];

/// Drops the triggers, as somebody who means harm would.
pub async fn drop_triggers(world: &World) {
    let mut drop = String::new();
    for table in
        ["journal_entry", "journal_payload", "journal_checkpoint", "journal_node", "journal_signed"]
    {
        drop.extend([match world.engine {
            Engine::Sqlite => {
                format!("drop trigger {table}_no_update; drop trigger {table}_no_delete;")
            }
            Engine::Postgres => format!("drop trigger {table}_kept on {table};"),
        }]);
    }
    drop += match world.engine {
        Engine::Sqlite => "drop trigger journal_head_follows;",
        Engine::Postgres => "drop trigger journal_head_follows on journal_entry;",
    };
    sql(world, &drop).await.unwrap();
}

/// An entry and its personal part.
#[derive(Debug, Clone)]
pub struct Line {
    pub entry: Vec<u8>,
    pub salt: Vec<u8>,
    pub payload: String,
}

/// A journal as a list of entries, which can be written into the database as it is.
pub struct Forger {
    pub on: DatabaseConnection,
    pub lines: Vec<Line>,
    /// What the checkpoints that were signed say, by the number of entries.
    pub marks: Vec<u64>,
}

fn invented(entries: usize) -> Vec<Line> {
    let line = |seq| Line {
        entry: Vec::new(),
        salt: Hash::leaf(format!("salt {seq}").as_bytes()).as_bytes().to_vec(),
        payload: format!("{{\"why\":\"test\",\"what\":{{\"name\":\"Team {seq}\"}}}}"),
    };
    (0..entries).map(line).collect()
}

fn entry(seq: usize, after: &str, at: &str, line: &Line) -> Vec<u8> {
    let digest = payload_digest(&line.salt, line.payload.as_bytes());
    format!("{FORM}\nentry {seq}\nafter {after}\nat {at}\nby person 1\ndeed place.add\non place {seq}\nprogram 0.1.0\npayload-sha256 {digest}\n").into_bytes()
}

impl Forger {
    /// A journal of so many entries with a signed checkpoint after each `every` of them.
    pub async fn new(world: &World, entries: usize, every: usize) -> Self {
        drop_triggers(world).await;
        let on = sea_orm::Database::connect(&world.fresh.address).await.unwrap();
        let lines = invented(entries);
        let marks = (1..=entries / every).map(|n| (n * every) as u64).collect();
        let mut forger = Self { on, lines, marks };
        forger.rebuild(0);
        forger.write().await;
        forger
    }

    /// The same hands with another journal of so many entries.
    pub fn new_lines(of: Self, entries: usize) -> Self {
        let mut forger = Self { lines: invented(entries), ..of };
        forger.rebuild(0);
        forger
    }

    /// Makes every entry from this one on anew, so that each follows the one before it.
    pub fn rebuild(&mut self, from: usize) {
        for seq in from..self.lines.len() {
            let after = seq.checked_sub(1).map_or(String::new(), |before| {
                format!("{:x}", Hash::leaf(&self.lines[before].entry))
            });
            let line = self.lines[seq].clone();
            let at = format!(
                "2026-11-{:02}T10:{:02}:{:02}.000000Z",
                seq % 28 + 1,
                seq / 60 % 60,
                seq % 60
            );
            self.lines[seq].entry = entry(seq, &after, &at, &line);
        }
    }

    /// The checkpoint of the first so many entries, as it would be kept elsewhere.
    pub fn other(&self, size: u64) -> Other {
        let entries: Vec<&[u8]> = self.lines.iter().map(|it| it.entry.as_slice()).collect();
        let root = super::edge(&entries[..usize::try_from(size).unwrap()]).root();
        Other { size, root, whose: "a checkpoint kept elsewhere".to_owned() }
    }

    /// Writes the whole journal anew, with its tree, its checkpoints and signatures by the log's own key.
    pub async fn write(&self) {
        let on = self.on.begin().await.unwrap();
        let run = async |text: &str, values: Vec<Value>| {
            let statement = Statement::from_sql_and_values(on.get_database_backend(), text, values);
            on.execute_raw(statement).await.unwrap();
        };
        for table in TABLES.iter().take(5) {
            run(&format!("delete from {table}"), Vec::new()).await;
        }
        let mut frontier = Frontier::new();
        let signer: Signer = super::signer();
        for (seq, line) in self.lines.iter().enumerate() {
            let (seq, leaf) = (i64::try_from(seq).unwrap(), Hash::leaf(&line.entry));
            let values =
                vec![seq.into(), line.entry.clone().into(), leaf.as_bytes().to_vec().into()];
            run("insert into journal_entry (seq, entry, leaf) values ($1, $2, $3)", values).await;
            let values = vec![seq.into(), line.salt.clone().into(), line.payload.clone().into()];
            run("insert into journal_payload (seq, salt, payload) values ($1, $2, $3)", values)
                .await;
            for node in frontier.append(leaf) {
                let index = i64::try_from(node.place.storage_index()).unwrap();
                let values = vec![index.into(), node.hash.as_bytes().to_vec().into()];
                run("insert into journal_node (idx, hash) values ($1, $2)", values).await;
            }
            if self.marks.contains(&frontier.size()) {
                let size = i64::try_from(frontier.size()).unwrap();
                let root = frontier.root().as_bytes().to_vec();
                let at: Value = time();
                let values = vec![size.into(), root.into(), at.clone()];
                run(
                    "insert into journal_checkpoint (size, root, made_at) values ($1, $2, $3)",
                    values,
                )
                .await;
                let note = Checkpoint::sign(&signer, &frontier).unwrap().to_string();
                let values = vec![size.into(), note.into(), at];
                run("insert into journal_signed (size, note, made_at) values ($1, $2, $3)", values)
                    .await;
            }
        }
        let size = i64::try_from(self.lines.len()).unwrap();
        let last = self.lines.last().map(|it| Hash::leaf(&it.entry).as_bytes().to_vec());
        let values = vec![size.into(), last.unwrap_or_default().into()];
        run("update journal_head set size = $1, last_leaf = $2", values).await;
        run("update journal_tree set size = $1", vec![size.into()]).await;
        on.commit().await.unwrap();
    }

    /// Keeps a copy of the journal in the database itself.
    pub async fn remember(&self) {
        for table in TABLES {
            let copy = format!("create table kept_{table} as select * from {table}");
            self.on.execute_unprepared(&copy).await.unwrap();
        }
    }

    /// Puts back the copy.
    pub async fn restore(&self) {
        let on = self.on.begin().await.unwrap();
        for table in TABLES {
            on.execute_unprepared(&format!("delete from {table}")).await.unwrap();
        }
        for table in TABLES.iter().rev() {
            let back = format!("insert into {table} select * from kept_{table}");
            on.execute_unprepared(&back).await.unwrap();
        }
        on.commit().await.unwrap();
    }

    /// Runs one statement.
    pub async fn run(&self, text: &str, values: Vec<Value>) {
        let statement =
            Statement::from_sql_and_values(self.on.get_database_backend(), text, values);
        self.on.execute_raw(statement).await.unwrap();
    }
}

fn time() -> Value {
    time::OffsetDateTime::UNIX_EPOCH.into()
}
