//! One row of the latest values: symbol and word, value and unit, age, sparkline, limits.

use chart_model::Zone;
use yew::prelude::*;

use super::hooks::use_lang;
use super::shared::Shared;
use super::sparkline::Sparkline;
use super::zone_symbol::{ZoneSymbol, zone_class};
use crate::state::Row;
use crate::text::{Lang, Msg};

/// See [`LatestRow`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct LatestRowProps {
    /// What it shows.
    pub row: Shared<Row>,
    /// The moment that ages are counted from.
    pub now: i64,
    /// Whether its trend is open below it; `None` where the trends stand beside the list.
    pub expanded: Option<bool>,
    /// The row was pressed.
    pub on_press: Callback<()>,
}

/// A row is a button. What is read aloud is one sentence; what is seen is laid out beside it.
#[component]
pub(super) fn LatestRow(props: &LatestRowProps) -> Html {
    let lang = use_lang();
    let row = &*props.row;
    let name = lang.parameter(&row.parameter);
    let reading = row.latest.as_ref().map(|point| &point.reading);
    let zone = row.latest.as_ref().map(|point| point.zone);
    let warning = row.newer_implausible.as_ref().map(|reading| {
        let text = format!(
            "{}, {}",
            lang.value_with_unit(reading),
            lang.age(&reading.time, props.now)
        );
        lang.say(Msg::NewerImplausible(&text))
    });
    let label = row
        .latest
        .as_ref()
        .map(|point| lang.row_sentence(point, &row.limits, props.now));
    let label = [
        Some(label.unwrap_or_else(|| name.clone())),
        warning.as_ref().map(ToString::to_string),
    ];
    let label = label.into_iter().flatten().collect::<Vec<_>>().join(". ");
    html! {
        <button
            type="button"
            class="row"
            aria-expanded={props.expanded.map(|expanded| expanded.to_string())}
            onclick={props.on_press.reform(|_| ())}
            data-testid="latest-row"
            data-parameter={row.parameter.id()}
            data-value={reading.map(|r| r.values.text()).unwrap_or_default()}
            data-unit={reading.map_or_else(|| row.parameter.unit(), |r| r.unit()).to_owned()}
            data-time={reading.map(|r| r.time.text().to_owned()).unwrap_or_default()}
            data-zone={zone.map_or("", Zone::id)}
            data-source={reading.map(|r| r.sources.join(", ")).unwrap_or_default()}
        >
            <span class="unseen">{label}</span>
            <span class="row-content" aria-hidden="true">
                <span class="row-symbol"><ZoneSymbol zone={zone.unwrap_or(Zone::NoLimit)} /></span>
                <span class="row-name">{name}</span>
                <span class="row-age">{reading.map(|r| lang.age(&r.time, props.now))}</span>
                if let Some(reading) = reading {
                    <span class="row-value">
                        <b>{lang.value(reading)}</b>
                        {unit(&lang.say(Msg::Unit(reading.unit())))}
                    </span>
                }
                if let Some(zone) = zone {
                    <span class={classes!("row-word", zone_class(zone))}>{lang.row_word(zone, &row.limits)}</span>
                }
                <span class="row-spark">
                    {curve(row, lang)}
                </span>
                <span class="row-limits">
                    if row.limits.iter().any(Option::is_some) {
                        {lang.limits(&row.limits)}
                    }
                </span>
                if let Some(warning) = warning {
                    <span class="row-warning">{warning}</span>
                }
            </span>
        </button>
    }
}

/// The small curve; where there is none, why: a failure never looks like a period without readings.
fn curve(row: &Row, lang: Lang) -> Html {
    let series = &row.series;
    if row.waiting || !series.points.is_empty() {
        return html! { <Sparkline {series} waiting={row.waiting} /> };
    }
    let failed = row.problem.is_some();
    html! { <small>{lang.say(if failed { Msg::NotFetched } else { Msg::NoneInPeriod })}</small> }
}

/// The unit, close to the number where it is a rate.
fn unit(unit: &str) -> Html {
    let class = if unit.starts_with('/') {
        "unit rate"
    } else {
        "unit"
    };
    html! { <span {class}>{unit.to_owned()}</span> }
}
