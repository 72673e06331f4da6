//! The table of whole screens: every state of the app.

use std::rc::Rc;

use chart_model::{Known, Parameter, PeriodChoice};
use fhir_read::PatientRecord;
use smart_launch::{LaunchError, LaunchErrorKind, Step};

use super::entry::{Entry, screen};
use super::patients::Answers;
use super::scenes::{
    all_failed, failed, loading, parameter, period, problem, ready, ready_from, refreshing, then,
};
use crate::state::{
    Action, Arrangement, Density, Lacking, Pace, Part, ProblemKind, Role, Settings, SourceState, Stand, State,
};

/// See the module.
#[rustfmt::skip]
pub(super) static SCREENS: &[Entry] = &[
    screen("launching", "Launching", "A skeleton that has the size of what comes; nothing moves.", || Some(State::default())),
    screen("sign-in", "The journal asks who it is", "One button, and why it is there.", || Some(then(State::default(), [Action::AskSignIn(true)]))),
    screen("loading", "Loading, nothing there yet", "The same skeleton: nothing has moved since launching.", || Some(loading(|_| {}))),
    screen("loading-readings", "Loading, readings there, plan not", "Rows wait until the plan has given them their order.", || half_way("kols", Pace::Quick)),
    screen("slow", "Slow: two seconds", "Rows are shown with what is there; no limit is claimed.", || half_way("kols", Pace::Slow)),
    screen("very-slow", "Very slow: eight seconds, nothing there", "Says that the service is slow, beside the skeleton.", || Some(then(loading(|_| {}), [Action::Waited(Pace::VerySlow)]))),
    screen("very-slow-rows", "Very slow: eight seconds, rows there", "Says so without moving the rows.", || half_way("kols", Pace::VerySlow)),
    screen("ready-kols", "Ready: COPD", "Limits changed twice; a worsening, then nine days in hospital.", || ready("kols")),
    screen("ready-heart-failure", "Ready: heart failure", "Blood pressure is one row and one chart with two lines.", || ready("heart-failure")),
    screen("ready-diabetes", "Ready: diabetes", "Several readings a day.", || ready("diabetes")),
    screen("ready-cgm", "Ready: continuous glucose", "A hundred thousand readings: peaks survive the thinning.", || ready("cgm")),
    screen("ready-messy", "Ready: every oddity", "Many parameters, some without a name of ours; remarks at the end.", || ready("messy")),
    screen("ready-plan-limits", "Ready: limits in the plan only", "Readings are coloured by the plan's limits.", || ready("plan-limits")),
    screen("ready-every-zone", "Ready: every zone", "All kinds of rows beside each other; symbols tell them apart without colour.", || ready("every-zone")),
    screen("ready-single-no-limits", "Ready: one parameter, no limits", "'No limit' does not look like 'within'.", || ready("single-no-limits")),
    screen("row-open", "A row open (narrow)", "The trend stands below its row; wide shows no difference.", || opened("kols", "spo2")),
    screen("row-open-empty", "A row open without readings in the period", "Says when the newest one was, and offers to show it.", || opened("every-zone", "cat")),
    screen("editor", "A specialist's launch", "Limits and 'Rediger' where they may be changed.", || ready_from(loading(|opening| opening.role = Role::Editor), "kols")),
    screen("banner", "The journal asks for a patient banner", "Name, birth date, age and national number.", || ready_from(loading(|opening| opening.need_banner = true), "kols")),
    screen("banner-leap-day", "Banner: born on 29 February", "82 years old until 1 March.", || ready_from(loading(|opening| opening.need_banner = true), "every-zone")),
    screen("patient-long-name", "A long name", "The check line breaks; nothing is cut off.", || called(Some("Anne-Margrethe Elisabeth von der Lippe-Konow Kristoffersdatter"))),
    screen("patient-nameless", "No name in the record", "Says so; the birth date stands.", || called(None)),
    screen("hidden-parameters", "Some parameters hidden, others first", "The doctor's own order; the picker tells that something is hidden.", || arranged("every-zone")),
    screen("picker-open", "The picker, open", "Search, order, what is shown and what is not.", || Some(then(ready("every-zone")?, [Action::Picker(true)]))),
    screen("picker-open-arranged", "The picker, open, with hidden ones", "Hidden ones are in their places, unticked.", || Some(then(arranged("every-zone")?, [Action::Picker(true)]))),
    screen("period-14", "14 days", "The shortest period: dots do not crowd.", || of_days("kols", 14)),
    screen("period-365", "One year", "Most of it is from before the first reading.", || of_days("kols", 365)),
    screen("period-own", "An own period", "The chooser shows which days; the fields are filled.", || in_period("kols", [(2026, 10, 1), (2026, 10, 31)])),
    screen("period-form", "Choosing an own period", "Two dates, with what is shown now in them.", || ready("kols")).pressed("[data-testid=period] button:last-child"),
    screen("period-empty", "An own period without readings", "No readings in the period, and when the newest was: not an error.", || in_period("kols", [(2025, 1, 1), (2025, 1, 31)])),
    screen("period-waiting", "Another period, on its way", "What is there stays; the rest says that it is being fetched.", || waiting_for_period("kols")),
    screen("refreshing", "Refreshing", "The last view stays; only the line with the time says that it is fetching.", || Some(refreshing(ready("kols")?))),
    screen("not-enrolled", "Not followed up", "Said in words; neither an error nor an empty list.", || ready("no-monitoring")),
    screen("never-measured", "Followed up, never measured", "Another sentence than for who is not followed up.", || Some(then(ready("no-monitoring")?, [Action::Enrolled(true)]))),
    screen("patient-failed", "The patient's identity did not come", "The check line is not empty by mistake; readings stay.", || failed("kols", Part::Patient, ProblemKind::Server)),
    screen("readings-failed", "No readings came", "An error with retry; never 'no readings'.", || failed("kols", Part::Latest, ProblemKind::Server)),
    screen("period-failed", "The period's readings did not come", "The rows stay; the curves say what is missing.", || failed("kols", Part::Period, ProblemKind::NotFhir)),
    screen("period-incomplete", "Part of the period did not come", "What came is drawn and marked as incomplete.", || Some(then(ready("kols")?, [Action::Fetched(Part::Period, Err(problem(ProblemKind::Server)))]))),
    screen("plan-failed", "The plan did not come", "No limit is claimed, and none denied.", || failed("plan-limits", Part::Plan, ProblemKind::Forbidden)),
    screen("parameter-failed", "One parameter did not come", "Its row says so and offers to try again; the others stay.", || without_spo2("single-no-limits")),
    screen("parameter-retrying", "One parameter, fetched once more", "Its row waits; the others stay.", || Some(then(without_spo2("single-no-limits")?, [Action::RetryingParameter(Known::Spo2.into())]))),
    screen("all-failed", "Nothing came", "Calm, with what to do; not four alarms.", || Some(then(loading(|_| {}), all_failed(ProblemKind::Network)))),
    screen("sources", "Several sources", "Each with its time; what failed and what asks who is there can be tried again, the rest stays.", || several_sources("kols")),
    screen("roomy", "More room between lines", "By the user's own choice.", || roomy("kols")),
    screen("offline", "Offline", "The last view, greyed, with its time.", || Some(then(ready("kols")?, [Action::Offline(true)]))),
    screen("offline-refresh", "A refresh without connection", "The last view stays, greyed, with its time; try again.", || Some(then(refreshing(ready("kols")?), all_failed(ProblemKind::Network)))),
    screen("offline-first", "Offline before anything came", "Says that there is no connection, not that there is no data.", || Some(then(loading(|_| {}), [Action::Offline(true)].into_iter().chain(all_failed(ProblemKind::Network))))),
    screen("expired", "Session over", "The last view stays; how to open it again.", || Some(then(ready("kols")?, [Action::Fetched(Part::Period, Err(problem(ProblemKind::Unauthorized)))]))),
    screen("expired-loading", "Session over before anything came", "No skeleton is left that promises something.", || Some(then(loading(|_| {}), all_failed(ProblemKind::Unauthorized)))),
    screen("blanked", "Another patient", "Nothing of the first patient is left.", || Some(then(ready("kols")?, [Action::OtherPatient]))),
    screen("patient-missing", "The server does not know the patient", "Says that; no rows.", || Some(then(loading(|_| {}), [Action::Fetched(Part::Patient, Err(problem(ProblemKind::NotFound)))]))),
    screen("launch-not-launched", "Opened without a launch", "How to open it; no technical words first.", || launch_failed(Step::Start, LaunchErrorKind::NotLaunched, "")),
    screen("launch-issuer", "A launch from an unknown server", "The host is named.", || launch_failed(Step::Start, LaunchErrorKind::IssuerNotAllowed, "https://unknown.example/fhir")),
    screen("launch-unreachable", "The authorization server cannot be reached", "What to do now.", || launch_failed(Step::Discovery, LaunchErrorKind::Unreachable, "Failed to fetch")),
    screen("launch-refused", "The authorization server said no", "Its own words are for support.", || launch_failed(Step::Callback, LaunchErrorKind::AuthorizationRefused, "access_denied: the user may not open this patient")),
    screen("launch-no-patient", "The launch names no patient", "Open it from a patient.", || launch_failed(Step::Context, LaunchErrorKind::PatientMissing, "")),
];

