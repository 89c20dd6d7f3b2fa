//! What was not written up when the sample of the quarter under way was drawn, and was afterwards.

use quarterlight_domain::case_list::{CaseLine, KeyDate};

use crate::luck::Luck;
use crate::rounds::{Round, after, before};

/// What people are behind with.
const BEHIND: [KeyDate; 4] =
    [KeyDate::LastSeen, KeyDate::ProtectionVisit, KeyDate::CareVisit, KeyDate::CareReview];

/// The lines as the list of the draw has them: in four of ten records the latest visits and
/// reviews took place and are not written up yet, so that the list has the ones before them.
pub fn behind(mut lines: Vec<CaseLine>, round: &Round) -> Vec<CaseLine> {
    for line in &mut lines {
        let mut luck = Luck::of(&format!("behind {} {}", round.quarter, line.reference));
        if !luck.percent(40) {
            continue;
        }
        let opened = line.dates.get(&KeyDate::Opened).copied();
        for kind in BEHIND {
            if let Some(date) = line.dates.get_mut(&kind) {
                let earlier = before(*date, luck.between(35, 70));
                *date = opened.map_or(earlier, |opened| earlier.max(opened));
            }
        }
    }
    lines
}

/// The lines as a second list has them, three weeks later: everything is written up, and some of
/// it has happened again since, which hides what was before.
pub fn written_up(mut lines: Vec<CaseLine>, round: &Round) -> Vec<CaseLine> {
    for line in &mut lines {
        let mut luck = Luck::of(&format!("written up {} {}", round.quarter, line.reference));
        for kind in BEHIND {
            if let Some(date) = line.dates.get_mut(&kind).filter(|_| luck.percent(20)) {
                *date = after(round.from, luck.between(4, 18));
            }
        }
    }
    lines
}
