//! Minutes as they were pasted, split into what may be an item of the register.
//!
//! It proposes and keeps nothing: a person reads each, changes it and says which are items. What is
//! looked for are the words that clerks use: *RESOLVED*, *asked*, *will provide*.

use super::{Kind, LONGEST_NAME};

/// The most candidates of one pasted text.
pub const MOST: usize = 60;

/// What may be an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it may be.
    pub kind: Kind,
    /// Its words, as they stand in the minutes.
    pub words: String,
    /// Who asked, where the sentence begins with that.
    pub asked_by: Option<String>,
    /// The words by which it was taken for one.
    pub because: &'static str,
}

/// What may be items in these minutes, in their order; [`MOST`] at most.
pub fn candidates(minutes: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut resolving = false;
    for paragraph in paragraphs(minutes) {
        let (is_listed, words) = unnumbered(&paragraph);
        if let Some(rest) = resolved(words) {
            resolving = true;
            if !rest.is_empty() {
                found.push(candidate(Kind::Resolution, rest, "RESOLVED"));
            }
            continue;
        }
        // A lettered or numbered line below *RESOLVED* is a resolution of its own.
        resolving = resolving && is_listed && !is_heading(words);
        if resolving {
            found.push(candidate(Kind::Resolution, words, "RESOLVED"));
            continue;
        }
        found.extend(sentences(words).into_iter().filter_map(said));
    }
    found.truncate(MOST);
    found
}

fn candidate(kind: Kind, words: &str, because: &'static str) -> Candidate {
    Candidate { kind, words: capital(words.trim()), asked_by: None, because }
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
}

/// Lines that belong together: a blank line, or a line that begins with a number or letter in a
/// list, begins the next.
fn paragraphs(minutes: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_next = true;
    for line in minutes.lines().map(str::trim) {
        let begins = is_next || unnumbered(line).0 || resolved(line).is_some();
        is_next = line.is_empty() || is_heading(unnumbered(line).1);
        match paragraphs.last_mut().filter(|_| !begins) {
            Some(last) if !line.is_empty() => {
                last.push(' ');
                last.push_str(line);
            }
            _ if !line.is_empty() => paragraphs.push(line.to_owned()),
            _ => {}
        }
    }
    paragraphs
}

/// A line in capitals alone.
fn is_heading(words: &str) -> bool {
    let mut letters = words.chars().filter(|it| it.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase) && resolved(words).is_none()
}

/// A line without the number or letter before it, and whether there was one: *(a)*, *1.*, *iv)*, *-*.
fn unnumbered(line: &str) -> (bool, &str) {
    if let Some(rest) = line.strip_prefix(['-', '•', '*']) {
        return (true, rest.trim_start());
    }
    let inner = line.strip_prefix('(').unwrap_or(line);
    let end =
        inner.find(|it: char| !it.is_ascii_alphanumeric() && it != '.').unwrap_or(inner.len());
    let (mark, rest) = inner.split_at(end);
    let short = mark.trim_end_matches('.');
    let is_mark = (1..=6).contains(&short.len())
        && (short.bytes().all(|it| it.is_ascii_digit() || it == b'.')
            || short.len() <= 4 && short.bytes().all(|it| b"ivxabcdefgh".contains(&it)));
    let closed = rest.starts_with(')') || mark.ends_with('.');
    let numbered =
        short.contains('.') && short.bytes().next().is_some_and(|it| it.is_ascii_digit());
    if is_mark && (closed || numbered) {
        (true, rest.trim_start_matches(')').trim_start())
    } else {
        (false, line)
    }
}

/// What follows *RESOLVED*, *Resolved that* or *It was resolved to*, if the line begins so.
fn resolved(words: &str) -> Option<&str> {
    let small = words.to_ascii_lowercase();
    let begins =
        ["it was resolved", "resolved", "agreed"].into_iter().find(|it| small.starts_with(it))?;
    let rest = words[begins.len()..].trim_start_matches([' ', ':', '-', '–', ',', '.']);
    let is_agreed_otherwise = begins == "agreed" && !small[begins.len()..].starts_with([':', ' ']);
    if is_agreed_otherwise {
        return None;
    }
    let that = rest.strip_prefix("that").filter(|it| it.is_empty() || it.starts_with([' ', ':']));
    Some(that.unwrap_or(rest).trim_start_matches([':', '-', '–', ' ']).trim())
}

