//! What a filling says of its own score, where no Observation says it. No score is calculated here.

use chart_model::questionnaire::{Answer, Filling};
use chart_model::reading::{Component, Method, Quantity, Status, Values};
use chart_model::{Decimal, Known, Reading, lowercase};

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

/// The sum that a filling itself says: in an item that the questionnaire marks as such or that is called so, else in an
/// extension that is called so.
pub(super) fn own_score(all: &Gathered, filling: &mut Filling, host: &str) {
    let Some(time) = filling.time.clone() else { return };
    let responses = || {
        all.of("QuestionnaireResponse")
            .filter(|json| *json.text("id") == *filling.id)
    };
    let Some(response) = responses().next().filter(|_| !filling.id.is_empty()) else {
        return;
    };
    let form = Form::of(all, response);
    let mut in_items = filling.lines.iter().filter_map(|line| {
        let [
            Answer::Number {
                value,
                comparator: None,
                ..
            },
        ] = line.answers.as_slice()
        else {
            return None;
        };
        let forms = form.items(&line.link);
        let marked = || {
            forms
                .iter()
                .any(|(form, _)| terms::has_coding(&codes(form), TOTAL))
        };
        let called = || is_called_sum(line.text.as_sent()) || is_called_sum(&line.link);
        (marked() || called()).then(|| (*value, line.text.as_sent().to_owned()))
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
                .then(|| (value, name.to_owned()))
        })
    };
    let Some((value, name)) = in_items.next().or_else(in_extension) else {
        return;
    };
    let reading = Reading {
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
    };
    let score = score(reading, &name, &filling.instrument, false);
    filling.scores.push(score);
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
