//! Filled-in questionnaires with the questions' own texts, and their scores, from QuestionnaireResponse, Questionnaire,
//! ValueSet and Observation. What fillings are and how two differ is `chart_model::questionnaire`.

mod answers;
mod form;
mod own_score;
mod scores;

use std::rc::Rc;

use chart_model::questionnaire::{
    Filling, FillingStatus, Fillings, Instrument, Line, by_instrument, changed_answers,
};
use chart_model::{ClinicalTime, Finding, FindingKind, Wording};

use crate::error::PageError;
use crate::gather::{Gathered, first_filled, name_of, time};
use crate::json::Json;
use crate::who::named;
use form::Form;

/// What some answers hold of questionnaires.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuestionnaireReading {
    /// By questionnaire: the one filled in last first, and of each the newest filling first.
    pub questionnaires: Vec<Fillings>,
    /// Fillings and scores that were taken back, were copies, or have no value and say so.
    pub left_out: usize,
    /// Questionnaires that fillings name and no answer holds: canonical addresses (maybe with `|version`) or
    /// `Questionnaire/id`. With them the questions' own texts are read; without them what the fillings say themselves.
    pub missing: Vec<String>,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// Reads the answers to the searches for QuestionnaireResponse and for scores, and Questionnaires read along with them, in
/// any order. `host` is the source of scores that name none; `now` the moment at which they were fetched.
///
/// # Errors
/// [`PageError`] if an answer is neither a Bundle nor a resource.
pub fn read_questionnaires(
    pages: &[&[u8]],
    patient: &str,
    host: &str,
    now: i64,
) -> Result<QuestionnaireReading, PageError> {
    let mut all = Gathered::read(pages, patient)?;
    let mut reading = QuestionnaireReading {
        findings: std::mem::take(&mut all.findings),
        ..QuestionnaireReading::default()
    };
    let mut fillings: Vec<Filling> = Vec::new();
    let mut retracted: Vec<&str> = Vec::new();
    for response in all.of("QuestionnaireResponse") {
        let status = match response.text("status") {
            "completed" => FillingStatus::Completed,
            "amended" => FillingStatus::Amended,
            "in-progress" => FillingStatus::InProgress,
            "stopped" => FillingStatus::Stopped,
            "" => FillingStatus::Unstated,
            "entered-in-error" => {
                reading.left_out += 1;
                retracted.push(response.text("id"));
                continue;
            }
            other => {
                let name = name_of(response);
                reading
                    .findings
                    .push(crate::resource::finding(FindingKind::UnknownStatus, &name, other));
                continue;
            }
        };
        let form = Form::of(&all, response);
        if form.is_missing() && !reading.missing.contains(&form.address) {
            reading.missing.push(form.address.clone());
        }
        let authored = time(response, "authored", &name_of(response), &mut reading.findings);
        fillings.push(Filling {
            id: response.text("id").into(),
            instrument: Rc::new(instrument(&all, response, &form)),
            status,
            time: authored,
            author: named(&all, response.get("author"), response).into(),
            answered_by: named(&all, response.get("source"), response).into(),
            scores: Vec::new(),
            lines: answers::lines(&all, response, &form),
        });
    }
    name_by_form(&mut fillings);
    name_alike(&mut fillings);
    scores::add(
        &all,
        &mut fillings,
        &retracted,
        &mut reading,
        (patient, host, now),
    );
    merge_copies(&mut fillings, &mut reading.left_out);
    reading.questionnaires = by_instrument(fillings.into_iter().map(Rc::new).collect());
    Ok(reading)
}

/// Which questionnaire it is: by its title, else by what it is called where it is referred to, else by the score that was
/// calculated from it, else by its address.
fn instrument(all: &Gathered, response: &Json, form: &Form<'_>) -> Instrument {
    let mut name = form.title();
    let displayed = response.get("_questionnaire").get("extension").items().iter();
    let display = displayed
        .filter(|extension| extension.text("url") == "http://hl7.org/fhir/StructureDefinition/display")
        .map(|extension| extension.text("valueString"))
        .next();
    name.add(
        first_filled([
            display.unwrap_or_default(),
            response.get("questionnaire").text("display"),
        ]),
        response.text("language"),
    );
    if name.is_empty() {
        let id = response.text("id");
        let mut of_it = all
            .of("Observation")
            .filter(|score| scores::response_of(score) == Some(id));
        let score = of_it.find_map(|score| Some(scores::name(score)).filter(|name| !name.is_empty()));
        if let Some(score) = score {
            return Instrument::of_score(score, form.canonical());
        }
    }
    Instrument::new(name, form.canonical())
}

/// Fillings of one form are of one questionnaire, named by whichever of them has a name; most often only those with a score
/// have one.
fn name_by_form(fillings: &mut [Filling]) {
    let named: Vec<Rc<Instrument>> = fillings
        .iter()
        .map(|filling| &filling.instrument)
        .filter(|instrument| !instrument.canonical.is_empty() && instrument.is_named())
        .cloned()
        .collect();
    for filling in fillings
        .iter_mut()
        .filter(|filling| !filling.instrument.is_named())
    {
        let mut same = named.iter();
        if let Some(named) = same.find(|named| named.canonical == filling.instrument.canonical) {
            filling.instrument = Rc::clone(named);
        }
    }
}

/// Fillings that nothing names are of the questionnaire that others with the same questions are of.
fn name_alike(fillings: &mut [Filling]) {
    let is_nameless = |filling: &Filling| filling.instrument.key.is_empty();
    let questions = |filling: &Filling| -> String {
        let lines = filling.lines.iter();
        lines
            .map(|line| format!("{}\n{}\n", line.link, line.text.as_sent()))
            .collect()
    };
    let known: Vec<(String, Rc<Instrument>)> = fillings
        .iter()
        .filter(|filling| !is_nameless(filling))
        .map(|filling| (questions(filling), Rc::clone(&filling.instrument)))
        .collect();
    for filling in fillings.iter_mut().filter(|filling| is_nameless(filling)) {
        let asked = questions(filling);
        filling.instrument = match known.iter().find(|(questions, _)| *questions == asked) {
            Some((_, instrument)) => Rc::clone(instrument),
            None => Rc::new(Instrument {
                key: asked.into(),
                name: Wording::default(),
                canonical: "".into(),
            }),
        };
    }
}

/// A filling that two systems have is one: the same questionnaire, instant and answers. The one with scores is kept.
fn merge_copies(fillings: &mut Vec<Filling>, left_out: &mut usize) {
    let is_copy = |one: &Filling, other: &Filling| {
        let clock = one.time.as_ref().is_some_and(ClinicalTime::has_clock);
        clock
            && one.time == other.time
            && one.instrument.key == other.instrument.key
            && !one.lines.is_empty()
            && one.lines.len() == other.lines.len()
            && changed_answers(one, other).is_empty()
    };
    let all = fillings.len();
    let mut kept: Vec<Filling> = Vec::with_capacity(all);
    for filling in fillings.drain(..) {
        match kept.iter_mut().find(|there| is_copy(there, &filling)) {
            Some(there) if there.scores.is_empty() => *there = filling,
            Some(_) => {}
            None => kept.push(filling),
        }
    }
    *left_out += all - kept.len();
    *fillings = kept;
}

#[cfg(test)]
mod tests;
