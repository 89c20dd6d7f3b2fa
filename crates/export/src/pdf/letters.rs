//! Which letters our type can print, and what stands for one that it cannot.

use crate::pdf::world::type_has;

/// The longest word that is left whole. Nothing in English comes near it; a pasted link does.
const LONGEST_WORD: usize = 30;

/// The text as it can be printed on one line or more. PDF/UA refuses a file with a letter that has
/// no shape, so such a letter becomes the mark that stands for an unknown one; marks that are not seen (controls, and those that turn
/// the reading order) are left out; a very long word may be broken.
pub fn printable(text: &str) -> String {
    let mut printed = String::with_capacity(text.len());
    let mut run = 0;
    for letter in text.chars() {
        if letter.is_whitespace() {
            printed.push(if letter == '\u{a0}' { letter } else { ' ' });
            run = 0;
            continue;
        }
        if is_unseen(letter) {
            continue;
        }
        if run == LONGEST_WORD {
            printed.push('\u{200b}');
            run = 0;
        }
        run += 1;
        printed.push(shape(letter));
    }
    printed
}

/// The same, line by line, for a drawing whose letters are already set in lines.
pub fn printable_drawing(svg: &str) -> String {
    svg.chars()
        .filter(|letter| *letter == '\n' || !is_unseen(*letter))
        .map(|letter| if letter == '\n' { letter } else { shape(letter) })
        .collect()
}

fn shape(letter: char) -> char {
    match letter {
        '\u{2010}' | '\u{2011}' => '-',
        known if type_has(known) => known,
        _ => '\u{fffd}',
    }
}

/// Whether a letter is a mark that is not seen: a control, or one that turns the reading order.
pub fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' |
            '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_letters() {
        for name in [
            "Zoë Nuñez",
            "Agnieszka Świątek",
            "Adébáyọ̀",
            "Nguyễn Thị",
            "Γιώργος",
            "Оксана",
            "אורית",
        ] {
            assert_eq!(printable(name), name);
        }
    }

    #[test]
    fn a_letter_without_a_shape_becomes_the_mark_for_an_unknown_one() {
        assert_eq!(printable("👍 良い"), "\u{fffd} \u{fffd}\u{fffd}");
    }

    #[test]
    fn marks_that_are_not_seen_are_left_out() {
        assert_eq!(printable("a\u{202e}b\u{0}c\u{feff}d\u{1b}\ne"), "abcd e");
    }

    #[test]
    fn a_very_long_word_may_be_broken() {
        let link = "x".repeat(95);
        let printed = printable(&link);
        assert_eq!(printed.split('\u{200b}').map(str::len).collect::<Vec<_>>(), [30, 30, 30, 5]);
    }
}
