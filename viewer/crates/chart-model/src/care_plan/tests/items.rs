//! Items of lists: order, identity, deletion against change; validation.

use super::*;

#[test]
fn an_item_deleted_by_one_and_changed_by_the_other_clashes() {
    let base = plan(&[(yellow("a"), "Ta to tabletter"), (yellow("b"), "Ring legen")]);
    let mut mine = base.clone();
    mine.set(yellow("a"), text("Ta tre tabletter"));
    let mut theirs = base.clone();
    theirs.set(yellow("a"), None);
    let mut merged = merge(&base, &mine, &theirs);
    assert_eq!(merged.clashes.len(), 1);
    assert_eq!(merged.clashes[0].mine, text("Ta tre tabletter"));
    assert_eq!(merged.clashes[0].theirs, None);
    merged.resolve(&yellow("a"), Choice::Mine);
    assert_eq!(merged.plan, mine);
}

#[test]
fn new_items_of_both_stand_where_each_was_put() {
    let base = plan(&[(yellow("a"), "a"), (yellow("b"), "b")]);
    let mut mine = base.clone();
    mine.set_after(yellow("m"), text("m"), Some(&"a".into()));
    mine.set_after(yellow("m0"), text("m0"), None);
    let mut theirs = base.clone();
    theirs.set_after(yellow("t"), text("t"), Some(&"a".into()));
    theirs.set(yellow("u"), text("u"));
    let merged = merge(&base, &mine, &theirs);
    let texts: Vec<&str> = merged
        .plan
        .activities(cell(PlanZone::Yellow, Area::Medication))
        .map(|(_, text)| text)
        .collect();
    assert_eq!(texts, ["m0", "a", "m", "t", "b", "u"]);
    assert!(merged.clashes.is_empty());
}

#[test]
fn an_item_reworded_without_a_lasting_id_is_a_change_of_that_item() {
    let id = |text: &str| Place::Activity(cell(PlanZone::Yellow, Area::Medication), Key::of_content(text, 0));
    let (was, is) = (
        "Øk inhalasjon til to ganger om dagen",
        "Øk inhalasjon til tre ganger om dagen",
    );
    let older = plan(&[(id(was), was), (id("Ring legen"), "Ring legen")]);
    let newer = plan(&[
        (id("Hvil"), "Hvil"),
        (id(is), is),
        (id("Ring legen"), "Ring legen"),
    ]);
    let changes = compare(&older, &newer);
    let kinds: Vec<ChangeKind> = changes.iter().map(Change::kind).collect();
    assert_eq!(kinds, [ChangeKind::Replace, ChangeKind::Insert]);
    assert_eq!(changes[0].before, text(was));
    assert_eq!(changes[1].after, text("Hvil"));
}

#[test]
fn both_reordering_a_list_differently_clash_and_one_alone_does_not() {
    let base = plan(&[(yellow("a"), "a"), (yellow("b"), "b"), (yellow("c"), "c")]);
    let list = yellow("a").list().unwrap();
    let ordered = |keys: [&str; 3]| {
        let mut plan = base.clone();
        plan.set(
            Place::Order(list),
            Some(Value::Order(keys.into_iter().map(Key::from).collect())),
        );
        plan
    };
    let (mine, theirs) = (ordered(["c", "a", "b"]), ordered(["b", "a", "c"]));
    assert_eq!(merge(&base, &mine, &base).plan, mine);
    let merged = merge(&base, &mine, &theirs);
    assert_eq!(merged.plan, theirs);
    assert_eq!(merged.clashes[0].place, Place::Order(list));
    assert_eq!(diff(&base, &mine).len(), 1);
}

#[test]
fn the_same_words_have_the_same_key_and_doubles_another() {
    assert_eq!(Key::of_content("Hvil", 0), Key::of_content("Hvil", 0));
    assert_ne!(Key::of_content("Hvil", 0), Key::of_content("Hvil", 1));
    assert!(
        Key::of_content("Å gå tur", 0)
            .0
            .bytes()
            .all(|b| b.is_ascii_alphanumeric())
    );
}

