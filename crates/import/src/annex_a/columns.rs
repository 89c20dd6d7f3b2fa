//! The columns of Annex A as a table: list, official heading, what it is used for.
//!
//! The headings are those of the editions of 2021 and January 2024. Other spellings of them are in
//! [`super::spellings`], one line each.

use quarterlight_domain::case_list::KeyDate;

use super::list::List;

/// What a column is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// The child's reference; without it a sheet cannot be used.
    Child,
    /// For rules that go by age, and to be compared between lists.
    Born,
    /// Only whether it was obtained; what it is is not kept.
    Ethnicity,
    Disability,
    Unaccompanied,
    Team,
    Worker,
    /// The case status of List 6.
    Status,
    /// A latest date of this kind.
    Date(KeyDate),
    /// The date on which the episode, plan or period of care ended.
    Ended,
    LegalStatus,
    Location,
    Authority,
    /// The strategy discussion that began an enquiry under section 47.
    Enquiry,
    /// The initial child protection conference.
    Conference,
    /// Whether that conference was deemed unnecessary.
    NoConference,
    /// Only whether there is a plan for permanence.
    Permanence,
    /// How often the child was missing in the last twelve months.
    Missing,
    /// Whether a return interview was offered.
    ReturnOffered,
    /// Known to be a column of the list, and not read: the product has no use for it.
    NotRead,
}

use Use::{
    Authority, Born, Child, Conference, Date, Disability, Ended, Enquiry, Ethnicity, LegalStatus,
    Location, Missing, NoConference, NotRead, Permanence, ReturnOffered, Status, Team,
    Unaccompanied, Worker,
};

/// One column of one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    pub list: List,
    /// The heading in the official form.
    pub heading: &'static str,
    pub used_as: Use,
}

impl Column {
    /// True for a column that came with the edition of January 2024.
    pub(crate) fn since_2024(&self) -> bool {
        self.list == List::Leavers && SINCE_2024.contains(&self.heading)
    }
}

/// Every column of a list, in the official order.
pub(crate) fn columns_of(list: List) -> impl Iterator<Item = Column> {
    let of_list = COLUMNS.iter().filter(move |(other, _)| *other == list);
    let columns = of_list.flat_map(|(_, columns)| columns.iter());
    columns.map(move |(heading, used_as)| Column { list, heading, used_as: *used_as })
}

/// The columns of List 9 that the edition of January 2024 put between the older ones.
const SINCE_2024: [&str; 4] = [
    "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
    "Allocated Personal Advisor",
    "Latest Pathway Plan Review Date",
    "Latest Date of Contact",
];

/// The columns of one list: the official heading, and the use.
type Columns = &'static [(&'static str, Use)];

