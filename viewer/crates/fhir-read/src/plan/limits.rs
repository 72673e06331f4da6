//! The limits of one plan from everything that sets them: its goals, and requests for measurements. What one of
//! them says is read in `goal` and `service_request`.

use chart_model::{Finding, FindingKind};

use crate::bundle::RawResource;
use crate::intern::Interner;
use crate::limit_version::{Span, spans};
use crate::resource::finding;
use crate::{goal, service_request};

/// What reading the limits of one plan takes.
pub(super) struct Limits<'a> {
    pub(super) patient: &'a str,
    /// Id of the CarePlan.
    pub(super) plan: &'a str,
    /// Names of references.
    pub(super) names: Vec<(&'a str, &'a str)>,
    pub(super) resources: &'a [RawResource<'a>],
    pub(super) interner: Interner,
    pub(super) findings: Vec<Finding>,
}

impl<'a> Limits<'a> {
    fn versions(&self, kind: &str, id: &str) -> impl Iterator<Item = &'a RawResource<'a>> {
        let resources = self.resources.iter();
        resources.filter(move |resource| resource.kind == kind && resource.id == id)
    }

    pub(super) fn is_there(&self, kind: &str, id: &str) -> bool {
        self.versions(kind, id).next().is_some()
    }

    /// The limits of one resource through its versions. What is wrong in several of them is said once.
    pub(super) fn spans(&mut self, kind: &str, id: &str) -> Vec<Span> {
        let mut findings = Vec::new();
        let mut read = Vec::new();
        let versions: Vec<_> = self.versions(kind, id).collect();
        for sent in versions {
            read.extend(if kind == "Goal" {
                goal::read(sent, self.patient, &self.names, &mut self.interner, &mut findings)
            } else {
                service_request::read(sent, self.patient, self.plan, &mut self.interner, &mut findings)
            });
        }
        for found in findings {
            if !self.findings.contains(&found) {
                self.findings.push(found);
            }
        }
        spans(read)
    }

    /// Ids of the resources of a kind, beside those that are known.
    fn others(&self, kind: &str, known: &[&str]) -> Vec<&'a str> {
        let mut ids: Vec<&str> = Vec::new();
        for resource in self.resources.iter().filter(|resource| resource.kind == kind) {
            let id = resource.id.as_str();
            if !known.contains(&id) && !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// The limits of goals that the plan names no longer, as far as they have ended: they held in their time.
    pub(super) fn ended(&mut self, named_by_plan: &[&str]) -> Vec<Span> {
        let mut ended = Vec::new();
        for goal in self.others("Goal", named_by_plan) {
            let spans = self.spans("Goal", goal);
            if spans.iter().all(|span| span.to < i64::MAX) {
                ended.extend(spans);
            }
        }
        ended
    }

    /// The limits of requests, for numbers that no goal limits now.
    pub(super) fn requested(&mut self, of_goals: &[Span]) -> Vec<Span> {
        let mut requested = Vec::new();
        for request in self.others("ServiceRequest", &[]) {
            requested.extend(self.spans("ServiceRequest", request));
        }
        let is_set = |span: &Span| {
            of_goals
                .iter()
                .any(|goal| goal.is_open() && goal.is_of_number(span))
        };
        requested.retain(|span| !is_set(span));
        requested
    }

    /// Says of each number that several resources limit now that the newest was taken.
    pub(super) fn report_conflicts(&mut self, spans: &[Span]) {
        let plan = format!("CarePlan/{}", self.plan);
        for (index, span) in spans.iter().enumerate().filter(|(_, span)| span.is_open()) {
            let mut before = spans.iter().take(index).filter(|other| other.is_open());
            if before.any(|other| other.is_of_number(span)) {
                self.findings
                    .push(finding(FindingKind::PlanConflict, &plan, &span.parameter.id()));
            }
        }
    }
}
