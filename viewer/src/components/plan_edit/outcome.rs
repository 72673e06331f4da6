//! What is said of the draft on the first screen: that it is saved, or that it waits.

use yew::prelude::*;

use super::super::error_view::notice;
use super::saving::saving;
use crate::state::plan::{PlanPage, Saving};
use crate::state::{Command, PlanCommand, State};
use crate::text::{EditMsg, Lang};

/// How writing in the plan stands; nothing where nobody has written.
pub(in super::super) fn outcome(state: &State, lang: Lang, commands: &Callback<Command>) -> Html {
    let desk = &state.desk;
    let link = |hook: &'static str, msg: EditMsg<'_>, command: PlanCommand| {
        let on_click = commands.reform(move |_| Command::Plan(command.clone()));
        html! { <button type="button" class="link" data-testid={hook} onclick={on_click}>{lang.edit(msg)}</button> }
    };
    let saved = match (&desk.saving, &desk.current) {
        (
            Saving::Saved {
                version,
                differs,
                suggested,
            },
            Some(current),
        ) => {
            let name = lang.version(&current.version, state.now);
            let said = if *suggested {
                EditMsg::Suggested
            } else {
                EditMsg::SavedAs(&name)
            };
            let show = (!suggested).then(|| {
                link(
                    "plan-show-saved",
                    EditMsg::ShowSaved,
                    PlanCommand::Open(PlanPage::LATEST),
                )
            });
            html! {
                <div role="status" data-saved={version.to_string()}>
                    {notice(Some("plan-saved"), &lang.edit(said), html! { {for show} })}
                    if *differs {
                        {notice(Some("plan-differs"), &lang.edit(EditMsg::Differs), Html::default())}
                    }
                </div>
            }
        }
        (Saving::Idle | Saving::Saved { .. }, _) => Html::default(),
        (Saving::Running | Saving::Failed(_), _) => saving(desk, lang, commands),
    };
    let changes = desk.draft.as_ref().map(|draft| draft.changes().len());
    let waiting = changes.filter(|changes| *changes > 0).map(|changes| {
        let on = link("plan-go-on", EditMsg::GoOn, PlanCommand::Edit);
        notice(Some("plan-unsaved"), &lang.edit(EditMsg::Unsaved(changes)), on)
    });
    html! { <>{saved}{for waiting}</> }
}
