//! How figures are written: always with their count and what they are out of.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use quarterlight_domain::calendar::day_in_words;

/// A thing that is counted, in its two forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noun {
    /// *record*.
    pub one: Cow<'static, str>,
    /// *records*.
    pub many: Cow<'static, str>,
}

impl Noun {
    /// A noun with its plural.
    pub const fn new(one: &'static str, many: &'static str) -> Self {
        Self { one: Cow::Borrowed(one), many: Cow::Borrowed(many) }
    }

    /// The form that goes with this count.
    pub fn form(&self, count: u64) -> &str {
        if count == 1 { &self.one } else { &self.many }
    }
}

/// The file on one child.
pub const RECORD: Noun = Noun::new("record", "records");
/// One reading of one record.
pub const AUDIT: Noun = Noun::new("audit", "audits");
/// One thing that a record must show.
pub const STANDARD: Noun = Noun::new("standard", "standards");
/// The answer to one standard.
pub const JUDGEMENT: Noun = Noun::new("judgement", "judgements");
/// An issue that an audit found.
pub const FINDING: Noun = Noun::new("finding", "findings");
/// What is done about a finding.
pub const ACTION: Noun = Noun::new("action", "actions");
/// A person who holds records.
pub const WORKER: Noun = Noun::new("worker", "workers");
/// What a member asked.
pub const QUESTION: Noun = Noun::new("question", "questions");
/// A day.
pub const DAY: Noun = Noun::new("day", "days");

/// A whole number with its thousands parted: *1,204*.
pub fn whole(number: u64) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

/// How many: *no records*, *1 record*, *1,204 records*.
pub fn count(number: u64, noun: &Noun) -> String {
    if number == 0 {
        format!("no {}", noun.many)
    } else {
        format!("{} {}", whole(number), noun.form(number))
    }
}

/// How many of how many: *3 of 25 records*, *1 of 1 record*, and *no records* where there are none
/// to count.
pub fn out_of(number: u64, of: u64, noun: &Noun) -> String {
    if of == 0 {
        count(0, noun)
    } else {
        format!("{} of {} {}", whole(number), whole(of), noun.form(of))
    }
}

/// A part of a whole as one says it: *none of the 24 records*, *18 of 24 records (75%)*, *all 24
/// records*, *1 of 1 record*, and *no records* where there are none to count.
pub fn part_of(number: u64, of: u64, noun: &Noun) -> String {
    let all = whole(of);
    match percent(number, of) {
        Some(_) if of == 1 => out_of(number, of, noun),
        Some(_) if number == 0 => format!("none of the {all} {}", noun.many),
        Some(_) if number == of => format!("all {all} {}", noun.many),
        Some(percent) => format!("{} ({percent}%)", out_of(number, of, noun)),
        None => count(0, noun),
    }
}

/// The word that agrees with a count: *1 record was*, *no records were*.
pub const fn agree(number: u64, one: &'static str, many: &'static str) -> &'static str {
    if number == 1 { one } else { many }
}

/// A whole percentage, rounded half away from zero; nothing where there is nothing to divide by.
pub fn percent(number: u64, of: u64) -> Option<u64> {
    if of == 0 {
        return None;
    }
    let (number, of) = (u128::from(number), u128::from(of));
    u64::try_from((200 * number + of) / (2 * of)).ok()
}

/// A share with its count and denominator: *18 of 24 (75%)*, or *none to count*.
pub fn share(number: u64, of: u64) -> String {
    match percent(number, of) {
        Some(percent) => format!("{} of {} ({percent}%)", whole(number), whole(of)),
        None => "none to count".to_owned(),
    }
}

/// A share with its verb: *18 of 24 met (75%)*, or *none to count*.
pub fn share_that(number: u64, of: u64, verb: &str) -> String {
    match percent(number, of) {
        Some(percent) => format!("{} of {} {verb} ({percent}%)", whole(number), whole(of)),
        None => "none to count".to_owned(),
    }
}

/// Several things in a sentence: *a*, *a and b*, *a, b and c*.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// The same words as a sentence that ends: with a full stop, unless they have an end of their own.
pub fn full_stop(words: &str) -> String {
    let words = words.trim_end();
    if words.ends_with(['.', '?', '!']) { words.to_owned() } else { format!("{words}.") }
}

/// The same words with a capital at the front, for the beginning of a sentence.
pub fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
