//! The app itself: holds the store, starts the tasks, hands state to the screen. Draws nothing and
//! fetches nothing itself.

use std::rc::Rc;

use chart_model::Parameter;
use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::browser::clock;
use crate::browser::page;
use crate::components::screen::Screen;
use crate::state::{Action, Phase, State, rows};
use crate::tasks::run_launch::run_launch;
use crate::tasks::session::Session;

/// The period shown first (GPs name the last three months before a consultation).
const FIRST_PERIOD_DAYS: i64 = 90;
/// From here on the view says that the service is slow.
const SLOW_AFTER_MS: u32 = 8_000;

/// [`State`] as Yew's reducer wants it.
#[derive(Debug, Default)]
struct Store(State);

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(self.0.clone().reduce(action)))
    }
}

/// The root component.
#[component]
pub(crate) fn App() -> Html {
    let store = use_reducer(Store::default);
    let session = use_mut_ref(|| None::<Session>);
    let dispatch = {
        let dispatcher = store.dispatcher();
        use_callback((), move |action: Action, ()| dispatcher.dispatch(action))
    };

    use_effect_with((), {
        let (session, dispatch) = (Rc::clone(&session), dispatch.clone());
        move |()| {
            wasm_bindgen_futures::spawn_local(async move {
                match run_launch().await {
                    Ok(context) => {
                        let launched = Session::new(context, dispatch);
                        *session.borrow_mut() = Some(launched.clone());
                        launched.load_first_screen(FIRST_PERIOD_DAYS).await;
                    }
                    Err(error) => dispatch.emit(Action::LaunchFailed(Rc::new(error))),
                }
            });
        }
    });

    let state = &store.0;
    use_effect_with(state.phase.id(), |phase| {
        page::set_app_state(phase);
        if *phase == "ready" {
            clock::mark("dho:complete");
        }
    });
    use_effect_with(matches!(state.phase, Phase::Launching | Phase::Loading), {
        let dispatch = dispatch.clone();
        move |busy| {
            let timeout = busy.then(|| Timeout::new(SLOW_AFTER_MS, move || dispatch.emit(Action::Slow)));
            move || drop(timeout)
        }
    });

    let rows = use_memo(state.revision, |_| rows(state));
    let run = {
        let session = Rc::clone(&session);
        move |task: fn(Session, i64) -> LocalTask, days: i64| {
            if let Some(session) = session.borrow().clone() {
                wasm_bindgen_futures::spawn_local(task(session, days));
            }
        }
    };
    let days = state.period_days;
    let on_period = {
        let run = run.clone();
        use_callback((), move |days: i64, ()| {
            run(|session, days| Box::pin(session.show_period(days)), days)
        })
    };
    let on_refresh = use_callback(days, move |(): (), days| {
        run(|session, days| Box::pin(session.refresh(days)), *days)
    });
    let on_toggle = {
        let dispatch = dispatch.clone();
        use_callback((), move |parameter: Parameter, ()| {
            dispatch.emit(Action::Toggle(parameter))
        })
    };

    html! {
        <Screen
            state={Rc::new(state.clone())}
            {rows}
            now={clock::now()}
            {on_period}
            {on_refresh}
            {on_toggle}
        />
    }
}

type LocalTask = std::pin::Pin<Box<dyn Future<Output = ()>>>;
