//! English: the words of the screen. Names of clinical things are in `terms`, errors in `errors`.

mod edit;
mod errors;
mod on_demand;
mod plan;
mod record;
mod terms;

use std::borrow::Cow;

use chart_model::{PeriodError, lowercase};

use super::msg::{Msg, Source};
use super::numbers::Marks;

/// How English writes numbers.
pub(super) const MARKS: Marks = Marks {
    decimal: '.',
    thousands: ',',
    percent_apart: false,
};

/// Every message in English.
pub(crate) fn say(msg: Msg<'_>) -> Cow<'static, str> {
    match msg {
        Msg::ModuleTitle => "Home readings".into(),
        Msg::PatientCheck => "Patient".into(),
        Msg::Nameless => "Name missing".into(),
        Msg::NamelessScore => "Score without a name".into(),
        Msg::AgeInYears(years) => count(years, "year", "years"),
        Msg::Born(date) => format!("born {date}").into(),
        Msg::NationalId(kind) => terms::national_id(kind).into(),
        Msg::CheckNumber => "please check the number".into(),
        Msg::Fetched(clock) => format!("Fetched {clock}").into(),
        Msg::Fetching => "Fetching …".into(),
        Msg::Close => "Close".into(),
        Msg::LoggedIn(name) => format!("Logged in: {name}").into(),
        Msg::SignInNeeded => "The record must ask who you are in a window of its own.".into(),
        Msg::SignIn => "Open the log-in".into(),
        Msg::Refresh => "Fetch again".into(),
        Msg::StillFetching => "Still fetching …".into(),
        Msg::Slow => "The service is slow to answer".into(),
        Msg::Offline => "Offline".into(),
        Msg::OfflineFetched(clock) => format!("Offline, fetched {clock}").into(),
        Msg::Language => "Language".into(),
        Msg::Retry => "Try again".into(),
        Msg::ChunkMissing => "This part of the view could not be fetched.".into(),
        Msg::ViewerReplaced => "The view has been renewed since it was opened. Reopen from the record to go on.".into(),
        Msg::Show => "Show".into(),
        Msg::Hide => "Hide".into(),
        Msg::Cancel => "Cancel".into(),
        Msg::Done => "Done".into(),

        Msg::LatestValues => "Latest values".into(),
        Msg::Trend => "Trend".into(),
        Msg::TrendOf(name) => format!("Trend of {name}").into(),
        Msg::Period => "Period".into(),
        Msg::Days(365) => "1 year".into(),
        Msg::Days(days) => count(days, "day", "days"),
        Msg::LastDays(365) => "Last 12 months".into(),
        Msg::LastDays(days) => format!("Last {}", count(days, "day", "days")).into(),
        Msg::FromTo(from, to) => format!("{from} – {to}").into(),
        Msg::ChoosePeriod => "Choose period".into(),
        Msg::PeriodFrom => "From".into(),
        Msg::PeriodTo => "To".into(),
        Msg::PeriodRefused(PeriodError::Reversed) => "The first date is after the last.".into(),
        Msg::PeriodRefused(PeriodError::NotBegun) => "The period has not begun yet.".into(),
        Msg::NotADate => "Enter a date.".into(),
        Msg::ShowTable => "Show as table".into(),
        Msg::ShowChart => "Show as chart".into(),
        Msg::ShowMore(left) => format!("Show more ({} left)", number(left)).into(),
        Msg::ChartKeys => "Arrow keys read the readings. Plus and minus zoom, Shift and arrow keys move, 0 shows the whole period.".into(),
        Msg::EmptyPeriod(last) => format!("No readings in the period. Latest: {last}.").into(),
        Msg::NoneInPeriod => "none in the period".into(),
        Msg::NotFetched => "could not be fetched".into(),
        Msg::EmptyForever => "No readings in the period.".into(),
        Msg::TrendIncomplete => {
            "Readings in the period could not be fetched. The chart is not complete.".into()
        }
        Msg::NewerImplausible(reading) => {
            format!("A newer reading is implausible, please check: {reading}").into()
        }
        Msg::ParameterFailed(name) => format!("{name} could not be fetched.").into(),

        Msg::ChooseParameters => "Choose parameters".into(),
        Msg::SearchParameters => "Search for a parameter".into(),
        Msg::SearchHint => "Name, for example pulse".into(),
        Msg::NoMatch(typed) => format!("No parameter matches “{typed}”.").into(),
        Msg::OrderHint => "Drag, or use the arrows, to change the order.".into(),
        Msg::MoveUp(name) => format!("Move {name} up").into(),
        Msg::MoveDown(name) => format!("Move {name} down").into(),
        Msg::Moved(name, place, of) => format!("{name} is now number {place} of {of}.").into(),
        Msg::NowShown(name) => format!("{name} is now shown.").into(),
        Msg::NowHidden(name) => format!("{name} is now hidden.").into(),
        Msg::HasLimits => "has limits".into(),
        Msg::HasNoReadings => "no readings".into(),
        Msg::ShownOf(shown, all) => format!("{shown} of {all} shown").into(),
        Msg::HiddenCount(hidden) => count(whole(hidden), "parameter is hidden", "parameters are hidden"),
        Msg::ResetArrangement => "Back to default".into(),

        Msg::ColumnTime => "Time".into(),
        Msg::ColumnValue => "Value".into(),
        Msg::ColumnZone => "Zone".into(),
        Msg::ColumnSource => "Source".into(),

        Msg::Parameter(known) => terms::parameter(known).into(),
        Msg::Systolic => "systolic".into(),
        Msg::Diastolic => "diastolic".into(),
        Msg::Unit(ucum) => terms::unit(ucum),
        Msg::Zone(zone) => terms::zone(zone).into(),
        Msg::ZoneName(zone) => terms::zone_name(zone).into(),
        Msg::Method(method) => terms::method(method).into(),
        Msg::Status(status) => terms::status(status).into(),
        Msg::Implausible => "Implausible, please check".into(),
        Msg::Under(bound) => format!("below {bound}").into(),
        Msg::Over(bound) => format!("above {bound}").into(),
        Msg::Limits(Source::Reading) => "limit sent with the reading".into(),
        Msg::Limits(Source::Plan) => "limit from the plan".into(),
        Msg::Limits(Source::Standard) => "standard limit only".into(),
        Msg::Limits(Source::NotKnown) => "which limit applied then is not known".into(),
        Msg::SourceSays(zone) => format!("the source says {}", lowercase(terms::zone(zone))).into(),
        Msg::SourceAgrees => "the source says the same".into(),
        Msg::SourceWrote(text) => format!("sent as {text}").into(),
        Msg::Note(note) => format!("note: {note}").into(),
        Msg::NoLimit => "No limit".into(),
        Msg::LimitNotKnown => "Limit unknown".into(),
        Msg::UnitNotKnown => "Unit unknown".into(),
        Msg::UnusableLimits => "Unclear limit".into(),
        Msg::LimitsAre(limits) => format!("limit {limits}").into(),
        Msg::AtLeast(low) => format!("from {low}").into(),
        Msg::AtMost(high) => format!("up to {high}").into(),
        Msg::Between(low, high) => format!("{low} to {high}").into(),
        Msg::StandardLimits => "Standard limit".into(),
        Msg::LimitsChanged(day) => format!("limit changed {day}").into(),
        Msg::LimitsChangedOften(times, day) => {
            format!("The limit has changed {} times, last {}.", number(times), day.trim_end_matches('.')).into()
        }
        Msg::LimitsSince(day) => format!("since {day}").into(),
        Msg::LimitsSetBy(name) => format!("set by {name}").into(),
        Msg::PersonalLimits => "Personal limits".into(),
        Msg::StandardLimitsName => "Standard limits".into(),
        Msg::BrushName => "Part of the period".into(),
        Msg::WholePeriod => "Whole period".into(),
        Msg::Showing(part) => format!("Showing {part}").into(),
        Msg::Statistics => "Statistics".into(),
        Msg::Compare => "Compare".into(),
        Msg::CompareNothing => "No comparison".into(),
        Msg::PeriodBefore => "Period before".into(),
        Msg::ThisPeriod => "This period".into(),
        Msg::BeforeAndAfter(day) => format!("Before and after {day}").into(),
        Msg::Before => "Before".into(),
        Msg::After => "After".into(),
        Msg::DayNumber(day) => format!("Day {day}").into(),
        Msg::Count => "Readings".into(),
        Msg::Mean => "Mean".into(),
        Msg::SevenDayMean => "Mean of last 7 days".into(),
        Msg::MeanOf(mean, readings) => format!("{mean} ({})", count(whole(readings), "reading", "readings")).into(),
        Msg::Lowest => "Lowest".into(),
        Msg::Highest => "Highest".into(),
        Msg::LeftOut => "Left out".into(),
        Msg::LeftOutAs(kind, readings) => {
            let (one, many) = terms::excluded(kind);
            count(whole(readings), one, many)
        }
        Msg::LeftOutForUnit(readings) => format!("{} in an unknown unit", number(readings)).into(),
        Msg::LeftOutAsBound(readings) => format!("{} given as < or >", number(readings)).into(),
        Msg::Share(readings, share) => format!("{} ({share}%)", number(readings)).into(),

        Msg::Overdue(days) => format!("No reading for {}", count(days, "day", "days")).into(),
        Msg::Up(by) => format!("up {by}").into(),
        Msg::Down(by) => format!("down {by}").into(),
        Msg::Unchanged => "unchanged".into(),
        Msg::Since(change, when) => format!("{change} since {when}").into(),

        Msg::YellowCount(readings) => format!("{} yellow", number(readings)).into(),
        Msg::RedCount(readings) => format!("{} red", number(readings)).into(),
        Msg::NoZoneCount(readings) => format!("{} without a zone", number(readings)).into(),
        Msg::Newest(value) => format!("latest {value}").into(),
        Msg::Coverage(readings, days, of) => format!(
            "{} on {} of {}",
            count(whole(readings), "reading", "readings"),
            number(days),
            count(of, "day", "days")
        )
        .into(),
        Msg::Gaps(1, length) => format!("one gap of {length}").into(),
        Msg::Gaps(breaks, longest) => format!("{} gaps, the longest of {longest}", number(breaks)).into(),
        Msg::Hours(hours) => count(hours, "hour", "hours"),
        Msg::ImplausibleCount(readings) => count(
            whole(readings),
            "implausible reading is left out",
            "implausible readings are left out",
        ),
        Msg::ExcludedCount(readings) => count(
            whole(readings),
            "withdrawn or duplicate reading is left out",
            "withdrawn or duplicate readings are left out",
        ),

        Msg::Plan => "Self-treatment plan".into(),
        Msg::PlanVersion(version) => format!("Plan v{version}").into(),
        Msg::PlanChanged(day) => format!("changed {day}").into(),
        Msg::PlanAuthor(author) => format!("by {author}").into(),
        Msg::OfPlan(msg) => plan::say(msg),
        Msg::OfEdit(msg) => edit::say(msg),
        Msg::OfOnDemand(msg) => on_demand::say(msg),
        Msg::OfRecord(msg) => record::say(msg),
        Msg::PlanFailed => "The plan could not be fetched.".into(),
        Msg::NoPlan => "No active plan.".into(),
        Msg::PlanNotGranted => "The plan is not shown: this login gives no access to it.".into(),

        Msg::Settings => "Settings".into(),
        Msg::DensityLabel => "Line spacing".into(),
        Msg::Dense => "Dense".into(),
        Msg::Roomy => "Roomy".into(),
        Msg::KeptAtServer => "Your choices are kept at the record’s server.".into(),
        Msg::KeptInBrowser => "Your choices are kept in this browser.".into(),
        Msg::KeptInPage => "Your choices last until the page is closed.".into(),
        Msg::TakeAlong => "Your choices as text: copy it, or paste the one from another browser".into(),
        Msg::TakeChoices => "Use this text".into(),
        Msg::NoChoices => "The text holds no choices.".into(),
        Msg::ForgetChoices => "Forget my choices".into(),
        Msg::Sources => "Sources".into(),
        Msg::SourceFetched(name, clock) => format!("{name}: fetched {clock}").into(),
        Msg::NewestReading(moment) => format!("newest reading {moment}").into(),
        Msg::SourceAwaited(name) => format!("{name}: fetching").into(),
        Msg::SourceFailed(name) => format!("Readings from {name} could not be fetched.").into(),
        Msg::SourceNotEntered(name) => format!("{name} could not be opened.").into(),
        Msg::SourcePatientNotFound(name) => format!("The patient could not be looked up at {name}.").into(),
        Msg::SourceNotAsked(name) => {
            format!("{name} has not been asked, because the patient’s details could not be fetched.").into()
        }
        Msg::SourceReadingsMissing => "Readings from there are missing.".into(),
        Msg::SourceAsks(name) => format!("{name} asks who you are before the readings are shown.").into(),
        Msg::OpenSource(name) => format!("Open {name}").into(),
        Msg::SourceWithoutPatient(name) => format!("{name} does not know the patient.").into(),
        Msg::SourceWithoutReadings(name) => format!("{name}: no readings").into(),
        Msg::Meanwhile(value, origin) => format!("at the same time {value} from {origin}").into(),
        Msg::PlanFrom(name) => format!("The plan comes from {name}.").into(),
        Msg::PlanAlsoAt(name) => format!("{name} has a plan too. It is not shown here.").into(),

        Msg::NotEnrolled => "The patient is not followed up digitally".into(),
        Msg::NeverMeasured => "No readings are registered for the patient.".into(),
        Msg::Expired => "The session has ended. Reopen from the record.".into(),
        Msg::PatientChanged => "Another patient is open in the record. Reopen from there.".into(),
        Msg::PatientMissing => "The patient was not found.".into(),
        Msg::Unreadable(entries) => count(
            whole(entries),
            "reading could not be understood",
            "readings could not be understood",
        ),
        Msg::Remarks(remarks) => count(whole(remarks), "remark on the data", "remarks on the data"),
        Msg::RemarksHeading => "Shown, but with a remark".into(),
        Msg::AndMore(left) => format!("… and {} more", number(left)).into(),
        Msg::Finding(kind) => terms::finding(kind).into(),

        Msg::LaunchFailed => "Home readings could not be opened".into(),
        Msg::LaunchError(kind) => errors::launch(kind),
        Msg::PatientFailed => "The patient's name and date of birth could not be fetched.".into(),
        Msg::NameFailed => "The name was not fetched".into(),
        Msg::ReadingsFailed => "The readings could not be fetched.".into(),
        Msg::PeriodFailed => "The readings of the period could not be fetched.".into(),
        Msg::Problem(kind) => errors::problem(kind).into(),
        Msg::ForSupport(detail) => format!("For support: {detail}").into(),

        Msg::Today => "today".into(),
        Msg::Yesterday => "yesterday".into(),
        Msg::DaysAgo(days) => format!("{} ago", count(days, "day", "days")).into(),
        Msg::Clock(hour, minute) => format!("{hour:02}:{minute:02}").into(),
        Msg::FullDate(date) => format!(
            "{:02}\u{a0}{}\u{a0}{:04}",
            date.day,
            terms::month(date.month),
            date.year
        )
        .into(),
        Msg::DayOfMonth(day, month) => format!("{day}\u{a0}{}", terms::month(month)).into(),
        Msg::Month(month) => terms::month(month).into(),
        Msg::AtClock(day, clock) => format!("{day} at\u{a0}{clock}").into(),
    }
}

/// A number with its noun in the right form.
fn count(number: i64, one: &str, many: &str) -> Cow<'static, str> {
    let noun = if number.unsigned_abs() == 1 { one } else { many };
    let number = super::Lang::English.digits(&number.to_string());
    format!("{number} {noun}").into()
}

/// A number alone.
fn number(number: usize) -> String {
    super::Lang::English.digits(&number.to_string())
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
