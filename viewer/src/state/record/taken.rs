//! Takes down what is on the screen: what the document for the journal is made of.

use std::rc::Rc;

use chart_model::Parameter;
use chart_model::care_plan::Author;
use chart_model::record::{Beside, Identity, Made, PlanStamp, Record, SourceStamp};

use super::Draft;
use crate::state::{Row, SourceState, Stand, State, Topic, rows};

impl State {
    /// What is on the screen now.
    pub(super) fn draft(&self) -> Option<Rc<Draft>> {
        let period = self.period?;
        let rows = rows(self);
        let incomplete = rows.iter().filter(|row| row.problem.is_some());
        let made = Made {
            patient: self.identity(),
            not_understood: self.not_understood(),
            not_shown: self.not_shown(),
            beside: self.beside(),
            incomplete: incomplete.map(|row| row.parameter.clone()).collect(),
            sources: self.source_stamps(&rows),
            plan: self.plan.as_deref().map(PlanStamp::of),
            by: self.author(),
            at: self.now,
        };
        let series = rows.into_iter().map(|row| row.series).collect();
        let record = Record::new(series, period, made);
        Some(Rc::new(Draft {
            fingerprint: record.fingerprint().into(),
            record,
            choice: self.choice,
            lang: self.lang,
        }))
    }

    fn identity(&self) -> Identity {
        let Some(patient) = self.patient.as_deref() else {
            return Identity::default();
        };
        // A number that cannot be right identifies nobody.
        let number = patient.national_ids.iter().find(|id| id.checks);
        Identity {
            id: patient.id.as_str().into(),
            name: patient.name.as_deref().unwrap_or_default().into(),
            born: patient.birth.clone(),
            number: number.map_or("", |id| &id.number).into(),
        }
    }

    fn author(&self) -> Author {
        let name = match &self.user {
            Some(Ok(user)) => user.name.clone(),
            _ => None,
        };
        Author {
            name: name.unwrap_or_default(),
            ..Author::default()
        }
    }

    fn not_understood(&self) -> usize {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.kind.replaces_reading()).count()
    }

    /// Parameters with readings in the period that the doctor has hidden.
    fn not_shown(&self) -> Vec<Parameter> {
        let Some(period) = self.period else {
            return Vec::new();
        };
        let is_left_out = |parameter: &Parameter| {
            let mut readings = self
                .readings
                .get(parameter)
                .into_iter()
                .flat_map(|all| all.iter());
            !self.arrangement.shows(&parameter.id())
                && readings.any(|reading| period.contains(reading.time.axis_ms()))
        };
        let parameters = self.readings.keys();
        parameters
            .filter(|parameter| is_left_out(parameter))
            .cloned()
            .collect()
    }

    /// The words of the plan, and what was opened.
    pub(super) fn beside(&self) -> Vec<Beside> {
        let is_open = |topic| self.on_demand.is_open(topic);
        let parts = [
            (Beside::Plan, self.plan.is_some()),
            (Beside::Questionnaires, is_open(Topic::Questionnaires)),
            (Beside::Notes, is_open(Topic::Notes)),
            (
                Beside::Events,
                self.on_demand.open.iter().any(|topic| topic.is_on_axis()),
            ),
            (Beside::FollowUp, is_open(Topic::FollowUp)),
        ];
        let parts = parts.into_iter().filter(|(_, is_there)| *is_there);
        parts.map(|(part, _)| part).collect()
    }

    /// Where there is only the launch's own server, those that the readings themselves name.
    fn source_stamps(&self, rows: &[Row]) -> Vec<SourceStamp> {
        if !self.sources.is_empty() {
            let stamp = |source: &SourceState| SourceStamp {
                name: Rc::clone(&source.name),
                fetched: source.fetched_at.filter(|_| source.stand == Stand::Here),
            };
            // Where the patient is not known, nothing of his is missing.
            let sources = self.sources.iter();
            let sources = sources.filter(|source| source.stand != Stand::UnknownPatient);
            return sources.map(stamp).collect();
        }
        let mut stamps: Vec<SourceStamp> = Vec::new();
        let points = rows
            .iter()
            .flat_map(|row| row.series.points.iter().chain(&row.series.implausible));
        for name in points.flat_map(|point| &point.reading.sources) {
            if stamps.iter().all(|stamp| stamp.name != *name) {
                stamps.push(SourceStamp {
                    name: Rc::clone(name),
                    fetched: self.fetched_at,
                });
            }
        }
        stamps
    }
}
