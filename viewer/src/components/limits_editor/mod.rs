//! The editor of a parameter's limits, beside its chart and among the rest of the plan: four fields to a number,
//! what they mean, and what they would have made of the readings that are there. What is written goes into the
//! plan's draft.

mod field;
mod pen;

use chart_model::care_plan::{
    Bound, CarePlan, Field, LimitSet, Lock, Locks, Place, Value, limit_preview, sets_of, validate,
};
use chart_model::{Known, Parameter, oslo};
use yew::prelude::*;

use super::hooks::{use_commands, use_lang};
use super::plan::zones;
use super::plan_edit::{reason, review};
use super::shared::Shared;
use crate::state::{Command, PlanCommand, Row};
use crate::text::{EditMsg, Lang, Msg};
use field::LimitField;
pub(super) use pen::Pen;

/// See [`LimitsEditor`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct LimitsEditorProps {
    /// Whose limits.
    pub row: Shared<Row>,
    /// The moment that dates are seen from.
    pub now: i64,
}

/// Opens beside a chart, for who may write.
#[component]
pub(super) fn LimitsEditor(props: &LimitsEditorProps) -> Html {
    let LimitsEditorProps { row, now } = props;
    let lang = use_lang();
    let commands = use_commands();
    let pen = use_context::<Pen>();
    // It is open where something is written already, until the doctor wants otherwise.
    let wanted = use_state_eq(|| None::<bool>);
    let pen = pen.as_ref().filter(|pen| pen.is_beside_charts());
    let Some((pen, [plan, base])) = pen.and_then(|pen| Some((pen, pen.plans()?))) else {
        return Html::default();
    };
    let name = lang.parameter(&row.parameter);
    let heading = lang.edit(EditMsg::LimitsOf(&name));
    let period = lang.period(pen.choice, oslo::date_of(*now));
    let limits = Limits {
        parameter: &row.parameter,
        plan,
        base,
        locks: pen.locks(),
        row: Some(row),
        period: &period,
        lang,
        commands: &commands,
    };
    // What cannot be written is not offered.
    if let Some(lock) = limits.lock() {
        return reason(lock, lang);
    }
    let open = wanted.unwrap_or_else(|| limits.is_changed());
    let on_click = {
        let wanted = wanted.setter();
        move |_| wanted.set(Some(!open))
    };
    let on_reset = {
        let (wanted, reset) = (wanted.setter(), limits.reset());
        move |event| {
            wanted.set(Some(true));
            reset.emit(event);
        }
    };
    let on_review = {
        let commands = commands.clone();
        move |_| review(&commands)
    };
    html! {
        <div class="limits-editor">
            <button type="button" class="link" data-testid="limits-edit" aria-expanded={open.to_string()}
                aria-label={format!("{}: {name}", lang.edit(EditMsg::EditLimits))} onclick={on_click}>
                {lang.edit(EditMsg::EditLimits)}
            </button>
            if open {
                <section aria-label={heading}>
                    {limits.html()}
                    <p class="quiet">{lang.edit(EditMsg::FromNow)}</p>
                    <p class="edit-actions">
                        <button type="button" class="main" data-testid="plan-review" onclick={on_review}>
                            {lang.edit(EditMsg::Review)}
                        </button>
                        if limits.is_changed() {
                            <button type="button" onclick={on_reset}>{lang.edit(EditMsg::ResetLimits)}</button>
                        }
                    </p>
                </section>
            }
        </div>
    }
}

/// The limits of a parameter as they are written.
#[derive(Clone, Copy)]
pub(super) struct Limits<'a> {
    /// Whose.
    pub parameter: &'a Parameter,
    /// The plan that they are written into.
    pub plan: &'a CarePlan,
    /// The plan that it is written from.
    pub base: &'a CarePlan,
    /// What of the plan can only be read.
    pub locks: &'a Locks,
    /// The readings of the period, and the limits that they are seen with.
    pub row: Option<&'a Row>,
    /// The period in words.
    pub period: &'a str,
    /// The language.
    pub lang: Lang,
    /// Where what is written goes.
    pub commands: &'a Callback<Command>,
}

