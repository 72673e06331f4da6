//! The plan as it is written, part by part. Single fields are in `fields`, lists in `items`.

use std::cell::RefCell;
use std::rc::Rc;

use chart_model::care_plan::{
    Area, Author, CarePlan, Cell, Change, Field, FollowUp, Issue, List, Lock, Locks, Place, PlanZone, Value,
};
use chart_model::{Date, Parameter};
use yew::prelude::*;

use super::super::limits_editor::Limits;
use super::super::plan::{COLUMNS, MAIN, Sheet, zone as zone_as_read, zone_name};
use crate::state::{Command, PlanCommand, Row, State};
use crate::text::{EditMsg, Lang, Msg, PlanMsg};

/// The plan on its way from one version to the next.
#[derive(Clone, Copy)]
pub(super) struct Writing<'a> {
    /// What the view knows.
    pub state: &'a State,
    /// As it is written.
    pub plan: &'a CarePlan,
    /// As it was.
    pub base: &'a CarePlan,
    /// What was changed.
    pub changes: &'a [Change],
    /// What has to be put right.
    pub issues: &'a [Issue],
    /// What can only be read.
    pub locks: &'a Locks,
    /// The readings, parameter by parameter.
    pub rows: &'a [Row],
    /// The period that they are of, in words.
    pub period: &'a str,
    /// Who writes.
    pub me: &'a Author,
    /// The language.
    pub lang: Lang,
    /// The moment that dates are seen from.
    pub now: i64,
    /// What the doctor asks for.
    pub commands: &'a Callback<Command>,
    /// The same, of the plan.
    pub send: &'a Callback<PlanCommand>,
    /// What has the focus next, by its id.
    pub focus: &'a Rc<RefCell<Option<String>>>,
}