#[test]
fn a_contact_merges_by_field_and_a_field_is_never_halved() {
    let contact = |name: &str, phone: &str| {
        let mut plan = CarePlan::default();
        let contact = Contact {
            name: name.to_owned(),
            phone: phone.to_owned(),
            ..Contact::default()
        };
        plan.set(Place::Contact("a".into()), Some(Value::Contact(contact)));
        plan
    };
    let base = contact("Odd", "99 00 00 01");
    let merged = merge(
        &base,
        &contact("Sol", "99 00 00 01"),
        &contact("Odd", "99 00 00 02"),
    );
    assert_eq!(merged.plan, contact("Sol", "99 00 00 02"));
    let merged = merge(
        &base,
        &contact("Odd", "99 11 00 01"),
        &contact("Odd", "99 00 00 02"),
    );
    assert_eq!(merged.clashes.len(), 1);
}

#[test]
fn an_empty_text_empties_its_place_and_a_blank_item_waits_until_it_is_saved() {
    let mut plan = plan(&[(Place::Title, "a")]);
    plan.set(Place::Title, text(" "));
    plan.set(yellow("new"), text(""));
    assert_eq!(plan.entries().len(), 1);
    assert_eq!(plan.tidied(&CarePlan::default()), CarePlan::default());
}

#[test]
fn what_nobody_has_touched_is_no_change_however_it_was_sent() {
    let sent = plan(&[
        (Place::Title, "Plan \r\n"),
        (yellow("a"), "Ta to\u{7}\r\nRing "),
        (yellow("b"), "  "),
    ]);
    let mut draft = Draft::new(sent.clone());
    assert!(draft.is_unchanged(), "{:?}", draft.changes());
    draft.set(Place::Title, text("Ny\u{7} "), 0);
    assert_eq!(draft.changes().len(), 1);
    assert_eq!(draft.edited().text(&Place::Title), "Ny");
    assert_eq!(draft.edited().text(&yellow("a")), sent.text(&yellow("a")));
}

#[test]
fn each_field_says_what_is_wrong_with_it() {
    let mut plan = plan(&[(Place::Title, &"æ".repeat(MAX_TEXT))]);
    let contact = |name: &str, phone: &str| {
        Some(Value::Contact(Contact {
            name: name.to_owned(),
            phone: phone.to_owned(),
            ..Contact::default()
        }))
    };
    for (key, name, phone) in [
        ("1", "Legevakt", "116117"),
        ("2", "Sol", "+47 (99) 00-00.01 / linje 2"),
        ("3", "AMK", "113"),
    ] {
        plan.set(Place::Contact(key.into()), contact(name, phone));
    }
    assert_eq!(validate(&plan), []);
    plan.set(Place::Description, text(&"æ".repeat(MAX_TEXT + 1)));
    plan.set(Place::Contact("4".into()), contact("", "kommer"));
    plan.set(
        Place::FollowUp,
        Some(Value::FollowUp(FollowUp {
            who: Contact {
                name: "Kommunen".to_owned(),
                ..Contact::default()
            },
            until: "jul".to_owned(),
        })),
    );
    plan.set(
        spo2_limits(),
        Some(Value::Limits(bounds([Some(92), Some(88), None, Some(101)]))),
    );
    let issues: Vec<(Field, Problem)> = validate(&plan)
        .into_iter()
        .map(|i| (i.field, i.problem))
        .collect();
    assert_eq!(
        issues,
        [
            (Field::Text, Problem::TooLong { most: MAX_TEXT }),
            (Field::Until, Problem::NoDate),
            (Field::Name, Problem::Nameless),
            (Field::Phone, Problem::NoPhoneNumber),
            (Field::Bound(Bound::YellowLow), Problem::NotAbove(Bound::RedLow)),
            (
                Field::Bound(Bound::RedHigh),
                Problem::Implausible {
                    low: Decimal::new(50, 0),
                    high: Decimal::new(100, 0)
                }
            ),
        ]
    );
}
