//! The method page is enough: its example and its script repeat our draws without our code.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use quarterlight_domain::case_list::Reference;
use quarterlight_domain::draw::Seed;
use quarterlight_domain::draw_event::SwapReason;
use quarterlight_domain::draw_file::DrawFile;
use quarterlight_domain::frame::{Frame, Stratum};
use quarterlight_domain::id::DrawRequestId;
use quarterlight_domain::strata::{Least, share_out_with};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/draw-method.md");
    std::fs::read_to_string(path).unwrap()
}

/// The blocks of a kind, in the order of the page.
fn blocks(kind: &str) -> Vec<String> {
    let page = page();
    let parts = page.split("```").skip(1).step_by(2);
    let of_kind = parts.filter_map(|block| block.strip_prefix(kind)?.strip_prefix('\n'));
    of_kind.map(str::to_owned).collect()
}

/// Runs a program over a draw file, its words given on standard input.
fn run(program: &str, words: &[&str], input: &str, draw: &str, folder: &Path) -> (bool, String) {
    std::fs::write(folder.join("draw.txt"), draw).unwrap();
    let mut child = Command::new(program)
        .args(words)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("quarterlight-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn by_script(draw: &str, folder: &Path) -> (bool, String) {
    let script = blocks("python").concat();
    run("python3", &["-", "draw.txt"], &script, draw, folder)
}

/// A draw of three strata with swaps and top-ups, from a seed that is not ASCII. The odd ones were
/// asked for some of their records, by two requests that overlap.
fn drawn(number: usize) -> DrawFile {
    let strata = ["adoption/in-care", "in-need/child-protection", "in-need/in-care"];
    let records = (0..120).map(|record| {
        let stratum = strata[(record * 7 + number) % 11 % 3];
        let stratum = Stratum::new(stratum).unwrap();
        let asked = [(7, record % 4 == 0), (12, record % 6 == 0)].into_iter();
        let asked = asked.filter(|(_, named)| *named && number % 2 == 1);
        let asked = asked.map(|(id, _)| DrawRequestId(id)).collect();
        (stratum.asked_by(&asked), Reference::new(&format!("R-{record}")).unwrap())
    });
    let frame = Frame::new(records).unwrap();
    let named = |id: i64| {
        let names = frame.strata().keys().cloned();
        names.filter(|name| name.requests().contains(&DrawRequestId(id))).collect()
    };
    let asked: BTreeMap<_, _> = [(7, 5), (12, 4)].into_iter().filter(|_| number % 2 == 1).collect();
    let least = asked.iter().map(|(id, records)| Least { strata: named(*id), records: *records });
    let each =
        frame.strata().keys().map(|name| Least { strata: [name.clone()].into(), records: 2 });
    let least: Vec<Least> = least.chain(each).collect();
    let sizes = share_out_with(&frame.sizes(), &least, 9 + number);
    let asked = asked.into_iter().map(|(id, records)| (DrawRequestId(id), records)).collect();
    let seed = Seed::new(&format!("dés jetés le 1 octobre, {number}")).unwrap();
    let mut file = DrawFile::drawn("2026-Q4".parse().unwrap(), seed, frame, sizes).unwrap();
    file = file.for_requests(asked).unwrap();
    let mut sample = file.sample().unwrap();
    let day = jiff::civil::date(2026, 10, 12);
    for step in 0..number {
        // One from a stratum that has as many left as the step takes.
        let left = sample.left();
        let all = sample.picks();
        let mut picks: Vec<_> = all.iter().collect();
        picks.retain(|pick| left.get(&pick.stratum).is_some_and(|left| *left >= step.max(1)));
        let out = picks[step * 5 % picks.len()].clone();
        let event = if step % 2 == 0 {
            sample.swap(day, SwapReason::Held, &out.reference)
        } else {
            sample.top_up(day, &[(out.stratum, step)].into())
        };
        file.events.push(event.unwrap());
    }
    file
}

#[test]
fn the_example_can_be_repeated_with_standard_tools() {
    let folder = folder("example");
    let draw = blocks("draw").concat();
    let file = DrawFile::read(&draw).unwrap();
    file.verify().unwrap();
    assert_eq!(file.text(), draw);
    let (commands, outputs) = (blocks("sh"), blocks("output"));
    assert_eq!((commands.len(), outputs.len()), (2, 2));
    for (command, output) in commands.iter().zip(outputs) {
        let (done, said) = run("sh", &["-s"], command, &draw, &folder);
        assert!(done && said == output, "{command}\n{said}");
    }
    assert_eq!(by_script(&draw, &folder), (true, "R-11\nR-14\nR-15\nR-21\n".to_owned()));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_script_that_knows_the_page_alone_gets_the_same_records() {
    let folder = folder("script");
    for number in [0, 1, 4, 7] {
        let file = drawn(number);
        file.verify().unwrap();
        let mut sample: Vec<String> =
            file.sample().unwrap().picks().iter().map(|pick| pick.reference.to_string()).collect();
        sample.sort();
        let text = file.text();
        let (agrees, said) = by_script(&text, &folder);
        assert!(agrees, "draw {number}");
        assert_eq!(said.lines().collect::<Vec<_>>(), sample, "draw {number}");
        // Both see a record of the draw that was exchanged for another.
        let record = file.picks.first().unwrap().reference.to_string();
        let other = file.frame.strata().values().flatten().last().unwrap().to_string();
        assert_ne!(record, other);
        let line = |reference: &str| format!(" 1 {reference}\n");
        let forged = text.replacen(&line(&record), &line(&other), 1);
        assert_ne!(forged, text);
        assert!(!by_script(&forged, &folder).0, "draw {number}");
        assert!(DrawFile::read(&forged).and_then(|file| file.verify()).is_err());
        // And a request that was not met.
        let too_few = text.replacen("\nasked 7 5\n", "\nasked 7 29\n", 1);
        assert_eq!(too_few != text, number % 2 == 1);
        assert_eq!(by_script(&too_few, &folder).0, number % 2 == 0, "draw {number}");
        let again = DrawFile::read(&too_few).unwrap().verify();
        assert_eq!(again.is_ok(), number % 2 == 0);
    }
    std::fs::remove_dir_all(folder).unwrap();
}