impl Writing<'_> {
    /// Every field of the plan.
    pub(super) fn editor(self, all_areas: bool, on_all_areas: Callback<MouseEvent>) -> Html {
        let lang = self.lang;
        let list = |heading: PlanMsg<'_>, list: List| {
            let name = lang.plan(heading);
            html! { <section><h3>{name.clone()}</h3>{self.list(list, &name)}</section> }
        };
        html! {
            <div class="edit">
                <div class="edit-beside">
                    {self.text(&Place::Title, &lang.plan(PlanMsg::Title), false)}
                    {self.text(&Place::Description, &lang.plan(PlanMsg::Description), false)}
                </div>
                <div class="edit-grid">
                    {for COLUMNS.into_iter().filter(|zone| zone.is_some() || self.shows_any_zone(all_areas))
                        .map(|zone| self.zone(zone, all_areas))}
                </div>
                if !all_areas {
                    <button type="button" class="link" data-testid="plan-all-areas" onclick={on_all_areas}>
                        {lang.edit(EditMsg::AllAreas)}
                    </button>
                }
                if self.locks.zones_only {
                    <p class="quiet">{lang.edit(EditMsg::OnlyZones)}</p>
                } else {
                    <div class="edit-beside">
                        {list(PlanMsg::Goals, List::Goals)}
                        {list(PlanMsg::Contacts, List::Contacts)}
                        <section><h3>{lang.plan(PlanMsg::FollowUp)}</h3>{self.follow_up()}</section>
                        {list(PlanMsg::Notes, List::Notes)}
                    </div>
                    {self.limits()}
                }
            </div>
        }
    }

    /// The column of what holds in every zone is there: something stands, or stood, in it, or is to be able to.
    fn shows_any_zone(self, all_areas: bool) -> bool {
        let mut cells = Area::ALL.map(|area| Cell { zone: None, area }).into_iter();
        cells.any(|cell| self.uses_cell(cell)) || (all_areas && !self.locks.zones_only)
    }

    fn uses_cell(self, cell: Cell) -> bool {
        let used = |plan: &CarePlan| plan.activities(cell).next().is_some();
        used(self.plan) || used(self.base)
    }

    /// One column of the grid.
    fn zone(self, zone: Option<PlanZone>, all_areas: bool) -> Html {
        let lang = self.lang;
        let lock = zone.and_then(|zone| self.locks.of(&Place::Condition(zone)));
        if let Some(lock) = lock {
            let sheet = Sheet::new(self.plan, None, &[], lang, self.now);
            return html! { <section><h3>{zone_name(zone, lang)}</h3>{reason(lock, lang)}{zone_as_read(sheet, zone)}</section> };
        }
        let areas = Area::ALL.into_iter().filter(|area| {
            let is_asked = zone.is_some() && MAIN.contains(area);
            all_areas || is_asked || self.uses_cell(Cell { zone, area: *area })
        });
        let cell = |area: Area| {
            let list = List::Cell(Cell { zone, area });
            html! {
                <div>
                    <h4>{lang.plan(PlanMsg::Area(area))}</h4>
                    {self.list(list, &lang.list(list))}
                </div>
            }
        };
        html! {
            <section>
                <h3>{zone_name(zone, lang)}</h3>
                {for zone.map(|zone| self.text(&Place::Condition(zone), &lang.plan(PlanMsg::Condition), false))}
                {for areas.map(cell)}
            </section>
        }
    }

    fn follow_up(self) -> Html {
        let place = &Place::FollowUp;
        let FollowUp { who, until } = self.plan.follow_up().cloned().unwrap_or_default();
        // A field for dates would hide what is no date.
        let kind = if until.is_empty() || Date::parse(&until).is_some() {
            "date"
        } else {
            "text"
        };
        let with_who = {
            let until = until.clone();
            move |who| {
                Value::FollowUp(FollowUp {
                    who,
                    until: until.clone(),
                })
            }
        };
        let with_until = {
            let who = who.clone();
            move |until| {
                Value::FollowUp(FollowUp {
                    who: who.clone(),
                    until,
                })
            }
        };
        html! {
            <>
                {self.contact(place, &who, with_who)}
                {self.line((place, Field::Until), self.lang.plan(PlanMsg::UntilDay), (&until, kind), with_until)}
                {self.tracked(place)}
            </>
        }
    }

    /// The limits of everything that is measured or limited.
    fn limits(self) -> Html {
        let measured = self.rows.iter().map(|row| &row.parameter);
        let limited = self.plan.entries().iter().chain(self.base.entries());
        let limited = limited.filter_map(|(place, _)| match place {
            Place::Limits(parameter, _) => Some(parameter),
            _ => None,
        });
        let mut parameters: Vec<&Parameter> = Vec::new();
        for parameter in measured.chain(limited) {
            if !parameters.contains(&parameter) {
                parameters.push(parameter);
            }
        }
        let of_parameter = |parameter: &&Parameter| {
            let row = self.rows.iter().find(|row| row.parameter == **parameter);
            let limits = Limits {
                parameter,
                plan: self.plan,
                base: self.base,
                locks: self.locks,
                row,
                period: self.period,
                lang: self.lang,
                commands: self.commands,
            };
            let name = self.lang.parameter(parameter);
            html! {
                <section class="limits-editor" aria-label={self.lang.edit(EditMsg::LimitsOf(&name))}>
                    <h4>{name.clone()}</h4>
                    {self.interval(parameter, &name)}
                    {limits.html()}
                    {self.tracked(&Place::Limits((*parameter).clone(), 0))}
                    {self.tracked(&Place::Limits((*parameter).clone(), 1))}
                </section>
            }
        };
        html! {
            <section>
                <h3>{self.lang.say(Msg::PersonalLimits)}</h3>
                <p class="quiet">{self.lang.edit(EditMsg::FromNow)}</p>
                <div class="edit-beside">{for parameters.iter().map(of_parameter)}</div>
            </section>
        }
    }
}

/// Why something can only be read.
pub(in super::super) fn reason(lock: Lock, lang: Lang) -> Html {
    html! { <p class="quiet" data-testid="plan-locked">{lang.edit(EditMsg::Locked(lock))}</p> }
}
