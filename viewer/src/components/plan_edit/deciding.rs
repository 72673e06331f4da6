//! A suggestion is decided: each change by itself, with words to the one who suggested.

use chart_model::care_plan::{Decision, Proposed};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::super::plan::suggestion;
use super::saving::{is_saving, saving};
use crate::state::{Command, PlanCommand, Role, State};
use crate::text::{EditMsg, Lang, Msg};

/// The suggestion with the given place in the list; read only for who may not decide.
pub(super) fn deciding(state: &State, at: usize, lang: Lang, now: i64, commands: &Callback<Command>) -> Html {
    let desk = &state.desk;
    let Some(stored) = desk.proposals.get(at) else {
        return saving(desk, lang, commands);
    };
    if desk.awaits_whole {
        return html! { <p role="status">{lang.say(Msg::Fetching)}</p> };
    }
    if state.role != Role::Editor {
        return suggestion(stored, lang, now, |_| Html::default());
    }
    let send = commands.reform(Command::Plan);
    let decide = |proposed: &Proposed| {
        let place = lang.place(&proposed.change.place);
        let button = |hook: &'static str, msg: EditMsg<'_>, decision: Decision| {
            let pressed = proposed.decision == Some(decision);
            let of = proposed.change.place.clone();
            let on_click = send.reform(move |_| PlanCommand::Decide {
                proposal: at,
                place: of.clone(),
                decision: (!pressed).then_some(decision),
            });
            let word = lang.edit(msg);
            html! {
                <button type="button" data-testid={hook} aria-pressed={pressed.to_string()}
                    aria-label={lang.edit(EditMsg::ActionOn(&word, &place))} onclick={on_click}>
                    {word.clone()}
                </button>
            }
        };
        html! {
            <p class="edit-actions">
                {button("plan-accept", EditMsg::Accept, Decision::Accepted)}
                {button("plan-reject", EditMsg::Reject, Decision::Rejected)}
            </p>
        }
    };
    let all = |msg: EditMsg<'_>, decision: Decision| {
        let places: Vec<_> = stored
            .review
            .proposed
            .iter()
            .map(|proposed| proposed.change.place.clone())
            .collect();
        let send = send.clone();
        let on_click = move |_| {
            for place in &places {
                let decision = Some(decision);
                send.emit(PlanCommand::Decide {
                    proposal: at,
                    place: place.clone(),
                    decision,
                });
            }
        };
        html! { <button type="button" class="link" onclick={on_click}>{lang.edit(msg)}</button> }
    };
    let on_comment = send.reform(move |event: InputEvent| {
        PlanCommand::Answer(at, event.target_unchecked_into::<HtmlTextAreaElement>().value())
    });
    let undecided = stored
        .review
        .proposed
        .iter()
        .filter(|proposed| proposed.decision.is_none())
        .count();
    let refused = undecided > 0 || is_saving(desk);
    let on_apply = {
        let send = send.clone();
        move |_| {
            if !refused {
                send.emit(PlanCommand::ApplyDecisions(at));
            }
        }
    };
    html! {
        <div class="edit">
            {suggestion(stored, lang, now, decide)}
            <div class="edit-field edit-why">
                <label for="plan-answer">{lang.edit(EditMsg::Answer)}</label>
                <textarea id="plan-answer" data-testid="plan-comment" rows="2" value={stored.comment.clone()}
                    oninput={on_comment} />
            </div>
            {saving(desk, lang, commands)}
            <div class="edit-bar">
                <button type="button" class="main" data-testid="plan-decide" onclick={on_apply}
                    aria-disabled={refused.then_some("true")}>
                    {lang.edit(EditMsg::Decide)}
                </button>
                if stored.review.proposed.len() > 1 {
                    {all(EditMsg::AcceptAll, Decision::Accepted)}
                    {all(EditMsg::RejectAll, Decision::Rejected)}
                }
                if undecided > 0 {
                    <p class="quiet" role="status">{lang.edit(EditMsg::Undecided(undecided))}</p>
                }
            </div>
        </div>
    }
}
