//! The chunks of the viewer: code that a browser fetches when it is first needed, not to open the viewer. Holds what can
//! be called in each, and whether it is here. How one is fetched is in `browser::chunks`; when, in `tasks::fetch_chunk`.
//!
//! `viewer-chunks` cuts the linked program: what is reached from nowhere but a chunk's table becomes that chunk. So a
//! function is moved into a chunk by calling it through the table only. Without `cfg(chunked)` all is one piece, and
//! every chunk is here.

#![cfg_attr(
    chunked,
    allow(
        unsafe_code,
        reason = "a chunk's table has a name that is linked by; nothing of it is called before it is here"
    )
)]

use std::borrow::Cow;
use std::rc::Rc;

use smart_launch::SourceGrant;
use yew::{Callback, Html};

use crate::components::shared::Shared;
use crate::components::{
    OwnPeriodProps, PickerProps, StatisticsProps, opened_demand, own_period, picker, plan_page,
    record_dialog, statistics,
};
use crate::state::on_demand::FromSource;
use crate::state::record::RecordCommand;
use crate::state::{Command, PlanCommand, PlanDesk, Problem, Stand, State, Topic};
use crate::tasks::session::Session;
use crate::tasks::{
    Door, Entered, Later, NotGranted, PlanWork, ask_source, complete_plan, enter_source, grant,
    has_foreign_plan, load_foreign_plan, serve_plan, serve_record,
};
use crate::text::{Lang, Msg, say_english, say_nynorsk};

/// What comes later, if nothing goes wrong.
type Asked<'a, T> = Later<'a, Result<T, Rc<Problem>>>;

/// A chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chunk {
    /// The plan read whole, its history, and writing in it.
    Plan,
    /// What is opened on demand.
    OnDemand,
    /// What opens beside the trends and the rows: statistics, the picker of parameters, a period of one's own.
    Details,
    /// The document for the journal: its dialog, and how it is made.
    Record,
    /// The way into further sources of readings.
    Sources,
    /// The words of nynorsk.
    Nynorsk,
    /// The words of English.
    English,
}

/// What can be called in [`Chunk::Plan`].
pub(crate) struct PlanChunk {
    /// The page of the plan that is open, at a moment, with or without room for a table.
    pub(crate) page: fn(&Shared<State>, i64, bool) -> Html,
    /// Does what the doctor asks for about the plan.
    pub(crate) serve: fn(Session, PlanCommand, PlanDesk) -> Later<'static, ()>,
    /// Fetches, in a round, what the first screen's answers left open of a plan that was whole before.
    pub(crate) complete: fn(Session, u32) -> Later<'static, ()>,
    /// Whether there is a plan that is no FHIR.
    pub(crate) has_foreign: fn(&PlanWork) -> Asked<'_, bool>,
    /// Loads, in a round, a plan that is no FHIR.
    pub(crate) load_foreign: fn(Session, u32) -> Asked<'static, ()>,
}

/// What can be called in [`Chunk::OnDemand`].
pub(crate) struct OnDemandChunk {
    /// What an open head holds, at a moment.
    pub(crate) opened: fn(&Shared<State>, Topic, i64, &Callback<Command>) -> Html,
    /// What a source has; `None` if it may not be asked.
    pub(crate) ask: fn(Session, Topic) -> Later<'static, Option<FromSource>>,
}

/// What can be called in [`Chunk::Details`].
pub(crate) struct DetailsChunk {
    /// The statistics of a trend.
    pub(crate) statistics: fn(StatisticsProps) -> Html,
    /// The picker of parameters.
    pub(crate) picker: fn(PickerProps) -> Html,
    /// The choice of a period of one's own.
    pub(crate) own_period: fn(OwnPeriodProps) -> Html,
}

/// What can be called in [`Chunk::Record`].
pub(crate) struct RecordChunk {
    /// The dialog, while there is a document.
    pub(crate) dialog: fn(&Shared<State>) -> Html,
    /// Does what the doctor asks for about the document.
    pub(crate) serve: fn(Session, RecordCommand) -> Later<'static, ()>,
}

