//! The small curve in a row: the shape of the period with its green range, extremes kept, no axes.

use chart_model::decimate::OUTSIDE;
use chart_model::{Series, Zone};
use yew::prelude::*;

use super::drawn::{px, step};
use super::shared::Shared;
use super::trend_chart::{Line, Margin, Plot, Scale};
use super::zone_symbol::zone_class;

/// Size in units of the drawing; the stylesheet stretches it to the room there is (strokes stay as thick).
const SIZE: (f64, f64) = (144.0, 26.0);
const MARGIN: Margin = Margin {
    left: 4.0,
    right: 6.0,
    top: 3.0,
    bottom: 3.0,
};

/// See [`Sparkline`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SparklineProps {
    /// The period's trend.
    pub series: Shared<Series>,
    /// Its readings are still on their way.
    pub waiting: bool,
}

/// A curve of the size of a word.
#[component]
pub(super) fn Sparkline(props: &SparklineProps) -> Html {
    let plot = use_memo(props.series.clone(), |series| Plot::new(series));
    if plot.times.is_empty() && props.waiting {
        return html! { <span class="sparkline skeleton" /> };
    }
    sparkline(&plot, MARGIN)
}

/// The small curve of a plot; margins in units of [`SIZE`].
pub(super) fn sparkline(plot: &Plot, margin: Margin) -> Html {
    let (width, height) = SIZE;
    let scale = plot
        .range
        .map(|range| Scale::new(plot.span, range, false, SIZE, margin));
    html! {
        <svg class="sparkline" viewBox={format!("0 0 {} {}", px(width), px(height))} preserveAspectRatio="none" aria-hidden="true">
            if let Some(scale) = scale {
                {for plot.bands.iter().filter(|band| matches!(band.zone, Zone::Green | Zone::NoLimit)).map(|band| {
                    let end = |end: f64, open: f64| scale.height(if end.is_finite() { end } else { open });
                    let top = end(band.high.unwrap_or(f64::INFINITY).min(band.within.1), f64::INFINITY);
                    let bottom = end(band.low.unwrap_or(f64::NEG_INFINITY).max(band.within.0), f64::NEG_INFINITY);
                    let (left, right) = (scale.at(band.span.0), scale.at(band.span.1));
                    html! {
                        <rect class={if band.standard { "range standard" } else { "range" }}
                            x={px(left)} y={px(top)} width={px(right - left)} height={px(bottom - top)} />
                    }
                })}
                {for plot.lines.iter().enumerate().map(|(index, _)| curve(plot, scale, index))}
            }
        </svg>
    }
}

/// One line with the readings outside limits, and a dot at its end.
pub(super) fn curve(plot: &Plot, scale: Scale, index: usize) -> Html {
    let Some(line) = plot.lines.get(index) else {
        return Html::default();
    };
    let (mut path, mut yellow, mut red) = (String::new(), String::new(), String::new());
    let mut end = None;
    let (from, width) = (scale.span().0, scale.time(1.0) - scale.time(0.0));
    let columns = scale.width().ceil() as usize + 1;
    plot.curve(line).columns(from, width, columns, |column| {
        let (first, last) = (
            place(plot, line, scale, column.first),
            place(plot, line, scale, column.last),
        );
        let (low, high) = (
            scale.height(f64::from(column.all.low)),
            scale.height(f64::from(column.all.high)),
        );
        let joined = end.is_some() && !line.dot(column.first).is_broken();
        step(&mut path, if joined { 'L' } else { 'M' }, &[first.0, first.1]);
        if column.last > column.first {
            for y in [low, high] {
                if y > first.1.max(last.1) || y < first.1.min(last.1) {
                    step(&mut path, 'L', &[first.0, y]);
                }
            }
            step(&mut path, 'L', &[last.0, last.1]);
        }
        for (extent, zone) in column
            .outside
            .iter()
            .zip(OUTSIDE)
            .filter(|(extent, _)| !extent.is_empty())
        {
            let dots = match zone {
                Zone::RedLow | Zone::RedHigh => &mut red,
                _ => &mut yellow,
            };
            let (top, bottom) = (
                scale.height(f64::from(extent.high)),
                scale.height(f64::from(extent.low)),
            );
            step(dots, 'M', &[first.0, top]);
            step(dots, 'V', &[bottom]);
        }
        end = Some((last.0, last.1, line.dot(column.last).zone()));
    });
    html! {
        <>
            <path class="line" d={path} />
            <path class="dots zone-yellow" d={yellow} />
            <path class="dots zone-red" d={red} />
            if let Some((x, y, zone)) = end {
                <path class={classes!("last", zone_class(zone))} d={format!("M{} {}h0", px(x), px(y))} />
            }
        </>
    }
}

/// Where a reading that has a number lies.
fn place(plot: &Plot, line: &Line, scale: Scale, at: usize) -> (f64, f64) {
    let time = plot.times.get(at).copied().unwrap_or_default();
    (scale.at(time), scale.height(line.value(at).unwrap_or_default()))
}
