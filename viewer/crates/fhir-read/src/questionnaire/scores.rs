//! Scores and what they are scores of. Observations come first; what a filling says of its own score counts where no
//! Observation does. No score is calculated here.

use std::rc::Rc;

use chart_model::questionnaire::{Filling, FillingStatus, Instrument, Scale, Score};
use chart_model::reading::Values;
use chart_model::time::MINUTE_MS;
use chart_model::{Known, Parameter, Reading, accept};

use super::QuestionnaireReading;
use super::own_score::own_scores;
use crate::care_plan::{parts::target, terms};
use crate::gather::{Gathered, first_filled};
use crate::json::Json;
use crate::reader::Reader;

/// Id of the filling that a score was calculated from.
pub(super) fn response_of(score: &Json) -> Option<&str> {
    let mut origins = score.get("derivedFrom").items().iter();
    origins.find_map(|origin| {
        let (kind, id) = target(origin.text("reference"));
        let kind = first_filled([kind, origin.text("type")]);
        (kind == "QuestionnaireResponse").then_some(id)
    })
}

/// What a score calls itself, or what it was calculated from is called.
pub(super) fn name(score: &Json) -> &str {
    let code = score.get("code");
    let mut origins = score.get("derivedFrom").items().iter();
    let origin = origins.find_map(|origin| Some(origin.text("display")).filter(|text| !text.is_empty()));
    // LOINC's own name of the code that all scores share says nothing.
    let displays = code
        .get("coding")
        .items()
        .iter()
        .map(|coding| coding.text("display"));
    let mut displays =
        displays.filter(|display| !display.is_empty() && !display.starts_with("Questionnaire"));
    first_filled([
        code.text("text"),
        displays.next().unwrap_or_default(),
        origin.unwrap_or_default(),
    ])
}

/// True if it is the score of a questionnaire.
fn is_score(observation: &Json) -> bool {
    let cat = |coding: &Json| {
        let codes = Known::Cat.spec().codes;
        codes.contains(&(coding.text("system"), coding.text("code")))
    };
    let mut codings = observation.get("code").get("coding").items().iter();
    let survey = (
        "http://terminology.hl7.org/CodeSystem/observation-category",
        "survey",
    );
    codings.any(cat)
        || response_of(observation).is_some()
        || terms::has_coding(observation.get("category"), survey)
}

/// A score that was read, before it is known which filling it is of.
struct Loose {
    /// Id of the filling; empty if it names none.
    response: String,
    instrument: Instrument,
    score: Score,
}

/// Adds the scores to the fillings that they are of; a score of no filling that was sent makes one of its own.
pub(super) fn add(
    all: &Gathered,
    fillings: &mut Vec<Filling>,
    retracted: &[&str],
    into: &mut QuestionnaireReading,
    (patient, host, now): (&str, &str, i64),
) {
    let mut loose: Vec<Loose> = Vec::new();
    let mut reader = Reader::new(patient, host);
    for observation in all.of("Observation").filter(|observation| is_score(observation)) {
        let response = response_of(observation).unwrap_or_default();
        if retracted.contains(&response) && !response.is_empty() {
            into.left_out += 1;
            continue;
        }
        let entry = Json::list_of(Json::object([("resource", observation.clone())]));
        let bundle = Json::object([("resourceType", "Bundle".into()), ("entry", entry)]);
        let Ok(page) = reader.observations(bundle.to_string().as_bytes()) else {
            continue;
        };
        into.left_out += page.excluded.len();
        into.findings.extend(page.findings);
        for reading in page.readings {
            let component = component_name(observation, &reading.parameter);
            let whole = name(observation);
            let name = component.as_deref().unwrap_or(whole);
            let filling = fillings
                .iter()
                .find(|filling| !response.is_empty() && *filling.id == *response);
            let is_item =
                filling.is_some_and(|filling| filling.lines.iter().any(|line| line.text.as_sent() == name));
            let instrument = filling
                .map(|filling| Instrument::clone(&filling.instrument))
                .filter(|instrument| !instrument.name.is_empty())
                .unwrap_or_else(|| among(fillings, Instrument::of_score(first_filled([whole, name]), "")));
            loose.push(Loose {
                response: response.to_owned(),
                score: score(reading, name, &instrument, is_item || component.is_some()),
                instrument,
            });
        }
    }
    // The same score from two systems is one; one of the future is none.
    let accepted = accept(
        loose
            .iter()
            .map(|one| Reading::clone(&one.score.reading))
            .collect(),
        now,
    );
    into.left_out += accepted.excluded().len();
    into.findings.extend(accepted.findings().iter().cloned());
    let readings = accepted.readings();
    for mut one in loose {
        let same =
            |there: &&Rc<Reading>| there.id == one.score.reading.id && there.time == one.score.reading.time;
        let there = readings
            .get(&one.score.reading.parameter)
            .and_then(|list| list.iter().find(same));
        let Some(there) = there else { continue };
        one.score.reading = Rc::clone(there);
        place(fillings, one);
    }
    for filling in fillings {
        own_scores(all, filling, host);
    }
}

