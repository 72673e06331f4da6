//! Below a chart: what is read of it, or else the curve in a sentence. The only part of the screen that is made
//! anew while a pointer moves over a chart.

use std::rc::Rc;

use chart_model::{Zone, oslo};
use yew::prelude::*;

use super::hooks::{Surroundings, use_surroundings};
use super::plan::PlanMark;
use super::shared::Shared;
use super::trend_chart::{Chart, Plot, Read, Said};
use super::zone_symbol::zone_symbol;
use crate::state::Row;
use crate::text::{Lang, Msg, OnDemandMsg, Readout};

/// See [`Caption`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct CaptionProps {
    /// Whose trend.
    pub row: Shared<Row>,
    /// Its chart outside of components, which tells what is read.
    pub chart: Shared<Chart>,
    /// What is drawn.
    pub plot: Shared<Plot>,
    /// The points that notes are about, by their places.
    #[prop_or_default]
    pub noted: Rc<Vec<usize>>,
    /// The curve in a sentence, and how much of the period it covers.
    pub words: (AttrValue, AttrValue),
    /// The moment that dates are seen from.
    pub now: i64,
}

/// What is read of a chart.
enum Told {
    Point(Readout, Option<Zone>),
    Change(String),
}

/// One's own mark is read aloud; where another chart is read, the mark of the same day is shown.
#[component]
pub(super) fn Caption(props: &CaptionProps) -> Html {
    let Surroundings { lang, plans, .. } = use_surroundings();
    let said = use_state_eq(|| None::<Said>);
    use_effect_with(props.chart.clone(), {
        let said = said.setter();
        move |chart| {
            chart.on_said(Callback::from(move |now| said.set(now)));
            let chart = chart.clone();
            move || chart.on_said(Callback::noop())
        }
    });
    let told = said.and_then(|said| told(props, said.what, &plans, lang));
    let own = said.is_some_and(|said| said.own);
    let (row, (summary, coverage)) = (&props.row, &props.words);
    let is_empty = row.series.points.is_empty() && row.series.implausible.is_empty();
    html! {
        <>
            <p class="unseen" aria-live="polite">
                {told.as_ref().filter(|_| own).map(|told| match told {
                    Told::Point(said, _) => said.sentence(&lang.parameter(&row.parameter)),
                    Told::Change(said) => said.clone(),
                })}
            </p>
            <figcaption class="caption">
                {match told {
                    Some(Told::Point(said, zone)) => readout(&said, zone, own),
                    Some(Told::Change(said)) => html! { <span class="readout" aria-hidden="true">{said}</span> },
                    None if is_empty => Html::default(),
                    None if row.waiting => html! { <span class="quiet">{lang.say(Msg::Fetching)}</span> },
                    None => html! { <>{summary}{" "}<span class="quiet">{coverage}</span></> },
                }}
            </figcaption>
        </>
    }
}

fn told(props: &CaptionProps, what: Read, plans: &[PlanMark], lang: Lang) -> Option<Told> {
    let (series, today) = (&props.row.series, oslo::date_of(props.now));
    match what {
        Read::Mark(mark) => {
            let point = props.plot.point(series, mark)?;
            let zone = (!point.reading.is_implausible()).then_some(point.zone);
            let mut said = lang.readout(point, &series.steps, today);
            let place = props.plot.place_of(mark);
            if place.is_some_and(|place| props.noted.contains(&place)) {
                said.add(&lang.on_demand(OnDemandMsg::HasNote));
            }
            if let Some(meanwhile) = lang.meanwhile(&series.points, &point.reading) {
                said.add(&meanwhile);
            }
            Some(Told::Point(said, zone))
        }
        Read::Change(change) => lang
            .limit_change(&series.steps, change + 1, today)
            .map(Told::Change),
        Read::Plan(plan) => plans.get(plan).map(|PlanMark { at, label, .. }| {
            let day = lang.day(oslo::date_of(*at), today);
            Told::Change(format!("{label} · {day}"))
        }),
    }
}

/// What the point that is read says, its value set apart; `whole`: all of it. Implausible ones have no zone.
fn readout(said: &Readout, zone: Option<Zone>, whole: bool) -> Html {
    let more = if whole {
        format!(" · {}", said.more)
    } else {
        String::new()
    };
    html! {
        <span class="readout" aria-hidden="true">
            if let Some(zone) = zone {
                {zone_symbol(zone)}
            }
            <b>{&said.value}</b>{format!(" {} · {}{more}", said.zone, said.time)}
        </span>
    }
}
