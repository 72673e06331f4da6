//! A chart on a canvas, and over it the marks of what is read. Knows neither components nor words: what
//! happens to it is decided by its owner. A step (pan, zoom, pointer) measures nothing and lays nothing out.

use chart_model::{Series, Zone};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d as Context, Element, HtmlCanvasElement, HtmlElement};

use super::draw::Drawing;
use super::plot::{Instant, Plot};
use super::scale::{MARGIN, Scale};
use super::theme::Theme;
use crate::browser::display;
use crate::components::drawn::{drawn, px};
use crate::components::plan::PlanMark;
use crate::state::on_demand::OnAxis;
use crate::text::Lang;

/// How a plot is drawn, whatever part of it is seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style<'a> {
    /// Colours and font.
    pub theme: &'a Theme,
    /// Language of the axes.
    pub lang: Lang,
    /// Decimals of the axis labels at most.
    pub decimals: u8,
    /// The values are percentages.
    pub percent: bool,
    /// All readings have come: gaps are shaded only then, since nobody knows before.
    pub complete: bool,
    /// Limits that are being written, each with the zone beyond it.
    pub proposed: &'a [(f64, Zone)],
    /// The versions of the plan.
    pub plans: &'a [PlanMark],
    /// What happened beside the readings.
    pub on_axis: &'a OnAxis,
    /// The points that notes are about, by their places.
    pub noted: &'a [usize],
}

impl Style<'_> {
    /// What the value axis must hold: all of the plot, and the limits that are being written.
    fn range(&self, plot: &Plot) -> Option<(f64, f64)> {
        let widened = |(low, high): (f64, f64), (bound, _): &(f64, Zone)| (low.min(*bound), high.max(*bound));
        Some(self.proposed.iter().fold(plot.range?, widened))
    }
}

/// What is marked over the chart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Reading<'a> {
    /// The moment of the hair line; that of `mark` if `None`.
    pub crosshair: Option<Instant>,
    /// The mark that is read, as its place in the order of time: gets a ring on each of its numbers.
    pub mark: Option<usize>,
    /// Words beside the hair line.
    pub label: Option<&'a str>,
}

/// A canvas, and an empty element over it that is filled here: `<i class="hair">`, two `<i class="ring">` and
/// a `<b class="label">`, which the stylesheet puts at the upper left corner and which are moved from there.
#[derive(Debug)]
pub(crate) struct Surface {
    canvas: HtmlCanvasElement,
    context: Context,
    overlay: HtmlElement,
    hair: HtmlElement,
    rings: [HtmlElement; 2],
    label: HtmlElement,
    /// CSS pixels, and device pixels to each.
    size: ((f64, f64), f64),
    /// Of the last drawing.
    scale: Option<Scale>,
}

impl Surface {
    /// `None` only where the canvas has no context or the page is gone.
    pub(crate) fn new(canvas: HtmlCanvasElement, overlay: HtmlElement) -> Option<Self> {
        let context = context_of(&canvas)?;
        overlay.set_text_content(None);
        overlay.set_hidden(true);
        let child = |tag: &str, class: &str| -> Option<HtmlElement> {
            let child: Element = overlay.owner_document()?.create_element(tag).ok()?;
            child.set_class_name(class);
            overlay.append_child(&child).ok()?;
            child.dyn_into().ok()
        };
        Some(Self {
            hair: child("i", "hair")?,
            rings: [child("i", "ring")?, child("i", "ring")?],
            label: child("b", "label")?,
            canvas,
            context,
            overlay,
            size: ((0.0, 0.0), 0.0),
            scale: None,
        })
    }

    /// Takes the size of the next drawing: CSS pixels, and device pixels to each. Costs nothing if unchanged.
    pub(crate) fn resize(&mut self, size: (f64, f64), ratio: f64) {
        if self.size != (size, ratio) {
            self.size = (size, ratio);
            fit(&self.canvas, &self.context, size, ratio);
            let (top, bottom) = (MARGIN.top, (size.1 - MARGIN.bottom).max(MARGIN.top));
            set(&self.hair, "height", &format!("{}px", px(bottom - top)));
        }
    }

    /// Draws what lies within `span`, with the value axis of the whole plot. Nothing is drawn of a plot
    /// without values, or before there is a size.
    pub(crate) fn draw(&mut self, plot: &Plot, span: (Instant, Instant), style: Style<'_>) {
        let (size, ratio) = self.size;
        self.context.clear_rect(0.0, 0.0, size.0, size.1);
        self.scale = style
            .range(plot)
            .filter(|_| ratio > 0.0)
            .map(|range| Scale::new(span, range, style.percent, size, MARGIN));
        if let Some(scale) = self.scale {
            paint(&self.context, plot, scale, style, ratio);
        }
    }

