//! What the charts that stand on one time axis share: the part of the period that they show, and the moment
//! at which all are read. A step is drawn straight on the canvases before the next frame; components hear of
//! it only when the doctor rests. Knows no events: those are in `gestures` and `brush`.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};

use chart_model::Zone;
use gloo::timers::callback::Timeout;
use yew::Callback;

use super::plot::{Instant, Plot};
use super::surface::{Reading, Style, Surface};
use super::theme::Theme;
use super::view::{Span, View};
use crate::browser::frames::Frames;
use crate::components::plan::PlanMark;
use crate::components::shared::Shared;
use crate::state::on_demand::OnAxis;
use crate::text::Lang;

/// A view that has not changed for so long is one to be read, milliseconds.
const RESTS_AFTER_MS: u32 = 150;

/// What is read of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// A reading, by its place in the order of time.
    Mark(usize),
    /// A change of limits, by its place among them.
    Change(usize),
    /// A version of the plan, by its place among them.
    Plan(usize),
}

/// What one chart shows of the moment that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    /// What is read.
    pub what: Read,
    /// It was asked for here, and not in another chart.
    pub own: bool,
}

/// One chart as its steps need it, outside of components.
#[derive(Debug, Default)]
pub(crate) struct Chart {
    surface: RefCell<Option<Surface>>,
    content: RefCell<Option<Content>>,
    said: Cell<Option<Said>>,
    on_said: RefCell<Callback<Option<Said>>>,
}

/// What a chart draws.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Content {
    /// The series.
    pub plot: Shared<Plot>,
    /// Colours and font.
    pub theme: Theme,
    /// Language of the axes.
    pub lang: Lang,
    /// Decimals of the axis labels at most.
    pub decimals: u8,
    /// The values are percentages.
    pub percent: bool,
    /// All its readings have come: only then is a gap one.
    pub complete: bool,
    /// Limits that are being written, each with the zone beyond it.
    pub proposed: Vec<(f64, Zone)>,
    /// The versions of the plan.
    pub plans: Rc<Vec<PlanMark>>,
    /// What happened beside the readings.
    pub on_axis: Rc<OnAxis>,
    /// The points that notes are about, by their places.
    pub noted: Rc<Vec<usize>>,
}

impl Content {
    /// For the surface.
    pub(crate) fn style(&self) -> Style<'_> {
        Style {
            theme: &self.theme,
            lang: self.lang,
            decimals: self.decimals,
            percent: self.percent,
            complete: self.complete,
            proposed: &self.proposed,
            plans: &self.plans,
            on_axis: &self.on_axis,
            noted: &self.noted,
        }
    }
}

impl Chart {
    /// Gives it a canvas, or takes it away.
    pub(crate) fn put_on(&self, surface: Option<Surface>) {
        *self.surface.borrow_mut() = surface;
    }

    /// Gives it something to draw, on a canvas of a size.
    pub(crate) fn set(&self, content: Content, size: (f64, f64), ratio: f64) {
        if let Some(surface) = self.surface.borrow_mut().as_mut() {
            surface.resize(size, ratio);
        }
        *self.content.borrow_mut() = Some(content);
    }

    /// Who hears what it says of the moment that is read.
    pub(crate) fn on_said(&self, told: Callback<Option<Said>>) {
        *self.on_said.borrow_mut() = told;
    }

    /// What it draws.
    pub(crate) fn plot(&self) -> Option<Shared<Plot>> {
        self.content.borrow().as_ref().map(|content| content.plot.clone())
    }

    /// The versions of the plan on its time axis.
    pub(crate) fn plans(&self) -> Rc<Vec<PlanMark>> {
        let content = self.content.borrow();
        content
            .as_ref()
            .map(|content| Rc::clone(&content.plans))
            .unwrap_or_default()
    }

    /// Where an instant and a place across belong together, as drawn last.
    pub(crate) fn scale(&self) -> Option<super::Scale> {
        self.surface.borrow().as_ref()?.scale()
    }

    fn draw(&self, span: Span) {
        if let (Some(surface), Some(content)) = (self.surface.borrow_mut().as_mut(), &*self.content.borrow())
        {
            surface.draw(&content.plot, span, content.style());
        }
    }

    /// Marks what is read, and tells it where it is another than before.
    fn mark(&self, crosshair: Option<Instant>, said: Option<Said>) {
        if let (Some(surface), Some(content)) = (&*self.surface.borrow(), &*self.content.borrow()) {
            let mark = said.and_then(|said| match said.what {
                Read::Mark(mark) => Some(mark),
                Read::Change(_) | Read::Plan(_) => None,
            });
            let reading = Reading {
                crosshair,
                mark,
                label: None,
            };
            surface.read(&content.plot, reading);
        }
        if self.said.replace(said) != said {
            let told = self.on_said.borrow().clone();
            told.emit(said);
        }
    }

    /// The moment of what is read here.
    fn time_of(&self, what: Read) -> Option<Instant> {
        let plot = self.plot()?;
        match what {
            Read::Mark(mark) => plot.time_of(mark),
            Read::Change(change) => plot.limit_changes.get(change).copied(),
            Read::Plan(plan) => Some(self.plans().get(plan)?.at as Instant),
        }
    }

