//! Commenting on a draft: a box for the whole, for each section and each standard; or one at a time.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::comment::{About, Comment};
use quarterlight_domain::consultation::Consultation;
use quarterlight_domain::permission::Deed;
use quarterlight_domain::text::bounded;
use quarterlight_store::Commented;
use serde::Deserialize;

use super::{InHand, ToComment};
use crate::app::App;
use crate::form::Filled;
use crate::govuk::{Button, ErrorSummary, Field, Textarea};
use crate::layout::Frame;
use crate::{links, page};

/// What was typed: a field for each thing that can be commented on, and the version that was seen.
type CommentForm = BTreeMap<String, String>;

/// What was wrong, by the code of the thing.
type Wrong = BTreeMap<String, String>;

/// Which thing to comment on; none for all of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    about: Option<String>,
}

/// One thing to comment on.
#[derive(Debug, Clone)]
struct Place {
    /// The heading of its section, before the first thing of it.
    section: Option<String>,
    heading: String,
    /// What met looks like, for a standard.
    says: String,
    comment: Textarea,
    version: (String, u32),
    /// What others said of it, where this person may see that.
    others: Vec<String>,
}

/// The page of comments.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/comment.html")]
pub struct CommentPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    until: String,
    note: String,
    /// The other way to comment: all at once, or one at a time.
    other_way: (String, String),
    action: String,
    /// The thing commented on, where it is one at a time.
    about: Option<String>,
    places: Vec<Place>,
    send: Button,
    none: Option<Button>,
}

/// Shows the boxes.
///
/// # Errors
/// Refuses once the closing date is past. There is no such page for those who were not asked.
pub async fn get(draft: ToComment, Query(asked): Query<Asked>) -> page::Result {
    let id = draft.visitor.id();
    let consultation = draft.draft.may_be_commented_by(id, draft.visitor.today)?;
    let about = asked.about.as_deref().and_then(About::from_code);
    let form = saved(&draft, consultation);
    page::show(&CommentPage::new(&draft, consultation, about.as_ref(), (&form, &Wrong::new())))
}

/// Keeps the comments, or that there are none.
///
/// # Errors
/// Refuses once the closing date is past. There is no such page for those who were not asked.
pub async fn post(app: App, draft: ToComment, Filled(form): Filled<CommentForm>) -> page::Result {
    let id = draft.visitor.id();
    let consultation = draft.draft.may_be_commented_by(id, draft.visitor.today)?;
    let about = form.get("about").and_then(|code| About::from_code(code));
    let key = (draft.draft.id, consultation.id);
    let mut wrong = Wrong::new();
    let mut comments = Vec::new();
    for thing in things(&draft) {
        let code = thing.code();
        let Some(typed) = form.get(&code) else { continue };
        match bounded(typed) {
            Ok(words) => {
                let version = form.get(&format!("version-{code}"));
                let version = version.and_then(|it| it.parse().ok()).unwrap_or(0);
                comments.push((thing, words, version));
            }
            Err(refusal) => {
                wrong.insert(code, refusal.sentence().to_owned());
            }
        }
    }
    let has_none = form.get("answer").is_some_and(|answer| answer == "none");
    if has_none && let Some((thing, _, _)) = comments.iter().find(|(_, words, _)| !words.is_empty())
    {
        let sentence = "You wrote a comment. Send it, or remove what you wrote";
        wrong.insert(thing.code(), sentence.to_owned());
    }
    let again = |form: &CommentForm, wrong: &Wrong| {
        page::again(&CommentPage::new(&draft, consultation, about.as_ref(), (form, wrong)))
    };
    if !wrong.is_empty() {
        return again(&form, &wrong);
    }
    let stamp = draft.visitor.stamp("commented on a draft");
    match app.store.consultations.comment(&stamp, key, id, &comments).await? {
        Commented::Yes => {}
        Commented::Closed => return page::see_other(links::framework_draft(draft.draft.id)),
        Commented::Conflict(things) => {
            let mut form = form;
            for thing in things {
                let code = thing.code();
                let kept = mine(&draft, consultation, &thing);
                let sentence = match kept {
                    Some(kept) if kept.reply.is_some() => {
                        "This comment has been answered, so it can no longer be changed".to_owned()
                    }
                    Some(kept) => format!(
                        "You saved “{}” in another window. Send once more to replace it",
                        kept.words
                    ),
                    None => "This was saved in another window meanwhile".to_owned(),
                };
                form.insert(format!("version-{code}"), kept.map_or(0, |it| it.version).to_string());
                wrong.insert(code, sentence);
            }
            return again(&form, &wrong);
        }
    }
    if has_none {
        let stamp = draft.visitor.stamp("had no comments on a draft");
        app.store.consultations.no_comments(&stamp, key, id).await?;
    }
    // One at a time: on to the next thing.
    let all = things(&draft);
    let next = about
        .as_ref()
        .filter(|_| !has_none)
        .and_then(|about| all.iter().skip_while(|thing| *thing != about).nth(1));
    page::see_other(match next {
        Some(next) => links::comment(draft.draft.id, Some(&next.code())),
        None => format!("{}?thanks", links::framework_draft(draft.draft.id)),
    })
}

