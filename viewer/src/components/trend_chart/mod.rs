//! The trend chart: a canvas that is drawn when its series, size or theme changes, and at every step of
//! zooming, panning and reading, which go past the components. What a point says is shown by the parent.

mod brush;
mod curve;
mod dot;
mod draw;
mod event_marks;
mod gestures;
mod marks;
mod plan_marks;
mod plot;
mod scale;
mod stack;
mod surface;
mod theme;
mod view;

use std::rc::Rc;

use chart_model::Zone;
use web_sys::{HtmlCanvasElement, HtmlElement};
use yew::prelude::*;

use super::hooks::{Surroundings, use_size, use_surroundings};
use super::shared::Shared;
use crate::browser::display::{self, Media};
use crate::text::Msg;
pub(super) use brush::Brush;
pub(super) use plot::{Line, Plot};
pub(super) use scale::{Margin, Scale};
pub(super) use stack::{Chart, Content, Read, Said, Stack};
use surface::Surface;
pub(crate) use surface::draw_unseen;
pub(super) use theme::{Theme, use_theme};
pub(super) use view::Span;

#[cfg(feature = "bench")]
pub(super) mod bench {
    pub(crate) use super::dot::{Dot, Look};
    pub(crate) use super::plot::{Line, Plot};
    pub(crate) use super::scale::MARGIN;
    pub(crate) use super::surface::{Reading, Style, Surface};
    pub(crate) use super::theme::Theme;
}

/// See [`TrendChart`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrendChartProps {
    /// What is drawn.
    pub plot: Shared<Plot>,
    /// Decimals of the parameter.
    pub decimals: u8,
    /// The values are percentages.
    pub percent: bool,
    /// All its readings have come: only then is a gap one.
    pub complete: bool,
    /// Limits that are being written, each with the zone beyond it.
    pub proposed: Vec<(f64, Zone)>,
    /// What the chart shows, in a sentence.
    pub label: AttrValue,
    /// What it is outside of components.
    pub chart: Shared<Chart>,
    /// The points that notes are about, by their places.
    #[prop_or_default]
    pub noted: Rc<Vec<usize>>,
    /// The charts on the same time axis.
    pub stack: Shared<Stack>,
    /// The chart has been drawn.
    pub on_drawn: Callback<()>,
}

/// Size of a chart on paper, CSS pixels; and how many dots a pixel has there.
const ON_PAPER: ((f64, f64), f64) = ((640.0, 150.0), 2.0);

/// A curve with limits, dots and axes. Read by pointer, touch or arrow keys.
#[component]
pub(super) fn TrendChart(props: &TrendChartProps) -> Html {
    let Surroundings {
        lang,
        theme,
        plans,
        on_axis,
        commands,
        ..
    } = use_surroundings();
    let (canvas, overlay) = (use_node_ref(), use_node_ref());
    let size = use_size(canvas.clone());
    let ratio = use_pixel_ratio();
    let TrendChartProps {
        plot,
        decimals,
        percent,
        complete,
        proposed,
        label,
        chart,
        noted,
        stack,
        on_drawn,
    } = props.clone();
    let content = Content {
        plot,
        theme,
        lang,
        decimals,
        percent,
        complete,
        proposed,
        plans,
        on_axis,
        noted,
    };
    // Paper does not wait for effects: what is printed is drawn before it is in the page.
    let printed = use_memo(
        (content.clone(), stack.clone()),
        |(content, stack)| -> Option<HtmlCanvasElement> {
            let canvas = content.theme.printing.then(display::new_canvas)??;
            canvas.set_class_name("printed");
            let whole = content.plot.span;
            let seen = stack.view().filter(|view| view.whole() == whole);
            let span = seen.map_or(whole, |view| view.shown());
            surface::draw_once(&canvas, ON_PAPER, &content.plot, span, content.style())?;
            Some(canvas)
        },
    );

    use_effect_with((chart.clone(), stack.clone()), {
        let (canvas, overlay) = (canvas.clone(), overlay.clone());
        move |(chart, stack)| {
            let (chart, stack) = (chart.clone(), stack.clone());
            let parts = canvas
                .cast::<HtmlCanvasElement>()
                .zip(overlay.cast::<HtmlElement>());
            let listeners = parts.map(|(canvas, overlay)| {
                chart.put_on(Surface::new(canvas.clone(), overlay));
                stack.add(&chart);
                gestures::listen(&canvas, &stack, &chart, commands)
            });
            move || {
                drop(listeners);
                stack.remove(&chart);
            }
        }
    });
    use_effect_with((content, size, ratio), {
        let (chart, stack) = (chart.clone(), stack.clone());
        move |(content, size, ratio)| {
            if let Some(size) = *size {
                if chart.plot().as_ref() != Some(&content.plot) {
                    stack.read(&chart, None);
                }
                chart.set(content.clone(), size, *ratio);
                stack.show(&chart, content.plot.span);
                on_drawn.emit(());
            }
        }
    });

    html! {
        // A screen reader leaves the arrow keys to an application.
        <div class="plot" role="application" aria-label={lang.say(Msg::ChartKeys)}>
            <canvas ref={canvas} role="img" tabindex="0" aria-label={label} />
            if let Some(canvas) = &*printed {
                {Html::VRef(canvas.clone().into())}
            }
            <div ref={overlay} class="overlay" aria-hidden="true"></div>
        </div>
    }
}

/// Device pixels to a CSS pixel, now and when that changes: another screen, or the page enlarged.
#[hook]
fn use_pixel_ratio() -> f64 {
    let ratio = use_state_eq(display::pixel_ratio);
    use_effect_with(*ratio, {
        let set = ratio.setter();
        move |ratio| {
            let exact = js_sys::Number::from(*ratio)
                .to_string_with_radix(10)
                .map_or_else(|_| String::new(), String::from);
            let media = Media::new(&format!("(resolution: {exact}dppx)"));
            let listener = media.listen(move |_| set.set(display::pixel_ratio()));
            move || drop(listener)
        }
    });
    *ratio
}
