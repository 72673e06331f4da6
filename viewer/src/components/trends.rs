//! The charts beside the rows: stacked on one time axis, and read at one moment all together.

use yew::prelude::*;

use super::hooks::use_lang;
use super::shared::Shared;
use super::skeleton::skeleton_trends;
use super::trend::{Trend, trend_id};
use super::trend_chart::Instant;
use crate::state::Row;
use crate::text::Msg;

/// See [`Trends`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct TrendsProps {
    /// The rows, in the order shown.
    pub rows: Shared<Vec<Shared<Row>>>,
    /// Which rows there are is not known yet.
    pub waiting: bool,
    /// The moment that dates are seen from.
    pub now: i64,
    /// A trend has been drawn.
    pub on_drawn: Callback<()>,
}

/// One chart per row.
#[component]
pub(super) fn Trends(props: &TrendsProps) -> Html {
    let TrendsProps {
        rows,
        waiting,
        now,
        on_drawn,
    } = props;
    let lang = use_lang();
    let crosshair = use_state_eq(|| None::<Instant>);
    let on_read = {
        let crosshair = crosshair.setter();
        use_callback((), move |at, ()| crosshair.set(at))
    };
    html! {
        <section class="column-trends" aria-labelledby="trends" aria-busy={waiting.to_string()}>
            <div class="column-head"><h2 id="trends">{lang.say(Msg::Trend)}</h2></div>
            {for rows.iter().map(|row| html! {
                <Trend key={trend_id(&row.parameter)} {row} {now} wide=true crosshair={*crosshair}
                    on_read={on_read.clone()} {on_drawn} />
            })}
            if *waiting && rows.is_empty() {
                {skeleton_trends()}
            }
        </section>
    }
}
