//! The plan in words: what its places are called, who wrote what and when, and changes as marked text. Which
//! places differ is decided in `chart-model`.

use chart_model::care_plan::{
    Author, Bound, CarePlan, Change, Contact, KnownFrom, LimitSet, List, PieceKind, Place, Value, Version,
    clean_text, pieces,
};
use chart_model::{ClinicalTime, Known, Parameter, oslo};

use super::{Lang, Msg, PlanMsg, listed};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const WEEK_MS: i64 = 7 * DAY_MS;

/// One line of a changed value: a field of it, or all of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// The field's name; empty for a text.
    pub(crate) label: String,
    /// The text, stretch by stretch.
    pub(crate) pieces: Vec<Marked>,
}

/// A stretch of text, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Marked {
    /// Left, put in, or taken out.
    pub(crate) kind: PieceKind,
    /// The words.
    pub(crate) text: String,
}

impl Lang {
    /// A message about the plan.
    pub(crate) fn plan(self, msg: PlanMsg<'_>) -> String {
        self.say(Msg::OfPlan(msg)).into_owned()
    }

    /// Where something stands, in the doctor's words: `Gul sone · Medisiner`, `SpO₂ · grenser`.
    pub(crate) fn place(self, place: &Place) -> String {
        let of_parameter = |name: String, what| format!("{name} · {}", self.plan(what));
        match place {
            Place::Title => self.plan(PlanMsg::Title),
            Place::Description => self.plan(PlanMsg::Description),
            Place::FollowUp => self.plan(PlanMsg::FollowUp),
            Place::Condition(zone) => of_parameter(self.plan(PlanMsg::Zone(*zone)), PlanMsg::Condition),
            Place::Interval(parameter) => of_parameter(self.parameter(parameter), PlanMsg::HowOften),
            Place::Limits(parameter, number) => {
                of_parameter(self.number_name(parameter, *number), PlanMsg::LimitsPlace)
            }
            Place::Order(list) => of_parameter(self.list(*list), PlanMsg::Order),
            Place::Goal(_) => self.list(List::Goals),
            Place::Contact(_) => self.list(List::Contacts),
            Place::Note(_) => self.list(List::Notes),
            Place::Activity(cell, _) => self.list(List::Cell(*cell)),
        }
    }

    /// What a list is called: `Gul sone · Medisiner`.
    pub(crate) fn list(self, list: List) -> String {
        match list {
            List::Goals => self.plan(PlanMsg::Goals),
            List::Contacts => self.plan(PlanMsg::Contacts),
            List::Notes => self.plan(PlanMsg::Notes),
            List::Cell(cell) => {
                let zone = cell.zone.map_or(PlanMsg::AnyZone, PlanMsg::Zone);
                format!("{} · {}", self.plan(zone), self.plan(PlanMsg::Area(cell.area)))
            }
        }
    }

    /// What a parameter's number is called: `SpO₂`, `Blodtrykk, systolisk`.
    pub(crate) fn number_name(self, parameter: &Parameter, number: usize) -> String {
        let name = self.parameter(parameter);
        let part = match (parameter, number) {
            (Parameter::Known(Known::BloodPressure), 0) => Msg::Systolic,
            (Parameter::Known(Known::BloodPressure), _) => Msg::Diastolic,
            _ => return name,
        };
        format!("{name}, {}", self.say(part))
    }

    /// A version by its number, or by its time where the source's name for it says nothing: `v7`, `versjonen
    /// fra 3. sep. kl. 08.12`.
    pub(crate) fn version(self, version: &Version, now: i64) -> String {
        let is_number = !version.id.is_empty() && version.id.bytes().all(|byte| byte.is_ascii_digit());
        match &version.time {
            _ if is_number => self.plan(PlanMsg::VersionNumber(&version.id)),
            Some(time) => self.plan(PlanMsg::VersionOf(&self.when(time, now))),
            None => self.plan(PlanMsg::VersionUnnamed),
        }
    }

    /// A version as a mark on a time axis: `Plan endret: v7, Kari Vik`.
    pub(crate) fn plan_mark(self, version: &Version, now: i64) -> String {
        let name = self.plan(PlanMsg::Mark(&self.version(version, now)));
        listed([Some(name), Some(version.author.name.clone())])
    }

    /// When something was written: `3. sep. kl. 08.12`.
    pub(crate) fn when(self, time: &ClinicalTime, now: i64) -> String {
        self.moment_in_text(time, oslo::date_of(now))
    }

    /// When a version was saved, or that this is not known.
    pub(crate) fn version_time(self, version: &Version, now: i64) -> String {
        match &version.time {
            Some(time) => self.when(time, now),
            None => self.plan(PlanMsg::NoTime),
        }
    }

    /// Who wrote something, with role and organisation: `Kari Vik, lungelege, Sykehuset`.
    pub(crate) fn author(self, author: &Author) -> String {
        let parts = [&author.name, &author.role, &author.organisation];
        let said = listed(parts.map(|part| Some(part.trim().to_owned())));
        if said.is_empty() {
            self.plan(PlanMsg::NoAuthor)
        } else {
            said
        }
    }

    /// Who saved a version, and how that is known where it is only the plan that says so.
    pub(crate) fn version_author(self, version: &Version) -> String {
        let author = self.author(&version.author);
        match version.known_from {
            KnownFrom::Plan => listed([Some(author), Some(self.plan(PlanMsg::AuthorOfPlan))]),
            KnownFrom::Provenance | KnownFrom::Nothing => author,
        }
    }

