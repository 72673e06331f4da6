//! Where each source of readings stands. The launch's own server is the first of them, once there are others.

use std::rc::Rc;

use chart_model::ClinicalTime;

use super::{Problem, Role};

/// A source, as the foot of the screen tells of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SourceState {
    /// What people call it.
    pub(crate) name: Rc<str>,
    /// It is asked for readings; another may be for the plan alone.
    pub(crate) has_readings: bool,
    /// Where it stands.
    pub(crate) stand: Stand,
    /// When its newest readings were fetched, epoch milliseconds; stays where a later fetch fails.
    pub(crate) fetched_at: Option<i64>,
    /// When the newest of them was taken that can be right.
    pub(crate) newest: Option<ClinicalTime>,
}

/// Where a source stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Stand {
    /// Being entered, or its readings are on their way.
    #[default]
    Waiting,
    /// What it has of the period is here.
    Here,
    /// It wants to ask who is there: that takes a click.
    AsksUser,
    /// It does not know the patient of the launch.
    UnknownPatient,
    /// This could not be had.
    Failed(Lacking, Rc<Problem>),
}

/// What could not be had of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lacking {
    /// A way in: it gave no token.
    Entry,
    /// By which id it knows the patient.
    Patient,
    /// Anything: who the patient is could not be read where the launch is from, and so nobody was asked for.
    Identity,
    /// All of its readings.
    Readings,
}

impl Stand {
    /// The stable kebab-case name.
    pub(crate) const fn id(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Here => "here",
            Self::AsksUser => "asks-user",
            Self::UnknownPatient => "unknown-patient",
            Self::Failed(..) => "failed",
        }
    }
}

impl SourceState {
    /// Of which nothing is known yet.
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            has_readings: true,
            stand: Stand::Waiting,
            fetched_at: None,
            newest: None,
        }
    }
}

/// Where the plan is, of several places that could have it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanPlace {
    /// What the user may do with it there.
    pub(crate) role: Role,
    /// He may read it there.
    pub(crate) reads_plan: bool,
    /// What people call the place.
    pub(crate) name: Rc<str>,
    /// Places that have a plan as well, which is not shown.
    pub(crate) also: Vec<Rc<str>>,
}
