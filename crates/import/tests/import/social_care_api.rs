//! Messages of the Child Social Care API: known for what they are, and refused in words.

use quarterlight_import::{Limits, cin_census, social_care_api, ssda903, workforce_census};

use crate::returns::fixture;

#[test]
fn the_published_message_is_known_and_refused_in_words() {
    let message = fixture("returns/social_care_api/example_payload.json");
    assert!(social_care_api::is_one(message.as_bytes()));
    let words = social_care_api::refusal().to_string();
    assert!(words.contains("Child Social Care API") && words.contains("Choose"), "{words}");
}

#[test]
fn nothing_else_is_taken_for_one_and_it_is_taken_for_nothing_else() {
    for other in
        ["", "[]", "{\"child_details\": 1}", "<Message/>", "la_child_id,child_details\n1,2\n"]
    {
        assert!(!social_care_api::is_one(other.as_bytes()), "{other}");
    }
    assert!(!social_care_api::is_one(&[0xFF; 10_000]));
    let message = fixture("returns/social_care_api/example_payload.json");
    let bytes = message.as_bytes();
    assert!(!cin_census::is_one(bytes) && !workforce_census::is_one(bytes));
    assert!(!ssda903::is_one(bytes, &Limits::default()));
}
