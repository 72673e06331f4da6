//! Limits in a Goal: one target per range, measured by a code, the zone in an extension. A target
//! without a zone is the green range. What a goal says in words is not read here.

use std::rc::Rc;

use chart_model::{ClinicalTime, Finding, FindingKind, Known, Parameter, RangeSet, Severity};
use serde::Deserialize;

use crate::bundle::RawResource;
use crate::codes::{self, Measured};
use crate::intern::Interner;
use crate::lenient::{List, Object, Text};
use crate::ranges::SetBuilder;
use crate::resource::{Coding, Concept, Meta, Quantity, Range, Reference, finding};

/// The limits that one goal sets for one number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GoalLimits {
    pub(crate) parameter: Parameter,
    /// Which number: 0, or 1 for diastolic.
    pub(crate) number: usize,
    /// In force from this instant; never before, where the source gives no time.
    pub(crate) since: i64,
    pub(crate) set: Rc<RangeSet>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Goal<'a> {
    #[serde(borrow)]
    meta: Option<Object<Meta<'a>>>,
    #[serde(borrow)]
    lifecycle_status: Text<'a>,
    #[serde(borrow)]
    subject: Option<Object<Reference<'a>>>,
    #[serde(borrow)]
    start_date: Text<'a>,
    #[serde(borrow)]
    target: List<Target<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Target<'a> {
    #[serde(borrow)]
    extension: List<Extension<'a>>,
    #[serde(borrow)]
    measure: Option<Object<Concept<'a>>>,
    #[serde(borrow)]
    detail_range: Option<Object<Range<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Extension<'a> {
    #[serde(borrow)]
    url: Text<'a>,
    #[serde(borrow)]
    value_codeable_concept: Option<Object<Concept<'a>>>,
    #[serde(borrow)]
    value_coding: Option<Object<Coding<'a>>>,
}

/// Says on a target which zone its range is.
const LIMIT_ZONE: &str = "https://dho-viewer.example/fhir/StructureDefinition/limit-zone";

impl Extension<'_> {
    /// The zone, if the extension carries one, under whatever address.
    fn severity(&self) -> Option<Severity> {
        let concept = self.value_codeable_concept.as_ref();
        let codings = concept.map_or(&[][..], |concept| &*concept.coding);
        let mut codings = codings.iter().chain(self.value_coding.as_deref());
        codings.find_map(codes::severity)
    }
}

impl Target<'_> {
    fn zone_is_given(&self) -> bool {
        self.extension
            .iter()
            .any(|extension| extension.severity().is_some() || extension.url.filled() == Some(LIMIT_ZONE))
    }

    /// `None` if a zone is given that is in no table.
    fn severity(&self) -> Option<Severity> {
        if self.zone_is_given() {
            self.extension.iter().find_map(Extension::severity)
        } else {
            Some(Severity::Green)
        }
    }
}

impl Goal<'_> {
    fn is_in_force(&self) -> bool {
        matches!(self.lifecycle_status.filled(), None | Some("active" | "accepted"))
    }

    /// When its limits came into force: `startDate` for a goal that was never changed (version 1, or
    /// a source without times), else its last change, since what held before that is not known.
    fn since(&self) -> i64 {
        let meta = self.meta.as_deref();
        let version = meta.and_then(|meta| meta.version_id.filled());
        let instant = |text: Option<&str>| {
            let time = ClinicalTime::parse(text?).ok()?;
            Some(time.start_ms())
        };
        let updated = instant(meta.and_then(|meta| meta.last_updated.filled()));
        let started = instant(self.start_date.filled());
        let first = version == Some("1") || updated.is_none();
        let since = if first { started.or(updated) } else { updated };
        since.unwrap_or(i64::MAX)
    }
}

/// Reads the limits that a goal sets, one entry per number; none for a goal in words or not in force.
pub(crate) fn read(
    sent: &RawResource<'_>,
    patient: &str,
    interner: &mut Interner,
    findings: &mut Vec<Finding>,
) -> Vec<GoalLimits> {
    let name = format!("Goal/{}", sent.id);
    let mut report = |kind| findings.push(finding(kind, &name, ""));
    let Ok(goal) = serde_json::from_slice::<Goal<'_>>(sent.json) else {
        report(FindingKind::UnreadableResource);
        return Vec::new();
    };
    if goal
        .subject
        .as_ref()
        .is_some_and(|subject| !subject.may_be_patient(patient))
    {
        report(FindingKind::OtherPatient);
        return Vec::new();
    }
    if !goal.is_in_force() {
        return Vec::new();
    }
    let mut sets: Vec<(Parameter, usize, SetBuilder)> = Vec::new();
    for target in goal.target.iter() {
        let range = target.detail_range.as_deref();
        if range.is_none() && !target.zone_is_given() {
            // A goal of another sort: "walk to the shop".
            continue;
        }
        let ends = [
            range.and_then(|r| r.low.as_deref()),
            range.and_then(|r| r.high.as_deref()),
        ];
        let unit = ends
            .into_iter()
            .flatten()
            .map(Quantity::unit)
            .find(|unit| !unit.is_empty());
        let measured = target
            .measure
            .as_deref()
            .and_then(|code| codes::measured(code, &[]));
        let number = match measured {
            Some(Measured::Pressure(part)) => part,
            // Which part of the pressure it limits, or what at all, is not said.
            Some(Measured::Known(Known::BloodPressure)) | None => {
                report(FindingKind::UnknownLimitType);
                continue;
            }
            Some(_) => 0,
        };
        let Some(measured) = measured else { continue };
        let unit = unit.unwrap_or_default();
        let parameter = measured.parameter(unit, interner);
        let known = sets
            .iter_mut()
            .find(|(of, part, _)| (of, *part) == (&parameter, number));
        let (_, _, set) = match known {
            Some(set) => set,
            None => sets.push_mut((parameter.clone(), number, SetBuilder::default())),
        };
        let [low, high] = ends;
        set.add(&parameter, target.severity(), low, high, unit);
    }
    let since = goal.since();
    let limits = sets.into_iter().filter_map(|(parameter, number, set)| {
        set.problems.iter().for_each(|problem| report(*problem));
        Some(GoalLimits {
            parameter,
            number,
            since,
            set: set.finish(interner)?,
        })
    });
    limits.collect()
}

#[cfg(test)]
mod tests;
