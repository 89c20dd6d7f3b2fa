//! The way about the product: the chapters of its sentence, and the pages of each that a person may open.

use jiff::civil::Date;
use quarterlight_domain::permission::{
    AccessDeed, Deed, KeepingDeed, ModerationDeed, OutsideDeed, RegisterDeed, ReleaseDeed,
    SignInDeed, StaffingDeed, permits,
};
use quarterlight_domain::person::Person;

use super::NavItem;
use crate::links;

/// Up to so many pages stand side by side on one line. Whoever may open more finds them by chapter.
const SIDE_BY_SIDE: usize = 7;

/// A part of *a framework is agreed; a programme is planned; records are drawn and audited; findings
/// lead to actions; the committee is told*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chapter {
    Agree,
    Plan,
    Look,
    Act,
    Tell,
    /// Not of the sentence: who may see what, and who has looked.
    Access,
    /// What is kept, for how long, and proof of it.
    Keep,
}

impl Chapter {
    const ALL: [Self; 7] =
        [Self::Agree, Self::Plan, Self::Look, Self::Act, Self::Tell, Self::Access, Self::Keep];

    const fn words(self) -> &'static str {
        match self {
            Self::Agree => "Agree",
            Self::Plan => "Plan",
            Self::Look => "Look",
            Self::Act => "Act",
            Self::Tell => "Tell",
            Self::Access => "Access",
            Self::Keep => "Keep",
        }
    }
}

/// A page that the navigation leads to: its chapter, its name, where it is, and what opening it takes.
type Entry = (Chapter, &'static str, String, Deed<'static>);

/// Every page that the navigation leads to, in the order of the product's sentence.
fn entries() -> Vec<Entry> {
    use Chapter::{Access, Act, Agree, Keep, Look, Plan, Tell};

    vec![
        (Agree, "Frameworks", links::frameworks(), Deed::ReadFramework),
        (Agree, "Timescales", links::timescales(), Deed::ReadFramework),
        (Agree, "Filing protocol", links::filing_protocol(), Deed::ReadFilingProtocol),
        (Plan, "Case lists", links::case_lists(), Deed::ImportCaseLists),
        (Plan, "Records", links::records(), Deed::ListRecords),
        (Plan, "Coverage", links::coverage(), Deed::SeeCoverage),
        (Plan, "Programme", links::programmes(), Deed::SeeCycles),
        (Plan, "Cycles", links::cycles(), Deed::SeeCycles),
        (Plan, "Auditors", links::auditors(), Deed::DescribeWorkers),
        (Plan, "Conflicts", links::declared_conflicts(), Deed::DeclareConflicts),
        (Look, "Concerns", links::concerns(), Deed::ListConcerns),
        (Look, "Challenges", links::challenges(), Deed::ListChallenges),
        (Look, "Themes", links::themes(), Deed::KeepThemes),
        (Look, "Filing", links::filing(), Deed::SeeFiling),
        (Look, "Moderation", links::moderation(None), Deed::Moderation(ModerationDeed::See)),
        (
            Look,
            "Agreement",
            links::readings_agree(),
            Deed::Moderation(ModerationDeed::SeeAgreement),
        ),
        (Act, "Actions", links::actions(), Deed::ListActions),
        (Act, "Findings", links::findings(), Deed::SeeFindings),
        (Act, "Good practice", links::practice(), Deed::SeeFindings),
        (Tell, "Assurance", links::assurance(), Deed::ReadDraftReports),
        (Tell, "Indicators", links::indicators(), Deed::ReadDraftReports),
        (Tell, "Allocation", links::who_holds(), Deed::Staffing(StaffingDeed::SeeAllocation)),
        (Tell, "Service trend", links::trend(), Deed::Staffing(StaffingDeed::SeeTrend)),
        (Tell, "Staff", links::staff(), Deed::Staffing(StaffingDeed::Keep)),
        (Tell, "Reports", links::reports(), Deed::ReadReleasedReports),
        (
            Tell,
            "Committee register",
            links::committee_register(),
            Deed::Register(RegisterDeed::See),
        ),
        (Access, "People", links::people(), Deed::Access(AccessDeed::SeePeople)),
        (Access, "Sign-ins", links::sign_ins(), Deed::SignIn(SignInDeed::SeeEvents)),
        (Access, "Restricted records", links::restricted(), Deed::Access(AccessDeed::Restrict)),
        (Access, "Break-glass", links::break_glass(), Deed::Access(AccessDeed::BreakGlass)),
        (Access, "Opened by break-glass", links::openings(), Deed::Access(AccessDeed::SeeOpenings)),
        (Access, "Looks", links::search_looks(), Deed::Access(AccessDeed::SearchLooks)),
        (
            Access,
            "Who read reports",
            links::report_readers(None),
            Deed::Release(ReleaseDeed::SeeReaders),
        ),
        (Keep, "History", links::history(), Deed::Keeping(KeepingDeed::ProveHistory)),
        (Keep, "Retention", links::retention(), Deed::Keeping(KeepingDeed::SeeRetention)),
        (Keep, "Subject access", links::bundle(), Deed::Keeping(KeepingDeed::BundleRecord)),
        (Keep, "API tokens", links::api_tokens(), Deed::Outside(OutsideDeed::SeeTokens)),
        (Keep, "Operations", links::operations(), Deed::Outside(OutsideDeed::SeeOperations)),
    ]
}

