//! One standard of a draft: its words, its kind, whose records it is asked of, and where it comes from.

use askama::Template;
use quarterlight_domain::changes::pieces;
use quarterlight_domain::draft::{DraftStandard, LONGEST_MET, LONGEST_WORDING};
use quarterlight_domain::edition::Origin;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::standard::{Applies, Standard, StandardCode, StandardKind};
use quarterlight_domain::text::bounded;
use quarterlight_store::DraftKept;
use serde::Deserialize;

use super::lines::{StandardLine, children, line};
use super::{InHand, ToWrite};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, Filled};
use crate::govuk::{
    Button, CheckboxItem, Checkboxes, ErrorSummary, Field, LabelSize, RadioItem, Radios, TextInput,
    Textarea,
};
use crate::layout::Frame;
use crate::worded::Worded;
use crate::{links, page};

/// What was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct StandardForm {
    /// The standard in a few words.
    pub wording: String,
    /// What an auditor sees when it is met.
    pub met: String,
    /// Compliance or quality.
    pub kind: String,
    /// Whose records it is asked of.
    pub applies: Vec<String>,
    /// Any of `critical`, `dip` and `core`.
    pub is: Vec<String>,
    /// Where it comes from.
    pub source: String,
    /// The version that the writer saw.
    pub version: u32,
    /// `drop` or `restore`, by the button that was pressed.
    pub then: String,
}

impl StandardForm {
    /// The form filled in with what is kept.
    pub fn of(kept: &DraftStandard) -> Self {
        let standard = &kept.standard;
        let is =
            [("critical", standard.critical), ("dip", standard.dip), ("core", kept.origin.core)];
        Self {
            wording: standard.wording.clone(),
            met: standard.met_looks_like.clone(),
            kind: standard.kind.code().to_owned(),
            applies: standard.applies.iter().map(|it| it.code().to_owned()).collect(),
            is: is.iter().filter(|(_, is)| *is).map(|(name, _)| (*name).to_owned()).collect(),
            source: kept.origin.source.clone(),
            version: kept.version,
            then: String::new(),
        }
    }

    /// The standard that was typed.
    ///
    /// # Errors
    /// Says at each field what is wrong with it.
    pub fn read(&self, code: &StandardCode) -> Result<(Standard, Origin), Errors> {
        let mut errors = Errors::default();
        let wording = errors.keep("wording", worded(&self.wording, LONGEST_WORDING));
        let met = errors.keep("met", worded(&self.met, LONGEST_MET));
        let kind = StandardKind::from_code(&self.kind);
        if kind.is_none() {
            errors.say("kind", "Select compliance or quality");
        }
        let applies: Option<_> = self.applies.iter().map(|it| Applies::from_code(it)).collect();
        let applies = applies.filter(|it: &std::collections::BTreeSet<_>| !it.is_empty());
        if applies.is_none() {
            errors.say("applies", "Select whose records it is asked of");
        }
        let source = errors.keep("source", short(&self.source, LONGEST_WORDING));
        let is = |name: &str| self.is.iter().any(|it| it == name);
        match (wording, met, kind, applies, source) {
            (Some(wording), Some(met_looks_like), Some(kind), Some(applies), Some(source)) => {
                let (code, critical, dip) = (code.clone(), is("critical"), is("dip"));
                let standard =
                    Standard { code, wording, met_looks_like, kind, critical, applies, dip };
                Ok((standard, Origin { core: is("core"), source }))
            }
            _ => Err(errors),
        }
    }
}

/// Words that must say something.
fn worded(text: &str, longest: usize) -> Result<String, Refusal> {
    let text = short(text, longest)?;
    if text.is_empty() { Err(Refusal::because("Enter the words")) } else { Ok(text) }
}

fn short(text: &str, longest: usize) -> Result<String, Refusal> {
    let text = bounded(text)?;
    let length = text.chars().count();
    if length > longest {
        return Err(Refusal::because(format!(
            "Shorten this to {longest} characters or fewer. It has {length}."
        )));
    }
    Ok(text)
}

