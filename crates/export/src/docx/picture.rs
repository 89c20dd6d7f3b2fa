//! A chart in a Word file: the drawing of all doors as a picture, with its words for those who do not see it.

use quarterlight_report::document::Figure;
use quarterlight_report::print::PrintFault;

use super::xml;
use crate::picture;

/// The width between the margins in the unit of drawings, of which 12,700 are a point.
const WIDTH: f64 = 6_121_400.0;

/// The most height that leaves room for the caption above it, in the same unit.
const MOST_HEIGHT: f64 = 7_800_000.0;

/// The picture as it stands in a paragraph, found by `relation`; and its file.
pub fn inline(figure: &Figure, relation: &str) -> Result<(String, Vec<u8>), PrintFault> {
    let drawn = picture::of(figure)?;
    let (number, name) = (figure.number, xml::words(&figure.label()));
    let alt = xml::words(&figure.alt_text);
    let width = WIDTH.min(MOST_HEIGHT / drawn.height);
    let (width, height) = (units(width), units(width * drawn.height));
    let inside = format!(
        concat!(
            r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{w}" cy="{h}"/>"#,
            r#"<wp:docPr id="{id}" name="{name}" descr="{alt}"/>"#,
            r#"<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>"#,
            r#"<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>"#,
            r#"<pic:nvPicPr><pic:cNvPr id="{id}" name="{name}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>"#,
            r#"<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"#,
            r#"<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{w}" cy="{h}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>"#,
            r#"</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
        ),
        w = width,
        h = height,
        id = number,
        name = name,
        alt = alt,
        relation = relation,
    );
    Ok((inside, drawn.png))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a length is between nothing and the page"
)]
fn units(length: f64) -> u64 {
    length.round() as u64
}
