//! Matters arising: what the committee asked, resolved and was promised, and what became of it.

use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::figures::QuarterFigures;
use quarterlight_domain::register::{Item, Stage, owed};
use quarterlight_domain::stamp::day_in_england;

use super::annexes;
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{self, Noun, agree};

const REPLY: Noun = Noun::new("reply", "replies");

/// The most replies owed that the report opens with; the rest is where it says.
const OPENS_WITH: usize = 5;

/// What the report opens with: what was promised and not done, word for word, so that nobody has to
/// ask again. Nothing where the committee has asked nothing yet.
pub fn open_with(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    if figures.register.is_empty() {
        return;
    }
    open_with_each(document, figures, annexes::REPLIES, |it| {
        let (who, due) = (it.owner().1, by_when(it, figures));
        format!("{} To reply: {who}, by {due}.", words::full_stop(&said(it)))
    });
}

/// The same for either part: how many are owed, what is said of each, and where the rest is.
pub fn open_with_each(
    document: &mut DocumentBuilder,
    figures: &QuarterFigures,
    rest: &str,
    say: impl Fn(&Item) -> String,
) {
    document.paragraph(in_short(figures));
    let open = at(figures, &[Stage::Open]);
    let line = |it: &&Item| format!("{}: {}", reference(it), say(it));
    let mut lines: Vec<String> = open.iter().take(OPENS_WITH).map(line).collect();
    if let Some(more) = open.len().checked_sub(OPENS_WITH).filter(|more| *more > 0) {
        lines.push(format!("{} more, in {rest}.", words::whole(more as u64)));
    }
    document.list(lines);
}

/// Says where the words of each item and of each reply are, and what became of them.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("Matters arising");
    if figures.service.is_some() {
        document.paragraph("What the committee asked stands in the report of all services.");
        return;
    }
    if figures.register.is_empty() {
        document.paragraph(in_short(figures));
        return;
    }
    let many = |stage| words::count(at(figures, &[stage]).len() as u64, &REPLY);
    document.paragraph(format!(
        "Section 1 opens with what is owed. The committee has accepted {}, and {} given and not \
         accepted yet. {} has every item with its words, and each reply.",
        many(Stage::Accepted),
        were(at(figures, &[Stage::Replied]).len() as u64),
        annexes::REPLIES
    ));
}

/// *3 were*, *1 was*, *none was*.
fn were(number: u64) -> String {
    match number {
        0 => "none was".to_owned(),
        _ => format!("{} {}", words::whole(number), agree(number, "was", "were")),
    }
}

/// The annex: which replies are owed and which were given, with the words of each; nothing is left
/// out.
pub fn every(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.annex("Annex: committee items and replies");
    if figures.service.is_some() {
        document.paragraph("What the committee asked stands in the report of all services.");
        return;
    }
    document.paragraph(in_short(figures));
    if let Some(grid) = owed_table(figures) {
        document.paragraph(format!("{} gives the replies that are owed.", document.next_table()));
        document.table("Replies owed to the committee", grid);
    }
    if let Some(grid) = given_table(figures) {
        document.paragraph(format!("{} gives the replies.", document.next_table()));
        document.table("Replies to the committee", grid);
    }
}

/// Every reply that was given and its words; nothing where none was.
pub fn given_table(figures: &QuarterFigures) -> Option<Grid> {
    let given = at(figures, &[Stage::Replied, Stage::Accepted]);
    let columns = ["Item", "What was said", "The reply", "Where it stands"].map(Column::text);
    let row = |it: &&Item| [reference(it), said(it), reply(it), it.stage().words().to_owned()];
    let rows = given.iter().fold(Grid::new(columns), |grid, it| grid.row(row(it).map(Cell::text)));
    (!given.is_empty()).then_some(rows)
}

/// Every reply that is owed; nothing where none is.
pub fn owed_table(figures: &QuarterFigures) -> Option<Grid> {
    let open = at(figures, &[Stage::Open]);
    let columns = ["Item", "What was said", "Who replies", "By when"].map(Column::text);
    let row = |it: &&Item| [reference(it), said(it), it.owner().1.to_owned(), by_when(it, figures)];
    let rows = open.iter().fold(Grid::new(columns), |grid, it| grid.row(row(it).map(Cell::text)));
    (!open.is_empty()).then_some(rows)
}

fn at<'a>(figures: &'a QuarterFigures, stages: &[Stage]) -> Vec<&'a Item> {
    figures.register.iter().filter(|it| stages.contains(&it.stage())).collect()
}

/// How many replies are owed and overdue, in one sentence.
pub fn in_short(figures: &QuarterFigures) -> String {
    let (open, late) = owed(&figures.register, figures.counted_on);
    let (open, late) = (open as u64, late as u64);
    let owes = |number| agree(number, "is", "are");
    match (open, late) {
        (0, _) => "The committee is owed no reply.".to_owned(),
        (1, 0) => "The committee is owed 1 reply, which is not yet due.".to_owned(),
        (1, _) => "The committee is owed 1 reply, which is overdue.".to_owned(),
        (_, 0) => {
            format!("The committee is owed {}. None is overdue.", words::count(open, &REPLY))
        }
        _ => format!(
            "The committee is owed {}. Of these, {late} {} overdue.",
            words::count(open, &REPLY),
            owes(late)
        ),
    }
}

/// The committee, the meeting and the number of the item.
pub fn reference(item: &Item) -> String {
    format!("{}, {}", item.meeting.committee, item.reference())
}

fn said(item: &Item) -> String {
    let by = item.asked_by.as_ref().map_or(String::new(), |by| format!(" from {by}"));
    let about = item
        .about
        .as_ref()
        .map_or(String::new(), |(_, title, cited)| format!(" (about {title}, {cited})"));
    format!("{}{by}: {}{about}", item.kind.words(), item.words.words())
}

fn by_when(item: &Item, figures: &QuarterFigures) -> String {
    let (first, due) = (item.first_due, item.due());
    let late = if item.is_overdue(figures.counted_on) { ", overdue" } else { "" };
    let at_first =
        if first == due { String::new() } else { format!(", at first {}", day_in_words(first)) };
    format!("{}{at_first}{late}", day_in_words(due))
}

fn reply(item: &Item) -> String {
    item.reply().map_or(String::new(), |it| {
        format!("{}: {}", day_in_words(day_in_england(it.at)), it.words.words())
    })
}
