//! Who follows the patient up, since and until when, and how they are reached. What a source does not say is said to be
//! not stated.

use chart_model::follow_up::{FollowUp, Standing};
use chart_model::{ClinicalTime, order};
use yew::prelude::*;

use super::super::plan::contact;
use super::today;
use crate::state::on_demand::{Answer, FromSource};
use crate::text::{Lang, OnDemandMsg, PlanMsg};

/// Nobody is named by any source.
pub(super) fn is_empty(came: &[FromSource]) -> bool {
    all_of(came).is_empty()
}

fn all_of(came: &[FromSource]) -> Vec<&FollowUp> {
    let answers = came.iter().filter_map(|source| source.answer.as_deref());
    let mut all: Vec<&FollowUp> = Vec::new();
    for answer in answers {
        let Answer::FollowUp(reading) = answer else {
            continue;
        };
        for one in &reading.list {
            let is_same = |other: &&FollowUp| {
                (&other.service, other.standing, &other.since) == (&one.service, one.standing, &one.since)
                    && one.service.is_some()
            };
            if !all.iter().any(is_same) {
                all.push(one);
            }
        }
    }
    order::by_key(&mut all, |one| one.standing as i64);
    all
}

/// Each service with all that is known of it; those that follow now come first.
pub(super) fn follow_up(came: &[FromSource], lang: Lang, now: i64) -> Html {
    let all = all_of(came);
    let nobody_now = !all.is_empty() && all.iter().all(|one| one.standing != Standing::Running);
    html! {
        <>
            if nobody_now {
                <p>{lang.on_demand(OnDemandMsg::NoneOf(crate::state::Topic::FollowUp))}</p>
            }
            {for all.into_iter().map(|one| service(one, lang, now))}
        </>
    }
}

fn service(one: &FollowUp, lang: Lang, now: i64) -> Html {
    let name = match (&one.service, &one.person) {
        (Some(service), _) => service.to_string(),
        (None, Some(person)) if !person.name.is_empty() => person.name.clone(),
        (None, _) => lang.on_demand(OnDemandMsg::Nobody),
    };
    let not_given = || lang.on_demand(OnDemandMsg::NotGiven);
    let day = |time: &Option<ClinicalTime>| {
        time.as_ref()
            .map_or_else(not_given, |time| lang.day(time.oslo_date(), today(now)))
    };
    let list = |items: &[Box<str>]| {
        if items.is_empty() {
            not_given()
        } else {
            items.join(", ")
        }
    };
    let field = |name: String, value: Html| html! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let hours: Vec<String> = one.reach.hours.iter().map(|hours| lang.hours(hours)).collect();
    let remark = Some(one.reach.remark.to_string()).filter(|remark| !remark.is_empty());
    let hours: Vec<String> = hours.into_iter().chain(remark).collect();
    let hours = if hours.is_empty() {
        not_given()
    } else {
        hours.join("; ")
    };
    let is_over = one.standing == Standing::Ended;
    html! {
        <section class="service" data-testid="follow-up-service" data-standing={one.standing.id()}>
            <h3>{name}</h3>
            <p class="quiet">
                {lang.on_demand(OnDemandMsg::Standing(one.standing))}
                if !one.about.is_empty() {
                    {format!(" · {}", one.about)}
                }
            </p>
            <dl class="fields">
                {field(lang.on_demand(OnDemandMsg::Since), day(&one.since).into())}
                {field(lang.on_demand(OnDemandMsg::Until), day(&one.until).into())}
                if !is_over {
                    {field(lang.plan(PlanMsg::Phone), html! { <span class="phone">{list(&one.reach.phones)}</span> })}
                    {field(lang.on_demand(OnDemandMsg::Hours), hours.into())}
                    if !one.reach.mails.is_empty() {
                        {field(lang.on_demand(OnDemandMsg::Mail), list(&one.reach.mails).into())}
                    }
                }
                if let Some(person) = one.person.as_ref().filter(|_| one.service.is_some()) {
                    {field(lang.on_demand(OnDemandMsg::InCharge), contact(person))}
                }
            </dl>
        </section>
    }
}
