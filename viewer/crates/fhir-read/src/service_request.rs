//! Limits in a ServiceRequest, as in the Danish telemedicine guide: one extension per range, for what the
//! request's code measures. What else is requested is not read.

use chart_model::{ClinicalTime, Finding, FindingKind, Severity};

use crate::bundle::RawResource;
use crate::codes;
use crate::intern::Interner;
use crate::json::{self, List, Object, Text, fields};
use crate::limit_version::{LimitVersion, Standing};
use crate::ranges::LimitSets;
use crate::resource::{Concept, Meta, Quantity, Reference, Span, finding};

/// Holds a range: `low`, `high` and `type` in extensions of its own.
pub(crate) const REFERENCE_RANGE: &str =
    "http://ehealth.sundhed.dk/fhir/StructureDefinition/ehealth-referenceRange";

#[derive(Debug, Default)]
struct ServiceRequest<'a> {
    meta: Option<Object<Meta<'a>>>,
    extension: List<Extension<'a>>,
    based_on: List<Reference<'a>>,
    status: Text<'a>,
    intent: Text<'a>,
    code: Option<Object<Concept<'a>>>,
    subject: Option<Object<Reference<'a>>>,
    occurrence_date_time: Text<'a>,
    occurrence_period: Option<Object<Span<'a>>>,
    authored_on: Text<'a>,
    requester: Option<Object<Reference<'a>>>,
}

fields!(ServiceRequest {
    b"meta": meta,
    b"extension": extension,
    b"basedOn": based_on,
    b"status": status,
    b"intent": intent,
    b"code": code,
    b"subject": subject,
    b"occurrenceDateTime": occurrence_date_time,
    b"occurrencePeriod": occurrence_period,
    b"authoredOn": authored_on,
    b"requester": requester,
});

#[derive(Debug, Default)]
struct Extension<'a> {
    url: Text<'a>,
    extension: List<Part<'a>>,
}

fields!(Extension { b"url": url, b"extension": extension });

#[derive(Debug, Default)]
struct Part<'a> {
    url: Text<'a>,
    value_quantity: Option<Object<Quantity<'a>>>,
    value_codeable_concept: Option<Object<Concept<'a>>>,
}

fields!(Part {
    b"url": url,
    b"valueQuantity": value_quantity,
    b"valueCodeableConcept": value_codeable_concept,
});

impl<'a> Extension<'a> {
    fn part(&self, name: &str) -> Option<&Part<'a>> {
        self.extension.iter().find(|part| part.url.filled() == Some(name))
    }

    /// As of a reading's referenceRange: without a type it is a general range and no limit of this patient's.
    fn severity(&self) -> Option<Severity> {
        let Some(kind) = self.part("type") else {
            return Some(Severity::Standard);
        };
        let concept = kind.value_codeable_concept.as_deref()?;
        codes::agreed(concept.coding.iter())
    }

    fn bound(&self, name: &str) -> Option<&Quantity<'a>> {
        self.part(name)?.value_quantity.as_deref()
    }
}

impl ServiceRequest<'_> {
    /// Only what is active is in force, and what is more than a suggestion.
    fn standing(&self) -> Standing {
        match (self.status.filled(), self.intent.filled()) {
            (Some("entered-in-error"), _) => Standing::Error,
            (_, Some("proposal" | "option")) => Standing::Ended,
            (None | Some("active"), _) => Standing::InForce,
            _ => Standing::Ended,
        }
    }

    /// True if it belongs to the plan of this id, or to none in particular.
    fn is_of(&self, plan: &str) -> bool {
        let based_on = self.based_on.iter().filter_map(Reference::target);
        let mut plans = based_on.filter(|(kind, _)| *kind == "CarePlan").peekable();
        plans.peek().is_none() || plans.any(|(_, id)| id == plan)
    }

    /// When it is meant to be done, but not before it was written: nothing earlier was classed by it.
    fn started(&self) -> Option<i64> {
        let period = self.occurrence_period.as_deref();
        let occurrence =
            instant(&self.occurrence_date_time).or_else(|| period.and_then(|period| instant(&period.start)));
        instant(&self.authored_on).max(occurrence)
    }
}

fn instant(text: &Text<'_>) -> Option<i64> {
    let time = ClinicalTime::parse(text.filled()?).ok()?;
    Some(time.start_ms())
}

/// Reads one version of a request; `None` if it sets no limits in the plan of this id, cannot be read, or is another
/// patient's.
pub(crate) fn read(
    sent: &RawResource<'_>,
    patient: &str,
    plan: &str,
    interner: &mut Interner,
    findings: &mut Vec<Finding>,
) -> Option<LimitVersion> {
    let name = format!("ServiceRequest/{}", sent.id);
    let mut report = |kind| findings.push(finding(kind, &name, ""));
    let Some(request) = json::read::<ServiceRequest<'_>>(sent.json) else {
        report(FindingKind::PlanUnreadable);
        return None;
    };
    let subject = request.subject.as_deref();
    if subject.is_some_and(|subject| !subject.may_be_patient(patient)) {
        report(FindingKind::PlanOfOtherPatient);
        return None;
    }
    let ranges = request.extension.iter();
    let mut ranges = ranges
        .filter(|extension| extension.url.filled() == Some(REFERENCE_RANGE))
        .peekable();
    if ranges.peek().is_none() || !request.is_of(plan) {
        return None;
    }
    let standing = request.standing();
    let mut sets = LimitSets::default();
    if standing == Standing::InForce {
        for range in ranges {
            let ends = [range.bound("low"), range.bound("high")];
            sets.add(
                request.code.as_deref(),
                range.severity(),
                ends,
                interner,
                &mut report,
            );
        }
    }
    let mut limits = sets.finish(interner, &mut report);
    limits.retain(|(_, _, set)| set.is_personal());
    let meta = request.meta.as_deref();
    let requester = request.requester.as_deref();
    Some(LimitVersion {
        version: meta.and_then(|meta| meta.version_id.filled()).map(Box::from),
        updated: meta.and_then(|meta| instant(&meta.last_updated)),
        started: request.started(),
        status_since: None,
        standing,
        author: requester.and_then(|by| by.display.filled()).map(Into::into),
        among_all: sent.among_all_versions,
        limits,
    })
}

#[cfg(test)]
mod tests;
