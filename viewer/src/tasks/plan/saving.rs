//! What happens when the doctor saves, step by step, whatever the source does: nobody's words are overwritten
//! unseen, and what is said to be saved has been read back.
//!
//! Before writing, the plan is read again: not every server honours `If-Match`. After a conflict, and where no answer
//! came, it is read again too: what stands there says whether it was saved after all.

use std::rc::Rc;

use chart_model::care_plan::{CarePlan, Draft, EndState, Place, Review, aligned, compare};

use super::repository::{NotSaved, Note, PlanReading, PlanRepository};
use crate::state::plan::{PlanVersion, SaveProblem, SaveProblemKind};
use crate::state::{DeskAction, Problem, ProblemKind};

/// What follows for the desk, in order.
pub(super) type Consequences = Vec<DeskAction>;

/// Saves a draft as the plan's next version.
pub(super) async fn save(plans: &dyn PlanRepository, draft: &Draft, note: &Note) -> Consequences {
    let edited = draft.edited();
    match attempt(plans, draft.base(), &edited, note).await {
        Attempt::Done {
            reading,
            current,
            differs,
            problem,
        } => {
            let saved = DeskAction::Saved { current, differs };
            let proposals = DeskAction::Proposals(reading.proposals);
            let failed = problem.map(DeskAction::SaveFailed);
            [saved, proposals].into_iter().chain(failed).collect()
        }
        Attempt::Overtaken { current, problem } => {
            let failed = problem.map(DeskAction::SaveFailed);
            let overtaken = DeskAction::Overtaken(as_from(draft.base(), &current));
            std::iter::once(overtaken).chain(failed).collect()
        }
        Attempt::Failed(problem) => vec![DeskAction::SaveFailed(problem)],
    }
}

/// Keeps a draft as a suggestion.
pub(super) async fn suggest(plans: &dyn PlanRepository, draft: &Draft, note: &Note) -> Consequences {
    let reading = match plans.read().await {
        Ok(reading) => reading,
        Err(problem) => return vec![failed(SaveProblemKind::NotSaved, problem)],
    };
    let Some(current) = reading.current else {
        return vec![DeskAction::SaveFailed(told(NotSaved::NoVersion))];
    };
    if is_another(draft.base(), &current) {
        return vec![DeskAction::Overtaken(as_from(draft.base(), &current))];
    }
    let edited = aligned(&current.plan, draft.edited());
    let known: Vec<Rc<str>> = reading.proposals.into_iter().map(|(id, ..)| id).collect();
    let outcome = plans.suggest(&edited, note).await;
    let unanswered = match outcome {
        Ok(()) => None,
        Err(NotSaved::Unanswered(problem)) => Some(problem),
        Err(not_saved) => return vec![DeskAction::SaveFailed(told(not_saved))],
    };
    let reading = match plans.read().await {
        Ok(reading) => reading,
        Err(problem) => return vec![failed(SaveProblemKind::NotKnown, unanswered.unwrap_or(problem))],
    };
    let mut new = reading
        .proposals
        .iter()
        .rev()
        .filter(|(id, ..)| !known.contains(id));
    let Some((id, _, proposal)) = new.next() else {
        let kind = match unanswered {
            Some(_) => SaveProblemKind::NotSaved,
            None => SaveProblemKind::NotKnown,
        };
        return vec![DeskAction::SaveFailed(SaveProblem {
            kind,
            problem: unanswered,
        })];
    };
    let suggested = DeskAction::Suggested {
        id: Rc::clone(id),
        differs: !compare(&edited, &proposal.plan).is_empty(),
    };
    vec![
        DeskAction::Current(reading.current.clone()),
        DeskAction::Proposals(reading.proposals),
        suggested,
    ]
}

