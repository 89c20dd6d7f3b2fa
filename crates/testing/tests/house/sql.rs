//! No value is written into the text of an SQL statement.

use crate::tree::{files, text};

/// Files that write the names of tables into SQL: every table, by the schema's own list of them.
const NAMES_TABLES: [&str; 1] = ["crates/store/src/whole.rs"];

/// The string literals of a source, with the line on which each begins.
fn literals(source: &str) -> Vec<(usize, String)> {
    let (mut found, mut line) = (Vec::new(), 1);
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => line += 1,
            '/' if chars.peek() == Some(&'/') => {
                while chars.peek().is_some_and(|next| *next != '\n') {
                    chars.next();
                }
            }
            '\'' if chars.peek() == Some(&'"') => {
                chars.next();
            }
            '"' => {
                let (begun, mut literal) = (line, String::new());
                while let Some(c) = chars.next().filter(|c| *c != '"') {
                    literal.push(c);
                    line += usize::from(c == '\n');
                    if c == '\\'
                        && let Some(next) = chars.next()
                    {
                        literal.push(next);
                        line += usize::from(next == '\n');
                    }
                }
                found.push((begun, literal));
            }
            _ => {}
        }
    }
    found
}

fn is_sql(literal: &str) -> bool {
    let words: Vec<&str> = literal.split_whitespace().collect();
    let starts = ["select", "insert", "update", "delete", "with"];
    words.first().is_some_and(|first| starts.contains(first))
        || words.contains(&"where") && words.contains(&"and")
        || words.contains(&"from") && words.contains(&"join")
}

/// True if something is filled in between quotation marks: the only way in which words could become
/// part of a statement, since words outside them are names of columns.
fn fills_in_a_value(literal: &str) -> bool {
    literal.split('\'').skip(1).step_by(2).any(|inside| inside.contains('{'))
}

#[test]
fn no_value_is_written_into_sql() {
    let all = files("crates/store/src", "rs").into_iter();
    for path in all.filter(|path| !NAMES_TABLES.contains(&path.as_str())) {
        for (line, literal) in literals(&text(&path)) {
            let is_right = !is_sql(&literal) || !fills_in_a_value(&literal);
            assert!(is_right, "{path}:{line} fills a value into SQL; bind it as $1: {literal}");
        }
    }
}

#[test]
fn a_value_that_is_written_into_sql_would_be_seen() {
    let source = "let query = format!(\"select id from record where reference = '{typed}'\");";
    let found = literals(source);
    let (line, literal) = found.first().unwrap();
    assert_eq!((found.len(), *line), (1, 1));
    assert!(is_sql(literal) && fills_in_a_value(literal));
    assert!(!fills_in_a_value("select id from record where state = 'open' and id = $1 {order}"));
}
