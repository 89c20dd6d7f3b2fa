//! One person: every grant that they hold or have held, and what they may do today.

use askama::Template;
use axum::extract::Path;
use jiff::civil::Date;
use quarterlight_domain::access::grant::{KeptGrant, Said, Standing};
use quarterlight_domain::access::rights::{RIGHTS, Reach};
use quarterlight_domain::calendar::day_in_words;
use quarterlight_domain::id::{GrantId, PersonId};
use quarterlight_domain::permission::{AccessDeed, Deed, permits};
use quarterlight_domain::person::Person;
use quarterlight_domain::place::Place;
use quarterlight_domain::stamp::moment_in_words;

use super::give::{GiveFields, GiveForm};
use crate::app::App;
use crate::error::Failure;
use crate::form::{Errors, TypedDate};
use crate::govuk::{
    Button, Column, Content, DateInput, ErrorSummary, Field, SummaryList, SummaryRow, Table,
    TextInput,
};
use crate::layout::Frame;
use crate::permit::{SeePeople, Through};
use crate::session::SignedIn;
use crate::{links, page};

/// A form beneath a grant.
#[derive(Debug, Clone)]
pub struct GrantForm {
    summary: String,
    action: String,
    is_wrong: bool,
    why: TextInput,
    last: Option<DateInput>,
    button: Button,
}

/// One grant, and what may be done about it.
#[derive(Debug, Clone)]
pub struct Line {
    facts: SummaryList,
    forms: Vec<GrantForm>,
}

/// One person.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/people/show.html")]
pub struct PersonPage {
    frame: Frame,
    errors: ErrorSummary,
    sentence: String,
    lines: Vec<Line>,
    give: Option<GiveFields>,
    why_not: &'static str,
    may: Table,
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct Around {
    /// Who it is.
    pub person: Person,
    /// Their grants.
    pub grants: Vec<KeptGrant>,
    /// Every place.
    pub places: Vec<Place>,
}

/// What was sent to the page and could not be kept.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// The form that gives a role.
    pub give: GiveForm,
    /// The grant that was to be confirmed or ended.
    pub about: Option<GrantId>,
    /// What was wrong.
    pub errors: Errors,
}

/// Shows one person.
///
/// # Errors
/// There is no such page for those who do not answer for access.
pub async fn get(app: App, visitor: Through<SeePeople>, Path(id): Path<String>) -> page::Result {
    let id: PersonId = id.parse().map_err(|_| Failure::NotFound)?;
    let give = GiveForm::of(visitor.today);
    page::show(&page(&app, &visitor, id, &Sent { give, ..Sent::default() }).await?)
}

/// The page of a person, with what was sent and could not be kept.
///
/// # Errors
/// There is no such page where there is no such person.
pub async fn page(
    app: &App,
    visitor: &SignedIn,
    id: PersonId,
    sent: &Sent,
) -> Result<PersonPage, Failure> {
    let around = Around {
        person: app.store.people.get(id).await?.ok_or(Failure::NotFound)?,
        grants: app.store.grants.of(id).await?,
        places: app.store.places.all().await?,
    };
    let frame = visitor.frame(app, "", "People");
    Ok(PersonPage::new(frame, visitor, &around, sent))
}

impl PersonPage {
    fn new(frame: Frame, visitor: &SignedIn, around: &Around, sent: &Sent) -> Self {
        let person = &around.person;
        let may = |deed| permits(&visitor.person, Deed::Access(deed), visitor.today);
        let changes = may(AccessDeed::ChangePeople);
        let lines: Vec<Line> =
            around.grants.iter().map(|grant| line(grant, (visitor, changes), sent)).collect();
        let gives = changes && person.id != visitor.id();
        let give = gives.then(|| GiveFields::new(person.id, &around.places, sent));
        let mut errors = ErrorSummary::new();
        for form in lines.iter().flat_map(|line| &line.forms) {
            errors = errors.field(&form.why.field);
            if let Some(last) = &form.last {
                errors = errors.date(last);
            }
        }
        if let Some(give) = &give {
            errors = give.summary(errors);
        }
        let holds = person.roles_on(visitor.today).len();
        Self {
            frame: Frame {
                title: person.name.clone(),
                has_errors: !sent.errors.is_empty(),
                breadcrumbs: vec![("People".to_owned(), links::people())],
                ..frame
            },
            errors,
            sentence: match holds {
                0 => "They hold no role today. What they did is kept.".to_owned(),
                _ => {
                    "A grant is never changed. One that is ended now is gone at their next request."
                        .to_owned()
                }
            },
            lines,
            give,
            why_not: if person.id == visitor.id() {
                "Nobody gives a role to themselves."
            } else {
                "Administrators give roles."
            },
            may: table(person, visitor.today),
        }
    }

