//! Whether our colours can be read: WCAG 2.2, success criteria 1.4.3 (text, 4.5) and 1.4.11 (lines, 3).

/// The colour that our stylesheet gives to a name on screen, as it is written there.
fn colour(name: &str) -> &'static str {
    let css = include_str!("../own/quarterlight.css");
    let after = css.split_once(&format!("{name}: ")).unwrap().1;
    after.split_once(';').unwrap().0
}

/// How light a colour is, between 0 and 1, by WCAG's definition of relative luminance.
fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    (one / other).max(other / one)
}

#[test]
fn words_can_be_read_on_every_ground_that_they_stand_on() {
    let ground = colour("--govuk-surface-background-colour");
    for (words, on) in [
        (colour("--govuk-link-colour"), "#ffffff"),
        (colour("--govuk-link-colour"), ground),
        (colour("--govuk-link-hover-colour"), ground),
        ("#ffffff", colour("--quarterlight-deep")),
        ("#ffffff", colour("--govuk-brand-colour")),
        ("#484949", ground),
        ("#0b0c0c", ground),
    ] {
        assert!(contrast(words, on) >= 4.5, "{words} on {on}: {:.2}", contrast(words, on));
    }
}

#[test]
fn lines_can_be_seen_on_white() {
    let rule = colour("--quarterlight-rule");
    assert!(contrast(rule, "#ffffff") >= 3.0, "{:.2}", contrast(rule, "#ffffff"));
}

#[test]
fn measure_agrees_with_the_published_examples() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.005);
    assert!(contrast("#777777", "#ffffff") < 4.5);
}