fn sentences(paragraph: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let bytes = paragraph.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let ends = matches!(byte, b'.' | b'?' | b'!')
            && bytes.get(at + 1).is_none_or(|next| *next == b' ')
            && !["Cllr.", "Mr.", "Ms.", "Mrs.", "Dr.", "No."]
                .iter()
                .any(|it| paragraph[..=at].ends_with(it));
        if ends {
            sentences.push(paragraph[start..=at].trim());
            start = at + 1;
        }
    }
    sentences.push(paragraph[start..].trim());
    sentences.retain(|it| !it.is_empty());
    sentences
}

const PROMISES: [&str; 12] = [
    "will provide",
    "would provide",
    "will report back",
    "would report back",
    "will circulate",
    "would circulate",
    "will write",
    "would write",
    "be provided with",
    "undertook to",
    "agreed to",
    "would bring",
];

const QUESTIONS: [&str; 7] = [
    " asked ",
    " queried ",
    " enquired ",
    " requested ",
    " questioned ",
    "clarification",
    " wished to know ",
];

fn said(sentence: &str) -> Option<Candidate> {
    let small = format!(" {} ", sentence.to_lowercase());
    let asks = QUESTIONS.into_iter().find(|it| small.contains(it));
    let asks = asks.or_else(|| sentence.ends_with('?').then_some("?"));
    let promises = PROMISES.into_iter().find(|it| small.contains(it));
    // *Asked whether members would be provided with …* asks; *the director, asked, will provide* promises.
    let is_question = asks
        .is_some_and(|word| promises.is_none_or(|it| small.find(word.trim_end()) < small.find(it)));
    if is_question {
        let because = asks.unwrap_or("?").trim();
        return Some(Candidate {
            asked_by: asker(sentence),
            ..candidate(Kind::Question, sentence, because)
        });
    }
    promises.map(|because| candidate(Kind::Promise, sentence, because))
}

/// *Councillor Marchetti* of *Councillor Marchetti asked who …*.
fn asker(sentence: &str) -> Option<String> {
    let verbs = ["asked", "queried", "enquired", "requested", "questioned", "wished", "sought"];
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let verb = words.iter().position(|it| verbs.contains(&it.to_lowercase().as_str()))?;
    let name = words.get(..verb)?.join(" ");
    let begins =
        ["Councillor", "Cllr", "Members", "A member", "A Member", "The Chair", "The Vice-Chair"];
    (verb <= 6 && name.len() <= LONGEST_NAME && begins.iter().any(|it| name.starts_with(it)))
        .then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTES: &str = "\
12. AUDIT OF CASE RECORDS

12.1 The Head of Quality presented the report. Cllr. Marchetti asked who audits the records of
disabled children placed outside the borough, and how often.

12.2 Members sought clarification of the chart on page 46. The Director would provide a note before
the next meeting.

12.3 The service has been praised. Was the asylum team included?

RESOLVED that:
(a) the report be noted;
(b) Members be provided with the programme of audits.

13. ANY OTHER BUSINESS
There was none.";

    #[test]
    fn minutes_are_split_into_what_may_be_items() {
        let found = candidates(MINUTES);
        let seen: Vec<_> = found.iter().map(|it| (it.kind, it.words.as_str())).collect();
        assert_eq!(
            seen,
            [
                (
                    Kind::Question,
                    "Cllr. Marchetti asked who audits the records of disabled children placed outside \
                     the borough, and how often."
                ),
                (Kind::Question, "Members sought clarification of the chart on page 46."),
                (Kind::Promise, "The Director would provide a note before the next meeting."),
                (Kind::Question, "Was the asylum team included?"),
                (Kind::Resolution, "The report be noted;"),
                (Kind::Resolution, "Members be provided with the programme of audits."),
            ]
        );
        let askers: Vec<_> = found.iter().map(|it| it.asked_by.as_deref()).collect();
        assert_eq!(askers[..2], [Some("Cllr. Marchetti"), Some("Members")]);
        assert_eq!(askers[3], None);
    }

    #[test]
    fn a_resolution_in_one_line_and_text_without_any() {
        let found = candidates("Resolved: that the framework be agreed.");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "The framework be agreed.");
        assert_eq!(candidates("The meeting closed at 9.10 pm. Apologies were noted."), []);
        assert_eq!(candidates(""), []);
    }

    #[test]
    fn hostile_text_is_bounded_and_never_fails() {
        assert_eq!(candidates(&"Was it?\n\n".repeat(500)).len(), MOST);
        for text in ["(", ")", "RESOLVED", "…?", "é? ß asked ?", "((((a) asked", "1.", "É asked"]
        {
            candidates(text);
        }
    }
}
