//! The return as XML, one child at a time: its blocks become the rows of the tables.

use super::entry::Entry;
use super::gathered::Gathered;
use super::table::{Table, plain};
use crate::limits::Limits;
use crate::return_values::truth;
use crate::xml_blocks::{Block, Blocks, Shape};
use crate::xml_events::{Broken, begin};
use crate::xml_text::text;
use quarterlight_domain::need::Known;

/// The tables that the XML form has; it is older than the others.
const TABLES: [Table; 10] = [
    Table::Header,
    Table::Episodes,
    Table::Reviews,
    Table::Unaccompanied,
    Table::Missing,
    Table::Health,
    Table::Leavers,
    Table::Adopted,
    Table::PlacedForAdoption,
    Table::PreviousPermanence,
];

const SHAPES: &[Shape] = &[
    Shape { name: "EXPSSDA903", within: "", read: &[], not_needed: &[] },
    Shape { name: "CHILD", within: "EXPSSDA903", read: &[], not_needed: &[] },
    Shape {
        name: "HEADER",
        within: "CHILD",
        read: &["CHILDID", "DOB", "ETHNIC", "UASC", "DUC", "IN_TOUCH", "DATE_INT"],
        not_needed: &[
            "UPN",
            "SEX",
            "MOTHER",
            "MC_DOB",
            "ACTIV",
            "ACCOM",
            "DATE_MATCH",
            "FOSTER_CARE",
            "NB_ADOPTR",
            "SEX_ADOPTR",
            "LS_ADOPTR",
        ],
    },
    Shape {
        name: "EPISODE",
        within: "CHILD",
        read: &["DECOM", "RNE", "LS", "DEC", "REC"],
        not_needed: &[
            "CIN",
            "PL",
            "PLACE_PROVIDER",
            "REASON_PLACE_CHANGE",
            "HOME_POST",
            "PL_POST",
            "URN",
            "PL_DISTANCE",
            "PL_LA",
            "PL_LOCATION",
        ],
    },
    Shape {
        name: "AMISSING",
        within: "HEADER",
        read: &["MISSING", "MIS_START", "MIS_END"],
        not_needed: &[],
    },
    Shape { name: "AREVIEW", within: "HEADER", read: &["REVIEW"], not_needed: &["REVIEW_CODE"] },
    Shape {
        name: "AD_PLACED",
        within: "HEADER",
        read: &[],
        not_needed: &["DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"],
    },
    Shape {
        name: "PERMANENCE",
        within: "HEADER",
        read: &[],
        not_needed: &["PREV_PERM", "LA_PERM", "DATE_PERM"],
    },
    Shape {
        name: "OC2",
        within: "HEADER",
        read: &[],
        not_needed: &[
            "SDQ_SCORE",
            "SDQ_REASON",
            "CONVICTED",
            "HEALTH_CHECK",
            "IMMUNISATIONS",
            "TEETH_CHECK",
            "HEALTH_ASSESSMENT",
            "SUBSTANCE_MISUSE",
            "INTERVENTION_RECEIVED",
            "INTERVENTION_OFFERED",
        ],
    },
];

/// Reads the whole file.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    gathered: &mut Gathered,
) -> Result<(), Broken> {
    let source = text(bytes, limits)?;
    begin(&source, "EXPSSDA903")?;
    // Once to the end without keeping anything: a file that breaks off half-way is not used at all.
    let mut blocks = Blocks::new(&source, SHAPES, limits);
    let mut children = 0_usize;
    while let Some(block) = blocks.next()? {
        children += usize::from(block.name == "CHILD");
    }
    if children == 0 {
        return Err(Broken::Another("it has no child".to_owned()));
    }
    gathered.elements(name, &blocks.count);
    let sheets = TABLES.map(|table| (table, gathered.element_sheet(name, table)));
    let mut blocks = Blocks::new(&source, SHAPES, limits);
    let mut entries: Vec<Entry> = Vec::new();
    while let Some(block) = blocks.next()? {
        if block.name != "CHILD" {
            rows(&block, &mut entries);
            continue;
        }
        // The reference stands in one block and holds for all.
        let header = entries.iter().find(|entry| entry.table == Table::Header);
        let child = header.map(|entry| entry.text("CHILD").to_owned()).unwrap_or_default();
        if header.is_none() {
            entries.push(Entry::new(Table::Header, 0, block.line));
        }
        for mut entry in entries.drain(..) {
            if entry.text("CHILD").is_empty() {
                entry.put("CHILD", &child);
            }
            let sheet = sheets.iter().find(|(table, _)| *table == entry.table);
            entry.sheet = sheet.map_or(0, |(_, sheet)| *sheet);
            gathered.add(entry);
        }
    }
    Ok(())
}

/// The rows that a block makes.
fn rows(block: &Block<'_>, entries: &mut Vec<Entry>) {
    let row = |table: Table| {
        let mut entry = Entry::new(table, 0, block.line);
        for field in block.all() {
            entry.put(&plain(field.name), &field.text);
        }
        entry
    };
    match block.name {
        "HEADER" => {
            entries.push(row(Table::Header));
            let is_unaccompanied = truth(block.text("UASC")) == Known::Yes;
            if is_unaccompanied || block.field("DUC").is_some() {
                entries.push(row(Table::Unaccompanied));
            }
            if block.field("IN_TOUCH").is_some() {
                entries.push(row(Table::Leavers));
            }
            if block.field("DATE_INT").is_some() {
                entries.push(row(Table::Adopted));
            }
        }
        "EPISODE" => entries.push(row(Table::Episodes)),
        "AMISSING" => entries.push(row(Table::Missing)),
        "AREVIEW" => entries.push(row(Table::Reviews)),
        "AD_PLACED" => entries.push(row(Table::PlacedForAdoption)),
        "PERMANENCE" => entries.push(row(Table::PreviousPermanence)),
        "OC2" => entries.push(row(Table::Health)),
        _ => {}
    }
}
