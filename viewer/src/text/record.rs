//! The document for the journal in words, put together of messages and values. What stands in it is decided in
//! `chart_model::record`. A document is kept for years: every day in it has its year.

use std::rc::Rc;

use chart_model::record::{Identity, PlanStamp, Stamp};
use chart_model::series::{Basis, LimitStep};
use chart_model::statistics::{Day, Summary, percent};
use chart_model::{
    ClinicalTime, Date, Known, Parameter, Period, PeriodChoice, RangeSet, Reading, Zone, lowercase, oslo,
};

use super::origin::{device_name, source_name};
use super::{Lang, Msg, RecordMsg, Source, listed};

/// No day is of this year.
const ANOTHER_YEAR: Date = Date {
    year: 0,
    month: 1,
    day: 1,
};

impl Lang {
    /// A message about the document for the journal.
    pub(crate) fn record(self, msg: RecordMsg<'_>) -> String {
        self.say(Msg::OfRecord(msg)).into_owned()
    }

    /// `Egenmåling · siste 90 dager`
    pub(crate) fn record_title(self, choice: PeriodChoice) -> String {
        let period = lowercase(&self.period(choice, ANOTHER_YEAR));
        format!("{} · {period}", self.say(Msg::ModuleTitle))
    }

    /// `Kari N. · født 12.03.1953 · 120353 12345`
    pub(crate) fn identity(self, who: &Identity) -> String {
        let name = match &*who.name {
            "" => self.say(Msg::Nameless).into_owned(),
            name => name.to_owned(),
        };
        let born = who.born.as_ref();
        let born = born.map(|birth| self.say(Msg::Born(&self.date(birth))).into_owned());
        let number = Some(grouped(&who.number)).filter(|number| !number.is_empty());
        let parts: Vec<String> = [Some(name), born, number].into_iter().flatten().collect();
        parts.join(" · ")
    }

    /// `22.11.2026 kl. 09.14`
    pub(crate) fn full_moment(self, at: i64) -> String {
        let date = self.full_date(oslo::date_of(at));
        self.say(Msg::AtClock(&date, &self.clock(at))).into_owned()
    }

    /// When a reading was taken, with the year.
    pub(crate) fn moment_with_year(self, time: &ClinicalTime) -> String {
        self.moment_in_text(time, ANOTHER_YEAR)
    }

    /// What a document says of itself, each with its name: period, readings, sources, plan, who made it and when.
    pub(crate) fn stamp(self, stamp: &Stamp, choice: PeriodChoice) -> Vec<(String, String)> {
        let say = |msg: Msg<'_>| self.say(msg).into_owned();
        vec![
            (say(Msg::Period), self.stamped_period(stamp.period, choice)),
            (self.record(RecordMsg::Readings), self.stamped_readings(stamp)),
            (say(Msg::Sources), self.stamped_sources(stamp)),
            (say(Msg::Plan), self.stamped_plan(stamp.plan.as_ref())),
            (self.record(RecordMsg::Made), self.stamped_maker(stamp)),
        ]
    }

    /// `24.08.2026–22.11.2026 (siste 90 dager)`
    pub(crate) fn stamped_period(self, period: Period, choice: PeriodChoice) -> String {
        let day = |at: i64| self.full_date(oslo::date_of(at));
        let days = self
            .say(Msg::FromTo(&day(period.from), &day(period.to)))
            .into_owned();
        match choice {
            PeriodChoice::LastDays(_) => {
                format!("{days} ({})", lowercase(&self.period(choice, ANOTHER_YEAR)))
            }
            PeriodChoice::Between { .. } => days,
        }
    }

    fn stamped_readings(self, stamp: &Stamp) -> String {
        let excluded = stamp.excluded.iter();
        let excluded =
            excluded.map(|(kind, count)| Some(self.say(Msg::LeftOutAs(*kind, *count)).into_owned()));
        let excluded = Some(listed(excluded)).filter(|said| !said.is_empty());
        listed([
            Some(self.record(RecordMsg::Count(stamp.readings))),
            excluded.map(|said| self.record(RecordMsg::LeftOut(&said))),
            (stamp.not_understood > 0).then(|| self.say(Msg::Unreadable(stamp.not_understood)).into_owned()),
        ])
    }

