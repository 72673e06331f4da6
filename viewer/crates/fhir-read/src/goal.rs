//! Limits in a Goal: one target per range, measured by a code, the zone in an extension. A target
//! without a zone is the green range. Which version held when is in `limit_version`; what a goal says in words is
//! not read here.

use std::rc::Rc;

use chart_model::{ClinicalTime, Finding, FindingKind, Parameter, RangeSet, Severity};

use crate::bundle::RawResource;
use crate::codes;
use crate::intern::Interner;
use crate::json::{self, List, Object, Text, fields};
use crate::limit_version::{LimitVersion, Standing};
use crate::ranges::LimitSets;
use crate::resource::{Coding, Concept, Meta, Range, Reference, finding};

#[derive(Debug, Default)]
struct Goal<'a> {
    meta: Option<Object<Meta<'a>>>,
    lifecycle_status: Text<'a>,
    subject: Option<Object<Reference<'a>>>,
    start_date: Text<'a>,
    status_date: Text<'a>,
    expressed_by: Option<Object<Reference<'a>>>,
    target: List<Target<'a>>,
}

fields!(Goal {
    b"meta": meta,
    b"lifecycleStatus": lifecycle_status,
    b"subject": subject,
    b"startDate": start_date,
    b"statusDate": status_date,
    b"expressedBy": expressed_by,
    b"target": target,
});

#[derive(Debug, Default)]
struct Target<'a> {
    extension: List<Extension<'a>>,
    measure: Option<Object<Concept<'a>>>,
    detail_range: Option<Object<Range<'a>>>,
}

fields!(Target { b"extension": extension, b"measure": measure, b"detailRange": detail_range });

#[derive(Debug, Default)]
struct Extension<'a> {
    url: Text<'a>,
    value_codeable_concept: Option<Object<Concept<'a>>>,
    value_coding: Option<Object<Coding<'a>>>,
}

fields!(Extension {
    b"url": url,
    b"valueCodeableConcept": value_codeable_concept,
    b"valueCoding": value_coding,
});

/// Says on a target which zone its range is.
pub(crate) const LIMIT_ZONE: &str = "https://dho-viewer.example/fhir/StructureDefinition/limit-zone";

impl Extension<'_> {
    /// The zone, if the extension carries one, under whatever address.
    fn severity(&self) -> Option<Severity> {
        let concept = self.value_codeable_concept.as_ref();
        let codings = concept.map_or(&[][..], |concept| &*concept.coding);
        codes::agreed(codings.iter().chain(self.value_coding.as_deref()))
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
    fn standing(&self) -> Standing {
        match self.lifecycle_status.filled() {
            None | Some("active" | "accepted") => Standing::InForce,
            Some("entered-in-error") => Standing::Error,
            Some(_) => Standing::Ended,
        }
    }

    /// Who expressed it; by name only where the source gives one. `known` are names of references.
    fn author(&self, known: &[(&str, &str)]) -> Option<Rc<str>> {
        let by = self.expressed_by.as_ref()?;
        let named = || {
            let reference = by.reference.filled()?;
            known
                .iter()
                .find(|(of, _)| *of == reference)
                .map(|(_, name)| *name)
        };
        by.display.filled().or_else(named).map(Rc::from)
    }
}

fn instant(text: &Text<'_>) -> Option<i64> {
    let time = ClinicalTime::parse(text.filled()?).ok()?;
    Some(time.start_ms())
}

/// Reads one version of a goal; `None` if it cannot be read or is another patient's. `names` are those of
/// references, as far as they are known.
pub(crate) fn read(
    sent: &RawResource<'_>,
    patient: &str,
    names: &[(&str, &str)],
    interner: &mut Interner,
    findings: &mut Vec<Finding>,
) -> Option<LimitVersion> {
    let name = format!("Goal/{}", sent.id);
    let mut report = |kind| findings.push(finding(kind, &name, ""));
    let Some(goal) = json::read::<Goal<'_>>(sent.json) else {
        report(FindingKind::PlanUnreadable);
        return None;
    };
    if goal
        .subject
        .as_ref()
        .is_some_and(|subject| !subject.may_be_patient(patient))
    {
        report(FindingKind::PlanOfOtherPatient);
        return None;
    }
    let standing = goal.standing();
    let limits = match standing {
        Standing::InForce => limits(&goal, interner, report),
        Standing::Ended | Standing::Error => Vec::new(),
    };
    let meta = goal.meta.as_deref();
    Some(LimitVersion {
        version: meta.and_then(|meta| meta.version_id.filled()).map(Box::from),
        updated: meta.and_then(|meta| instant(&meta.last_updated)),
        started: instant(&goal.start_date),
        status_since: instant(&goal.status_date),
        standing,
        author: goal.author(names),
        among_all: sent.among_all_versions,
        limits,
    })
}

/// The limits that a goal sets, one set per number; none for a goal in words.
fn limits(
    goal: &Goal<'_>,
    interner: &mut Interner,
    mut report: impl FnMut(FindingKind),
) -> Vec<(Parameter, usize, Rc<RangeSet>)> {
    let mut sets = LimitSets::default();
    for target in goal.target.iter() {
        let range = target.detail_range.as_deref();
        if range.is_none() && !target.zone_is_given() {
            // A goal of another sort: "walk to the shop".
            continue;
        }
        let ends = [
            range.and_then(|range| range.low.as_deref()),
            range.and_then(|range| range.high.as_deref()),
        ];
        let measure = target.measure.as_deref();
        sets.add(measure, target.severity(), ends, interner, &mut report);
    }
    sets.finish(interner, report)
}

#[cfg(test)]
mod tests;
