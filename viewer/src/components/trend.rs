//! The trend of one parameter: heading, what the point that is read says, chart or table, and the curve
//! in a sentence.

use chart_model::{Parameter, Series, Zone, oslo};
use yew::prelude::*;

use super::hooks::use_lang;
use super::shared::Shared;
use super::trend_chart::{Plot, TrendChart};
use super::trend_table::TrendTable;
use super::zone_symbol::ZoneSymbol;
use crate::state::Row;
use crate::text::{Lang, Msg, Readout};

/// See [`Trend`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrendProps {
    /// Whose trend.
    pub row: Shared<Row>,
    /// The moment that dates are seen from.
    pub now: i64,
    /// It stands by itself and not below its row.
    pub wide: bool,
    /// Another period was chosen, days.
    pub on_period: Callback<i64>,
    /// The chart has been drawn.
    pub on_drawn: Callback<()>,
}

/// A curve that can be seen, pointed at, and read as a table.
#[component]
pub(super) fn Trend(props: &TrendProps) -> Html {
    let lang = use_lang();
    let TrendProps {
        row,
        now,
        wide,
        on_period,
        on_drawn,
    } = props;
    let series: Shared<Series> = Shared::from(&row.series);
    let complete = !row.waiting && row.problem.is_none();
    let plot = use_memo((series.clone(), complete), |(series, complete)| {
        Plot::new(series, *complete)
    });
    let words = use_memo((series.clone(), lang), |(series, lang)| {
        (lang.summary(series), lang.coverage(series))
    });
    let selected = use_state_eq(|| None::<usize>);
    let as_table = use_state_eq(|| false);
    use_effect_with(series.clone(), {
        let selected = selected.setter();
        move |_| selected.set(None)
    });
    let toggle_table = {
        let as_table = as_table.clone();
        Callback::from(move |_| as_table.set(!*as_table))
    };
    let on_select = {
        let selected = selected.setter();
        use_callback((), move |mark, ()| selected.set(mark))
    };
    let name = lang.parameter(&row.parameter);
    let id = trend_id(&row.parameter);
    let (summary, coverage) = &*words;
    let said = selected.and_then(|mark| {
        let point = plot.point(&series, mark)?;
        let zone = (!point.reading.is_implausible()).then_some(point.zone);
        Some((lang.readout(point, &series.steps, oslo::date_of(*now)), zone))
    });
    let nothing_to_draw = series.points.is_empty() && series.implausible.is_empty();
    // What came in a unit that cannot stand on an axis can still be read.
    let without_axis = !nothing_to_draw && plot.range.is_none();
    let body = if *as_table || without_axis {
        html! { <TrendTable series={series.clone()} {now} /> }
    } else if nothing_to_draw {
        html! { <div class="plot plot-empty">{empty(row, *now, lang, on_period)}</div> }
    } else {
        html! {
            <TrendChart
                plot={&plot}
                decimals={row.parameter.decimals()}
                percent={row.parameter.unit() == "%"}
                label={format!("{summary} {coverage} {}.", lang.say(Msg::ChartKeys))}
                selected={*selected}
                {on_select}
                {on_drawn}
            />
        }
    };
    html! {
        <figure
            {id}
            class="trend"
            aria-label={lang.say(Msg::TrendOf(&name)).into_owned()}
            data-testid="trend"
            data-parameter={row.parameter.id()}
            data-points={series.drawn().to_string()}
            data-readings={series.points.len().to_string()}
            data-excluded={(series.excluded.len() + series.implausible.len()).to_string()}
            data-gaps={series.gaps.len().to_string()}
            data-from={oslo::to_fhir(series.period.from)}
            data-to={oslo::to_fhir(series.period.to)}
        >
            <div class="trend-head">
                <h3 class={classes!((!wide).then_some("unseen"))}>{name.clone()}<span class="unit">{lang.say(Msg::Unit(row.parameter.unit()))}</span></h3>
                <button type="button" class="link toggle-table" aria-pressed={as_table.to_string()}
                    onclick={toggle_table}>
                    {lang.say(if *as_table { Msg::ShowChart } else { Msg::ShowTable })}
                </button>
            </div>
            if row.problem.is_some() && !nothing_to_draw {
                <p class="incomplete">{lang.say(Msg::TrendIncomplete)}</p>
            }
            {body}
            <p class="unseen" aria-live="polite">{said.as_ref().map(|(said, _)| said.sentence(&name))}</p>
            if !nothing_to_draw {
                <figcaption>
                    if let Some((said, zone)) = said {
                        {readout(&said, zone)}
                    } else if row.waiting {
                        <span class="quiet">{lang.say(Msg::Fetching)}</span>
                    } else {
                        {summary}{" "}<span class="quiet">{coverage}</span>
                    }
                </figcaption>
            }
        </figure>
    }
}

/// The id of a parameter's trend in the page.
pub(super) fn trend_id(parameter: &Parameter) -> String {
    format!("trend-{}", parameter.id())
}

/// Why there is no curve: on its way, failed, or truly empty. The three never look alike.
fn empty(row: &Row, now: i64, lang: Lang, on_period: &Callback<i64>) -> Html {
    if row.problem.is_some() {
        return html! { <p class="incomplete">{lang.say(Msg::TrendIncomplete)}</p> };
    }
    if row.waiting {
        return html! { <p class="quiet">{lang.say(Msg::Fetching)}</p> };
    }
    let Some(latest) = &row.latest else {
        return html! { <p>{lang.say(Msg::EmptyForever)}</p> };
    };
    let today = oslo::date_of(now);
    let date = latest.reading.time.oslo_date();
    let days_back = today.days_since_epoch() - date.days_since_epoch();
    let days = if days_back <= 365 { 365 } else { days_back };
    html! {
        <p>
            {lang.say(Msg::EmptyPeriod(&lang.day(date, today)))}{" "}
            <button type="button" class="link" onclick={on_period.reform(move |_| days)}>{lang.say(Msg::Show)}</button>
        </p>
    }
}

/// What the point that is read says, its value set apart. Implausible ones have no zone.
fn readout(said: &Readout, zone: Option<Zone>) -> Html {
    html! {
        <span class="readout" aria-hidden="true">
            if let Some(zone) = zone {
                <ZoneSymbol {zone} />
            }
            <b>{&said.value}</b>{format!(" {} · {} · {}", said.zone, said.time, said.more)}
        </span>
    }
}
