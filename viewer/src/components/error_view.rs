//! What could not be done, in words: why, what to do, and what support needs to know. Never in the
//! colours of a reading.

use std::borrow::Cow;
use std::rc::Rc;

use smart_launch::LaunchError;
use yew::prelude::*;

use super::hooks::use_lang;
use crate::state::Problem;
use crate::text::Msg;

/// See [`LaunchFailed`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct LaunchFailedProps {
    /// Why.
    pub error: Rc<LaunchError>,
}

/// The launch failed: nothing else is on the screen.
#[component]
pub(super) fn LaunchFailed(props: &LaunchFailedProps) -> Html {
    let lang = use_lang();
    let LaunchError {
        step,
        host,
        kind,
        detail,
    } = &*props.error;
    let support = support(&[step.as_str(), host, detail]);
    html! {
        <section class="error" role="alert" data-testid="error" data-step={step.as_str()} data-host={host.clone()}>
            <h2>{lang.say(Msg::LaunchFailed)}</h2>
            <p>{lang.say(Msg::LaunchError(*kind))}</p>
            <p class="quiet">{lang.say(Msg::ForSupport(&support))}</p>
        </section>
    }
}

/// See [`SectionFailed`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct SectionFailedProps {
    /// What is missing because of it.
    pub text: Cow<'static, str>,
    /// Why.
    pub problem: Rc<Problem>,
    /// Try once more; `None` where that cannot help.
    #[prop_or_default]
    pub on_retry: Option<Callback<()>>,
}

/// One part of the screen could not be fetched; the others stay.
#[component]
pub(super) fn SectionFailed(props: &SectionFailedProps) -> Html {
    let lang = use_lang();
    let Problem { kind, host, detail } = &*props.problem;
    let support = support(&[host, detail]);
    html! {
        <section class="error" role="alert" data-testid="error" data-step="fetch" data-host={host.clone()}>
            <p><strong>{&*props.text}</strong>{" "}{lang.say(Msg::Problem(*kind))}</p>
            if let Some(retry) = &props.on_retry {
                <button type="button" onclick={retry.reform(|_| ())}>{lang.say(Msg::Retry)}</button>
            }
            <p class="quiet">{lang.say(Msg::ForSupport(&support))}</p>
        </section>
    }
}

fn support(parts: &[&str]) -> String {
    let said: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    said.join(" · ")
}

/// See [`Notice`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct NoticeProps {
    /// What to say.
    pub text: Cow<'static, str>,
}

/// A state of the whole screen, in words; not an error.
#[component]
pub(super) fn Notice(props: &NoticeProps) -> Html {
    html! { <p class="notice" role="status">{&*props.text}</p> }
}
