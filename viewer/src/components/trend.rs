//! The trend of one parameter: heading, chart or table, the curve in a sentence or what is read of it, and on
//! demand its statistics.

use std::rc::Rc;

use chart_model::{Parameter, Period, PeriodChoice, Reading, Series, oslo};
use yew::prelude::*;

use super::caption::Caption;
use super::hooks::{Surroundings, use_details, use_surroundings};
use super::keys::{focus_trend, keep_focus};
use super::limits_editor::{LimitsEditor, Pen};
use super::shared::Shared;
use super::statistics::StatisticsProps;
use super::trend_chart::{Brush, Chart, Plot, Read, Span, Stack, TrendChart};
use super::trend_table::TrendTable;
use crate::state::{Command, Part, Row};
use crate::text::{Lang, Msg};

/// See [`Trend`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrendProps {
    /// Whose trend.
    pub row: Shared<Row>,
    /// What is drawn of it.
    pub plot: Shared<Plot>,
    /// The moment that dates are seen from.
    pub now: i64,
    /// It stands by itself and not below its row.
    pub wide: bool,
    /// The charts on the same time axis.
    pub stack: Shared<Stack>,
    /// The part of the period that is seen, where it is not all.
    pub part: Option<Span>,
    /// The chart has been drawn.
    pub on_drawn: Callback<()>,
}

/// A curve that can be seen, pointed at, and read as a table.
#[component]
pub(super) fn Trend(props: &TrendProps) -> Html {
    let Surroundings {
        lang,
        commands,
        on_axis,
        ..
    } = use_surroundings();
    let TrendProps {
        row,
        plot,
        now,
        wide,
        stack,
        part,
        on_drawn,
    } = props;
    let series: Shared<Series> = Shared::from(&row.series);
    let chart = Shared::from(&use_memo((), |()| Chart::default()));
    let today = oslo::date_of(*now);
    let words = use_memo((series.clone(), lang, today), |(series, lang, today)| {
        let coverage = [lang.coverage(series), lang.limit_changes(&series.steps, *today)];
        let said = |text: String| AttrValue::from(text.trim().to_owned());
        (said(lang.summary(series)), said(coverage.join(" ")))
    });
    let noted = use_memo((series.clone(), Rc::clone(&on_axis)), |(series, on_axis)| {
        on_axis.places_in(series)
    });
    let as_table = use_state_eq(|| false);
    let with_statistics = use_state_eq(|| false);
    let toggle = |state: &UseStateHandle<bool>| {
        let state = state.clone();
        Callback::from(move |_| state.set(!*state))
    };
    let name = lang.parameter(&row.parameter);
    let (summary, coverage) = &*words;
    let on_drawn = {
        let pointed = on_axis
            .pointed
            .clone()
            .filter(|(reading, _)| reading.parameter == row.parameter);
        use_pointed(pointed, &as_table, (stack, &chart, plot), on_drawn)
    };
    let nothing_to_draw = series.points.is_empty() && series.implausible.is_empty();
    // What came in a unit that cannot stand on an axis can still be read.
    let without_axis = !nothing_to_draw && plot.range.is_none();
    let shows_table = *as_table || without_axis;
    let seen = part.map_or(series.period, |(from, to)| Period {
        from: from as i64,
        to: (to as i64).min(series.period.to),
    });
    let details = use_details(*with_statistics && !nothing_to_draw);
    let pen = use_context::<Pen>();
    let proposed = pen.map(|pen| pen.proposed(&row.parameter)).unwrap_or_default();
    let body = if nothing_to_draw {
        html! { <div class="plot plot-empty">{empty(row, *now, lang, &commands)}</div> }
    } else if shows_table {
        html! { <TrendTable series={series.clone()} noted={noted.clone()} {seen} {now} /> }
    } else {
        html! {
            <TrendChart
                {plot}
                decimals={row.parameter.decimals()}
                percent={row.parameter.unit() == "%"}
                complete={!row.waiting && row.problem.is_none()}
                {proposed}
                label={format!("{summary} {coverage} {}", lang.say(Msg::ChartKeys))}
                chart={chart.clone()}
                noted={noted.clone()}
                {stack}
                {on_drawn}
            />
        }
    };
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
            data-view-from={oslo::to_fhir(seen.from)}
            data-view-to={oslo::to_fhir(seen.to)}
        >
            <div class="trend-head">
                <h3>
                    <span class={classes!((!wide).then_some("unseen"))}>{&name}</span>
                    <span class="unit">{lang.say(Msg::Unit(row.parameter.unit()))}</span>
                </h3>
                {legend(&series, lang)}
                if !nothing_to_draw {
                    <button type="button" class="link" aria-expanded={with_statistics.to_string()}
                        onclick={toggle(&with_statistics)}>
                        {lang.say(Msg::Statistics)}
                    </button>
                }
                if !nothing_to_draw && !without_axis {
                    <button type="button" class="link toggle-table" aria-pressed={as_table.to_string()}
                        onclick={toggle(&as_table)}>
                        {lang.say(if shows_table { Msg::ShowChart } else { Msg::ShowTable })}
                    </button>
                }
            </div>
            if row.problem.is_some() && !nothing_to_draw {
                <p class="incomplete">{lang.say(Msg::TrendIncomplete)}</p>
            }
            {body}
            if !wide && !plot.times.is_empty() {
                <Brush {stack} {plot} {now} zoomed={part.is_some()} />
            }
            <Caption {row} {chart} {plot} {noted} words={(*words).clone()} {now} />
            <LimitsEditor {row} {now} />
            {details
                .map(|details| (details.statistics)(StatisticsProps { row: row.clone(), seen, now: *now }))
                .unwrap_or_default()}
        </figure>
    }
}

