//! What a filling says of its own score, where no Observation says it. No score is calculated here.

use chart_model::questionnaire::{Answer, Filling, Line, Scale};
use chart_model::reading::{Component, Method, Quantity, Status, Values};
use chart_model::{ClinicalTime, Decimal, Known, Reading, lowercase};

use super::form::Form;
use super::scores::score;
use crate::care_plan::terms;
use crate::gather::{Gathered, first_filled, number};
use crate::json::Json;

/// Norwegian questionnaires mark the item that holds the sum of all others so.
const TOTAL: (&str, &str) = ("http://ehelse.no/scoringFormulas", "TS");
/// What an item, or an extension, that holds the sum is called.
const SUMS: [&str; 9] = [
    "totalscore",
    "totalskår",
    "sumscore",
    "sumskår",
    "poengsum",
    "totalsum",
    "catscore",
    "catskår",
    "samletscore",
];

/// What a filling itself says, where no Observation says it: its sum, and the visual scale of EQ-5D, which is answered and
/// not calculated.
pub(super) fn own_scores(all: &Gathered, filling: &mut Filling, host: &str) {
    let mut responses = all.of("QuestionnaireResponse");
    let response = responses.find(|json| !filling.id.is_empty() && *json.text("id") == *filling.id);
    let Some((response, time)) = response.zip(filling.time.clone()) else {
        return;
    };
    let sum = filling
        .scores
        .is_empty()
        .then(|| sum(all, response, filling))
        .flatten();
    let has_visual_scale = filling.scores.iter().any(|score| score.scale == Scale::Eq5dVas);
    let visual_scale = if has_visual_scale {
        None
    } else {
        visual_scale(filling)
    };
    for (value, name, is_part) in sum.into_iter().chain(visual_scale) {
        let reading = reading(filling, response, time.clone(), value, host);
        let score = score(reading, &name, &filling.instrument, is_part);
        filling.scores.push(score);
    }
}

/// A number, what it is called, and whether it is a part of the questionnaire's score.
type Said = (Decimal, String, bool);

/// The only answer, where that is a number.
fn number_of(line: &Line) -> Option<Decimal> {
    match line.answers.as_slice() {
        [
            Answer::Number {
                value,
                comparator: None,
                ..
            },
        ] => Some(*value),
        _ => None,
    }
}

fn visual_scale(filling: &Filling) -> Option<Said> {
    let is_it = |name: &str| Scale::of(name, &filling.instrument, true) == Scale::Eq5dVas;
    filling.lines.iter().find_map(|line| {
        let value = number_of(line)?;
        let name = line.text.as_sent();
        (is_it(name) || is_it(&line.link)).then(|| {
            // A whole question is no name.
            let name = if is_it(name) { name } else { "EQ VAS" };
            (value, name.to_owned(), true)
        })
    })
}

/// In an item that the questionnaire marks as its sum or that is called so, else in an extension that is called so.
fn sum(all: &Gathered, response: &Json, filling: &Filling) -> Option<Said> {
    let form = Form::of(all, response);
    let mut in_items = filling.lines.iter().filter_map(|line| {
        let value = number_of(line)?;
        let forms = form.items(&line.link);
        let marked = || {
            forms
                .iter()
                .any(|(form, _)| terms::has_coding(&codes(form), TOTAL))
        };
        let called = || is_called_sum(line.text.as_sent()) || is_called_sum(&line.link);
        (marked() || called()).then(|| (value, line.text.as_sent().to_owned(), false))
    });
    let mut extensions = response.get("extension").items().iter();
    let in_extension = || {
        extensions.find_map(|extension| {
            let name = extension
                .text("url")
                .rsplit(['/', ':'])
                .next()
                .unwrap_or_default();
            let values = ["valueInteger", "valueDecimal"].map(|field| number(extension.get(field)));
            let quantity = number(extension.get("valueQuantity").get("value"));
            let value = values.into_iter().flatten().next().or(quantity)?;
            lowercase(name)
                .contains("score")
                .then(|| (value, name.to_owned(), false))
        })
    };
    in_items.next().or_else(in_extension)
}

fn reading(filling: &Filling, response: &Json, time: ClinicalTime, value: Decimal, host: &str) -> Reading {
    Reading {
        id: filling.id.clone(),
        parameter: Known::Cat.into(),
        time,
        end: None,
        values: Values::Single(Component {
            quantity: plain(value),
            ranges: None,
            interpretation: None,
        }),
        status: Status::Unstated,
        method: Method::Manual,
        sources: vec![first_filled([response.get("meta").text("source"), host]).into()],
        device: None,
        identifiers: Vec::new(),
        note: None,
        interpretation: None,
        remarks: Vec::new(),
    }
}

/// The codes of an item as those of a concept.
fn codes(item: &Json) -> Json {
    Json::object([("coding", item.get("code").clone())])
}

fn is_called_sum(text: &str) -> bool {
    let letters = lowercase(text);
    let letters: String = letters.chars().filter(|c| c.is_alphanumeric()).collect();
    SUMS.iter().any(|sum| letters.contains(sum))
}

fn plain(value: Decimal) -> Quantity {
    Quantity {
        shown: value,
        comparator: None,
        as_sent_unit: None,
        source_text: None,
    }
}
