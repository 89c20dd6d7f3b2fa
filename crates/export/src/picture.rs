//! A chart's drawing as a picture of dots, for files whose readers do not all draw SVG.

use std::sync::{Arc, LazyLock};

use quarterlight_report::document::Figure;
use quarterlight_report::print::PrintFault;
use quarterlight_report::svg;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use crate::pdf::world::{FAMILY, fonts};

/// How wide a chart is drawn, in units of which 16 are a line of text: as wide as on paper.
const WIDTH: u32 = 640;

/// Dots to a unit: across an A4 page, about three hundred to the inch.
const DOTS: f32 = 3.0;

static TYPE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    for file in fonts() {
        database.load_font_data(file.to_vec());
    }
    Arc::new(database)
});

/// A chart as a PNG, and its measures.
pub struct Picture {
    /// The file.
    pub png: Vec<u8>,
    /// Its height as a multiple of its width.
    pub height: f64,
}

/// Draws a figure's chart: the same drawing that the page and the PDF have.
///
/// # Errors
/// A fault where the drawing cannot be read or is larger than a picture may be.
pub fn of(figure: &Figure) -> Result<Picture, PrintFault> {
    let fault = |what: &str| PrintFault(format!("draw {}: {what}", figure.label()));
    let options =
        Options { font_family: FAMILY.to_owned(), fontdb: Arc::clone(&TYPE), ..Options::default() };
    let drawing = svg::fixed(figure, WIDTH, FAMILY);
    let tree = Tree::from_str(&drawing, &options).map_err(|_| fault("it is no SVG"))?;
    let size = tree.size();
    let scaled = size.to_int_size().scale_by(DOTS).ok_or_else(|| fault("it is too large"))?;
    let dots = Pixmap::new(scaled.width(), scaled.height());
    let mut dots = dots.ok_or_else(|| fault("it is too large"))?;
    dots.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(DOTS, DOTS), &mut dots.as_mut());
    let png = dots.encode_png().map_err(|_| fault("it could not be packed"))?;
    Ok(Picture { png, height: f64::from(size.height() / size.width()) })
}
