//! Words as the XML of a Word file holds them.

use crate::pdf::letters::is_unseen;

/// Words as XML holds them, on one line; marks that are not seen are left out, because they can turn
/// the reading order or are no XML at all.
pub fn words(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{a0}' => safe.push(letter),
            '\u{fffe}' | '\u{ffff}' => {}
            space if space.is_whitespace() => safe.push(' '),
            unseen if is_unseen(unseen) => {}
            other => safe.push(other),
        }
    }
    safe
}

/// Words in the type of their paragraph.
pub fn run(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, words(text))
}

/// Words in a style of their own within the paragraph: `Strong`, `ParagraphNumber`.
pub fn styled(style: &str, text: &str) -> String {
    format!(
        r#"<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#,
        words(text)
    )
}

/// A paragraph of a style, with what stands in it.
pub fn paragraph(style: &str, inside: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{inside}</w:p>\n")
}

/// A field that Word works out by itself, with what it shows until then.
pub fn field(instruction: &str, shown: &str) -> String {
    format!(r#"<w:fldSimple w:instr=" {instruction} ">{}</w:fldSimple>"#, run(shown))
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_people_write_is_words_and_never_markup() {
        assert_eq!(words("<w:p/> & \"x\""), "&lt;w:p/&gt; &amp; &quot;x&quot;");
        assert_eq!(words("a\u{202e}b\u{0}c\nd\u{a0}e\u{ffff}"), "abc d\u{a0}e");
        assert_eq!(words("Zoë 👍 良い"), "Zoë 👍 良い");
    }
}
