//! What pointer, fingers, wheel and keys do to a chart: read it, zoom, move, go back to the whole period, and open
//! what a version of the plan changed.
//!
//! The page keeps its scrolling: a plain wheel zooms only in the chart that has the focus, and with all of
//! the period in sight the wheel that would show more scrolls the page again. Everywhere else zooming by wheel takes
//! Ctrl or ⌘, which is also what a pinch on a trackpad sends. A finger that moves up or down scrolls the page.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlCanvasElement, KeyboardEvent, PointerEvent, WheelEvent};
use yew::Callback;

use super::stack::{Chart, Read, Stack};
use super::view::View;
use super::{Scale, plan_marks};
use crate::components::shared::Shared;
use crate::state::{Command, PlanCommand};

/// How far a pointer may move and still not drag, CSS pixels.
const STILL: f64 = 4.0;
/// How near a change of limits its mark can be pointed at, CSS pixels.
const NEAR: f64 = 8.0;
/// How much more is shown for each pixel of a wheel.
const PER_PIXEL: f64 = 0.002;
/// The same for a pinch on a trackpad, which comes as small steps of a wheel.
const PER_PIXEL_OF_PINCH: f64 = 0.01;
/// How much one key shows of what was seen, and moves.
const KEY_ZOOM: f64 = 0.5;
const KEY_PAN: f64 = 0.25;

const KINDS: [&str; 8] = [
    "pointerdown",
    "pointermove",
    "pointerup",
    "pointercancel",
    "pointerleave",
    "wheel",
    "dblclick",
    "keydown",
];

/// Listens on a chart's canvas until the listeners are dropped.
pub(super) fn listen(
    canvas: &HtmlCanvasElement,
    stack: &Shared<Stack>,
    chart: &Shared<Chart>,
    commands: Callback<Command>,
) -> [EventListener; 8] {
    let hands = Rc::new(Hands {
        canvas: canvas.clone(),
        stack: stack.clone(),
        chart: chart.clone(),
        commands,
        touch: RefCell::default(),
    });
    KINDS.map(|kind| {
        let hands = Rc::clone(&hands);
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(canvas, kind, options, move |event| hands.feel(event))
    })
}

struct Hands {
    canvas: HtmlCanvasElement,
    stack: Shared<Stack>,
    chart: Shared<Chart>,
    commands: Callback<Command>,
    touch: RefCell<Touch>,
}

/// Fingers, or the button of a mouse, that are down.
#[derive(Default)]
struct Touch {
    fingers: Vec<Finger>,
    /// What was seen when the last of them came or went.
    start: Option<View>,
    /// They have moved: it is no tap.
    drags: bool,
}

/// Where a pointer is and where it was at the start, CSS pixels from the canvas's left edge.
struct Finger {
    id: i32,
    start: f64,
    x: f64,
}

impl Touch {
    fn begin(&mut self, view: View) {
        self.start = Some(view);
        for finger in &mut self.fingers {
            finger.start = finger.x;
        }
    }

    /// What is to be seen now that the fingers are where they are.
    fn view(&self, scale: Scale) -> Option<View> {
        let start = self.start?;
        let share = |x: f64| (x - scale.x.0) / scale.width();
        let instant = |x: f64| share(x).mul_add(start.length(), start.shown().0);
        match self.fingers.as_slice() {
            [one] if self.drags && start.part().is_some() => {
                Some(start.panned(instant(one.start) - instant(one.x)))
            }
            [one, two, ..] => Some(start.pinched(
                (instant(one.start), instant(two.start)),
                (share(one.x), share(two.x)),
            )),
            _ => None,
        }
    }
}

