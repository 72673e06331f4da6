//! The pages of writing, in place of the first screen's columns.

use chart_model::care_plan::{Author, validate};
use chart_model::oslo;
use yew::prelude::*;

use super::super::hooks::{use_commands, use_lang};
use super::super::shared::Shared;
use super::keys::focus_id;
use super::sheet::Writing;
use crate::state::plan::PlanPage;
use crate::state::{Command, State, rows};
use crate::text::{EditMsg, Lang, PlanMsg};

/// See [`PlanWriting`].
#[derive(Clone, PartialEq, Properties)]
pub(in super::super) struct PlanWritingProps {
    /// What the view knows.
    pub state: Shared<State>,
    /// The moment that dates are seen from.
    pub now: i64,
}

/// What a page of writing is called; `None` for a page of reading.
pub(in super::super) fn title(page: PlanPage, lang: Lang) -> Option<String> {
    match page {
        PlanPage::Editing => Some(lang.edit(EditMsg::Editing)),
        PlanPage::Reviewing => Some(lang.edit(EditMsg::Review)),
        PlanPage::Merging => Some(lang.edit(EditMsg::Overtaken)),
        PlanPage::Deciding(_) => Some(lang.plan(PlanMsg::Suggestion)),
        PlanPage::Closed | PlanPage::Reading | PlanPage::History { .. } => None,
    }
}

/// The page that is open.
#[component]
pub(in super::super) fn PlanWriting(props: &PlanWritingProps) -> Html {
    let PlanWritingProps { state, now } = props;
    let lang = use_lang();
    let commands = use_commands();
    let all_areas = use_state_eq(|| false);
    let discarding = use_state_eq(|| false);
    // What has the focus once the page has changed.
    let focus = use_mut_ref(|| None::<String>);
    use_effect({
        let focus = focus.clone();
        move || {
            if let Some(id) = focus.take() {
                focus_id(&id);
            }
        }
    });
    let rows = use_memo(state.revision, |_| rows(state));
    let desk = &state.desk;
    if let PlanPage::Deciding(at) = desk.page {
        return super::deciding::deciding(state, at, lang, *now, &commands);
    }
    let Some(draft) = &desk.draft else {
        return Html::default();
    };
    let changes = draft.changes();
    let (plan, base) = (draft.current(), draft.base());
    let mut issues = validate(plan);
    // What somebody else wrote, and nobody has touched, keeps nothing from being saved.
    issues.retain(|issue| plan.get(&issue.place) != base.get(&issue.place));
    let me = me(state);
    let writing = Writing {
        state,
        plan,
        base,
        changes: &changes,
        issues: &issues,
        locks: &desk.locks,
        rows: &rows,
        period: &lang.period(state.choice, oslo::date_of(*now)),
        me: &me,
        lang,
        now: *now,
        commands: &commands,
        send: &commands.reform(Command::Plan),
        focus: &focus,
    };
    let on_discarding = {
        let setter = discarding.setter();
        Callback::from(move |asked| setter.set(asked))
    };
    match desk.page {
        PlanPage::Reviewing => writing.reviewing(*discarding, &on_discarding),
        PlanPage::Merging => writing.merging(*discarding, &on_discarding),
        _ => {
            let on_all_areas = {
                let setter = all_areas.setter();
                Callback::from(move |_| setter.set(true))
            };
            html! {
                <>
                    {writing.editor(*all_areas, on_all_areas)}
                    {writing.bar(draft.can_undo(), draft.can_redo(), *discarding, &on_discarding)}
                </>
            }
        }
    }
}

/// Who writes, as far as that is known.
fn me(state: &State) -> Author {
    let name = match &state.user {
        Some(Ok(user)) => user.name.clone(),
        _ => None,
    };
    Author {
        name: name.unwrap_or_default(),
        ..Author::default()
    }
}
