//! The fields of the plan: a text, a line, a contact; below each what is wrong with it and what was changed.

use chart_model::Parameter;
use chart_model::care_plan::{Contact, Field, Place, Value};
use chart_model::time::{DAY_MS, HOUR_MS};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::super::plan::{change, place_id};
use super::sheet::Writing;
use crate::state::PlanCommand;
use crate::text::{EditMsg, PlanMsg};

/// From one reading to the next, as it is offered; milliseconds.
const OFFERED: [i64; 8] = [
    6 * HOUR_MS,
    8 * HOUR_MS,
    12 * HOUR_MS,
    DAY_MS,
    2 * DAY_MS,
    3 * DAY_MS,
    7 * DAY_MS,
    28 * DAY_MS,
];
/// About so many characters fit on a line of a field.
const LINE: usize = 40;
/// A longer text is scrolled in its field.
const MOST_LINES: usize = 16;

impl Writing<'_> {
    /// The field of a text. `unseen`: its name is only read aloud, since a heading stands there.
    pub(super) fn text(self, place: &Place, name: &str, unseen: bool) -> Html {
        let text = self.plan.text(place);
        let id = field_id(place);
        let rows = text
            .lines()
            .map(|line| 1 + line.chars().count() / LINE)
            .sum::<usize>()
            .clamp(1, MOST_LINES);
        let on_input = {
            let place = place.clone();
            self.send.reform(move |event: InputEvent| {
                let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
                PlanCommand::Set(place.clone(), Some(Value::Text(text)))
            })
        };
        let (problem, described) = (self.problem(place, Field::Text), format!("{id}-problem"));
        html! {
            <div class="edit-field">
                <label for={id.clone()} class={unseen.then_some("unseen")}>{name.to_owned()}</label>
                <textarea {id} rows={rows.to_string()} value={text.to_owned()} oninput={on_input}
                    onblur={self.send.reform(|_| PlanCommand::Pause)}
                    aria-invalid={problem.is_some().then_some("true")} aria-describedby={described.clone()} />
                <p id={described} class="problem" aria-live="polite">{problem}</p>
                {self.tracked(place)}
            </div>
        }
    }

    /// What is wrong with a field, in words.
    fn problem(self, place: &Place, field: Field) -> Option<String> {
        let mut issues = self.issues.iter();
        let issue = issues.find(|issue| issue.place == *place && issue.field == field)?;
        Some(self.lang.issue(&issue.problem))
    }

    /// How a place was changed.
    pub(super) fn tracked(self, place: &Place) -> Html {
        let found = self.changes.iter().find(|change| change.place == *place);
        found
            .map(|found| change(found, [self.base, self.plan], &[], self.lang, self.now))
            .unwrap_or_default()
    }

    /// A field of one line. `to` is what its text makes of the plan.
    pub(super) fn line(
        self,
        at: (&Place, Field),
        name: String,
        of: (&str, &'static str),
        to: impl Fn(String) -> Value + 'static,
    ) -> Html {
        let ((place, field), (text, kind)) = (at, of);
        let id = format!("{}-{}", field_id(place), field_name(field));
        let on_input = {
            let place = place.clone();
            self.send.reform(move |event: InputEvent| {
                let text = event.target_unchecked_into::<HtmlInputElement>().value();
                PlanCommand::Set(place.clone(), Some(to(text)))
            })
        };
        let (problem, described) = (self.problem(place, field), format!("{id}-problem"));
        html! {
            <div class="edit-field">
                <label for={id.clone()}>{name}</label>
                <input {id} type={kind} autocomplete="off" value={text.to_owned()} oninput={on_input}
                    onblur={self.send.reform(|_| PlanCommand::Pause)}
                    aria-invalid={problem.is_some().then_some("true")} aria-describedby={described.clone()} />
                <p id={described} class="problem" aria-live="polite">{problem}</p>
            </div>
        }
    }

    /// How often something is measured.
    pub(super) fn interval(self, parameter: &Parameter, name: &str) -> Html {
        let lang = self.lang;
        let place = Place::Interval(parameter.clone());
        if !parameter.has_code() {
            return Html::default();
        }
        let planned = match self.plan.get(&place) {
            Some(Value::Interval(every)) => Some(*every),
            _ => None,
        };
        let mut choices: Vec<Option<i64>> = [None].into_iter().chain(OFFERED.map(Some)).collect();
        if !choices.contains(&planned) {
            choices.push(planned);
        }
        let option = |every: &Option<i64>| {
            let said = every.map_or_else(|| lang.edit(EditMsg::NotPlanned), |every| lang.interval(every));
            html! { <option selected={*every == planned}>{said}</option> }
        };
        let id = field_id(&place);
        let options: Html = choices.iter().map(option).collect();
        let on_change = {
            let place = place.clone();
            self.send.reform(move |event: Event| {
                let select = event.target_unchecked_into::<HtmlSelectElement>();
                let chosen = usize::try_from(select.selected_index()).ok();
                let every = chosen.and_then(|at| choices.get(at).copied().flatten());
                PlanCommand::Set(place.clone(), every.map(Value::Interval))
            })
        };
        html! {
            <div class="edit-field">
                <label for={id.clone()}>{lang.plan(PlanMsg::Measured)}<span class="unseen">{" "}{name.to_owned()}</span></label>
                <select {id} data-testid="interval" data-parameter={parameter.id()} onchange={on_change}>{options}</select>
                {self.tracked(&place)}
            </div>
        }
    }

    /// The fields of a contact. `to` is what it makes of the place.
    pub(super) fn contact(
        self,
        place: &Place,
        contact: &Contact,
        to: impl Fn(Contact) -> Value + Clone + 'static,
    ) -> Html {
        let fields = [
            (Field::Name, PlanMsg::Name, &contact.name),
            (Field::Role, PlanMsg::RoleName, &contact.role),
            (Field::Phone, PlanMsg::Phone, &contact.phone),
            (Field::Organisation, PlanMsg::Organisation, &contact.organisation),
        ];
        let line = |(field, name, text): (Field, PlanMsg<'_>, &String)| {
            let (before, to) = (contact.clone(), to.clone());
            let kind = if field == Field::Phone { "tel" } else { "text" };
            self.line((place, field), self.lang.plan(name), (text, kind), move |text| {
                to(with(before.clone(), field, text))
            })
        };
        html! { <div class="edit-lines">{for fields.into_iter().map(line)}</div> }
    }
}

/// The id of a place's field in the page.
pub(super) fn field_id(place: &Place) -> String {
    match place.key() {
        Some(key) => format!("edit-{}-{}", place_id(place), key.0),
        None => format!("edit-{}", place_id(place)),
    }
}

const fn field_name(field: Field) -> &'static str {
    match field {
        Field::Text => "text",
        Field::Name => "name",
        Field::Role => "role",
        Field::Phone => "phone",
        Field::Organisation => "organisation",
        Field::Until => "until",
        Field::Bound(bound) => bound.id(),
    }
}

/// A contact with one field written anew.
fn with(mut contact: Contact, field: Field, text: String) -> Contact {
    match field {
        Field::Name => contact.name = text,
        Field::Role => contact.role = text,
        Field::Phone => contact.phone = text,
        Field::Organisation => contact.organisation = text,
        Field::Text | Field::Until | Field::Bound(_) => {}
    }
    contact
}
