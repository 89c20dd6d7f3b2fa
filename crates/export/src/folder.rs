//! Several files as one zip file.

use std::io::{Cursor, Write};

use quarterlight_report::print::PrintFault;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Packs files, each with its path, into one zip file. The same files always give the same bytes.
///
/// # Errors
/// Fails if they cannot be packed.
pub fn folder(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, PrintFault> {
    let fault = |error: &dyn std::fmt::Display| PrintFault(format!("pack the files: {error}"));
    let how = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        file.start_file(path.as_str(), how).map_err(|it| fault(&it))?;
        file.write_all(bytes).map_err(|it| fault(&it))?;
    }
    Ok(file.finish().map_err(|it| fault(&it))?.into_inner())
}
