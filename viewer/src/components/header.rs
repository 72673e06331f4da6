//! The top of the screen: whose data this is, how fresh it is, and the period shown. Stays in view.

use yew::prelude::*;

use super::glyph::{Glyph, glyph};
use super::patient_check::patient_check;
use super::periods::Periods;
use super::record::on_paper;
use crate::state::{Command, Pace, Phase, State};
use crate::text::{Lang, Msg};

/// Whose data, how fresh, which period. `now` is the moment that ages are counted from.
pub(super) fn header(state: &State, now: i64, lang: Lang, commands: &Callback<Command>) -> Html {
    html! {
        <header class="header">
            {patient_check(state, now, lang)}
            {freshness(state, lang, commands)}
            {on_paper(state, lang)}
            <Periods choice={state.choice} period={state.period} {now} />
        </header>
    }
}

/// When the data was fetched, or how the fetching goes, and the button that fetches it anew. All of it in
/// the same place, so that nothing moves while data arrives.
fn freshness(state: &State, lang: Lang, commands: &Callback<Command>) -> Html {
    let busy = state.is_busy();
    let text = match (state.fetched_at, state.pace) {
        (Some(at), _) if !busy => lang.say(Msg::Fetched(&lang.fetched(at, state.now))),
        (None, _) if !busy => "".into(),
        (_, Pace::Quick) => lang.say(Msg::Fetching),
        (_, Pace::Slow) => lang.say(Msg::StillFetching),
        (_, Pace::VerySlow) => lang.say(Msg::Slow),
    };
    let slow = busy && state.pace > Pace::Quick;
    // A button that were disabled would lose the focus.
    let ready = matches!(state.phase, Phase::Ready) && !busy;
    let on_click = {
        let commands = commands.clone();
        move |_| {
            if ready {
                commands.emit(Command::Refresh);
            }
        }
    };
    html! {
        <div class="freshness">
            <span role="status" data-testid={slow.then_some("slow")}>{text}</span>
            <button type="button" class="icon" aria-disabled={(!ready).then_some("true")}
                aria-label={lang.say(Msg::Refresh)} title={lang.say(Msg::Refresh)} onclick={on_click}>
                {glyph(Glyph::Refresh)}
            </button>
        </div>
    }
}
