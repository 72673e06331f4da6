//! What stands in a plan, value by value; where the newest version changed something, the change in its place.

use std::rc::Rc;

use chart_model::RangeSet;
use chart_model::care_plan::{CarePlan, Contact, FollowUp, List, Place, Value, clean_text};
use yew::prelude::*;

use super::super::zone_symbol::zone_symbol;
use super::tracked::{change, signatures};
use crate::state::plan::PlanVersion;
use crate::state::plan::selectors::{Comparison, Traced};
use crate::text::{Lang, Msg, PlanMsg};

/// A plan as it is read.
#[derive(Clone, Copy)]
pub(in super::super) struct Sheet<'a> {
    /// What it says.
    plan: &'a CarePlan,
    /// What its newest version changed.
    latest: Option<&'a Comparison>,
    /// Who made the changes.
    versions: &'a [PlanVersion],
    /// The language.
    pub lang: Lang,
    /// The moment that dates are seen from.
    pub now: i64,
}

impl<'a> Sheet<'a> {
    /// The plan, with what its newest version changed where that is known.
    pub(in super::super) fn new(
        plan: &'a CarePlan,
        latest: Option<&'a Comparison>,
        versions: &'a [PlanVersion],
        lang: Lang,
        now: i64,
    ) -> Self {
        // Items of the two are told apart by the keys that they have there.
        let plan = latest.map_or(plan, |latest| &latest.after);
        Self {
            plan,
            latest,
            versions,
            lang,
            now,
        }
    }

    /// The places of a list, those taken out by the newest version too.
    pub(super) fn items(self, list: List) -> Vec<Place> {
        match self.latest {
            Some(latest) => latest.items(list),
            None => self
                .plan
                .keys(&list)
                .into_iter()
                .map(|key| Place::in_list(list, key.clone()))
                .collect(),
        }
    }

    /// True if something stands at a place, or did until the newest version.
    pub(super) fn has(self, place: &Place) -> bool {
        self.plan.get(place).is_some() || self.changed(place).is_some()
    }

    /// Every other place of the plan that `wanted` names, with those taken out.
    pub(super) fn places(self, wanted: fn(&Place) -> bool) -> Vec<Place> {
        let gone = self.latest.into_iter().flat_map(|latest| &latest.changes);
        let gone = gone
            .map(|traced| &traced.change)
            .filter(|change| change.after.is_none());
        let there = self.plan.entries().iter().map(|(place, _)| place);
        let all = there.chain(gone.map(|change| &change.place));
        all.filter(|place| wanted(place)).cloned().collect()
    }

    fn changed(self, place: &Place) -> Option<(&'a Comparison, &'a Traced)> {
        let latest = self.latest?;
        Some((latest, latest.at(place)?))
    }

    /// What stands at a place, or how it was changed.
    pub(super) fn value(self, place: &Place) -> Html {
        let Self {
            versions, lang, now, ..
        } = self;
        let changed = self.changed(place).map(|(latest, traced)| {
            let signed = signatures(traced, versions);
            change(
                &traced.change,
                [&latest.before, &latest.after],
                &signed,
                lang,
                now,
            )
        });
        match (self.plan.get(place), place) {
            // A text is read with its changes, and so is what is new or gone; of other things it is said first how
            // they are now.
            (Some(Value::Text(_)) | None, _) if changed.is_some() => changed.unwrap_or_default(),
            (Some(_), _) if self.is_new(place) => changed.unwrap_or_default(),
            (Some(value), _) => html! { <>{self.plain(value, place)}{for changed}</> },
            (None, _) => Html::default(),
        }
    }

    /// The newest version put it in.
    fn is_new(self, place: &Place) -> bool {
        self.changed(place)
            .is_some_and(|(_, traced)| traced.change.before.is_none())
    }

    fn plain(self, value: &Value, place: &Place) -> Html {
        let lang = self.lang;
        match (value, place) {
            (Value::Text(text), _) => html! { <p class="words">{clean_text(text)}</p> },
            (Value::Contact(who), _) => contact(who),
            (Value::FollowUp(follow_up), _) => self.follow_up(follow_up),
            (Value::Interval(interval), _) => html! { <p>{lang.interval(*interval)}</p> },
            (Value::Limits(limits), Place::Limits(parameter, _)) => zones(&limits.ranges(parameter), lang),
            _ => Html::default(),
        }
    }

    fn follow_up(self, follow_up: &FollowUp) -> Html {
        let until = self.lang.until(&follow_up.until);
        html! {
            <>
                {contact(&follow_up.who)}
                if !until.is_empty() {
                    <p>{self.lang.plan(PlanMsg::Until(&until))}</p>
                }
            </>
        }
    }
}

/// Someone to turn to.
pub(in super::super) fn contact(contact: &Contact) -> Html {
    let [name, role, phone, organisation] = contact.fields().map(|field| clean_text(field));
    let about: Vec<String> = [role, organisation]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    html! {
        <div class="contact">
            <p>{name}</p>
            if !phone.is_empty() {
                <p class="phone">{phone}</p>
            }
            if !about.is_empty() {
                <p class="quiet">{about.join(", ")}</p>
            }
        </div>
    }
}

/// The limits of a number, zone by zone.
pub(in super::super) fn zones(set: &Rc<RangeSet>, lang: Lang) -> Html {
    let zone = |(zone, range)| {
        html! { <p class="limit">{zone_symbol(zone)}{lang.say(Msg::Zone(zone))}<span>{range}</span></p> }
    };
    lang.zones_of(set).into_iter().map(zone).collect()
}