/// What the frame of a page shows of all this.
#[derive(Debug, Clone, Default)]
pub struct Navigation {
    /// The line at the top: *Your work*, then chapters, or pages where there are few.
    pub top: Vec<NavItem>,
    /// The pages of the chapter that the page belongs to; none where the top line has them all.
    pub chapter: Vec<NavItem>,
}

/// The navigation for this person on a page that belongs to this part of the product.
pub fn navigation(person: &Person, today: Date, part: &str) -> Navigation {
    let may = |deed: Deed<'_>| permits(person, deed, today);
    let entries: Vec<Entry> = entries().into_iter().filter(|entry| may(entry.3)).collect();
    let item = |text: &str, href: &str, current| NavItem {
        text: text.to_owned(),
        href: href.to_owned(),
        current,
    };
    let page = |entry: &Entry| item(entry.1, &entry.2, entry.1 == part);
    let home = may(Deed::SeeOwnWork)
        .then(|| item("Your work", &links::home(), part == "Your work"))
        .into_iter();
    if entries.len() <= SIDE_BY_SIDE {
        return Navigation {
            top: home.chain(entries.iter().map(page)).collect(),
            chapter: Vec::new(),
        };
    }
    let here = entries.iter().find(|entry| entry.1 == part).map(|entry| entry.0);
    let first_page = |chapter: Chapter| {
        let first = entries.iter().find(|entry| entry.0 == chapter)?;
        Some(item(chapter.words(), &first.2, here == Some(chapter)))
    };
    let chapters = Chapter::ALL.into_iter().filter_map(first_page);
    let chapter = entries.iter().filter(|entry| here == Some(entry.0)).map(page).collect();
    Navigation { top: home.chain(chapters).collect(), chapter }
}

/// Every page that the person may open, by chapter, for the first page of those whose navigation
/// shows chapters only; nothing for the others, who see every page at the top.
pub fn contents(person: &Person, today: Date) -> Vec<(&'static str, Vec<NavItem>)> {
    let entries = entries();
    let open: Vec<&Entry> =
        entries.iter().filter(|entry| permits(person, entry.3, today)).collect();
    if open.len() <= SIDE_BY_SIDE {
        return Vec::new();
    }
    let pages = |chapter: Chapter| {
        let of_chapter = open.iter().filter(|entry| entry.0 == chapter);
        let item = |entry: &&&Entry| NavItem {
            text: entry.1.to_owned(),
            href: entry.2.clone(),
            current: false,
        };
        (chapter.words(), of_chapter.map(|entry| item(&entry)).collect::<Vec<_>>())
    };
    Chapter::ALL.into_iter().map(pages).filter(|(_, pages)| !pages.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use quarterlight_domain::id::{PersonId, PlaceId};
    use quarterlight_domain::person::{Grant, Role};

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn person(role: Role) -> Person {
        let grant = Grant { role, place: PlaceId(1), from: date(2026, 1, 1), until: None };
        Person { id: PersonId(1), name: "Amara Osei".to_owned(), grants: vec![grant] }
    }

    fn words(items: &[NavItem]) -> Vec<&str> {
        items.iter().map(|item| item.text.as_str()).collect()
    }

    #[test]
    fn whoever_may_open_few_pages_sees_them_all() {
        let shown = navigation(&person(Role::Member), TODAY, "Reports");
        assert_eq!(words(&shown.top), ["Your work", "Reports", "Committee register"]);
        assert_eq!(words(&shown.chapter), [""; 0]);
        assert!(contents(&person(Role::Member), TODAY).is_empty());
    }

    #[test]
    fn whoever_may_open_many_finds_them_by_chapter() {
        let lead = person(Role::QualityLead);
        let shown = navigation(&lead, TODAY, "Coverage");
        assert_eq!(
            words(&shown.top),
            ["Your work", "Agree", "Plan", "Look", "Act", "Tell", "Access", "Keep"]
        );
        let current: Vec<&NavItem> = shown.top.iter().filter(|item| item.current).collect();
        assert_eq!(current.first().map(|item| item.text.as_str()), Some("Plan"));
        let [first, .., last] = words(&shown.chapter)[..] else { panic!("no pages") };
        assert_eq!((first, last), ("Case lists", "Conflicts"));
        let at_home = navigation(&lead, TODAY, "Your work");
        assert_eq!(words(&at_home.chapter), [""; 0], "the page itself lists them");
        let all: Vec<usize> = contents(&lead, TODAY).iter().map(|(_, pages)| pages.len()).collect();
        let open = entries().iter().filter(|entry| permits(&lead, entry.3, TODAY)).count();
        assert_eq!(all.iter().sum::<usize>(), open, "every page is under one chapter");
    }

    #[test]
    fn nobody_sees_a_page_that_is_not_for_them() {
        let mut clerk = person(Role::Clerk);
        clerk.grants.clear();
        assert!(navigation(&clerk, TODAY, "Reports").top.is_empty());
    }
}
