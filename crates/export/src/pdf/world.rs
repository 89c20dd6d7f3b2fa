//! All that the typesetter may see: one template, one document and our type. No file, no network,
//! no package and no clock.

use std::sync::LazyLock;

use quarterlight_report::print::PrintFault;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::layout::{Abs, Em};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

/// The family that reports are set in.
pub const FAMILY: &str = "Open Sans";

const TEMPLATE: &str = include_str!("report.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    // Row headings in tables stand behind this switch in this edition of typst.
    LazyHash::new(
        Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build(),
    )
});

/// The files of our type: the plain and the bold cut.
pub fn fonts() -> [&'static [u8]; 2] {
    [
        include_bytes!("../../fonts/OpenSans-Regular.ttf"),
        include_bytes!("../../fonts/OpenSans-Bold.ttf"),
    ]
}

static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| fonts().into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect());

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// The plain and the bold cut, to measure with.
static MEASURES: LazyLock<Vec<FontInstance>> = LazyLock::new(|| {
    let cut = |font: &Font| {
        font.clone().instantiate(FontVariant::default(), Abs::pt(12.0), &FontVariations::default())
    };
    FONTS.iter().map(cut).collect()
});

/// Whether every cut of our type has a shape for the letter.
pub fn type_has(letter: char) -> bool {
    FONTS.iter().all(|font| font.info().coverage.contains(letter.into()))
}

/// How wide a line of text is, as a multiple of the size of its letters. The pairs that stand
/// closer together are not reckoned with, so it may be a little narrower on paper, and never wider.
pub fn width_of(text: &str, is_bold: bool) -> f64 {
    let Some(font) = MEASURES.get(usize::from(is_bold)) else { return 0.0 };
    text.chars()
        .filter_map(|letter| font.ttf().glyph_index(letter))
        .filter_map(|glyph| font.x_advance(glyph.0))
        .map(Em::get)
        .sum()
}

/// The room that one document is set in.
pub struct PrintRoom {
    template: Source,
    data: FileId,
    document: Bytes,
}

impl PrintRoom {
    /// A room with the document in it, as the template reads it.
    pub fn with(view: &serde_json::Value) -> Result<Self, PrintFault> {
        let id = |name| {
            VirtualPath::new(name)
                .map(|path| FileId::new(RootedPath::new(VirtualRoot::Project, path)))
                .map_err(|_| PrintFault("a file of the template has no place".to_owned()))
        };
        Ok(Self {
            template: Source::new(id("report.typ")?, TEMPLATE.to_owned()),
            data: id("document.json")?,
            document: Bytes::from_string(view.to_string()),
        })
    }
}

impl World for PrintRoom {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data { Ok(self.document.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
