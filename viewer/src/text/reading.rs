//! One reading in words: its value, and the sentence that is shown and read aloud.

use chart_model::series::{Basis, LimitStep};
use chart_model::time::Date;
use chart_model::{Component, Known, Parameter, Point, Reading, Status, Values, Zone, lowercase};

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
    /// Says one thing more.
    pub(crate) fn add(&mut self, said: &str) {
        self.more = listed([Some(std::mem::take(&mut self.more)), Some(said.to_owned())]);
    }

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
            Parameter::Other(other) if other.is_nameless_score() => self.say(Msg::NamelessScore).into_owned(),
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
        lowercase(&self.say(Msg::Zone(zone)))
    }

    /// Everything that is known of a point of the trend. `steps` are the limits through its period.
    pub(crate) fn readout(self, point: &Point, steps: &[LimitStep], today: Date) -> Readout {
        let reading = &point.reading;
        let implausible = reading.is_implausible();
        let zone = if implausible {
            lowercase(&self.say(Msg::Implausible))
        } else {
            listed([Some(self.zone_in_text(point.zone)), self.why(point)])
        };
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
            (!implausible).then(|| self.limits_in_force(point, steps, today)),
            point.source_says().map(|said| {
                let agrees = point.disagrees.is_none() && said == point.zone;
                say(if agrees {
                    Msg::SourceAgrees
                } else {
                    Msg::SourceSays(said)
                })
            }),
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

    /// What another device, or another source, measured in the same minute with another result.
    pub(crate) fn meanwhile(self, points: &[Point], reading: &Reading) -> Option<String> {
        let other = chart_model::sources::other_result(points, reading)?;
        let said = Msg::Meanwhile(&self.value_with_unit(other), &origin(other));
        Some(self.say(said).into_owned())
    }

    /// The limit that put a point into its zone; of a blood pressure with the number it is about.
    fn why(self, point: &Point) -> Option<String> {
        let Some(range) = point.range() else {
            return self.why_not(point);
        };
        let value = point.number()?.quantity.shown;
        let reason = self.reason(point.zone, value, range.bounds, point.set()?);
        let pair = point.reading.parameter == Parameter::Known(Known::BloodPressure);
        Some(match (pair && point.zone.is_outside(), point.why.number) {
            (false, _) => reason,
            (true, 0) => format!("{} {reason}", self.say(Msg::Systolic)),
            (true, _) => format!("{} {reason}", self.say(Msg::Diastolic)),
        })
    }

    /// Why a point has no zone, where its unit or its limits could not be read.
    fn why_not(self, point: &Point) -> Option<String> {
        let remarks = point.reading.remarks.iter();
        let reason = remarks.copied().find(|kind| kind.takes_zone())?;
        (point.zone == Zone::Unknown).then(|| lowercase(&self.say(Msg::Finding(reason))))
    }

    /// Whose limits a point was classed by, since when and by whom; empty where there are none.
    fn limits_in_force(self, point: &Point, steps: &[LimitStep], today: Date) -> String {
        let day = |at: i64| self.day(chart_model::oslo::date_of(at), today);
        let limits = |source| Some(self.say(Msg::Limits(source)).into_owned());
        match &point.why.basis {
            Basis::Plan(era) => {
                let since = self.say(Msg::LimitsSince(&day(era.from))).into_owned();
                let author = era.author.as_deref();
                let author = author.map(|author| self.say(Msg::LimitsSetBy(author)).into_owned());
                listed([limits(Source::Plan), Some(since), author])
            }
            Basis::Reading => {
                // The first reading that brought them, where others came before.
                let at = point.reading.time.axis_ms();
                let step = steps
                    .iter()
                    .rposition(|step| step.from <= at)
                    .filter(|step| *step > 0);
                let step = step.and_then(|step| steps.get(step));
                let changed = step.map(|step| self.say(Msg::LimitsChanged(&day(step.from))).into_owned());
                listed([limits(Source::Reading), changed])
            }
            Basis::Standard => listed([limits(Source::Standard)]),
            Basis::NotKnown => listed([limits(Source::NotKnown)]),
            Basis::None => String::new(),
        }
    }
}

/// The device that a reading was taken with, else the sources that have it.
fn origin(reading: &Reading) -> String {
    match reading.device.as_deref() {
        Some(device) => device_name(device).to_owned(),
        None => sources(reading),
    }
}

fn sources(reading: &Reading) -> String {
    let names: Vec<_> = reading.sources.iter().map(|source| source_name(source)).collect();
    names.join(" + ")
}

#[cfg(test)]
mod tests;
