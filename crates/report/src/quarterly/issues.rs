//! Key issues and strengths: what findings and good work have in common, and the auditors' words.

use quarterlight_domain::figures::{InWords, QuarterFigures, Share, ThemeCounts};

use super::{annexes, here};
use crate::builder::DocumentBuilder;
use crate::table::{Cell, Column, Grid};
use crate::words::{self, AUDIT, FINDING, RECORD};

/// How many themes the sentence names.
const NAMED: usize = 3;

/// Says which themes findings and strengths have in common.
pub fn say(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.section("Key issues and strengths");
    let themes = with_any(figures);
    if themes.is_empty() {
        document.paragraph(format!(
            "No theme was given to a finding{} in this quarter or the four before it, so it \
             cannot be said what they have in common.",
            here(figures)
        ));
    } else {
        document.paragraph(most(figures, &themes));
        document.paragraph(most_strengths(&themes));
    }
    let written = &figures.further.in_words;
    if !written.is_empty() {
        let wrote = |which: fn(&InWords) -> &str| {
            let many = written.iter().filter(|it| !which(it).is_empty()).count() as u64;
            words::out_of(many, figures.submitted().count.into(), &AUDIT)
        };
        document.paragraph(format!(
            "Auditors wrote down strengths in {} and key issues in {}. {} has every theme and their \
             words.",
            wrote(|it| &it.strengths),
            wrote(|it| &it.issues),
            annexes::WORDS
        ));
    }
}

/// The annex: every theme, and what auditors wrote, by service, as they wrote it.
pub fn every(document: &mut DocumentBuilder, figures: &QuarterFigures) {
    document.annex("Annex: themes, strengths and key issues");
    let themes = with_any(figures);
    if !themes.is_empty() {
        document.paragraph(format!(
            "{} gives each theme. A finding can have several themes or none, so they do not add up.",
            document.next_table()
        ));
        document.table("Themes of findings and of strengths", table(figures, &themes));
    }
    let written = &figures.further.in_words;
    if written.is_empty() {
        document.paragraph("No auditor wrote down a strength or a key issue.");
        return;
    }
    document.paragraph(
        "Each point is from one audit, as its auditor wrote it. None names anybody, and the \
         program refuses words that do.",
    );
    let mut service = None;
    for it in written.iter().filter(|it| !it.withheld) {
        if service != Some(&it.service) {
            document.subsection(it.service.clone());
            service = Some(&it.service);
        }
        let point = |what: &str, words: &str| {
            (!words.is_empty()).then(|| format!("{what}: {}", words.replace('\n', " ")))
        };
        let points = [point("Strength", &it.strengths), point("Key issue", &it.issues)];
        document.list(points.into_iter().flatten());
    }
    let withheld = written.iter().filter(|it| it.withheld).count() as u64;
    if withheld > 0 {
        document.paragraph(format!(
            "The words about {} are not printed, because the {} restricted.",
            words::count(withheld, &RECORD),
            words::agree(withheld, "record is", "records are")
        ));
    }
}

/// The themes that a finding of this quarter or the one before has, or a strength.
fn with_any(figures: &QuarterFigures) -> Vec<&ThemeCounts> {
    let has = |it: &&ThemeCounts| now(figures, it).count > 0 || before(figures, it).count > 0;
    figures.further.themes.iter().filter(|it| has(it) || it.strengths.count > 0).collect()
}

fn now(figures: &QuarterFigures, theme: &ThemeCounts) -> Share {
    theme.findings.get(&figures.quarter).copied().unwrap_or_default()
}

fn before(figures: &QuarterFigures, theme: &ThemeCounts) -> Share {
    theme.findings.get(&figures.quarter.before()).copied().unwrap_or_default()
}

fn most(figures: &QuarterFigures, themes: &[&ThemeCounts]) -> String {
    let mut themes: Vec<&&ThemeCounts> =
        themes.iter().filter(|it| now(figures, it).count > 0).collect();
    themes.sort_by_key(|it| std::cmp::Reverse(now(figures, it).count));
    let named: Vec<String> = themes
        .iter()
        .take(NAMED)
        .map(|it| {
            let share = now(figures, it);
            format!(
                "{} ({})",
                it.name,
                words::out_of(share.count.into(), share.of.into(), &FINDING)
            )
        })
        .collect();
    if named.is_empty() {
        return "No finding of this quarter has been given a theme yet.".to_owned();
    }
    let theme = words::agree(named.len() as u64, "theme", "themes");
    format!("The {theme} with the most findings of this quarter: {}.", words::list(&named))
}

/// The themes with the most strengths, over five quarters.
fn most_strengths(themes: &[&ThemeCounts]) -> String {
    let mut themes: Vec<&&ThemeCounts> =
        themes.iter().filter(|it| it.strengths.count > 0).collect();
    themes.sort_by_key(|it| std::cmp::Reverse(it.strengths.count));
    let named: Vec<String> = themes
        .iter()
        .take(NAMED)
        .map(|it| {
            let (count, of) = (it.strengths.count.into(), it.strengths.of.into());
            format!("{} ({})", it.name, words::out_of(count, of, &AUDIT))
        })
        .collect();
    if named.is_empty() {
        return "No theme was given to an audit that names strengths.".to_owned();
    }
    format!(
        "Good practice over this quarter and the four before it was seen most often in {}.",
        words::list(&named)
    )
}

fn table(figures: &QuarterFigures, themes: &[&ThemeCounts]) -> Grid {
    let columns = [
        Column::text("Theme"),
        Column::number("Findings, of this quarter’s"),
        Column::number("Quarter before"),
        Column::number("Audits with strengths, of five quarters’"),
    ];
    let share = |it: Share| Cell::share(it.count.into(), it.of.into());
    themes.iter().fold(Grid::new(columns), |grid, it| {
        grid.row([
            Cell::text(&it.name),
            share(now(figures, it)),
            share(before(figures, it)),
            share(it.strengths),
        ])
    })
}
