//! What the page of a concern offers to whom, at each stage.

use askama::Template;

use super::sample;
use super::show::ConcernPage;
use super::step::StepForm;
use crate::form::Errors;

fn shown() -> Vec<String> {
    let page = |it| ConcernPage::new(it, true, &StepForm::default(), &Errors::default());
    sample::to_read().iter().map(|it| page(it).render().unwrap()).collect()
}

#[test]
fn each_is_offered_the_step_that_is_theirs_and_no_other() {
    let offers = |html: &String| {
        ["Acknowledge this concern", "Close this concern", "Withdraw this concern"]
            .map(|words| html.contains(words))
    };
    let offered: Vec<_> = shown().iter().map(offers).collect();
    // For each stage, first whoever raised it, then a manager of the place.
    let none = [false; 3];
    assert_eq!(
        offered,
        [
            [false, false, true],
            [true, false, false],
            none,
            [false, true, false],
            none,
            none,
            none,
            none
        ]
    );
}
