//! The plan beside the trends, one zone at a time: its version, when and by whom it was changed, what it says,
//! and the way to the rest. Where there is little room it is one line that opens. Nothing where there is no plan.

use chart_model::care_plan::PlanZone;
use chart_model::{ClinicalTime, PlanSummary, oslo};
use yew::prelude::*;

use super::super::hooks::{use_commands, use_lang};
use super::super::plan_edit::outcome;
use super::super::shared::Shared;
use super::super::skeleton::skeleton_lines;
use super::super::sources::plan_place;
use super::marks::changed_in_period;
use super::reading::{about, beside, has_any_zone, plan_zone_symbol, zone, zone_name};
use super::suggestions::waiting;
use super::values::{Sheet, zones};
use super::ways::ways;
use crate::state::plan::selectors::comparison;
use crate::state::{Fetch, Role, State};
use crate::text::{Lang, Msg, PlanMsg};

/// See [`PlanColumn`].
#[derive(Clone, PartialEq, Properties)]
pub(in super::super) struct PlanColumnProps {
    /// What the view knows.
    pub state: Shared<State>,
    /// The moment that dates are seen from.
    pub now: i64,
    /// There is room for more than a line.
    pub wide: bool,
}

/// `Plan v7 · endret 3. sep. av N.N. · 2 endringer Vis`, and what opens below it.
#[component]
pub(in super::super) fn PlanColumn(props: &PlanColumnProps) -> Html {
    let PlanColumnProps { state, now, wide } = props;
    let lang = use_lang();
    let commands = use_commands();
    // What the doctor wants holds from then on.
    let wanted = use_state_eq(|| None::<bool>);
    let shown_zone = use_state_eq(|| PlanZone::Green);
    let latest = use_memo(Shared::from(&state.desk.versions), |versions| {
        comparison(versions, 1, 0)
    });
    // The history may have been read before the plan in force was.
    let latest = latest
        .as_ref()
        .as_ref()
        .filter(|_| state.desk.history_is_current());
    let heading = html! {
        <div class={if *wide { "column-head" } else { "unseen" }}><h2 id="plan">{lang.say(Msg::Plan)}</h2></div>
    };
    let desk = &state.desk;
    let Some(head) = Head::of(state) else {
        return if state.plan_fetch == Fetch::Waiting {
            let lines = skeleton_lines(if *wide { 3 } else { 1 });
            html! { <section class="plan" aria-busy="true">{heading}{lines}</section> }
        } else if desk.draft.is_some() {
            // The first plan, while it is written.
            html! { <section class="plan" aria-labelledby="plan">{heading}{outcome(state, lang, &commands)}</section> }
        } else {
            Html::default()
        };
    };
    let changes = latest.map(|latest| latest.changes.len());
    let has_more = desk.current.is_some() || state.plan.as_ref().is_some_and(|plan| has_limits(plan));
    let open = *wide || wanted.unwrap_or(state.role == Role::Editor);
    let on_click = move |_| wanted.set(Some(!open));
    let on_zone = {
        let shown_zone = shown_zone.clone();
        Callback::from(move |zone| shown_zone.set(zone))
    };
    html! {
        <section class="plan" data-testid="plan" data-version={head.version.to_owned()} aria-labelledby="plan">
            {heading}
            <p class="plan-line">
                <span id="plan-line">{head.line(changes, lang, *now)}</span>
                if has_more && !*wide {
                    <button type="button" class="link" aria-expanded={open.to_string()}
                        aria-controls="plan-more" aria-describedby="plan-line" onclick={on_click}>
                        {lang.say(if open { Msg::Hide } else { Msg::Show })}
                    </button>
                }
            </p>
            {outcome(state, lang, &commands)}
            {waiting(desk, lang, *now, &commands)}
            {plan_place(state, lang)}
            // Always there: on paper it is shown, whether open or not.
            <div id="plan-more" hidden={!open}>
                if let Some(current) = &desk.current {
                    {ways(state, lang, &commands)}
                    {changed_in_period(state, &commands)}
                    {whole(Sheet::new(&current.plan, latest, &desk.versions, lang, *now), *shown_zone, &on_zone)}
                } else if let Some(plan) = &state.plan {
                    {limits(plan, lang)}
                }
            </div>
        </section>
    }
}

