//! How the view looks, by the user's own choice: density, what is remembered and where, and how to take it along or forget
//! it. Language and parameters have their own places.

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
    let forget = commands.reform(|_| Command::ForgetChoices);
    html! {
        <details class="settings" data-testid="settings" data-keeper={settings.keeper.id()}>
            <summary>{lang.say(Msg::Settings)}</summary>
            <div role="group" aria-label={lang.say(Msg::DensityLabel)}>
                {density(Density::Dense, Msg::Dense)}
                {density(Density::Roomy, Msg::Roomy)}
            </div>
            <p class="quiet">{kept}</p>
            if !settings.text.is_empty() {
                <label>
                    {lang.say(Msg::TakeAlong)}
                    <textarea readonly=true rows="3" data-testid="settings-text" value={settings.text.to_string()} />
                </label>
                <button type="button" data-testid="settings-forget" onclick={forget}>{lang.say(Msg::ForgetChoices)}</button>
            }
        </details>
    }
}