/// The name of a score that stands in a component; `None` for the Observation's own.
fn component_name(observation: &Json, parameter: &Parameter) -> Option<Box<str>> {
    let Parameter::Other(other) = parameter else {
        return None;
    };
    let code = observation.get("code");
    let mut codings = code.get("coding").items().iter();
    let is_own = (!other.code.is_empty() && codings.any(|coding| coding.text("code") == &*other.code))
        || code.text("text") == &*other.text;
    (!is_own).then(|| other.text.clone())
}

/// The questionnaire among those filled in that a score means by its name; the score's own where there is none, or
/// several.
fn among(fillings: &[Filling], named: Instrument) -> Instrument {
    let mut found: Option<&Rc<Instrument>> = None;
    for filling in fillings
        .iter()
        .filter(|filling| filling.instrument.may_be(&named))
    {
        if found.is_some_and(|found| found.key != filling.instrument.key) {
            return named;
        }
        found = Some(&filling.instrument);
    }
    found.map_or(named, |found| Instrument::clone(found))
}

/// `is_part`: it is one question's, and not the whole questionnaire's.
pub(super) fn score(mut reading: Reading, name: &str, instrument: &Instrument, is_part: bool) -> Score {
    let name = first_filled([name, instrument.name.as_sent()]);
    let scale = Scale::of(name, instrument, is_part);
    let parameter = scale.parameter(name, reading.unit());
    if reading.parameter != parameter {
        if let Values::Single(component) = &mut reading.values {
            component.quantity.shown = component.quantity.shown.round(parameter.decimals());
        }
        reading.parameter = parameter;
    }
    Score {
        scale,
        name: name.into(),
        reading: Rc::new(reading),
    }
}

/// Puts a score to the filling that it was calculated from; else to one of the same questionnaire and minute.
fn place(fillings: &mut Vec<Filling>, one: Loose) {
    let minute = |ms: i64| ms.div_euclid(MINUTE_MS);
    let at = minute(one.score.reading.time.axis_ms());
    let is_of = |filling: &&mut Filling| {
        let same_time = || {
            filling
                .time
                .as_ref()
                .is_some_and(|time| minute(time.axis_ms()) == at)
        };
        let named = !one.response.is_empty() && !filling.id.is_empty();
        if named {
            *filling.id == *one.response
        } else {
            filling.instrument.key == one.instrument.key && same_time()
        }
    };
    match fillings.iter_mut().find(is_of) {
        Some(filling) => filling.scores.push(one.score),
        None => fillings.push(Filling {
            id: "".into(),
            instrument: Rc::new(one.instrument),
            status: FillingStatus::Unstated,
            time: Some(one.score.reading.time.clone()),
            author: "".into(),
            answered_by: "".into(),
            scores: vec![one.score],
            lines: Vec::new(),
        }),
    }
}
