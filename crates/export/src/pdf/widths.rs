//! How a page's width is shared between the columns of a table, measured with our own type.

use quarterlight_report::table::{Align, Cell, Column, Grid, Row};
use serde_json::{Value, json};

use super::letters::printable;
use super::world::width_of;

/// The size of the letters in a table, in points, as the template sets it.
const SIZE: f64 = 10.0;

/// The space to the left and right of what stands in a cell, with a point to spare.
const BESIDE: f64 = 11.0;

/// What stands between the margins of an A4 page, in points.
const PAGE: f64 = 482.0;

/// A column of words whose cells are no longer than this is never broken, where there is room.
const SHORT: usize = 22;

/// What every column of longer words must keep where the others take all that they like.
const ROOMY: f64 = 200.0;

/// What every column of longer words must keep, so that it does not become a column of syllables.
const ROOM: f64 = 130.0;

/// The same where the table is crowded.
const LITTLE_ROOM: f64 = 64.0;

/// The part of its line that words need when they are printed on two lines.
const TWO_LINES: f64 = 0.62;

/// A column is never reckoned longer than this many letters: beyond it, words run over lines.
const LONGEST: usize = 60;

/// How wide one column is.
struct Width {
    /// So many points; or none, for a share of what the others leave.
    points: Option<f64>,
    share: usize,
}

/// One width for each column: points, or a share of what the others leave.
pub fn widths(grid: &Grid) -> Vec<Value> {
    let width = |width: Width| json!({ "points": width.points, "share": width.share });
    measured(grid).into_iter().map(width).collect()
}

/// One width for each column in points, for a door that cannot share out what is left by itself:
/// together they are as wide as the page.
pub fn points(grid: &Grid) -> Vec<f64> {
    let widths = measured(grid);
    let left = (PAGE - widths.iter().filter_map(|width| width.points).sum::<f64>()).max(0.0);
    let shares = widths.iter().filter(|width| width.points.is_none()).map(|width| width.share);
    // A share is a number of letters, and small.
    #[expect(clippy::cast_precision_loss, reason = "a share is a number of letters")]
    let of_each = left / (shares.sum::<usize>().max(1) as f64);
    #[expect(clippy::cast_precision_loss, reason = "a share is a number of letters")]
    let points = |width: &Width| width.points.unwrap_or(of_each * width.share as f64);
    widths.iter().map(points).collect()
}

/// Figures come first, because a figure that is broken or printed over another is misread. They
/// get the line that they need; in a crowded table, a per cent goes beneath its count.
fn measured(grid: &Grid) -> Vec<Width> {
    let needs: Vec<Need> =
        grid.columns.iter().enumerate().map(|(at, column)| Need::of(grid, at, column)).collect();
    let steps: [(f64, Points); 3] = [
        (ROOMY, |need| need.roomy),
        (ROOM, |need| need.at_ease),
        (LITTLE_ROOM, |need| need.crowded),
    ];
    let fixed = steps.into_iter().find_map(|(room, points)| {
        fitted(&needs, room, |need| (need.is_figures || need.is_short()).then(|| points(need)))
    });
    let fixed = fixed.unwrap_or_else(|| vec![None; needs.len()]);
    needs
        .iter()
        .zip(fixed)
        .map(|(need, points)| Width { points, share: need.letters.min(LONGEST) + 3 })
        .collect()
}

/// The points of each column but those without any, where these are left with enough. Where all
/// have points, the first takes what is over: it is each row's heading.
fn fitted(
    needs: &[Need],
    room: f64,
    points: impl Fn(&Need) -> Option<f64>,
) -> Option<Vec<Option<f64>>> {
    let mut fixed: Vec<Option<f64>> = needs.iter().map(points).collect();
    if fixed.iter().all(Option::is_some)
        && let Some(first) = fixed.first_mut()
    {
        *first = None;
    }
    let others = needs.iter().zip(&fixed).filter(|(_, points)| points.is_none());
    let left: f64 = others.map(|(need, _)| need.at_ease.min(room)).sum();
    (fixed.iter().flatten().sum::<f64>() + left <= PAGE).then_some(fixed)
}

/// A figure as it is printed: *15 of 20 (75%)* may break before its bracket and nowhere else.
pub fn unbroken(cell: &Cell) -> String {
    let words = printable(&cell.words());
    match cell {
        Cell::Share { of: 0, .. } => words,
        Cell::Share { .. } => words.replace(' ', "\u{a0}").replace("\u{a0}(", " ("),
        Cell::Text(_) | Cell::Count(_) | Cell::OutOf { .. } | Cell::Withheld => {
            words.replace(' ', "\u{a0}")
        }
    }
}

/// How many points a column is given of those that it could do with.
type Points = fn(&Need) -> f64;

