//! How far auditors and moderators agree on grades, as a sentence and a table.

use quarterlight_domain::grade::Grade;
use quarterlight_domain::statistics::agreement::{GradeAgreement, GradePair};

use super::table::{coefficient, percents};
use crate::govuk::{Column, Content, Table};

/// What is said of grades.
#[derive(Debug, Clone)]
pub struct Grades {
    /// How many are the same, and how near the others are.
    pub sentence: String,
    /// The auditors' grades by the moderators'; none where no audit was confirmed.
    pub table: Option<Table>,
}

impl Grades {
    /// What these pairs say.
    pub fn of(pairs: &[GradePair]) -> Self {
        let it = GradeAgreement::of(pairs);
        Self { sentence: sentence(&it), table: (it.same.of > 0).then(|| table(&it)) }
    }
}

fn sentence(it: &GradeAgreement) -> String {
    let Some(percent) = it.same.percent() else {
        return "No audit was confirmed at its first second reading yet, so nothing can be said of \
                grades."
            .to_owned();
    };
    let between = it.interval.map_or_else(String::new, |it| format!("; from {}", percents(it)));
    let weighted = match it.weighted {
        None => " The weighted kappa cannot be computed, because nothing varies.".to_owned(),
        some => format!(" The weighted kappa is {}.", coefficient(some)),
    };
    format!(
        "Auditor and moderator gave the same grade {} of {} times ({percent}%{between}); the \
         moderator’s was better {} and worse {}.{weighted} Moderators see the auditor’s grade \
         before they confirm one.",
        it.same.count,
        it.same.of,
        times(it.better),
        times(it.worse)
    )
}

fn times(count: u32) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

fn table(it: &GradeAgreement) -> Table {
    let first = std::iter::once(Column::words("The auditor’s grade"));
    let grades = Grade::ALL.map(|grade| Column::numbers(format!("Moderator: {}", grade.words())));
    let row = |(grade, counts): (Grade, &Vec<u32>)| {
        let counts = counts.iter().map(|count| Content::text(count.to_string()));
        std::iter::once(Content::text(grade.words())).chain(counts).collect()
    };
    let rows = Grade::ALL.into_iter().zip(&it.table).map(row).collect();
    Table::new("grades", "Grades by auditor and moderator", first.chain(grades).collect())
        .rows(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_told_in_a_sentence_with_what_they_are_out_of() {
        let pair = |theirs, mine, times| GradePair { theirs, mine, times };
        let pairs =
            [pair(Grade::Good, Grade::Good, 6), pair(Grade::Good, Grade::RequiresImprovement, 1)];
        let grades = Grades::of(&pairs);
        let said = "the same grade 6 of 7 times (86%";
        assert!(grades.sentence.contains(said), "{}", grades.sentence);
        assert!(grades.sentence.contains("better never and worse once"), "{}", grades.sentence);
        assert!(grades.table.is_some());
        let nothing = Grades::of(&[]);
        assert!(nothing.table.is_none() && nothing.sentence.starts_with("No audit was confirmed"));
    }
}
