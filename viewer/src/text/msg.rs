//! The messages of the viewer, without words: what can be said. The words stand in one module per
//! language.

use chart_model::{Date, ExclusionKind, FindingKind, Known, Method, PeriodError, Status, Zone};
use fhir_read::NationalIdKind;
use smart_launch::LaunchErrorKind;

use super::{EditMsg, OnDemandMsg, PlanMsg, RecordMsg};
use crate::state::ProblemKind;

/// One thing to say, with the parts that vary (already written in the language of the message).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Msg<'a> {
    /// The module's own name.
    ModuleTitle,
    /// Name of the region that says whose data this is.
    PatientCheck,
    /// The patient's record has no name.
    Nameless,
    /// A score of which nobody says what questionnaire it is of.
    NamelessScore,
    /// The patient's age, years.
    AgeInYears(i64),
    /// The patient's date of birth.
    Born(&'a str),
    /// What a national number is called.
    NationalId(NationalIdKind),
    /// The number's check digits are wrong.
    CheckNumber,
    /// When the data on screen was fetched, by the clock.
    Fetched(&'a str),
    /// Data is being fetched.
    Fetching,
    /// Close the module.
    Close,
    /// Who is logged in, by name.
    LoggedIn(&'a str),
    /// The journal must ask who the user is, in a window that only a click can open.
    SignInNeeded,
    /// Open that window.
    SignIn,
    /// Fetch everything anew.
    Refresh,
    /// Not everything has come within two seconds.
    StillFetching,
    /// No answer for eight seconds.
    Slow,
    /// No connection, and nothing has been fetched.
    Offline,
    /// No connection: what is seen was fetched then.
    OfflineFetched(&'a str),
    /// Label of the choice of language.
    Language,
    /// Something could not be fetched: try once more.
    Retry,
    /// What was to be opened is a chunk of the viewer that did not come.
    ChunkMissing,
    /// It never will: another version of the viewer has been put in the place of the one that runs.
    ViewerReplaced,
    /// Show what is hidden.
    Show,
    /// Hide it again.
    Hide,
    /// Leave things as they were.
    Cancel,
    /// Finished: close what is open.
    Done,

    /// Heading of the rows.
    LatestValues,
    /// Heading of the curves.
    Trend,
    /// The curve of one parameter, by name.
    TrendOf(&'a str),
    /// Name of the period chooser.
    Period,
    /// A period of so many days.
    Days(i64),
    /// The period shown, where it ends now and is so many days long.
    LastDays(i64),
    /// A period from a day to another, both written.
    FromTo(&'a str, &'a str),
    /// Choose a period of one's own.
    ChoosePeriod,
    /// Label of its first day.
    PeriodFrom,
    /// Label of its last day.
    PeriodTo,
    /// Why two days are no period.
    PeriodRefused(PeriodError),
    /// What stands in a field is no date.
    NotADate,
    /// Show the readings as a table.
    ShowTable,
    /// Show them as a curve again.
    ShowChart,
    /// So many more rows of the table are not shown yet: show them.
    ShowMore(usize),
    /// How the curve is read with the keyboard.
    ChartKeys,
    /// No readings in the period; the newest of all was on a day.
    EmptyPeriod(&'a str),
    /// In place of a small curve: there are no readings in the period.
    NoneInPeriod,
    /// In place of a small curve: the readings could not be fetched.
    NotFetched,
    /// No readings of it in the period, nor before.
    EmptyForever,
    /// The period's readings, or some of them, are missing because they could not be fetched.
    TrendIncomplete,
    /// A reading that is newer than the latest plausible one cannot be right.
    NewerImplausible(&'a str),

    /// The readings of one parameter could not be fetched.
    ParameterFailed(&'a str),

    /// Choose which parameters are shown, and in which order.
    ChooseParameters,
    /// Label of the search among them.
    SearchParameters,
    /// What may be typed there.
    SearchHint,
    /// Nothing fits what was typed.
    NoMatch(&'a str),
    /// How the order is changed.
    OrderHint,
    /// Move a parameter one place up.
    MoveUp(&'a str),
    /// Move a parameter one place down.
    MoveDown(&'a str),
    /// A parameter is now at such a place among so many; read aloud.
    Moved(&'a str, usize, usize),
    /// A parameter is shown now; read aloud.
    NowShown(&'a str),
    /// A parameter is hidden now; read aloud.
    NowHidden(&'a str),
    /// The patient has limits for it.
    HasLimits,
    /// It has never been measured; there are none at a source.
    HasNoReadings,
    /// So many of so many are shown.
    ShownOf(usize, usize),
    /// So many parameters are hidden.
    HiddenCount(usize),
    /// Back to the default order, everything shown.
    ResetArrangement,

    /// Column headings of the table.
    ColumnTime,
    /// See [`Msg::ColumnTime`].
    ColumnValue,
    /// See [`Msg::ColumnTime`].
    ColumnZone,
    /// See [`Msg::ColumnTime`].
    ColumnSource,

    /// Name of a parameter.
    Parameter(Known),
    /// First or second number of a blood pressure.
    Systolic,
    /// See [`Msg::Systolic`].
    Diastolic,
    /// A UCUM unit as it is shown; others come as sent.
    Unit(&'a str),
    /// The word of a zone.
    Zone(Zone),
    /// The word of a zone with the side of green that it lies on.
    ZoneName(Zone),
    /// How a reading came into being; empty where that is not known.
    Method(Method),
    /// The status of a reading where it deserves a word; empty otherwise.
    Status(Status),
    /// Outside what can be right.
    Implausible,
    /// Why a zone: the value is under this bound.
    Under(&'a str),
    /// Why a zone: the value is over this bound.
    Over(&'a str),
    /// Whose limits decided.
    Limits(Source),
    /// The zone that the source gives a reading, where it is another, or there is none.
    SourceSays(Zone),
    /// The source gives a reading the same zone.
    SourceAgrees,
    /// What the source wrote before conversion.
    SourceWrote(&'a str),
    /// The comment sent with a reading.
    Note(&'a str),
    /// No limit at all.
    NoLimit,
    /// Nobody knows (yet) whether there is a limit.
    LimitNotKnown,
    /// In place of a zone: the unit of the reading cannot be compared.
    UnitNotKnown,
    /// Limits are there but cannot be used.
    UnusableLimits,
    /// Limits in running text, already in words.
    LimitsAre(&'a str),
    /// A range that has no upper end.
    AtLeast(&'a str),
    /// A range that has no lower end.
    AtMost(&'a str),
    /// A range from a number to another.
    Between(&'a str, &'a str),
    /// A general range and no individual limit.
    StandardLimits,
    /// The limits changed on a day.
    LimitsChanged(&'a str),
    /// So many changes of limits, the last on this day.
    LimitsChangedOften(usize, &'a str),
    /// The day from which the plan's limits hold.
    LimitsSince(&'a str),
    /// Who set the plan's limits.
    LimitsSetBy(&'a str),
    /// Standard limits, heading.
    StandardLimitsName,
    /// The patient's own limits, heading.
    PersonalLimits,

    /// Name of the brush: which part of the period is seen.
    BrushName,
    /// Back to all of the period.
    WholePeriod,
    /// A part of the period is seen, from a day to another as written.
    Showing(&'a str),
    /// Show the statistics of a curve.
    Statistics,
    /// Label of the choice of what a curve is compared with.
    Compare,
    /// The curve is compared with nothing.
    CompareNothing,
    /// The period of the same length before the one shown.
    PeriodBefore,
    /// The period shown.
    ThisPeriod,
    /// What was before a day, and what came from then on.
    BeforeAndAfter(&'a str),
    /// The part before.
    Before,
    /// The part after.
    After,
    /// So many days, the first being 1.
    DayNumber(i64),
    /// Number of readings, in statistics.
    Count,
    /// The mean.
    Mean,
    /// The mean of the last seven days.
    SevenDayMean,
    /// A mean, and of how many readings it is.
    MeanOf(&'a str, usize),
    /// The lowest value.
    Lowest,
    /// The highest value.
    Highest,
    /// Readings left out of the statistics.
    LeftOut,
    /// So many readings, left out for such a reason.
    LeftOutAs(ExclusionKind, usize),
    /// So many readings came in a unit that cannot be converted.
    LeftOutForUnit(usize),
    /// So many readings are bounds and no numbers.
    LeftOutAsBound(usize),
    /// So many readings of those with a share of all, as a whole percentage.
    Share(usize, &'a str),

    /// No reading for so many days, where the plan wants one more often.
    Overdue(i64),
    /// A value has risen by so much.
    Up(&'a str),
    /// A value has fallen by so much.
    Down(&'a str),
    /// A value is the same as before.
    Unchanged,
    /// What has changed, since when.
    Since(&'a str, &'a str),

    /// So many yellow readings.
    YellowCount(usize),
    /// So many red readings.
    RedCount(usize),
    /// So many readings without a zone.
    NoZoneCount(usize),
    /// The newest reading of the period.
    Newest(&'a str),
    /// So many readings on so many of so many days.
    Coverage(usize, usize, i64),
    /// So many breaks in the line, and how long the longest is.
    Gaps(usize, &'a str),
    /// A length of so many hours.
    Hours(i64),
    /// So many readings left out as implausible.
    ImplausibleCount(usize),
    /// So many readings left out because the source withdrew them or sent them twice.
    ExcludedCount(usize),

    /// Heading of the plan.
    Plan,
    /// The plan's version.
    PlanVersion(&'a str),
    /// When it was last changed.
    PlanChanged(&'a str),
    /// Who changed it.
    PlanAuthor(&'a str),
    /// The plan could not be fetched.
    PlanFailed,
    /// There is no active plan.
    NoPlan,
    /// The launch does not let plans be read.
    PlanNotGranted,
    /// The plan as it is read and compared.
    OfPlan(PlanMsg<'a>),
    /// Something of the plan while it is written.
    OfEdit(EditMsg<'a>),
    /// Something about what is opened on demand.
    OfOnDemand(OnDemandMsg<'a>),
    /// Something about the document for the journal, or in it.
    OfRecord(RecordMsg<'a>),

    /// The user's own choices of how the view looks.
    Settings,
    /// How much room there is between lines.
    DensityLabel,
    /// As much as fits.
    Dense,
    /// Easier to touch.
    Roomy,
    /// Choices are remembered at the launch's server.
    KeptAtServer,
    /// Choices are remembered in this browser.
    KeptInBrowser,
    /// Choices last as long as the page.
    KeptInPage,
    /// The choices as a text, to copy or to replace by another.
    TakeAlong,
    /// Choose what that text says.
    TakeChoices,
    /// It says nothing that could be chosen.
    NoChoices,
    /// Forget all choices.
    ForgetChoices,

    /// Heading of the sources of readings.
    Sources,
    /// A source's readings were fetched, by the clock.
    SourceFetched(&'a str, &'a str),
    /// When the newest reading of a source was taken.
    NewestReading(&'a str),
    /// A source's readings are on their way.
    SourceAwaited(&'a str),
    /// A source's readings could not be fetched, or not all of them.
    SourceFailed(&'a str),
    /// A source that gave no way in.
    SourceNotEntered(&'a str),
    /// A source where the patient could not be looked up.
    SourcePatientNotFound(&'a str),
    /// A source that was not asked, because it is not known who the patient is.
    SourceNotAsked(&'a str),
    /// After any of these three: so its readings are not here.
    SourceReadingsMissing,
    /// A source wants to know who is there.
    SourceAsks(&'a str),
    /// Let a source ask who is there.
    OpenSource(&'a str),
    /// A source does not know the patient.
    SourceWithoutPatient(&'a str),
    /// A source is not there for readings.
    SourceWithoutReadings(&'a str),
    /// What another device, or another source, measured in the same minute: value and origin.
    Meanwhile(&'a str, &'a str),
    /// Where the plan is, of several places.
    PlanFrom(&'a str),
    /// Another place has a plan too, which is not shown.
    PlanAlsoAt(&'a str),

    /// Not followed up at home.
    NotEnrolled,
    /// Followed up, but there has never been a reading.
    NeverMeasured,
    /// The session has ended.
    Expired,
    /// The patient of the launch is no longer the one in the journal.
    PatientChanged,
    /// The patient of the launch is not at the server.
    PatientMissing,
    /// So many entries could not be read.
    Unreadable(usize),
    /// There are remarks about the data.
    Remarks(usize),
    /// Heading of the remarks in the list of findings.
    RemarksHeading,
    /// So many further ones are not listed.
    AndMore(usize),
    /// What a finding is about.
    Finding(FindingKind),

    /// Heading of a failed launch.
    LaunchFailed,
    /// Why the launch failed, and what to do.
    LaunchError(LaunchErrorKind),
    /// The patient's identity could not be fetched.
    PatientFailed,
    /// The same in few words, in the place of the name.
    NameFailed,
    /// The readings could not be fetched.
    ReadingsFailed,
    /// The readings of the period could not be fetched, or not all of them.
    PeriodFailed,
    /// Why a fetch failed, and what to do.
    Problem(ProblemKind),
    /// What support needs to know: step, host, detail.
    ForSupport(&'a str),

    /// On the day of today.
    Today,
    /// The day before.
    Yesterday,
    /// So many days before today.
    DaysAgo(i64),
    /// A time of day: hours and minutes.
    Clock(u8, u8),
    /// A day with its year, standing for itself.
    FullDate(Date),
    /// A day of a month, both as numbers.
    DayOfMonth(u8, u8),
    /// A month with its name alone, as a number.
    Month(u8),
    /// Day and clock together in running text.
    AtClock(&'a str, &'a str),
}

/// Whose limits gave a reading its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// They came with the reading.
    Reading,
    /// They stand in the plan.
    Plan,
    /// They are a laboratory's or device's, and give no zone.
    Standard,
    /// Which limits held at its time is not known.
    NotKnown,
}
