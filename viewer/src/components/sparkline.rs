//! The small curve in a row: the shape of the period with its green range, extremes kept, no axes.

use std::fmt::Write as _;

use chart_model::{Series, Zone, decimate};
use yew::prelude::*;

use super::shared::Shared;
use super::trend_chart::{Margin, Plot, Scale};
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
    let plot = use_memo(props.series.clone(), |series| Plot::new(series, true));
    let (width, height) = SIZE;
    if plot.times.is_empty() && props.waiting {
        return html! { <span class="sparkline skeleton" /> };
    }
    let scale = plot
        .range
        .map(|range| Scale::new(plot.span, range, false, SIZE, MARGIN));
    html! {
        <svg class="sparkline" viewBox={format!("0 0 {width} {height}")} preserveAspectRatio="none" aria-hidden="true">
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
                {for plot.lines.iter().enumerate().map(|(index, _)| curve(&plot, scale, index))}
            }
        </svg>
    }
}

/// One line with the readings outside limits, and a dot at its end.
fn curve(plot: &Plot, scale: Scale, index: usize) -> Html {
    let Some(line) = plot.lines.get(index) else {
        return Html::default();
    };
    let column = |i: usize| plot.times.get(i).map_or(0, |time| scale.at(*time) as i64);
    let value = |i: usize| line.values.get(i).copied().unwrap_or(f64::NAN);
    let kept = decimate::keep(plot.times.len(), column, value, |_| false);
    let (mut path, mut yellow, mut red) = (String::new(), String::new(), String::new());
    let mut end = None;
    for i in kept {
        let (Some(time), Some(zone)) = (plot.times.get(i), line.zones.get(i)) else {
            continue;
        };
        if value(i).is_nan() {
            continue;
        }
        let (x, y) = (scale.at(*time), scale.height(value(i)));
        let joined = end.is_some() && !plot.breaks.get(i).copied().unwrap_or_default();
        // Writing to a string cannot fail.
        let _ = write!(path, "{}{x:.1} {y:.1}", if joined { "L" } else { "M" });
        let dots = match zone {
            Zone::YellowLow | Zone::YellowHigh => Some(&mut yellow),
            Zone::RedLow | Zone::RedHigh => Some(&mut red),
            Zone::Green | Zone::NoLimit | Zone::Unknown => None,
        };
        if let Some(dots) = dots {
            let _ = write!(dots, "M{x:.1} {y:.1}h0");
        }
        end = Some((x, y, *zone));
    }
    html! {
        <>
            <path class="line" d={path} />
            <path class="dots zone-yellow" d={yellow} />
            <path class="dots zone-red" d={red} />
            if let Some((x, y, zone)) = end {
                <path class={classes!("last", zone_class(zone))} d={format!("M{x:.1} {y:.1}h0")} />
            }
        </>
    }
}

fn px(length: f64) -> String {
    format!("{length:.1}")
}