/// Leads to the reading that was asked for, as soon as the chart is drawn. Returns who is to hear of the drawing.
#[hook]
fn use_pointed(
    pointed: Option<(Rc<Reading>, u32)>,
    as_table: &UseStateHandle<bool>,
    drawn: (&Shared<Stack>, &Shared<Chart>, &Shared<Plot>),
    on_drawn: &Callback<()>,
) -> Callback<()> {
    let done = use_mut_ref(|| 0);
    let lead = {
        let (stack, chart, plot) = (drawn.0.clone(), drawn.1.clone(), drawn.2.clone());
        let pointed = pointed.clone();
        move || {
            let Some((reading, times)) = &pointed else { return };
            let at = reading.time.axis_ms() as f64;
            let Some(mark) = plot.nearest(at).filter(|_| *done.borrow() != *times) else {
                return;
            };
            if let Some(view) = stack.view().filter(|_| chart.plot().as_ref() == Some(&plot)) {
                *done.borrow_mut() = *times;
                stack.set(view.revealing(at));
                stack.read(&chart, Some(Read::Mark(mark)));
                focus_trend(&trend_id(&reading.parameter));
            }
        }
    };
    use_effect_with(pointed.map(|(_, times)| times), {
        let (lead, as_table) = (lead.clone(), as_table.clone());
        move |times| {
            if times.is_some() {
                as_table.set(false);
                lead();
            }
        }
    });
    on_drawn.reform(move |()| lead())
}

/// Whose limits are drawn, with the look that they have in the chart.
fn legend(series: &Series, lang: Lang) -> Html {
    let sets = || series.steps.iter().flat_map(|step| step.sets.iter().flatten());
    let keys = [
        (true, "key", Msg::PersonalLimits),
        (false, "key standard", Msg::StandardLimitsName),
    ];
    let shown = keys
        .into_iter()
        .filter(|(personal, ..)| sets().any(|set| set.is_personal() == *personal));
    html! {
        <p class="legend">{for shown.map(|(_, class, name)| html! { <span {class}>{lang.say(name)}</span> })}</p>
    }
}

/// The id of a parameter's trend in the page.
pub(super) fn trend_id(parameter: &Parameter) -> String {
    format!("trend-{}", parameter.key())
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
