//! What is to be said of the view as a whole: the session is over, there is no connection, the patient is
//! not followed up. States in words, not errors; read aloud when they come.

use yew::prelude::*;

use super::error_view::notice;
use super::keys::keep_focus;
use crate::state::{Command, Phase, State};
use crate::text::{EditMsg, Lang, Msg};

/// All of them that hold now.
pub(super) fn notices(state: &State, lang: Lang, commands: &Callback<Command>) -> Html {
    let refresh = commands.reform(|event: MouseEvent| {
        keep_focus(&event);
        Command::Refresh
    });
    let connection = match (&state.phase, disconnected(state, lang)) {
        (Phase::Expired, _) if state.desk.is_unsaved() => {
            notice(Some("expired"), &lang.edit(EditMsg::KeptExpired), Html::default())
        }
        (Phase::Expired, _) => notice(Some("expired"), &lang.say(Msg::Expired), Html::default()),
        (_, Some(text)) => {
            let retry = html! { <button type="button" onclick={refresh}>{lang.say(Msg::Retry)}</button> };
            notice(Some("offline"), &text, retry)
        }
        _ => Html::default(),
    };
    let care = if state.enrolled == Some(false) {
        notice(Some("not-enrolled"), &lang.say(Msg::NotEnrolled), Html::default())
    } else if state.never_measured() && !state.is_busy() {
        notice(None, &lang.say(Msg::NeverMeasured), Html::default())
    } else {
        Html::default()
    };
    html! { <div class="notices" aria-live="polite" tabindex="-1" data-home="">{connection}{care}</div> }
}

/// That there is no connection, and how old what is seen is.
fn disconnected(state: &State, lang: Lang) -> Option<String> {
    let said = match state.fetched_at.filter(|_| state.is_stale()) {
        Some(at) => lang.say(Msg::OfflineFetched(&lang.fetched(at, state.now))),
        None if state.offline => lang.say(Msg::Offline),
        None => return None,
    };
    Some(said.into_owned())
}