/// What is said of the plan's version: of the plan itself once it is there, else of its summary.
struct Head<'a> {
    version: &'a str,
    time: Option<&'a ClinicalTime>,
    author: Option<&'a str>,
}

impl<'a> Head<'a> {
    fn of(state: &'a State) -> Option<Self> {
        if let Some(current) = &state.desk.current {
            let version = &current.version;
            let author = (!version.author.name.is_empty()).then_some(&*version.author.name);
            return Some(Self {
                version: &version.id,
                time: version.time.as_ref(),
                author,
            });
        }
        let plan = state.plan.as_ref()?;
        Some(Self {
            version: &plan.version,
            time: plan.updated.as_ref(),
            author: plan.author.as_deref(),
        })
    }

    fn line(&self, changes: Option<usize>, lang: Lang, now: i64) -> String {
        let unnumbered = || lang.plan(PlanMsg::Unnumbered);
        let version = lang.numbered_plan(self.version).or_else(|| Some(unnumbered()));
        let changed = self.time.map(|time| {
            let day = lang.day(time.oslo_date(), oslo::date_of(now));
            lang.say(Msg::PlanChanged(&day)).into_owned()
        });
        let author = self
            .author
            .map(|author| lang.say(Msg::PlanAuthor(author)).into_owned());
        let change: Vec<String> = changed.into_iter().chain(author).collect();
        let change = (!change.is_empty()).then(|| change.join(" "));
        let changes = changes.map(|changes| lang.plan(PlanMsg::Changes(changes)));
        let parts = [version, change, changes].into_iter().flatten();
        parts.collect::<Vec<_>>().join(" · ")
    }
}

/// What the plan says, of its zones the one that is wanted.
fn whole(sheet: Sheet<'_>, wanted: PlanZone, on_zone: &Callback<PlanZone>) -> Html {
    let lang = sheet.lang;
    let button = |of: PlanZone| {
        html! {
            <button type="button" aria-pressed={(of == wanted).to_string()} onclick={on_zone.reform(move |_| of)}>
                {plan_zone_symbol(of)}{lang.plan(PlanMsg::ZoneWord(of))}
            </button>
        }
    };
    html! {
        <>
            {about(sheet)}
            <div class="plan-zones" role="group" aria-label={lang.plan(PlanMsg::Zones)}>
                {for PlanZone::ALL.map(button)}
            </div>
            // All of them: on paper each is shown.
            {for PlanZone::ALL.map(|of| html! {
                <section hidden={of != wanted}>
                    <h3 class="on-paper">{zone_name(Some(of), lang)}</h3>
                    {zone(sheet, Some(of))}
                </section>
            })}
            if has_any_zone(sheet) {
                <section><h3>{zone_name(None, lang)}</h3>{zone(sheet, None)}</section>
            }
            {beside(sheet)}
        </>
    }
}

fn has_limits(plan: &PlanSummary) -> bool {
    plan.limits.iter().any(|limits| limits.current().is_some())
}

/// The limits in force, as long as nothing else of the plan is there.
fn limits(plan: &PlanSummary, lang: Lang) -> Html {
    let current = plan
        .limits
        .iter()
        .filter_map(|limits| Some((&limits.parameter, limits.current()?)));
    let sets = current.flat_map(|(parameter, era)| {
        let sets = era.sets.iter().enumerate();
        sets.filter_map(move |(number, set)| Some((lang.number_name(parameter, number), set.as_ref()?)))
    });
    html! {
        if has_limits(plan) {
            <h3>{lang.say(Msg::PersonalLimits)}</h3>
            <dl class="limits">
                {for sets.map(|(name, set)| html! { <div><dt>{name}</dt><dd>{zones(set, lang)}</dd></div> })}
            </dl>
        }
    }
}
