//! The eleven lists of Ofsted's Annex A.

use std::fmt;

/// One of the lists that an authority gives Ofsted at an inspection of its children's services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// List 1: contacts in the last six months.
    Contacts,
    /// List 2: early help assessments.
    EarlyHelp,
    /// List 3: referrals.
    Referrals,
    /// List 4: assessments open or authorised in the last six months.
    Assessments,
    /// List 5: section 47 enquiries and initial conferences.
    Enquiries,
    /// List 6: everyone in receipt of services now or in the last six months.
    InNeed,
    /// List 7: child protection plans.
    Protection,
    /// List 8: children in care.
    InCare,
    /// List 9: care leavers.
    Leavers,
    /// List 10: children with a plan for adoption.
    Adoption,
    /// List 11: adopters, who are not children.
    Adopters,
}

impl List {
    /// Every list, in Ofsted's order.
    pub const ALL: [Self; 11] = [
        Self::Contacts,
        Self::EarlyHelp,
        Self::Referrals,
        Self::Assessments,
        Self::Enquiries,
        Self::InNeed,
        Self::Protection,
        Self::InCare,
        Self::Leavers,
        Self::Adoption,
        Self::Adopters,
    ];

    /// The lists that say which records are open.
    pub const THAT_OPEN: [Self; 4] = [Self::InNeed, Self::Protection, Self::InCare, Self::Leavers];

    /// Where two lists say different things of one child, the one that comes first here is
    /// followed: the list of the most particular service before the general ones.
    pub const IN_ORDER_OF_TRUST: [Self; 11] = [
        Self::InCare,
        Self::Protection,
        Self::Leavers,
        Self::InNeed,
        Self::Assessments,
        Self::Enquiries,
        Self::Adoption,
        Self::Referrals,
        Self::EarlyHelp,
        Self::Contacts,
        Self::Adopters,
    ];

    /// Its number, 1 to 11.
    pub const fn number(self) -> u8 {
        match self {
            Self::Contacts => 1,
            Self::EarlyHelp => 2,
            Self::Referrals => 3,
            Self::Assessments => 4,
            Self::Enquiries => 5,
            Self::InNeed => 6,
            Self::Protection => 7,
            Self::InCare => 8,
            Self::Leavers => 9,
            Self::Adoption => 10,
            Self::Adopters => 11,
        }
    }

    /// Its name: *List 8*.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contacts => "List 1",
            Self::EarlyHelp => "List 2",
            Self::Referrals => "List 3",
            Self::Assessments => "List 4",
            Self::Enquiries => "List 5",
            Self::InNeed => "List 6",
            Self::Protection => "List 7",
            Self::InCare => "List 8",
            Self::Leavers => "List 9",
            Self::Adoption => "List 10",
            Self::Adopters => "List 11",
        }
    }

    /// The list with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name)
    }

    /// What it lists, in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Contacts => "Contacts",
            Self::EarlyHelp => "Early help assessments",
            Self::Referrals => "Referrals",
            Self::Assessments => "Assessments",
            Self::Enquiries => "Section 47 enquiries and initial conferences",
            Self::InNeed => "Children in need",
            Self::Protection => "Child protection plans",
            Self::InCare => "Children in care",
            Self::Leavers => "Care leavers",
            Self::Adoption => "Adoption",
            Self::Adopters => "Adopters",
        }
    }

    /// The list that a sheet's name points to, if it points to one: by its number, or by words
    /// that people use for it. A hint only: what decides is the headings.
    pub(crate) fn hinted_by(sheet: &str) -> Option<Self> {
        let lower = sheet.to_lowercase();
        let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric());
        let number = words.find_map(|word| {
            word.trim_start_matches("list").parse().ok().filter(|n| (1..=11).contains(n))
        });
        let by_words = || HINTS.iter().find(|(words, _)| lower.contains(words));
        // "Sec47" is no list number, and "2024" is not either.
        match number {
            Some(number) => Self::ALL.into_iter().find(|list| list.number() == number),
            None => by_words().map(|(_, list)| *list),
        }
    }
}

/// Longer words first: "care leavers" has "care" in it, and "child protection" has "child".
const HINTS: [(&str, List); 20] = [
    ("care leaver", List::Leavers),
    ("leaving care", List::Leavers),
    ("care experienced", List::Leavers),
    ("children in care", List::InCare),
    ("looked after", List::InCare),
    ("child protection", List::Protection),
    ("children in need", List::InNeed),
    ("child in need", List::InNeed),
    ("early help", List::EarlyHelp),
    ("section 47", List::Enquiries),
    ("sec47", List::Enquiries),
    ("s47", List::Enquiries),
    ("icpc", List::Enquiries),
    ("assessment", List::Assessments),
    ("referral", List::Referrals),
    ("contact", List::Contacts),
    ("adopter", List::Adopters),
    ("adoption", List::Adoption),
    ("cpp", List::Protection),
    ("cla", List::InCare),
];

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_name_points_to_its_list_and_to_no_other() {
        for (sheet, expected) in [
            ("List 1", Some(List::Contacts)),
            ("List 10", Some(List::Adoption)),
            ("List_11", Some(List::Adopters)),
            ("list8", Some(List::InCare)),
            ("7 - Child Protection", Some(List::Protection)),
            ("Care leavers", Some(List::Leavers)),
            ("Children in Care", Some(List::InCare)),
            ("Sec47 and ICPC", Some(List::Enquiries)),
            ("Annex A 2024", None),
            ("Cover", None),
        ] {
            assert_eq!(List::hinted_by(sheet), expected, "{sheet}");
        }
    }

    #[test]
    fn every_list_has_its_place_in_the_order_of_trust() {
        let mut order = List::IN_ORDER_OF_TRUST;
        order.sort_unstable();
        assert_eq!(order, List::ALL);
    }
}
