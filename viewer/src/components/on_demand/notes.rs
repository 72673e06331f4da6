//! Follow-up notes, newest first: who wrote when, on which reading, what was done.

use std::rc::Rc;

use chart_model::notes::{Done, NotANote};
use chart_model::{Reading, order};
use yew::prelude::*;

use crate::state::on_demand::{Answer, FromSource, NoteHere, notes as all_of};
use crate::state::{Command, OnDemandCommand, State};
use crate::text::{Lang, OnDemandMsg, PlanMsg};

/// The list, and in words what was sent along and is no note. Of messages nothing is said at all.
pub(super) fn notes(came: &[FromSource], state: &State, now: i64, commands: &Callback<Command>) -> Html {
    let lang = state.lang;
    let list = all_of(came);
    html! {
        <>
            if !list.is_empty() {
                <ol class="notes">{for list.into_iter().map(|here| note(here, state, now, commands))}</ol>
            }
            {for left_out(came).into_iter().map(|(why, number)| html! {
                <p class="quiet">{lang.on_demand(OnDemandMsg::NoNotes(why, number))}</p>
            })}
        </>
    }
}

fn note(here: &NoteHere, state: &State, now: i64, commands: &Callback<Command>) -> Html {
    let lang = state.lang;
    let note = &here.note;
    let time = note.time.as_ref();
    let when = time.map_or_else(|| lang.plan(PlanMsg::NoTime), |time| lang.when(time, now));
    let kind = lang.on_demand(OnDemandMsg::Kind(note.kind));
    let title = if note.title.is_empty() {
        kind
    } else {
        note.title.to_string()
    };
    html! {
        <li data-testid="note" data-time={time.map(|time| time.text().to_owned()).unwrap_or_default()}
            data-author={note.author.name.clone()}>
            <p><b>{when}</b>{" "}<span class="quiet">{lang.author(&note.author)}</span></p>
            <h3>{title}</h3>
            {about(here, state, now, commands)}
            if !note.text.is_empty() {
                <p class="words">{note.text.to_string()}</p>
            }
            if !note.done.is_empty() {
                <p class="quiet">{lang.on_demand(OnDemandMsg::Done)}</p>
                <ul class="points">{for note.done.iter().map(|done| measure(done, lang, now))}</ul>
            }
        </li>
    }
}

fn measure(done: &Done, lang: Lang, now: i64) -> Html {
    let when = done.time.as_ref().map(|time| lang.when(time, now));
    let by = Some(done.by.to_string()).filter(|by| !by.is_empty());
    let about: Vec<String> = when.into_iter().chain(by).collect();
    html! { <li>{done.what.to_string()}{" "}<span class="quiet">{about.join(", ")}</span></li> }
}

/// The readings that a note is about: those in the period shown lead to their point.
fn about(here: &NoteHere, state: &State, now: i64, commands: &Callback<Command>) -> Html {
    let lang = state.lang;
    if here.note.readings.is_empty() {
        return Html::default();
    }
    let mut readings: Vec<&Rc<Reading>> = here.about.iter().collect();
    order::by_key(&mut readings, |reading| reading.time.axis_ms());
    let is_shown = |reading: &Reading| {
        let in_period = state
            .period
            .is_some_and(|period| period.contains(reading.time.axis_ms()));
        in_period && state.arrangement.shows(&reading.parameter.key())
    };
    let reading = |reading: &Rc<Reading>| {
        let name = lang.reading_named(reading, now);
        if !is_shown(reading) {
            return html! { <span>{name}</span> };
        }
        let label = lang.on_demand(OnDemandMsg::ShowReading(&name));
        let reading = Rc::clone(reading);
        let on_click =
            commands.reform(move |_| Command::OnDemand(OnDemandCommand::Point(Rc::clone(&reading))));
        html! { <button type="button" class="link" aria-label={label} onclick={on_click}>{name}</button> }
    };
    html! {
        <p class="about">
            <span class="quiet">{lang.on_demand(OnDemandMsg::About)}</span>
            {for readings.into_iter().map(reading)}
            if here.about.is_empty() {
                <span>{lang.on_demand(OnDemandMsg::NotAmongReadings)}</span>
            }
        </p>
    }
}

/// How many things are no notes, by reason, of all sources.
fn left_out(came: &[FromSource]) -> Vec<(NotANote, usize)> {
    let mut counts: Vec<(NotANote, usize)> = Vec::new();
    for answer in came.iter().filter_map(|source| source.answer.as_deref()) {
        let Answer::Notes(here) = answer else { continue };
        for (why, number) in here.left_out.iter().filter(|(why, _)| *why != NotANote::Message) {
            match counts.iter_mut().find(|(other, _)| other == why) {
                Some((_, count)) => *count += number,
                None => counts.push((*why, *number)),
            }
        }
    }
    counts
}
