//! From one Observation to its readings, or to the reason why there is none.

use std::borrow::Cow;

use chart_model::{
    Component, Excluded, ExclusionKind, Finding, FindingKind, Known, Parameter, Reading, Status, Values,
};

use crate::codes::{self, Measured};
use crate::observation::{Effective, Observation, Standing};
use crate::reader::Reader;
use crate::value::{Miss, Sent};
use crate::{provenance, ranges, resource, value};

/// What an Observation comes to before it is counted.
pub(crate) enum Outcome {
    Reading(Box<Reading>),
    Excluded(Excluded),
    Finding(Finding),
}

impl Reader {
    /// At least one outcome; more only if components hold measurements of their own.
    pub(crate) fn read(&mut self, observation: &Observation<'_>) -> Vec<Outcome> {
        let told = |kind, detail: &str| vec![finding(observation, kind, detail)];
        let subject = observation.subject.as_deref();
        if !subject.is_none_or(|subject| subject.may_be_patient(&self.patient)) {
            return told(FindingKind::OtherPatient, "");
        }
        let code = observation.code.as_deref();
        let measured = code.and_then(|code| codes::measured(code, &observation.derived_from));
        let effective = observation.effective();
        let status = match observation.standing() {
            Standing::Stands(status) => status,
            Standing::Excluded(kind) => {
                let effective = effective.ok();
                return vec![self.excluded(observation, kind, measured, effective.as_ref())];
            }
            Standing::Unknown => return told(FindingKind::UnknownStatus, observation.status_text()),
        };
        let Some(measured) = measured else {
            return told(FindingKind::MissingCode, "");
        };
        match effective {
            Ok(effective) => self.measurements(observation, measured, &effective, status),
            Err((kind, detail)) => told(kind, &detail),
        }
    }

    /// The readings in one Observation: its own value, its blood pressure, each further component
    /// with a number. If there is no number at all, why.
    fn measurements(
        &mut self,
        observation: &Observation<'_>,
        measured: Measured<'_>,
        effective: &Effective,
        status: Status,
    ) -> Vec<Outcome> {
        let components = observation.component.iter().map(|part| {
            let code = part.code.as_deref();
            (code.and_then(|code| codes::measured(code, &[])), part)
        });
        let mut numbers = Numbers::default();
        // One number under a panel's code does not say which part of the pressure it is.
        if measured == Measured::Known(Known::BloodPressure) {
            if let Ok(sent) = value::sent(observation) {
                numbers
                    .misses
                    .push(Miss::NotANumber(Cow::Owned(sent.number.to_string())));
            }
        } else {
            numbers.add(measured, observation);
        }
        for (measured, part) in components {
            match measured {
                Some(Measured::Known(Known::BloodPressure)) | None => {}
                Some(measured) => numbers.add(measured, part),
            }
        }
        let draft = Draft {
            observation,
            effective,
            status,
        };
        let mut outcomes = Vec::new();
        // Of several readings in one Observation all but the first are told apart by a number.
        let part = |outcomes: &[Outcome]| (!outcomes.is_empty()).then_some(outcomes.len());
        for pair in &numbers.pressures {
            outcomes.push(self.pressure(&draft, pair, numbers.lost_part, part(&outcomes)));
        }
        for (measured, fields, sent) in &numbers.singles {
            outcomes.push(self.single(&draft, *measured, fields, sent, part(&outcomes)));
        }
        if outcomes.is_empty() {
            outcomes.push(self.nothing(&draft, measured, &numbers.misses));
        }
        outcomes
    }

    fn pressure(
        &mut self,
        draft: &Draft<'_, '_>,
        pair: &Pair<'_, '_>,
        lost_part: bool,
        part: Option<usize>,
    ) -> Outcome {
        let parameter = Parameter::Known(Known::BloodPressure);
        let mut remarks = Vec::new();
        if lost_part {
            remarks.push(FindingKind::ValueNotANumber);
        }
        let [mut systolic, mut diastolic] = pair.each_ref().map(|part| {
            let (fields, sent) = part.as_ref()?;
            Some(self.component(fields, &parameter, sent, &mut remarks))
        });
        let mut parts: Vec<&mut Component> = systolic.iter_mut().chain(diastolic.iter_mut()).collect();
        self.apply_whole(draft.observation, &mut parts, &mut remarks);
        let values = Values::Pair { systolic, diastolic };
        self.reading(draft, parameter, values, remarks, part)
    }

    /// Limits that stand on a blood pressure as a whole, where its parts have none.
    fn apply_whole(
        &mut self,
        observation: &Observation<'_>,
        parts: &mut [&mut Component],
        remarks: &mut Vec<FindingKind>,
    ) {
        if parts.iter().all(|part| part.ranges.is_none()) {
            let set = ranges::of_no_part(&observation.reference_range, &mut self.interner, remarks);
            for part in parts.iter_mut() {
                part.ranges = set.clone();
            }
        }
    }

    fn single(
        &mut self,
        draft: &Draft<'_, '_>,
        measured: Measured<'_>,
        fields: &Observation<'_>,
        sent: &Sent<'_>,
        part: Option<usize>,
    ) -> Outcome {
        let parameter = measured.parameter(sent.unit, &mut self.interner);
        let mut remarks = Vec::new();
        let component = self.component(fields, &parameter, sent, &mut remarks);
        self.reading(draft, parameter, Values::Single(component), remarks, part)
    }