    /// How often something is measured: `2 ganger per dag`, `hver uke`.
    pub(crate) fn interval(self, interval: i64) -> String {
        let whole = |unit: i64| (interval > 0 && interval % unit == 0).then(|| interval / unit);
        let times = (interval > 0 && DAY_MS % interval == 0).then(|| DAY_MS / interval);
        let msg = match (times, whole(WEEK_MS), whole(DAY_MS)) {
            (Some(times), _, _) => PlanMsg::TimesADay(times),
            (None, Some(weeks), _) => PlanMsg::EveryWeeks(weeks),
            (None, None, Some(days)) => PlanMsg::EveryDays(days),
            (None, None, None) => PlanMsg::EveryHours((interval + HOUR_MS / 2) / HOUR_MS),
        };
        self.plan(msg)
    }

    /// What stands at a place, field by field; a text has one field without a name. Empty fields are there too,
    /// so that two values have the same fields.
    fn fields(self, place: &Place, value: &Value, plan: &CarePlan) -> Vec<(String, String)> {
        match value {
            Value::Text(text) => vec![(String::new(), clean_text(text))],
            Value::Interval(interval) => vec![(String::new(), self.interval(*interval))],
            Value::Contact(contact) => self.contact_fields(contact),
            Value::FollowUp(follow_up) => {
                let mut fields = self.contact_fields(&follow_up.who);
                fields.push((self.plan(PlanMsg::UntilDay), self.until(&follow_up.until)));
                fields
            }
            Value::Limits(limits) => self.limit_fields(place, limits),
            Value::Order(keys) => {
                let list = match place {
                    Place::Order(list) => *list,
                    _ => List::Notes,
                };
                let item = |key| plan.get(&Place::in_list(list, key)).map(first_words);
                let items: Vec<String> = keys.iter().cloned().filter_map(item).collect();
                vec![(String::new(), items.join(" → "))]
            }
        }
    }

    fn contact_fields(self, contact: &Contact) -> Vec<(String, String)> {
        let names = [
            PlanMsg::Name,
            PlanMsg::RoleName,
            PlanMsg::Phone,
            PlanMsg::Organisation,
        ];
        let fields = names.into_iter().zip(contact.fields());
        fields
            .map(|(name, text)| (self.plan(name), clean_text(text)))
            .collect()
    }

    /// The last day of a follow-up, as it is known: a date in words, else as sent.
    pub(crate) fn until(self, until: &str) -> String {
        match ClinicalTime::parse(until) {
            Ok(time) => self.date(&time),
            Err(_) => clean_text(until),
        }
    }

    fn limit_fields(self, place: &Place, limits: &LimitSet) -> Vec<(String, String)> {
        let Place::Limits(parameter, _) = place else {
            return Vec::new();
        };
        if let Some(as_sent) = &limits.as_sent {
            let zones = self.zones_of(as_sent).into_iter();
            return zones
                .map(|(zone, range)| (self.say(Msg::Zone(zone)).into_owned(), range))
                .collect();
        }
        let unit = parameter.unit();
        let text = |bound| {
            limits
                .bound(bound)
                .map(|value| self.with_unit(&self.number(value), unit))
        };
        let field = |bound| (self.plan(PlanMsg::Bound(bound)), text(bound).unwrap_or_default());
        Bound::ALL.map(field).to_vec()
    }

    /// A change as marked text, field by field. Texts are compared word by word, everything else field by field;
    /// whose contact it is stays there. `plans` are the older and the newer one.
    pub(crate) fn change_lines(self, change: &Change, plans: [&CarePlan; 2]) -> Vec<Line> {
        let [older, newer] = plans;
        let of = |value: &Option<Value>, plan| {
            let value = value.as_ref();
            value
                .map(|value| self.fields(&change.place, value, plan))
                .unwrap_or_default()
        };
        let (was, is) = (of(&change.before, older), of(&change.after, newer));
        let by_words = change.pieces().is_some();
        let stays =
            matches!(change.place, Place::Contact(_) | Place::FollowUp).then(|| self.plan(PlanMsg::Name));
        let gone = was
            .iter()
            .filter(|(label, _)| !is.iter().any(|(other, _)| other == label));
        let labels = is.iter().chain(gone).map(|(label, _)| label);
        let text = |fields: &[(String, String)], label: &String| -> String {
            let field = fields.iter().find(|(other, _)| other == label);
            field.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let line = |label: &String| {
            let (was, is) = (text(&was, label), text(&is, label));
            let stays = stays.as_ref() == Some(label);
            (was != is || (stays && !is.is_empty())).then(|| Line {
                label: label.clone(),
                pieces: marked(&was, &is, by_words),
            })
        };
        labels.filter_map(line).collect()
    }
}

/// Two texts as one marked text.
pub(super) fn marked(was: &str, is: &str, by_words: bool) -> Vec<Marked> {
    let piece = |kind, text: &str| Marked {
        kind,
        text: text.to_owned(),
    };
    if by_words {
        let pieces = pieces(was, is).into_iter();
        return pieces.map(|found| piece(found.kind, found.text)).collect();
    }
    let all = if was == is {
        vec![piece(PieceKind::Same, is)]
    } else {
        vec![piece(PieceKind::Deleted, was), piece(PieceKind::Inserted, is)]
    };
    all.into_iter().filter(|piece| !piece.text.is_empty()).collect()
}

/// Enough of an item to know it by.
fn first_words(value: &Value) -> String {
    const WORDS: usize = 5;
    let text = match value {
        Value::Text(text) => text,
        Value::Contact(contact) => &contact.name,
        _ => "",
    };
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(WORDS).collect();
    let rest = if words.next().is_some() { " …" } else { "" };
    clean_text(&format!("{}{rest}", first.join(" ")))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
