//! The plan in short: version, when and by whom it was changed; where there is room also the limits that
//! are in force. Nothing where there is no plan.

use chart_model::{PlanSummary, oslo};
use yew::prelude::*;

use super::hooks::use_lang;
use super::shared::Shared;
use super::skeleton::skeleton_lines;
use super::zone_symbol::zone_symbol;
use crate::text::{Lang, Msg};

/// See [`Plan`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PlanProps {
    /// The current plan.
    pub plan: Option<Shared<PlanSummary>>,
    /// The moment that dates are seen from.
    pub now: i64,
    /// There is room for the limits.
    pub wide: bool,
    /// It is still on its way.
    #[prop_or_default]
    pub waiting: bool,
    /// Where there is little room the limits are shown at first, too.
    #[prop_or_default]
    pub open: bool,
}

/// `Plan v7 · endret 3. sep. av N.N. Vis`
#[component]
pub(super) fn Plan(props: &PlanProps) -> Html {
    let lang = use_lang();
    // What the doctor wants holds from then on.
    let wanted = use_state_eq(|| None::<bool>);
    let heading = |seen: bool| {
        html! {
            <div class={if seen { "column-head" } else { "unseen" }}><h2 id="plan">{lang.say(Msg::Plan)}</h2></div>
        }
    };
    let Some(plan) = &props.plan else {
        return if props.waiting {
            let lines = skeleton_lines(if props.wide { 3 } else { 1 });
            html! { <section class="plan" aria-busy="true">{heading(props.wide)}{lines}</section> }
        } else {
            Html::default()
        };
    };
    let open = props.wide || wanted.unwrap_or(props.open);
    let on_click = move |_| wanted.set(Some(!open));
    let has_limits = !plan.limits.is_empty();
    html! {
        <section class="plan" data-testid="plan" data-version={plan.version.clone()} aria-labelledby="plan">
            {heading(props.wide)}
            <p class="plan-line">
                <span id="plan-line">{line(plan, props.now, lang)}</span>
                if has_limits && !props.wide {
                    <button type="button" class="link" aria-expanded={open.to_string()}
                        aria-controls="plan-limits" aria-describedby="plan-line" onclick={on_click}>
                        {lang.say(if open { Msg::Hide } else { Msg::Show })}
                    </button>
                }
            </p>
            // Always there: on paper it is shown, whether open or not.
            <div id="plan-limits" hidden={!open}>
                if has_limits {
                    {limits(plan, lang)}
                }
            </div>
        </section>
    }
}

fn line(plan: &PlanSummary, now: i64, lang: Lang) -> String {
    let today = oslo::date_of(now);
    let version = (!plan.version.is_empty()).then(|| lang.say(Msg::PlanVersion(&plan.version)).into_owned());
    let changed = plan.updated.as_ref().map(|time| {
        let day = lang.day(time.oslo_date(), today);
        lang.say(Msg::PlanChanged(&day)).into_owned()
    });
    let author = plan
        .author
        .as_ref()
        .map(|author| lang.say(Msg::PlanAuthor(author)).into_owned());
    let change: Vec<_> = changed.into_iter().chain(author).collect();
    let parts = version
        .into_iter()
        .chain((!change.is_empty()).then(|| change.join(" ")));
    parts.collect::<Vec<_>>().join(" · ")
}

/// Every limit of the plan, zone by zone.
fn limits(plan: &PlanSummary, lang: Lang) -> Html {
    let sets = plan.limits.iter().flat_map(|limits| {
        let name = lang.parameter(&limits.parameter);
        let parts = [Msg::Systolic, Msg::Diastolic];
        let pair = limits.sets.iter().all(Option::is_some);
        let named = move |part: Msg<'static>| {
            if pair {
                format!("{name}, {}", lang.say(part))
            } else {
                name.clone()
            }
        };
        limits
            .sets
            .iter()
            .zip(parts)
            .filter_map(move |(set, part)| Some((named(part), set.as_ref()?)))
    });
    html! {
        <>
            <h3>{lang.say(Msg::PersonalLimits)}</h3>
            <dl class="limits">
                {for sets.map(|(name, set)| html! {
                    <div>
                        <dt>{name}</dt>
                        {for lang.zones_of(set).into_iter().map(|(zone, range)| html! {
                            <dd>{zone_symbol(zone)}{lang.say(Msg::Zone(zone))}<span>{range}</span></dd>
                        })}
                    </div>
                })}
            </dl>
        </>
    }
}
