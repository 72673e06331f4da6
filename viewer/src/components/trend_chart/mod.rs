//! The trend chart: a canvas that is drawn when its series, size or theme changes, and over it the mark of
//! the point that is read. What a point says is shown by the parent.

mod bands;
mod draw;
mod marks;
mod plot;
mod scale;
mod theme;
mod ticks;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};
use yew::prelude::*;

use super::hooks::{use_lang, use_size};
use super::shared::Shared;
use crate::browser::display;
use draw::Drawing;
pub(super) use plot::Plot;
pub(super) use scale::{MARGIN, Margin, Scale};
pub(super) use theme::{Theme, use_theme};

/// See [`TrendChart`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrendChartProps {
    /// What is drawn.
    pub plot: Shared<Plot>,
    /// Decimals of the parameter.
    pub decimals: u8,
    /// The values are percentages.
    pub percent: bool,
    /// What the chart shows, in a sentence.
    pub label: AttrValue,
    /// The mark that is read, as its place in the order of time.
    pub selected: Option<usize>,
    /// Another mark is read, or none.
    pub on_select: Callback<Option<usize>>,
    /// The chart has been drawn.
    pub on_drawn: Callback<()>,
}

/// A curve with limits, dots and axes. Read by pointer, touch or arrow keys.
#[component]
pub(super) fn TrendChart(props: &TrendChartProps) -> Html {
    let lang = use_lang();
    let theme = use_context::<Theme>().unwrap_or_default();
    let canvas = use_node_ref();
    let size = use_size(canvas.clone());
    let TrendChartProps {
        plot,
        decimals,
        percent,
        label,
        selected,
        on_select,
        on_drawn,
    } = props.clone();
    let scale = size
        .zip(plot.range)
        .map(|(size, range)| Scale::new(plot.span, range, percent, size, MARGIN));

    use_effect_with((plot.clone(), size, theme, lang), {
        let canvas = canvas.clone();
        move |(plot, size, theme, lang)| {
            let ratio = display::pixel_ratio();
            let context = canvas
                .cast::<HtmlCanvasElement>()
                .zip(*size)
                .and_then(|(c, size)| cleared(&c, size, ratio));
            if let (Some(context), Some(scale)) = (context, scale) {
                Drawing {
                    context: &context,
                    plot,
                    scale,
                    theme,
                    lang: *lang,
                    decimals,
                    ratio,
                }
                .draw();
                on_drawn.emit(());
            }
        }
    });

    let on_point = {
        let (plot, on_select) = (plot.clone(), on_select.clone());
        Callback::from(move |event: PointerEvent| {
            if let Some(scale) = scale {
                on_select.emit(plot.nearest(scale.time(f64::from(event.offset_x()))));
            }
        })
    };
    let on_leave = {
        let on_select = on_select.clone();
        // A tap is meant to stay; a mouse that has left reads nothing.
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                on_select.emit(None);
            }
        })
    };
    let on_key = {
        let count = plot.order.len();
        Callback::from(move |event: KeyboardEvent| {
            let last = count.checked_sub(1);
            let next = match event.key().as_str() {
                "ArrowLeft" => selected.map_or(last, |at| Some(at.saturating_sub(1))),
                "ArrowRight" => selected.map_or(last, |at| Some(at + 1).min(last)),
                "Home" => last.map(|_| 0),
                "End" => last,
                _ => return,
            };
            event.prevent_default();
            on_select.emit(next);
        })
    };

    html! {
        <div class="plot">
            <canvas
                ref={canvas}
                role="img"
                tabindex="0"
                aria-label={label}
                onpointermove={on_point.clone()}
                onpointerdown={on_point}
                onpointerleave={on_leave}
                onkeydown={on_key}
            />
            if let Some((scale, place)) = scale.zip(selected) {
                {cursor(&plot, scale, place)}
            }
        </div>
    }
}

/// The canvas's context, cleared and scaled to device pixels.
fn cleared(
    canvas: &HtmlCanvasElement,
    (width, height): (f64, f64),
    ratio: f64,
) -> Option<CanvasRenderingContext2d> {
    let pixels = |length: f64| (length * ratio).round() as u32;
    canvas.set_width(pixels(width));
    canvas.set_height(pixels(height));
    let context = canvas
        .get_context("2d")
        .ok()??
        .dyn_into::<CanvasRenderingContext2d>()
        .ok()?;
    context.scale(ratio, ratio).ok()?;
    Some(context)
}

/// A hair line and a ring at the mark that is read.
fn cursor(plot: &Plot, scale: Scale, mark: usize) -> Html {
    let Some(x) = plot.time_of(mark).map(|time| scale.at(time)) else {
        return Html::default();
    };
    let place = plot.order.get(mark).copied().unwrap_or(usize::MAX);
    let rings = plot
        .lines
        .iter()
        .filter_map(|line| line.values.get(place))
        .filter(|value| !value.is_nan());
    html! {
        <svg class="cursor" aria-hidden="true">
            <line x1={x.to_string()} x2={x.to_string()} y1={scale.y.0.to_string()} y2={scale.y.1.to_string()} />
            {for rings.map(|value| html! {
                <circle cx={x.to_string()} cy={scale.height(*value).to_string()} r="6" />
            })}
        </svg>
    }
}