    /// What it shows of a moment that is read in another chart: the reading of the same day.
    fn said_of(&self, moment: Instant) -> Option<Said> {
        let what = Read::Mark(self.plot()?.on_the_day_of(moment)?);
        Some(Said { what, own: false })
    }
}

/// See the module.
pub(crate) struct Stack {
    shared: RefCell<Held>,
    frames: Frames,
    on_rest: Callback<Option<Span>>,
}

#[derive(Default)]
struct Held {
    view: Option<View>,
    charts: Vec<Shared<Chart>>,
    /// The chart that is read, and what of it.
    reader: Option<(Shared<Chart>, Read)>,
    /// Moves the brush.
    brush: Callback<View>,
    /// Something else is seen than what was drawn last.
    moved: bool,
    rest: Option<Timeout>,
}

impl fmt::Debug for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stack")
    }
}

impl Stack {
    /// No charts yet. `on_rest` hears which part of the period is seen, or that all of it is.
    pub(crate) fn new(on_rest: Callback<Option<Span>>) -> Rc<Self> {
        Rc::new_cyclic(|this: &Weak<Self>| {
            let this = this.clone();
            Self {
                shared: RefCell::default(),
                frames: Frames::new(move || {
                    if let Some(stack) = this.upgrade() {
                        stack.draw();
                    }
                }),
                on_rest,
            }
        })
    }

    /// Adds a chart.
    pub(crate) fn add(&self, chart: &Shared<Chart>) {
        self.shared.borrow_mut().charts.push(chart.clone());
    }

    /// Takes a chart away; what is read in it is no longer read.
    pub(crate) fn remove(&self, chart: &Shared<Chart>) {
        self.read(chart, None);
        self.shared.borrow_mut().charts.retain(|other| other != chart);
        chart.put_on(None);
        chart.mark(None, None);
    }

    /// Draws a chart at once, whose period, size or colours have changed. Another period is seen whole.
    pub(crate) fn show(&self, chart: &Shared<Chart>, whole: Span) {
        let is_other = self.view().is_none_or(|view| view.whole() != whole);
        if is_other {
            self.set(View::new(whole));
        }
        if let Some(view) = self.view() {
            chart.draw(view.shown());
        }
        // What is read may have gone with what was drawn before.
        self.frames.ask();
    }

    /// What is seen; nothing before the first chart is there.
    pub(crate) fn view(&self) -> Option<View> {
        self.shared.borrow().view
    }

    /// Shows another part of the period.
    pub(crate) fn set(&self, view: View) {
        let mut shared = self.shared.borrow_mut();
        if shared.view == Some(view) {
            return;
        }
        let is_first = shared.view.replace(view).is_none();
        shared.moved = true;
        self.frames.ask();
        if !is_first {
            let on_rest = self.on_rest.clone();
            let tell = move || on_rest.emit(view.part());
            shared.rest = Some(Timeout::new(RESTS_AFTER_MS, tell));
        }
    }

    /// Reads something of a chart, and the same moment in the others; `None`: reads no more of it.
    pub(crate) fn read(&self, chart: &Shared<Chart>, what: Option<Read>) {
        let mut shared = self.shared.borrow_mut();
        match what {
            Some(what) => shared.reader = Some((chart.clone(), what)),
            None if shared.reader.as_ref().is_some_and(|(reader, _)| reader == chart) => {
                shared.reader = None;
            }
            None => return,
        }
        self.frames.ask();
    }

    /// What is read of a chart, be it asked for there or in another one.
    pub(crate) fn read_in(&self, chart: &Shared<Chart>) -> Option<Read> {
        match &self.shared.borrow().reader {
            Some((reader, what)) if reader == chart => Some(*what),
            _ => Some(chart.said.get()?.what),
        }
    }

    /// Who moves the brush.
    pub(crate) fn on_step(&self, brush: Callback<View>) {
        if let Some(view) = self.view() {
            brush.emit(view);
        }
        self.shared.borrow_mut().brush = brush;
    }

    fn draw(&self) {
        let (view, charts, reader, brush, moved) = {
            let mut shared = self.shared.borrow_mut();
            let moved = std::mem::take(&mut shared.moved);
            let Some(view) = shared.view else { return };
            (
                view,
                shared.charts.clone(),
                shared.reader.clone(),
                shared.brush.clone(),
                moved,
            )
        };
        let moment = reader.as_ref().and_then(|(chart, what)| chart.time_of(*what));
        for chart in &charts {
            if moved {
                chart.draw(view.shown());
            }
            let said = match (&reader, moment) {
                (Some((reader, what)), Some(_)) if reader == chart => Some(Said {
                    what: *what,
                    own: true,
                }),
                (_, Some(moment)) => chart.said_of(moment),
                (_, None) => None,
            };
            chart.mark(moment, said);
        }
        if moved {
            brush.emit(view);
        }
    }
}
