//! What the form of a change asks for.

use quarterlight_domain::timescale::variation::Varied;

use super::vary::VaryForm;
use crate::form::Errors;
use crate::timescales::RulesInForce;

fn read(form: &VaryForm, position: usize) -> Result<Varied, Vec<(&'static str, String)>> {
    let rules = RulesInForce::sample("Visit").unwrap();
    let mut errors = Errors::default();
    let read = form.read(&rules.rules[position], &mut errors);
    read.map(|(varied, _, _)| varied).ok_or_else(|| {
        let said = VaryForm::FIELDS.into_iter();
        said.filter_map(|field| Some((field, errors.at(field)?))).collect()
    })
}

fn filled(varied: &str, count: &str, unit: &str) -> VaryForm {
    let text = |text: &str| text.to_owned();
    VaryForm {
        varied: text(varied),
        count: text(count),
        unit: text(unit),
        day: text("1"),
        month: text("4"),
        year: text("2026"),
        why: text("Agreed by the leadership team"),
        form_key: text("a"),
    }
}

#[test]
fn a_form_that_is_filled_in_is_read() {
    let limit = read(&filled("limit", " 20 ", "working_days"), 0).unwrap();
    assert!(matches!(limit, Varied::Limit(limit) if limit.to_string() == "20 working days"));
    assert_eq!(read(&filled("off", "", ""), 0), Ok(Varied::Off));
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    let fields = |form: &VaryForm, position| -> Vec<&str> {
        read(form, position).unwrap_err().into_iter().map(|(field, _)| field).collect()
    };
    assert_eq!(fields(&VaryForm::default(), 0), ["varied", "from", "why"]);
    assert_eq!(fields(&filled("limit", "soon", "days"), 0), ["count"]);
    assert_eq!(fields(&filled("limit", "0", "days"), 0), ["count"]);
    assert_eq!(fields(&filled("limit", "20", ""), 0), ["unit"]);
    // A rule that only an auditor can settle has no limit to change.
    assert_eq!(fields(&filled("limit", "20", "days"), 2), ["varied"]);
}
