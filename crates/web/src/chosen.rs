//! How many things a search found, and how many of them its page shows.

use quarterlight_report::words::{self, Noun};

/// A sentence of it; the second where the page stops before the end.
pub fn chosen(found: u32, shown: usize, noun: &Noun) -> String {
    let is = words::agree(found.into(), "is", "are");
    let many = words::sentence_case(&words::count(found.into(), noun));
    if usize::try_from(found).is_ok_and(|found| found > shown) {
        return format!("{many} {is} chosen here. The latest {shown} are shown.");
    }
    format!("{many} {is} chosen here.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_where_it_stops() {
        let look = Noun::new("look", "looks");
        assert_eq!(chosen(0, 0, &look), "No looks are chosen here.");
        assert_eq!(chosen(1, 1, &look), "1 look is chosen here.");
        assert_eq!(chosen(900, 200, &look), "900 looks are chosen here. The latest 200 are shown.");
    }
}
