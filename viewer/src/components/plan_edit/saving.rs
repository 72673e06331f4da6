//! How a save stands: on its way, or what became of it, with what the server says.

use yew::prelude::*;

use crate::state::plan::{PlanDesk, SaveProblem, SaveProblemKind, Saving};
use crate::state::{Command, PlanCommand};
use crate::text::{EditMsg, Lang, Msg};

/// True while a save is on its way.
pub(super) const fn is_saving(desk: &PlanDesk) -> bool {
    matches!(desk.saving, Saving::Running)
}

/// What is said of a save that is on its way or has failed.
pub(super) fn saving(desk: &PlanDesk, lang: Lang, commands: &Callback<Command>) -> Html {
    match &desk.saving {
        Saving::Idle | Saving::Saved { .. } => Html::default(),
        Saving::Running => html! { <p role="status">{lang.edit(EditMsg::Saving)}</p> },
        Saving::Failed(problem) => failed(problem, lang, commands),
    }
}

fn failed(SaveProblem { kind, problem }: &SaveProblem, lang: Lang, commands: &Callback<Command>) -> Html {
    let asks_reload = matches!(kind, SaveProblemKind::NotKnown | SaveProblemKind::NoVersion);
    let on_reload = commands.reform(|_| Command::Plan(PlanCommand::Reload));
    let host = problem.as_ref().map(|problem| problem.host.clone());
    html! {
        <section class="error" role="alert" data-testid="save-problem" data-kind={kind.id()} data-host={host}>
            <p>
                <strong>{lang.edit(EditMsg::SaveProblem(*kind))}</strong>
                {for problem.iter().map(|problem| html! { <>{" "}{lang.say(Msg::Problem(problem.kind))}</> })}
            </p>
            if asks_reload {
                <button type="button" onclick={on_reload}>{lang.edit(EditMsg::Reload)}</button>
            }
            {for problem.iter().map(|problem| {
                let said = [&*problem.host, &*problem.detail].map(str::trim);
                let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
                html! { <p class="support">{lang.say(Msg::ForSupport(&said.join(" · ")))}</p> }
            })}
        </section>
    }
}
