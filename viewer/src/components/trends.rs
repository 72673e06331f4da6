//! The charts on one time axis: beside the rows all of them, stacked and read at one moment together; below an
//! open row that one alone.

use chart_model::{Series, oslo};
use yew::prelude::*;

use super::hooks::use_lang;
use super::on_demand::Events;
use super::shared::Shared;
use super::skeleton::skeleton_trends;
use super::trend::{Trend, trend_id};
use super::trend_chart::{Brush, Plot, Span, Stack};
use crate::state::Row;
use crate::text::Msg;

/// See [`Trends`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrendsProps {
    /// The rows, in the order shown.
    pub rows: Shared<Vec<Shared<Row>>>,
    /// Which rows there are is not known yet.
    #[prop_or_default]
    pub waiting: bool,
    /// The moment that dates are seen from.
    pub now: i64,
    /// They stand by themselves and not below their row.
    pub wide: bool,
    /// Their time axis.
    pub axis: TimeAxis,
    /// What happened beside the readings: the choice, and in words.
    #[prop_or_default]
    pub events: Events,
    /// A trend has been drawn.
    pub on_drawn: Callback<()>,
}

/// The time axis of all charts. It outlives them: they go away while the plan is read.
#[derive(Clone, PartialEq)]
pub(super) struct TimeAxis {
    /// The charts that stand on it.
    stack: Shared<Stack>,
    /// The part of the period that is seen, where it is not all.
    part: Option<Span>,
}

/// A time axis that nothing stands on yet.
#[hook]
pub(super) fn use_time_axis() -> TimeAxis {
    let part = use_state_eq(|| None::<Span>);
    let stack = {
        let part = part.setter();
        use_memo((), move |()| {
            Shared::from(Stack::new(Callback::from(move |seen| part.set(seen))))
        })
    };
    TimeAxis {
        stack: (*stack).clone(),
        part: *part,
    }
}

/// One chart per row, and the part of the period that they show.
#[component]
pub(super) fn Trends(props: &TrendsProps) -> Html {
    let TrendsProps {
        rows,
        waiting,
        now,
        wide,
        axis: TimeAxis { stack, part },
        events: Events { menu, list },
        on_drawn,
    } = props;
    let lang = use_lang();
    let plots = use_mut_ref(Vec::new);
    let plots = plots_of(rows, &mut plots.borrow_mut());
    let first = plots.iter().find(|plot| !plot.times.is_empty());
    let trends = rows.iter().zip(&plots).map(|(row, plot)| {
        html! {
            <Trend key={trend_id(&row.parameter)} {row} {plot} {now} {wide} {stack} part={*part} {on_drawn} />
        }
    });
    // Told when the doctor rests, and printed: on the screen the axes show it.
    let seen = html! {
        <p class="seen-part" aria-live="polite">
            {part.map(|part| lang.say(Msg::Showing(&lang.part(part, oslo::date_of(*now)))))}
        </p>
    };
    if !wide {
        return html! { <>{for trends}{seen}{menu.clone()}{list.clone()}</> };
    }
    html! {
        <section class="column-trends" aria-labelledby="trends" aria-busy={waiting.to_string()}>
            <div class="column-head"><h2 id="trends">{lang.say(Msg::Trend)}</h2>{menu.clone()}</div>
            {seen}
            {for trends}
            if let Some(plot) = first {
                <Brush {stack} {plot} {now} zoomed={part.is_some()} />
            }
            {list.clone()}
            if *waiting && rows.is_empty() {
                {skeleton_trends()}
            }
        </section>
    }
}

/// Each series with what is drawn of it.
type Plots = Vec<(Shared<Series>, Shared<Plot>)>;

/// What is drawn of each row: made once for each series, which may be large.
fn plots_of(rows: &[Shared<Row>], known: &mut Plots) -> Vec<Shared<Plot>> {
    let made = std::mem::take(known);
    *known = rows
        .iter()
        .map(|row| {
            let series = Shared::from(&row.series);
            let plot = made.iter().find(|(other, _)| *other == series);
            let plot = plot.map_or_else(
                || Shared::from(std::rc::Rc::new(Plot::new(&series))),
                |(_, plot)| plot.clone(),
            );
            (series, plot)
        })
        .collect();
    known.iter().map(|(_, plot)| plot.clone()).collect()
}
