//! Questions and answers in the words of the form, in the order of the form.

use chart_model::questionnaire::Answer;

use super::*;

/// Lines as `depth link text: answers`.
fn lines(resources: &[Value], lang: &str) -> Vec<String> {
    let reading = read(resources);
    let filling = Rc::clone(&reading.questionnaires[0].list[0]);
    let answer = |answer: &Answer| match answer {
        Answer::Flag(flag) => flag.to_string(),
        Answer::Number {
            value,
            comparator,
            unit,
        } => format!("{}{value} {unit}", comparator.map_or("", |c| c.symbol()))
            .trim_end()
            .to_owned(),
        Answer::Time(time) => time.text().to_owned(),
        Answer::Choice { code, text } => format!("{} ({code})", text.in_language(lang)),
        Answer::Text(text) => text.to_string(),
        Answer::File(name) => format!("file {name}"),
        Answer::Unread(sent) => format!("unread {sent}"),
    };
    let answers = |line: &Line| line.answers.iter().map(answer).collect::<Vec<_>>().join(" | ");
    let heading = |line: &Line| if line.is_heading { "#" } else { "" };
    filling
        .lines
        .iter()
        .map(|line| {
            format!(
                "{}{}{} {}: {}",
                line.depth,
                heading(line),
                line.link,
                line.text.in_language(lang),
                answers(line)
            )
        })
        .collect()
}

#[test]
fn every_type_of_answer_is_read_and_none_is_lost() {
    for (answer, expected) in [
        (json!({ "valueBoolean": false }), "false"),
        (json!({ "valueInteger": 0 }), "0"),
        (json!({ "valueDecimal": 1.50 }), "1.5"),
        (json!({ "valueDate": "2026-11" }), "2026-11"),
        (json!({ "valueDateTime": AT }), AT),
        (json!({ "valueDateTime": "i går" }), "i går"),
        (json!({ "valueTime": "08:12:00" }), "08:12:00"),
        (json!({ "valueString": "Litt" }), "Litt"),
        (json!({ "valueUri": "http://x" }), "http://x"),
        (json!({ "valueAttachment": { "title": "Bilde" } }), "file Bilde"),
        (
            json!({ "valueAttachment": { "url": "http://x/a.jpg", "contentType": "image/jpeg" } }),
            "file a.jpg",
        ),
        (
            json!({ "valueCoding": { "system": "urn:x", "code": "a", "display": "Ofte" } }),
            "Ofte (urn:x|a)",
        ),
        (json!({ "valueCoding": { "code": "a" } }), "a (|a)"),
        (json!({ "valueCoding": { "display": "Ofte" } }), "Ofte ()"),
        (json!({ "valueCoding": {} }), "unread {}"),
        (
            json!({ "valueQuantity": { "value": 2, "unit": "dager" } }),
            "2 dager",
        ),
        (
            json!({ "valueQuantity": { "value": 2, "comparator": ">=", "code": "d" } }),
            "≥2 d",
        ),
        (
            json!({ "valueQuantity": { "unit": "dager" } }),
            "unread {\"unit\":\"dager\"}",
        ),
        (json!({ "valueReference": { "display": "Ola" } }), "Ola"),
        (
            json!({ "valueReference": { "reference": "Practitioner/1" } }),
            "Practitioner/1",
        ),
        (json!({ "valueInteger": "3" }), "unread \"3\""),
        (json!({ "valueBoolean": "ja" }), "unread \"ja\""),
        (
            json!({ "valueRatio": { "numerator": { "value": 1 } } }),
            "unread {\"numerator\":{\"value\":1}}",
        ),
        (
            json!({ "_valueString": { "extension": [] } }),
            "unread _valueString {\"extension\":[]}",
        ),
        (json!({}), ""),
    ] {
        let item = json!([{ "linkId": "1", "text": "Hoste", "answer": [answer.clone()] }]);
        let found = lines(&[response("r", json!({ "item": item }))], "nb");
        assert_eq!(found, [format!("01 Hoste: {expected}")], "{answer}");
    }
}

#[test]
fn items_are_lines_in_their_order_with_those_under_groups_and_answers() {
    let yes = |items: Value| json!({ "valueBoolean": true, "item": items });
    let item = json!([
        { "linkId": "g", "text": "Pust", "item": [
            { "linkId": "g.1", "text": "Hoste", "answer": [yes(json!([{ "linkId": "g.1.1", "text": "Når?",
                "answer": [{ "valueString": "Natt" }] }])), { "valueBoolean": false }] },
            { "linkId": "g.2", "text": "Slim" }] },
        { "linkId": "2", "answer": [{ "valueInteger": 1 }, { "valueInteger": 2 }] },
        { "text": "Uten nummer", "answer": { "valueInteger": 1 } },
    ]);
    assert_eq!(
        lines(&[response("r", json!({ "item": item }))], "nb"),
        [
            "0#g Pust: ",
            "1g.1 Hoste: true",
            "2g.1.1 Når?: Natt",
            "1g.1 Hoste: false",
            "1g.2 Slim: ",
            "02 2: 1 | 2",
            "0 Uten nummer: 1",
        ]
    );
}

