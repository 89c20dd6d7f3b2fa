//! Which numbers a sentence has, in digits and in words, so that an edit brings none in.

use std::collections::BTreeSet;

/// Numbers and shares as people write them in words.
const WORDS: [&str; 42] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "single",
    "sole",
    "once",
    "twice",
    "both",
    "pair",
    "couple",
    "dozen",
    "half",
    "halves",
    "third",
    "thirds",
    "quarters",
];

/// What a number after it only points at or dates.
const LABELS: [&str; 7] = ["table", "figure", "part", "section", "paragraph", "standard", "tables"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The first number of an edited sentence that the generated one did not have. *Table 3* allows
/// *Table 3* and no other 3; a date allows that date.
pub fn brought_in(generated: &str, edited: &str) -> Option<String> {
    let had: BTreeSet<String> = numbers(generated).into_iter().collect();
    numbers(edited).into_iter().find(|number| !had.contains(number))
}

/// The numbers of a text, each with what it labels or dates.
fn numbers(text: &str) -> Vec<String> {
    let words: Vec<String> = text
        .split(|letter: char| letter.is_whitespace() || "-–—/()[]“”‘’\"".contains(letter))
        .map(|word| word.trim_matches(|letter: char| ".,;:!?".contains(letter)).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let is_month = |word: Option<&String>| word.is_some_and(|it| MONTHS.contains(&it.as_str()));
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let is_number = word.chars().any(char::is_numeric) || WORDS.contains(&word.as_str());
        if !is_number {
            continue;
        }
        if let Some(before) = before
            && (LABELS.contains(&before.as_str()) || is_month(Some(before)))
        {
            found.push(format!("{before} {word}"));
        } else if let Some(after) = words.get(at + 1).filter(|it| is_month(Some(it))) {
            found.push(format!("{word} {after}"));
        } else {
            found.push(word.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::brought_in;

    const GENERATED: &str = "Table 3 gives 48 drawn records of 1,204 (4%) on 30 September 2026.";

    #[test]
    fn an_edit_may_leave_numbers_out_and_keep_them() {
        for edited in [
            "Of 1,204 records 48 were drawn, as Table 3 shows.",
            "The records are in Table 3.",
            "48 were drawn, which is 4%, on 30 September 2026.",
        ] {
            assert_eq!(brought_in(GENERATED, edited), None, "{edited}");
        }
    }

    #[test]
    fn an_edit_brings_no_number_in() {
        for (edited, number) in [
            ("3 of them are of one team.", "3"),
            ("Three children were not seen.", "three"),
            ("Half were not seen.", "half"),
            ("Twenty-two were drawn.", "twenty"),
            ("30 were drawn.", "30"),
            ("In 2026 48 were drawn.", "2026"),
            ("٣ were drawn.", "٣"),
            ("Nearly all of 1204 were.", "1204"),
            ("Figure 3 gives them.", "figure 3"),
        ] {
            assert_eq!(brought_in(GENERATED, edited).as_deref(), Some(number), "{edited}");
        }
    }
}
