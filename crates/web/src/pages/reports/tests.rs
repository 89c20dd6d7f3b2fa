//! Whether a report's page says all that the document says, under the same numbers.

use askama::Template;
use quarterlight_report::document::{Block, Document};
use scraper::{Html, Selector};

use super::report::ReportPage;
use super::{kept, opened, sample};
use crate::layout::Frame;

fn page(document: &Document) -> Html {
    let on = jiff::civil::date(2027, 1, 11);
    let page = ReportPage::released(Frame::default(), document, "/reports/7", on);
    Html::parse_document(&page.render().unwrap())
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let text = |found: scraper::ElementRef<'_>| {
        found.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    page.select(&selector).map(text).collect()
}

#[test]
fn every_numbered_part_is_found_under_its_anchor() {
    for document in sample::documents() {
        let page = page(&document);
        for block in &document.blocks {
            let Some(anchor) = block.anchor() else { continue };
            assert_eq!(texts(&page, &format!("#{anchor}")).len(), 1, "{anchor}");
        }
    }
}

#[test]
fn the_page_says_what_the_document_says() {
    for document in sample::documents() {
        let page = page(&document);
        let said = texts(&page, "main").join(" ");
        for block in &document.blocks {
            match block {
                Block::Paragraph { text, .. } => assert!(said.contains(text), "{text}"),
                Block::Table(table)
                | Block::Figure(quarterlight_report::document::Figure { table, .. }) => {
                    for cell in table.grid.rows.iter().flat_map(|row| &row.cells) {
                        assert!(said.contains(&cell.words()), "{}", cell.words());
                    }
                }
                _ => {}
            }
        }
    }
}

#[test]
fn the_marking_stands_at_the_top_and_at_the_end() {
    for document in sample::documents() {
        let marks = texts(&page(&document), ".govuk-warning-text");
        assert_eq!(marks.len(), 2);
        assert!(marks[0].contains(&document.cover.marking), "{}", marks[0]);
    }
}

#[test]
fn a_chart_is_drawn_with_its_words_and_its_table() {
    let page = page(&sample::documents()[0]);
    assert_eq!(texts(&page, "figure#figure-1 svg[role='img'] > title").len(), 1);
    assert_eq!(texts(&page, "figure#figure-1 svg > desc").len(), 1);
    assert_eq!(texts(&page, "#table-2-caption"), ["Table 2: The figures in Figure 1"]);
}

#[test]
fn a_released_document_is_opened_as_it_was_kept() {
    for document in sample::documents() {
        let text = kept(&document).unwrap();
        assert_eq!(opened(&text).unwrap(), document);
        assert_eq!(kept(&opened(&text).unwrap()).unwrap(), text);
    }
}
