//! One reading in words: its value, and the sentence that is shown and read aloud.

use std::rc::Rc;

use chart_model::limits::classify;
use chart_model::series::{Basis, LimitStep};
use chart_model::time::Date;
use chart_model::{Bounds, Component, Known, Parameter, Point, RangeSet, Reading, Status, Values, Zone};

use super::origin::{device_name, source_name};
use super::{Lang, Msg, Source, listed};

/// A reading in words, in the parts that a component may set apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Readout {
    /// `86 %`
    pub value: String,
    /// `gul, under 88`
    pub zone: String,
    /// `3. sep. 08.12`
    pub time: String,
    /// Everything else that is known: `apparat, foreløpig, grense fra planen …`.
    pub more: String,
}

impl Readout {
    /// All of it as one sentence, after the parameter's name: `SpO₂ 86 %, gul, under 88, 3. sep. 08.12, apparat`.
    pub(crate) fn sentence(&self, name: &str) -> String {
        let parts = [&self.zone, &self.time, &self.more].map(|part| Some(part.clone()));
        format!(
            "{name} {}",
            listed([Some(self.value.clone())].into_iter().chain(parts))
        )
    }
}

impl Lang {
    /// The name of a parameter; the source's own for a code that is not in the table.
    pub(crate) fn parameter(self, parameter: &Parameter) -> String {
        match parameter {
            Parameter::Known(known) => self.say(Msg::Parameter(*known)).into_owned(),
            Parameter::Other(other) => other.text.to_string(),
        }
    }

    /// `84,2`, `<3,9`, `132/84`; without the unit.
    pub(crate) fn value(self, reading: &Reading) -> String {
        match &reading.values {
            Values::Single(component) => self.quantity(&component.quantity),
            Values::Pair { systolic, diastolic } => {
                let part = |c: &Option<Component>| {
                    c.as_ref()
                        .map_or_else(|| "–".to_owned(), |c| self.quantity(&c.quantity))
                };
                format!("{}/{}", part(systolic), part(diastolic))
            }
        }
    }

    /// `84,2 kg`
    pub(crate) fn value_with_unit(self, reading: &Reading) -> String {
        self.with_unit(&self.value(reading), reading.unit())
    }

    /// The word of a zone, for the middle of a sentence.
    pub(crate) fn zone_in_text(self, zone: Zone) -> String {
        self.say(Msg::Zone(zone)).to_lowercase()
    }

    /// Everything that is known of a point of the trend. `steps` are the limits through its period.
    pub(crate) fn readout(self, point: &Point, steps: &[LimitStep], today: Date) -> Readout {
        let reading = &point.reading;
        let implausible = reading.is_implausible();
        let step = steps
            .iter()
            .rev()
            .find(|step| step.from <= reading.time.axis_ms());
        let zone = if implausible {
            self.say(Msg::Implausible).to_lowercase()
        } else {
            listed([Some(self.zone_in_text(point.zone)), self.why(point, step)])
        };
        let basis = match point.basis {
            Basis::Reading => Some(Source::Reading),
            Basis::Plan => Some(Source::Plan),
            Basis::None => None,
        };
        let changed = step
            .filter(|_| point.basis != Basis::None && !implausible)
            .filter(|step| steps.first().is_some_and(|first| first.from < step.from))
            .map(|step| self.day(chart_model::oslo::date_of(step.from), today));
        let source_text = reading
            .values
            .components()
            .find_map(|c| c.quantity.source_text.as_deref());
        let say = |msg: Msg<'_>| self.say(msg).into_owned();
        let more = listed([
            Some(say(Msg::Method(reading.method))),
            reading
                .device
                .as_deref()
                .map(|device| device_name(device).to_owned()),
            Some(sources(reading)),
            (reading.status != Status::Final).then(|| say(Msg::Status(reading.status))),
            basis
                .filter(|_| !implausible)
                .map(|source| say(Msg::Limits(source))),
            changed.map(|day| say(Msg::LimitsChanged(&day))),
            point.disagrees.map(|zone| say(Msg::SourceSays(zone))),
            source_text.map(|text| say(Msg::SourceWrote(text))),
            reading.note.as_deref().map(|note| say(Msg::Note(note))),
        ]);
        Readout {
            value: self.value_with_unit(reading),
            zone,
            time: self.moment(&reading.time, today),
            more,
        }
    }

    /// The limit that put a point into its zone; of a blood pressure with the number it is about.
    fn why(self, point: &Point, step: Option<&LimitStep>) -> Option<String> {
        let (index, bounds, set) = parts(point, step)
            .find(|(_, zone, ..)| *zone == point.zone)
            .and_then(|(index, _, bounds, set)| Some((index, bounds?, set?)))?;
        let reason = self.reason(point.zone, bounds, &set);
        let pair = point.reading.parameter == Parameter::Known(Known::BloodPressure);
        Some(match (pair && point.zone.is_outside(), index) {
            (false, _) => reason,
            (true, 0) => format!("{} {reason}", self.say(Msg::Systolic)),
            (true, _) => format!("{} {reason}", self.say(Msg::Diastolic)),
        })
    }
}

