//! One entry by itself, as the app would show it: what it asks for is carried out as far as that goes
//! without a server, so that rows, picker and periods can be tried.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::entry::{Entry, Show};
use super::patients::NOW;
use super::{record, scenes};
use crate::browser::page;
use crate::components::screen::Screen;
use crate::components::specimens::Bench;
use crate::state::{Action, Arrangement, Command, DeskAction, OnDemandAction, Settings, State, rows};
use crate::text::{Lang, Msg};

/// See [`Stage`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct StageProps {
    /// What to show.
    pub entry: &'static Entry,
    /// In which language.
    pub lang: Lang,
}

/// An entry that fills the page.
#[component]
pub(super) fn Stage(props: &StageProps) -> Html {
    let StageProps { entry, lang } = *props;
    use_effect_with(entry.press, |press| press.map_or((), press_button));
    let shown = match entry.show {
        Show::Screen(state) => state().map(|state| {
            let state = Rc::new(scenes::then(state, [Action::Language(lang)]));
            html! { <Played {state} /> }
        }),
        Show::Part(part) => part(lang).map(|part| html! { <Bench {lang} title={entry.title}>{part}</Bench> }),
    };
    shown.unwrap_or_else(
        || html! { <p role="alert">{format!("`{}` needs a fixture that is not there.", entry.id)}</p> },
    )
}

/// Some states are known only to the component that is in them.
fn press_button(selector: &str) {
    let button = gloo::utils::document().query_selector(selector).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

/// [`State`] as Yew's reducer wants it. The clock stands still.
struct Store(Rc<State>);

impl Reducible for Store {
    type Action = Vec<Action>;

    fn reduce(self: Rc<Self>, actions: Vec<Action>) -> Rc<Self> {
        Rc::new(Self(Rc::new(scenes::then(State::clone(&self.0), actions))))
    }
}

#[derive(Properties)]
struct PlayedProps {
    /// Where it begins.
    state: Rc<State>,
}

impl PartialEq for PlayedProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
    }
}

/// The screen, from this state on.
#[component]
fn Played(props: &PlayedProps) -> Html {
    let store = use_reducer({
        let state = Rc::clone(&props.state);
        || Store(state)
    });
    let on_command = {
        let dispatcher = store.dispatcher();
        use_callback((), move |command, ()| dispatcher.dispatch(followed(command)))
    };
    let state = &store.0;
    use_effect_with(state.phase.id(), |phase| page::set_app_state(phase));
    use_effect_with(state.settings.density, |density| page::set_density(density.id()));
    use_effect_with(state.lang, |lang| {
        page::set_language(lang.tag(), &lang.say(Msg::ModuleTitle));
    });
    let rows = use_memo(state.revision, |_| rows(state));
    html! { <Screen state={Rc::clone(state)} {rows} now={NOW} {on_command} /> }
}

/// What follows from a command where no server can be asked.
fn followed(command: Command) -> Vec<Action> {
    match command {
        Command::SignIn
        | Command::Details
        | Command::Touched
        | Command::FetchChunks
        | Command::Close
        | Command::CloseUnsaved(_)
        | Command::Refresh
        | Command::Retry(_)
        | Command::RetryParameter(_)
        | Command::RetrySource(_)
        | Command::ForgetChoices
        | Command::TakeChoices(_)
        | Command::Compare(_) => Vec::new(),
        Command::Density(density) => vec![Action::Settings(Settings {
            density,
            ..Settings::default()
        })],
        Command::OnDemand(command) => vec![Action::OnDemand(OnDemandAction::Asked(command))],
        Command::Record(command) => vec![record::followed(command)],
        Command::Period(choice) => scenes::period(choice).into(),
        Command::Plan(command) => vec![Action::Desk(DeskAction::Asked(command))],
        Command::Toggle(parameter) => vec![Action::Toggle(parameter)],
        Command::Language(lang) => vec![Action::Language(lang)],
        Command::Picker(open) => vec![Action::Picker(open)],
        Command::Arrange(arrangement) => vec![Action::Arranged(Rc::new(arrangement))],
        Command::ArrangeDefault => vec![Action::Arranged(Rc::new(Arrangement::default()))],
    }
}
