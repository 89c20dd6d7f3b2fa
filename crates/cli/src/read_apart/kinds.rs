//! Every kind of file that is read apart: those that pages take, and those that only commands do.

use jiff::civil::Date;
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::filing::protocol::Protocol;
use quarterlight_domain::indicator::set::IndicatorSet;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::timescale::set::RuleSet;
use quarterlight_import::{Limits, NotReadable, annex_a, filing_protocol, indicators, timescales};
use quarterlight_web::apart::{self, File, Minutes, Reader, StaffList, Unread};
use quarterlight_web::pages::audits::form_reader::FilledForm;
use quarterlight_web::pages::case_lists::reader::CaseLists;
use quarterlight_web::pages::frameworks::reader::FrameworkFile;
use quarterlight_web::told_nothing;

/// Tries to read as one kind.
type Attempt = fn(&str, &str, &mut Vec<Unread>) -> Option<bool>;

/// All of them.
const ALL: [Attempt; 10] = [
    apart::attempt::<CaseLists>,
    apart::attempt::<FrameworkFile>,
    apart::attempt::<FilledForm>,
    apart::attempt::<StaffList>,
    apart::attempt::<Minutes>,
    apart::attempt::<AnnexA>,
    apart::attempt::<FilingProtocol>,
    apart::attempt::<Indicators>,
    apart::attempt::<Rules>,
    apart::attempt::<DrawFiles>,
];

/// Reads files of this kind; none if there is no such kind.
pub fn attempt(kind: &str, beside: &str, files: &mut Vec<Unread>) -> Option<bool> {
    ALL.iter().find_map(|attempt| attempt(kind, beside, files))
}

/// Reads one Annex A workbook, or the lists of one.
#[derive(Debug)]
pub struct AnnexA {
    /// The day as at which it is true.
    pub as_at: Date,
    /// Whose it is, where it does not tell.
    pub authority: Option<String>,
}

impl Reader for AnnexA {
    type Read = Result<annex_a::AnnexA, NotReadable>;
    const KIND: &'static str = "annex-a";

    fn beside(&self) -> String {
        let authority = self.authority.as_deref().unwrap_or_default();
        format!("{}\t{}", self.as_at, authority.replace(['\n', '\r'], " "))
    }

    fn told(beside: &str) -> Option<Self> {
        let (as_at, authority) = beside.split_once('\t')?;
        let authority = Some(authority.to_owned()).filter(|it| !it.is_empty());
        Some(Self { as_at: as_at.parse().ok()?, authority })
    }

    fn read(&self, files: &[File]) -> Self::Read {
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|file| (file.name(), file.bytes())).collect();
        annex_a::read_files(self.authority.as_deref(), &files, self.as_at, &Limits::default())
    }
}

/// Reads a filing protocol.
#[derive(Debug)]
pub struct FilingProtocol {
    /// From when it holds, where the file does not say.
    pub from: Option<Date>,
}

impl Reader for FilingProtocol {
    type Read = Result<Protocol, Refusal>;
    const KIND: &'static str = "filing-protocol";

    fn beside(&self) -> String {
        self.from.map_or_else(String::new, |from| from.to_string())
    }

    fn told(beside: &str) -> Option<Self> {
        if beside.is_empty() {
            return Some(Self { from: None });
        }
        Some(Self { from: Some(beside.parse().ok()?) })
    }

    fn read(&self, files: &[File]) -> Self::Read {
        filing_protocol::from_toml(one(files)?, self.from)
    }
}

/// Reads a set of indicators, and gives its text, which is kept.
#[derive(Debug)]
pub struct Indicators;

impl Reader for Indicators {
    type Read = Result<(IndicatorSet, String), Refusal>;
    const KIND: &'static str = "indicators";
    told_nothing!(Indicators);

    fn read(&self, files: &[File]) -> Self::Read {
        let text = one(files)?;
        Ok((indicators::from_toml(text)?, text.to_owned()))
    }
}

/// Reads a set of rules about time.
#[derive(Debug)]
pub struct Rules;

impl Reader for Rules {
    type Read = Result<RuleSet, Refusal>;
    const KIND: &'static str = "rules";
    told_nothing!(Rules);

    fn read(&self, files: &[File]) -> Self::Read {
        timescales::from_toml(one(files)?)
    }
}

/// Reads draw files and repeats each draw.
#[derive(Debug)]
pub struct DrawFiles;

impl Reader for DrawFiles {
    type Read = Vec<Result<DrawFile, Refusal>>;
    const KIND: &'static str = "draw-files";
    told_nothing!(DrawFiles);

    fn read(&self, files: &[File]) -> Self::Read {
        let repeated = |file: &File| {
            let drawn = DrawFile::read(file.text()?)?;
            drawn.verify().map(|()| drawn)
        };
        files.iter().map(repeated).collect()
    }
}

fn one(files: &[File]) -> Result<&str, Refusal> {
    let file = files.first().ok_or_else(|| Refusal::because("There is no file."))?;
    file.text()
}
