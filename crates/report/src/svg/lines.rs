//! Breaks a name into lines, because SVG does not.

/// The words in lines of at most `most` characters; a longer word is cut rather than lost.
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    let most = most.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        if !line.is_empty() && line.chars().count() + 1 + word.len() > most {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        while word.len() > most {
            let rest = word.split_off(most);
            lines.push(word.into_iter().collect());
            word = rest;
        }
        line.extend(word);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_the_narrowest_screen_and_no_letter_is_lost() {
        for text in [
            "",
            "Child protection",
            "Unaccompanied asylum-seeking children placed out of the area",
            &"w".repeat(90),
        ] {
            let lines = wrapped(text, 20);
            assert!(lines.iter().all(|line| line.chars().count() <= 20), "{lines:?}");
            let squeezed: String = lines.concat().replace(' ', "");
            assert_eq!(squeezed, text.replace(' ', ""));
        }
    }
}