/// The fields of a standard, as its own page and the page for a new one show them.
#[derive(Debug, Clone)]
pub struct Fields {
    /// The standard in a few words.
    pub wording: TextInput,
    /// What an auditor sees when it is met.
    pub met: Textarea,
    /// Compliance or quality.
    pub kind: Radios,
    /// Whose records it is asked of.
    pub applies: Checkboxes,
    /// Critical, in the dip set, of the core.
    pub is: Checkboxes,
    /// Where it comes from.
    pub source: TextInput,
}

impl Fields {
    /// The fields with what was typed and what was wrong with it.
    pub fn new(form: &StandardForm, errors: &Errors) -> Self {
        let field = |name: &str, label: &str| {
            Field::new(name, label).size(LabelSize::Small).error(errors.at(name))
        };
        let met = field("met", "What met looks like").hint("What an auditor sees on the record.");
        let kinds = vec![
            RadioItem::new("compliance", "Compliance").hint("Something was done, on time."),
            RadioItem::new("quality", "Quality").hint("How well it was done."),
        ];
        let applies = Applies::EVERY.map(|it| {
            CheckboxItem::new(it.code(), quarterlight_report::words::sentence_case(children(it)))
        });
        let is = vec![
            CheckboxItem::new("critical", "Critical")
                .hint("If it is not met, the best grade possible is Requires improvement."),
            CheckboxItem::new("dip", "In the dip set")
                .hint("The short set for a quick look at a record."),
            CheckboxItem::new("core", "Of the common core")
                .hint("Every framework of the authority shares it."),
        ];
        let source = field("source", "Where it comes from, if you know")
            .hint("A law, a guidance or a meeting, with its date.");
        Self {
            wording: TextInput::new(field("wording", "The standard, in one sentence"))
                .value(form.wording.clone()),
            met: Textarea::new(met).value(form.met.clone()).rows(4),
            kind: Radios::new(field("kind", "What kind is it?"), kinds)
                .value(Some(form.kind.clone())),
            applies: Checkboxes::new(
                field("applies", "Whose records is it asked of?"),
                applies.into(),
            )
            .values(form.applies.clone())
            .small(),
            is: Checkboxes::new(field("is", "It is"), is).values(form.is.clone()).small(),
            source: TextInput::new(source).value(form.source.clone()),
        }
    }

    /// What is wrong with the fields, added to what is wrong with the page.
    pub fn summed_up(&self, summary: ErrorSummary) -> ErrorSummary {
        summary
            .field(&self.wording.field)
            .field(&self.met.field)
            .field(&self.kind.field)
            .field(&self.applies.field)
            .field(&self.source.field)
    }
}

/// What the edition before says, beside what the draft says.
#[derive(Debug, Clone)]
struct Before {
    title: String,
    wording: Worded,
    met: Worded,
    is_unchanged: bool,
}

/// One standard of a draft.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/frameworks/standard.html")]
pub struct StandardPage {
    frame: Frame,
    caption: String,
    errors: ErrorSummary,
    /// What somebody else saved meanwhile.
    conflict: Option<StandardLine>,
    action: String,
    version: u32,
    dropped: bool,
    fields: Fields,
    save: Button,
    other: Button,
    before: Option<Before>,
}

/// Shows the standard.
///
/// # Errors
/// There is no such page for those who may not write the draft, and for no such standard.
pub async fn get(draft: ToWrite) -> page::Result {
    let kept = kept(&draft)?;
    draft.draft.may_be_written(draft.visitor.today)?;
    let form = StandardForm::of(&kept);
    page::show(&StandardPage::new(&draft, &kept, &form, (&Errors::default(), None)))
}