/// Saves what was accepted of a suggestion, then records what became of it. A draft on the desk is left alone.
pub(super) async fn decide(
    plans: &dyn PlanRepository,
    id: &str,
    review: &Review,
    note: &Note,
) -> Consequences {
    let Some(end) = review.end_state() else {
        return Vec::new();
    };
    let mut differs = false;
    if end != EndState::Rejected && review.plan() != review.current {
        let edited = review.plan().tidied(&review.current);
        match attempt(plans, &review.current, &edited, note).await {
            Attempt::Done {
                differs: otherwise,
                problem: None,
                ..
            } => differs = otherwise,
            Attempt::Done {
                current,
                problem: Some(problem),
                ..
            } => {
                return vec![
                    DeskAction::Current(Some(current)),
                    DeskAction::SaveFailed(problem),
                ];
            }
            // Shown on the newer plan, with what is decided already; to be looked at again.
            Attempt::Overtaken { current, problem } => {
                let problem = problem.unwrap_or(told(NotSaved::Overtaken));
                return vec![
                    DeskAction::Current(Some(current)),
                    DeskAction::SaveFailed(problem),
                ];
            }
            Attempt::Failed(problem) => return vec![DeskAction::SaveFailed(problem)],
        }
    }
    let concluded = plans.conclude(id, end, note).await;
    let reading = match plans.read().await {
        Ok(reading) => reading,
        Err(problem) => return vec![failed(SaveProblemKind::NotKnown, problem)],
    };
    let is_left = reading.proposals.iter().any(|(left, ..)| **left == *id);
    let problem = match concluded {
        Ok(()) => None,
        Err(not_saved) if is_left => Some(SaveProblem {
            kind: SaveProblemKind::NotRecorded,
            ..told(not_saved)
        }),
        // It is decided: by this after all, or by somebody else at the same time.
        Err(_) => None,
    };
    let decided = reading
        .current
        .map(|current| DeskAction::Decided { current, differs });
    let proposals = DeskAction::Proposals(reading.proposals);
    decided
        .into_iter()
        .chain([proposals])
        .chain(problem.map(DeskAction::SaveFailed))
        .collect()
}

/// How an attempt at saving ended.
enum Attempt {
    /// It is in force, as read back.
    Done {
        reading: PlanReading,
        current: Rc<PlanVersion>,
        differs: bool,
        problem: Option<SaveProblem>,
    },
    /// Something else is in force.
    Overtaken {
        current: Rc<PlanVersion>,
        problem: Option<SaveProblem>,
    },
    Failed(SaveProblem),
}

