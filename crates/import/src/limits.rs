//! How large a file may be, and how much of it is read.

/// Bounds on a file and on what comes out of it. They hold before and while it is read, so that no
/// file, however it was made, can take the machine's memory or hours of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files that are read together.
    pub files: usize,
    /// Bytes in all of them.
    pub total_bytes: usize,
    /// Bytes in the file.
    pub file_bytes: usize,
    /// Parts in the zip archive that an .xlsx file is.
    pub parts: usize,
    /// Bytes of all parts together, counted while they are unpacked.
    pub unpacked_bytes: u64,
    /// How many times larger than its packed form a part may be, beyond its first 10 MB.
    pub ratio: u64,
    /// Different texts in the workbook, and bytes of their table. Both are held in memory.
    pub texts: u64,
    /// Bytes of the table of texts.
    pub text_bytes: u64,
    /// Rows with something in them, over all sheets.
    pub rows: usize,
    /// Columns of a sheet that are looked at; cells further to the right are reported.
    pub columns: u32,
    /// Cells with something in them, over all sheets.
    pub cells: usize,
}

impl Limits {
    /// How many times as much [`Limits::large`] allows.
    pub const LARGE: usize = 20;

    /// For a list of a whole country on a machine of one's own: twenty times as many rows, cells and
    /// bytes. A part of an archive may still not be unpacked to more than its usual ratio.
    pub fn large() -> Self {
        let usual = Self::default();
        let times = Self::LARGE as u64;
        Self {
            files: usual.files,
            total_bytes: usual.total_bytes * Self::LARGE,
            file_bytes: usual.file_bytes * Self::LARGE,
            parts: usual.parts,
            unpacked_bytes: usual.unpacked_bytes * times,
            ratio: usual.ratio,
            texts: usual.texts * times,
            text_bytes: usual.text_bytes * times,
            rows: usual.rows * Self::LARGE,
            columns: usual.columns,
            cells: usual.cells * Self::LARGE,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            files: 100,
            total_bytes: 200_000_000,
            file_bytes: 50_000_000,
            parts: 2_000,
            unpacked_bytes: 400_000_000,
            ratio: 100,
            texts: 500_000,
            text_bytes: 40_000_000,
            rows: 200_000,
            columns: 300,
            cells: 5_000_000,
        }
    }
}
