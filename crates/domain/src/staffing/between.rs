//! Whether a record was open on a day between two case lists, by what both of them say of it.

use jiff::civil::Date;

use crate::history::Span;
use crate::need::Known;

/// How the next list has a record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum After {
    /// As open.
    Open,
    /// As closed.
    Closed,
    /// It does not say.
    #[default]
    Silent,
}

/// What the list before a day and the next list say of one record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// True if the list before has it as open.
    pub was_open: bool,
    /// True if the list before has it, and not as open.
    pub was_apart: bool,
    /// How the next list has it.
    pub after: After,
    /// When it was opened, by the next list.
    pub opened: Option<Date>,
    /// From each opening to its closing, by the next list.
    pub spans: Vec<Span>,
}

impl Around {
    /// Whether it was open on a day after that of the list before. It counts from the day of its
    /// opening, and no more from the day of its closing.
    pub fn open_on(&self, day: Date, list_before: Date) -> Known {
        let over = || self.spans.iter().filter_map(|it| Some((it.from, it.until?)));
        if over().any(|(from, until)| (from..until).contains(&day)) {
            return Known::Yes;
        }
        // Told when what the list before has as open was closed.
        let is_told = over().any(|(from, until)| from <= list_before && list_before < until);
        let no_if = |it| if it { Known::No } else { Known::Unknown };
        match self.after {
            After::Open => match self.since() {
                Some(since) if since <= day => Known::Yes,
                // Opened again since.
                Some(_) => no_if(!self.was_open || is_told),
                None => Known::Unknown,
            },
            // What it has as closed by the day of the list before, that list did not know yet.
            After::Closed if self.was_open => {
                let is_old = over().all(|(_, until)| until <= list_before);
                no_if(is_told || is_old && over().next().is_some())
            }
            After::Closed => no_if(self.was_apart || over().next().is_some()),
            After::Silent => no_if(!self.was_open),
        }
    }

    /// Since when the next list has it as open.
    fn since(&self) -> Option<Date> {
        let goes_on = || self.spans.iter().filter(|it| it.until.is_none()).map(|it| it.from).max();
        self.opened.or_else(goes_on)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const BEFORE: Date = date(2026, 8, 3);

    fn days(around: &Around) -> [Known; 4] {
        let days = [date(2026, 8, 31), date(2026, 9, 9), date(2026, 9, 10), date(2026, 9, 30)];
        days.map(|day| around.open_on(day, BEFORE))
    }

    fn span(from: Date, until: Option<Date>) -> Span {
        Span { from, until }
    }

    use Known::{No, Unknown, Yes};

    #[test]
    fn a_record_counts_no_more_from_the_day_of_its_closing() {
        let closing = Some(date(2026, 9, 10));
        let spans = vec![span(date(2025, 1, 1), closing)];
        let closed = Around { was_open: true, after: After::Closed, spans, ..Around::default() };
        assert_eq!(days(&closed), [Yes, Yes, No, No]);
        let untold = Around { spans: Vec::new(), ..closed.clone() };
        assert_eq!(days(&untold), [Unknown; 4], "nobody says when");
        let late = Around { spans: vec![span(date(2026, 9, 9), closing)], ..closed.clone() };
        assert_eq!(
            days(&late),
            [Unknown, Yes, Unknown, Unknown],
            "when it closed before is untold"
        );
        let early = Around { spans: vec![span(date(2025, 1, 1), Some(BEFORE))], ..closed.clone() };
        assert_eq!(days(&early), [No; 4], "the list before did not know yet");
        let silent = Around { was_open: true, ..Around::default() };
        assert_eq!(days(&silent), [Unknown; 4]);
    }

    #[test]
    fn a_record_counts_from_the_day_of_its_opening() {
        let opened = Some(date(2026, 9, 10));
        let open = Around { after: After::Open, opened, ..Around::default() };
        assert_eq!(days(&open), [No, No, Yes, Yes]);
        let again = Around { was_open: true, ..open.clone() };
        assert_eq!(days(&again), [Unknown, Unknown, Yes, Yes], "when it closed is untold");
        let spans = vec![span(date(2025, 1, 1), Some(date(2026, 9, 1)))];
        let told = Around { spans, ..again.clone() };
        assert_eq!(days(&told), [Yes, No, Yes, Yes]);
        let of_before = Around { spans: vec![span(date(2025, 1, 1), Some(BEFORE))], ..again };
        assert_eq!(days(&of_before), [Unknown, Unknown, Yes, Yes], "another closing");
        let untold = Around { opened: None, ..open.clone() };
        assert_eq!(days(&untold), [Unknown; 4]);
        let by_span = Around { spans: vec![span(date(2026, 9, 10), None)], opened: None, ..open };
        assert_eq!(days(&by_span), [No, No, Yes, Yes]);
    }

    #[test]
    fn a_record_that_no_list_has_as_open_counts_while_it_was() {
        let spans = vec![span(date(2026, 9, 9), Some(date(2026, 9, 10)))];
        let short = Around { after: After::Closed, spans, ..Around::default() };
        assert_eq!(days(&short), [No, Yes, No, No]);
        let untold = Around { spans: Vec::new(), ..short.clone() };
        assert_eq!(days(&untold), [Unknown; 4], "it came and went, and nobody says when");
        let long_gone = Around { was_apart: true, ..untold };
        assert_eq!(days(&long_gone), [No; 4]);
        assert_eq!(days(&Around::default()), [No; 4]);
    }
}
