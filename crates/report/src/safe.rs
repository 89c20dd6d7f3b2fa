//! Words that no spreadsheet takes for a formula, whichever program opens the file.

use std::borrow::Cow;

/// With what a spreadsheet begins a formula, also in the wide letters of other keyboards.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet might run the words.
pub fn might_run(text: &str) -> bool {
    let control = |letter: char| matches!(letter, '\t' | '\r' | '\n' | '\0' | '\u{fffd}');
    text.starts_with(control) || text.trim_start_matches(' ').starts_with(FORMULA)
}

/// The words with an apostrophe before them where a spreadsheet might run them, which it takes for
/// *these are words*. A letter that no file can hold becomes the mark for an unknown one.
pub fn words(text: &str) -> Cow<'_, str> {
    let text = if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    };
    if might_run(&text) { Cow::Owned(format!("'{text}")) } else { text }
}
