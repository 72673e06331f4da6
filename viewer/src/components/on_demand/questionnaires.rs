//! Questionnaires: of each the curves of its scores and its fillings, newest first; of one filling the answers.

use std::rc::Rc;

use chart_model::questionnaire::{Filling, Fillings};
use chart_model::{Parameter, Period, Series};
use yew::prelude::*;

use super::super::hooks::use_lang;
use super::super::shared::Shared;
use super::answers::answers;
use super::curve::{ScoreCurve, row_of};
use crate::state::Row;
use crate::state::on_demand::{Answer, FromSource, questionnaires};
use crate::text::{Lang, Msg, OnDemandMsg};

/// Fillings of each questionnaire that are listed at first, and added by a click.
const LISTED: usize = 24;

/// See [`Questionnaires`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct QuestionnairesProps {
    /// What came.
    pub came: Rc<Vec<FromSource>>,
    /// The period shown: curves begin there, or with the first score.
    pub period: Option<Period>,
    /// The moment that dates are seen from.
    pub now: i64,
}

/// A questionnaire with the curves of its scores.
type Form = (Fillings, Vec<Shared<Row>>);

/// All questionnaires, the one filled in last first. The answers of one filling at a time are open.
#[component]
pub(super) fn Questionnaires(props: &QuestionnairesProps) -> Html {
    let lang = use_lang();
    let QuestionnairesProps { came, period, now } = props;
    let forms = use_memo((Shared::from(came), *period), |(came, period)| {
        let forms = questionnaires(came).into_iter();
        forms
            .map(|form| with_curves(form, *period))
            .collect::<Vec<Form>>()
    });
    let open = use_state_eq(|| None::<(usize, usize)>);
    let listed = use_state_eq(|| LISTED);
    let more = {
        let listed = listed.clone();
        Callback::from(move |_| listed.set(*listed + LISTED))
    };
    let form = |(place, (form, curves)): (usize, &Form)| {
        let filling = |(at, filling): (usize, &Rc<Filling>)| {
            let is_open = *open == Some((place, at));
            let on_press = {
                let open = open.clone();
                Callback::from(move |_| open.set((!is_open).then_some((place, at))))
            };
            let before = form
                .list
                .iter()
                .skip(at + 1)
                .find(|other| !other.lines.is_empty());
            let shown = is_open.then(|| answers(filling, before.map(|it| &**it), lang, *now));
            entry(filling, (place, at), shown, on_press, lang, *now)
        };
        html! {
            <section class="form">
                <h3>{form.list.first().map(|filling| lang.form(filling))}</h3>
                <div class="score-curves">
                    {for curves.iter().map(|row| html! { <ScoreCurve key={curve_key(row)} {row} {now} /> })}
                </div>
                <ol class="fillings">{for form.list.iter().enumerate().take(*listed).map(filling)}</ol>
                if form.list.len() > *listed {
                    <button type="button" class="link" onclick={more.clone()}>
                        {lang.say(Msg::ShowMore(form.list.len() - *listed))}
                    </button>
                }
            </section>
        }
    };
    let left_out = came.iter().filter_map(|source| match source.answer.as_deref()? {
        Answer::Questionnaires(reading) => Some(reading.left_out),
        _ => None,
    });
    let left_out: usize = left_out.sum();
    html! {
        <>
            <div class="forms">{for forms.iter().enumerate().map(form)}</div>
            if left_out > 0 {
                <p class="quiet">{lang.on_demand(OnDemandMsg::LeftOut(left_out))}</p>
            }
        </>
    }
}

fn curve_key(row: &Row) -> String {
    format!("{:?}", row.parameter)
}

/// The curves of the scores that were given more than once.
fn with_curves(form: Fillings, period: Option<Period>) -> Form {
    let curve = |parameter: Parameter| {
        let readings = form.curve(&parameter);
        let (first, more) = readings.split_first()?;
        let whole = period.filter(|_| !more.is_empty())?;
        let whole = Period {
            from: whole.from.min(first.time.start_ms()),
            to: whole.to,
        };
        let series = Series::build(&parameter, &readings, &[], None, whole);
        Some(Shared::from(Rc::new(row_of(series))))
    };
    let curves = form.parameters().into_iter().filter_map(curve).collect();
    (form, curves)
}

/// One filling: when, by whom, its scores, and the way to its answers.
fn entry(
    filling: &Filling,
    (place, at): (usize, usize),
    shown: Option<Html>,
    on_press: Callback<MouseEvent>,
    lang: Lang,
    now: i64,
) -> Html {
    let scores: Vec<String> = filling.scores.iter().map(|score| lang.score(score)).collect();
    let values = filling.scores.iter().map(|score| score.reading.values.text());
    let line = format!("filling-{place}-{at}");
    let about = lang.about_filling(filling);
    let label = if shown.is_some() {
        OnDemandMsg::HideAnswers
    } else {
        OnDemandMsg::ShowAnswers
    };
    html! {
        <li data-testid="filling"
            data-time={filling.time.as_ref().map(|time| time.text().to_owned()).unwrap_or_default()}
            data-score={values.collect::<Vec<_>>().join(" ")}>
            <p class="filling">
                <span id={line.clone()}>
                    <b>{lang.filled_in(filling, now)}</b>
                    <span>
                        {if scores.is_empty() { lang.on_demand(OnDemandMsg::NoScore) } else { scores.join(" · ") }}
                    </span>
                    <span class="quiet">{about}</span>
                </span>
                if filling.lines.is_empty() {
                    <span class="quiet">{lang.on_demand(OnDemandMsg::OnlyScores)}</span>
                } else {
                    <button type="button" class="link" aria-expanded={shown.is_some().to_string()}
                        aria-describedby={line} onclick={on_press}>
                        {lang.on_demand(label)}
                    </button>
                }
            </p>
            {for shown}
        </li>
    }
}