/// One is there, one is on its way, one failed, one asks, one does not know the patient.
fn several_sources(id: &str) -> Option<State> {
    let source = |name: &str, stand: Stand| SourceState {
        stand,
        ..SourceState::new(name)
    };
    let sources = [
        source("Sykehusets hjemmeoppfølging", Stand::Waiting),
        source(
            "Kommunens hjemmeoppfølging",
            Stand::Failed(Lacking::Patient, problem(ProblemKind::Server)),
        ),
        source("Kommunens journal", Stand::AsksUser),
        source("Nabokommunen", Stand::UnknownPatient),
    ];
    let state = ready(id)?;
    let own = SourceState {
        stand: Stand::Here,
        fetched_at: state.fetched_at,
        ..SourceState::new("Journalen")
    };
    let all = std::iter::once(own).chain(sources).collect();
    Some(then(state, [Action::Sources(Rc::new(all))]))
}

fn roomy(id: &str) -> Option<State> {
    let settings = Settings {
        density: Density::Roomy,
        ..Settings::default()
    };
    Some(then(ready(id)?, [Action::Settings(settings)]))
}

/// The readings are there, the plan is not, and so much time has passed.
fn half_way(id: &str, pace: Pace) -> Option<State> {
    let answers = Answers::about(id)?;
    let actions = [
        answers.patient(),
        answers.readings(),
        Action::Fetched(Part::Patient, Ok(())),
        Action::Waited(pace),
    ];
    Some(then(loading(|_| {}), actions))
}

