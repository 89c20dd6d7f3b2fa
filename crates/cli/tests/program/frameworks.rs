//! Frameworks as files: out as a spreadsheet or TOML, and in again as a draft that says the same.

use std::fs;

use quarterlight_testing::engines::{Engine, Fresh};

use crate::commands::run;

#[test]
fn a_framework_goes_out_as_each_kind_of_file_and_comes_back_as_a_draft() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let fresh = Fresh::on(engine);
        let run = |words: &[&str]| run(&fresh.address, words, "");
        assert_eq!(run(&["migrate"]).code, 0);
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let ours = "Children's social care records";
        for file in ["ours.toml", "ours.xlsx"] {
            let out = run(&["framework", "export", "--name", ours, &path(file)]);
            assert_eq!(out.code, 0, "{}", out.err);
            let back = run(&["framework", "import", &path(file), "--name", "Ours again"]);
            assert_eq!(back.code, 0, "{}", back.err);
            assert!(back.out.contains("Ours again: 45 standards in 11 sections"), "{}", back.out);
        }
        let list = run(&["framework", "list"]).out;
        assert_eq!(list.matches("Ours again: Draft 1").count(), 2, "{list}");
        assert!(list.contains("Fostering households' records: 21 standards"), "{list}");
        let started = run(&["framework", "start", "adoption records"]);
        assert!(started.out.contains("Adoption records: 22 standards"), "{}", started.err);
        assert_eq!(run(&["framework", "start", "Nothing"]).code, 1);
        let none = run(&["framework", "export", "--name", ours, "--edition", "9", &path("x.toml")]);
        assert!(none.err.contains("There is no edition 9"), "{}", none.err);
        assert_eq!(run(&["framework", "export", "--name", ours, &path("x.pdf")]).code, 1);
    }
}

#[test]
fn a_file_with_one_wrong_row_starts_no_draft_and_says_which_row() {
    let fresh = Fresh::on(Engine::Sqlite);
    let run = |words: &[&str]| run(&fresh.address, words, "");
    assert_eq!(run(&["migrate"]).code, 0);
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    assert_eq!(run(&["framework", "template", &path("template.xlsx")]).code, 0);
    let blank = run(&["framework", "import", &path("template.xlsx")]);
    assert_eq!(blank.code, 1);
    assert!(blank.err.contains("needs at least one section"), "{}", blank.err);
    let ours = "Children's social care records";
    assert_eq!(run(&["framework", "export", "--name", ours, &path("ours.toml")]).code, 0);
    let good = fs::read_to_string(path("ours.toml")).unwrap();
    fs::write(path("wrong.toml"), good.replacen("kind = \"quality\"", "kind = \"both\"", 1))
        .unwrap();
    let wrong = run(&["framework", "import", &path("wrong.toml")]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("Write compliance or quality."), "{}", wrong.err);
    assert!(!run(&["framework", "list"]).out.contains("Draft 1"), "nothing was kept");
    let dry = run(&["framework", "import", &path("ours.toml"), "--dry-run"]);
    assert!(dry.out.contains("45 standards"), "the control: {}", dry.err);
    assert!(!run(&["framework", "list"]).out.contains("Draft 1"), "a dry run keeps nothing");
}
