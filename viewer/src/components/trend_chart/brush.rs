//! The brush under the charts: the whole period as a small curve, and over it the part that is seen, with an
//! edge on each side. Dragged by pointer, or moved by the keys of two sliders.

use std::cell::RefCell;
use std::rc::Rc;

use chart_model::oslo;
use chart_model::time::{DAY_MS, HOUR_MS};
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use super::Margin;
use super::plot::Plot;
use super::stack::Stack;
use super::view::View;
use crate::components::drawn::drawn;
use crate::components::hooks::use_lang;
use crate::components::shared::Shared;
use crate::components::sparkline::sparkline;
use crate::text::{Lang, Msg};

/// How near an edge the pointer takes hold of it, CSS pixels.
const NEAR: f64 = 12.0;

/// The curve goes from edge to edge.
const MARGIN: Margin = Margin {
    left: 0.0,
    right: 0.0,
    top: 3.0,
    bottom: 3.0,
};

/// See [`Brush`].
#[derive(Clone, PartialEq, Properties)]
pub(in crate::components) struct BrushProps {
    /// The charts whose part of the period it shows.
    pub stack: Shared<Stack>,
    /// The curve in it.
    pub plot: Shared<Plot>,
    /// The moment that dates are seen from.
    pub now: i64,
    /// Part of the period is seen.
    pub zoomed: bool,
}

/// See the module. The button back to the whole period has its place whether it is there or not.
#[component]
pub(in crate::components) fn Brush(props: &BrushProps) -> Html {
    let lang = use_lang();
    let BrushProps {
        stack,
        plot,
        now,
        zoomed,
    } = props;
    let curve = use_memo(plot.clone(), |plot| sparkline(plot, MARGIN));
    let track = use_node_ref();
    use_effect_with((stack.clone(), lang, oslo::date_of(*now)), {
        let track = track.clone();
        move |(stack, lang, today)| {
            let bar = track.cast::<HtmlElement>().and_then(|track| {
                let part = |name: &str| track.query_selector(name).ok()??.dyn_into().ok();
                Some(Rc::new(Bar {
                    window: part(".brush-window")?,
                    edges: [part(".brush-from")?, part(".brush-to")?],
                    stack: stack.clone(),
                    lang: *lang,
                    today: *today,
                    grip: RefCell::default(),
                    track,
                }))
            });
            let listeners = bar.as_ref().map(|bar| {
                let shown = Rc::clone(bar);
                stack.on_step(Callback::from(move |view| shown.place(view)));
                bar.listen()
            });
            let stack = stack.clone();
            move || {
                drop(listeners);
                stack.on_step(Callback::noop());
            }
        }
    });
    let edge = |class: &'static str, name: Msg<'static>| {
        html! { <span class={classes!("brush-edge", class)} role="slider" tabindex="0" aria-label={lang.say(name)} aria-valuemin="0" /> }
    };
    let whole = {
        let (stack, track) = (stack.clone(), track.clone());
        Callback::from(move |_| {
            if let Some(view) = stack.view() {
                stack.set(View::new(view.whole()));
            }
            // The button goes away, the focus stays near.
            if let Some(edge) = first_edge(&track) {
                // Only what cannot have the focus refuses it.
                let _ = edge.focus();
            }
        })
    };
    html! {
        <div class={classes!("brush", zoomed.then_some("zoomed"))} role="group" aria-label={lang.say(Msg::BrushName)}>
            <div ref={track} class="brush-track">
                {(*curve).clone()}
                <span class="brush-window" aria-hidden="true"></span>
                {edge("brush-from", Msg::PeriodFrom)}
                {edge("brush-to", Msg::PeriodTo)}
            </div>
            <button type="button" class="link" onclick={whole}>
                {lang.say(Msg::WholePeriod)}
            </button>
        </div>
    }
}

fn first_edge(track: &NodeRef) -> Option<HtmlElement> {
    track
        .cast::<Element>()?
        .query_selector(".brush-from")
        .ok()??
        .dyn_into()
        .ok()
}

/// The brush outside of components.
struct Bar {
    track: HtmlElement,
    window: HtmlElement,
    edges: [HtmlElement; 2],
    stack: Shared<Stack>,
    lang: Lang,
    today: chart_model::Date,
    grip: RefCell<Option<Grip>>,
}

/// What a pointer has taken hold of.
#[derive(Clone, Copy)]
enum Grip {
    From,
    To,
    /// What is seen, at a distance from its start, in shares of the period.
    Window(f64),
    /// A new window is drawn from here.
    New(f64),
}

