//! What of the plan is open in place of the first screen's columns: the whole plan, its changes, suggestions. The
//! pages of writing are in `plan_edit`.

use std::mem::discriminant;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::super::hooks::{use_commands, use_lang};
use super::super::plan_edit::{PlanWriting, on_edit_key, title as title_of_writing};
use super::super::shared::Shared;
use super::history::Log;
use super::reading::{COLUMNS, about, beside, grid, has_any_zone, zone, zone_name};
use super::values::Sheet;
use super::ways::ways;
use crate::state::plan::PlanPage;
use crate::state::plan::selectors::comparison;
use crate::state::{Command, PlanCommand, State};
use crate::text::{Msg, PlanMsg};

/// See [`PlanChunk::page`](crate::chunks::PlanChunk).
pub(crate) fn plan_page(state: &Shared<State>, now: i64, wide: bool) -> Html {
    html! { <PlanPanel {state} {now} {wide} /> }
}

/// See [`PlanPanel`].
#[derive(Clone, PartialEq, Properties)]
struct PlanPanelProps {
    /// What the view knows.
    pub state: Shared<State>,
    /// The moment that dates are seen from.
    pub now: i64,
    /// There is room for a table.
    pub wide: bool,
}

/// The page that is open, with the way back.
#[component]
fn PlanPanel(props: &PlanPanelProps) -> Html {
    let PlanPanelProps { state, now, wide } = props;
    let lang = use_lang();
    let commands = use_commands();
    let side_by_side = use_state_eq(|| false);
    let desk = &state.desk;
    let compared = match desk.page {
        PlanPage::History { older, newer } => [older, newer],
        _ => [1, 0],
    };
    let compared_plans = use_memo(
        (Shared::from(&desk.versions), compared),
        |(versions, [older, newer])| comparison(versions, *older, *newer),
    );
    let counts = use_memo(Shared::from(&desk.versions), |versions| {
        let count = |at| Some(comparison(versions, at + 1, at)?.changes.len());
        (0..versions.len()).map(count).collect::<Vec<_>>()
    });
    let asks_history = matches!(desk.page, PlanPage::History { .. }) && !desk.history_asked;
    use_effect_with((asks_history, commands.clone()), |(asks, commands)| {
        if *asks {
            commands.emit(Command::Plan(PlanCommand::AskHistory));
        }
    });
    let current = desk.current.as_ref();
    let sheet = current.map(|current| Sheet::new(&current.plan, None, &[], lang, *now));
    let (title, body) = match (desk.page, sheet) {
        (PlanPage::Closed, _) => return Html::default(),
        (PlanPage::History { .. }, _) => {
            let log = Log {
                desk,
                compared,
                counts: &counts,
                side_by_side: *side_by_side,
                lang,
                now: *now,
            };
            let setter = side_by_side.setter();
            let on_side_by_side = Callback::from(move |wanted| setter.set(wanted));
            let body = log.html((*compared_plans).as_ref(), &commands, &on_side_by_side);
            (lang.plan(PlanMsg::ChangeLog), body)
        }
        (page, sheet) => match (title_of_writing(page, lang), sheet) {
            (Some(title), _) => (title, html! { <PlanWriting {state} {now} /> }),
            (None, Some(sheet)) => (lang.say(Msg::Plan).into_owned(), whole(sheet, *wide)),
            (None, None) => (lang.say(Msg::Plan).into_owned(), Html::default()),
        },
    };
    let version = current.map(|current| current.version.id.to_string());
    let line = current.map(|current| {
        let about = &current.version;
        format!(
            "{} · {} · {}",
            lang.version(about, *now),
            lang.version_time(about, *now),
            lang.version_author(about)
        )
    });
    let close = commands.reform(|_| Command::Plan(PlanCommand::Close));
    let on_key = {
        let commands = commands.clone();
        let is_editing = desk.page == PlanPage::Editing;
        move |event: KeyboardEvent| {
            if is_editing {
                on_edit_key(&event, &commands);
            }
            if event.key() == "Escape" && !event.default_prevented() {
                event.prevent_default();
                commands.emit(Command::Plan(PlanCommand::Close));
            }
        }
    };
    html! {
        <section class="plan plan-panel" data-testid="plan" data-version={version} aria-labelledby="plan-panel"
            onkeydown={on_key}>
            <div class="plan-panel-head">
                <button type="button" data-testid="plan-back" onclick={close}>{lang.plan(PlanMsg::Back)}</button>
                <h2 id="plan-panel" tabindex="-1">{title}</h2>
                if desk.page == PlanPage::Reading {
                    <p class="quiet">{line}</p>
                    {ways(state, lang, &commands)}
                }
            </div>
            {body}
        </section>
    }
}

/// Everything that the plan says.
fn whole(sheet: Sheet<'_>, wide: bool) -> Html {
    html! {
        <>
            {about(sheet)}
            if wide {
                {grid(sheet)}
            } else {
                {for COLUMNS.into_iter().filter(|of| of.is_some() || has_any_zone(sheet)).map(|of| html! {
                    <section><h3>{zone_name(of, sheet.lang)}</h3>{zone(sheet, of)}</section>
                })}
            }
            <div class="plan-beside-grid">{beside(sheet)}</div>
        </>
    }
}

/// The focus follows what is opened: into a page of the plan, and back to the plan's column.
#[hook]
pub(in super::super) fn use_panel_focus(page: PlanPage) {
    let was = use_mut_ref(|| PlanPage::Closed);
    use_effect_with(discriminant(&page), move |kind| {
        if discriminant(&was.replace(page)) == *kind {
            return;
        }
        let goal = if page == PlanPage::Closed {
            ".column-plan"
        } else {
            ".plan-panel h2"
        };
        let found = gloo::utils::document().query_selector(goal).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // Only an element that cannot have the focus refuses it.
            let _ = element.focus();
        }
    });
}
