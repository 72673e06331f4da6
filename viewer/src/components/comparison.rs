//! Two trends of one parameter over each other, by days since each one's start. They are told apart by dash, by
//! the shape of their dots and by words.

use chart_model::axis::value_ticks;
use chart_model::comparison::day;
use chart_model::time::DAY_MS;
use chart_model::{Series, oslo};
use yew::prelude::*;

use super::drawn::{px, step};
use super::sparkline::curve;
use super::trend_chart::{Margin, Plot, Scale};
use crate::text::{Lang, Msg};

/// Size in units of the drawing, which is stretched to the room there is.
const SIZE: (f64, f64) = (480.0, 120.0);
const MARGIN: Margin = Margin {
    left: 0.0,
    right: 0.0,
    top: 6.0,
    bottom: 6.0,
};
/// Labels of the value axis at most.
const LABELS: usize = 4;

/// The earlier trend dashed with square dots, the later one solid with round ones.
pub(super) fn comparison(earlier: &Series, later: &Series, lang: Lang) -> Html {
    let days = earlier.period.calendar_days().max(later.period.calendar_days());
    let plots = [earlier, later].map(plot_by_days);
    let ranges = plots.iter().filter_map(|plot| plot.range);
    let range = ranges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    let Some(range) = range else {
        return Html::default();
    };
    let percent = later.parameter.unit() == "%";
    let scale = Scale::new((0.0, (days * DAY_MS) as f64), range, percent, SIZE, MARGIN);
    let (low, high) = scale.range();
    let ticks = value_ticks(low, high, LABELS, later.parameter.decimals());
    let tick = |value| scale.height(value) / SIZE.1 * 100.0;
    let [earlier, later] = plots.map(|plot| -> Html {
        (0..plot.lines.len())
            .map(|line| curve(&plot, scale, line))
            .collect()
    });
    let day = |day: i64| html! { <span>{lang.say(Msg::DayNumber(day))}</span> };
    html! {
        <div class="comparison" aria-hidden="true">
            <svg class="comparison-axis">
                {for ticks.iter().map(|value| {
                    let y = format!("{}%", px(tick(value.to_f64())));
                    html! { <text x="100%" {y}>{lang.number(*value)}</text> }
                })}
            </svg>
            <svg class="sparkline" viewBox={format!("0 0 {} {}", px(SIZE.0), px(SIZE.1))} preserveAspectRatio="none">
                {for ticks.iter().map(|value| {
                    let mut line = String::new();
                    step(&mut line, 'M', &[0.0, scale.height(value.to_f64())]);
                    step(&mut line, 'H', &[SIZE.0]);
                    html! { <path class="grid" d={line} /> }
                })}
                <g class="earlier">{earlier}</g>
                <g class="later">{later}</g>
            </svg>
            <div class="comparison-days">
                {day(1)}
                if days > 2 {
                    {day((days + 1) / 2)}
                }
                {day(days)}
            </div>
        </div>
    }
}

/// What is drawn of a trend, its times counted from the first midnight of its period in Oslo.
fn plot_by_days(series: &Series) -> Plot {
    let start = oslo::date_of(series.period.from);
    let mut plot = Plot::new(series);
    for time in &mut plot.times {
        *time = day(start, *time as i64) * DAY_MS as f64;
    }
    plot
}