    fn stamped_sources(self, stamp: &Stamp) -> String {
        let said = stamp.sources.iter().map(|source| {
            let name = source_name(&source.name);
            match source.fetched {
                Some(at) => self.record(RecordMsg::Fetched(name, &self.full_moment(at))),
                None => self.record(RecordMsg::NotFetched(name)),
            }
        });
        said.collect::<Vec<_>>().join("; ")
    }

    fn stamped_plan(self, plan: Option<&PlanStamp>) -> String {
        let Some(plan) = plan else {
            return self.record(RecordMsg::NoPlan);
        };
        let changed = plan.updated.as_ref();
        let unnamed = || {
            changed
                .is_none()
                .then(|| self.say(Msg::PlanVersion(&plan.version)).into_owned())
        };
        listed([
            self.numbered_plan(&plan.version).or_else(unnamed),
            changed.map(|time| {
                let moment = self.moment_with_year(time);
                self.say(Msg::PlanChanged(&moment)).into_owned()
            }),
        ])
    }

    /// `Plan v7`; a version that is no number says nothing, its time does.
    pub(crate) fn numbered_plan(self, version: &str) -> Option<String> {
        let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| self.say(Msg::PlanVersion(version)).into_owned())
    }

    fn stamped_maker(self, stamp: &Stamp) -> String {
        let moment = self.full_moment(stamp.made);
        match &*stamp.by.name {
            "" => moment,
            name => self.record(RecordMsg::By(&moment, name)),
        }
    }

    /// What is not in a document, or not all of it.
    pub(crate) fn not_in_record(self, stamp: &Stamp) -> Vec<String> {
        let mut notes = Vec::new();
        if !stamp.not_shown.is_empty() {
            let names = self.parameters(&stamp.not_shown);
            notes.push(self.record(RecordMsg::NotShown(&names)));
        }
        if !stamp.incomplete.is_empty() {
            let names = self.parameters(&stamp.incomplete);
            notes.push(self.record(RecordMsg::Incomplete(&names)));
        }
        if !stamp.beside.is_empty() {
            let parts = stamp.beside.iter();
            let parts = listed(parts.map(|part| Some(self.record(RecordMsg::Beside(*part)))));
            notes.push(self.record(RecordMsg::NotWithIt(&parts)));
        }
        if stamp.not_understood > 0 {
            notes.push(self.say(Msg::Unreadable(stamp.not_understood)).into_owned());
        }
        notes
    }

    /// `SpO₂, Puls`
    pub(crate) fn parameters<'a>(self, parameters: impl IntoIterator<Item = &'a Parameter>) -> String {
        let names = parameters
            .into_iter()
            .map(|parameter| Some(self.parameter(parameter)));
        listed(names)
    }

    /// The limits through a period, oldest first, each with all its zones and whose it is.
    pub(crate) fn limits_in_force_through(self, steps: &[LimitStep]) -> Vec<String> {
        let line = |(place, step): (usize, &LimitStep)| {
            let said = format!("{} ({})", self.all_limits(&step.sets), self.whose(&step.basis));
            if place == 0 {
                return said;
            }
            let day = self.full_date(oslo::date_of(step.from));
            self.record(RecordMsg::LimitsFrom(&day, &said))
        };
        steps.iter().enumerate().map(line).collect()
    }

    /// `innenfor 88–, gul lav 85–87, rød lav –84`
    fn all_limits(self, sets: &[Option<Rc<RangeSet>>; 2]) -> String {
        let of_set = |set: &RangeSet| {
            if set.problem.is_some() {
                return lowercase(&self.say(Msg::UnusableLimits));
            }
            let zones = self.zones_of(set).into_iter();
            let zones = zones.map(|(zone, range)| Some(format!("{} {range}", self.zone_named(zone))));
            let standard = set.standard().map(|range| self.bounds(range));
            match listed(zones) {
                zones if zones.is_empty() => standard.unwrap_or_else(|| lowercase(&self.say(Msg::NoLimit))),
                zones => zones,
            }
        };
        match sets {
            [None, None] => lowercase(&self.say(Msg::NoLimit)),
            [Some(set), None] => of_set(set),
            both => {
                let named = [Msg::Systolic, Msg::Diastolic].into_iter().zip(both);
                let said = named.filter_map(|(name, set)| {
                    let set = set.as_ref()?;
                    Some(format!("{} {}", self.say(name), of_set(set)))
                });
                said.collect::<Vec<_>>().join("; ")
            }
        }
    }

    fn zone_named(self, zone: Zone) -> String {
        lowercase(&self.say(Msg::ZoneName(zone)))
    }

    fn whose(self, basis: &Basis) -> String {
        let limits = |source| Some(self.say(Msg::Limits(source)).into_owned());
        match basis {
            Basis::Plan(era) => {
                let author = era.author.as_deref();
                let author = author.map(|author| self.say(Msg::LimitsSetBy(author)).into_owned());
                listed([limits(Source::Plan), author])
            }
            Basis::Reading => listed([limits(Source::Reading)]),
            Basis::Standard => listed([limits(Source::Standard)]),
            Basis::NotKnown => listed([limits(Source::NotKnown)]),
            Basis::None => lowercase(&self.say(Msg::NoLimit)),
        }
    }

    /// How a reading came into being and from where: `Apparat, hjemmemaaling.example`.
    pub(crate) fn origin(self, reading: &Reading) -> String {
        let words = [Msg::Method(reading.method), Msg::Status(reading.status)];
        let words = words.map(|word| Some(self.say(word).into_owned()));
        let device = reading.device.as_deref().map(device_name);
        let sources = reading.sources.iter().map(|source| source_name(source));
        let names = device.into_iter().chain(sources);
        listed(words.into_iter().chain(names.map(|name| Some(name.to_owned()))))
    }

    /// The cells of a day's row: the day, lowest and highest, shares of the zones, how many and their mean.
    pub(crate) fn day_cells(self, day: &Day, parameter: &Parameter) -> [String; 4] {
        let unit = |said: String| match &*said {
            "" => said,
            _ => self.with_unit(&said, parameter.unit()),
        };
        let pair = *parameter == Known::BloodPressure.into();
        let of_numbers = |said: &dyn Fn(&Summary) -> String| {
            let numbers = day.numbers.iter().take(if pair { 2 } else { 1 });
            let said: Vec<String> = numbers
                .map(|number| number.as_ref().map_or_else(|| "–".to_owned(), said))
                .collect();
            if day.numbers.iter().all(Option::is_none) {
                String::new()
            } else {
                said.join("/")
            }
        };
        let spread = of_numbers(&|sum| self.low_to_high(sum.min, sum.max));
        let mean = unit(of_numbers(&|sum| self.number(sum.mean)));
        let shares = day.zones.iter().map(|(zone, count)| {
            let share = percent(*count, day.n)?.to_string();
            Some(format!(
                "{} {}",
                self.zone_named(*zone),
                self.with_unit(&share, "%")
            ))
        });
        let implausible = (day.implausible > 0).then(|| self.record(RecordMsg::Implausible(day.implausible)));
        [
            self.full_date(day.date),
            unit(spread),
            listed(shares),
            listed([
                Some(self.record(RecordMsg::Count(day.n))),
                (!mean.is_empty()).then(|| self.record(RecordMsg::MeanIs(&mean))),
                implausible,
            ]),
        ]
    }
}

/// Eleven digits as people read them: date and personal number.
pub(crate) fn grouped(number: &str) -> String {
    match number.split_at_checked(6) {
        Some((date, rest)) if number.len() == 11 => format!("{date}\u{a0}{rest}"),
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests;
