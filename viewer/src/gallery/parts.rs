//! The table of single components: each in every state of its own.

use chart_model::{Known, PeriodChoice, Zone};
use smart_launch::{LaunchError, LaunchErrorKind, Step};
use yew::prelude::*;

use super::entry::{Entry, part};
use super::patients::NOW;
use super::scenes::{period, problem, ready, row_of, then};
use crate::components::specimens;
use crate::state::{Action, Part, ProblemKind, Row, remarks, rows};
use crate::text::{Lang, Msg};

/// See the module.
#[rustfmt::skip]
pub(super) static PARTS: &[Entry] = &[
    part("row-green", "Row: within", "Quiet word; the number is the largest thing.", |_| row("plan-limits", "pulse")),
    part("row-yellow-low", "Row: yellow, low", "One triangle down, the word on its tint.", |_| row("every-zone", "weight")),
    part("row-yellow-high", "Row: yellow, high", "One triangle up.", |_| row("every-zone", "pulse")),
    part("row-red-low", "Row: red, low", "Two triangles down.", |_| row("every-zone", "spo2")),
    part("row-red-high", "Row: red, high", "Two triangles up.", |_| row("every-zone", "temperature")),
    part("row-pair", "Row: blood pressure", "One row, coloured by the worse of its two numbers.", |_| row("every-zone", "blood-pressure")),
    part("row-no-limit", "Row: no limit, preliminary", "Dotted ring; never like 'within'. Preliminary is said.", |_| row("every-zone", "fev1")),
    part("row-unknown", "Row: not covered by its limits", "Diamond, and that the limits do not cover the value.", |_| row("every-zone", "glucose")),
    part("row-standard", "Row: standard limits only", "Standard limits look different from the patient's own.", |_| row("every-zone", "steps")),
    part("row-overdue", "Row: overdue by the plan", "'Ingen måling i 12 dager' in place of the age.", |_| row("every-zone", "respiratory-rate")),
    part("row-implausible", "Row: newer implausible reading", "The latest plausible one, and a line on the newer.", |_| row("every-zone", "pef")),
    part("row-empty-period", "Row: none in the period", "The old value with its age; in place of the curve, that there is none.", |_| row("every-zone", "cat")),
    part("row-other-code", "Row: a code that is not in our table", "The source's own name and unit.", |_| row("messy", "http://loinc.org|8302-2")),
    part("row-zero", "Row: zero", "Zero is a value.", |_| row("messy", "steps")),
    part("row-failed", "Row: did not come", "Says so; never like a period without readings.", |_| Some(specimens::latest_row(missing(None)?, NOW))),
    part("row-retrying", "Row: fetched once more", "Waits, with the size it will have.", |_| Some(specimens::latest_row(missing(Some(Action::RetryingParameter(Known::Spo2.into())))?, NOW))),
    part("row-waiting", "Row: the period is on its way", "The value is there; in place of the curve a skeleton.", |_| Some(specimens::latest_row(waiting()?, NOW))),
    part("row-period-failed", "Row: the period did not come", "The curve is replaced by words.", |_| Some(specimens::latest_row(without_period()?, NOW))),
    part("sparkline", "Small curve", "Shape, green range, readings outside it, the last one.", |_| Some(specimens::sparkline(&data("kols", "spo2")?))),
    part("sparkline-pair", "Small curve: blood pressure", "Two lines that can be told apart.", |_| Some(specimens::sparkline(&data("heart-failure", "blood-pressure")?))),
    part("sparkline-dense", "Small curve: continuous glucose", "A band of peaks, not a blur.", |_| Some(specimens::sparkline(&data("cgm", "glucose")?))),
    part("zone-symbols", "Symbols of the zones", "Seven that can be told apart without colour, with their words.", |lang| Some(zone_symbols(lang))),
    part("trend-limits-change", "Trend: SpO₂, limits changed twice", "Stepped limits with a mark where they changed; old readings keep their colours; a gap.", |_| trend("kols", "spo2")),
    part("trend-pulse", "Trend: pulse", "Limits on both sides.", |_| trend("kols", "pulse")),
    part("trend-temperature", "Trend: temperature", "A narrow range; decimals on the axis.", |_| trend("kols", "temperature")),
    part("trend-weekly", "Trend: FEV1, weekly, no limits", "Dots joined within the cadence; one missing week breaks the line.", |_| trend("kols", "fev1")),
    part("trend-sparse", "Trend: CAT, every fourth week", "Four dots; the axis is calm.", |_| trend("kols", "cat")),
    part("trend-pair", "Trend: blood pressure", "Two lines on one axis, each with its limits.", |_| trend("heart-failure", "blood-pressure")),
    part("trend-weight", "Trend: weight", "Limits on both sides, changed once.", |_| trend("heart-failure", "weight")),
    part("trend-several-a-day", "Trend: glucose, several a day", "Dots do not hide each other.", |_| trend("diabetes", "glucose")),
    part("trend-dense", "Trend: continuous glucose", "26 000 readings: extremes and everything outside limits survive.", |_| trend("cgm", "glucose")),
    part("trend-manual", "Trend: weight, typed in", "Hollow dots: manual.", |_| trend("single-no-limits", "weight")),
    part("trend-implausible", "Trend: with implausible readings", "Marks at the edge; the axis is not stretched.", |_| trend("messy", "temperature")),
    part("trend-units", "Trend: weight in several units", "All converted; what cannot be stands in the table.", |_| trend("messy", "weight")),
    part("trend-pulse-messy", "Trend: zones and statuses mixed", "Preliminary ones dashed, retracted ones not drawn.", |_| trend("messy", "pulse")),
    part("trend-dates", "Trend: dates without a clock", "Standard limit; no clock time is made up.", |_| trend("every-zone", "steps")),
    part("trend-preliminary", "Trend: last one preliminary", "Dashed outline for the last dot.", |_| trend("every-zone", "fev1")),
    part("trend-empty", "Trend: none in the period", "Says so, and when the newest was.", |_| trend("every-zone", "cat")),
    part("trend-waiting", "Trend: on its way", "The place of the chart is kept.", |_| Some(specimens::trend(waiting()?, NOW))),
    part("trend-incomplete", "Trend: part of the period missing", "Drawn, and said to be incomplete.", |_| Some(specimens::trend(incomplete()?, NOW))),
    part("trend-failed", "Trend: did not come", "Words in place of the chart; not like an empty period.", |_| Some(specimens::trend(missing(None)?, NOW))),
    part("trend-year", "Trend: one year", "Months on the axis.", |_| trend_of_days(365)),
    part("trend-fortnight", "Trend: 14 days", "Days on the axis.", |_| trend_of_days(14)),
    part("table", "Table", "Newest first; zone by symbol and word; source and method.", |_| Some(specimens::trend_table(&data("kols", "spo2")?, NOW))),
    part("table-oddities", "Table: oddities", "Implausible ones are in it and have no zone; units as sent where they cannot be converted.", |_| Some(specimens::trend_table(&data("messy", "glucose")?, NOW))),
    part("trend-as-table", "Trend, as a table", "In place of the chart, with the button that leads back.", |_| trend("kols", "spo2")).pressed(".toggle-table"),
    part("plan", "Plan, narrow", "One line: version, when, by whom.", |_| plan("kols", false)),
    part("plan-open", "Plan, narrow, open", "The limits in force, below the line.", |_| plan("kols", false)).pressed(".plan button"),
    part("plan-wide", "Plan, wide", "With the limits in force.", |_| plan("kols", true)),
    part("findings", "Findings", "One quiet line that opens.", |_| findings("messy")),
    part("findings-open", "Findings, open", "Each with what it is about; remarks apart.", |_| findings("messy")).pressed(".findings button"),
    part("findings-remarks", "Findings: remarks only", "Other words where no reading is missing.", |_| remarks_only("messy")),
    part("errors", "Parts that failed, every reason", "Never in red; what to do, then what support needs.", |lang| Some(errors(lang))),
    part("launch-errors", "Launches that failed, every reason", "Each says what to do.", |_| Some(launch_errors())),
    part("notices", "Notices", "States in words, not errors.", |lang| Some(notices(lang))),
];