async fn attempt(plans: &dyn PlanRepository, base: &CarePlan, edited: &CarePlan, note: &Note) -> Attempt {
    let reading = match plans.read().await {
        Ok(reading) => reading,
        Err(problem) => return Attempt::Failed(told(NotSaved::Refused(problem))),
    };
    let before = reading.current.clone();
    let mut edited = match &before {
        Some(before) => aligned(&before.plan, edited.clone()),
        // The patient's first plan.
        None if base.entries().is_empty() => edited.clone(),
        None => return Attempt::Failed(told(NotSaved::NoVersion)),
    };
    if let Some(current) = before.clone().filter(|before| is_another(base, before)) {
        // It may be this very save, of which no answer came.
        return if compare(&edited, &current.plan).is_empty() {
            Attempt::Done {
                reading,
                current,
                differs: false,
                problem: None,
            }
        } else {
            Attempt::Overtaken {
                current,
                problem: None,
            }
        };
    }
    let outcome = plans.save(&edited, note).await;
    let problem = match &outcome {
        Ok(()) | Err(NotSaved::Overtaken) => None,
        Err(NotSaved::Unanswered(problem) | NotSaved::Partly(problem) | NotSaved::NotRecorded(problem)) => {
            Some(Rc::clone(problem))
        }
        Err(refused) => return Attempt::Failed(told(refused.clone())),
    };
    let reading = match plans.read().await {
        Ok(reading) => reading,
        Err(unread) => {
            return Attempt::Failed(SaveProblem {
                kind: SaveProblemKind::NotKnown,
                problem: problem.or(Some(unread)),
            });
        }
    };
    let Some(current) = reading.current.clone() else {
        let kind = match (&outcome, &before) {
            // It never arrived: there is still no plan.
            (Err(NotSaved::Overtaken | NotSaved::Unanswered(_)), None) => SaveProblemKind::NotSaved,
            _ => SaveProblemKind::NotKnown,
        };
        return Attempt::Failed(SaveProblem { kind, problem });
    };
    if before.is_none() && edited.follow_up().is_none() {
        // The period of follow-up says it, which was there before the plan.
        let follow_up = current.plan.get(&Place::FollowUp).cloned();
        edited.set(Place::FollowUp, follow_up);
    }
    // What no string may hold is not written, also where nobody has touched it.
    let cleaned = |plan: &CarePlan| plan.clone().tidied(&CarePlan::default());
    let differs = !compare(&cleaned(&edited), &cleaned(&current.plan)).is_empty();
    let problem = |kind| SaveProblem {
        kind,
        problem: problem.clone(),
    };
    let is_as_before = before.as_ref().map(|before| &before.version.id) == Some(&current.version.id);
    match outcome {
        // It said that it was done, and nothing is: the draft is all there is of it.
        Ok(()) if differs && is_as_before => Attempt::Failed(problem(SaveProblemKind::NotSaved)),
        Ok(()) => Attempt::Done {
            reading,
            current,
            differs,
            problem: None,
        },
        Err(NotSaved::NotRecorded(_)) => Attempt::Done {
            reading,
            current,
            differs,
            problem: Some(problem(SaveProblemKind::NotRecorded)),
        },
        Err(NotSaved::Overtaken | NotSaved::Unanswered(_)) if !differs => Attempt::Done {
            reading,
            current,
            differs: false,
            problem: None,
        },
        // It said that somebody else had saved, or nothing, and all is as it was.
        Err(NotSaved::Overtaken | NotSaved::Unanswered(_)) if is_as_before => {
            Attempt::Failed(problem(SaveProblemKind::NotSaved))
        }
        Err(NotSaved::Partly(_)) => Attempt::Overtaken {
            current,
            problem: Some(problem(SaveProblemKind::NotSaved)),
        },
        Err(_) => Attempt::Overtaken {
            current,
            problem: None,
        },
    }
}

/// It says something else than the plan that the editing began from.
fn is_another(base: &CarePlan, current: &PlanVersion) -> bool {
    aligned(base, (*current.plan).clone()) != *base
}

/// A version with the keys of the plan that the draft began from, where its source gives items no lasting ones.
fn as_from(base: &CarePlan, current: &PlanVersion) -> Rc<PlanVersion> {
    Rc::new(PlanVersion {
        version: current.version.clone(),
        plan: Rc::new(aligned(base, (*current.plan).clone())),
    })
}

fn told(not_saved: NotSaved) -> SaveProblem {
    let (kind, problem) = match not_saved {
        NotSaved::NoVersion => (SaveProblemKind::NoVersion, None),
        NotSaved::Overtaken => (SaveProblemKind::NotSaved, None),
        NotSaved::Unanswered(problem) => (SaveProblemKind::NotKnown, Some(problem)),
        NotSaved::NotRecorded(problem) => (SaveProblemKind::NotRecorded, Some(problem)),
        NotSaved::Refused(problem) | NotSaved::Partly(problem) => {
            let kind = if problem.kind == ProblemKind::Unauthorized {
                SaveProblemKind::SessionOver
            } else {
                SaveProblemKind::NotSaved
            };
            (kind, Some(problem))
        }
    };
    SaveProblem { kind, problem }
}

fn failed(kind: SaveProblemKind, problem: Rc<Problem>) -> DeskAction {
    let kind = match problem.kind {
        ProblemKind::Unauthorized => SaveProblemKind::SessionOver,
        _ => kind,
    };
    DeskAction::SaveFailed(SaveProblem {
        kind,
        problem: Some(problem),
    })
}
