//! A record excluded by name is left out of the draw, and the draw file says so and why.

use axum::http::StatusCode;
use quarterlight_domain::case_list::Reference;
use quarterlight_domain::draw_file::DrawFile;

use crate::browser::World;
use crate::programme::next_cycle;

#[tokio::test]
async fn a_record_is_excluded_by_name_taken_back_and_published() {
    let world = World::new().await;
    let mut amara = world.signed_in("amara.osei").await;
    let cycle = next_cycle(&mut amara).await;
    let page = format!("{cycle}/exclusions");
    let open = world.store.records.drawable(None).await.unwrap();
    let [first, second] = [&open[3].reference, &open[9].reference];

    // What is wrong is said at its field.
    let blank = amara.post(&page, &[("reference", "NOBODY-1")]).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["No open record has the reference NOBODY-1", "Select why the record cannot"] {
        assert!(blank.words().contains(said), "{}", blank.words());
    }

    for reference in [first, first, second] {
        let form =
            [("reference", reference.as_str()), ("reason", "held"), ("words", "A review has it.")];
        assert_eq!(amara.post(&page, &form).await.leads_to(), page);
    }
    let shown = amara.get(&page).await;
    assert_eq!(shown.words().matches("A review has it.").count(), 2, "sent twice, excluded once");

    // Another reason for the same record is not lost without a word.
    let other = [("reference", first.as_str()), ("reason", "moved"), ("words", "It has moved.")];
    let told = amara.post(&page, &other).await;
    assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(told.words().contains("is excluded already"), "{}", told.words());
    assert!(told.text.contains("It has moved."), "what was typed is still there");
    let nothing = amara.post(&format!("{page}/999"), &[("because", "Why not.")]).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);

    // The second comes back; without a reason it does not.
    let html = shown.text.clone();
    let last = html.rfind(&format!("action=\"{page}/")).unwrap();
    let end = html[last + 8..].split('"').next().unwrap().to_owned();
    let none = amara.post(&end, &[("because", "")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.words().contains("There is a problem"), "{}", none.words());
    assert_eq!(amara.post(&end, &[("because", "The review is over.")]).await.leads_to(), page);
    assert!(amara.get(&page).await.words().contains("The review is over."));

    let draw = amara.get(&format!("{cycle}/draw?total=300&at_least=1&exclude=no")).await;
    assert!(draw.words().contains("excluded by name, each for a reason"), "{}", draw.words());
    let values = ["total", "at_least", "exclude", "digest"].map(|name| (name, draw.hidden(name)));
    let mut form: Vec<(&str, &str)> =
        values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.push(("seed", "dice 4-2-6-1 thrown on 23 November"));
    let drawn = amara.post(&format!("{cycle}/draw"), &form).await;
    assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.words());

    let file = DrawFile::read(&amara.get(&format!("{cycle}/draw-file")).await.text).unwrap();
    file.verify().unwrap();
    let excluded: Vec<&str> = file.excluded.keys().map(Reference::as_str).collect();
    assert_eq!(excluded, [first.as_str()]);
    assert!(file.frame.strata().values().any(|records| records.contains(second)));

    // From now on nothing changes here.
    let form = [("reference", second.as_str()), ("reason", "held"), ("words", "Late.")];
    amara.post(&page, &form).await;
    let words = amara.get(&page).await.words();
    assert!(words.contains("nothing here changes any more") && !words.contains("Late."), "{words}");
}