/// The row of a parameter when everything is there.
fn data(id: &str, parameter: &str) -> Option<Row> {
    row_of(&ready(id)?, parameter)
}

fn row(id: &str, parameter: &str) -> Option<Html> {
    Some(specimens::latest_row(data(id, parameter)?, NOW))
}

fn trend(id: &str, parameter: &str) -> Option<Html> {
    Some(specimens::trend(data(id, parameter)?, NOW))
}

/// The trend of SpO₂ of the COPD patient over so many days.
fn trend_of_days(days: i64) -> Option<Html> {
    let state = then(ready("kols")?, period(PeriodChoice::LastDays(days)));
    Some(specimens::trend(row_of(&state, "spo2")?, NOW))
}

/// SpO₂ of a patient for whom it could not be fetched, and what was done then.
fn missing(done: Option<Action>) -> Option<Row> {
    let spo2 = Known::Spo2.into();
    let failure = Action::MissingParameters(vec![(spo2, problem(ProblemKind::Server))]);
    row_of(
        &then(ready("single-no-limits")?, [failure].into_iter().chain(done)),
        "spo2",
    )
}

/// A row whose newest value is there while its period is on its way.
fn waiting() -> Option<Row> {
    let [chosen, _] = period(PeriodChoice::LastDays(14));
    row_of(&then(ready("every-zone")?, [chosen]), "cat")
}