impl Limits<'_> {
    fn places(self) -> impl Iterator<Item = Place> {
        let count = if *self.parameter == Known::BloodPressure.into() {
            2
        } else {
            1
        };
        let parameter = self.parameter.clone();
        (0..count).map(move |number| Place::Limits(parameter.clone(), number))
    }

    fn sets(self, plan: &CarePlan) -> [LimitSet; 2] {
        [0, 1].map(|number| plan.limits(self.parameter, number).cloned().unwrap_or_default())
    }

    /// Something of it is not as it was.
    pub(super) fn is_changed(self) -> bool {
        self.places()
            .any(|place| self.plan.get(&place) != self.base.get(&place))
    }

    /// Why they can only be read, if so.
    fn lock(self) -> Option<Lock> {
        let no_code = (!self.parameter.has_code()).then_some(Lock::NoRoom);
        self.places().find_map(|place| self.locks.of(&place)).or(no_code)
    }

    /// Takes back all that was changed.
    fn reset(self) -> Callback<MouseEvent> {
        let before: Vec<_> = self
            .places()
            .map(|place| (self.base.get(&place).cloned(), place))
            .collect();
        let commands = self.commands.clone();
        Callback::from(move |_| {
            for (value, place) in &before {
                commands.emit(Command::Plan(PlanCommand::Set(place.clone(), value.clone())));
            }
        })
    }

    /// The fields, what they mean, and the effect that they would have had.
    pub(super) fn html(self) -> Html {
        let unit = self.lang.say(Msg::Unit(self.parameter.unit()));
        let sets = self.sets(self.plan);
        if let Some(lock) = self.lock() {
            let shown = sets_of(&sets, self.parameter).into_iter().flatten();
            return html! { <>{for shown.map(|set| zones(&set, self.lang))}{reason(lock, self.lang)}</> };
        }
        html! {
            <>
                {for sets.iter().zip(self.places()).enumerate().map(|(number, (set, place))| self.set(number, set, place))}
                if !unit.is_empty() {
                    <p class="quiet">{self.lang.edit(EditMsg::InUnit(&unit))}</p>
                }
                {self.preview(&sets)}
            </>
        }
    }

    /// The fields of one number.
    fn set(self, number: usize, set: &LimitSet, place: Place) -> Html {
        let lang = self.lang;
        let of = (*self.parameter == Known::BloodPressure.into()).then(|| {
            lang.say(if number == 0 {
                Msg::Systolic
            } else {
                Msg::Diastolic
            })
        });
        let is_changed = self.plan.get(&place) != self.base.get(&place);
        let issues = if is_changed {
            validate(self.plan)
        } else {
            Vec::new()
        };
        let zones = lang.zones_of(&set.ranges(self.parameter)).into_iter();
        let meaning: Vec<String> = zones
            .map(|(zone, range)| format!("{} {range}", lang.say(Msg::Zone(zone))))
            .collect();
        let field = |bound: Bound| {
            let issue = issues
                .iter()
                .find(|issue| issue.place == place && issue.field == Field::Bound(bound));
            let on_change = {
                let (set, place) = (set.clone(), place.clone());
                self.commands.reform(move |value| {
                    let limits = Value::Limits(set.with(bound, value));
                    Command::Plan(PlanCommand::Set(place.clone(), Some(limits)))
                })
            };
            html! {
                <LimitField parameter={self.parameter.clone()} {number} {bound}
                    label={lang.bound_label(bound, of.as_deref())}
                    value={set.bound(bound)} problem={issue.map(|issue| lang.issue(&issue.problem))}
                    {on_change} on_leave={self.commands.reform(|()| Command::Plan(PlanCommand::Pause))} />
            }
        };
        html! {
            <>
                <div class="limit-fields">{for Bound::ALL.map(field)}</div>
                if set.as_sent.is_some() {
                    <p class="quiet">{lang.edit(EditMsg::AsSent)}</p>
                }
                if set.disorder().is_none() {
                    <p class="limit-meaning">{meaning.join(" · ")}</p>
                }
            </>
        }
    }

    /// `Siste 90 dager: 11 gule → 3, 2 røde → 1`; nothing where no limit is written, or they contradict each other.
    fn preview(self, sets: &[LimitSet; 2]) -> Html {
        let nothing_written = !self.is_changed() && sets.iter().all(LimitSet::is_empty);
        if nothing_written || sets.iter().any(|set| set.disorder().is_some()) {
            return Html::default();
        }
        let Some(row) = self.row.filter(|row| !row.series.points.is_empty()) else {
            return html! { <p class="quiet" role="status">{self.lang.edit(EditMsg::NoReadings)}</p> };
        };
        let base = self.sets(self.base);
        // Where the plan sets none, those that come with the readings are in force.
        let now = if base.iter().all(LimitSet::is_empty) {
            row.limits.clone()
        } else {
            sets_of(&base, self.parameter)
        };
        let new = if self.is_changed() {
            sets_of(sets, self.parameter)
        } else {
            now.clone()
        };
        let effect = limit_preview(&row.series.points, &now, &new);
        let counted = [
            Some(self.lang.edit(EditMsg::CountedBy)),
            self.lang.shown_otherwise(effect),
        ];
        html! {
            <>
            <p class="limit-preview" role="status" data-testid="limit-preview"
                data-yellow-before={effect.yellow_before.to_string()}
                data-yellow-after={effect.yellow_after.to_string()}
                data-red-before={effect.red_before.to_string()}
                data-red-after={effect.red_after.to_string()}>
                {self.lang.limit_preview(self.period, effect)}
            </p>
            <p class="quiet" data-testid="limit-counted">{for counted.into_iter().flatten().map(|said| said + " ")}</p>
            </>
        }
    }
}
