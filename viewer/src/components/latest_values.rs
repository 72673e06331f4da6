//! The list of the latest values, and above it the picker. When narrow, a row opens in place and its trend
//! stands below it; when wide, a row leads to its trend beside the list. Arrow keys go from row to row.

use std::rc::Rc;

use yew::prelude::*;

use super::hooks::{use_commands, use_details, use_lang, use_mark};
use super::keys::{focus_node, focus_trend, use_row_keys};
use super::latest_row::LatestRow;
use super::on_demand::Events;
use super::picker::PickerProps;
use super::shared::Shared;
use super::skeleton::skeleton_rows;
use super::trend::trend_id;
use super::trends::{TimeAxis, Trends};
use crate::state::{Choice, Command, Row, State};
use crate::text::Msg;

/// See [`LatestValues`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct LatestValuesProps {
    /// What the view knows.
    pub state: Shared<State>,
    /// The rows, in the order shown.
    pub rows: Shared<Vec<Shared<Row>>>,
    /// All that could be shown.
    pub choices: Shared<Vec<Choice>>,
    /// The moment that ages are counted from.
    pub now: i64,
    /// The trends stand beside the list.
    pub wide: bool,
    /// The time axis of the trend of the open row.
    pub axis: TimeAxis,
    /// What is to be said where readings did not come.
    pub failed: Html,
    /// What happened beside the readings: the choice, and in words.
    pub events: Events,
    /// A trend has been drawn.
    pub on_drawn: Callback<()>,
}

/// One row per parameter.
#[component]
pub(super) fn LatestValues(props: &LatestValuesProps) -> Html {
    let LatestValuesProps {
        state,
        rows,
        choices,
        now,
        wide,
        axis,
        failed,
        events,
        on_drawn,
    } = props;
    let lang = use_lang();
    let commands = use_commands();
    let on_toggle = use_memo(commands.clone(), |commands| commands.reform(Command::Toggle));
    let button = use_node_ref();
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
    let open = state.open.as_ref().filter(|_| !*wide);
    let on_key = use_row_keys(open.cloned(), (*on_toggle).clone());
    let waiting = state.awaits_rows();
    let details = use_details(state.picker_open);
    if choices.is_empty() && !waiting {
        return failed.clone();
    }
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
            <li key={trend_id(&row.parameter)} tabindex="-1" data-home="">
                <LatestRow {row} now={*now} expanded={(!*wide).then_some(is_open)} {on_press} />
                if is_open {
                    <Trends rows={Rc::new(vec![row.clone()])} now={*now} wide=false axis={axis.clone()}
                        events={events.clone()} {on_drawn} />
                }
            </li>
        }
    };
    let picker_open = state.picker_open;
    let on_close = {
        let (button, commands) = (button.clone(), commands.clone());
        Callback::from(move |()| {
            commands.emit(Command::Picker(false));
            focus_node(&button);
        })
    };
    let on_escape = {
        let on_close = on_close.clone();
        move |event: KeyboardEvent| {
            if picker_open && event.key() == "Escape" && !event.default_prevented() {
                on_close.emit(());
            }
        }
    };
    let hidden = choices.iter().filter(|choice| !choice.shown).count();
    html! {
        <section class="latest" aria-labelledby="latest" aria-busy={waiting.to_string()}>
            <div onkeydown={on_escape}>
                <div class="column-head">
                    <h2 id="latest">{lang.say(Msg::LatestValues)}</h2>
                    <button ref={button} type="button" class="link" aria-expanded={picker_open.to_string()}
                        aria-controls="picker" disabled={choices.is_empty()}
                        onclick={commands.reform(move |_| Command::Picker(!picker_open))}>
                        {lang.say(Msg::ChooseParameters)}
                    </button>
                </div>
                {details
                    .map(|details| (details.picker)(PickerProps { choices: choices.clone(), on_close }))
                    .unwrap_or_default()}
            </div>
            {failed.clone()}
            <ul class="rows" onkeydown={on_key}>
                {for rows.iter().map(item)}
                if waiting {
                    {skeleton_rows()}
                }
            </ul>
            if hidden > 0 {
                <p class="hidden-count">{lang.say(Msg::HiddenCount(hidden))}</p>
            }
        </section>
    }
}
