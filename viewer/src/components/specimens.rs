//! Each component by itself, for the gallery alone. Components' properties stay private; this is where the
//! gallery reaches them.

use std::borrow::Cow;
use std::rc::Rc;

use chart_model::{Finding, Zone};
use smart_launch::LaunchError;
use yew::prelude::*;

use super::error_view::{fetch_failed, launch_failed as launch_failure, notice as notice_of};
use super::findings::Findings;
use super::hooks::{Surroundings, use_lang};
use super::latest_row::LatestRow;
use super::plan::PlanColumn;
use super::shared::Shared;
use super::sparkline::Sparkline;
use super::trend_chart::use_theme;
use super::trend_table::TrendTable;
use super::trends::{Trends, use_time_axis};
use super::zone_symbol::zone_symbol as symbol_of;
use crate::state::{Problem, Row, State};
use crate::text::{Lang, Msg};

/// See [`Bench`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct BenchProps {
    /// The language of everything said.
    pub lang: Lang,
    /// Heading for those who listen.
    pub title: &'static str,
    /// The component.
    pub children: Html,
}

/// All that a component needs around it.
#[component]
pub(crate) fn Bench(props: &BenchProps) -> Html {
    let surroundings = Surroundings {
        lang: props.lang,
        theme: use_theme(false, 0),
        ..Surroundings::default()
    };
    html! {
        <ContextProvider<Surroundings> context={surroundings}>
                <main class="screen" aria-label={props.title}>
                    <h1 class="unseen">{props.title}</h1>
                    <h2 class="unseen">{props.lang.say(Msg::ModuleTitle)}</h2>
                    <div class="gallery-part">{props.children.clone()}</div>
                </main>
        </ContextProvider<Surroundings>>
    }
}

/// One row of the latest values, closed.
pub(crate) fn latest_row(row: Row, now: i64) -> Html {
    html! {
        <ul class="rows">
            <li><LatestRow row={Rc::new(row)} {now} expanded={Some(false)} on_press={Callback::noop()} /></li>
        </ul>
    }
}

/// The small curve of a row.
pub(crate) fn sparkline(row: &Row) -> Html {
    html! { <Sparkline series={&row.series} waiting={row.waiting} /> }
}

/// The symbol of a zone.
pub(crate) fn zone_symbol(zone: Zone) -> Html {
    symbol_of(zone)
}

/// The trend as it stands beside the rows.
pub(crate) fn trend(row: Row, now: i64) -> Html {
    html! { <LoneTrend rows={Rc::new(vec![Shared::from(Rc::new(row))])} {now} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct LoneTrendProps {
    rows: Shared<Vec<Shared<Row>>>,
    now: i64,
}

/// A trend on a time axis of its own.
#[component]
fn LoneTrend(LoneTrendProps { rows, now }: &LoneTrendProps) -> Html {
    let axis = use_time_axis();
    html! { <Trends {rows} {now} wide=true {axis} on_drawn={Callback::noop()} /> }
}

/// The readings of a trend as a table.
pub(crate) fn trend_table(row: &Row, now: i64) -> Html {
    html! { <TrendTable series={&row.series} seen={row.series.period} {now} /> }
}

/// The plan beside the trends.
pub(crate) fn plan(state: State, now: i64, wide: bool) -> Html {
    html! { <PlanColumn state={Rc::new(state)} {now} {wide} /> }
}

/// What could not be read, closed.
pub(crate) fn findings(findings: Vec<Finding>) -> Html {
    html! { <Findings findings={Rc::new(findings)} /> }
}

/// A part of the screen that did not come.
pub(crate) fn section_failed(text: Cow<'static, str>, problem: Rc<Problem>) -> Html {
    spoken(move |lang| fetch_failed(&text, &problem, lang, Some(Callback::noop())))
}

/// A launch that failed.
pub(crate) fn launch_failed(error: LaunchError) -> Html {
    spoken(move |lang| launch_failure(&error, lang))
}

/// A state in words.
pub(crate) fn notice(text: Cow<'static, str>) -> Html {
    notice_of(None, &text, Html::default())
}

/// Something that is said in the language of the bench.
fn spoken(say: impl Fn(Lang) -> Html + 'static) -> Html {
    html! { <Spoken say={Callback::from(say)} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct SpokenProps {
    say: Callback<Lang, Html>,
}

#[component]
fn Spoken(props: &SpokenProps) -> Html {
    props.say.emit(use_lang())
}