fn sources(reading: &Reading) -> String {
    let names: Vec<_> = reading.sources.iter().map(|source| source_name(source)).collect();
    names.join(" + ")
}

/// Each number of a point with its own zone, the range that decided and the limits it was classed by.
fn parts(
    point: &Point,
    step: Option<&LimitStep>,
) -> impl Iterator<Item = (usize, Zone, Option<Bounds>, Option<Rc<RangeSet>>)> {
    let [first, second] = components(&point.reading);
    [(0, first), (1, second)]
        .into_iter()
        .filter_map(move |(index, component)| {
            let component = component?;
            let fallback = step
                .filter(|_| point.basis == Basis::Plan)
                .and_then(|step| step.sets.get(index)?.as_ref());
            let own = component.ranges.as_ref().filter(|set| set.is_personal());
            let classed = classify(component, fallback);
            Some((index, classed.zone, classed.bounds, own.or(fallback).cloned()))
        })
}

/// The numbers of a reading by their place: one, or systolic and diastolic.
fn components(reading: &Reading) -> [Option<&Component>; 2] {
    match &reading.values {
        Values::Single(component) => [Some(component), None],
        Values::Pair { systolic, diastolic } => [systolic.as_ref(), diastolic.as_ref()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fixtures::{reading, set};
    use chart_model::Method;
    use chart_model::series::assess;

    const TODAY: Date = Date {
        year: 2026,
        month: 11,
        day: 22,
    };

    #[track_caller]
    fn check(
        lang: Lang,
        known: Known,
        values: &str,
        ranges: &[Option<Rc<RangeSet>>; 2],
        method: Method,
        sentence: &str,
    ) {
        let reading = Reading {
            method,
            ..reading(known, values, ranges.clone(), "2026-09-03T08:12:00+02:00")
        };
        let point = assess(&Rc::new(reading), None);
        let said = lang
            .readout(&point, &[], TODAY)
            .sentence(&lang.parameter(&known.into()));
        assert_eq!(said.replace('\u{a0}', " "), sentence);
    }

    #[test]
    fn a_point_is_read_aloud_as_a_sentence() {
        let own = [Some(set(&["N 88-", "A 85-87", "AA -84"])), None];
        for (lang, value, ranges, sentence) in [
            (
                Lang::Bokmal,
                "86",
                &own,
                "SpO₂ 86 %, gul, under 88, 3. sep. 08.12, apparat, grense sendt med målingen",
            ),
            (
                Lang::Nynorsk,
                "84",
                &own,
                "SpO₂ 84 %, raud, under 85, 3. sep. 08.12, apparat, grense send med målinga",
            ),
            (
                Lang::English,
                "86",
                &own,
                "SpO₂ 86%, yellow, below 88, 3 Sep 08:12, device, limit sent with the reading",
            ),
            (
                Lang::Bokmal,
                "86",
                &[None, None],
                "SpO₂ 86 %, ingen grense, 3. sep. 08.12, apparat",
            ),
            (
                Lang::Nynorsk,
                "86",
                &[None, None],
                "SpO₂ 86 %, inga grense, 3. sep. 08.12, apparat",
            ),
            (
                Lang::English,
                "7",
                &own,
                "SpO₂ 7%, implausible, please check, 3 Sep 08:12, device",
            ),
        ] {
            check(lang, Known::Spo2, value, ranges, Method::Device, sentence);
        }
    }

    #[test]
    fn a_blood_pressure_says_which_number_is_outside() {
        let ranges = [
            Some(set(&["N 100-140", "A 141-160"])),
            Some(set(&["N 60-90", "A 91-100", "AA 101-"])),
        ];
        for (lang, values, sentence) in [
            (
                Lang::Bokmal,
                "150/104",
                "Blodtrykk 150/104 mmHg, rød, diastolisk over 100, 3. sep. 08.12, manuelt, grense sendt med målingen",
            ),
            (
                Lang::Nynorsk,
                "150/84",
                "Blodtrykk 150/84 mmHg, gul, systolisk over 140, 3. sep. 08.12, manuelt, grense send med målinga",
            ),
            (
                Lang::English,
                "150/104",
                "Blood pressure 150/104 mmHg, red, diastolic above 100, 3 Sep 08:12, manual, limit sent with the reading",
            ),
        ] {
            check(
                lang,
                Known::BloodPressure,
                values,
                &ranges,
                Method::Manual,
                sentence,
            );
        }
    }
}
