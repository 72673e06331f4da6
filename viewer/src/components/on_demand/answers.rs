//! The answers of one filling: the questions' own texts, nested as in the form, and what was answered otherwise the time
//! before.

use chart_model::questionnaire::{Changed, Filling, Line, changed_answers};
use yew::prelude::*;

use crate::text::{Lang, OnDemandMsg};

/// Indents beyond this are all the same.
const DEEPEST: u8 = 5;

/// All lines of `filling`. `before` is the filling before it.
pub(super) fn answers(filling: &Filling, before: Option<&Filling>, lang: Lang, now: i64) -> Html {
    let changes = before
        .map(|before| changed_answers(before, filling))
        .unwrap_or_default();
    let earlier = |changed: &Changed| before?.lines.get(changed.before?);
    let line = |(place, line): (usize, &Line)| {
        let changed = changes.iter().find(|changed| changed.now == Some(place));
        let was = changed.map(|changed| match earlier(changed) {
            Some(earlier) => lang.answers(earlier, now),
            None => lang.on_demand(OnDemandMsg::NotAnswered),
        });
        shown(line, Some(lang.answers(line, now)), was, lang)
    };
    let gone = changes.iter().filter(|changed| changed.now.is_none());
    let gone: Vec<&Line> = gone.filter_map(earlier).collect();
    let against = before.filter(|_| !changes.is_empty());
    html! {
        <div class="answers">
            if let Some(before) = against {
                <p class="quiet">{lang.on_demand(OnDemandMsg::ChangesSince(&lang.filled_in(before, now)))}</p>
            }
            <ul>{for filling.lines.iter().enumerate().map(line)}</ul>
            if !gone.is_empty() {
                <p class="quiet">{lang.on_demand(OnDemandMsg::NotAsked)}</p>
                <ul>
                    {for gone.into_iter().map(|line| shown(line, None, Some(lang.answers(line, now)), lang))}
                </ul>
            }
        </div>
    }
}

/// A question with its answer, and what it was; or a heading.
fn shown(line: &Line, answer: Option<String>, was: Option<String>, lang: Lang) -> Html {
    let question = line.text.in_language(lang.tag()).to_owned();
    let depth = format!("depth-{}", line.depth.min(DEEPEST));
    if line.is_heading {
        return html! { <li class={depth}><b>{question}</b></li> };
    }
    html! {
        <li class={depth} data-testid="answer" data-link={line.link.to_string()}
            data-changed={was.is_some().to_string()}>
            <span class="question">{question}</span>{" "}
            if let Some(answer) = answer {
                <span class="answer">{answer}</span>{" "}
            }
            if let Some(was) = was {
                <span class="was">{lang.on_demand(OnDemandMsg::Before(&was))}</span>
            }
        </li>
    }
}
