//! Hooks that several components use. Each owns what it listens to and lets go of it when dropped.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::plan::PlanMark;
use super::trend_chart::Theme;
use crate::browser::clock;
use crate::browser::display::{Media, SizeObserver, on_print, size_of};
use crate::chunks::{self, DetailsChunk};
use crate::state::Command;
use crate::state::on_demand::OnAxis;
use crate::text::Lang;

/// From this width on, CSS pixels, the layout is wide (`viewer/style/layout.css` says the same).
const WIDE: f64 = 720.0;

/// What every component may need, whatever it shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Surroundings {
    /// The language of the screen.
    pub lang: Lang,
    /// The colours and the font of the charts.
    pub theme: Theme,
    /// The versions of the plan that the charts mark on their time axis.
    pub plans: Rc<Vec<PlanMark>>,
    /// What else they show beside the readings.
    pub on_axis: Rc<OnAxis>,
    /// Where components send what the doctor asks for.
    pub commands: Callback<Command>,
    /// Goes up whenever a chunk has come.
    pub chunks: u32,
}

/// What surrounds the component.
#[hook]
pub(super) fn use_surroundings() -> Surroundings {
    use_context().unwrap_or_default()
}

/// Where components send what the doctor asks for.
#[hook]
pub(super) fn use_commands() -> Callback<Command> {
    use_surroundings().commands
}

/// What can be called in the chunk of details, where it is wanted: as soon as it is here, which is asked for.
#[hook]
pub(super) fn use_details(wanted: bool) -> Option<&'static DetailsChunk> {
    let commands = use_commands();
    let details = chunks::details();
    use_effect_with(wanted && details.is_none(), move |asks| {
        if *asks {
            commands.emit(Command::Details);
        }
    });
    details.filter(|_| wanted)
}

/// The language of the screen.
#[hook]
pub(super) fn use_lang() -> Lang {
    use_surroundings().lang
}

/// Whether a media query matches, now and when it changes.
#[hook]
pub(super) fn use_media(query: &'static str) -> bool {
    let media = use_memo(query, |query| Media::new(query));
    let matches = use_state_eq(|| media.matches());
    use_effect_with(media, {
        let matches = matches.setter();
        move |media| {
            let listener = media.listen(move |now| matches.set(now));
            move || drop(listener)
        }
    });
    *matches
}

/// Whether the page is being printed.
#[hook]
pub(super) fn use_print() -> bool {
    let printing = use_state_eq(|| false);
    use_effect_with((), {
        let printing = printing.setter();
        move |()| {
            let listeners = on_print(move |now| printing.set(now));
            move || drop(listeners)
        }
    });
    let on_paper = use_media("print");
    *printing || on_paper
}

/// Whether an element is wide enough for the charts to stand beside the rows; the stylesheet's
/// container queries ask the same of it. Narrow before it is laid out.
#[hook]
pub(super) fn use_wide(node: NodeRef) -> bool {
    use_size(node).is_some_and(|(width, _)| width >= WIDE)
}

/// Width and height of an element in CSS pixels, now and when they change; `None` before it is laid out.
#[hook]
pub(super) fn use_size(node: NodeRef) -> Option<(f64, f64)> {
    let size = use_state_eq(|| None);
    use_effect_with(node, {
        let size = size.setter();
        move |node| {
            let observer = node.cast::<Element>().and_then(|element| {
                size.set(size_of(&element));
                SizeObserver::new(&element, move |now| size.set(now))
            });
            move || drop(observer)
        }
    });
    *size
}

/// A callback that sets a performance mark the first time it is called.
#[hook]
pub(super) fn use_mark(name: &'static str) -> Callback<()> {
    let set = use_mut_ref(|| false);
    use_callback(name, move |(), name| {
        if !set.replace(true) {
            clock::mark(name);
        }
    })
}
