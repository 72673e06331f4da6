//! The table of screens of writing: the editor, what will be saved, clashes, decisions, limits.

use std::rc::Rc;

use chart_model::Decimal;
use chart_model::Known;
use chart_model::care_plan::{
    Area, Choice, Contact, Decision, LimitSet, List, Locks, Place, PlanZone, Value,
};

use smart_launch::User;

use super::entry::{Entry, screen};
use super::made_up_plan::{activity, versions};
use super::plans::{at, desk, suggestion};
use super::scenes::{parameter, problem, then};
use crate::state::plan::{PlanPage, PlanVersion, SaveProblem, SaveProblemKind};
use crate::state::{Action, Closing, DeskAction, PlanCommand, ProblemKind, Role, State};

const CLOSED: PlanPage = PlanPage::Closed;

/// See the module.
#[rustfmt::skip]
pub(super) static EDIT_SCREENS: &[Entry] = &[
    screen("plan-edit", "Editor: untouched", "A field for each text, limits among them; undo and redo have nothing to do.", || edited(Role::Editor, [])),
    screen("plan-edit-changed", "Editor: being written", "Below each field what was changed; what was taken out can be put back; a phone number to put right.", || edited(Role::Editor, changes().into_iter().chain([bad_phone()]))),
    screen("plan-edit-all", "Editor: all areas", "Areas that nothing is written of, and what holds in every zone.", || edited(Role::Editor, [])).pressed("[data-testid=plan-all-areas]"),
    screen("plan-edit-discard", "Editor: throw it away?", "Asked first.", || edited(Role::Editor, changes())).pressed("[data-testid=plan-discard]"),
    screen("plan-review", "Review: an editor", "Exactly what will be saved, place by place; why; save or suggest.", || reviewed(Role::Editor)),
    screen("plan-review-suggest", "Review: who may only suggest", "Only 'Suggest'.", || reviewed(Role::Suggester)),
    screen("plan-review-invalid", "Review: something to put right", "Saving is refused, and said why.", || edited(Role::Editor, [bad_phone(), PlanCommand::Review])),
    screen("plan-saving", "Review: being saved", "Said in words; nothing can be pressed twice.", || Some(desk(reviewed(Role::Editor)?, [DeskAction::Saving]))),
    screen("plan-save-failed", "Review: refused by the server", "Its own words; the draft is still there.", || failed(SaveProblemKind::NotSaved, Some(ProblemKind::Server))),
    screen("plan-save-unknown", "Review: no answer", "Not claimed to be saved or not; the plan can be fetched anew.", || failed(SaveProblemKind::NotKnown, Some(ProblemKind::Network))),
    screen("plan-save-no-version", "Review: no version to save on", "Nothing is overwritten.", || failed(SaveProblemKind::NoVersion, None)),
    screen("plan-merge", "Clash: somebody saved first", "How it was, mine and theirs; what merged by itself.", clash),
    screen("plan-merge-own", "Clash: own text", "A field that begins with mine.", || Some(desk(clash()?, [asked(PlanCommand::Choose(0, Choice::Other(Some(Value::text("Ta to tabletter prednisolon 20 mg daglig i 6 dager.")))))]))),
    screen("plan-decide", "Decision: a suggestion", "Each change with accept and reject; undecided ones are counted.", || Some(desk(at(Role::Editor, PlanPage::Deciding(0))?, [suggestion()]))),
    screen("plan-decided", "Decision: made", "What was pressed is seen; it can be saved.", decided),
    screen("plan-saved", "Saved", "As which version, and the way to its changes.", || saved(false)),
    screen("plan-saved-differs", "Saved, but the source kept something else", "Said, not hidden.", || saved(true)),
    screen("plan-suggested", "Suggestion saved", "And that it does not hold yet.", || Some(desk(edited(Role::Suggester, changes())?, [DeskAction::Suggested { id: "s2".into(), differs: false }]))),
    screen("plan-unsaved", "A draft waits", "How many changes, and the way on.", || edited(Role::Editor, changes().into_iter().chain([PlanCommand::Close]))),
    screen("plan-merged", "Review: merged with another's save", "Nothing clashed: said who saved, and reviewed again.", merged),
    screen("limits-editor", "Limits: beside the chart", "Four fields, what they mean, their effect on the period; dashed in the chart.", || with_limits([Some(80), Some(86), None, None])),
    screen("limits-locked", "Limits: they come from a request", "Only read, and why; in the editor and beside the chart.", || locked(requested(), CLOSED)),
    screen("plan-locked", "Editor: parts that are only read", "A zone in an older form, limits from a request, a team by its name: shown, with the reason.", || locked(requested(), PlanPage::Editing)),
    screen("plan-locked-nhn", "Editor: a source with room for zones only", "No fields for what cannot be kept there, and said why.", || locked(Locks { zones_only: true, ..Locks::default() }, PlanPage::Editing)),
    screen("draft-kept", "Another patient, and a draft", "Nothing of the first patient is left; that the text is kept, and how to get back to it.", || Some(then(edited(Role::Editor, changes())?, [Action::OtherPatient]))),
    screen("draft-expired", "The session is over, and a draft", "The text is still there; how it is saved.", || Some(then(edited(Role::Editor, changes())?, [Action::LoggedOut]))),
    screen("draft-closing", "Closing with a draft", "Asked first.", || Some(then(edited(Role::Editor, changes())?, [Action::JournalListens, Action::Closing(Closing::Asked)]))),
    screen("limits-editor-wrong", "Limits: in the wrong order", "Said at the field.", || with_limits([Some(90), Some(88), None, Some(120)])),
];

const fn asked(command: PlanCommand) -> DeskAction {
    DeskAction::Asked(command)
}

