//! What the pages load: one stylesheet, one script and one icon.

/// A file that browsers may keep for ever, because its name changes with its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// Where pages find it, such as "/assets/quarterlight-0123456789ab.css".
    pub path: &'static str,
    /// What it is, as the `Content-Type` header says it.
    pub content_type: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

// The build script writes three statics here: STYLESHEET, SCRIPT and ICON.
include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The file of this name, given with its folder or without; nothing for a name that is not known.
pub fn find(name: &str) -> Option<&'static Asset> {
    let name = name.strip_prefix("/assets/").unwrap_or(name);
    [&STYLESHEET, &SCRIPT, &ICON]
        .into_iter()
        .find(|asset| asset.path.strip_prefix("/assets/") == Some(name))
}

/// Where the one stylesheet is: the design system's, then ours.
pub fn stylesheet() -> &'static str {
    STYLESHEET.path
}

/// Where the one script is, a module: the design system's, then ours.
pub fn script() -> &'static str {
    SCRIPT.path
}

/// Where the icon of the browser's tab is.
pub fn icon() -> &'static str {
    ICON.path
}

/// The script that stands by where there is no network: it stands at the root under one name for ever.
pub fn standby() -> &'static str {
    include_str!("../own/standby.js")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(asset: &Asset) -> &'static str {
        std::str::from_utf8(asset.bytes).unwrap()
    }

    #[test]
    fn each_file_is_found_by_its_path_and_by_its_name() {
        for path in [stylesheet(), script(), icon()] {
            let asset = find(path).unwrap();
            assert_eq!(asset.path, path);
            assert_eq!(find(path.strip_prefix("/assets/").unwrap()), Some(asset));
            assert!(!asset.bytes.is_empty());
        }
        assert_eq!(find("quarterlight.css"), None);
        assert_eq!(find("/assets/../assets.rs"), None);
    }

    #[test]
    fn stylesheet_loads_nothing_and_names_no_font_of_the_government() {
        let css = text(&STYLESHEET);
        for absent in ["url(", "@font-face", "@import", "GDS Transport", "crest", "Calvert"] {
            assert!(!css.contains(absent), "{absent}");
        }
        assert!(css.contains("font-family:arial,sans-serif"));
        assert!(css.contains(".govuk-radios__item"));
        assert!(css.contains(".quarterlight-header"));
    }

    #[test]
    fn script_is_one_module_without_imports_or_exports() {
        let js = text(&SCRIPT);
        for absent in ["export{", "import ", "sourceMappingURL", "eval(", "new Function"] {
            assert!(!js.contains(absent), "{absent}");
        }
        assert!(js.contains("govuk-frontend-supported"));
    }

    #[test]
    fn both_carry_the_licence_of_the_design_system() {
        for asset in [&STYLESHEET, &SCRIPT] {
            assert!(text(asset).contains("Permission is hereby granted"));
        }
    }
}
