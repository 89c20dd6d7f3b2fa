//! Which local authority a placement is in, from a name, a number or a code.

use std::collections::BTreeMap;

use super::headings::normal;

/// Numbers and names of the English authorities with children's services: the Department for
/// Education's three figures, the Office for National Statistics' code, the name.
const TABLE: &str = include_str!("../../data/authorities.csv");

/// An authority as a cell names it, in a form in which two spellings can be compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Authority {
    /// An English authority, by the Department's number.
    Known(u16),
    /// Somewhere that is not in England: no English authority's own area.
    OutsideEngland,
    /// A name that is not in the table, in its plain form.
    Named(String),
}

/// The authorities, by each name and code that they go by.
pub(crate) struct Authorities {
    numbers: BTreeMap<String, u16>,
    names: BTreeMap<u16, &'static str>,
}

impl Authorities {
    pub(crate) fn new() -> Self {
        let mut numbers = BTreeMap::new();
        let mut names = BTreeMap::new();
        for line in TABLE.lines().skip(1) {
            let mut parts = line.splitn(3, ',');
            let (Some(number), Some(code), Some(name)) = (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            let Ok(number) = number.parse() else { continue };
            numbers.insert(normal(code), number);
            numbers.insert(plain(name), number);
            numbers.insert(format!("{number}"), number);
            names.insert(number, name);
        }
        Self { numbers, names }
    }

    /// The authority that a text names; none if it names none, or says that the place is secret.
    pub(crate) fn read(&self, text: &str) -> Option<Authority> {
        let words: Vec<String> = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        // A code that stands as a whole word is surer than any name beside it.
        for word in &words {
            match word.as_str() {
                "wal" | "sco" | "nir" | "nuk" => return Some(Authority::OutsideEngland),
                "con" => return None,
                _ if word.chars().any(|c| c.is_ascii_digit()) => {
                    if let Some(number) = self.numbers.get(word) {
                        return Some(Authority::Known(*number));
                    }
                }
                _ => {}
            }
        }
        let form = plain(text);
        match form.as_str() {
            "" | "na" | "nan" | "null" | "none" | "unknown" | "notknown" | "notrecorded"
            | "confidential" | "withheld" => None,
            "wales" | "scotland" | "northernireland" | "outsideuk" | "outsideofuk" => {
                Some(Authority::OutsideEngland)
            }
            _ => Some(match self.numbers.get(&form) {
                Some(number) => Authority::Known(*number),
                None => Authority::Named(form.chars().take(100).collect()),
            }),
        }
    }

    /// The authority's name, if it is known; otherwise the plain form of what was written.
    pub(crate) fn name(&self, authority: &Authority) -> String {
        match authority {
            Authority::Known(number) => {
                self.names.get(number).map_or_else(|| number.to_string(), |name| (*name).to_owned())
            }
            Authority::OutsideEngland => "outside England".to_owned(),
            Authority::Named(form) => form.clone(),
        }
    }
}

/// A name without the words that one list has and another leaves out.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace('&', " and ").replace('-', " ");
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        !matches!(
            *word,
            "" | "london"
                | "borough"
                | "royal"
                | "metropolitan"
                | "council"
                | "city"
                | "county"
                | "of"
                | "the"
                | "la"
                | "lb"
                | "unitary"
                | "authority"
                | "district"
        )
    });
    let plain = normal(&words.collect::<String>());
    // London's own City would lose its whole name.
    if plain.is_empty() { normal(name) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_authority_goes_by_name_number_and_code() {
        let authorities = Authorities::new();
        for text in
            ["Harrow", "310", "E09000015", "London Borough of Harrow", "310 - Harrow", "HARROW "]
        {
            assert_eq!(authorities.read(text), Some(Authority::Known(310)), "{text}");
        }
        for text in ["Bristol, City of", "City of Bristol", "801"] {
            assert_eq!(authorities.read(text), Some(Authority::Known(801)), "{text}");
        }
        assert_eq!(authorities.read("City of London"), Some(Authority::Known(201)));
        assert_eq!(authorities.read("Kingston upon Hull, City of"), Some(Authority::Known(810)));
    }

    #[test]
    fn places_beyond_england_and_secret_ones_are_told() {
        let authorities = Authorities::new();
        assert_eq!(
            authorities.read("WAL - Child placed in Wales"),
            Some(Authority::OutsideEngland)
        );
        assert_eq!(authorities.read("CON"), None);
        assert_eq!(authorities.read("Home Town"), Some(Authority::Named("hometown".into())));
    }

    #[test]
    fn every_authority_is_there_once() {
        let authorities = Authorities::new();
        assert_eq!(authorities.names.len(), TABLE.lines().count() - 1);
        for name in authorities.names.values() {
            assert!(authorities.numbers.contains_key(&plain(name)), "{name}");
        }
        // Number, code and name of each lead to it, and to nothing else.
        assert_eq!(authorities.numbers.len(), authorities.names.len() * 3);
    }
}
