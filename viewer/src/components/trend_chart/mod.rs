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

use super::hooks::{Surroundings, use_size, use_surroundings};
use super::shared::Shared;
use crate::browser::display;
use crate::text::Msg;
use draw::Drawing;
pub(super) use plot::{Instant, Plot};
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
    /// The moment that all charts are read at, if there are several.
    pub crosshair: Option<Instant>,
    /// Another mark is read, or none.
    pub on_select: Callback<Option<usize>>,
    /// The chart has been drawn.
    pub on_drawn: Callback<()>,
}

/// Size of a chart on paper, CSS pixels; and how many dots a pixel has there.
const ON_PAPER: ((f64, f64), f64) = ((640.0, 150.0), 2.0);

/// A curve with limits, dots and axes. Read by pointer, touch or arrow keys.
#[component]
pub(super) fn TrendChart(props: &TrendChartProps) -> Html {
    let Surroundings { lang, theme, .. } = use_surroundings();
    let canvas = use_node_ref();
    let size = use_size(canvas.clone());
    let TrendChartProps {
        plot,
        decimals,
        percent,
        label,
        selected,
        crosshair,
        on_select,
        on_drawn,
    } = props.clone();
    let scale_of = |size| Some(Scale::new(plot.span, plot.range?, percent, size, MARGIN));
    let scale = size.and_then(scale_of);
    // Paper does not wait for effects: what is printed is drawn before it is in the page.
    let printed = use_memo(
        (plot.clone(), theme.clone(), lang),
        |(plot, theme, lang)| -> Option<HtmlCanvasElement> {
            let (size, ratio) = ON_PAPER;
            let canvas = theme.printing.then(display::new_canvas)??;
            canvas.set_class_name("printed");
            let (context, scale) = (cleared(&canvas, size, ratio)?, scale_of(size)?);
            let (plot, lang) = (&**plot, *lang);
            Drawing {
                context: &context,
                plot,
                scale,
                theme,
                lang,
                decimals,
                ratio,
            }
            .draw();
            Some(canvas)
        },
    );

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
        // A screen reader leaves the arrow keys to an application.
        <div class="plot" role="application" aria-label={lang.say(Msg::ChartKeys)}>
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
            if let Some(canvas) = &*printed {
                {Html::VRef(canvas.clone().into())}
            }
            if let Some(scale) = scale {
                {cursor(&plot, scale, selected, crosshair)}
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

/// A hair line at the moment that is read, and rings at the mark of it.
fn cursor(plot: &Plot, scale: Scale, selected: Option<usize>, crosshair: Option<Instant>) -> Html {
    let mark = selected.and_then(|mark| Some((scale.at(plot.time_of(mark)?), *plot.order.get(mark)?)));
    let Some(x) = crosshair.map(|at| scale.at(at)).or(mark.map(|(x, _)| x)) else {
        return Html::default();
    };
    let rings = mark.into_iter().flat_map(|(x, place)| {
        let values = plot.lines.iter().filter_map(move |line| line.values.get(place));
        values
            .filter(|value| !value.is_nan())
            .map(move |value| (x, scale.height(*value)))
    });
    html! {
        <svg class="cursor" aria-hidden="true">
            <line x1={x.to_string()} x2={x.to_string()} y1={scale.y.0.to_string()} y2={scale.y.1.to_string()} />
            {for rings.map(|(x, y)| html! { <circle cx={x.to_string()} cy={y.to_string()} r="6" /> })}
        </svg>
    }
}
