//! The trend as a table, newest first: every reading of what is seen of the period, implausible ones among them,
//! and between them the changes of limits.

use std::rc::Rc;

use chart_model::{Date, Period, Point, Series, order, oslo};
use yew::prelude::*;

use super::hooks::use_lang;
use super::shared::Shared;
use super::zone_symbol::zone_symbol;
use crate::text::{Lang, Msg, OnDemandMsg};

/// Rows shown at first, and added by a click. A year of continuous glucose has a hundred thousand.
const ROWS_AT_ONCE: usize = 1000;

/// See [`TrendTable`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrendTableProps {
    /// The trend.
    pub series: Shared<Series>,
    /// The points that notes are about, by their places.
    #[prop_or_default]
    pub noted: Rc<Vec<usize>>,
    /// What is seen of its period.
    pub seen: Period,
    /// The moment that dates are seen from.
    pub now: i64,
}

/// One row per reading.
#[component]
pub(super) fn TrendTable(props: &TrendTableProps) -> Html {
    let lang = use_lang();
    let limit = use_state_eq(|| ROWS_AT_ONCE);
    let points = use_memo((props.series.clone(), props.seen), |(series, seen)| {
        newest_first(series, *seen)
    });
    let today = oslo::date_of(props.now);
    let steps = &props.series.steps;
    // Of the limits that change, those not passed yet on the way back.
    let mut later = steps.iter().filter(|step| step.from <= props.seen.to).count();
    let mut changes_after = |point: &Point| {
        let at = point.reading.time.axis_ms();
        let passed = later;
        while later > 1 && steps.get(later - 1).is_some_and(|step| at < step.from) {
            later -= 1;
        }
        (later..passed)
            .rev()
            .filter_map(|place| lang.limit_change(steps, place, today))
            .map(|said| html! { <tr><td colspan="4" class="quiet">{said}</td></tr> })
            .collect::<Html>()
    };
    let noted = props
        .noted
        .iter()
        .filter_map(|place| props.series.points.get(*place));
    let noted: Vec<&Point> = noted.collect();
    let is_noted = |point: &Point| {
        noted
            .iter()
            .any(|other| Rc::ptr_eq(&other.reading, &point.reading))
    };
    let left = points.len().saturating_sub(*limit);
    let more = {
        let limit = limit.clone();
        Callback::from(move |_| limit.set(*limit + ROWS_AT_ONCE))
    };
    let heads = [
        Msg::ColumnTime,
        Msg::ColumnValue,
        Msg::ColumnZone,
        Msg::ColumnSource,
    ];
    html! {
        <div class="table" tabindex="0">
            <table>
                <caption class="unseen">{lang.parameter(&props.series.parameter)}</caption>
                <thead>
                    <tr>{for heads.map(|head| html! { <th scope="col">{lang.say(head)}</th> })}</tr>
                </thead>
                <tbody>
                    {for points.iter().take(*limit).map(|point| {
                        let meanwhile = lang.meanwhile(&props.series.points, &point.reading);
                        html! { <>{changes_after(point)}{row(point, is_noted(point), meanwhile, today, lang)}</> }
                    })}
                </tbody>
            </table>
            if left > 0 {
                <button type="button" class="link" onclick={more}>{lang.say(Msg::ShowMore(left))}</button>
            }
        </div>
    }
}

fn newest_first(series: &Series, seen: Period) -> Vec<Point> {
    let all = series.points.iter().chain(&series.implausible);
    let is_seen = |point: &&Point| series.is_in(seen, point.reading.time.axis_ms());
    let mut points: Vec<Point> = all.filter(is_seen).cloned().collect();
    order::by_key(&mut points, |point| -point.reading.time.axis_ms());
    points
}

fn row(point: &Point, is_noted: bool, meanwhile: Option<String>, today: Date, lang: Lang) -> Html {
    let reading = &point.reading;
    let implausible = reading.is_implausible();
    let zone = if implausible {
        lang.say(Msg::Implausible)
    } else {
        lang.say(Msg::Zone(point.zone))
    };
    let noted = is_noted.then(|| lang.on_demand(OnDemandMsg::HasNote));
    let origin = [Some(lang.origin(reading)), meanwhile, noted];
    let origin = origin
        .into_iter()
        .flatten()
        .filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    html! {
        <tr
            data-testid="trend-row"
            data-time={reading.time.text().to_owned()}
            data-value={reading.values.text()}
            data-zone={point.zone.id()}
            data-status={reading.status.id()}
        >
            <td class="time">{lang.moment_in_text(&reading.time, today)}</td>
            <td class="number">{lang.value_with_unit(reading)}</td>
            <td class="zone">
                if !implausible {
                    {zone_symbol(point.zone)}
                }
                {zone}
            </td>
            <td class="quiet">{origin}</td>
        </tr>
    }
}
