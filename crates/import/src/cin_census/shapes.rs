//! The blocks of a children in need census, as data, and the lists that they are counted as.

use crate::xml_blocks::Shape;

/// What the file should be.
pub(super) const WHAT: &str = "a children in need census";

/// The lists of an account of a census, in the order of [`LISTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Child,
    Period,
    Assessment,
    Enquiry,
    InNeedPlan,
    ProtectionPlan,
    Review,
}

/// The blocks' names, as the field knows them.
pub(super) const LISTS: [&str; 7] = [
    "Child",
    "CINdetails",
    "Assessments",
    "Section47",
    "CINPlanDates",
    "ChildProtectionPlans",
    "CPPreviewDate",
];

const fn shape(
    name: &'static str,
    within: &'static str,
    read: &'static [&'static str],
    not_needed: &'static [&'static str],
) -> Shape {
    Shape { name, within, read, not_needed }
}

/// Every block of every year.
pub(super) const SHAPES: &[Shape] = &[
    shape("Message", "", &[], &[]),
    shape("Header", "Message", &[], &[]),
    shape("CollectionDetails", "Header", &["Collection", "Year", "ReferenceDate"], &[]),
    shape(
        "Source",
        "Header",
        &[],
        &["SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo", "DateTime"],
    ),
    shape("Content", "Header", &[], &[]),
    shape("CBDSLevels", "Content", &[], &["CBDSLevel"]),
    shape("Children", "Message", &[], &[]),
    shape("Child", "Children", &[], &[]),
    shape(
        "ChildIdentifiers",
        "Child",
        &["LAchildID", "PersonBirthDate", "ExpectedPersonBirthDate"],
        &["UPN", "FormerUPN", "UPNunknown", "Sex", "GenderCurrent", "PersonDeathDate"],
    ),
    shape("ChildCharacteristics", "Child", &["Ethnicity"], &[]),
    shape("Disabilities", "ChildCharacteristics", &["Disability"], &[]),
    shape(
        "CINdetails",
        "Child",
        &["CINreferralDate", "CINclosureDate", "ReferralNFA"],
        &["ReferralSource", "PrimaryNeedCode", "ReasonForClosure", "DateOfInitialCPC"],
    ),
    shape(
        "Assessments",
        "CINdetails",
        &["AssessmentActualStartDate", "AssessmentAuthorisationDate", "AssessmentFactors"],
        &["AssessmentInternalReviewDate"],
    ),
    shape("FactorsIdentifiedAtAssessment", "Assessments", &["AssessmentFactors"], &[]),
    shape("CINPlanDates", "CINdetails", &["CINPlanStartDate", "CINPlanEndDate"], &[]),
    shape(
        "Section47",
        "CINdetails",
        &["S47ActualStartDate", "DateOfInitialCPC", "ICPCnotRequired"],
        &["InitialCPCtarget"],
    ),
    shape(
        "ChildProtectionPlans",
        "CINdetails",
        &["CPPstartDate", "CPPendDate"],
        &["InitialCategoryOfAbuse", "LatestCategoryOfAbuse", "NumberOfPreviousCPP"],
    ),
    shape("Reviews", "ChildProtectionPlans", &["CPPreviewDate"], &[]),
    shape(
        "PreProceedingsandFGDM",
        "CINdetails",
        &[],
        &[
            "PPStartDate",
            "LBPSentDate",
            "FGDMMeetingOffer",
            "FGDMMeetingFac",
            "InitialPPMeetingDate",
            "ReviewMeetingsCount",
            "StepDecisionDate",
            "PPOutcome",
            "CourtAppDate",
            "LetterInitCPDate",
        ],
    ),
];
