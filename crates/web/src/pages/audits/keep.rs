//! What is typed on the page of a standard, saved as it is typed: an answer where there is one, and
//! otherwise the words as they are.

use axum::body::Bytes;
use quarterlight_domain::judgement::Answer;
use quarterlight_domain::stamp::time_in_england;
use quarterlight_domain::standard::StandardCode;
use quarterlight_store::Saved;

use super::answer_form::AnswerForm;
use super::given::ToAnswer;
use super::{InHand, ToMake, proposal};
use crate::app::App;
use crate::error::Failure;
use crate::form::Filled;
use crate::{links, page};

/// The longest form that is kept as it is, in bytes.
const LONGEST: usize = 64 * 1024;

/// Saves what was typed, and says in a word what became of it: `saved 10:42` as an answer, `kept
/// 10:42` as words, `conflict` with what was saved meanwhile, or `closed`.
///
/// # Errors
/// There is no such page for anybody but the auditor, and whoever was it when they opened the page.
pub async fn post(app: App, audit: ToAnswer, bytes: Bytes) -> page::Result {
    let ToAnswer::Theirs(audit) = audit else { return page::told("closed") };
    if bytes.len() > LONGEST {
        return Err(Failure::TooLarge);
    }
    let code = audit.standard.clone().ok_or(Failure::NotFound)?;
    let form: Filled<AnswerForm> = Filled::read(bytes.clone(), &app).await?;
    let form = form.0;
    let at = time_in_england(audit.visitor.at);
    let answer = form.answer(&code).filter(|_| form.is_answer);
    if let Some(answer) = answer {
        let judgement = answer.judgement;
        let saved = save(&app, &audit, &form, answer).await?;
        if matches!(saved, Saved::Yes | Saved::Already) && !form.proposed.is_empty() {
            proposal::keep(&app, &audit, &code, (judgement, &form.overruled)).await?;
        }
        match saved {
            Saved::Yes | Saved::Already if form.put_right.trim().is_empty() => {
                let (id, person) = (audit.audit.id, audit.visitor.id());
                // Another window may have left words of its own; those stay.
                if form.restored.is_empty() {
                    app.store.unfinished.settle((id, &code, person), form.page()).await?;
                } else {
                    app.store.unfinished.let_go(id, &code, person).await?;
                }
                return page::told(format!("saved {at}"));
            }
            // The finding is raised when the auditor goes on; until then its words are kept.
            Saved::Yes | Saved::Already => {}
            Saved::Conflict(_) => {
                words(&app, &audit, (&code, &form), &bytes).await?;
                return page::told("conflict");
            }
            Saved::Closed => return page::told("closed"),
        }
    }
    if words(&app, &audit, (&code, &form), &bytes).await? {
        page::told(format!("kept {at}"))
    } else {
        page::told("closed")
    }
}

/// Goes back to what is saved.
///
/// # Errors
/// There is no such page for anybody but the auditor.
pub async fn let_go(app: App, audit: ToMake) -> page::Result {
    let code = audit.standard.clone().ok_or(Failure::NotFound)?;
    app.store.unfinished.let_go(audit.audit.id, &code, audit.visitor.id()).await?;
    page::see_other(links::standard(audit.audit.id, &code))
}

async fn save(
    app: &App,
    audit: &InHand,
    form: &AnswerForm,
    answer: Answer,
) -> Result<Saved, Failure> {
    let Ok(answered) = audit.audit.answer(audit.contents(), answer) else {
        return Ok(Saved::Closed);
    };
    let stamp = audit.visitor.stamp("answered a standard");
    Ok(app.store.answers.save_from(&stamp, &answered, None, form.page()).await?)
}

async fn words(
    app: &App,
    audit: &InHand,
    (code, form): (&StandardCode, &AnswerForm),
    bytes: &Bytes,
) -> Result<bool, Failure> {
    let typed = std::str::from_utf8(bytes).map_err(|_| Failure::Unreadable)?;
    let place = (audit.audit.id, code, audit.visitor.id());
    Ok(app.store.unfinished.keep(place, (typed, form.page()), audit.visitor.at).await?)
}
