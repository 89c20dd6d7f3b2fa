//! Unpacks every part of a workbook once, counting, before anything is believed about it.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::limits::Limits;
use crate::not_readable::NotReadable;
use crate::xml::{Counts, Scan};

/// A part other than XML (a picture, a printer's settings) is never needed, and never large.
const LARGEST_OTHER: u64 = 16_000_000;
/// A part may be packed as tightly as it likes until it is this large.
const RATIO_FROM: u64 = 10_000_000;
/// Parts that are held in memory whole, such as the styles.
const LARGEST_HELD: u64 = 20_000_000;

/// Looks at every part. What comes back is what reading the dates needs to know.
pub(crate) fn look_through(bytes: &[u8], limits: &Limits) -> Result<Counts, NotReadable> {
    // The directory is held in memory, so its entries are counted before it is read.
    let entries = bytes.windows(4).filter(|window| window == b"PK\x01\x02").count();
    if entries > limits.parts {
        let what = format!("it has more than {} parts", limits.parts);
        return Err(NotReadable::TooLarge { what });
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotReadable::Truncated)?;
    let names: Vec<String> =
        archive.file_names().map_while(Result::ok).map(|name| name.to_lowercase()).collect();
    if names.len() != archive.len() {
        return Err(NotReadable::Damaged("one of its parts has no readable name".to_owned()));
    }
    kind(&names)?;
    let mut counts = Counts::default();
    let mut unpacked = 0;
    for (position, name) in names.iter().enumerate() {
        let mut part = archive.by_index(position).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(why) if why.contains("ncrypted") => {
                NotReadable::PasswordProtected
            }
            _ => damaged(name),
        })?;
        if part.is_symlink() || name.contains("..") || name.starts_with(['/', '\\']) {
            return Err(NotReadable::Unsafe("a part that points outside the workbook"));
        }
        let packed = part.compressed_size();
        look_at(name, packed, &mut part, limits, (&mut counts, &mut unpacked))?;
    }
    Ok(counts)
}

fn look_at(
    name: &str,
    packed: u64,
    part: &mut impl Read,
    limits: &Limits,
    (counts, unpacked): (&mut Counts, &mut u64),
) -> Result<(), NotReadable> {
    let is_xml = [".xml", ".rels", ".vml"].into_iter().any(|end| name.ends_with(end));
    let largest = if !is_xml {
        LARGEST_OTHER
    } else if name.ends_with("sharedstrings.xml") {
        limits.text_bytes
    } else if name.contains("worksheets/") {
        limits.unpacked_bytes
    } else {
        LARGEST_HELD
    };
    let mut scan = Scan::new(limits, counts);
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    loop {
        let length = part.read(&mut buffer).map_err(|_| damaged(name))?;
        let Some(piece) = buffer.get(..length).filter(|piece| !piece.is_empty()) else {
            return Ok(());
        };
        size += length as u64;
        *unpacked += length as u64;
        if *unpacked > limits.unpacked_bytes {
            let most = limits.unpacked_bytes / 1_000_000;
            let what = format!("unpacked, it has more than {most} MB");
            return Err(NotReadable::TooLarge { what });
        }
        if size > largest {
            let most = largest / 1_000_000;
            let what = format!("one of its parts has more than {most} MB");
            return Err(NotReadable::TooLarge { what });
        }
        if size > RATIO_FROM && size / packed.max(1) > limits.ratio {
            return Err(NotReadable::Unsafe("a part packed a hundred times smaller than it is"));
        }
        if is_xml {
            scan.piece(piece)?;
        }
    }
}

fn damaged(name: &str) -> NotReadable {
    // The name comes from the file: it is shortened, and said only when it is plain.
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "/._-[]".contains(c));
    if is_plain && name.len() < 80 {
        NotReadable::Damaged(format!("its part “{name}” cannot be unpacked"))
    } else {
        NotReadable::Damaged("one of its parts cannot be unpacked".to_owned())
    }
}

/// Tells an Excel workbook from the other files that are zip archives.
fn kind(names: &[String]) -> Result<(), NotReadable> {
    let has = |name: &str| names.iter().any(|other| other == name);
    let within = |folder: &str| names.iter().any(|other| other.starts_with(folder));
    if has("xl/workbook.bin") {
        return Err(NotReadable::BinaryExcel);
    }
    if names.iter().any(|name| name.ends_with("vbaproject.bin")) {
        return Err(NotReadable::Macros);
    }
    if has("content.xml") && has("mimetype") {
        return Err(NotReadable::OpenDocument);
    }
    if within("word/") {
        return Err(NotReadable::AnotherFile("a Word document"));
    }
    if within("ppt/") {
        return Err(NotReadable::AnotherFile("a PowerPoint presentation"));
    }
    if !has("[content_types].xml") || !has("_rels/.rels") {
        return Err(NotReadable::AnotherArchive);
    }
    Ok(())
}