    /// Somebody without a grant, and somebody with hostile words and errors.
    pub fn samples() -> Vec<Self> {
        let visitor = super::sample::administrator();
        let (people, grants) = super::sample::all();
        let mut errors = Errors::default();
        errors.say("why", "Say why");
        errors.say("because", "Say why");
        errors.say("place", "Select a place");
        let about = grants.first().map(|grant| grant.id);
        let sent = Sent { give: GiveForm::of(visitor.today), about, errors };
        let person = people.first().map(|line| line.person.clone());
        let pages = person.into_iter().flat_map(|person| {
            let page = |grants: Vec<KeptGrant>, sent: &Sent| {
                let around = Around { person: person.clone(), grants, places: Vec::new() };
                Self::new(Frame::default(), &visitor, &around, sent)
            };
            [page(Vec::new(), &Sent::default()), page(grants.clone(), &sent)]
        });
        pages.collect()
    }
}

fn line(grant: &KeptGrant, (visitor, changes): (&SignedIn, bool), sent: &Sent) -> Line {
    let today = visitor.today;
    let standing = grant.standing(today);
    let until = grant.grant.until.map_or_else(|| "No end".to_owned(), day_in_words);
    let mut rows = vec![
        SummaryRow::new("How it stands", standing.words()),
        SummaryRow::new("From", day_in_words(grant.grant.from)),
        SummaryRow::new("Until", until),
    ];
    let before = || Content::text("On the command line, or before reasons were kept");
    rows.push(SummaryRow::new("Given", grant.given.as_ref().map_or_else(before, said)));
    let further = [("Confirmed", &grant.confirmed), ("Ended", &grant.ended)];
    for (key, said_of) in further {
        rows.extend(said_of.iter().map(|it| SummaryRow::new(key, said(it))));
    }
    let name = format!("{} over {}", grant.grant.role.words(), grant.place);
    let is_wrong = sent.about == Some(grant.id);
    let why = |id: &str, label: &str| {
        let field = Field::new("because", label).id(format!("{id}-{}", grant.id));
        TextInput::new(field.error(sent.errors.at("because").filter(|_| is_wrong)))
    };
    let mut forms = Vec::new();
    let confirms = permits(&visitor.person, Deed::Access(AccessDeed::ConfirmGrants), today);
    if confirms && grant.confirm(visitor.id(), today).is_ok() {
        forms.push(GrantForm {
            summary: format!("Confirm: {name}"),
            action: links::confirm_grant(grant.id),
            is_wrong,
            why: why("confirm", "How you know that it is right"),
            last: None,
            button: Button::submit("Confirm this grant"),
        });
    }
    if changes && standing != Standing::Over {
        let field = Field::new("last", "Last day").hint("Leave it empty to end it now.");
        let field = field.id(format!("last-{}", grant.id));
        let last = DateInput::new(field.error(sent.errors.at("last").filter(|_| is_wrong)));
        forms.push(GrantForm {
            summary: format!("End: {name}"),
            action: links::end_grant(grant.id),
            is_wrong,
            why: why("end", "Why it ends"),
            last: Some(TypedDate::default().shown_in(last)),
            button: Button::submit("End this grant").secondary(),
        });
    }
    Line { facts: SummaryList::new(rows).titled(name), forms }
}

fn said(it: &Said) -> Content {
    let by = it.name.as_deref().unwrap_or("the command line");
    Content::written(format!("{}, by {by}. {}", moment_in_words(it.at), it.why))
}

fn table(person: &Person, today: Date) -> Table {
    let columns =
        vec![Column::words("What they may do"), Column::words("How far"), Column::words("Why")];
    let held = RIGHTS.iter().filter_map(|right| {
        let reach = right.reach(person, today);
        (reach != Reach::Nowhere).then(|| {
            vec![Content::text(right.words), Content::text(reach.words()), Content::text(right.why)]
        })
    });
    Table::new("may", "What they may do today", columns)
        .rows(held.collect())
        .empty("They may do nothing today.")
}
