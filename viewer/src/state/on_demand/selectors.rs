//! Questions about what was opened: all sources' answers put together, and what of them the charts show.

use std::rc::Rc;

use chart_model::care_plan::Version;
use chart_model::events::{Event, of_limits, of_versions, oldest_first};
use chart_model::questionnaire::{Filling, Fillings, by_instrument, latest_scores};
use chart_model::{Point, Reading, Series, order};

use super::{Answer, FromSource, NoteHere, Topic};
use crate::state::State;
use crate::text::Msg;

/// What the charts show of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OnAxis {
    /// What happened in the period shown, oldest first, of the kinds that were chosen.
    pub(crate) events: Vec<Event>,
    /// The readings that notes are about.
    pub(crate) noted: Vec<Rc<Reading>>,
    /// The reading that was last led to, and how often that was asked for.
    pub(crate) pointed: Option<(Rc<Reading>, u32)>,
    /// The moment up to which what lasts has lasted: the end of the period shown, epoch milliseconds.
    pub(crate) now: i64,
}

impl OnAxis {
    /// The points of a series that notes are about, by their places.
    pub(crate) fn places_in(&self, series: &Series) -> Vec<usize> {
        let mut places: Vec<usize> = Vec::new();
        for reading in self
            .noted
            .iter()
            .filter(|reading| reading.parameter == series.parameter)
        {
            let at = reading.time.axis_ms();
            let first = series.points.partition_point(|point| point.at < at);
            let there = series.points.iter().enumerate().skip(first);
            let there = there.take_while(|(_, point)| point.at == at);
            // Two systems may have the same reading: it is told by what it says.
            let is_it = |(_, point): &(usize, &Point)| point.reading.values.text() == reading.values.text();
            places.extend(there.filter(is_it).map(|(place, _)| place));
        }
        places
    }
}

/// All questionnaires by name, of all sources: a filling that two of them have is there once.
pub(crate) fn questionnaires(came: &[FromSource]) -> Vec<Fillings> {
    let mut all: Vec<Rc<Filling>> = Vec::new();
    for answer in came.iter().filter_map(|source| source.answer.as_deref()) {
        let Answer::Questionnaires(reading) = answer else {
            continue;
        };
        let fillings = reading.questionnaires.iter().flat_map(|fillings| &fillings.list);
        for filling in fillings {
            if !all.iter().any(|other| is_same(other, filling)) {
                all.push(Rc::clone(filling));
            }
        }
    }
    by_instrument(all)
}

fn is_same(one: &Filling, other: &Filling) -> bool {
    one.instrument.key == other.instrument.key
        && one.time.is_some()
        && one.time.as_ref().map(|time| time.start_ms()) == other.time.as_ref().map(|time| time.start_ms())
        && one.lines == other.lines
        && one.scores.len() == other.scores.len()
        && one
            .scores
            .iter()
            .zip(&other.scores)
            .all(|(one, other)| one.name == other.name && one.value() == other.value())
}

/// All notes, newest first.
pub(crate) fn notes(came: &[FromSource]) -> Vec<&NoteHere> {
    let answers = came.iter().filter_map(|source| source.answer.as_deref());
    let mut notes: Vec<&NoteHere> = answers
        .filter_map(|answer| match answer {
            Answer::Notes(here) => Some(&here.notes),
            _ => None,
        })
        .flatten()
        .collect();
    order::by_key(&mut notes, |here| {
        here.note.time.as_ref().map_or(i64::MAX, |time| -time.axis_ms())
    });
    notes
}

/// The newest score of a questionnaire among the readings that are here anyway.
pub(crate) fn latest_score(state: &State) -> Option<&Rc<Reading>> {
    latest_scores(&state.readings).into_iter().next()
}

/// What the charts show.
pub(crate) fn axis(state: &State) -> OnAxis {
    let here = &state.on_demand;
    let came = here.came(Topic::Notes);
    let noted = notes(&came).into_iter().flat_map(|here| &here.about);
    OnAxis {
        events: events(state),
        noted: noted.cloned().collect(),
        pointed: here.pointed.clone(),
        now: state.period.map(|period| period.to).unwrap_or_default(),
    }
}

/// What happened in the period shown, of the kinds that were chosen.
fn events(state: &State) -> Vec<Event> {
    let chosen = state.on_demand.open.iter().filter(|topic| topic.is_on_axis());
    let mut events: Vec<Event> = Vec::new();
    for topic in chosen {
        if *topic == Topic::Changes {
            events.extend(changes(state));
        }
        for source in &*state.on_demand.came(*topic) {
            if let Some(Answer::Events(reading)) = source.answer.as_deref() {
                for event in &reading.events {
                    if !events.iter().any(|other| is_same_event(other, event)) {
                        events.push(event.clone());
                    }
                }
            }
        }
    }
    let Some(period) = state.period else {
        return Vec::new();
    };
    events.retain(|event| {
        let (from, to) = event.span(state.now);
        from <= period.to && to >= period.from
    });
    oldest_first(&mut events);
    events
}

/// Two sources tell of the same.
fn is_same_event(one: &Event, other: &Event) -> bool {
    (one.kind, one.from.start_ms(), &one.label) == (other.kind, other.from.start_ms(), &other.label)
}

/// Versions of the plan and changes of limits, as far as they are known.
fn changes(state: &State) -> Vec<Event> {
    let desk = &state.desk;
    let known: Vec<&Version> = if desk.versions.is_empty() {
        desk.current.iter().map(|current| &current.version).collect()
    } else {
        desk.versions.iter().map(|version| &version.version).collect()
    };
    let mut events = of_versions(known.into_iter());
    let limits = state.plan.iter().flat_map(|plan| &plan.limits);
    for history in limits {
        let of_parameter = of_limits(history).into_iter();
        events.extend(of_parameter.map(|event| {
            let by = Some(&*event.label).filter(|by| !by.is_empty());
            let by = by.map(|by| state.lang.say(Msg::PlanAuthor(by)).into_owned());
            Event {
                id: history.parameter.id().into(),
                detail: by.unwrap_or_default().into(),
                label: state.lang.parameter(&history.parameter).into(),
                ..event
            }
        }));
    }
    events
}
