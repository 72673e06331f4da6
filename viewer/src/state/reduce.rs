//! How the [`State`] changes: one pure step per [`Action`].

use std::rc::Rc;

use chart_model::Parameter;
use chart_model::accept::latest;

use super::{
    Action, ChunkFetch, Closing, DeskAction, Fetch, KeptDesk, Opening, Pace, Part, Phase, Problem,
    ProblemKind, State,
};

impl State {
    /// The state at a later moment, epoch milliseconds: ages are counted from there. Rows change only where
    /// a reading has become overdue, or is no longer.
    #[must_use]
    pub(crate) fn at(mut self, now: i64) -> Self {
        let before = self.overdue();
        self.now = now;
        if self.overdue() != before {
            self.revision += 1;
        }
        self
    }

    /// The state after an action.
    #[must_use]
    pub(crate) fn reduce(self, action: Action) -> Self {
        let was_busy = self.is_busy();
        let begins = matches!(action, Action::Started(_) | Action::Refreshing { .. });
        let mut next = self.step(action);
        if !next.is_busy() {
            next.pace = Pace::Quick;
        } else if begins || !was_busy {
            next.pace = Pace::Quick;
            next.waits += 1;
        }
        next.settle_order();
        next
    }

    fn step(mut self, action: Action) -> Self {
        if action.changes_rows() {
            self.revision += 1;
        }
        match action {
            Action::AskSignIn(asks) => self.asks_sign_in = asks,
            Action::LaunchFailed(error) => return self.cleared(Phase::Failed(error)),
            Action::OtherPatient => return self.cleared(Phase::Blanked),
            Action::Started(opening) => return self.opened(opening),
            // After the session's end there is nobody to ask.
            Action::Refreshing { .. } if !matches!(self.phase, Phase::Loading | Phase::Ready) => {}
            Action::Refreshing { period } => {
                self.period = Some(period);
                self.compared = None;
                self.phase = Phase::Loading;
                for part in [Part::Patient, Part::Latest, Part::Period, Part::Plan] {
                    *self.fetch(part) = Fetch::Waiting;
                }
            }
            Action::Retrying(part) => *self.fetch(part) = Fetch::Waiting,
            Action::RetryingParameter(parameter) => self.awaited.push(parameter),
            Action::JournalListens => self.closable = true,
            // Nobody is left to whom what is kept could be shown.
            Action::LoggedOut if matches!(self.phase, Phase::Blanked) => self.kept = None,
            Action::LoggedOut => self.phase = Phase::Expired,
            Action::SignedInAgain => {
                if matches!(self.phase, Phase::Expired) {
                    self.phase = Phase::Ready;
                }
            }
            Action::Closing(closing) => self.closing = closing,
            Action::User(user) => {
                self.user = Some(user);
                self.awaits_user = false;
            }
            Action::Patient(patient) => self.patient = Some(patient),
            Action::Readings {
                readings,
                excluded,
                findings,
                fetched_at,
            } => {
                self.readings = readings;
                self.excluded = excluded;
                self.findings = findings;
                self.fetched_at = Some(fetched_at);
            }
            Action::Plan(plan) => {
                self.plan = plan;
                // Its fetch may yet turn out to have brought only a part of it.
                self.plan_known = false;
            }
            Action::Desk(action) => self.at_desk(action),
            Action::OnDemand(action) => self.at_on_demand(action),
            Action::Record(action) => self.at_record(action),
            Action::PlanPlace(place) => {
                self.role = place.role;
                self.reads_plan = place.reads_plan;
                self.plan_place = Some(Rc::new(place));
            }
            Action::Sources(sources) => self.sources = sources,
            Action::Enrolled(enrolled) => self.enrolled = Some(enrolled),
            Action::Fetched(part, result) => self.fetched(part, result),
            Action::MissingParameters(missing) => {
                missing.iter().for_each(|(_, problem)| self.heed(problem));
                self.missing_parameters = Rc::new(missing);
            }
            Action::FetchedParameter(parameter, result) => self.fetched_parameter(&parameter, result),
            Action::Waited(pace) => self.pace = pace,
            Action::Complete => {
                if matches!(self.phase, Phase::Loading) {
                    self.phase = Phase::Ready;
                }
            }
            Action::PeriodChosen { period, choice } => {
                self.period = Some(period);
                self.choice = choice;
                self.period_fetch = Fetch::Waiting;
                self.compared = None;
            }
            Action::Compared(compared) => {
                self.compared = compared;
                self.compared_fetch = Fetch::Waiting;
            }
            Action::Toggle(parameter) => {
                self.open = (self.open.as_ref() != Some(&parameter)).then_some(parameter);
            }
            Action::Language(lang) => self.lang = lang,
            Action::Picker(open) => self.picker_open = open,
            Action::Settings(settings) => self.settings = settings,
            Action::Arranged(arrangement) => self.arrangement = arrangement,
            Action::Restyled => self.restyled += 1,
            Action::Offline(offline) => self.offline = offline,
            Action::Chunk(fetch) => {
                self.chunk = fetch;
                self.chunks += u32::from(fetch == ChunkFetch::Here);
            }
        }
        self
    }

