//! The trend as a table, newest first: every reading of the period, implausible ones among them.

use chart_model::{Point, Series, oslo};
use yew::prelude::*;

use super::hooks::use_lang;
use super::shared::Shared;
use super::zone_symbol::zone_symbol;
use crate::text::{Lang, Msg, source_name};

/// Rows shown at first, and added by a click. A year of continuous glucose has a hundred thousand.
const ROWS_AT_ONCE: usize = 1000;

/// See [`TrendTable`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrendTableProps {
    /// The trend.
    pub series: Shared<Series>,
    /// The moment that dates are seen from.
    pub now: i64,
}

/// One row per reading.
#[component]
pub(super) fn TrendTable(props: &TrendTableProps) -> Html {
    let lang = use_lang();
    let limit = use_state_eq(|| ROWS_AT_ONCE);
    let points = use_memo(props.series.clone(), |series| newest_first(series));
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
                    {for points.iter().take(*limit).map(|point| row(point, props.now, lang))}
                </tbody>
            </table>
            if left > 0 {
                <button type="button" class="link" onclick={more}>{lang.say(Msg::ShowMore(left))}</button>
            }
        </div>
    }
}

fn newest_first(series: &Series) -> Vec<Point> {
    let mut points: Vec<Point> = series.points.iter().chain(&series.implausible).cloned().collect();
    points.sort_by_key(|point| std::cmp::Reverse(point.reading.time.axis_ms()));
    points
}

fn row(point: &Point, now: i64, lang: Lang) -> Html {
    let reading = &point.reading;
    let implausible = reading.is_implausible();
    let zone = if implausible {
        lang.say(Msg::Implausible)
    } else {
        lang.say(Msg::Zone(point.zone))
    };
    let words = [
        lang.say(Msg::Method(reading.method)),
        lang.say(Msg::Status(reading.status)),
    ];
    let words = words.iter().map(|word| word.to_string()).chain(
        reading
            .sources
            .iter()
            .map(|source| source_name(source).to_owned()),
    );
    let origin = words
        .filter(|word| !word.is_empty())
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
            <td class="time">{lang.moment_in_text(&reading.time, oslo::date_of(now))}</td>
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