impl Hands {
    fn feel(&self, event: &Event) {
        let Some((view, scale)) = self.stack.view().zip(self.chart.scale()) else {
            return;
        };
        if let Some(event) = event.dyn_ref::<WheelEvent>() {
            self.wheel(event, view, scale);
        } else if let Some(event) = event.dyn_ref::<PointerEvent>() {
            self.pointer(event, view, scale);
        } else if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            self.key(event, view);
        } else {
            self.stack.set(View::new(view.whole()));
        }
    }

    fn pointer(&self, event: &PointerEvent, view: View, scale: Scale) {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let id = event.pointer_id();
        let mut touch = self.touch.borrow_mut();
        match event.type_().as_str() {
            "pointerdown" => {
                if event.button() != 0 {
                    return;
                }
                self.commands.emit(Command::Touched);
                // A drag goes on outside. Refused only for a pointer that is gone.
                let _ = self.canvas.set_pointer_capture(id);
                touch.fingers.push(Finger { id, start: x, x });
                touch.drags = false;
                touch.begin(view);
            }
            "pointermove" => {
                if let Some(finger) = touch.fingers.iter_mut().find(|finger| finger.id == id) {
                    finger.x = x;
                    let has_moved = (finger.x - finger.start).abs() > STILL;
                    touch.drags |= has_moved;
                }
            }
            "pointerleave" => {
                // A tap is meant to stay; a mouse that has left reads nothing.
                if event.pointer_type() == "mouse" {
                    self.stack.read(&self.chart, None);
                }
                return;
            }
            kind => {
                touch.fingers.retain(|finger| finger.id != id);
                touch.begin(view);
                let is_tap = kind == "pointerup" && event.button() == 0 && !touch.drags;
                drop(touch);
                if let Some(opens) = is_tap.then(|| self.plan_at((x, y), scale)).flatten() {
                    self.commands.emit(Command::Plan(opens));
                }
                return;
            }
        }
        match touch.view(scale) {
            Some(view) => {
                self.stack.read(&self.chart, None);
                self.stack.set(view);
            }
            None => self.read_at((x, y), scale),
        }
    }

    /// What shows the changes of the version of the plan that is pointed at.
    fn plan_at(&self, place: (f64, f64), scale: Scale) -> Option<PlanCommand> {
        let plans = self.chart.plans();
        let plan = plans.get(plan_marks::pointed_at(&plans, scale, place)?)?;
        Some(plan.opens.clone())
    }

    /// Reads what is nearest; changed limits and versions of the plan only where their marks are pointed at.
    fn read_at(&self, (x, y): (f64, f64), scale: Scale) {
        let Some(plot) = self.chart.plot() else { return };
        let plan = plan_marks::pointed_at(&self.chart.plans(), scale, (x, y));
        // Only what can be pressed looks so. Refused only for a name with a space.
        let _ = self
            .canvas
            .class_list()
            .toggle_with_force("on-plan", plan.is_some());
        let is_near = |at: &f64| (scale.at(*at) - x).abs() <= NEAR;
        let change = plot
            .limit_changes
            .iter()
            .position(is_near)
            .filter(|_| y <= scale.y.0 + NEAR);
        let (from, to) = scale.span();
        // What is out of sight is not read.
        let is_seen = |mark: &usize| plot.time_of(*mark).is_some_and(|at| from <= at && at <= to);
        let nearest = || plot.nearest(scale.time(x)).filter(is_seen).map(Read::Mark);
        let marked = plan.map(Read::Plan).or(change.map(Read::Change));
        self.stack.read(&self.chart, marked.or_else(nearest));
    }

    fn wheel(&self, event: &WheelEvent, view: View, scale: Scale) {
        // Lines and pages, where the browser does not count pixels.
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_PIXEL => 1.0,
            WheelEvent::DOM_DELTA_LINE => 16.0,
            _ => 400.0,
        };
        let (across, down) = (event.delta_x() * unit, event.delta_y() * unit);
        let is_pinch = event.ctrl_key() || event.meta_key();
        let is_sideways = !is_pinch && across.abs() > down.abs();
        let next = if is_sideways {
            view.panned(across / scale.width() * view.length())
        } else if is_pinch || self.has_focus() {
            let speed = if is_pinch { PER_PIXEL_OF_PINCH } else { PER_PIXEL };
            let about = scale.time(f64::from(event.offset_x()));
            view.zoomed(about, (down * speed).clamp(-0.5, 0.5).exp())
        } else {
            return;
        };
        if is_pinch || next != view || (!is_sideways && down < 0.0) {
            event.prevent_default();
        }
        self.stack.set(next);
    }

    /// The chart has the focus, and the page with it.
    fn has_focus(&self) -> bool {
        let is_focus = self.canvas.matches(":focus").unwrap_or_default();
        is_focus && gloo::utils::document().has_focus().unwrap_or_default()
    }

    fn key(&self, event: &KeyboardEvent, view: View) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let key = event.key();
        let pan = match key.as_str() {
            _ if !event.shift_key() => None,
            "ArrowLeft" => Some(-KEY_PAN),
            "ArrowRight" => Some(KEY_PAN),
            _ => None,
        };
        let next = match key.as_str() {
            _ if pan.is_some() => view.panned(pan.unwrap_or_default() * view.length()),
            "+" | "=" => view.zoomed(self.middle(view), KEY_ZOOM),
            "-" | "_" => view.zoomed(self.middle(view), 1.0 / KEY_ZOOM),
            "0" => View::new(view.whole()),
            _ => {
                if let Some(view) = self.step(&key, view) {
                    event.prevent_default();
                    self.stack.set(view);
                }
                return;
            }
        };
        event.prevent_default();
        self.stack.set(next);
    }

    /// What keys zoom about: what is read, else the middle.
    fn middle(&self, view: View) -> f64 {
        let (from, to) = view.shown();
        let read = self.read_mark().and_then(|mark| self.chart.plot()?.time_of(mark));
        read.filter(|at| (from..=to).contains(at))
            .unwrap_or(f64::midpoint(from, to))
    }

    fn read_mark(&self) -> Option<usize> {
        match self.stack.read_in(&self.chart)? {
            Read::Mark(mark) => Some(mark),
            Read::Change(_) | Read::Plan(_) => None,
        }
    }

    /// Reads the next mark, the one before, the first or the last, and brings it into sight.
    fn step(&self, key: &str, view: View) -> Option<View> {
        let plot = self.chart.plot()?;
        let last = plot.marks().checked_sub(1)?;
        // Without one to go on from, the newest in sight.
        let newest = || {
            let mark = plot.nearest(view.shown().1).unwrap_or(last);
            let is_later = plot.time_of(mark).is_some_and(|at| at > view.shown().1);
            if is_later { mark.saturating_sub(1) } else { mark }
        };
        let mark = match key {
            "ArrowLeft" => self.read_mark().map_or_else(newest, |at| at.saturating_sub(1)),
            "ArrowRight" => self.read_mark().map_or_else(newest, |at| (at + 1).min(last)),
            "Home" => 0,
            "End" => last,
            _ => return None,
        };
        self.stack.read(&self.chart, Some(Read::Mark(mark)));
        Some(plot.time_of(mark).map_or(view, |at| view.revealing(at)))
    }
}
