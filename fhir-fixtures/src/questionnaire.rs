//! Answers to the COPD questionnaire behind a CAT score. The items' wording is our own.

use serde_json::{Value, json};

use crate::resource::{HOME_MONITORING, reference};
use crate::script::Script;

const ITEMS: [&str; 8] = [
    "Hoste",
    "Slim",
    "Tetthet i brystet",
    "Pust i motbakke",
    "Gjøremål hjemme",
    "Trygghet ute",
    "Søvn",
    "Krefter",
];

/// A QuestionnaireResponse whose eight answers (0–5 each) add up to `score` (0–40).
pub(crate) fn cat_answers(script: &Script, id: &str, authored: &str, score: i64) -> Value {
    let items: Value = ITEMS
        .iter()
        .zip(0..)
        .map(|(text, index)| {
            // The first `score % 8` items carry the remainder.
            let answer = score / 8 + i64::from(index < score % 8);
            json!({ "linkId": (index + 1).to_string(), "text": text, "answer": [{ "valueInteger": answer }] })
        })
        .collect();
    json!({
        "resourceType": "QuestionnaireResponse",
        "id": id,
        "meta": { "source": HOME_MONITORING },
        "status": "completed",
        "subject": reference(&format!("Patient/{}", script.id)),
        "authored": authored,
        "item": items,
    })
}