    /// Nothing of the patient, nor of the launch, is left to be shown. A draft is put aside.
    fn cleared(self, phase: Phase) -> Self {
        Self {
            phase,
            lang: self.lang,
            now: self.now,
            offline: self.offline,
            restyled: self.restyled,
            waits: self.waits,
            revision: self.revision,
            closable: self.closable,
            kept: self.put_aside(),
            ..Self::default()
        }
    }

    /// What is kept of the desks of patients who are not shown.
    fn put_aside(&self) -> Option<Rc<KeptDesk>> {
        if !self.desk.is_unsaved() {
            return self.kept.clone();
        }
        Some(Rc::new(KeptDesk {
            whose: Rc::clone(&self.whose),
            desk: self.desk.clone(),
        }))
    }

    fn opened(self, opening: Opening) -> Self {
        let mut opened = self.cleared(Phase::Loading);
        let is_back = opened
            .kept
            .as_ref()
            .is_some_and(|kept| kept.whose == opening.whose);
        let desk = opened.kept.take_if(|_| is_back).map(|kept| kept.desk.clone());
        Self {
            period: Some(opening.period),
            choice: opening.choice,
            lang: opening.lang,
            role: opening.role,
            need_banner: opening.need_banner,
            reads_plan: opening.reads_plan,
            awaits_user: opening.awaits_user,
            arrangement: opening.arrangement,
            whose: opening.whose,
            desk: desk.unwrap_or_default(),
            ..opened
        }
    }

    /// Where the view is blank, what was under way at its desk goes on at the one put aside.
    fn at_desk(&mut self, action: DeskAction) {
        if !matches!(self.phase, Phase::Blanked) {
            self.closing = Closing::No;
            self.desk.step(action, self.now);
        } else if let Some(kept) = &mut self.kept {
            Rc::make_mut(kept).desk.step(action, self.now);
            self.kept.take_if(|kept| !kept.desk.is_unsaved());
        }
    }

    fn fetch(&mut self, part: Part) -> &mut Fetch {
        match part {
            Part::Patient => &mut self.patient_fetch,
            Part::Latest => &mut self.latest_fetch,
            Part::Period => &mut self.period_fetch,
            Part::Plan => &mut self.plan_fetch,
            Part::Compared => &mut self.compared_fetch,
        }
    }

    fn fetched(&mut self, part: Part, result: Result<(), Rc<Problem>>) {
        self.plan_known |= part == Part::Plan && result.is_ok();
        *self.fetch(part) = match result {
            Ok(()) => Fetch::Done,
            Err(problem) => {
                self.heed(&problem);
                if part == Part::Patient && problem.kind == ProblemKind::NotFound {
                    self.phase = Phase::PatientFailed(Rc::clone(&problem));
                }
                Fetch::Failed(problem)
            }
        };
    }

    fn fetched_parameter(&mut self, parameter: &Parameter, result: Result<(), Rc<Problem>>) {
        self.awaited.retain(|other| other != parameter);
        let missing = self.missing_parameters.iter();
        let mut missing: Vec<_> = missing.filter(|(other, _)| other != parameter).cloned().collect();
        if let Err(problem) = result {
            self.heed(&problem);
            missing.push((parameter.clone(), problem));
        }
        self.missing_parameters = Rc::new(missing);
    }

    /// One refused token ends the session, whatever was asked for.
    pub(super) fn heed(&mut self, problem: &Problem) {
        if problem.kind == ProblemKind::Unauthorized {
            self.phase = Phase::Expired;
        }
    }

    /// How long each parameter's next reading is overdue, days.
    fn overdue(&self) -> Vec<Option<i64>> {
        let newest = self.readings.iter().filter_map(|(parameter, readings)| {
            let newest = latest(readings)?;
            Some(self.overdue_days(parameter, newest))
        });
        newest.collect()
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
