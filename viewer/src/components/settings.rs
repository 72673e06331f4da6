//! How the view looks, by the user's own choice: density, what is remembered and where, and how to take it along or forget
//! it. Language and parameters have their own places.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::*;

use crate::state::{Command, Density, Keeper, State};
use crate::text::{Lang, Msg};

/// Closed until it is wanted.
pub(super) fn settings(state: &State, lang: Lang, commands: &Callback<Command>) -> Html {
    let settings = &state.settings;
    let density = |of: Density, said: Msg<'static>| {
        html! {
            <button type="button" data-density={of.id()} aria-pressed={(of == settings.density).to_string()}
                onclick={commands.reform(move |_| Command::Density(of))}>
                {lang.say(said)}
            </button>
        }
    };
    let kept = lang.say(match settings.keeper {
        Keeper::Server => Msg::KeptAtServer,
        Keeper::Browser => Msg::KeptInBrowser,
        Keeper::Page => Msg::KeptInPage,
    });
    let take = {
        let commands = commands.clone();
        move |event: MouseEvent| {
            if let Some(text) = written(&event) {
                commands.emit(Command::TakeChoices(text));
            }
        }
    };
    let forget = commands.reform(|_| Command::ForgetChoices);
    html! {
        <details class="settings" data-testid="settings" data-keeper={settings.keeper.id()}>
            <summary>{lang.say(Msg::Settings)}</summary>
            <div role="group" aria-label={lang.say(Msg::DensityLabel)}>
                {density(Density::Dense, Msg::Dense)}
                {density(Density::Roomy, Msg::Roomy)}
            </div>
            <p class="quiet">{kept}</p>
            <label>
                {lang.say(Msg::TakeAlong)}
                <textarea key={&*settings.text} rows="3" spellcheck="false" data-testid="settings-text"
                    defaultvalue={settings.text.to_string()} />
            </label>
            if settings.is_refused {
                <p role="status">{lang.say(Msg::NoChoices)}</p>
            }
            <button type="button" data-testid="settings-take" onclick={take}>{lang.say(Msg::TakeChoices)}</button>
            if !settings.text.is_empty() {
                <button type="button" data-testid="settings-forget" onclick={forget}>{lang.say(Msg::ForgetChoices)}</button>
            }
        </details>
    }
}

/// What stands in the field of the settings that hold the button pressed.
fn written(event: &MouseEvent) -> Option<String> {
    let settings = event.target_dyn_into::<Element>()?.closest(".settings").ok()??;
    let field = settings.query_selector("textarea").ok()??;
    Some(field.dyn_into::<HtmlTextAreaElement>().ok()?.value())
}
