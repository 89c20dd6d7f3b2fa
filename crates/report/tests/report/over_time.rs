//! The chart over time, as it is drawn and as it is said.

use quarterlight_domain::statistics::spc::Sampled;
use quarterlight_report::over_time::shares;
use quarterlight_report::svg::{Control, control};

/// Sixteen quarters; from the ninth on fewer were met.
pub fn dropped(quarters: u32) -> Control {
    let quarters: Vec<(String, Sampled)> = (0..quarters)
        .map(|at| {
            let met = if at < 8 { 34 + at % 3 } else { 22 + at % 3 };
            let label = format!("quarter {} of {}", at % 4 + 1, 2023 + at / 4);
            (label, Sampled { met, of: 40 })
        })
        .collect();
    shares("seen", "Seen & seen alone", &quarters).unwrap()
}

#[test]
fn a_change_is_said_in_the_title_and_marked_by_shape() {
    let chart = dropped(16);
    assert!(chart.title.contains("This has changed, and not by chance"), "{}", chart.title);
    let svg = control(&chart);
    assert_eq!(svg.matches("<circle").count() + svg.matches("translate(-6.5").count(), 16);
    assert!(svg.contains("Shows a change") && svg.contains("stroke-dasharray"));
    assert!(svg.contains("Seen &amp; seen alone") && svg.contains("34 of 40 (85%)"));
}

#[test]
fn too_few_quarters_have_no_limits_and_say_how_many_are_needed() {
    let chart = dropped(9);
    assert!(chart.title.contains("there are 9 quarters, and 12 are needed"), "{}", chart.title);
    let svg = control(&chart);
    assert!(!svg.contains("stroke-dasharray") && !svg.contains("Shows a change"));
}

#[test]
fn a_quarter_without_a_sample_has_no_point_and_none_has_no_chart() {
    let none = ("quarter 1".to_owned(), Sampled { met: 0, of: 0 });
    assert_eq!(shares("seen", "Seen", std::slice::from_ref(&none)), None);
    let one = ("quarter 2".to_owned(), Sampled { met: 3, of: 4 });
    let chart = shares("seen", "Seen", &[none, one]).unwrap();
    assert_eq!(chart.points.len(), 1);
    assert!(!control(&chart).contains("NaN"));
}