    fn component(
        &mut self,
        fields: &Observation<'_>,
        parameter: &Parameter,
        sent: &Sent<'_>,
        remarks: &mut Vec<FindingKind>,
    ) -> Component {
        let interner = &mut self.interner;
        let quantity = value::shown(parameter, sent, interner, remarks);
        let ranges = ranges::of_reading(&fields.reference_range, parameter, sent.unit, interner, remarks);
        Component {
            quantity,
            ranges,
            interpretation: codes::interpreted(&fields.interpretation),
        }
    }

    fn reading(
        &mut self,
        draft: &Draft<'_, '_>,
        parameter: Parameter,
        values: Values,
        remarks: Vec<FindingKind>,
        part: Option<usize>,
    ) -> Outcome {
        let observation = draft.observation;
        let said_of_parts = values.components().any(|part| part.interpretation.is_some());
        let is_pair = matches!(values, Values::Pair { .. });
        let whole = (is_pair && !said_of_parts).then(|| codes::interpreted(&observation.interpretation));
        Outcome::Reading(Box::new(Reading {
            id: observation.id.or_empty().into(),
            parameter,
            time: draft.effective.time.clone(),
            end: draft.effective.end.clone(),
            values,
            status: draft.status,
            method: provenance::method(observation),
            sources: vec![provenance::source(observation, &self.host, &mut self.interner)],
            device: provenance::device(observation, &mut self.interner),
            identifiers: provenance::identifiers(observation, part),
            note: provenance::note(observation),
            interpretation: whole.flatten(),
            remarks,
        }))
    }

    /// No number anywhere: what was sent instead, else that the source says so, else that it is missing.
    fn nothing(&mut self, draft: &Draft<'_, '_>, measured: Measured<'_>, misses: &[Miss<'_>]) -> Outcome {
        let observation = draft.observation;
        let instead = misses.iter().find_map(|miss| match miss {
            Miss::NotANumber(text) => Some(text),
            Miss::Absent | Miss::NoValue => None,
        });
        match instead {
            Some(text) => finding(observation, FindingKind::ValueNotANumber, text),
            None if observation.data_absent_reason.0 || misses.contains(&Miss::NoValue) => self.excluded(
                observation,
                ExclusionKind::NoValue,
                Some(measured),
                Some(draft.effective),
            ),
            // A panel: what was measured stands in its members.
            None if !observation.has_member.is_empty() => self.excluded(
                observation,
                ExclusionKind::Panel,
                Some(measured),
                Some(draft.effective),
            ),
            None => finding(observation, FindingKind::MissingValue, ""),
        }
    }

    fn excluded(
        &mut self,
        observation: &Observation<'_>,
        kind: ExclusionKind,
        measured: Option<Measured<'_>>,
        effective: Option<&Effective>,
    ) -> Outcome {
        let unit = value::sent(observation).map_or("", |sent| sent.unit);
        Outcome::Excluded(Excluded {
            kind,
            id: observation.id.or_empty().into(),
            parameter: measured.map(|measured| measured.parameter(unit, &mut self.interner)),
            time: effective.map(|effective| effective.time.clone()),
        })
    }
}

/// What all readings of one Observation share.
struct Draft<'o, 'a> {
    observation: &'o Observation<'a>,
    effective: &'o Effective,
    status: Status,
}

/// The numbers of one blood pressure, systolic first.
type Pair<'o, 'a> = [Option<(&'o Observation<'a>, Sent<'o>)>; 2];

/// The numbers of one Observation, and what stands where a number should.
#[derive(Default)]
struct Numbers<'o, 'a> {
    /// More than one where it was measured several times.
    pressures: Vec<Pair<'o, 'a>>,
    singles: Vec<(Measured<'o>, &'o Observation<'a>, Sent<'o>)>,
    misses: Vec<Miss<'o>>,
    /// A part of a blood pressure holds something that is no number.
    lost_part: bool,
}

impl<'o, 'a> Numbers<'o, 'a> {
    fn add(&mut self, measured: Measured<'o>, fields: &'o Observation<'a>) {
        match (value::sent(fields), measured) {
            (Ok(sent), Measured::Pressure(part)) => {
                let is_open = |pair: &Pair<'_, '_>| pair.get(part).is_some_and(Option::is_none);
                let pair = match self.pressures.iter().position(is_open) {
                    Some(place) => self.pressures.get_mut(place),
                    None => Some(self.pressures.push_mut(Pair::default())),
                };
                if let Some(slot) = pair.and_then(|pair| pair.get_mut(part)) {
                    *slot = Some((fields, sent));
                }
            }
            (Ok(sent), measured) => self.singles.push((measured, fields, sent)),
            (Err(miss), measured) => {
                self.lost_part |=
                    matches!(measured, Measured::Pressure(_)) && matches!(miss, Miss::NotANumber(_));
                self.misses.push(miss);
            }
        }
    }
}

fn finding(observation: &Observation<'_>, kind: FindingKind, detail: &str) -> Outcome {
    let name = observation
        .id
        .filled()
        .map_or_else(|| "Observation".to_owned(), |id| format!("Observation/{id}"));
    Outcome::Finding(resource::finding(kind, &name, detail))
}