fn opened(id: &str, row: &str) -> Option<State> {
    let state = ready(id)?;
    let toggle = Action::Toggle(parameter(&state, row)?);
    Some(then(state, [toggle]))
}

/// The COPD patient by another name, with a banner.
fn called(name: Option<&str>) -> Option<State> {
    let state = ready_from(loading(|opening| opening.need_banner = true), "kols")?;
    let patient = PatientRecord {
        name: name.map(str::to_owned),
        ..PatientRecord::clone(state.patient.as_ref()?)
    };
    Some(then(state, [Action::Patient(Rc::new(patient))]))
}

fn arranged(id: &str) -> Option<State> {
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    let arrangement = Arrangement {
        order: ids(&["weight", "blood-pressure", "spo2"]),
        hidden: ids(&["steps", "cat", "glucose"]),
    };
    Some(then(ready(id)?, [Action::Arranged(Rc::new(arrangement))]))
}

fn of_days(id: &str, days: i64) -> Option<State> {
    Some(then(ready(id)?, period(PeriodChoice::LastDays(days))))
}

fn in_period(id: &str, days: [(i32, u8, u8); 2]) -> Option<State> {
    let [from, to] = days.map(|(year, month, day)| chart_model::Date { year, month, day });
    Some(then(ready(id)?, period(PeriodChoice::Between { from, to })))
}

fn waiting_for_period(id: &str) -> Option<State> {
    let [chosen, _] = period(PeriodChoice::LastDays(365));
    Some(then(ready(id)?, [chosen]))
}

fn without_spo2(id: &str) -> Option<State> {
    let missing: Parameter = Known::Spo2.into();
    Some(then(
        ready(id)?,
        [Action::MissingParameters(vec![(
            missing,
            problem(ProblemKind::Server),
        )])],
    ))
}

fn launch_failed(step: Step, kind: LaunchErrorKind, detail: &str) -> Option<State> {
    let error = LaunchError {
        step,
        host: "ehr.example".to_owned(),
        kind,
        detail: detail.to_owned(),
    };
    Some(then(State::default(), [Action::LaunchFailed(Rc::new(error))]))
}
