//! The page, read as a browser reads it.

use askama::Template;
use quarterlight_report::document::Document;
use quarterlight_web::layout::Frame;
use quarterlight_web::pages::reports::report::ReportPage;
use scraper::{ElementRef, Html, Selector};

use super::{Said, SaidTable};

fn select<'a>(inside: &ElementRef<'a>, what: &str) -> Vec<ElementRef<'a>> {
    inside.select(&Selector::parse(what).unwrap()).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the page of a report says.
pub fn read_back(document: &Document) -> Said {
    let on = jiff::civil::date(2027, 1, 11);
    let page = ReportPage::released(Frame::default(), document, "/reports/7", on);
    let page = Html::parse_document(&page.render().unwrap());
    let page = page.root_element();
    let after = |words: &str, word: &str, mark: &str| {
        let rest = words.strip_prefix(word).unwrap();
        let (number, text) = rest.split_once(mark).unwrap();
        (number.to_owned(), text.to_owned())
    };
    let table = |table: &ElementRef<'_>| {
        let caption = text(&select(table, "caption")[0]);
        let (number, caption) = after(&caption, "Table ", ": ");
        let texts = |inside: &ElementRef<'_>, what| select(inside, what).iter().map(text).collect();
        let rows = select(table, "tbody tr");
        SaidTable {
            number,
            caption,
            headings: texts(table, "thead th"),
            rows: rows.iter().map(|row| texts(row, "th, td")).collect(),
        }
    };
    let paragraph = |found: &ElementRef<'_>| after(&text(found), "Paragraph ", " ");
    let section = |found: &ElementRef<'_>| after(&text(found), "", ". ");
    let figure = |found: &ElementRef<'_>| after(&text(found), "Figure ", ": ");
    Said {
        sections: select(&page, "h2[id^=section-]").iter().map(section).collect(),
        paragraphs: select(&page, "p[id^=paragraph-]").iter().map(paragraph).collect(),
        tables: select(&page, "table[id^=table-]").iter().map(table).collect(),
        figures: select(&page, "figure[id^=figure-] figcaption").iter().map(figure).collect(),
    }
}
