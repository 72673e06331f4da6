//! The list of the latest values. When narrow, a row opens in place and its trend stands below it; when
//! wide, a row leads to its trend beside the list. Arrow keys go from row to row.

use chart_model::Parameter;
use yew::prelude::*;

use super::hooks::use_lang;
use super::keys::{focus_trend, use_row_keys};
use super::latest_row::LatestRow;
use super::screen::use_mark;
use super::shared::Shared;
use super::trend::{Trend, trend_id};
use crate::state::{Fetch, Row, State};
use crate::text::Msg;

/// Rows of the skeleton: about as many as a patient has.
const SKELETON_ROWS: usize = 5;

/// See [`LatestValues`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct LatestValuesProps {
    /// What the view knows.
    pub state: Shared<State>,
    /// The rows, in the order shown.
    pub rows: Shared<Vec<Shared<Row>>>,
    /// The moment that ages are counted from.
    pub now: i64,
    /// The trends stand beside the list.
    pub wide: bool,
    /// A row is to be opened, or closed.
    pub on_toggle: Callback<Parameter>,
    /// Another period was chosen, days.
    pub on_period: Callback<i64>,
    /// A trend has been drawn.
    pub on_drawn: Callback<()>,
}

/// One row per parameter.
#[component]
pub(super) fn LatestValues(props: &LatestValuesProps) -> Html {
    let LatestValuesProps {
        state,
        rows,
        now,
        wide,
        on_toggle,
        on_period,
        on_drawn,
    } = props;
    let lang = use_lang();
    let first_values = use_mark("dho:first-values");
    use_effect_with(rows.is_empty(), move |empty| {
        if !empty {
            first_values.emit(());
        }
    });
    let sparkline_drawn = rows
        .iter()
        .any(|row| !row.waiting && !row.series.points.is_empty());
    use_effect_with(sparkline_drawn && !wide, {
        let on_drawn = on_drawn.clone();
        move |drawn| {
            if *drawn {
                on_drawn.emit(());
            }
        }
    });
    let waiting = rows.is_empty() && state.latest_fetch == Fetch::Waiting;
    if rows.is_empty() && !waiting {
        return Html::default();
    }
    let open = state.open.as_ref().filter(|_| !*wide);
    let on_key = use_row_keys(open.cloned(), on_toggle.clone());
    let item = |row: &Shared<Row>| {
        let is_open = open == Some(&row.parameter);
        let parameter = row.parameter.clone();
        let on_press = if *wide {
            let id = trend_id(&parameter);
            Callback::from(move |_| focus_trend(&id))
        } else {
            on_toggle.reform(move |_| parameter.clone())
        };
        html! {
            <li key={row.parameter.id()}>
                <LatestRow {row} now={*now} expanded={(!*wide).then_some(is_open)} {on_press} />
                if is_open {
                    <Trend {row} now={*now} wide=false {on_period} {on_drawn} />
                }
            </li>
        }
    };
    html! {
        <section class="latest" aria-labelledby="latest" aria-busy={waiting.to_string()}>
            <h2 id="latest">{lang.say(Msg::LatestValues)}</h2>
            <ul class="rows" onkeydown={on_key}>
                {for rows.iter().map(item)}
                if waiting {
                    {for (0..SKELETON_ROWS).map(|_| html! { <li class="skeleton skeleton-row" aria-hidden="true" /> })}
                }
            </ul>
        </section>
    }
}
