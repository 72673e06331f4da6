//! The plan in short: version, when and by whom it was changed; where there is room also the limits that
//! are in force. Nothing where there is no plan.

use chart_model::{PlanSummary, oslo};
use yew::prelude::*;

use super::hooks::use_lang;
use super::shared::Shared;
use super::zone_symbol::ZoneSymbol;
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
}

/// `Plan v7 · endret 3. sep. av N.N.`
#[component]
pub(super) fn Plan(props: &PlanProps) -> Html {
    let lang = use_lang();
    let Some(plan) = &props.plan else {
        return Html::default();
    };
    html! {
        <section class="plan" data-testid="plan" data-version={plan.version.clone()} aria-labelledby="plan">
            <h2 id="plan" class={classes!((!props.wide).then_some("unseen"))}>{lang.say(Msg::Plan)}</h2>
            <p>{line(plan, props.now, lang)}</p>
            if props.wide && !plan.limits.is_empty() {
                {limits(plan, lang)}
            }
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
                    <>
                        <dt>{name}</dt>
                        {for lang.zones_of(set).into_iter().map(|(zone, range)| html! {
                            <dd><ZoneSymbol {zone} />{lang.say(Msg::Zone(zone))}<span>{range}</span></dd>
                        })}
                    </>
                })}
            </dl>
        </>
    }
}
