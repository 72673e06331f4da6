//! The foot of the module: who is logged in, and its language, each by its own name. Quiet, since it is chosen
//! once.

use yew::prelude::*;

use crate::state::{Command, State};
use crate::text::{Lang, Msg};

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
            if let Some(name) = name {
                <p data-testid="user">{chosen.say(Msg::LoggedIn(name))}</p>
            }
            if state.closable {
                <button type="button" data-testid="close" onclick={commands.reform(|_| Command::Close)}>
                    {chosen.say(Msg::Close)}
                </button>
            }
            <div role="group" aria-label={chosen.say(Msg::Language)} data-testid="language">
                {for Lang::ALL.map(button)}
            </div>
        </footer>
    }
}
