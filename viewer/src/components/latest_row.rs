//! One row of the latest values: symbol and word, value and unit, age, change, sparkline, limits.

use chart_model::{Change, Decimal};
use yew::prelude::*;

use super::hooks::{use_commands, use_lang};
use super::keys::keep_focus;
use super::shared::Shared;
use super::sparkline::Sparkline;
use super::zone_symbol::{zone_class, zone_symbol};
use crate::state::{Command, Row};
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

/// A row is a button. What is read aloud is one sentence; what is seen is laid out beside it. Of a parameter
/// that did not come, the row says so and nothing else.
#[component]
pub(super) fn LatestRow(props: &LatestRowProps) -> Html {
    let lang = use_lang();
    let commands = use_commands();
    let row = &*props.row;
    if row.latest.is_none() && row.problem.is_some() {
        return failed(row, lang, &commands);
    }
    let reading = row.latest.as_ref().map(|point| &point.reading);
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
            data-zone={row.latest.as_ref().map_or("", |point| point.zone.id())}
            data-source={reading.map(|r| r.sources.join(", ")).unwrap_or_default()}
            data-change={row.change.as_ref().map(signed)}
            data-overdue-days={row.overdue_days.map(|days| days.to_string())}
        >
            <span class="unseen">{sentence(row, props.now, lang)}</span>
            <span class="row-content" aria-hidden="true">{content(row, props.now, props.expanded.is_some(), lang)}</span>
        </button>
    }
}

/// `+0.8`, `+8/-2`: for tests, the same in every language.
fn signed(change: &Change) -> String {
    let part = |by: &Decimal| {
        if *by > Decimal::ZERO {
            format!("+{by}")
        } else {
            by.to_string()
        }
    };
    change.by.iter().flatten().map(part).collect::<Vec<_>>().join("/")
}

/// All of the row as it is read aloud.
fn sentence(row: &Row, now: i64, lang: Lang) -> String {
    let said = match &row.latest {
        Some(point) => lang.row_sentence(point, &row.limits, row.change.as_ref(), row.overdue_days, now),
        None => lang.parameter(&row.parameter),
    };
    match warning(row, now, lang) {
        Some(warning) => format!("{said}. {warning}"),
        None => said,
    }
}

/// `narrow`: there is room for the small curve, since the charts do not stand beside.
fn content(row: &Row, now: i64, narrow: bool, lang: Lang) -> Html {
    let name = lang.parameter(&row.parameter);
    let Some(point) = &row.latest else {
        return html! {
            <>
                <span class="row-name">{name}</span>
                <span class="row-age">{lang.say(Msg::Fetching)}</span>
            </>
        };
    };
    let (reading, zone) = (&point.reading, point.zone);
    let age = match row.overdue_days {
        Some(days) => html! { <span class="row-age overdue">{lang.say(Msg::Overdue(days))}</span> },
        None => html! { <span class="row-age">{lang.age(&reading.time, now)}</span> },
    };
    html! {
        <>
            <span class="row-symbol">{zone_symbol(zone)}</span>
            <span class="row-name">{name}</span>
            {age}
            <b class="row-value">{lang.value(reading)}</b>
            <span class="row-unit">{lang.say(Msg::Unit(reading.unit()))}</span>
            <span class="row-change">{row.change.as_ref().map(|change| lang.change(change))}</span>
            <span class={classes!("row-word", zone_class(zone))}>{lang.row_word(point, &row.limits)}</span>
            if narrow {
                <span class="row-spark">{curve(row, lang)}</span>
            }
            <span class="row-limits">{limits(row, lang)}</span>
            if let Some(warning) = warning(row, now, lang) {
                <span class="row-warning">{warning}</span>
            }
        </>
    }
}

/// That a newer reading than the one shown cannot be right; or that another device showed something else.
fn warning(row: &Row, now: i64, lang: Lang) -> Option<String> {
    let Some(reading) = &row.newer_implausible else {
        return lang.meanwhile(&row.series.points, &row.latest.as_ref()?.reading);
    };
    let (value, age) = (lang.value_with_unit(reading), lang.age(&reading.time, now));
    Some(
        lang.say(Msg::NewerImplausible(&format!("{value}, {age}")))
            .into_owned(),
    )
}

/// The limits; of a blood pressure each part is kept on one line.
fn limits(row: &Row, lang: Lang) -> Html {
    if row.limits.iter().all(Option::is_none) {
        return Html::default();
    }
    let said = lang.limits(&row.limits);
    let parts = said.split(" / ").enumerate().map(|(place, part)| {
        html! { <>{if place > 0 { " / " } else { "" }}<span>{part.to_owned()}</span></> }
    });
    parts.collect()
}

/// The small curve; where there is none, why: a failure never looks like a period without readings.
fn curve(row: &Row, lang: Lang) -> Html {
    let series = &row.series;
    if row.waiting || !series.points.is_empty() {
        return html! { <Sparkline {series} waiting={row.waiting} /> };
    }
    let failed = row.problem.is_some();
    lang.say(if failed {
        Msg::NotFetched
    } else {
        Msg::NoneInPeriod
    })
    .into()
}

/// `SpO₂ kunne ikke hentes. Prøv igjen`
fn failed(row: &Row, lang: Lang, commands: &Callback<Command>) -> Html {
    let name = lang.parameter(&row.parameter);
    let parameter = row.parameter.clone();
    let retry = commands.reform(move |event: MouseEvent| {
        keep_focus(&event);
        Command::RetryParameter(parameter.clone())
    });
    html! {
        <div class="row-failed" data-testid="error" data-step="fetch" data-parameter={row.parameter.id()}
            data-host={row.problem.as_ref().map(|problem| problem.host.clone())}>
            <span>{lang.say(Msg::ParameterFailed(&name))}</span>
            if row.waiting {
                <span class="quiet">{lang.say(Msg::Fetching)}</span>
            } else {
                <button type="button" class="link" onclick={retry}>{lang.say(Msg::Retry)}</button>
            }
        </div>
    }
}
