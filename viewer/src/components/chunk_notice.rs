//! That what was to be opened is on its way, or could not be fetched: the viewer's own code, not the patient's data.

use web_sys::HtmlElement;
use yew::prelude::*;

use super::hooks::{use_commands, use_lang};
use crate::state::{ChunkFetch, Command};
use crate::text::Msg;

/// See [`ChunkNotice`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ChunkNoticeProps {
    /// Where the fetch stands.
    pub fetch: ChunkFetch,
}

/// Nothing, as long as there is nothing to be said. A failure takes the focus: it may be out of sight.
#[component]
pub(super) fn ChunkNotice(props: &ChunkNoticeProps) -> Html {
    let lang = use_lang();
    let commands = use_commands();
    let error = use_node_ref();
    use_effect_with((props.fetch, error.clone()), |(_, error)| {
        if let Some(error) = error.cast::<HtmlElement>() {
            // Only an element that cannot have the focus refuses it.
            let _ = error.focus();
        }
    });
    let text = match props.fetch {
        ChunkFetch::Here => return Html::default(),
        ChunkFetch::Awaited => return html! { <p class="quiet" role="status">{lang.say(Msg::Fetching)}</p> },
        ChunkFetch::Unreachable => lang.say(Msg::ChunkMissing),
        ChunkFetch::Replaced => lang.say(Msg::ViewerReplaced),
    };
    html! {
        <section ref={error} class="error" role="alert" tabindex="-1" data-testid="error" data-step="chunk">
            <p><strong>{text}</strong></p>
            <button type="button" onclick={commands.reform(|_| Command::FetchChunks)}>{lang.say(Msg::Retry)}</button>
        </section>
    }
}
