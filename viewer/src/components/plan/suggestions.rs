//! What others suggest, as it is read. How it is decided is in `plan_edit`.

use chart_model::care_plan::{Proposed, Review};
use yew::prelude::*;

use super::compared::comment;
use super::tracked::{Signature, change};
use crate::state::plan::{PlanDesk, PlanPage, StoredProposal};
use crate::state::{Command, PlanCommand};
use crate::text::{Lang, PlanMsg};

/// That suggestions wait, each with who and when and the way to it.
pub(super) fn waiting(desk: &PlanDesk, lang: Lang, now: i64, commands: &Callback<Command>) -> Html {
    if desk.proposals.is_empty() {
        return Html::default();
    }
    let entry = |(at, stored): (usize, &StoredProposal)| {
        let on_click = commands.reform(move |_| Command::Plan(PlanCommand::Open(PlanPage::Deciding(at))));
        html! {
            <li>
                {signature(stored).in_full(lang, now)}{" "}
                <button type="button" class="link" data-testid="proposal-open" onclick={on_click}>
                    {lang.plan(PlanMsg::ShowSuggestion)}
                </button>
            </li>
        }
    };
    html! {
        <div class="notice suggestions">
            <p>{lang.plan(PlanMsg::SuggestionsWait(desk.proposals.len()))}</p>
            <ul>{for desk.proposals.iter().enumerate().map(entry)}</ul>
        </div>
    }
}

/// A suggestion: who, when, why, and each change with where it is. `decide` is what stands below a change.
pub(in super::super) fn suggestion(
    stored: &StoredProposal,
    lang: Lang,
    now: i64,
    decide: impl Fn(&Proposed) -> Html,
) -> Html {
    let Review { current, proposed } = &stored.review;
    let entry = |proposed: &Proposed| {
        let signed = [signature(stored)];
        html! {
            <li>
                <h3>{lang.place(&proposed.change.place)}</h3>
                {change(&proposed.change, [current, &stored.proposal.plan], &signed, lang, now)}
                if proposed.clash.is_some() {
                    <p class="notice">{lang.plan(PlanMsg::ChangedSince)}</p>
                }
                {decide(proposed)}
            </li>
        }
    };
    html! {
        <section class="suggestion" data-testid="proposal" data-id={stored.id.to_string()}>
            <p>{signature(stored).in_full(lang, now)}</p>
            {comment(stored.proposal.comment.trim(), lang)}
            if proposed.is_empty() {
                <p>{lang.plan(PlanMsg::AlreadyInPlan)}</p>
            }
            <ul class="changes">{for proposed.iter().map(entry)}</ul>
        </section>
    }
}

fn signature(stored: &StoredProposal) -> Signature<'_> {
    Signature {
        author: &stored.proposal.author,
        time: stored.time.as_ref(),
    }
}
