//! A child's reference from a cell: text as it is, a number without its decimals, never padded.

use quarterlight_domain::case_list::Reference;

use crate::cell::Cell;

/// Why a cell holds no reference, as the first half of a problem's sentence. The cell's own text
/// is left out: what is no reference may be a name.
pub(crate) fn reference(cell: &Cell<'_>) -> Result<Reference, &'static str> {
    let text = match cell {
        Cell::Number(number) => return whole(*number),
        Cell::Error(_) => return Err("the formula in it gives an error and no reference"),
        Cell::Truth(_) => return Err("it says true or false and not a reference"),
        Cell::Text(text) => text.trim_start_matches('\''),
    };
    if is_shortened(text) {
        return Err("Excel has shortened the reference, and figures of it are lost");
    }
    let text = match text.split_once('.') {
        Some((before, after))
            if before.chars().all(|c| c.is_ascii_digit()) && after.chars().all(|c| c == '0') =>
        {
            before
        }
        _ => text,
    };
    Reference::new(text).map_err(|_| {
        "it is not a reference: a reference has letters, figures, -, _, . and / only, 40 at most"
    })
}

fn whole(number: f64) -> Result<Reference, &'static str> {
    // Excel keeps fifteen figures; beyond them, the last ones are not what was typed.
    if number.fract() == 0.0 && (0.0..1e15).contains(&number) {
        Reference::new(&format!("{number:.0}")).map_err(|_| "it is not a reference")
    } else {
        Err("it is a number that cannot be a reference, or too long for Excel to keep")
    }
}

/// `1.23E+12`: what Excel shows of a long number, stored as text.
fn is_shortened(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.split_once("e+").is_some_and(|(before, after)| {
        let is_figures =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == '.');
        is_figures(before) && is_figures(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Result<String, &'static str> {
        reference(&Cell::Text(text.into())).map(|reference| reference.as_str().to_owned())
    }

    #[test]
    fn text_stays_as_it_is_and_loses_only_excels_decimals() {
        for (written, expected) in
            [("00123", "00123"), ("123.0", "123"), ("'123", "123"), ("AB-12/3", "AB-12/3")]
        {
            assert_eq!(text(written).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn a_number_is_written_whole() {
        let number = |n| reference(&Cell::Number(n)).map(|it| it.as_str().to_owned());
        assert_eq!(number(123.0).as_deref(), Ok("123"));
        assert_eq!(number(1.23e12).as_deref(), Ok("1230000000000"));
        assert!(number(12.5).is_err());
        assert!(number(1e20).is_err());
        assert!(number(f64::NAN).is_err());
    }

    #[test]
    fn a_name_or_a_shortened_number_is_no_reference() {
        for written in ["Ada Oakes", "1.23E+12", "5e+7", "12,345"] {
            assert!(text(written).is_err(), "{written}");
        }
        assert_eq!(text("E5").as_deref(), Ok("E5"));
    }
}