const COLUMNS: [(List, Columns); 11] = [
    (
        List::Contacts,
        &[
            ("Child Unique ID", Child),
            ("Gender", NotRead),
            ("Ethnicity", Ethnicity),
            ("Date of Birth", Born),
            ("Age of Child (Years)", NotRead),
            ("Date of Contact", NotRead),
            ("Contact Source", NotRead),
        ],
    ),
    (
        List::EarlyHelp,
        &[
            ("Child Unique ID", Child),
            ("Gender", NotRead),
            ("Ethnicity", Ethnicity),
            ("Date of Birth", Born),
            ("Age of Child (Years)", NotRead),
            ("Assessment start date", NotRead),
            ("Assessment completion date", NotRead),
            ("Organisation completing assessment", NotRead),
        ],
    ),
    (
        List::Referrals,
        &[
            ("Child Unique ID", Child),
            ("Gender", NotRead),
            ("Ethnicity", Ethnicity),
            ("Date of Birth", Born),
            ("Age of Child (Years)", NotRead),
            ("Date of referral", Date(KeyDate::Opened)),
            ("Referral Source", NotRead),
            ("Referral NFA?", NotRead),
            ("Number of Referrals in Last 12 Months", NotRead),
            ("Allocated Team", Team),
            ("Allocated Worker", Worker),
        ],
    ),
    (
        List::Assessments,
        &[
            ("Child Unique ID", Child),
            ("Gender", NotRead),
            ("Ethnicity", Ethnicity),
            ("Date of Birth", Born),
            ("Age of Child (Years)", NotRead),
            ("Does the Child have a Disability", Disability),
            ("Continuous Assessment Start Date", Date(KeyDate::AssessmentStarted)),
            ("Child Seen During Continuous Assessment", NotRead),
            ("Continuous Assessment Date of Authorisation", Date(KeyDate::AssessmentAuthorised)),
            ("Was the child assessed as requiring LA children's social care support?", NotRead),
            ("Allocated Team", Team),
            ("Allocated Worker", Worker),
        ],
    ),
    (
        List::Enquiries,
        &[
            ("Child Unique ID", Child),
            ("Gender", NotRead),
            ("Ethnicity", Ethnicity),
            ("Date of Birth", Born),
            ("Age of Child (Years)", NotRead),
            ("Does the Child have a Disability", Disability),
            ("Strategy discussion initiating Section 47 Enquiry Start Date", Enquiry),
            ("Was an Initial Child Protection Conference deemed unnecessary?", NoConference),
            ("Date of Initial Child Protection Conference", Conference),
            (
                "Did the Initial Child Protection Conference Result in a Child Protection Plan",
                NotRead,
            ),
            ("Number of Section 47 Enquiries in the last 12 months", NotRead),
            ("Number of ICPCs in the last 12 months", NotRead),
            ("Allocated Team", Team),
            ("Allocated Worker", Worker),
        ],
    ),
    (
        List::InNeed,
        &[
            ("Child Unique ID", Child),
            ("Gender", NotRead),
            ("Ethnicity", Ethnicity),
            ("Date of Birth", Born),
            ("Age of Child (Years)", NotRead),
            ("Does the Child have a Disability", Disability),
            ("CIN Start Date", Date(KeyDate::Opened)),
            ("Primary Need Code", NotRead),
            ("Date Child Was Last Seen", Date(KeyDate::LastSeen)),
            ("CIN Closure Date", Ended),
            ("Reason for Closure", NotRead),
            ("Case Status", Status),
            ("Allocated Team", Team),
            ("Allocated Worker", Worker),
        ],
    ),
    (
        List::Protection,
        &[
            ("Child Unique ID", Child),
            ("Gender", NotRead),
            ("Ethnicity", Ethnicity),
            ("Date of Birth", Born),
            ("Age of Child (Years)", NotRead),
            ("Does the Child have a Disability", Disability),
            ("Child Protection Plan Start Date", Date(KeyDate::ProtectionPlanStarted)),
            ("Initial Category of Abuse", NotRead),
            ("Latest Category of Abuse", NotRead),
            ("Date of the Last Statutory Visit", Date(KeyDate::ProtectionVisit)),
            ("Was the Child Seen Alone?", NotRead),
            ("Date of latest review conference", Date(KeyDate::ProtectionReview)),
            ("Child Protection Plan End Date", Ended),
            (
                "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
                NotRead,
            ),
            ("Number of Previous Child Protection Plans", NotRead),
            ("Allocated Team", Team),
            ("Allocated Worker", Worker),
        ],
    ),
    (
        List::InCare,
        &[
            ("Child Unique ID", Child),
            ("Gender", NotRead),
            ("Ethnicity", Ethnicity),
            ("Date of Birth", Born),
            ("Age of Child (Years)", NotRead),
            (
                "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)",
                Unaccompanied,
            ),
            ("Does the Child have a Disability", Disability),
            ("Date Started to be Looked After", Date(KeyDate::CareStarted)),
            ("Child's Category of Need", NotRead),
            (
                "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
                NotRead,
            ),
            ("Start date of current legal status", NotRead),
            ("Child's Legal Status", LegalStatus),
            ("Date of Latest Statutory Review", Date(KeyDate::CareReview)),
            ("Date of Last Social Work Visit", Date(KeyDate::CareVisit)),
            ("What is the permanence plan for this child?", Permanence),
            (
                "Date of Last IRO Visit / Contact to the Child",
                Date(KeyDate::ReviewingOfficerContact),
            ),
            ("Date of Last Health Assessment", Date(KeyDate::HealthAssessment)),
            ("Date of Last Dental Check", Date(KeyDate::DentalCheck)),
            ("Number of Placements in the Last 12 months", NotRead),
            ("Date Ceased to be Looked After", Ended),
            ("Reason Ceased to be Looked After", NotRead),
            ("Start Date of Most Recent Placement", Date(KeyDate::PlacementStarted)),
            ("Placement Type", NotRead),
            ("Placement Provider", NotRead),
            ("Placement postcode", NotRead),
            ("URN of Placement", NotRead),
            ("Placement Location", Location),
            ("LA of Placement", Authority),
            (
                "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
                Missing,
            ),
            (
                "Number of Episodes the Child has been 'Absent' from their Placement in the last 12 months",
                NotRead,
            ),
            (
                "Was the child offered a Return Interview after their last missing episode (Y/N)?",
                ReturnOffered,
            ),
            (
                "Did the child accept a Return Interview after their last missing episode (Y/N)?",
                NotRead,
            ),
            ("Allocated Team", Team),
            ("Allocated Worker", Worker),
        ],
    ),
    (
        List::Leavers,
        &[
            ("Child Unique ID", Child),
            ("Gender", NotRead),
            ("Ethnicity", Ethnicity),
            ("Date of Birth", Born),
            ("Age of Child (Years)", NotRead),
            (
                "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)",
                Unaccompanied,
            ),
            ("Does the Child have a Disability", Disability),
            ("Allocated Team", Team),
            ("Allocated Worker", Worker),
            ("Allocated Personal Advisor", NotRead),
            ("Eligibility Category", NotRead),
            ("Latest Pathway Plan Review Date", Date(KeyDate::PathwayReview)),
            ("LA in Touch", NotRead),
            ("Latest Date of Contact", Date(KeyDate::CareLeaverContact)),
            ("Type of Accommodation", NotRead),
            ("Suitability of Accommodation", NotRead),
            ("Activity Status", NotRead),
        ],
    ),
    (
        List::Adoption,
        &[
            ("Child Unique ID", Child),
            ("Family identifier", NotRead),
            ("Gender", NotRead),
            ("Ethnicity", Ethnicity),
            ("Date of Birth", Born),
            ("Age of Child (Years)", NotRead),
            ("Does the Child have a Disability", Disability),
            ("Date the Child Entered Care", NotRead),
            ("Date of Decision that Child Should be Placed for Adoption", NotRead),
            ("Date of Placement Order", NotRead),
            ("Date of Matching Child and Prospective Adopters", NotRead),
            ("Date Placed for Adoption", NotRead),
            ("Date of Adoption Order", NotRead),
            ("Date of Decision that Child Should No Longer be Placed for Adoption", NotRead),
            ("Reason Why Child No Longer Placed for Adoption", NotRead),
            (
                "Date the child was placed for fostering in FFA or concurrent planning placement",
                NotRead,
            ),
        ],
    ),
    (
        List::Adopters,
        &[
            ("Individual adopter identifier", NotRead),
            ("Family identifier", NotRead),
            ("Gender", NotRead),
            ("Ethnicity", NotRead),
            ("Disability", NotRead),
            ("Is the (prospective) adopter fostering for adoption?", NotRead),
            ("Date enquiry received", NotRead),
            ("Date Stage 1 started", NotRead),
            ("Date Stage 1 ended", NotRead),
            ("Date Stage 2 started", NotRead),
            ("Date Stage 2 ended", NotRead),
            ("Date application submitted", NotRead),
            ("Date application approved", NotRead),
            ("Date adopter matched with child(ren)", NotRead),
            ("Date child/children placed with adopter(s)", NotRead),
            ("No. of children placed", NotRead),
            ("Date of Adoption Order", NotRead),
            ("Date of leaving adoption process", NotRead),
            ("Reason for leaving adoption process", NotRead),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::headings::normal;
    use super::super::spellings::SPELLINGS;
    use super::*;

    #[test]
    fn no_two_columns_of_a_list_share_a_spelling() {
        for list in List::ALL {
            let mut seen = BTreeSet::new();
            for column in columns_of(list) {
                assert!(seen.insert(normal(column.heading)), "{list}: {}", column.heading);
                for (heading, also) in SPELLINGS {
                    if *heading == column.heading {
                        assert!(seen.insert(normal(also)), "{list}: {also}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_spelling_is_of_a_heading_that_exists() {
        let headings: BTreeSet<&str> =
            List::ALL.into_iter().flat_map(columns_of).map(|column| column.heading).collect();
        for (heading, also) in SPELLINGS {
            assert!(headings.contains(heading), "{heading}: {also}");
        }
    }

    #[test]
    fn every_list_of_children_has_a_reference() {
        for list in List::ALL {
            let has_child = columns_of(list).any(|column| column.used_as == Child);
            assert_eq!(has_child, list != List::Adopters, "{list}");
        }
    }
}