#[test]
fn questions_and_answers_are_in_the_readers_language_where_the_form_has_it() {
    let translated = |lang: &str, text: &str| {
        json!({ "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [
            { "url": "lang", "valueCode": lang }, { "url": "content", "valueString": text }] }] })
    };
    let form = |id: &str, lang: &str, title: &str, text: &str, extra: Value| {
        with(
            json!({ "resourceType": "Questionnaire", "id": id, "url": CANONICAL, "language": lang, "title": title,
                "item": [{ "linkId": "g", "type": "group", "item": [with(json!({ "linkId": "1", "text": text,
                    "type": "choice" }), extra)] }] }),
            json!({}),
        )
    };
    let often = json!({ "valueCoding": { "system": "urn:x", "code": "a" } });
    let filled = response(
        "r",
        json!({ "questionnaire": CANONICAL, "language": "nb",
        "item": [{ "linkId": "g", "item": [{ "linkId": "1", "answer": [often.clone()] }] }] }),
    );
    let norwegian = form(
        "q",
        "nb",
        "Ukens skjema",
        "Hoster du?",
        json!({ "_text": translated("en", "Do you cough?"),
        "answerOption": [{ "valueCoding": { "system": "urn:x", "code": "a", "display": "Ofte",
            "_display": translated("en", "Often") } }] }),
    );
    let both = [filled.clone(), norwegian.clone()];
    assert_eq!(lines(&both, "nb"), ["0#g g: ", "11 Hoster du?: Ofte (urn:x|a)"]);
    assert_eq!(lines(&both, "nn"), ["0#g g: ", "11 Hoster du?: Ofte (urn:x|a)"]);
    assert_eq!(lines(&both, "en")[1], "11 Do you cough?: Often (urn:x|a)");
    // Versions by language, and answers from a value set.
    let nynorsk = form(
        "q-nn",
        "nn",
        "Skjemaet for veka",
        "Hostar du?",
        json!({ "answerValueSet": "#svar" }),
    );
    let nynorsk = with(
        nynorsk,
        json!({ "contained": [{ "resourceType": "ValueSet", "id": "svar", "language": "nn",
        "compose": { "include": [{ "system": "urn:x", "concept": [{ "code": "a", "display": "Tidt",
            "designation": [{ "language": "se", "value": "Dávjá" }] }] }] } }] }),
    );
    let all = [filled.clone(), norwegian, nynorsk];
    assert_eq!(lines(&all, "nn")[1], "11 Hostar du?: Tidt (urn:x|a)");
    assert_eq!(lines(&all, "se")[1], "11 Hoster du?: Dávjá (urn:x|a)");
    let reading = read(&all);
    let name = &reading.questionnaires[0].instrument.name;
    assert_eq!(
        (name.in_language("nb"), name.in_language("nn")),
        ("Ukens skjema", "Skjemaet for veka")
    );
    assert_eq!(reading.missing, [""; 0]);
    // Without the form.
    let reading = read(&[filled]);
    assert_eq!(reading.missing, [CANONICAL]);
    assert_eq!(reading.questionnaires[0].instrument.name.as_sent(), "ukens");
}

#[test]
fn a_form_is_found_by_address_and_version_by_reference_or_inside() {
    let form = |id: &str, url: &str, version: &str, title: &str| json!({ "resourceType": "Questionnaire", "id": id, "url": url, "version": version, "title": title });
    let forms = [
        form("a", CANONICAL, "1", "Første"),
        form("b", CANONICAL, "2", "Andre"),
        form("c", "http://y", "1", "Annet"),
    ];
    let named = |named: Value| {
        let mut all = vec![response("r", json!({ "questionnaire": named }))];
        all.extend(forms.iter().cloned());
        let reading = read(&all);
        reading.questionnaires[0].instrument.name.as_sent().to_owned()
    };
    assert_eq!(named(json!(format!("{CANONICAL}|2"))), "Andre");
    assert_eq!(named(json!(CANONICAL)), "Første");
    assert_eq!(
        named(json!(format!("{CANONICAL}|9"))),
        "Første",
        "another version is better than none"
    );
    assert_eq!(named(json!("Questionnaire/c")), "Annet");
    assert_eq!(
        named(json!({ "reference": "Questionnaire/c", "display": "Vises" })),
        "Annet"
    );
    assert_eq!(
        named(json!({ "reference": "Questionnaire/z", "display": "Vises" })),
        "Vises"
    );
    assert_eq!(
        named(json!("http://elsewhere/Questionnaire/c")),
        "c",
        "another server's id says nothing"
    );
    let inside = response(
        "r",
        json!({ "questionnaire": "#f", "contained": [form("f", "", "", "Inni")] }),
    );
    assert_eq!(listed(&read(&[inside])), ["Inni: r"]);
}

#[test]
fn an_answer_that_says_only_why_there_is_none_is_none() {
    let reason = json!([{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined" }]);
    for answer in [
        json!({ "_valueString": { "extension": reason } }),
        json!({ "extension": reason }),
    ] {
        let item = json!([{ "linkId": "1", "text": "Søvn", "answer": [answer] }]);
        let reading = read(&[response("r", json!({ "item": item }))]);
        let [line] = &*reading.questionnaires[0].list[0].lines else {
            panic!("{reading:?}")
        };
        assert_eq!((line.answers.as_slice(), line.is_heading), (&[][..], false));
    }
}
