//! The app itself: holds the store, turns what the doctor asks for into tasks and actions, hands state to
//! the screen. Draws nothing and fetches nothing itself.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::join;
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser::leaving::AskBeforeLeaving;
use crate::browser::popup::Click;
use crate::browser::{chunks, clock, location, online, page};
use crate::chunks::Chunk;
use crate::components::screen::Screen;
use crate::state::{
    Action, Closing, Command, DeskAction, OnDemandAction, Pace, PlanDesk, RecordAction, State, rows,
};
use crate::tasks::memory::first_spoken;
use crate::tasks::run_launch::run_launch;
use crate::tasks::session::Session;
use crate::text::Msg;
use crate::warm_up::warm_up;

/// From here on the view shows what it has, milliseconds.
const SLOW_AFTER_MS: u32 = 2_000;
/// From here on it says that the service is slow, milliseconds.
const VERY_SLOW_AFTER_MS: u32 = 8_000;

/// [`State`] as Yew's reducer wants it.
#[derive(Debug)]
struct Store(Rc<State>);

/// An action with the moment at which it happened, epoch milliseconds.
struct Event(Action, i64);

impl Store {
    fn new() -> Self {
        Self(Rc::new(State {
            offline: !online::is_online(),
            ..State::default()
        }))
    }
}

impl Reducible for Store {
    type Action = Event;

    fn reduce(self: Rc<Self>, Event(action, moment): Event) -> Rc<Self> {
        let state = State::clone(&self.0);
        let state = if action.is_news() { state.at(moment) } else { state };
        Rc::new(Self(Rc::new(state.reduce(action))))
    }
}

/// The root component.
#[component]
pub(crate) fn App() -> Html {
    let store = use_reducer(Store::new);
    let state = &store.0;
    let session = use_mut_ref(|| None::<Session>);
    // The tasks save what the doctor sees.
    let desk = use_mut_ref(PlanDesk::default);
    desk.borrow_mut().clone_from(&state.desk);
    let dispatch = {
        let dispatcher = store.dispatcher();
        use_callback((), move |action: Action, ()| {
            dispatcher.dispatch(Event(action, clock::now()));
        })
    };

    let sign_in = (*use_memo((), |()| Click::default())).clone();
    use_effect_with((), {
        let (session, desk) = (Rc::clone(&session), Rc::clone(&desk));
        let (dispatch, sign_in) = (dispatch.clone(), sign_in.clone());
        move |()| {
            spawn_local(launch(session, desk, dispatch, sign_in));
            // While the first answer is on its way.
            let warm_up = Timeout::new(0, warm_up);
            move || drop(warm_up)
        }
    });
    use_effect_with((), {
        let dispatch = dispatch.clone();
        move |()| {
            let listeners = online::listen(move |online| dispatch.emit(Action::Offline(!online)));
            move || drop(listeners)
        }
    });
    use_effect_with(state.phase.id(), |phase| {
        page::set_app_state(phase);
        if *phase == "ready" {
            clock::mark("dho:complete");
        }
    });
    use_effect_with(state.lang, |lang| {
        page::set_language(lang.tag(), &lang.say(Msg::ModuleTitle));
    });
    use_effect_with(state.settings.density, |density| page::set_density(density.id()));
    use_waiting(state, &dispatch);
    let would_be_lost = state.holds_unsaved() && state.closing != Closing::Meant;
    use_effect_with(would_be_lost, |would_be_lost| {
        let asking = would_be_lost.then(AskBeforeLeaving::begin);
        move || drop(asking)
    });

    let rows = use_memo(state.revision, |_| rows(state));
    let on_command = use_callback((), move |command: Command, ()| {
        if command == Command::SignIn {
            sign_in.happened();
        } else {
            if let Command::Plan(command) = &command {
                // The next wish may come before this one is drawn.
                let asked = DeskAction::Asked(command.clone());
                desk.borrow_mut().step(asked, clock::now());
            }
            let asks_back = command == Command::Close && desk.borrow().is_unsaved();
            carry_out(command, session.borrow().as_ref(), asks_back, &dispatch);
        }
    });

    html! {
        <Screen state={Rc::clone(state)} {rows} now={state.now} {on_command} />
    }
}

/// Launches, and loads the first screen.
async fn launch(
    session: Rc<RefCell<Option<Session>>>,
    desk: Rc<RefCell<PlanDesk>>,
    dispatch: Callback<Action>,
    sign_in: Click,
) {
    let ask_for_click = |asks| dispatch.emit(Action::AskSignIn(asks));
    let page = location::take_address();
    let launched = run_launch(page.clone(), &sign_in, ask_for_click);
    match join(launched, speak(&dispatch)).await.0 {
        Ok(context) => {
            let launched = Session::new(context, page, dispatch, desk);
            *session.borrow_mut() = Some(launched.clone());
            launched.load_first_screen().await;
        }
        Err(error) => dispatch.emit(Action::LaunchFailed(Rc::new(error))),
    }
}

/// Until the launch says otherwise, the language is the browser's.
async fn speak(dispatch: &Callback<Action>) {
    let lang = first_spoken(&page::languages());
    let is_here = match Chunk::of(lang) {
        Some(chunk) => chunks::fetch(chunk).await.is_ok(),
        None => true,
    };
    if is_here {
        dispatch.emit(Action::Language(lang));
    }
}

/// Tells once when a wait has become slow, and once when it has become very slow. Nothing runs while nothing
/// is waited for.
#[hook]
fn use_waiting(state: &State, dispatch: &Callback<Action>) {
    use_effect_with((state.is_busy(), state.waits), {
        let dispatch = dispatch.clone();
        move |(busy, _)| {
            let after = |ms: u32, pace: Pace| {
                let dispatch = dispatch.clone();
                Timeout::new(ms, move || dispatch.emit(Action::Waited(pace)))
            };
            let timeouts = busy.then(|| {
                [
                    after(SLOW_AFTER_MS, Pace::Slow),
                    after(VERY_SLOW_AFTER_MS, Pace::VerySlow),
                ]
            });
            move || drop(timeouts)
        }
    });
}

/// What is only about the view happens at once; what fetches or remembers is a task of the launch, if there
/// is one. `asks_back`: whether it is meant has to be asked first.
fn carry_out(command: Command, session: Option<&Session>, asks_back: bool, dispatch: &Callback<Action>) {
    match &command {
        Command::Close if asks_back => return dispatch.emit(Action::Closing(Closing::Asked)),
        Command::CloseUnsaved(is_meant) => dispatch.emit(Action::Closing(if *is_meant {
            Closing::Meant
        } else {
            Closing::No
        })),
        Command::Toggle(parameter) => dispatch.emit(Action::Toggle(parameter.clone())),
        Command::Picker(open) => dispatch.emit(Action::Picker(*open)),
        Command::Plan(command) => dispatch.emit(Action::Desk(DeskAction::Asked(command.clone()))),
        Command::Record(command) => dispatch.emit(Action::Record(RecordAction::Asked(command.clone()))),
        Command::OnDemand(command) => {
            dispatch.emit(Action::OnDemand(OnDemandAction::Asked(command.clone())));
        }
        _ => {}
    }
    if let Some(session) = session.cloned() {
        spawn_local(session.serve(command));
    }
}