fn edited(role: Role, commands: impl IntoIterator<Item = PlanCommand>) -> Option<State> {
    let commands = [PlanCommand::Edit].into_iter().chain(commands);
    Some(desk(at(role, CLOSED)?, commands.map(asked)))
}

fn text(place: Place, text: &str) -> PlanCommand {
    PlanCommand::Set(place, Some(Value::text(text)))
}

fn limits(bounds: [Option<i64>; 4]) -> PlanCommand {
    let bounds = bounds.map(|bound| Some(Decimal::new(bound?, 0)));
    PlanCommand::Set(
        Place::Limits(Known::Spo2.into(), 0),
        Some(Value::Limits(LimitSet::of(bounds))),
    )
}

fn changes() -> [PlanCommand; 6] {
    [
        text(
            activity(PlanZone::Yellow, Area::Medication, "a1"),
            "Ta to tabletter prednisolon 20 mg daglig i 5 dager. Ring hvis du ikke er bedre etter to dager.",
        ),
        text(
            activity(PlanZone::Yellow, Area::Diet, "new1"),
            "Spis det du har lyst på.",
        ),
        PlanCommand::Set(activity(PlanZone::Yellow, Area::Medication, "a2"), None),
        PlanCommand::Set(
            Place::Order(List::Goals),
            Some(Value::Order(vec!["g4".into(), "g1".into()])),
        ),
        limits([Some(82), Some(87), None, None]),
        PlanCommand::Comment("Tåler kortere kur.".to_owned()),
    ]
}

fn bad_phone() -> PlanCommand {
    let contact = Contact {
        name: "Anne Berg".to_owned(),
        phone: "sentralbordet".to_owned(),
        ..Contact::default()
    };
    PlanCommand::Set(Place::Contact("c1".into()), Some(Value::Contact(contact)))
}

fn reviewed(role: Role) -> Option<State> {
    let state = edited(role, changes().into_iter().chain([PlanCommand::Review]))?;
    let user = User {
        subject: "u1".to_owned(),
        fhir_user: None,
        name: Some("Ida Nes".to_owned()),
    };
    Some(then(state, [Action::User(Ok(Rc::new(user)))]))
}

fn failed(kind: SaveProblemKind, why: Option<ProblemKind>) -> Option<State> {
    let problem = SaveProblem {
        kind,
        problem: why.map(problem),
    };
    Some(desk(reviewed(Role::Editor)?, [DeskAction::SaveFailed(problem)]))
}

/// The version that somebody else saved while the draft was written, or that the draft became.
fn next(differ: impl FnOnce(&mut chart_model::care_plan::CarePlan)) -> Option<Rc<PlanVersion>> {
    let mut next = versions().into_iter().next()?;
    next.version.id = "6".into();
    differ(Rc::make_mut(&mut next.plan));
    Some(Rc::new(next))
}

/// Parts of the plan can only be read, at a page.
fn locked(locks: Locks, page: PlanPage) -> Option<State> {
    let source = DeskAction::Source {
        takes_suggestions: !locks.zones_only,
        locks: Rc::new(locks),
        recorded: Rc::default(),
    };
    let begin = (page == PlanPage::Editing).then_some(asked(PlanCommand::Edit));
    Some(desk(at(Role::Editor, CLOSED)?, [source].into_iter().chain(begin)))
}

fn requested() -> Locks {
    Locks {
        zones: vec![PlanZone::Red],
        requested: vec![(Known::Spo2.into(), 0)],
        names: vec!["c2".into()],
        zones_only: false,
    }
}

fn clash() -> Option<State> {
    let theirs = next(|plan| {
        let place = activity(PlanZone::Yellow, Area::Medication, "a1");
        let words =
            "Ta to tabletter prednisolon 20 mg daglig i 10 dager. Ring hvis du ikke er bedre etter to dager.";
        plan.set(place, Some(Value::text(words)));
        plan.set(
            activity(PlanZone::Green, Area::Medication, "m2"),
            Some(Value::text("Ventoline ved behov, inntil fire ganger.")),
        );
    })?;
    Some(desk(reviewed(Role::Editor)?, [DeskAction::Overtaken(theirs)]))
}

fn merged() -> Option<State> {
    let theirs = next(|plan| plan.set(Place::Goal("g9".into()), Some(Value::text("Svømme"))))?;
    Some(desk(reviewed(Role::Editor)?, [DeskAction::Overtaken(theirs)]))
}

fn decided() -> Option<State> {
    let state = desk(at(Role::Editor, PlanPage::Deciding(0))?, [suggestion()]);
    let places: Vec<Place> = state
        .desk
        .proposals
        .iter()
        .flat_map(|stored| &stored.review.proposed)
        .map(|proposed| proposed.change.place.clone())
        .collect();
    let decide = |(at, place): (usize, Place)| {
        let decision = Some(if at == 0 {
            Decision::Rejected
        } else {
            Decision::Accepted
        });
        asked(PlanCommand::Decide {
            proposal: 0,
            place,
            decision,
        })
    };
    Some(desk(state, places.into_iter().enumerate().map(decide)))
}

fn saved(differs: bool) -> Option<State> {
    let current = next(|_| {})?;
    Some(desk(
        reviewed(Role::Editor)?,
        [DeskAction::Saved { current, differs }],
    ))
}

/// With the chart open where there is little room.
fn with_limits(bounds: [Option<i64>; 4]) -> Option<State> {
    let state = desk(at(Role::Editor, CLOSED)?, [asked(limits(bounds))]);
    let spo2 = parameter(&state, "spo2")?;
    Some(then(state, [Action::Toggle(spo2)]))
}
