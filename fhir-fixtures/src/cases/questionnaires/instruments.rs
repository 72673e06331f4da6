//! The questionnaires themselves, in bokmål with translations, and the shapes of answers to them. The wording is our
//! own. Holds nobody's answers.

use serde_json::{Value, json};

use crate::resource::HOME_MONITORING;

/// One question, with its nynorsk and English.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub(super) text: &'static str,
    nynorsk: &'static str,
    english: &'static str,
    kind: &'static str,
}

const fn question(
    kind: &'static str,
    text: &'static str,
    nynorsk: &'static str,
    english: &'static str,
) -> Question {
    Question {
        text,
        nynorsk,
        english,
        kind,
    }
}

#[derive(Debug)]
pub(super) struct Instrument {
    /// Address and version.
    pub(super) canonical: &'static str,
    pub(super) title: &'static str,
    pub(super) questions: &'static [Question],
}

/// The highest answer to an item of CAT.
pub(super) const CAT_SCALE: i64 = 5;

pub(super) static CAT: Instrument = Instrument {
    canonical: "https://hjemmemaaling.example/Questionnaire/cat|2.0",
    title: "CAT",
    questions: &[
        question(
            "integer",
            "Hvor mye hoster du?",
            "Kor mykje hostar du?",
            "How much do you cough?",
        ),
        question(
            "integer",
            "Hvor mye slim har du?",
            "Kor mykje slim har du?",
            "How much phlegm do you have?",
        ),
        question(
            "integer",
            "Er brystet tett?",
            "Er brystet tett?",
            "Is your chest tight?",
        ),
        question(
            "integer",
            "Blir du tungpustet i motbakke?",
            "Blir du tungpusta i motbakke?",
            "Are you short of breath uphill?",
        ),
        question(
            "integer",
            "Er gjøremål hjemme vanskelige?",
            "Er gjeremål heime vanskelege?",
            "Are chores at home hard?",
        ),
        question(
            "integer",
            "Er du trygg på å gå ut?",
            "Er du trygg på å gå ut?",
            "Do you feel safe leaving home?",
        ),
        question("integer", "Sover du godt?", "Søv du godt?", "Do you sleep well?"),
        question(
            "integer",
            "Har du krefter?",
            "Har du krefter?",
            "Do you have energy?",
        ),
    ],
};

pub(super) static DIMENSIONS: [Question; 5] = [
    question("choice", "Gange", "Gange", "Mobility"),
    question("choice", "Personlig stell", "Personleg stell", "Self-care"),
    question(
        "choice",
        "Vanlige gjøremål",
        "Vanlege gjeremål",
        "Usual activities",
    ),
    question(
        "choice",
        "Smerter og ubehag",
        "Smerter og ubehag",
        "Pain and discomfort",
    ),
    question(
        "choice",
        "Angst og depresjon",
        "Angst og depresjon",
        "Anxiety and depression",
    ),
];

pub(super) static VAS_QUESTION: Question = question(
    "integer",
    "Hvor god er helsen din i dag, fra 0 til 100?",
    "Kor god er helsa di i dag, frå 0 til 100?",
    "How good is your health today, from 0 to 100?",
);

/// Code and words.
pub(super) const EQ5D_LEVELS: [(&str, &str); 3] = [
    ("1", "Ingen problemer"),
    ("2", "Litt problemer"),
    ("3", "Middels store problemer"),
];

pub(super) static EQ5D: Instrument = Instrument {
    canonical: "https://hjemmemaaling.example/Questionnaire/eq5d",
    title: "EQ-5D",
    questions: &DIMENSIONS,
};

pub(super) static SLEEP: [Question; 2] = [
    question(
        "decimal",
        "Hvor mange timer sov du?",
        "Kor mange timar sov du?",
        "How many hours did you sleep?",
    ),
    question(
        "string",
        "Hva forstyrret søvnen?",
        "Kva forstyrra søvnen?",
        "What disturbed your sleep?",
    ),
];

pub(super) static SLEEP_DIARY: Instrument = Instrument {
    canonical: "https://leverandor.example/Questionnaire/sovn|1",
    title: "Søvn og uro",
    questions: &SLEEP,
};

pub(super) static WEEKLY: [Question; 2] = [
    question("boolean", "Har du tatt medisinene?", "", ""),
    question("boolean", "Har du falt?", "", ""),
];

const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";

impl Question {
    /// As an item of a Questionnaire.
    fn item(&self, link: &str) -> Value {
        let translated = |language: &str, content: &str| {
            json!({ "url": TRANSLATION, "extension": [
                { "url": "lang", "valueCode": language }, { "url": "content", "valueString": content }] })
        };
        let translations = [translated("nn", self.nynorsk), translated("en", self.english)];
        json!({ "linkId": link, "text": self.text, "_text": { "extension": translations }, "type": self.kind })
    }
}

impl Instrument {
    pub(super) fn questionnaire(&self) -> Value {
        let (url, version) = match self.canonical.split_once('|') {
            Some((url, version)) => (url, Some(version)),
            None => (self.canonical, None),
        };
        let id = url.rsplit('/').next().unwrap_or_default();
        let mut items: Vec<Value> = self
            .questions
            .iter()
            .zip(1..)
            .map(|(question, link): (&Question, i32)| question.item(&link.to_string()))
            .collect();
        if self.title == "EQ-5D" {
            // The five stand in a group, and the scale below them.
            let nested: Vec<Value> = DIMENSIONS
                .iter()
                .zip(1..)
                .map(|(question, link): (&Question, i32)| question.item(&format!("1.{link}")))
                .collect();
            items = vec![
                json!({ "linkId": "1", "text": "Helsetilstanden i dag", "type": "group", "item": nested }),
                VAS_QUESTION.item("2"),
            ];
        }
        let mut questionnaire = json!({
            "resourceType": "Questionnaire",
            "id": format!("questionnaires-form-{id}"),
            "meta": { "source": HOME_MONITORING },
            "language": "nb",
            "url": url,
            "title": self.title,
            "status": "active",
            "item": items,
        });
        if let Some(version) = version {
            questionnaire["version"] = json!(version);
        }
        questionnaire
    }

    /// Answers that lead to their questions by `linkId` alone.
    pub(super) fn answers(&self, answer: impl Fn(usize) -> Value) -> Value {
        let item = |index: usize| json!({ "linkId": (index + 1).to_string(), "answer": [answer(index)] });
        (0..self.questions.len()).map(item).collect()
    }

    /// Answers with the questions beside them.
    pub(super) fn answers_with_texts(&self, answer: impl Fn(usize) -> Value) -> Value {
        let item = |(index, question): (usize, &Question)| json!({ "linkId": (index + 1).to_string(), "text": question.text, "answer": [answer(index)] });
        self.questions.iter().enumerate().map(item).collect()
    }
}

/// Five answers in a group, and the scale.
pub(super) fn eq5d_answers(levels: [usize; 5], vas: i64) -> Value {
    let nested = levels.iter().zip(1..).map(|(level, link): (&usize, i32)| {
        let (code, words) = EQ5D_LEVELS[*level];
        let coding =
            json!({ "system": "https://hjemmemaaling.example/eq5d", "code": code, "display": words });
        json!({ "linkId": format!("1.{link}"), "answer": [{ "valueCoding": coding }] })
    });
    json!([
        { "linkId": "1", "item": nested.collect::<Value>() },
        { "linkId": "2", "answer": [{ "valueInteger": vas }] },
    ])
}
