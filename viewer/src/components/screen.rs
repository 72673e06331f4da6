//! The whole module, in every phase: the launch's patient, or in words why there is nothing to show.

use std::rc::Rc;

use yew::prelude::*;

use super::error_view::{fetch_failed, launch_failed, notice};
use super::hooks::{Surroundings, use_print, use_wide};
use super::keys::on_trend_key;
use super::patient_view::PatientView;
use super::plan::plan_marks;
use super::shared::Shared;
use super::trend_chart::use_theme;
use crate::state::on_demand::axis;
use crate::state::{Command, Phase, Row, State};
use crate::text::{EditMsg, Msg};

/// See [`Screen`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ScreenProps {
    /// What the view knows.
    pub state: Shared<State>,
    /// The rows of the latest values, in the order shown.
    pub rows: Shared<Vec<Row>>,
    /// The moment that ages are counted from, epoch milliseconds.
    pub now: i64,
    /// What the doctor asks for.
    pub on_command: Callback<Command>,
}

/// The first screen, in every phase.
#[component]
pub(crate) fn Screen(props: &ScreenProps) -> Html {
    let ScreenProps {
        state,
        rows,
        now,
        on_command,
    } = props;
    let lang = state.lang;
    let element = use_node_ref();
    let printing = use_print();
    let theme = use_theme(printing, props.state.restyled);
    // On paper nothing can be opened: all charts stand there.
    let wide = use_wide(element.clone()) || printing;
    let on_key = use_callback((), |event: KeyboardEvent, ()| on_trend_key(&event));
    let body = match &state.phase {
        Phase::Failed(error) => launch_failed(error, lang),
        Phase::PatientFailed(problem) => fetch_failed(&lang.say(Msg::PatientMissing), problem, lang, None),
        Phase::Blanked => html! {
            <div class="notices" role="alert">
                {notice(Some("blanked"), &lang.say(Msg::PatientChanged), Html::default())}
                if state.kept.is_some() {
                    {notice(Some("draft-kept"), &lang.edit(EditMsg::KeptAway), Html::default())}
                }
            </div>
        },
        Phase::Launching if state.asks_sign_in => {
            let button = html! {
                <button type="button" onclick={on_command.reform(|_| Command::SignIn)}>{lang.say(Msg::SignIn)}</button>
            };
            notice(Some("sign-in"), &lang.say(Msg::SignInNeeded), button)
        }
        Phase::Launching | Phase::Loading | Phase::Ready | Phase::Expired => html! {
            <PatientView {state} {rows} {now} {wide} />
        },
    };
    let surroundings = Surroundings {
        lang,
        theme,
        plans: Rc::new(plan_marks(state)),
        on_axis: Rc::new(axis(state)),
        commands: on_command.clone(),
        chunks: state.chunks,
    };
    html! {
        <ContextProvider<Surroundings> context={surroundings}>
            <main ref={element} class={classes!("screen", state.is_stale().then_some("offline"))}
                aria-label={lang.say(Msg::ModuleTitle)} onkeydown={on_key}>
                <h1 class="unseen">{lang.say(Msg::ModuleTitle)}</h1>
                {body}
            </main>
        </ContextProvider<Surroundings>>
    }
}