/// Everything that can be commented on, in order.
fn things(draft: &InHand) -> Vec<About> {
    let mut things = vec![About::Whole];
    for section in &draft.draft.sections {
        let standards = section.standards.iter().filter(|it| !it.dropped);
        let codes: Vec<About> =
            standards.map(|it| About::Standard(it.standard.code.clone())).collect();
        if !codes.is_empty() {
            things.push(About::Section(section.letter.clone()));
            things.extend(codes);
        }
    }
    things
}

/// This person's own comment on a thing.
fn mine<'a>(draft: &'a InHand, of: &Consultation, about: &About) -> Option<&'a Comment> {
    draft.draft.comments.iter().find(|comment| {
        comment.consultation == of.id
            && comment.person == draft.visitor.id()
            && comment.about == *about
    })
}

/// The form filled in with what is kept.
fn saved(draft: &InHand, of: &Consultation) -> CommentForm {
    let mut form = CommentForm::new();
    for comment in things(draft).iter().filter_map(|about| mine(draft, of, about)) {
        let code = comment.about.code();
        form.insert(format!("version-{code}"), comment.version.to_string());
        form.insert(code, comment.words.clone());
    }
    form
}

impl CommentPage {
    fn new(
        draft: &InHand,
        consultation: &Consultation,
        about: Option<&About>,
        (form, wrong): (&CommentForm, &Wrong),
    ) -> Self {
        let all = things(draft);
        let about = about.filter(|about| all.contains(about));
        let shown = all.iter().filter(|thing| about.is_none_or(|about| about == *thing));
        let places: Vec<Place> = shown.map(|thing| place(draft, thing, (form, wrong))).collect();
        let fields = places.iter().map(|place| &place.comment.field);
        let errors = fields.fold(ErrorSummary::new(), ErrorSummary::field);
        let id = draft.draft.id;
        let first = all.first().map(About::code);
        let title = about.map_or_else(
            || "Comment on this draft".to_owned(),
            |about| format!("Comment on this draft: {}", about.words().to_lowercase()),
        );
        Self {
            frame: Frame { has_errors: !wrong.is_empty(), ..draft.inner_frame(title) },
            caption: draft.title(),
            errors,
            until: format!("Comments are open until {}.", day_in_words(consultation.closes)),
            note: consultation.note.clone(),
            other_way: match about {
                Some(_) => (
                    "See the whole draft with a box for each standard".to_owned(),
                    links::comment(id, None),
                ),
                None => (
                    "Comment on one standard at a time".to_owned(),
                    links::comment(id, first.as_deref()),
                ),
            },
            action: links::comment(id, None),
            about: about.map(About::code),
            places,
            send: Button::submit(if about.is_some() {
                "Save and go on"
            } else {
                "Send your comments"
            })
            .answer("answer", "send"),
            none: about
                .is_none()
                .then(|| Button::submit("I have no comments").secondary().answer("answer", "none")),
        }
    }

    /// The whole draft, one standard, and hostile words with errors.
    pub fn samples() -> Vec<Self> {
        use crate::govuk::HOSTILE;

        let hostile = BTreeMap::from(
            ["whole", "section-B", "standard-B1"].map(|it| (it.to_owned(), HOSTILE.to_owned())),
        );
        let mut samples = Vec::new();
        for draft in super::sample::in_hand() {
            let Some(consultation) = draft.draft.consultations.first() else { continue };
            let about = About::from_code("standard-B1");
            let form = saved(&draft, consultation);
            let fine = Wrong::new();
            samples.push(Self::new(&draft, consultation, None, (&form, &fine)));
            samples.push(Self::new(&draft, consultation, about.as_ref(), (&form, &fine)));
            samples.push(Self::new(&draft, consultation, None, (&hostile, &hostile)));
        }
        samples
    }
}

fn place(draft: &InHand, about: &About, (form, wrong): (&CommentForm, &Wrong)) -> Place {
    let code = about.code();
    let (section, heading, says) = match about {
        About::Whole => {
            let heading = "The framework as a whole".to_owned();
            (Some(heading.clone()), heading, String::new())
        }
        About::Section(letter) => {
            let section = draft.draft.sections.iter().find(|it| it.letter == *letter);
            let title = section.map_or(String::new(), |it| format!("{letter}. {}", it.title));
            (Some(title), format!("Section {letter} as a whole"), String::new())
        }
        About::Standard(code) => match draft.draft.find(code) {
            Some((_, it)) => {
                let standard = &it.standard;
                let heading = format!("{code}. {}", standard.wording);
                (None, heading, standard.met_looks_like.clone())
            }
            None => (None, code.to_string(), String::new()),
        },
    };
    let field = Field::new(
        code.clone(),
        match about {
            About::Whole => "Your comment on the whole framework".to_owned(),
            About::Section(letter) => format!("Your comment on section {letter}"),
            About::Standard(code) => format!("Your comment on {code}"),
        },
    );
    let typed = form.get(&code).cloned().unwrap_or_default();
    let version = form.get(&format!("version-{code}")).and_then(|it| it.parse().ok());
    let others = draft.draft.comments.iter().filter(|comment| {
        comment.about == *about
            && comment.person != draft.visitor.id()
            && !comment.words.is_empty()
            && draft.permits(Deed::ReadComment(&draft.draft, comment))
    });
    Place {
        section,
        heading,
        says,
        comment: Textarea::new(field.error(wrong.get(&code).cloned())).value(typed).rows(2),
        version: (format!("version-{code}"), version.unwrap_or(0)),
        others: others.map(|comment| format!("{}: {}", comment.name, comment.words)).collect(),
    }
}
