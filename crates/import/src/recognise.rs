//! Says what files are, by what is in them and never by their names, and which belong together.

use jiff::civil::Date;
use quarterlight_domain::source::SourceKind;

use crate::annex_a;
use crate::annex_a::headings::Dictionary;
use crate::file_kind;
use crate::grid::{self, GridSheet};
use crate::limits::Limits;
use crate::local_list::{self, Mapping, SheetHeadings};
use crate::not_readable::NotReadable;
use crate::reading::SourceReading;
use crate::row::Row;
use crate::{cin_census, social_care_api, ssd, ssda903, workforce_census};

/// A file that was chosen: its name, which nothing depends on, and its bytes.
pub type ChosenFile<'f> = (&'f str, &'f [u8]);

/// What one file is, or several that belong together. Files go by their positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognised {
    /// One source of a kind that is known.
    Source {
        /// The kind.
        kind: SourceKind,
        /// Its files.
        files: Vec<usize>,
    },
    /// A list that nobody but its makers knows: it needs a mapping.
    Unknown {
        /// The file.
        file: usize,
        /// Its sheets, with their likeliest headings.
        sheets: Vec<SheetHeadings>,
        /// The mapping that the headings of all of them suggest.
        proposed: Mapping,
    },
    /// Nothing that can be read; the reason says what it is and how to save it again.
    Refused {
        /// The file.
        file: usize,
        /// Why.
        why: NotReadable,
    },
}

/// What these files are, in their order; those of one source stand together.
///
/// # Errors
/// Refuses more files, or more bytes in all, than the limits allow. A single file that cannot be
/// read is among what comes back.
pub fn recognise(
    files: &[ChosenFile<'_>],
    limits: &Limits,
) -> Result<Vec<Recognised>, NotReadable> {
    within(files, limits)?;
    let dictionary = Dictionary::new();
    let mut found: Vec<Recognised> = Vec::new();
    for (file, (_, bytes)) in files.iter().enumerate() {
        let kind = match one(bytes, &dictionary, limits) {
            Ok(One::Of(kind)) => kind,
            Ok(One::Unknown(sheets)) => {
                let (headings, _) = local_list::every_heading(&sheets);
                let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
                let proposed = local_list::propose(&headings);
                found.push(Recognised::Unknown { file, sheets, proposed });
                continue;
            }
            Err(why) => {
                found.push(Recognised::Refused { file, why });
                continue;
            }
        };
        let together = found.iter_mut().find_map(|it| match it {
            Recognised::Source { kind: other, files } if *other == kind && is_a_set(kind) => {
                Some(files)
            }
            _ => None,
        });
        match together {
            Some(files) => files.push(file),
            None => found.push(Recognised::Source { kind, files: vec![file] }),
        }
    }
    Ok(found)
}

/// Reads what was recognised. `authority` is whose files they are, by name, number or code; the
/// mapping is for a list that needs one, and the proposed one is used without it.
///
/// # Errors
/// As the reader of that kind of file; a refused file is refused again.
pub fn read(
    recognised: &Recognised,
    files: &[ChosenFile<'_>],
    (as_at, authority): (Date, Option<&str>),
    mapping: Option<&Mapping>,
    limits: &Limits,
) -> Result<SourceReading, NotReadable> {
    let at = |position: &usize| files.get(*position).copied().unwrap_or(("", b"".as_slice()));
    match recognised {
        Recognised::Refused { why, .. } => Err(why.clone()),
        Recognised::Unknown { file, proposed, .. } => {
            local_list::read(at(file), mapping.unwrap_or(proposed), as_at, authority, limits)
        }
        Recognised::Source { kind, files } => {
            let files: Vec<ChosenFile<'_>> = files.iter().map(at).collect();
            let first = files.first().copied().unwrap_or(("", b"".as_slice()));
            match kind {
                SourceKind::AnnexA => {
                    Ok(annex_a::read_files(authority, &files, as_at, limits)?.source)
                }
                SourceKind::SafeguardingDataset => ssd::read(&files, as_at, limits),
                SourceKind::LookedAfterReturn => ssda903::read(&files, as_at, limits),
                SourceKind::InNeedCensus => cin_census::read(first.0, first.1, as_at, limits),
                SourceKind::WorkforceCensus => {
                    workforce_census::read(first.0, first.1, as_at, limits)
                }
                SourceKind::LocalList => Err(NotReadable::NoHeadings),
            }
        }
    }
}

/// What one file is.
enum One {
    Of(SourceKind),
    Unknown(Vec<SheetHeadings>),
}

fn one(bytes: &[u8], dictionary: &Dictionary, limits: &Limits) -> Result<One, NotReadable> {
    if file_kind::is_zip(bytes, limits).is_err() {
        // A file that is too large is not looked into.
        file_kind::is_within(bytes, limits)?;
        if social_care_api::is_one(bytes) {
            return Err(social_care_api::refusal());
        }
        if cin_census::is_one(bytes) {
            return Ok(One::Of(SourceKind::InNeedCensus));
        }
        if workforce_census::is_one(bytes) {
            return Ok(One::Of(SourceKind::WorkforceCensus));
        }
        if ssda903::is_one(bytes, limits) {
            return Ok(One::Of(SourceKind::LookedAfterReturn));
        }
    }
    let sheets = grid::first_rows(bytes, local_list::ROWS_LOOKED_AT, limits)?;
    if sheets.iter().all(|(_, rows)| rows.is_empty()) {
        return Err(NotReadable::NothingInIt);
    }
    let is_text = file_kind::is_zip(bytes, limits).is_err();
    if is_text && sheets.iter().any(|(_, rows)| ssd::is_table(rows)) {
        return Ok(One::Of(SourceKind::SafeguardingDataset));
    }
    let is_list = |(sheet, rows): &(GridSheet, Vec<Row<'static>>)| {
        dictionary.recognise(&sheet.name, rows).is_ok()
    };
    if sheets.iter().any(is_list) {
        return Ok(One::Of(SourceKind::AnnexA));
    }
    let headings: Vec<SheetHeadings> = sheets
        .iter()
        .filter_map(|(sheet, rows)| local_list::headings_among(&sheet.name, rows))
        .collect();
    if headings.is_empty() { Err(NotReadable::NoHeadings) } else { Ok(One::Unknown(headings)) }
}

/// True if files of this kind make one source together.
fn is_a_set(kind: SourceKind) -> bool {
    matches!(
        kind,
        SourceKind::AnnexA | SourceKind::SafeguardingDataset | SourceKind::LookedAfterReturn
    )
}

fn within(files: &[ChosenFile<'_>], limits: &Limits) -> Result<(), NotReadable> {
    if files.len() > limits.files {
        let what = format!("there are more than {} files", limits.files);
        return Err(NotReadable::TooMany { what });
    }
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    if bytes > limits.total_bytes {
        let what = format!("they have more than {} MB", limits.total_bytes / 1_000_000);
        return Err(NotReadable::TooMany { what });
    }
    Ok(())
}
