//! A reader who has only the report can answer what members ask.
//!
//! The reader here knows nothing but the words of the report, as plain text: it looks tables up by
//! their captions, and finds what stands in their rows.

use quarterlight_report::plain;
use quarterlight_report::quarterly::quarterly;

use super::quarters::crowded;

/// A table as it is read: its headings, and its rows.
struct Read {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn text() -> String {
    plain::text(&quarterly(&crowded()).unwrap())
}

/// The table with this caption; none where the report has none.
fn table(text: &str, caption: &str) -> Option<Read> {
    let end = format!(". {caption}");
    let mut lines = text
        .lines()
        .skip_while(|line| !(line.starts_with("Table ") && line.ends_with(&end)))
        .skip(1)
        .take_while(|line| !line.is_empty() && !line.starts_with("Note: "));
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
    let headings = cells(lines.next()?);
    let rows = lines.skip(1).map(cells).collect();
    Some(Read { headings, rows })
}

/// *Figure 2*, for the first figure whose sentence has these words.
fn figure<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let mut titles = text.lines().filter(|line| line.starts_with("Figure "));
    let title = titles.find(|line| line.contains(words))?;
    title.split_once(". ").map(|(label, _)| label)
}

impl Read {
    /// What stands in the column of the first row that has these words.
    fn find(&self, words: &[&str], column: &str) -> Option<&str> {
        let at = self.headings.iter().position(|heading| heading == column)?;
        let row = self
            .rows
            .iter()
            .find(|row| words.iter().all(|words| row.iter().any(|cell| cell.contains(words))))?;
        row.get(at).map(String::as_str)
    }
}

/// Each question of the committee, and what this report answers; nothing where it does not say.
fn answers(text: &str) -> [Option<String>; 7] {
    let own = |words: Option<&str>| words.map(str::to_owned);
    let not_met = table(text, "Standards not met in each service");
    let actions = table(text, "Findings and how they are being addressed");
    let holds = figure(text, "child protection record")
        .and_then(|label| table(text, &format!("The figures in {label}")));
    let coverage = table(text, "Audits done and planned, by service and cohort");
    let replies = table(text, "Replies to the committee");
    let owed = table(text, "Replies owed to the committee");
    let disabled = "Disabled children placed out of area";
    [
        not_met.and_then(|it| {
            own(it.find(&["Assessment and Early Help", "The chronology"], "Not met, of counted"))
        }),
        actions
            .as_ref()
            .and_then(|it| own(it.find(&["All these quarters"], "Verified, of findings"))),
        actions.and_then(|it| own(it.find(&["All these quarters"], "Of those, held"))),
        holds.and_then(|it| own(it.find(&["Child protection"], "Newly qualified, in first year"))),
        coverage.and_then(|it| own(it.find(&["Disability Service", disabled], "State"))),
        replies.and_then(|it| own(it.find(&["Promise"], "The reply"))),
        owed.and_then(|it| own(it.find(&["Question"], "By when"))),
    ]
}

#[test]
fn a_reader_of_the_report_alone_can_answer_what_members_ask() {
    let answers = answers(&text()).map(Option::unwrap_or_default);
    assert_eq!(
        answers,
        [
            // Which standards were not met in which service?
            "3 of 4 (75%)",
            // What is being done about it, and did it hold?
            "47 of 86 (55%)",
            "19",
            // Who holds child protection cases, by experience?
            "12",
            // Who audits disabled children placed out of area?
            "Audited",
            // What was promised last time, and what is still owed?
            "3 August 2026: A note was sent to members.",
            "30 September 2026, at first 12 August 2026, overdue",
        ]
    );
}

#[test]
fn a_report_without_a_section_leaves_its_question_open() {
    let text = text();
    let held = format!("The figures in {}", figure(&text, "child protection record").unwrap());
    for (caption, lost) in [
        ("Standards not met in each service", 0),
        ("Findings and how they are being addressed", 1),
        (held.as_str(), 3),
        ("Audits done and planned, by service and cohort", 4),
        ("Replies to the committee", 5),
        ("Replies owed to the committee", 6),
    ] {
        let without = text.replace(&format!(". {caption}\n"), ".\n");
        assert_eq!(answers(&without).get(lost), Some(&None), "{caption}");
    }
}