impl Bar {
    fn listen(self: &Rc<Self>) -> [EventListener; 6] {
        let kinds = [
            "pointerdown",
            "pointermove",
            "pointerup",
            "pointercancel",
            "dblclick",
            "keydown",
        ];
        kinds.map(|kind| {
            let bar = Rc::clone(self);
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&self.track, kind, options, move |event| bar.feel(event))
        })
    }

    /// Puts window and edges where they belong, and says where that is.
    fn place(&self, view: View) {
        let (from, to) = view.shown();
        let percent = |at: f64| format!("{}%", drawn(view.share(at) * 100.0, 3));
        set(&self.window, "left", &percent(from));
        set(&self.window, "width", &percent(view.whole().0 + view.length()));
        let days = |at: f64| drawn((at - view.whole().0) / DAY_MS as f64, 0).to_string();
        for (edge, at) in self.edges.iter().zip([from, to]) {
            set(edge, "left", &percent(at));
            let said = self.lang.edge(at, view.shown(), self.today);
            for (name, value) in [
                ("aria-valuemax", days(view.whole().1)),
                ("aria-valuenow", days(at)),
                ("aria-valuetext", said),
            ] {
                // Refused only for a name that is none.
                let _ = edge.set_attribute(name, &value);
            }
        }
    }

    fn feel(&self, event: &Event) {
        let Some(view) = self.stack.view() else { return };
        let next = if let Some(event) = event.dyn_ref::<PointerEvent>() {
            self.pointer(event, view)
        } else if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            self.key(event, view)
        } else {
            Some(View::new(view.whole()))
        };
        if let Some(next) = next {
            self.stack.set(next);
        }
    }

    fn pointer(&self, event: &PointerEvent, view: View) -> Option<View> {
        let bounds = self.track.get_bounding_client_rect();
        let share = ((f64::from(event.client_x()) - bounds.left()) / bounds.width().max(1.0)).clamp(0.0, 1.0);
        let mut grip = self.grip.borrow_mut();
        match event.type_().as_str() {
            "pointerdown" if event.button() == 0 => {
                // A drag goes on outside. Refused only for a pointer that is gone.
                let _ = self.track.set_pointer_capture(event.pointer_id());
                *grip = Some(grip_at(view, share, NEAR / bounds.width().max(1.0)));
                None
            }
            "pointermove" => {
                let at = view.instant(share);
                Some(match (*grip)? {
                    Grip::From => view.from(at),
                    Grip::To => view.to(at),
                    Grip::Window(offset) => view.panned(view.instant(share - offset) - view.shown().0),
                    Grip::New(start) => {
                        let (one, other) = (start.min(share), start.max(share));
                        let all = View::new(view.whole());
                        all.from(view.instant(one)).to(view.instant(other))
                    }
                })
            }
            _ => {
                *grip = None;
                None
            }
        }
    }

    /// A day at a time, a week by the keys for pages; within a few days an hour.
    fn key(&self, event: &KeyboardEvent, view: View) -> Option<View> {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return None;
        }
        let is_from = event.target().as_ref() == Some(self.edges.first()?.as_ref());
        let (from, to) = view.shown();
        let day = if view.length() > 3.0 * DAY_MS as f64 {
            DAY_MS as f64
        } else {
            HOUR_MS as f64
        };
        let at = if is_from { from } else { to };
        let at = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => at - day,
            "ArrowRight" | "ArrowUp" => at + day,
            "PageDown" => at - 7.0 * day,
            "PageUp" => at + 7.0 * day,
            "Home" => view.whole().0,
            "End" => view.whole().1,
            "0" => {
                event.prevent_default();
                return Some(View::new(view.whole()));
            }
            _ => return None,
        };
        event.prevent_default();
        // Up and down would lead to another row.
        event.stop_propagation();
        Some(if is_from { view.from(at) } else { view.to(at) })
    }
}

/// What lies under the pointer: an edge, the window between them, or the rest of the period, where a new window
/// is drawn; that is what a drag does too while all is seen.
fn grip_at(view: View, share: f64, near: f64) -> Grip {
    let (from, to) = view.shown();
    let (from, to) = (view.share(from), view.share(to));
    if (share - from).abs() <= near && (share - from).abs() <= (share - to).abs() {
        Grip::From
    } else if (share - to).abs() <= near {
        Grip::To
    } else if view.part().is_some() && (from..=to).contains(&share) {
        Grip::Window(share - from)
    } else {
        Grip::New(share)
    }
}

fn set(element: &HtmlElement, property: &str, value: &str) {
    // Refused only for a style that is read-only.
    let _ = element.style().set_property(property, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pointer_takes_hold_of_what_lies_under_it() {
        let all = View::new((0.0, 90.0 * DAY_MS as f64));
        let part = all.from(all.instant(0.2)).to(all.instant(0.4));
        let held = |view, share| match grip_at(view, share, 0.02) {
            Grip::From => "from",
            Grip::To => "to",
            Grip::Window(_) => "window",
            Grip::New(_) => "new",
        };
        for (share, what) in [
            (0.19, "from"),
            (0.3, "window"),
            (0.41, "to"),
            (0.7, "new"),
            (0.0, "new"),
        ] {
            assert_eq!(held(part, share), what, "{share}");
        }
        for (share, what) in [(0.0, "from"), (0.5, "new"), (1.0, "to")] {
            assert_eq!(held(all, share), what, "{share}");
        }
    }
}
