//! The foot of the module: who is logged in, and its language, each by its own name. Quiet, since it is chosen
//! once.

use yew::prelude::*;

use super::settings::settings;
use crate::state::{Closing, Command, State};
use crate::text::{EditMsg, Lang, Msg};

/// The verified user, and a button per language. Why there is no user is for support only.
pub(super) fn foot(state: &State, commands: &Callback<Command>) -> Html {
    let chosen = state.lang;
    let (name, problem) = match &state.user {
        Some(Ok(user)) => (user.name.as_deref(), None),
        Some(Err(problem)) => (None, Some(problem.to_string())),
        None => (None, None),
    };
    let button = |lang: Lang| {
        html! {
            <button type="button" lang={lang.tag()} aria-pressed={(lang == chosen).to_string()}
                onclick={commands.reform(move |_| Command::Language(lang))}>
                {lang.name()}
            </button>
        }
    };
    html! {
        <footer class="foot" data-user-problem={problem}>
            {settings(state, chosen, commands)}
            if let Some(name) = name {
                <p data-testid="user">{chosen.say(Msg::LoggedIn(name))}</p>
            }
            if state.closable {
                {close(state.closing == Closing::Asked, chosen, commands)}
            }
            <div role="group" aria-label={chosen.say(Msg::Language)} data-testid="language">
                {for Lang::ALL.map(button)}
            </div>
        </footer>
    }
}

/// The way out; where something is not saved, whether that is meant.
fn close(asks_back: bool, lang: Lang, commands: &Callback<Command>) -> Html {
    let button = |hook: &'static str, said: &str, command: Command| {
        let on_click = commands.reform(move |_| command.clone());
        html! { <button type="button" data-testid={hook} onclick={on_click}>{said.to_owned()}</button> }
    };
    if !asks_back {
        return button("close", &lang.say(Msg::Close), Command::Close);
    }
    let asked = lang.edit(EditMsg::CloseAsked);
    html! {
        <span class="edit-asked" role="group" aria-label={asked.clone()}>
            <span role="alert">{asked.clone()}</span>
            {button("close-yes", &lang.edit(EditMsg::CloseYes), Command::CloseUnsaved(true))}
            {button("close-no", &lang.edit(EditMsg::Keep), Command::CloseUnsaved(false))}
        </span>
    }
}
