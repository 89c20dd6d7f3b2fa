//! One look at all samples of all components, as a browser's parser reads them.

use std::collections::BTreeSet;

use askama::Template;
use scraper::{ElementRef, Html, Selector};

use super::*;

/// Every sample of every component, as HTML, with the component's name.
fn samples() -> Vec<(&'static str, String)> {
    fn of<T: Template>(name: &'static str, samples: Vec<T>) -> Vec<(&'static str, String)> {
        assert!(samples.len() >= 2, "{name} has too few samples");
        samples.iter().map(|sample| (name, sample.render().unwrap())).collect()
    }
    [
        of("back_link", BackLink::samples()),
        of("breadcrumbs", Breadcrumbs::samples()),
        of("button", Button::samples()),
        of("checkboxes", Checkboxes::samples()),
        of("content", Content::samples()),
        of("date_input", DateInput::samples()),
        of("details", Details::samples()),
        of("error_summary", ErrorSummary::samples()),
        of("file_upload", FileUpload::samples()),
        of("inset", Inset::samples()),
        of("notification_banner", NotificationBanner::samples()),
        of("password_input", PasswordInput::samples()),
        of("radios", Radios::samples()),
        of("select", Select::samples()),
        of("summary_list", SummaryList::samples()),
        of("table", Table::samples()),
        of("tag", Tag::samples()),
        of("task_list", TaskList::samples()),
        of("text_input", TextInput::samples()),
        of("textarea", Textarea::samples()),
        of("warning_text", WarningText::samples()),
    ]
    .concat()
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// What is wrong with a piece of HTML, as sentences; an empty list where nothing is.
fn wrong_with(html: &str) -> Vec<String> {
    let document =
        format!("<!DOCTYPE html><html lang=en><title>t</title><main>{html}</main></html>");
    let page = Html::parse_document(&document);
    let mut wrong: Vec<String> =
        page.errors.iter().map(|error| format!("nesting: {error}")).collect();

    // A parser mends wrong nesting by closing early and opening again, which changes the number of elements.
    let opened = html
        .match_indices('<')
        .filter(|(at, _)| html[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic()));
    if opened.count() != all(&page, "main *").len() {
        wrong.push("nesting: elements are not what the source opens".to_owned());
    }

    let mut ids = BTreeSet::new();
    for element in all(&page, "[id]") {
        let id = element.attr("id").unwrap();
        if !ids.insert(id) || id.is_empty() || id.contains(char::is_whitespace) {
            wrong.push(format!("identifier {id} is not unique and plain"));
        }
    }
    for attribute in ["aria-describedby", "aria-labelledby", "aria-controls"] {
        for element in all(&page, &format!("[{attribute}]")) {
            for id in element.attr(attribute).unwrap().split_whitespace() {
                if !ids.contains(id) {
                    wrong.push(format!("{attribute} names {id}, which is not there"));
                }
            }
        }
    }
    for input in all(&page, "input, select, textarea") {
        let id = input.attr("id").unwrap_or_default();
        let labels = all(&page, "label").into_iter().filter(|label| label.attr("for") == Some(id));
        if labels.filter(|label| !text(*label).is_empty()).count() != 1 {
            wrong.push(format!("input {id} does not have one label"));
        }
    }
    for error in all(&page, ".govuk-error-message, .govuk-hint") {
        let id = error.attr("id").unwrap_or_default();
        let is_read = all(&page, "[aria-describedby]").iter().any(|element| {
            element.attr("aria-describedby").unwrap().split_whitespace().any(|named| named == id)
        });
        if !is_read {
            wrong.push(format!("nothing is described by {id}"));
        }
    }
    for group in all(&page, "fieldset") {
        if group.child_elements().next().is_none_or(|first| first.value().name() != "legend") {
            wrong.push("a fieldset does not begin with its legend".to_owned());
        }
    }
    for link in all(&page, "a, button, legend, th, caption, h2") {
        if text(link).is_empty() {
            wrong.push("a link, button or heading is empty".to_owned());
        }
    }
    for element in all(&page, "*") {
        for (name, _) in element.value().attrs() {
            if name.starts_with("on") || name == "style" {
                wrong.push(format!("attribute {name} would not get past the security policy"));
            }
        }
    }
    if !all(&page, "script, style, main b").is_empty() {
        wrong.push("typed words became elements".to_owned());
    }
    wrong
}

#[test]
fn every_sample_is_sound() {
    for (name, html) in samples() {
        assert_eq!(wrong_with(&html), Vec::<String>::new(), "{name}:\n{html}");
    }
}

#[test]
fn every_component_shows_hostile_words_as_words() {
    let mut shown = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (name, html) in samples() {
        names.insert(name);
        let page = Html::parse_fragment(&html);
        if page.root_element().text().collect::<String>().contains(HOSTILE) {
            shown.insert(name);
        }
    }
    assert_eq!(shown, names);
}

#[test]
fn look_notices_what_it_looks_for() {
    let broken = [
        ("<p><div>a</div></p>", "nesting"),
        ("<span><div>a</span></div>", "nesting"),
        ("<i id=a></i><i id=a></i>", "not unique"),
        ("<input id=a>", "one label"),
        ("<label for=a>A</label><input id=a aria-describedby=b>", "which is not there"),
        ("<p id=a class=govuk-error-message>Wrong</p>", "described by"),
        ("<fieldset><p>a</p></fieldset>", "legend"),
        ("<a href=a></a>", "empty"),
        ("<i onclick=a></i>", "security policy"),
        ("<b>bold</b>", "became elements"),
    ];
    for (html, words) in broken {
        let wrong = wrong_with(html);
        assert!(wrong.iter().any(|line| line.contains(words)), "{html}: {wrong:?}");
    }
}

#[test]
fn error_summary_leads_to_inputs_that_are_there() {
    let radios = Radios::new(
        Field::new("judgement", "Judgement").error("Choose a judgement".to_owned()),
        vec![RadioItem::new("met", "Met"), RadioItem::new("not_met", "Not met")],
    );
    let date = DateInput::new(Field::new("due", "Due").error("Enter a year".to_owned()))
        .wrong(vec![DatePart::Year]);
    let summary = ErrorSummary::new().field(&radios.field).date(&date);
    let page = Html::parse_document(&format!("<main>{summary}{radios}{date}</main>"));
    let links = all(&page, ".govuk-error-summary a");
    let leads: Vec<_> = links.iter().map(|link| link.attr("href").unwrap()).collect();
    assert_eq!(leads, ["#judgement", "#due-year"]);
    for lead in leads {
        assert_eq!(all(&page, &format!("input{lead}")).len(), 1, "{lead}");
    }
}

#[test]
fn written_answer_comes_back_as_it_was_written() {
    for written in ["\n\nLate.", " two  spaces ", "</textarea><p>", "&amp;"] {
        let html = Textarea::new(Field::new("seen", "Seen")).value(written).to_string();
        let page = Html::parse_document(&html);
        let shown: String = all(&page, "textarea")[0].text().collect();
        assert_eq!(shown, written);
    }
}

#[test]
fn choice_made_before_is_still_made() {
    let html = Radios::new(
        Field::new("judgement", "Judgement"),
        vec![RadioItem::new("met", "Met"), RadioItem::new("not_met", "Not met")],
    )
    .value("not_met".to_owned())
    .to_string();
    let page = Html::parse_document(&html);
    let checked = all(&page, "input[checked]");
    assert_eq!(checked.len(), 1);
    assert_eq!(checked[0].attr("value"), Some("not_met"));
}