/// Keeps the standard, or takes it out, or brings it back.
///
/// # Errors
/// Refuses while the draft is in consultation. There is no such page for those who may not write it.
pub async fn post(app: App, draft: ToWrite, Filled(form): Filled<StandardForm>) -> page::Result {
    let kept = kept(&draft)?;
    draft.draft.may_be_written(draft.visitor.today)?;
    let code = &kept.standard.code;
    let mut written = DraftStandard { version: form.version, ..kept.clone() };
    match form.then.as_str() {
        "drop" => written.dropped = true,
        "restore" => written.dropped = false,
        _ => match form.read(code) {
            Ok((standard, origin)) => {
                written.standard = standard;
                written.origin = origin;
            }
            Err(errors) => {
                return page::again(&StandardPage::new(&draft, &kept, &form, (&errors, None)));
            }
        },
    }
    let stamp = draft.visitor.stamp("wrote a standard of a draft");
    match app.store.drafts.write(&stamp, draft.draft.id, &written).await? {
        DraftKept::Yes | DraftKept::Already => {
            let there = links::framework_draft(draft.draft.id);
            page::see_other(format!("{there}#standard-{code}"))
        }
        DraftKept::Conflict(theirs) => {
            // What is typed can be saved over what is now seen.
            let form = StandardForm { version: theirs.version, ..form };
            let trouble = (&Errors::default(), Some(&*theirs));
            page::again(&StandardPage::new(&draft, &kept, &form, trouble))
        }
        DraftKept::Closed => page::see_other(links::framework_draft(draft.draft.id)),
    }
}

fn kept(draft: &InHand) -> Result<DraftStandard, Failure> {
    let code = StandardCode::new(&draft.part).map_err(|_| Failure::NotFound)?;
    let (_, kept) = draft.draft.find(&code).ok_or(Failure::NotFound)?;
    Ok(kept.clone())
}

impl StandardPage {
    fn new(
        draft: &InHand,
        kept: &DraftStandard,
        form: &StandardForm,
        (errors, theirs): (&Errors, Option<&DraftStandard>),
    ) -> Self {
        let fields = Fields::new(form, errors);
        let code = &kept.standard.code;
        let summary = fields.summed_up(ErrorSummary::new());
        let title = format!("Standard {code}");
        let other = if kept.dropped {
            Button::submit("Bring it back").answer("then", "restore")
        } else {
            Button::submit("Take it out of the draft").answer("then", "drop")
        };
        Self {
            frame: Frame { has_errors: !errors.is_empty(), ..draft.inner_frame(title) },
            caption: draft.title(),
            errors: summary,
            conflict: theirs.map(|theirs| line(&theirs.standard, &theirs.origin)),
            action: links::draft_standard(draft.draft.id, code),
            version: form.version,
            dropped: kept.dropped,
            fields,
            save: Button::submit("Save the standard"),
            other: other.secondary(),
            before: before(draft, kept),
        }
    }

    /// An ordinary one, one that was taken out, and hostile words with errors and a conflict.
    pub fn samples() -> Vec<Self> {
        use super::sample;
        use crate::govuk::HOSTILE;

        let mut errors = Errors::default();
        for name in ["wording", "met", "kind", "applies", "source"] {
            errors.say(name, HOSTILE);
        }
        let mut samples = Vec::new();
        for draft in sample::in_hand() {
            for kept in draft.draft.sections.iter().flat_map(|it| &it.standards) {
                let form = StandardForm::of(kept);
                samples.push(Self::new(&draft, kept, &form, (&Errors::default(), None)));
                samples.push(Self::new(&draft, kept, &form, (&errors, Some(kept))));
            }
        }
        samples
    }
}

fn before(draft: &InHand, kept: &DraftStandard) -> Option<Before> {
    let edition = draft.before.as_ref()?;
    let (_, old) = edition.contents().find(&kept.standard.code)?;
    let new = &kept.standard;
    let wording = Worded::new(&pieces(&old.wording, &new.wording));
    let met = Worded::new(&pieces(&old.met_looks_like, &new.met_looks_like));
    Some(Before {
        title: format!("Since {}", edition.title()),
        is_unchanged: wording.is_unchanged() && met.is_unchanged(),
        wording,
        met,
    })
}