/// What one column needs.
struct Need {
    is_figures: bool,
    /// Its longest cell, or a longer word in its heading, in letters.
    letters: usize,
    /// The points at which no cell breaks and the heading breaks into two lines at most.
    roomy: f64,
    /// The points at which no cell breaks and the heading breaks into three lines at most.
    at_ease: f64,
    /// The points at which no word and no figure breaks, and short words take two lines.
    crowded: f64,
}

impl Need {
    fn of(grid: &Grid, at: usize, column: &Column) -> Self {
        let is_figures = column.align == Align::Number;
        let heading = printable(&column.heading);
        let word = longest(heading.split(' ').map(|word| width_of(word, true)));
        let mut need = Self {
            is_figures,
            letters: heading.split(' ').map(|word| word.chars().count()).max().unwrap_or(0),
            roomy: word.max(width_of(&heading, true) / 1.6),
            at_ease: word.max(width_of(&heading, true) / 2.4),
            crowded: word,
        };
        for row in &grid.rows {
            need.hold(row, at);
        }
        Self {
            roomy: need.roomy * SIZE + BESIDE,
            at_ease: need.at_ease * SIZE + BESIDE,
            crowded: need.crowded * SIZE + BESIDE,
            ..need
        }
    }

    fn hold(&mut self, row: &Row, at: usize) {
        let Some(cell) = row.cells.get(at) else { return };
        let words = printable(&cell.words());
        let line = width_of(&words, row.is_total);
        self.letters = self.letters.max(words.chars().count());
        self.roomy = self.roomy.max(line);
        self.at_ease = self.at_ease.max(line);
        self.crowded = if self.is_figures {
            let parts = unbroken(cell);
            self.crowded.max(longest(parts.split(' ').map(|part| width_of(part, row.is_total))))
        } else {
            let word = longest(words.split(' ').map(|word| width_of(word, row.is_total)));
            self.crowded.max(word).max(line * TWO_LINES)
        };
    }

    fn is_short(&self) -> bool {
        self.letters <= SHORT
    }
}

fn longest(widths: impl Iterator<Item = f64>) -> f64 {
    widths.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns of figures in a table of judgements: met, partly met and so on.
    fn judgements(figures: &[&str], cell: Cell) -> Vec<Option<f64>> {
        let columns = std::iter::once(Column::text("Standard"))
            .chain(figures.iter().map(|heading| Column::number(*heading)));
        let cells = std::iter::once(Cell::text("B4 Letters and emails are filed in their place"))
            .chain(figures.iter().map(|_| cell.clone()));
        widths(&Grid::new(columns).row(cells))
            .iter()
            .map(|width| width["points"].as_f64())
            .collect()
    }

    #[test]
    fn figures_are_whole_while_there_is_room_and_give_way_before_the_words_do() {
        let whole = judgements(&["Met", "Not met"], Cell::share(18, 24));
        let line = width_of("18 of 24 (75%)", false) * SIZE;
        assert!(whole[0].is_none() && whole[1].unwrap() >= line + 10.0, "{whole:?}");

        let headings = [
            "Met",
            "Partly met",
            "Not met",
            "Not applicable",
            "Cannot tell",
            "Met of counted",
            "Before",
        ];
        let crowded = judgements(&headings, Cell::share(18, 24));
        assert!(crowded[1].unwrap() < line, "the per cent goes beneath: {crowded:?}");
        for (heading, width) in headings.iter().zip(&crowded[1..]) {
            let word = longest(heading.split(' ').map(|word| width_of(word, true) * SIZE));
            assert!(width.unwrap() >= word + 10.0, "{heading} would be printed over its neighbour");
        }
        assert!(crowded.iter().flatten().sum::<f64>() + LITTLE_ROOM <= PAGE);

        let too_much = judgements(&headings, Cell::share(1_000_000, 2_000_000));
        assert!(too_much.iter().all(Option::is_none), "then all share the page");
    }

    #[test]
    fn in_points_the_columns_are_as_wide_as_the_page() {
        for figures in [1_usize, 3, 7] {
            let columns = std::iter::once(Column::text("Standard"))
                .chain((0..figures).map(|_| Column::number("Met of counted")));
            let cells = std::iter::once(Cell::text("B4 Letters are filed in their place"))
                .chain((0..figures).map(|_| Cell::share(18, 24)));
            let points = points(&Grid::new(columns).row(cells));
            assert!((points.iter().sum::<f64>() - PAGE).abs() < 0.01, "{points:?}");
            assert!(points.iter().all(|points| *points > 20.0), "{points:?}");
        }
    }

    #[test]
    fn a_figure_breaks_only_before_its_bracket() {
        assert_eq!(unbroken(&Cell::share(1018, 1024)), "1,018\u{a0}of\u{a0}1,024 (99%)");
        assert_eq!(unbroken(&Cell::text("no result")), "no\u{a0}result");
        assert_eq!(unbroken(&Cell::share(0, 0)), "none to count");
    }
}
