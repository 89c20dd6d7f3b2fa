//! How the editions of a framework follow one another, so that only like results stand side by side.

use std::collections::BTreeMap;

use crate::id::EditionId;
use crate::standard::StandardCode;

/// Which standard of an edition is one of the edition before, over all editions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    steps: BTreeMap<EditionId, (EditionId, BTreeMap<StandardCode, StandardCode>)>,
}

impl Lineage {
    /// Adds that an edition follows another.
    pub fn follows(&mut self, edition: EditionId, before: EditionId) {
        self.steps.entry(edition).or_insert_with(|| (before, BTreeMap::new()));
    }

    /// Adds that a standard of an edition is one of the edition before, the same or re-worded.
    pub fn continues(&mut self, edition: EditionId, new: StandardCode, old: StandardCode) {
        if let Some((_, continued)) = self.steps.get_mut(&edition) {
            continued.insert(new, old);
        }
    }

    /// The standard of an earlier edition that this one continues, over every edition in between;
    /// none where at any step it was new, split or joined.
    pub fn back(
        &self,
        edition: EditionId,
        code: &StandardCode,
        earlier: EditionId,
    ) -> Option<StandardCode> {
        let (mut at, mut code) = (edition, code.clone());
        // An edition is followed at most once by each, so this ends; the bound guards against damage.
        for _ in 0..=self.steps.len() {
            if at == earlier {
                return Some(code);
            }
            let (before, continued) = self.steps.get(&at)?;
            code = continued.get(&code)?.clone();
            at = *before;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::sample::code;

    #[test]
    fn a_standard_is_followed_back_as_long_as_it_stayed_itself() {
        let [one, two, three] = [1, 2, 3].map(EditionId);
        let mut lineage = Lineage::default();
        lineage.follows(two, one);
        lineage.follows(three, two);
        lineage.continues(two, code("B2"), code("B1"));
        lineage.continues(three, code("C1"), code("B2"));
        lineage.continues(three, code("C2"), code("B9"));
        assert_eq!(lineage.back(three, &code("C1"), one), Some(code("B1")));
        assert_eq!(lineage.back(three, &code("C2"), one), None, "B9 was new in edition 2");
        assert_eq!(lineage.back(three, &code("C2"), two), Some(code("B9")));
        assert_eq!(lineage.back(three, &code("C3"), three), Some(code("C3")), "itself");
        assert_eq!(lineage.back(one, &code("B1"), two), None, "never forwards");
        assert_eq!(lineage.back(three, &code("C1"), EditionId(9)), None, "another framework");
    }
}
