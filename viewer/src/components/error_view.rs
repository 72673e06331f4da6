//! What could not be done, in words: why, what to do, and what support needs to know. Never in the
//! colours of a reading.

use smart_launch::LaunchError;
use yew::prelude::*;

use super::keys::keep_focus;
use crate::state::Problem;
use crate::text::{Lang, Msg};

/// The launch failed: nothing else is on the screen.
pub(super) fn launch_failed(error: &LaunchError, lang: Lang) -> Html {
    let LaunchError {
        step,
        host,
        kind,
        detail,
    } = error;
    let support = support(&[step.as_str(), host, detail]);
    html! {
        <section class="error" role="alert" data-testid="error" data-step={step.as_str()} data-host={host.clone()}>
            <h2>{lang.say(Msg::LaunchFailed)}</h2>
            <p>{lang.say(Msg::LaunchError(*kind))}</p>
            <p class="support">{lang.say(Msg::ForSupport(&support))}</p>
        </section>
    }
}

/// Something could not be fetched; the rest stays. `text` is what is missing because of it, `on_retry` tries
/// once more, where that can help.
pub(super) fn fetch_failed(
    text: &str,
    problem: &Problem,
    lang: Lang,
    on_retry: Option<Callback<()>>,
) -> Html {
    let Problem { kind, host, detail } = problem;
    let support = support(&[host, detail]);
    let retry = on_retry.map(|retry| retry.reform(|event: MouseEvent| keep_focus(&event)));
    html! {
        <section class="error" role="alert" data-testid="error" data-step="fetch" data-host={host.clone()}>
            <p><strong>{text.to_owned()}</strong>{" "}{lang.say(Msg::Problem(*kind))}</p>
            if let Some(retry) = retry {
                <button type="button" aria-label={format!("{}: {text}", lang.say(Msg::Retry))} onclick={retry}>
                    {lang.say(Msg::Retry)}
                </button>
            }
            <p class="support">{lang.say(Msg::ForSupport(&support))}</p>
        </section>
    }
}

fn support(parts: &[&str]) -> String {
    let said: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    said.join(" · ")
}

/// A state of the view, in words; not an error. `action` is what can be done about it, if anything.
pub(super) fn notice(hook: Option<&'static str>, text: &str, action: Html) -> Html {
    html! { <div class="notice" data-testid={hook}><p>{text.to_owned()}</p>{action}</div> }
}
