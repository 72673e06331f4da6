//! The charts of the bench page, each a surface as the viewer's, with a handler for the pointer.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::Float64Array;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};

use super::input::{self, Model};
use super::limits::Panel;
use crate::browser::display;
use crate::components::bench::{MARGIN, Plot, Reading, Style, Surface, Theme};
use crate::state::on_demand::OnAxis;
use crate::text::Lang;

/// Sizes of the comparison, CSS pixels: a panel of several, one chart alone.
const SMALL: (f64, f64) = (960.0, 165.0);
const LARGE: (f64, f64) = (1200.0, 500.0);

/// The colour that every page gives its line: work F looks for its pixels.
const LINE: &str = "#1f4e8c";

pub(super) struct Page {
    theme: Rc<Theme>,
    model: Option<Model>,
    charts: Vec<Chart>,
}

struct Chart {
    plot: Rc<Plot>,
    panel: &'static Panel,
    element: HtmlElement,
    surface: Rc<RefCell<Surface>>,
    _listener: EventListener,
}

impl Page {
    pub(super) fn new() -> Self {
        Self {
            theme: Rc::new(Theme {
                line: LINE.to_owned(),
                ..Theme::read(false)
            }),
            model: None,
            charts: Vec::new(),
        }
    }

    /// Reads a Bundle; returns how many numbers and series it holds.
    pub(super) fn read(&mut self, bundle: &[u8]) -> (usize, usize) {
        self.model = None;
        let (model, points) = input::readings(bundle);
        let series = match &model {
            Model::Readings(readings, _) => readings.len(),
            Model::Columns(..) => 1,
        };
        self.model = Some(model);
        (points, series)
    }

    /// Takes a series in columns; returns how many numbers and series it holds.
    pub(super) fn take(&mut self, code: &str, times: &Float64Array, values: &Float64Array) -> (usize, usize) {
        self.model = None;
        let taken = input::columns(code, times, values);
        let points = taken.as_ref().map_or(0, |(_, points)| *points);
        self.model = taken.map(|(model, _)| model);
        (points, 1)
    }

    /// Draws all charts from nothing; returns how many.
    pub(super) fn draw(&mut self) -> u32 {
        self.charts.clear();
        let Some(root) = gloo::utils::document().get_element_by_id("root") else {
            return 0;
        };
        root.set_text_content(None);
        let plots = self.model.as_ref().map(Model::plots).unwrap_or_default();
        let is_large = matches!(self.model, Some(Model::Columns(..)));
        let charts = plots
            .into_iter()
            .filter_map(|(panel, plot)| Chart::new(&root, panel, plot, is_large, &self.theme));
        self.charts = charts.collect();
        self.charts.len() as u32
    }

    /// Shows another part of the first chart.
    pub(super) fn show(&self, span: (f64, f64)) {
        if let Some(chart) = self.charts.first() {
            chart.draw(span, &self.theme);
        }
    }

    /// First and last instant of the first chart.
    pub(super) fn span(&self) -> [f64; 2] {
        self.charts.first().map_or([0.0, 1.0], |chart| {
            let (from, to) = chart.plot.span;
            [from, to]
        })
    }

    /// Left, top, width and height of the plotted area of the first chart in the window, CSS pixels.
    pub(super) fn area(&self) -> [f64; 4] {
        self.charts.first().map_or([0.0; 4], |chart| {
            let bounds = chart.element.get_bounding_client_rect();
            [
                bounds.x() + MARGIN.left,
                bounds.y() + MARGIN.top,
                bounds.width() - MARGIN.left - MARGIN.right,
                bounds.height() - MARGIN.top - MARGIN.bottom,
            ]
        })
    }
}

impl Chart {
    fn new(
        root: &Element,
        panel: &'static Panel,
        plot: Rc<Plot>,
        is_large: bool,
        theme: &Rc<Theme>,
    ) -> Option<Self> {
        let document = gloo::utils::document();
        let make = |tag: &str, class: &str| -> Option<HtmlElement> {
            let element = document.create_element(tag).ok()?;
            element.set_class_name(class);
            element.dyn_into().ok()
        };
        let element = make("div", if is_large { "chart large" } else { "chart" })?;
        let canvas = display::new_canvas()?;
        let overlay = make("div", "overlay")?;
        element.append_child(&canvas).ok()?;
        element.append_child(&overlay).ok()?;
        root.append_child(&element).ok()?;
        let mut surface = Surface::new(canvas.clone(), overlay)?;
        surface.resize(if is_large { LARGE } else { SMALL }, display::pixel_ratio());
        let surface = Rc::new(RefCell::new(surface));
        let listener = EventListener::new(&canvas, "pointermove", {
            let (surface, plot) = (Rc::clone(&surface), Rc::clone(&plot));
            move |event| {
                if let Some(event) = event.dyn_ref::<PointerEvent>() {
                    read(&surface.borrow(), &plot, event.offset_x().into());
                }
            }
        });
        let chart = Self {
            plot,
            panel,
            element,
            surface,
            _listener: listener,
        };
        chart.draw(chart.plot.span, theme);
        Some(chart)
    }

    fn draw(&self, span: (f64, f64), theme: &Theme) {
        let style = Style {
            theme,
            lang: Lang::default(),
            decimals: self.panel.known.spec().decimals,
            percent: false,
            complete: true,
            proposed: &[],
            plans: &[],
            on_axis: &OnAxis::default(),
            noted: &[],
        };
        self.surface.borrow_mut().draw(&self.plot, span, style);
    }
}

/// Reads the point nearest to the pointer, with its time and value in words.
fn read(surface: &Surface, plot: &Plot, x: f64) {
    let mark = surface.scale().and_then(|scale| plot.nearest(scale.time(x)));
    let label = mark.and_then(|mark| {
        let at = plot.time_of(mark)? as i64;
        let numbers = plot
            .lines
            .iter()
            .filter_map(|line| line.value(plot.place_of(mark)?));
        let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
        let lang = Lang::default();
        let date = lang.full_date(chart_model::oslo::date_of(at));
        Some(format!("{date} {} {}", lang.clock(at), numbers.join("/")))
    });
    surface.read(
        plot,
        Reading {
            crosshair: None,
            mark,
            label: label.as_deref(),
        },
    );
}
