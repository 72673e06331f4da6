//! The ways from the plan: to the whole of it, to its changes, to writing in it.

use yew::prelude::*;

use crate::state::plan::PlanPage;
use crate::state::{Command, PlanCommand, Role, State};
use crate::text::{Lang, PlanMsg};

/// A button for each way that this user has and that does not lead to where he is.
pub(super) fn ways(state: &State, lang: Lang, commands: &Callback<Command>) -> Html {
    let to = |hook: &'static str, msg: PlanMsg<'_>, command: PlanCommand| {
        let on_click = commands.reform(move |_| Command::Plan(command.clone()));
        html! { <button type="button" class="link" data-testid={hook} onclick={on_click}>{lang.plan(msg)}</button> }
    };
    let to_edit = |msg| to("plan-edit", msg, PlanCommand::Edit);
    html! {
        <div class="plan-ways">
            if state.desk.page != PlanPage::Reading {
                {to("plan-whole", PlanMsg::WholePlan, PlanCommand::Open(PlanPage::Reading))}
            }
            {to("plan-history", PlanMsg::ChangeLog, PlanCommand::Open(PlanPage::LATEST))}
            {match state.desk.role(state.role) {
                Role::Reader => Html::default(),
                Role::Suggester => to_edit(PlanMsg::Suggest),
                Role::Editor => to_edit(PlanMsg::Edit),
            }}
        </div>
    }
}
