//! How the program runs: its version, its database, its disk, what waits, and what was last proved.

use askama::Template;
use jiff::Timestamp;
use quarterlight_domain::stamp::moment_in_words;
use quarterlight_store::{Running, UpkeepKind};

use crate::app::App;
use crate::govuk::{HOSTILE, SummaryList, SummaryRow, WarningText};
use crate::layout::Frame;
use crate::outside::Room;
use crate::page;
use crate::permit::{SeeOperations, Through};

const TITLE: &str = "Operations";

/// Less room than this, in per cent, is warned of.
const TIGHT: u64 = 10;

/// What was last done to keep what is kept; nothing where it never was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// The last backup.
    pub backup: Option<Timestamp>,
    /// The last time that one was restored to see that it can be.
    pub restore: Option<Timestamp>,
}

/// How the program runs.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/operations/show.html")]
pub struct OperationsPage {
    frame: Frame,
    warnings: Vec<WarningText>,
    lists: Vec<SummaryList>,
}

/// Shows it.
///
/// # Errors
/// There is no such page for those who do not look after the program.
pub async fn get(app: App, visitor: Through<SeeOperations>) -> page::Result {
    let running = app.store.operations.standing().await?;
    let room = app.outside.room.as_ref().and_then(|look| (look.0)());
    let frame = visitor.frame(&app, TITLE, TITLE);
    let good = async |kind| app.store.upkeep.last_good(kind).await.map(|it| it.map(|it| it.at));
    let kept =
        Kept { backup: good(UpkeepKind::Backup).await?, restore: good(UpkeepKind::Restore).await? };
    let facts = Facts { since: app.outside.started, room, mails: app.mails, kept };
    page::show(&OperationsPage::new(frame, &running, facts))
}

/// What is known beside the database.
#[derive(Debug, Clone, Copy)]
struct Facts {
    since: Timestamp,
    room: Option<Room>,
    mails: bool,
    kept: Kept,
}

impl OperationsPage {
    fn new(frame: Frame, running: &Running, facts: Facts) -> Self {
        let moment = |at: Option<Timestamp>| at.map_or("Never".to_owned(), moment_in_words);
        let program = vec![
            SummaryRow::new("Version", env!("CARGO_PKG_VERSION")),
            SummaryRow::new("Running since", moment_in_words(facts.since)),
            SummaryRow::new("Database", running.engine.clone()),
            SummaryRow::new("Schema", running.schema.clone()),
            SummaryRow::new("Disk", facts.room.map_or("Not known".to_owned(), room_in_words)),
        ];
        let waits = vec![
            SummaryRow::new("Concerns that nobody has acknowledged", running.concerns.to_string()),
            SummaryRow::new("Emails about them not sent yet", running.concern_mails.to_string()),
            SummaryRow::new("Reminders in the queue", running.reminders.to_string()),
            SummaryRow::new("Case lists read and not taken in", running.case_lists.to_string()),
        ];
        let checkpoint = running.checkpoint.map_or("Never taken".to_owned(), |(size, at)| {
            format!("{}, of {size} entries", moment_in_words(at))
        });
        let proved = vec![
            SummaryRow::new("Last backup", moment(facts.kept.backup)),
            SummaryRow::new("Last restore that was tried", moment(facts.kept.restore)),
            SummaryRow::new("Entries of the journal", running.entries.to_string()),
            SummaryRow::new("Last checkpoint of the journal", checkpoint),
        ];
        Self {
            frame,
            warnings: warnings(running, facts).into_iter().map(WarningText::new).collect(),
            lists: vec![
                SummaryList::new(program).titled("The program"),
                SummaryList::new(waits).titled("What waits"),
                SummaryList::new(proved).titled("What is kept, and how surely"),
            ],
        }
    }

    /// All well, and nothing so, with hostile words.
    pub fn samples() -> Vec<Self> {
        let running = |words: &str, waits: u32| Running {
            engine: words.to_owned(),
            schema: words.to_owned(),
            steps_behind: 0,
            reminders: waits,
            concerns: waits,
            concern_mails: waits,
            case_lists: waits,
            entries: 41,
            checkpoint: (waits == 0).then_some((40, Timestamp::UNIX_EPOCH)),
        };
        let at = Some(Timestamp::UNIX_EPOCH);
        let facts = |free, mails, kept| Facts {
            since: Timestamp::UNIX_EPOCH,
            room: Some(Room { free, all: 100 << 30 }),
            mails,
            kept,
        };
        let frame = || Frame::new(TITLE);
        vec![
            Self::new(
                frame(),
                &running("SQLite 3.50.2", 0),
                facts(50 << 30, true, Kept { backup: at, restore: at }),
            ),
            Self::new(frame(), &running(HOSTILE, 3), facts(1 << 30, false, Kept::default())),
        ]
    }
}

/// What somebody should see to.
fn warnings(running: &Running, facts: Facts) -> Vec<String> {
    let mut warnings = Vec::new();
    let mut say = |is_so: bool, words: &str| {
        if is_so {
            warnings.push(words.to_owned());
        }
    };
    let is_tight = |room: Room| room.free < room.all / 100 * TIGHT;
    say(
        facts.room.is_some_and(is_tight),
        "The disk is nearly full. Nothing can be saved once it is.",
    );
    say(
        facts.kept.backup.is_none(),
        "No backup was ever made with the program. What is lost with this disk is lost.",
    );
    say(
        !facts.mails && running.concern_mails > 0,
        "No mail server is set, so nobody is told of concerns by email.",
    );
    say(
        running.checkpoint.is_none(),
        "No checkpoint of the journal was taken. Until one is kept elsewhere, nobody can prove that the journal was not rewritten.",
    );
    warnings
}

/// *12 GB free of 40 GB*.
fn room_in_words(room: Room) -> String {
    let gigabytes = |bytes: u64| bytes >> 30;
    format!("{} GB free of {} GB", gigabytes(room.free), gigabytes(room.all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_should_be_seen_to_is_said() {
        let pages = OperationsPage::samples();
        assert_eq!(pages[0].warnings.len(), 0);
        assert_eq!(pages[1].warnings.len(), 4);
    }
}