/// A row of which part of the period did not come.
fn incomplete() -> Option<Row> {
    let failure = Action::Fetched(Part::Period, Err(problem(ProblemKind::Server)));
    row_of(&then(ready("kols")?, [failure]), "spo2")
}

/// A row with an old value, whose period did not come.
fn without_period() -> Option<Row> {
    let failure = Action::Fetched(Part::Period, Err(problem(ProblemKind::Server)));
    row_of(&then(ready("every-zone")?, [failure]), "cat")
}

fn zone_symbols(lang: Lang) -> Html {
    let zones = [
        Zone::Green,
        Zone::YellowLow,
        Zone::YellowHigh,
        Zone::RedLow,
        Zone::RedHigh,
        Zone::NoLimit,
        Zone::Unknown,
    ];
    html! {
        <div class="gallery-sheet">
            {for zones.map(|zone| html! { <>{specimens::zone_symbol(zone)}<span>{lang.say(Msg::Zone(zone))}</span></> })}
        </div>
    }
}

fn plan(id: &str, wide: bool) -> Option<Html> {
    Some(specimens::plan(ready(id)?, NOW, wide))
}

fn findings(id: &str) -> Option<Html> {
    let state = ready(id)?;
    let all = state.findings.iter().cloned().chain(remarks(&rows(&state)));
    Some(specimens::findings(all.collect()))
}

fn remarks_only(id: &str) -> Option<Html> {
    Some(specimens::findings(remarks(&rows(&ready(id)?))))
}

fn errors(lang: Lang) -> Html {
    let sections = [
        (Msg::ReadingsFailed, ProblemKind::Network),
        (Msg::ReadingsFailed, ProblemKind::Unauthorized),
        (Msg::ReadingsFailed, ProblemKind::Forbidden),
        (Msg::PatientFailed, ProblemKind::NotFound),
        (Msg::PeriodFailed, ProblemKind::Server),
        (Msg::PlanFailed, ProblemKind::NotFhir),
        (Msg::PeriodFailed, ProblemKind::ForeignLink),
    ];
    let sections = sections.map(|(msg, kind)| specimens::section_failed(lang.say(msg), problem(kind)));
    html! { {for sections} }
}

fn launch_errors() -> Html {
    use LaunchErrorKind as Kind;
    let errors = [
        (Step::Start, Kind::NotLaunched),
        (Step::Start, Kind::IssuerMissing),
        (Step::Start, Kind::LaunchMissing),
        (Step::Start, Kind::IssuerNotAllowed),
        (Step::Start, Kind::HostsInvalid),
        (Step::Start, Kind::NoRandomness),
        (Step::Discovery, Kind::Unreachable),
        (Step::Discovery, Kind::TimedOut),
        (Step::Discovery, Kind::Status(503)),
        (Step::Discovery, Kind::NotJson),
        (Step::Discovery, Kind::FieldMissing("token_endpoint")),
        (Step::Discovery, Kind::FieldInvalid("authorization_endpoint")),
        (Step::Authorize, Kind::NavigationBlocked),
        (Step::Authorize, Kind::AuthorizationStayed),
        (Step::Callback, Kind::AuthorizationRefused),
        (Step::Callback, Kind::CallbackUnexpected),
        (Step::Callback, Kind::CallbackRepeated),
        (Step::Callback, Kind::StateMismatch),
        (Step::Callback, Kind::IssuerMismatch),
        (Step::Token, Kind::TokenRefused),
        (Step::Context, Kind::PatientMissing),
    ];
    html! {
        {for errors.map(|(step, kind)| specimens::launch_failed(LaunchError {
            step,
            host: "ehr.example".to_owned(),
            kind,
            detail: format!("{kind:?}"),
        }))}
    }
}

fn notices(lang: Lang) -> Html {
    let all = [
        Msg::Slow,
        Msg::NotEnrolled,
        Msg::NeverMeasured,
        Msg::Expired,
        Msg::PatientChanged,
    ];
    html! { {for all.map(|msg| specimens::notice(lang.say(msg)))} }
}
