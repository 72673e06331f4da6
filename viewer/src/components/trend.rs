//! The trend of one parameter: heading, what the point that is read says, chart or table, and the curve
//! in a sentence.

use chart_model::{Parameter, PeriodChoice, Series, Zone, oslo};
use yew::prelude::*;

use super::hooks::{use_commands, use_lang};
use super::keys::keep_focus;
use super::shared::Shared;
use super::trend_chart::{Instant, Plot, TrendChart};
use super::trend_table::TrendTable;
use super::zone_symbol::zone_symbol;
use crate::state::{Command, Part, Row};
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
    /// The moment that is read in all charts beside each other.
    #[prop_or_default]
    pub crosshair: Option<Instant>,
    /// This chart reads another moment, or none.
    #[prop_or_default]
    pub on_read: Callback<Option<Instant>>,
    /// The chart has been drawn.
    pub on_drawn: Callback<()>,
}

/// A curve that can be seen, pointed at, and read as a table.
#[component]
pub(super) fn Trend(props: &TrendProps) -> Html {
    let lang = use_lang();
    let commands = use_commands();
    let TrendProps {
        row,
        now,
        wide,
        crosshair,
        on_read,
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
        use_callback(
            (Shared::from(&plot), on_read.clone()),
            move |mark, (plot, on_read)| {
                selected.set(mark);
                on_read.emit(mark.and_then(|mark| plot.time_of(mark)));
            },
        )
    };
    // One's own mark is read aloud; where another chart is read, the mark of the same day is shown.
    let own = selected.filter(|mark| crosshair.is_none() || plot.time_of(*mark) == *crosshair);
    let mark = own.or_else(|| plot.on_the_day_of((*crosshair)?));
    let said = mark.and_then(|mark| {
        let point = plot.point(&series, mark)?;
        let zone = (!point.reading.is_implausible()).then_some(point.zone);
        Some((lang.readout(point, &series.steps, oslo::date_of(*now)), zone))
    });
    let name = lang.parameter(&row.parameter);
    let (summary, coverage) = &*words;
    let nothing_to_draw = series.points.is_empty() && series.implausible.is_empty();
    // What came in a unit that cannot stand on an axis can still be read.
    let without_axis = !nothing_to_draw && plot.range.is_none();
    let body = if nothing_to_draw {
        html! { <div class="plot plot-empty">{empty(row, *now, lang, &commands)}</div> }
    } else if *as_table || without_axis {
        html! { <TrendTable series={series.clone()} {now} /> }
    } else {
        html! {
            <TrendChart
                plot={&plot}
                decimals={row.parameter.decimals()}
                percent={row.parameter.unit() == "%"}
                label={format!("{summary} {coverage} {}.", lang.say(Msg::ChartKeys))}
                selected={mark}
                {crosshair}
                {on_select}
                {on_drawn}
            />
        }
    };
    let shows_table = *as_table || without_axis;
    html! {
        <figure
            id={trend_id(&row.parameter)}
            class="trend"
            tabindex="-1"
            aria-label={lang.say(Msg::TrendOf(&name)).into_owned()}
            data-home=""
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
                <h3>
                    <span class={classes!((!wide).then_some("unseen"))}>{&name}</span>
                    <span class="unit">{lang.say(Msg::Unit(row.parameter.unit()))}</span>
                </h3>
                if !nothing_to_draw && !without_axis {
                    <button type="button" class="link toggle-table" aria-pressed={as_table.to_string()}
                        onclick={toggle_table}>
                        {lang.say(if shows_table { Msg::ShowChart } else { Msg::ShowTable })}
                    </button>
                }
            </div>
            if row.problem.is_some() && !nothing_to_draw {
                <p class="incomplete">{lang.say(Msg::TrendIncomplete)}</p>
            }
            {body}
            <p class="unseen" aria-live="polite">
                {said.as_ref().filter(|_| own.is_some()).map(|(said, _)| said.sentence(&name))}
            </p>
            <figcaption class="caption">
                if let Some((said, zone)) = said {
                    {readout(&said, zone, own.is_some())}
                } else if row.waiting && !nothing_to_draw {
                    <span class="quiet">{lang.say(Msg::Fetching)}</span>
                } else if !nothing_to_draw {
                    {summary}{" "}<span class="quiet">{coverage}</span>
                }
            </figcaption>
        </figure>
    }
}

/// The id of a parameter's trend in the page. One code in two units is two parameters.
pub(super) fn trend_id(parameter: &Parameter) -> String {
    format!("trend-{}-{}", parameter.id(), parameter.unit())
}

/// Why there is no curve: on its way, failed, or truly empty. The three never look alike.
fn empty(row: &Row, now: i64, lang: Lang, commands: &Callback<Command>) -> Html {
    if row.waiting {
        return html! { <p class="quiet">{lang.say(Msg::Fetching)}</p> };
    }
    let button = |label: Msg<'static>, command: Command| {
        let on_click = commands.reform(move |event: MouseEvent| {
            keep_focus(&event);
            command.clone()
        });
        html! { <button type="button" class="link" onclick={on_click}>{lang.say(label)}</button> }
    };
    if row.problem.is_some() {
        let retry = match row.latest {
            Some(_) => Command::Retry(Part::Period),
            None => Command::RetryParameter(row.parameter.clone()),
        };
        return html! { <p class="incomplete">{lang.say(Msg::TrendIncomplete)}{" "}{button(Msg::Retry, retry)}</p> };
    }
    let Some(latest) = &row.latest else {
        return html! { <p data-testid="empty-period">{lang.say(Msg::EmptyForever)}</p> };
    };
    let today = oslo::date_of(now);
    let date = latest.reading.time.oslo_date();
    let days_back = today.days_since_epoch() - date.days_since_epoch();
    let days = if days_back <= 365 { 365 } else { days_back };
    html! {
        <p data-testid="empty-period">
            {lang.say(Msg::EmptyPeriod(&lang.day(date, today)))}{" "}
            {button(Msg::Show, Command::Period(PeriodChoice::LastDays(days)))}
        </p>
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
