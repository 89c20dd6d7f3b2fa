//! Links to case lists, records, rules about time, coverage, the programme and the cycles.

use quarterlight_domain::cell::CellPattern;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::id::{
    CaseListId, ConflictId, CycleId, ExclusionId, PersonId, PlaceId, RecordId, WorkerId,
};
use quarterlight_domain::timescale::rule::RuleCode;

/// The rules about time.
pub fn timescales() -> String {
    "/timescales".to_owned()
}

/// How often auditors overruled what each rule proposed, in all audits or in one cycle's.
pub fn overruled(cycle: Option<CycleId>) -> String {
    match cycle {
        Some(id) => format!("/timescales/overruled?cycle={id}"),
        None => "/timescales/overruled".to_owned(),
    }
}

/// One rule about time, and the form to change it.
pub fn timescale(code: &RuleCode) -> String {
    format!("/timescales/{code}")
}

/// The case lists that were read, and the form to read another.
pub fn case_lists() -> String {
    "/case-lists".to_owned()
}

/// One case list, to be looked at before it is taken in.
pub fn case_list(id: CaseListId) -> String {
    format!("/case-lists/{id}")
}

/// Taking a case list in.
pub fn take_in(id: CaseListId) -> String {
    format!("/case-lists/{id}/take-in")
}

/// Naming the columns of a list that was sent and waits.
pub fn columns(token: &str) -> String {
    format!("/case-lists/columns/{token}")
}

/// What was wrong with the files of a case list, as a spreadsheet.
pub fn case_list_problems(id: CaseListId) -> String {
    format!("/case-lists/{id}/problems")
}

/// The lists of a case list, compared with one another.
pub fn compared(id: CaseListId) -> String {
    format!("/case-lists/{id}/lists")
}

/// The records of one list that another source does not have.
pub fn on_one_list(id: CaseListId, list: u32, without: u32) -> String {
    format!("/case-lists/{id}/apart?list={list}&without={without}")
}

/// The records that stand on a list and are not open, by why.
pub fn not_open(id: CaseListId, standing: &str) -> String {
    format!("/case-lists/{id}/apart?standing={standing}")
}

/// The records on which lists differ about one matter.
pub fn conflicts(id: CaseListId, matter: &str) -> String {
    format!("/case-lists/{id}/conflicts?matter={matter}")
}

/// The records that are new, changed or gone.
pub fn list_changes(id: CaseListId, what: &str) -> String {
    format!("/case-lists/{id}/changes?what={what}")
}

/// The matches that a person must settle.
pub fn doubts(id: CaseListId) -> String {
    format!("/case-lists/{id}/doubts")
}

/// The open records.
pub fn records() -> String {
    "/records".to_owned()
}

/// The open records of one cell of the coverage table.
pub fn records_of(service: Option<PlaceId>, cohort: Cohort) -> String {
    let service = service.map_or(String::new(), |id| format!("service={id}&"));
    format!("/records?{service}cohort={}", cohort.code())
}

/// The open records of a cell, or of every cell that a pattern names.
pub fn records_in(pattern: &CellPattern) -> String {
    format!("/records?cells={pattern}")
}

/// One record.
pub fn record(id: RecordId) -> String {
    format!("/records/{id}")
}

/// Who has looked at a record.
pub fn looks(id: RecordId) -> String {
    format!("/records/{id}/looks")
}

/// Who audits which records.
pub fn coverage() -> String {
    "/coverage".to_owned()
}

/// Choosing cells of coverage by what they have in common.
pub fn cells() -> String {
    "/coverage/cells".to_owned()
}

/// One cell of coverage, or every cell that a pattern names.
pub fn cell(pattern: &CellPattern) -> String {
    format!("/coverage/cells/{pattern}")
}

/// Saying who audits the records of a cell.
pub fn claim_cell(pattern: &CellPattern) -> String {
    format!("/coverage/cells/{pattern}/claim")
}

/// Asking for records of a cell in the next draw.
pub fn ask_for_cell(pattern: &CellPattern) -> String {
    format!("/coverage/cells/{pattern}/ask")
}

/// Taking a request to the next draw back.
pub fn withdraw_request(pattern: &CellPattern) -> String {
    format!("/coverage/cells/{pattern}/withdraw")
}

/// Every cell as a workbook.
pub fn coverage_workbook() -> String {
    "/coverage/workbook".to_owned()
}

/// The cycles, and the form to open one.
pub fn cycles() -> String {
    "/cycles".to_owned()
}

/// One cycle.
pub fn cycle(id: CycleId) -> String {
    format!("/cycles/{id}")
}

/// Drawing a cycle's sample.
pub fn draw(id: CycleId) -> String {
    format!("/cycles/{id}/draw")
}

/// The records that are excluded by name from the draw of a cycle.
pub fn exclusions(id: CycleId) -> String {
    format!("/cycles/{id}/exclusions")
}

/// Taking an exclusion back.
pub fn end_exclusion(id: CycleId, exclusion: ExclusionId) -> String {
    format!("/cycles/{id}/exclusions/{exclusion}")
}

/// The draw as a file from which anybody can repeat it.
pub fn draw_file(id: CycleId) -> String {
    format!("/cycles/{id}/draw-file")
}

/// What became of a cycle's sample: swaps, top-ups, and what could not be drawn.
pub fn sample(id: CycleId) -> String {
    format!("/cycles/{id}/sample")
}

/// Swapping a record of the sample for the next of its stratum.
pub fn swap(id: CycleId, record: RecordId) -> String {
    format!("/cycles/{id}/swap/{record}")
}

/// Drawing more records for a cycle.
pub fn top_up(id: CycleId) -> String {
    format!("/cycles/{id}/top-up")
}

/// How a sample is drawn, for somebody who wishes to repeat it.
pub fn draw_method() -> String {
    "/draw-method".to_owned()
}

/// The programme of today's year.
pub fn programmes() -> String {
    "/programme".to_owned()
}

/// A year's programme.
pub fn programme(year: i16) -> String {
    format!("/programme/{year}")
}

/// Planning a year.
pub fn plan(year: i16) -> String {
    format!("/programme/{year}/plan")
}

/// Which services are audited by a framework of their own.
pub fn programme_frameworks(year: i16) -> String {
    format!("/programme/{year}/frameworks")
}

/// Assigning a cycle's audits.
pub fn assign(id: CycleId) -> String {
    format!("/cycles/{id}/assign")
}

/// How the audits of a cycle come on, by service.
pub fn progress(id: CycleId) -> String {
    format!("/cycles/{id}/progress")
}

/// Reminding those who have audits of a cycle to make.
pub fn remind(id: CycleId) -> String {
    format!("/cycles/{id}/remind")
}

/// Closing a cycle, with a reason for each audit that was not made.
pub fn close(id: CycleId) -> String {
    format!("/cycles/{id}/close")
}

/// The auditors, and what is known of each.
pub fn auditors() -> String {
    "/auditors".to_owned()
}

/// What is known of one auditor.
pub fn auditor(id: PersonId) -> String {
    format!("/auditors/{id}")
}

/// The workers, and whom each signs in as.
pub fn workers() -> String {
    "/workers".to_owned()
}

/// What is known of one worker.
pub fn worker(id: WorkerId) -> String {
    format!("/workers/{id}")
}

/// What keeps people from records, and the form to declare it.
pub fn declared_conflicts() -> String {
    "/conflicts".to_owned()
}

/// Saying that a conflict has ended.
pub fn end_conflict(id: ConflictId) -> String {
    format!("/conflicts/{id}/end")
}
