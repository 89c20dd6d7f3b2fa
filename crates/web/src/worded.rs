//! Two wordings as one, word by word: what was taken out struck through, what was put in underlined.

use askama::Template;
use askama::filters::HtmlSafe;
use quarterlight_domain::changes::Piece;

/// Words that stayed, were taken out and were put in.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "worded.html")]
pub struct Worded {
    pieces: Vec<(&'static str, String)>,
}

impl HtmlSafe for Worded {}

impl Worded {
    /// These pieces.
    pub fn new(pieces: &[Piece]) -> Self {
        let piece = |piece: &Piece| match piece {
            Piece::Kept(text) => ("kept", text.clone()),
            Piece::Taken(text) => ("taken", text.clone()),
            Piece::Put(text) => ("put", text.clone()),
        };
        Self { pieces: pieces.iter().map(piece).collect() }
    }

    /// True if nothing changed.
    pub fn is_unchanged(&self) -> bool {
        self.pieces.iter().all(|(kind, _)| *kind == "kept")
    }
}
