//! A draw file reads back as it was written, and whatever is changed in it is found.

use super::*;

fn file() -> DrawFile {
    let a = Stratum::new("in-need/child-protection").unwrap();
    let b = Stratum::new("disability/disabled-placed-out").unwrap();
    let records = (0..40).map(|n| {
        let stratum = if n % 5 == 0 { b.clone() } else { a.clone() };
        (stratum, Reference::new(&format!("R-{n}")).unwrap())
    });
    let frame = Frame::new(records).unwrap();
    let sizes = [(a, 5), (b, 3)].into();
    let seed = Seed::new("dice 4 2 6 1 on 1 October").unwrap();
    DrawFile::drawn("2026-Q4".parse().unwrap(), seed, frame, sizes).unwrap()
}

#[test]
fn a_file_reads_back_as_it_was_and_repeats() {
    let file = file();
    let again = DrawFile::read(&file.text()).unwrap();
    assert_eq!(again, file);
    assert_eq!(again.text(), file.text());
    again.verify().unwrap();
}

/// The same with a swap, a top-up of two strata, and a swap of what the top-up brought.
fn with_events() -> DrawFile {
    let mut file = file();
    let mut sample = file.sample().unwrap();
    let day = jiff::civil::date;
    let first = file.picks.first().unwrap().reference.clone();
    file.events.push(sample.swap(day(2026, 10, 9), SwapReason::Closed, &first).unwrap());
    let more = file.sizes.keys().map(|stratum| (stratum.clone(), 2)).collect();
    let top_up = sample.top_up(day(2026, 10, 20), &more).unwrap();
    let came = top_up.taken().last().unwrap().reference.clone();
    file.events.push(top_up);
    file.events.push(sample.swap(day(2026, 11, 12), SwapReason::Held, &came).unwrap());
    file
}

#[test]
fn events_read_back_and_repeat_and_go_on_from_the_draw() {
    let (draw, file) = (file(), with_events());
    let again = DrawFile::read(&file.text()).unwrap();
    assert_eq!(again, file);
    again.verify().unwrap();
    again.continues(&draw).unwrap();
    assert!(draw.continues(&file).is_err(), "the earlier one does not go on from the later");
    assert_eq!(again.sample().unwrap().picks().len(), 12);
    let other = DrawFile { seed: Seed::new("other dice").unwrap(), ..draw };
    let refusal = file.continues(&other).unwrap_err();
    assert!(refusal.sentence().contains("the seed is another"));
}

#[test]
fn every_change_to_a_line_is_found() {
    for file in [file(), with_events(), asked(), without()] {
        every_line_counts(&file.text());
    }
}

fn every_line_counts(text: &str) {
    for (index, line) in text.lines().enumerate() {
        // Each line loses its last character, or the draw another of its own.
        let mut lines: Vec<&str> = text.lines().collect();
        lines[index] = &line[..line.len() - 1];
        let found = DrawFile::read(&lines.join("\n")).and_then(|file| file.verify());
        // The quarter is a label: it takes no part in the draw, but a shorter one is no quarter.
        assert!(found.is_err(), "line {} without its end: {line}", index + 1);
        lines.remove(index);
        let found = DrawFile::read(&lines.join("\n")).and_then(|file| file.verify());
        assert!(found.is_err(), "without line {}: {line}", index + 1);
    }
}

/// A third of one stratum is asked for.
fn asked() -> DrawFile {
    let whole = Stratum::new("in-need/in-care").unwrap();
    let part = whole.asked_by(&[DrawRequestId(7)].into());
    let records = (0..30).map(|n| {
        let stratum = if n % 3 == 0 { part.clone() } else { whole.clone() };
        (stratum, Reference::new(&format!("R-{n}")).unwrap())
    });
    let seed = Seed::new("dice 4 2 6 1 on 1 October").unwrap();
    let quarter = "2026-Q4".parse().unwrap();
    let sizes = [(whole.clone(), 4), (part.clone(), 5)].into();
    let file = DrawFile::drawn(quarter, seed, Frame::new(records).unwrap(), sizes).unwrap();
    file.for_requests([(DrawRequestId(7), 5)].into()).unwrap()
}

#[test]
fn a_draw_states_the_requests_that_it_took_up_and_meets_them() {
    let file = asked();
    assert!(file.text().starts_with(WITH_MORE));
    assert!(file.text().contains("events 0\n"));
    assert!(file.text().contains("stratum in-need/in-care/asked-7 10 5\nasked 7 5\n"));
    let again = DrawFile::read(&file.text()).unwrap();
    assert_eq!(again, file);
    again.verify().unwrap();
    assert!(file.continues(&DrawFile { asked: BTreeMap::new(), ..file.clone() }).is_err());
    let too_few = file.text().replace("asked 7 5", "asked 7 6");
    let refusal = DrawFile::read(&too_few).unwrap().verify().unwrap_err();
    assert!(refusal.sentence().contains("at least 6, and 5 of the 10"), "{refusal}");
    let all =
        DrawFile::drawn(file.quarter, file.seed.clone(), file.frame.clone(), file.frame.sizes());
    all.unwrap().for_requests([(DrawRequestId(7), 500)].into()).unwrap();
    let other = file.for_requests([(DrawRequestId(8), 1)].into());
    assert!(other.is_err(), "no stratum holds its records");
}

/// Two records were excluded by name.
fn without() -> DrawFile {
    let reference = |name| Reference::new(name).unwrap();
    let excluded = [(reference("R-90"), SwapReason::Held), (reference("R-91"), SwapReason::Closed)];
    file().without(excluded.into()).unwrap()
}

#[test]
fn what_was_excluded_by_name_is_stated_and_cannot_be_drawn() {
    let file = without();
    assert!(file.text().starts_with(WITH_EXCLUDED));
    assert!(file.text().contains("\nexcluded 2\n"), "{}", file.text());
    assert!(file.text().contains("\nexcluded R-90 held\nexcluded R-91 closed\n"));
    let again = DrawFile::read(&file.text()).unwrap();
    assert_eq!(again, file);
    again.verify().unwrap();
    assert!(file.continues(&self::file()).is_err());
    // One that stands in the frame all the same.
    let drawable = file.picks.first().unwrap().reference.clone();
    let excluded: BTreeMap<_, _> = [(drawable, SwapReason::Held)].into();
    assert!(file.clone().without(excluded.clone()).is_err());
    let forged = DrawFile { excluded, ..file };
    let refusal = DrawFile::read(&forged.text()).unwrap().verify().unwrap_err();
    assert!(refusal.sentence().contains("excluded by name"), "{refusal}");
}

#[test]
fn a_record_swapped_for_another_is_named() {
    let mut file = file();
    file.picks.swap(0, 1);
    let refusal = file.verify().unwrap_err();
    assert!(refusal.sentence().starts_with("The draw cannot be repeated: at place 1"));
}

#[test]
fn what_is_not_a_draw_file_is_said_to_be_none() {
    for text in
        ["", "\0", "quarterlight draw, form 1", "quarterlight draw, form 2\nquarter 2026-Q4"]
    {
        assert!(DrawFile::read(text).is_err());
    }
}
