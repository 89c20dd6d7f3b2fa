//! An Annex A case list of as many invented children as one likes, in two lists of delimited text.

use std::fmt::Write;

/// Services among which the children are shared out; each has ten teams.
pub const SERVICES: u32 = 16;

/// The name of a service of the list.
pub fn service(number: u32) -> String {
    format!("Country Service {number:02}")
}

/// The name of a team of the list. Each ten are a service's.
pub fn team(number: u32) -> String {
    format!("Country Team {number:03}")
}

/// Lists 6 (in need) and 8 (in care), of so many open records together. The same number gives the
/// same list: nothing in it is drawn, everything follows from the child's place in the list.
pub fn annex_a(records: u32) -> [(String, Vec<u8>); 2] {
    let common = "Child Unique ID,Gender,Ethnicity,Date of Birth,Does the Child have a Disability";
    let mut need = format!(
        "{common},CIN Start Date,Primary Need Code,Date Child Was Last Seen,CIN Closure Date,\
         Reason for Closure,Case Status,Allocated Team,Allocated Worker\n"
    );
    let mut care = format!(
        "{common},Date Started to be Looked After,Child's Category of Need,\
         Start date of current legal status,Child's Legal Status,Date of Latest Statutory Review,\
         Date of Last Social Work Visit,Start Date of Most Recent Placement,Placement Type,\
         Placement Provider,Placement Location,LA of Placement,Allocated Team,Allocated Worker\n"
    );
    for child in 0..records {
        let mixed = spread(child);
        let (month, day) = (1 + mixed % 12, 1 + mixed / 12 % 28);
        let disabled = ["N", "N", "N", "N", "N", "N", "N", "N", "Y", ""].at(mixed / 7);
        let ours = team(mixed / 3 % (SERVICES * 10));
        let worker = format!("Worker Number {:05}", mixed / 5 % (1 + records / 16));
        let id = 1_000_000 + child;
        let born = format!("{day:02}/{month:02}/{}", 2009 + mixed % 15);
        let line = format!("{id},b) Female,a) WBRI,{born},{disabled}");
        let written = if mixed.is_multiple_of(4) {
            let law = ["C2", "E1", "V2", "C1"].at(mixed / 11);
            let place = ["a) In", "b) Out", ""].at(mixed / 13);
            writeln!(
                care,
                "{line},{day:02}/{month:02}/2025,N1,{day:02}/{month:02}/2025,{law},\
                 {day:02}/09/2026,{day:02}/10/2026,{day:02}/{month:02}/2025,U6,PR1,{place},,\
                 {ours},{worker}"
            )
        } else {
            let status = ["b) Assessment", "c) Child in need plan", "d) Child protection plan"]
                .at(mixed / 17);
            writeln!(
                need,
                "{line},{day:02}/{month:02}/2025,N1,{day:02}/10/2026,,,{status},{ours},{worker}"
            )
        };
        // Writing to a text cannot fail.
        let _ = written;
    }
    [("list_6.csv".to_owned(), need.into_bytes()), ("list_8.csv".to_owned(), care.into_bytes())]
}

/// Shakes a number, so that neighbours in the list have nothing in common.
fn spread(number: u32) -> u32 {
    let mixed = (number ^ number >> 16).wrapping_mul(0x45d9_f3b5);
    let mixed = (mixed ^ mixed >> 15).wrapping_mul(0x045d_9f3b);
    mixed ^ mixed >> 16
}

/// One of a few texts, by a number of any size.
trait At {
    fn at(&self, number: u32) -> &'static str;
}

impl<const N: usize> At for [&'static str; N] {
    fn at(&self, number: u32) -> &'static str {
        let place = usize::try_from(number).unwrap_or(0) % N;
        self.get(place).copied().unwrap_or_default()
    }
}
