//! Questionnaires over a year: CAT every fourth week, EQ-5D every twelfth with nested questions and two scores, one that
//! nobody knows, one without its Questionnaire. All scores have the same LOINC code.

mod instruments;

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::Case;
use crate::calendar::Moment;
use crate::expected::Exclusion::EnteredInError;
use crate::expected::Zone::NoLimit;
use crate::on_demand::{
    AnswerExpected, FillingExpected, InstrumentExpected, OnDemandExpected, ScoreExpected,
};
use crate::parameter::{CAT, Parameter};
use crate::person::Person;
use crate::plan;
use crate::resource::{HOME_MONITORING, reference};
use crate::script::Script;
use instruments::{CAT_SCALE, DIMENSIONS, EQ5D_LEVELS, Instrument, SLEEP};

const ID: &str = "questionnaires";

/// Scores beside CAT: the code is CAT's, so that only the text tells them apart.
const VAS: Parameter = Parameter {
    id: "http://loinc.org|74465-6",
    text: "EQ-5D VAS",
    ..CAT
};
const INDEX: Parameter = Parameter {
    text: "EQ-5D indeks",
    ..VAS
};
const SLEEP_SCORE: Parameter = Parameter {
    text: "Søvn og uro",
    ..VAS
};

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Signe",
        family: "Skjemadal",
        female: true,
        born: date(1951, 4, 17),
    };
    let mut script = Script::new(ID, seed, until, &person);
    plan::follow_up(&mut script, 350);
    for instrument in [&instruments::CAT, &instruments::EQ5D, &instruments::SLEEP_DIARY] {
        script.resource(instrument.questionnaire());
    }
    let mut told = OnDemandExpected::default();
    told.questionnaires.push(cat(&mut script));
    told.questionnaires.push(eq5d(&mut script));
    told.questionnaires.push(sleep(&mut script));
    told.questionnaires.push(unserved(&mut script));
    script.declarations.shared_id = Some(VAS.id);
    script.declarations.on_demand = Some(told);
    Case::new(
        script,
        "Skjema gjennom et år",
        "CAT every fourth week and EQ-5D (VAS and index) every twelfth, an instrument that is in no table, and a \
         response whose Questionnaire nobody serves. Questions are in the Questionnaires, in bokmål with \
         translations; EQ-5D's are nested. One response is amended, one entered in error. Every score is coded \
         LOINC 74465-6 and leads by derivedFrom to its response.",
    )
}

/// A response under way.
struct Response {
    id: String,
    when: Moment,
    status: &'static str,
    items: Value,
}

fn add_response(script: &mut Script, response: &Response, canonical: &str) {
    script.resource(json!({
        "resourceType": "QuestionnaireResponse",
        "id": response.id,
        "meta": { "source": HOME_MONITORING },
        "questionnaire": canonical,
        "status": response.status,
        "subject": reference(&format!("Patient/{ID}")),
        "authored": response.when.text,
        "source": reference(&format!("Patient/{ID}")),
        "item": response.items,
    }));
}

/// A score Observation of a response; `None` for a status that is as usual.
fn add_score(
    script: &mut Script,
    parameter: &Parameter,
    response: &Response,
    value: &str,
    status: Option<&str>,
) -> ScoreExpected {
    let origin = reference(&format!("QuestionnaireResponse/{}", response.id));
    let name = format!(
        "score-{}-{}",
        slug(parameter.text),
        response.id.trim_start_matches("questionnaires-")
    );
    let mut score = script
        .named(&name, parameter, &response.when)
        .value(value)
        .manual()
        .set("derivedFrom", json!([origin]));
    if let Some(status) = status {
        score = score.status(status);
    }
    if status == Some("entered-in-error") {
        script.excluded(score, EnteredInError);
    } else {
        script.reading(score, value, NoLimit);
    }
    ScoreExpected {
        name: parameter.text.to_owned(),
        value: value.to_owned(),
    }
}

fn slug(text: &str) -> &str {
    match text {
        "CAT" => "cat",
        "EQ-5D VAS" => "vas",
        "EQ-5D indeks" => "index",
        _ => "sleep",
    }
}

/// The answers in the order of the questions, and which of them differ from `before`.
fn answered(questions: &[(&str, String)], before: &[AnswerExpected]) -> Vec<AnswerExpected> {
    let answer = |(place, (question, answer)): (usize, &(&str, String))| AnswerExpected {
        question: (*question).to_owned(),
        answer: answer.clone(),
        changed: before.get(place).is_some_and(|before| before.answer != *answer),
    };
    questions.iter().enumerate().map(answer).collect()
}

/// Keeps the newest first.
fn note(fillings: &mut Vec<FillingExpected>, filling: FillingExpected) {
    fillings.insert(0, filling);
}