    /// Puts the marks where they belong, or hides them where nothing is read or what is read is out of sight.
    pub(crate) fn read(&self, plot: &Plot, reading: Reading<'_>) {
        let shown = self.scale.and_then(|scale| {
            let marked = reading.mark.and_then(|mark| plot.time_of(mark));
            let at = scale.at(reading.crosshair.or(marked)?);
            (scale.x.0..=scale.x.1)
                .contains(&at)
                .then_some((scale, at, marked))
        });
        let Some((scale, at, marked)) = shown else {
            self.overlay.set_hidden(true);
            return;
        };
        let ratio = self.size.1;
        move_to(&self.hair, (at * ratio).floor() / ratio, scale.y.0);
        let place = reading.mark.and_then(|mark| plot.place_of(mark));
        for (index, ring) in self.rings.iter().enumerate() {
            let value = place.and_then(|place| plot.lines.get(index)?.value(place));
            match marked.zip(value) {
                Some((time, value)) => move_to(ring, scale.at(time), scale.height(value)),
                None => move_to(ring, OUT_OF_SIGHT, OUT_OF_SIGHT),
            }
        }
        if let Some(text) = reading.label {
            self.label.set_text_content(Some(text));
            // On the side of the hair line that has more room.
            let side = if at - scale.x.0 < scale.width() / 2.0 {
                "0"
            } else {
                "-100%"
            };
            set(
                &self.label,
                "transform",
                &format!("translate({}px,{}px) translateX({side})", px(at), px(scale.y.0)),
            );
        } else {
            move_to(&self.label, OUT_OF_SIGHT, OUT_OF_SIGHT);
        }
        self.overlay.set_hidden(false);
    }

    /// The scale of the last drawing: turns pixels into time and back.
    pub(crate) const fn scale(&self) -> Option<Scale> {
        self.scale
    }
}

/// Further than any chart is wide or high, CSS pixels.
const OUT_OF_SIGHT: f64 = -9999.0;

/// Draws what lies within `span` on a canvas by itself, as for paper.
pub(crate) fn draw_once(
    canvas: &HtmlCanvasElement,
    (size, ratio): ((f64, f64), f64),
    plot: &Plot,
    span: (Instant, Instant),
    style: Style<'_>,
) -> Option<()> {
    let context = context_of(canvas)?;
    fit(canvas, &context, size, ratio);
    let scale = Scale::new(span, style.range(plot)?, style.percent, size, MARGIN);
    paint(&context, plot, scale, style, ratio);
    Some(())
}

/// Draws a series on a canvas that is not in the page.
pub(crate) fn draw_unseen(series: &Series) {
    let plot = Plot::new(series);
    let style = Style {
        theme: &Theme::default(),
        lang: Lang::default(),
        decimals: series.parameter.decimals(),
        percent: false,
        complete: true,
        proposed: &[],
        plans: &[],
        on_axis: &OnAxis::default(),
        noted: &[],
    };
    if let Some(canvas) = display::new_canvas() {
        draw_once(&canvas, ((200.0, 100.0), 1.0), &plot, plot.span, style);
    }
}

fn paint(context: &Context, plot: &Plot, scale: Scale, style: Style<'_>, ratio: f64) {
    Drawing {
        context,
        plot,
        scale,
        theme: style.theme,
        lang: style.lang,
        decimals: style.decimals,
        ratio,
        complete: style.complete,
        proposed: style.proposed,
        plans: style.plans,
        on_axis: style.on_axis,
        noted: style.noted,
    }
    .draw();
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<Context> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Gives the canvas its device pixels, which clears it, and lets its context count in CSS pixels.
fn fit(canvas: &HtmlCanvasElement, context: &Context, (width, height): (f64, f64), ratio: f64) {
    canvas.set_width((width * ratio).round() as u32);
    canvas.set_height((height * ratio).round() as u32);
    // Refused only for no numbers.
    let _ = context.scale(ratio, ratio);
}

fn move_to(element: &HtmlElement, x: f64, y: f64) {
    set(
        element,
        "transform",
        &format!("translate({}px,{}px)", drawn(x, 2), drawn(y, 2)),
    );
}

fn set(element: &HtmlElement, property: &str, value: &str) {
    // Refused only for a style that is read-only.
    let _ = element.style().set_property(property, value);
}