/// What can be called in [`Chunk::Sources`].
pub(crate) struct SourcesChunk {
    /// Enters the source of this number; the user may be asked where that was clicked for. Else where it stands instead.
    pub(crate) enter: fn(Session, usize, bool) -> Later<'static, Result<Entered, Stand>>,
    /// A token for a source; the user may be asked where that was clicked for. Else why there is none.
    pub(crate) grant: fn(Door, bool) -> Later<'static, Result<SourceGrant, NotGranted>>,
}

/// What can be called in the chunk of a language.
pub(crate) struct LangChunk {
    /// A message in it.
    pub(crate) say: fn(Msg<'_>) -> Cow<'static, str>,
}

/// The table of a chunk, found by a name that is not linked: the table is in the chunk, and its place in the program is
/// empty until the chunk has come.
macro_rules! chunk {
    ($get:ident, $chunk:path, $name:literal, $type:ty, $table:expr) => {
        /// What can be called in the chunk of this name, if it is here.
        pub(crate) fn $get() -> Option<&'static $type> {
            static TABLE: $type = $table;
            #[cfg(chunked)]
            {
                #[link(wasm_import_module = "__wasm_split_placeholder__")]
                #[allow(improper_ctypes, reason = "both sides are of one compilation")]
                unsafe extern "C" {
                    #[link_name = concat!("__wasm_split_00", $name, "00_import_00000000000000000000000000000000")]
                    safe fn get() -> &'static $type;
                }
                #[unsafe(export_name = concat!("__wasm_split_00", $name, "00_export_00000000000000000000000000000000"))]
                #[allow(improper_ctypes_definitions, reason = "both sides are of one compilation")]
                extern "C" fn table() -> &'static $type {
                    &TABLE
                }
                $chunk.is_here().then(|| get())
            }
            #[cfg(not(chunked))]
            Some(&TABLE)
        }
    };
}

chunk!(
    plan,
    Chunk::Plan,
    "plan",
    PlanChunk,
    PlanChunk {
        page: plan_page,
        serve: serve_plan,
        complete: complete_plan,
        has_foreign: has_foreign_plan,
        load_foreign: load_foreign_plan,
    }
);
chunk!(
    on_demand,
    Chunk::OnDemand,
    "on_demand",
    OnDemandChunk,
    OnDemandChunk {
        opened: opened_demand,
        ask: ask_source,
    }
);
chunk!(
    details,
    Chunk::Details,
    "details",
    DetailsChunk,
    DetailsChunk {
        statistics,
        picker,
        own_period,
    }
);
chunk!(
    record,
    Chunk::Record,
    "record",
    RecordChunk,
    RecordChunk {
        dialog: record_dialog,
        serve: serve_record,
    }
);
chunk!(
    sources,
    Chunk::Sources,
    "sources",
    SourcesChunk,
    SourcesChunk {
        enter: enter_source,
        grant,
    }
);
chunk!(
    nynorsk,
    Chunk::Nynorsk,
    "nynorsk",
    LangChunk,
    LangChunk { say: say_nynorsk }
);
chunk!(
    english,
    Chunk::English,
    "english",
    LangChunk,
    LangChunk { say: say_english }
);

#[cfg(chunked)]
thread_local! {
    static HERE: std::cell::Cell<u8> = const { std::cell::Cell::new(0) };
}

impl Chunk {
    /// The name that it is cut and fetched by.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::OnDemand => "on_demand",
            Self::Details => "details",
            Self::Record => "record",
            Self::Sources => "sources",
            Self::Nynorsk => "nynorsk",
            Self::English => "english",
        }
    }

    /// The chunk with the words of a language; none for the language that is always here.
    pub(crate) const fn of(lang: Lang) -> Option<Self> {
        match lang {
            Lang::Bokmal => None,
            Lang::Nynorsk => Some(Self::Nynorsk),
            Lang::English => Some(Self::English),
        }
    }

    /// It can be called.
    pub(crate) fn is_here(self) -> bool {
        #[cfg(chunked)]
        return HERE.get() & (1 << self as u8) != 0;
        #[cfg(not(chunked))]
        true
    }

    /// It has come.
    pub(crate) fn came(self) {
        #[cfg(chunked)]
        HERE.set(HERE.get() | (1 << self as u8));
    }
}
