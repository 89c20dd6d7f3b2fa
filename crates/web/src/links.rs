//! Every URL that a page links to, written here and nowhere else.

use quarterlight_domain::calendar::Quarter;
use quarterlight_domain::cell::CellPattern;
use quarterlight_domain::cohort::Cohort;
use quarterlight_domain::id::{
    ActionId, AuditId, CaseListId, CommentId, ConflictId, CycleId, DraftId, EditionId, PersonId,
    PlaceId, ProgrammeReleaseId, RecordId, ReportId, WorkerId,
};
use quarterlight_domain::standard::StandardCode;
use quarterlight_domain::timescale::rule::RuleCode;

/// A person's own work.
pub fn home() -> String {
    "/".to_owned()
}

/// Signing in.
pub fn sign_in() -> String {
    "/sign-in".to_owned()
}

/// Signing out.
pub fn sign_out() -> String {
    "/sign-out".to_owned()
}

/// The frameworks, their editions and drafts.
pub fn frameworks() -> String {
    "/frameworks".to_owned()
}

/// Starting a draft of a framework.
pub fn start_draft() -> String {
    "/frameworks/start".to_owned()
}

/// One edition of a framework.
pub fn edition(id: EditionId) -> String {
    format!("/frameworks/editions/{id}")
}

/// Starting a draft from a file.
pub fn start_from_file() -> String {
    "/frameworks/start/file".to_owned()
}

/// The spreadsheet in which a framework is written from nothing.
pub fn framework_template() -> String {
    "/frameworks/template".to_owned()
}

/// An edition as a spreadsheet.
pub fn edition_workbook(id: EditionId) -> String {
    format!("/frameworks/editions/{id}/workbook")
}

/// An edition as TOML.
pub fn edition_toml(id: EditionId) -> String {
    format!("/frameworks/editions/{id}/toml")
}

/// An edition as a blank form to print.
pub fn edition_form(id: EditionId) -> String {
    format!("/frameworks/editions/{id}/form")
}

/// What changed between two editions.
pub fn changes(edition: EditionId, earlier: EditionId) -> String {
    format!("/frameworks/editions/{edition}/changes/{earlier}")
}

/// A draft of an edition.
pub fn framework_draft(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}")
}

/// What changed from the edition before to a draft.
pub fn draft_changes(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/changes")
}

/// One standard of a draft.
pub fn draft_standard(id: DraftId, code: &StandardCode) -> String {
    format!("/frameworks/drafts/{id}/standards/{code}")
}

/// The title of a section of a draft.
pub fn draft_section(id: DraftId, letter: &str) -> String {
    format!("/frameworks/drafts/{id}/sections/{letter}")
}

/// Adding a standard to a draft.
pub fn add_standard(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/add")
}

/// Asking for comments on a draft.
pub fn ask(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/ask")
}

/// Taking a draft back from consultation.
pub fn end_consultation(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/end")
}

/// Giving a draft up.
pub fn set_aside(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/set-aside")
}

/// Commenting on a draft: on everything, or on one thing.
pub fn comment(id: DraftId, about: Option<&str>) -> String {
    format!("/frameworks/drafts/{id}/comment{}", of_place(about))
}

/// The comments on a draft, and their answers.
pub fn answers(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/answers")
}

/// Answering one comment.
pub fn answer_comment(id: DraftId, comment: CommentId) -> String {
    format!("/frameworks/drafts/{id}/answers/{comment}")
}

/// How the standards of the edition before follow on into a draft.
pub fn mapping(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/mapping")
}

/// Agreeing a draft.
pub fn agree(id: DraftId) -> String {
    format!("/frameworks/drafts/{id}/agree")
}

/// The rules about time.
pub fn timescales() -> String {
    "/timescales".to_owned()
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

/// A year's programme as a document, as it stands.
pub fn programme_draft(year: i16) -> String {
    format!("/reports/programmes/{year}")
}

/// The same as a PDF.
pub fn programme_draft_pdf(year: i16) -> String {
    format!("/reports/programmes/{year}/pdf")
}

/// Releasing a year's programme to members.
pub fn programme_release(year: i16) -> String {
    format!("/reports/programmes/{year}/release")
}

/// A programme as members were given it.
pub fn released_programme(id: ProgrammeReleaseId) -> String {
    format!("/reports/programmes/released/{id}")
}

/// The same as a PDF.
pub fn released_programme_pdf(id: ProgrammeReleaseId) -> String {
    format!("/reports/programmes/released/{id}/pdf")
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

/// Who makes an audit and by when, for whoever may change it.
pub fn allocation(id: AuditId) -> String {
    format!("/audits/{id}/allocation")
}

/// Giving an audit to somebody else.
pub fn give_audit(id: AuditId) -> String {
    format!("/audits/{id}/auditor")
}

/// Moving the day on which an audit is due.
pub fn move_audit(id: AuditId) -> String {
    format!("/audits/{id}/due")
}

/// An audit as its auditor works on it.
pub fn audit(id: AuditId) -> String {
    format!("/audits/{id}")
}

/// One standard of an audit.
pub fn standard(id: AuditId, code: &StandardCode) -> String {
    format!("/audits/{id}/standards/{code}")
}

/// Checking an audit's answers, grading it and submitting it.
pub fn submit(id: AuditId) -> String {
    format!("/audits/{id}/submit")
}

/// An audit as others read it.
pub fn read_audit(id: AuditId) -> String {
    format!("/audits/{id}/read")
}

/// The actions.
pub fn actions() -> String {
    "/actions".to_owned()
}

/// One action, and the form by which its owner says that it is addressed.
pub fn action(id: ActionId) -> String {
    format!("/actions/{id}")
}

/// Who is to do an action, and by when.
pub fn give(id: ActionId) -> String {
    format!("/actions/{id}/owner")
}

/// Somebody else's word on an action that is addressed.
pub fn verify(id: ActionId) -> String {
    format!("/actions/{id}/verify")
}

/// The reports.
pub fn reports() -> String {
    "/reports".to_owned()
}

/// The report of a quarter as it stands, for one service or for all.
pub fn draft(quarter: Quarter, service: Option<PlaceId>) -> String {
    format!("/reports/quarters/{quarter}{}", of_service(service))
}

/// The same as a PDF.
pub fn draft_pdf(quarter: Quarter, service: Option<PlaceId>) -> String {
    format!("/reports/quarters/{quarter}/pdf{}", of_service(service))
}

/// Releasing the report of a quarter.
pub fn release(quarter: Quarter, service: Option<PlaceId>) -> String {
    format!("/reports/quarters/{quarter}/release{}", of_service(service))
}

/// A released report.
pub fn report(id: ReportId) -> String {
    format!("/reports/{id}")
}

/// The same as a PDF.
pub fn report_pdf(id: ReportId) -> String {
    format!("/reports/{id}/pdf")
}

fn of_service(service: Option<PlaceId>) -> String {
    service.map_or(String::new(), |id| format!("?service={id}"))
}

fn of_place(about: Option<&str>) -> String {
    about.map_or(String::new(), |code| format!("?about={code}"))
}
