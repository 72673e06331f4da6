//! Places, versions and changes in words.

use chart_model::Decimal;
use chart_model::care_plan::{Area, Cell, FollowUp, Key, PlanZone, compare};

use super::*;
use crate::text::fixtures::moment;

const NOW: &str = "2026-11-22T09:14:00+01:00";

/// What the three languages say, with the spaces that a reader sees.
fn in_all(say: impl Fn(Lang) -> String) -> [String; 3] {
    Lang::ALL.map(|lang| say(lang).replace('\u{a0}', " "))
}

fn cell(zone: Option<PlanZone>, key: &str) -> Place {
    let area = Area::Medication;
    Place::Activity(Cell { zone, area }, key.into())
}

fn version(id: &str, time: Option<&str>) -> Version {
    Version {
        id: id.into(),
        time: time.map(|time| ClinicalTime::parse(time).unwrap()),
        author: Author::default(),
        comment: String::new(),
        known_from: KnownFrom::Nothing,
    }
}

/// The only change between two plans with this at a place, in bokmål: `label: same [-out-] {+in+}`.
#[track_caller]
fn check_change(place: &Place, before: Option<Value>, after: Option<Value>, expected: &[&str]) {
    let plan = |value: Option<Value>| {
        let mut plan = CarePlan::default();
        plan.set(place.clone(), value);
        plan
    };
    let (older, newer) = (plan(before), plan(after));
    let changes = compare(&older, &newer);
    let [change] = changes.as_slice() else {
        panic!("one change: {changes:?}");
    };
    let piece = |piece: &Marked| match piece.kind {
        PieceKind::Same => piece.text.clone(),
        PieceKind::Deleted => format!("[-{}-]", piece.text),
        PieceKind::Inserted => format!("{{+{}+}}", piece.text),
    };
    let line = |line: &Line| {
        let text: String = line.pieces.iter().map(piece).collect();
        let label = if line.label.is_empty() {
            String::new()
        } else {
            format!("{}: ", line.label)
        };
        format!("{label}{text}").replace('\u{a0}', " ")
    };
    let lines: Vec<String> = Lang::Bokmal
        .change_lines(change, [&older, &newer])
        .iter()
        .map(line)
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn places_are_named_as_a_doctor_names_them() {
    let limits = |known: Known, number| Place::Limits(known.into(), number);
    for (place, names) in [
        (
            cell(Some(PlanZone::Yellow), "a"),
            [
                "Gul sone · Medisiner",
                "Gul sone · Medisinar",
                "Yellow zone · Medicines",
            ],
        ),
        (
            cell(None, "a"),
            [
                "Uansett sone · Medisiner",
                "Uansett sone · Medisinar",
                "In every zone · Medicines",
            ],
        ),
        (
            Place::Condition(PlanZone::Red),
            [
                "Rød sone · Kjennetegn",
                "Raud sone · Kjenneteikn",
                "Red zone · Signs",
            ],
        ),
        (
            limits(Known::Spo2, 0),
            ["SpO₂ · grenser", "SpO₂ · grenser", "SpO₂ · limits"],
        ),
        (
            limits(Known::BloodPressure, 1),
            [
                "Blodtrykk, diastolisk · grenser",
                "Blodtrykk, diastolisk · grenser",
                "Blood pressure, diastolic · limits",
            ],
        ),
        (
            Place::Interval(Known::Weight.into()),
            ["Vekt · hvor ofte", "Vekt · kor ofte", "Weight · how often"],
        ),
        (
            Place::Order(List::Goals),
            [
                "Hva er viktig for meg · rekkefølge",
                "Kva er viktig for meg · rekkjefølgje",
                "What matters to me · order",
            ],
        ),
    ] {
        assert_eq!(in_all(|lang| lang.place(&place)), names, "{place:?}");
    }
}

#[test]
fn a_version_is_named_by_its_number_or_else_by_its_time() {
    let now = moment(NOW);
    let time = Some("2026-09-03T08:12:00+02:00");
    for (version, name) in [
        (version("7", time), "v7"),
        (version("2f1c-9a", time), "versjonen fra 3. sep. kl. 08.12"),
        (version("", time), "versjonen fra 3. sep. kl. 08.12"),
        (version("2f1c-9a", None), "versjon uten nummer"),
    ] {
        assert_eq!(in_all(|lang| lang.version(&version, now))[0], name);
    }
}

#[test]
fn an_author_is_named_with_role_and_organisation_and_never_made_up() {
    let mut version = version("7", None);
    assert_eq!(Lang::Bokmal.version_author(&version), "Forfatter er ikke oppgitt");
    version.author = Author {
        name: "Kari Vik".to_owned(),
        role: "lungelege".to_owned(),
        organisation: "Fjordby sykehus".to_owned(),
    };
    assert_eq!(
        Lang::Bokmal.version_author(&version),
        "Kari Vik, lungelege, Fjordby sykehus"
    );
    assert_eq!(Lang::Bokmal.plan_mark(&version, 0), "Plan endret: v7, Kari Vik");
    version.known_from = KnownFrom::Plan;
    version.author.role.clear();
    assert_eq!(
        Lang::Bokmal.version_author(&version),
        "Kari Vik, Fjordby sykehus, ifølge planen selv"
    );
}

#[test]
fn intervals_are_said_as_they_are_prescribed() {
    for (hours, said) in [
        (24, ["hver dag", "kvar dag", "every day"]),
        (12, ["2 ganger per dag", "2 gonger per dag", "2 times a day"]),
        (72, ["hver 3. dag", "kvar 3. dag", "every 3 days"]),
        (168, ["hver uke", "kvar veke", "every week"]),
        (336, ["hver 2. uke", "kvar 2. veke", "every 2 weeks"]),
        (36, ["hver 36. time", "kvar 36. time", "every 36 hours"]),
    ] {
        assert_eq!(in_all(|lang| lang.interval(hours * HOUR_MS)), said);
    }
}

#[test]
fn texts_change_word_by_word() {
    let text = |text: &str| Some(Value::text(text));
    let place = cell(Some(PlanZone::Yellow), "a");
    check_change(
        &place,
        text("Ta to tabletter"),
        text("Ta tre tabletter"),
        &["Ta [-to-]{+tre+} tabletter"],
    );
    check_change(&place, None, text("Hvil"), &["{+Hvil+}"]);
    check_change(&place, text("Hvil"), None, &["[-Hvil-]"]);
    check_change(
        &Place::Title,
        text("a\u{7}b"),
        text("<b>c</b>"),
        &["[-ab-]{+<b>c</b>+}"],
    );
}

#[test]
fn contacts_change_field_by_field_and_are_still_named() {
    let contact = |name: &str, phone: &str| {
        let (name, phone) = (name.to_owned(), phone.to_owned());
        Contact {
            name,
            phone,
            ..Contact::default()
        }
    };
    let place = Place::Contact("c".into());
    let value = |name, phone| Some(Value::Contact(contact(name, phone)));
    check_change(
        &place,
        value("Anne Berg", "55 00 11 22"),
        value("Anne Berg", "55 00 12 34"),
        &["Navn: Anne Berg", "Telefon: [-55 00 11 22-]{+55 00 12 34+}"],
    );
    check_change(&place, None, value("Anne Berg", ""), &["Navn: {+Anne Berg+}"]);
    let follow_up = |until: &str| {
        let (who, until) = (contact("Lungeavdelingen", ""), until.to_owned());
        Some(Value::FollowUp(FollowUp { who, until }))
    };
    check_change(
        &Place::FollowUp,
        follow_up(""),
        follow_up("2026-12-15"),
        &["Navn: Lungeavdelingen", "Til og med: {+15.12.2026+}"],
    );
}

#[test]
fn limits_change_bound_by_bound() {
    let limits = |bounds: [Option<i64>; 4]| {
        Some(Value::Limits(LimitSet::of(
            bounds.map(|bound| Some(Decimal::new(bound?, 0))),
        )))
    };
    check_change(
        &Place::Limits(Known::Spo2.into(), 0),
        limits([Some(88), Some(90), None, None]),
        limits([None, Some(88), None, None]),
        &["Rød lav: [-88 %-]", "Gul lav: [-90 %-]{+88 %+}"],
    );
}

#[test]
fn a_new_order_names_the_items() {
    let mut older = CarePlan::default();
    older.set(
        Place::Goal("a".into()),
        Some(Value::text("Gå til butikken uten å stoppe på veien")),
    );
    older.set(Place::Goal("b".into()), Some(Value::text("Sove")));
    let mut newer = older.clone();
    let order = ["b", "a"].map(Key::from).to_vec();
    newer.set(Place::Order(List::Goals), Some(Value::Order(order)));
    let changes = compare(&older, &newer);
    let lines = Lang::Bokmal.change_lines(&changes[0], [&older, &newer]);
    let texts: Vec<&str> = lines[0].pieces.iter().map(|piece| &*piece.text).collect();
    assert_eq!(
        texts,
        [
            "Gå til butikken uten å … → Sove",
            "Sove → Gå til butikken uten å …"
        ]
    );
}
