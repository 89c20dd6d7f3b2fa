//! What the form of a change asks for.

use quarterlight_domain::indicator::local::Changed;

use super::change::ChangeForm;
use crate::form::Errors;

fn filled(changed: &str, target: &str) -> ChangeForm {
    let text = |text: &str| text.to_owned();
    ChangeForm {
        changed: text(changed),
        target: text(target),
        day: text("1"),
        month: text("4"),
        year: text("2026"),
        why: text("Agreed by the leadership team"),
        form_key: text("a"),
    }
}

fn wrong(form: &ChangeForm) -> Vec<&'static str> {
    let mut errors = Errors::default();
    assert!(form.read(&mut errors).is_none());
    ChangeForm::FIELDS.into_iter().filter(|field| errors.at(field).is_some()).collect()
}

#[test]
fn a_form_that_is_filled_in_is_read() {
    let mut errors = Errors::default();
    let read = filled("target", "85%").read(&mut errors).unwrap();
    assert_eq!(read.0, Changed::Target(85));
    assert_eq!(filled("off", "").read(&mut errors).unwrap().0, Changed::Off);
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    assert_eq!(wrong(&ChangeForm::default()), ["changed", "from", "why"]);
    assert_eq!(wrong(&filled("target", "most")), ["target"]);
    assert_eq!(wrong(&filled("target", "120")), ["target"]);
}