fn cat(script: &mut Script) -> InstrumentExpected {
    let instrument = &instruments::CAT;
    let mut told = InstrumentExpected {
        name: "CAT".to_owned(),
        ..InstrumentExpected::default()
    };
    for days_before in (1..=337_i32).rev().step_by(28) {
        let when = script.about(days_before, (18, 30), 20);
        let id = format!("{ID}-cat-{days_before}");
        // Worse in the winter a year ago and after the summer; amended once.
        let (score, status) = match days_before {
            309..=337 => (22, "completed"),
            57 => (24, "amended"),
            85..=113 => (20, "completed"),
            _ => (17, "completed"),
        };
        let answers: Vec<i64> = (0..8)
            .map(|index| score / 8 + i64::from(index < score % 8))
            .collect();
        let items = instrument.answers(|index| json!({ "valueInteger": answers[index] }));
        let response = Response {
            id,
            when,
            status,
            items,
        };
        add_response(script, &response, instrument.canonical);
        let said = (status == "amended").then_some("amended");
        let score = add_score(script, &CAT, &response, &score.to_string(), said);
        let questions: Vec<_> = instrument
            .questions
            .iter()
            .zip(&answers)
            .map(|(question, answer)| (question.text, answer.to_string()))
            .collect();
        let before = told.fillings.first().map_or(&[][..], |filling| &filling.answers);
        let filling = filled(&response, vec![score], answered(&questions, before));
        note(&mut told.fillings, filling);
    }
    // Filled in for somebody else, and taken back.
    let wrong = Response {
        id: format!("{ID}-cat-wrong"),
        when: script.about(40, (12, 0), 0),
        status: "entered-in-error",
        items: instrument.answers(|_| json!({ "valueInteger": CAT_SCALE })),
    };
    add_response(script, &wrong, instrument.canonical);
    add_score(script, &CAT, &wrong, "40", Some("entered-in-error"));
    told.set_aside.push(wrong.id);
    told
}

fn filled(response: &Response, scores: Vec<ScoreExpected>, answers: Vec<AnswerExpected>) -> FillingExpected {
    FillingExpected {
        id: response.id.clone(),
        time: response.when.text.clone(),
        status: response.status.to_owned(),
        scores,
        answers,
    }
}

fn eq5d(script: &mut Script) -> InstrumentExpected {
    let instrument = &instruments::EQ5D;
    let mut told = InstrumentExpected {
        name: "EQ-5D".to_owned(),
        ..InstrumentExpected::default()
    };
    for (days_before, levels, vas, index) in [
        (330, [1, 0, 1, 2, 0], 55, "0.682"),
        (246, [1, 0, 1, 1, 0], 60, "0.724"),
        (162, [1, 0, 0, 1, 0], 70, "0.812"),
        (78, [1, 0, 1, 1, 1], 62, "0.701"),
        (8, [1, 0, 1, 1, 0], 65, "0.724"),
    ] {
        let response = Response {
            id: format!("{ID}-eq5d-{days_before}"),
            when: script.about(days_before, (10, 15), 10),
            status: "completed",
            items: instruments::eq5d_answers(levels, vas),
        };
        add_response(script, &response, instrument.canonical);
        let scores = vec![
            add_score(script, &VAS, &response, &vas.to_string(), None),
            add_score(script, &INDEX, &response, index, None),
        ];
        let dimensions = DIMENSIONS.iter().zip(levels);
        let mut questions: Vec<_> = dimensions
            .map(|(question, level)| (question.text, EQ5D_LEVELS[level].1.to_owned()))
            .collect();
        questions.push((instruments::VAS_QUESTION.text, vas.to_string()));
        let before = told.fillings.first().map_or(&[][..], |filling| &filling.answers);
        let filling = filled(&response, scores, answered(&questions, before));
        note(&mut told.fillings, filling);
    }
    told
}

/// In no table; the response repeats the questions, and half of its answers are words.
fn sleep(script: &mut Script) -> InstrumentExpected {
    let instrument = &instruments::SLEEP_DIARY;
    let mut told = InstrumentExpected {
        name: "Søvn og uro".to_owned(),
        ..InstrumentExpected::default()
    };
    for (days_before, hours, words, score) in [
        (61, "5.5", "Våknet av hoste.", "9"),
        (5, "7", "Rolig natt. <b>Ingen</b> hoste.", "4"),
    ] {
        let answers = [
            json!({ "valueDecimal": crate::resource::number(hours) }),
            json!({ "valueString": words }),
        ];
        let response = Response {
            id: format!("{ID}-sleep-{days_before}"),
            when: script.about(days_before, (8, 0), 30),
            status: "completed",
            items: instrument.answers_with_texts(|index| answers[index].clone()),
        };
        add_response(script, &response, instrument.canonical);
        let score = add_score(script, &SLEEP_SCORE, &response, score, None);
        let questions: Vec<_> = SLEEP
            .iter()
            .zip([hours, words])
            .map(|(question, answer)| (question.text, answer.to_owned()))
            .collect();
        let before = told.fillings.first().map_or(&[][..], |filling| &filling.answers);
        let filling = filled(&response, vec![score], answered(&questions, before));
        note(&mut told.fillings, filling);
    }
    told
}

/// Its Questionnaire is served nowhere: the response's own texts are all there is. It has no score.
fn unserved(script: &mut Script) -> InstrumentExpected {
    let instrument = Instrument {
        canonical: "https://leverandor.example/Questionnaire/uke-sjekk|3",
        title: "Uke-sjekk",
        questions: &instruments::WEEKLY,
    };
    let words = ["Ja", "Nei"];
    let response = Response {
        id: format!("{ID}-weekly-12"),
        when: script.about(12, (9, 0), 5),
        status: "completed",
        items: instrument.answers_with_texts(|index| json!({ "valueBoolean": index == 0 })),
    };
    add_response(script, &response, instrument.canonical);
    let questions: Vec<_> = instrument
        .questions
        .iter()
        .zip(words)
        .map(|(question, answer)| (question.text, answer.to_owned()))
        .collect();
    InstrumentExpected {
        // Nothing else names it.
        name: "uke-sjekk".to_owned(),
        fillings: vec![filled(&response, Vec::new(), answered(&questions, &[]))],
        set_aside: Vec::new(),
    }
}
