//! What was answered otherwise than the time before.

use super::{Filling, Line};

/// A line that differs between two fillings of one questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its place among the lines of the earlier filling; `None` if it was not asked (or not sent) then.
    pub before: Option<usize>,
    /// Its place among the lines of the later filling; `None` if it is not there.
    pub now: Option<usize>,
}

/// The answers that differ, in the order of the later filling; then those that only the earlier one has. Lines belong
/// together by `linkId` (those without one by their text), repeated ones in their order. Where the form is not known to be
/// the same one, the texts must agree too: else it is no change but two questions. Nothing of fillings of two
/// questionnaires.
pub fn changed_answers(earlier: &Filling, later: &Filling) -> Vec<Changed> {
    if earlier.instrument.key != later.instrument.key {
        return Vec::new();
    }
    let one_form =
        !later.instrument.canonical.is_empty() && earlier.instrument.canonical == later.instrument.canonical;
    let mut unmatched: Vec<bool> = earlier
        .lines
        .iter()
        .map(|line| !line.answers.is_empty())
        .collect();
    let mut taken: Vec<bool> = vec![false; earlier.lines.len()];
    let mut changes = Vec::new();
    for (now, line) in later.lines.iter().enumerate() {
        let is_same = |(at, other): &(usize, &Line)| {
            taken.get(*at) == Some(&false) && same_question(other, line, one_form)
        };
        match earlier.lines.iter().enumerate().find(is_same) {
            Some((before, other)) => {
                for list in [(&mut taken, true), (&mut unmatched, false)] {
                    if let Some(place) = list.0.get_mut(before) {
                        *place = list.1;
                    }
                }
                if !same_answers(other, line) {
                    changes.push(Changed {
                        before: Some(before),
                        now: Some(now),
                    });
                }
            }
            None if line.answers.is_empty() => {}
            None => changes.push(Changed {
                before: None,
                now: Some(now),
            }),
        }
    }
    let left = unmatched.iter().enumerate().filter(|(_, left)| **left);
    changes.extend(left.map(|(before, _)| Changed {
        before: Some(before),
        now: None,
    }));
    changes
}

fn same_question(one: &Line, other: &Line, one_form: bool) -> bool {
    // A line without a text is called by its `linkId`.
    let nameless = |line: &Line| line.text.as_sent() == &*line.link;
    let texts_agree = || one.text.agrees_with(&other.text);
    match (one.link.is_empty(), other.link.is_empty()) {
        (false, false) if one.link != other.link => false,
        (false, false) => one_form || nameless(one) || nameless(other) || texts_agree(),
        (true, true) => texts_agree(),
        _ => false,
    }
}

fn same_answers(one: &Line, other: &Line) -> bool {
    let mut pairs = one.answers.iter().zip(&other.answers);
    one.answers.len() == other.answers.len() && pairs.all(|(one, other)| one.agrees_with(other))
}
