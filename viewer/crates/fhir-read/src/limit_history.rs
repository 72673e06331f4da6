//! The limits of a plan through time, put together from all its goals. Reads no JSON.

use std::rc::Rc;

use chart_model::{LimitEra, LimitHistory, Parameter};

use crate::limit_version::Span;

/// One history per parameter, in the order in which they come. Where several spans hold for one number, the one
/// that began last counts, whole.
pub(crate) fn histories(spans: &[Span]) -> Vec<LimitHistory> {
    let mut parameters: Vec<&Parameter> = Vec::new();
    for span in spans {
        if !parameters.contains(&&span.parameter) {
            parameters.push(&span.parameter);
        }
    }
    parameters
        .into_iter()
        .map(|parameter| history(parameter, spans))
        .collect()
}

fn history(parameter: &Parameter, spans: &[Span]) -> LimitHistory {
    let spans: Vec<&Span> = spans.iter().filter(|span| span.parameter == *parameter).collect();
    let mut edges: Vec<i64> = spans.iter().flat_map(|span| [span.from, span.to]).collect();
    chart_model::order::by_key(&mut edges, |edge| *edge);
    edges.dedup();
    let mut eras: Vec<LimitEra> = Vec::new();
    for (index, from) in edges.iter().copied().enumerate() {
        let holding = [0, 1].map(|number| holding(&spans, number, from));
        let sets = holding.map(|span| span.map(|span| Rc::clone(&span.set)));
        if sets.iter().all(Option::is_none) {
            continue;
        }
        let to = edges.get(index + 1).copied().unwrap_or(i64::MAX);
        match eras.last_mut() {
            // A version that left the limits as they were.
            Some(last) if last.to == from && last.sets == sets => last.to = to,
            _ => {
                let newest = holding.into_iter().flatten().max_by_key(|span| span.from);
                let author = newest.and_then(|span| span.author.clone());
                eras.push(LimitEra {
                    from,
                    to,
                    sets,
                    author,
                });
            }
        }
    }
    let is_known = |span: &&Span| !span.follows_unknown && span.from < i64::MAX;
    LimitHistory {
        parameter: parameter.clone(),
        eras: eras.into_iter().map(Rc::new).collect(),
        is_complete: spans.iter().all(is_known),
    }
}

/// The span that counts for a number at an instant; of those without a time, at `i64::MAX`, one that still holds.
fn holding<'a>(spans: &[&'a Span], number: usize, at: i64) -> Option<&'a Span> {
    let holds =
        |span: &&&Span| span.number == number && span.from <= at && (at < span.to || span.to == i64::MAX);
    // The first of those that began at the same time.
    spans
        .iter()
        .rev()
        .filter(holds)
        .max_by_key(|span| span.from)
        .copied()
}

#[cfg(test)]
mod tests;
