//! The arrows between crates are those of the picture.

use crate::tree::{block, files, text};

/// The crates of ours that a manifest names outside its tests, in order.
fn arrows(manifest: &str) -> Vec<String> {
    let ours = |line: &str| {
        let name = line.strip_prefix("quarterlight-")?;
        Some(name.split(['.', ' ', '=']).next()?.to_owned())
    };
    let lines = manifest.lines().skip_while(|line| *line != "[dependencies]").skip(1);
    let mut arrows: Vec<String> =
        lines.take_while(|line| !line.starts_with('[')).filter_map(ours).collect();
    arrows.sort();
    arrows
}

#[test]
fn the_manifests_have_the_arrows_of_the_picture() {
    let drawn = block("ARCHITECTURE.md", "arrows");
    let mut real: Vec<String> = files("crates", "toml")
        .into_iter()
        .filter(|path| path.ends_with("/Cargo.toml"))
        .map(|path| {
            let name = path.split('/').nth(1).unwrap().to_owned();
            format!("{name} -> {}", arrows(&text(&path)).join(" ")).trim_end().to_owned()
        })
        .collect();
    real.sort();
    assert_eq!(real, drawn, "change the picture first, and write down why");
}

#[test]
fn an_arrow_that_is_not_drawn_would_be_seen() {
    let manifest = "[dependencies]\nquarterlight-web.workspace = true\nserde.workspace = true\n\n[dev-dependencies]\nquarterlight-testing.workspace = true\n";
    assert_eq!(arrows(manifest), ["web"]);
}
