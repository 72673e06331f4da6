//! Every message with values to say, for the tests that walk through all of them. The lists do not compile
//! when a variant is missing.

use chart_model::{Date, ExclusionKind, FindingKind, Known, Method, PeriodError, Status, Zone};
use fhir_read::NationalIdKind;
use smart_launch::LaunchErrorKind;

use crate::state::ProblemKind;
use crate::text::{Msg, Source};

/// All variants of a type: bare, once for each group of values behind it, or once for each of a list.
macro_rules! every {
    ($type:ident: $($variant:ident $(in $list:expr)? $(=> $(($($value:expr),+))+)?),+ $(,)?) => {{
        let _complete = |value: &$type| match value {
            $($type::$variant { .. } => (),)+
        };
        let mut all = Vec::new();
        $(all.extend(every!(@one $type $variant $(in $list)? $(=> $(($($value),+))+)?));)+
        all
    }};
    (@one $type:ident $variant:ident) => { [$type::$variant] };
    (@one $type:ident $variant:ident in $list:expr) => { $list.into_iter().map($type::$variant) };
    (@one $type:ident $variant:ident => $(($($value:expr),+))+) => { [$($type::$variant($($value),+)),+] };
}

mod on_demand;
mod plan;
mod record;

use on_demand::on_demand_messages;
use plan::{edit_messages, plan_messages};
use record::record_messages;

/// Every message, with small and large numbers, and `AB` and `YZ` for what is put in.
pub(super) fn messages() -> Vec<Msg<'static>> {
    every![Msg:
        ModuleTitle,
        PatientCheck,
        Nameless,
        NamelessScore,
        AgeInYears => (0) (1) (73),
        Born => ("AB"),
        NationalId in national_id_kinds(),
        CheckNumber,
        Fetched => ("AB"),
        Fetching,
        Refresh,
        StillFetching,
        Slow,
        Offline,
        OfflineFetched => ("AB"),
        Language,
        Retry,
        ChunkMissing,
        ViewerReplaced,
        Show,
        Hide,
        Cancel,
        Done,
        LatestValues,
        Trend,
        TrendOf => ("AB"),
        Period,
        Days => (0) (1) (14) (90) (365) (1000),
        LastDays => (1) (90) (365) (1000),
        FromTo => ("AB", "YZ"),
        ChoosePeriod,
        PeriodFrom,
        PeriodTo,
        PeriodRefused in period_errors(),
        NotADate,
        ShowTable,
        ShowChart,
        ShowMore => (0) (1) (2) (1000),
        ChartKeys,
        EmptyPeriod => ("2. mai") ("3. sep."),
        NoneInPeriod,
        NotFetched,
        EmptyForever,
        TrendIncomplete,
        NewerImplausible => ("AB"),
        ParameterFailed => ("AB"),
        ChooseParameters,
        SearchParameters,
        SearchHint,
        NoMatch => ("AB"),
        OrderHint,
        MoveUp => ("AB"),
        MoveDown => ("AB"),
        Moved => ("AB", 2, 6),
        NowShown => ("AB"),
        NowHidden => ("AB"),
        HasLimits,
        HasNoReadings,
        ShownOf => (0, 6) (4, 6) (1, 1),
        HiddenCount => (0) (1) (2) (1000),
        ResetArrangement,
        ColumnTime,
        ColumnValue,
        ColumnZone,
        ColumnSource,
        Parameter in Known::ALL,
        Systolic,
        Diastolic,
        Unit => ("mm[Hg]") ("/min") ("Cel") ("mmol/L") ("L") ("L/min") ("{score}") ("/d") ("kg") ("%") ("stone"),
        Zone in zones(),
        ZoneName in zones(),
        Method in methods(),
        Status in statuses(),
        Implausible,
        Under => ("AB"),
        Over => ("AB"),
        Limits in sources(),
        SourceSays in zones(),
        SourceAgrees,
        SourceWrote => ("AB"),
        Note => ("AB"),
        NoLimit,
        LimitNotKnown,
        UnitNotKnown,
        UnusableLimits,
        LimitsAre => ("AB"),
        AtLeast => ("AB"),
        AtMost => ("AB"),
        Between => ("50", "100"),
        StandardLimits,
        LimitsChanged => ("AB"),
        LimitsChangedOften => (1000, "AB"),
        LimitsSince => ("AB"),
        LimitsSetBy => ("AB"),
        StandardLimitsName,
        PersonalLimits,
        BrushName,
        WholePeriod,
        Showing => ("AB"),
        Statistics,
        Compare,
        CompareNothing,
        PeriodBefore,
        ThisPeriod,
        BeforeAndAfter => ("AB"),
        Before,
        After,
        DayNumber => (1) (90),
        Count,
        Mean,
        SevenDayMean,
        MeanOf => ("AB", 1) ("AB", 2) ("AB", 1000),
        Lowest,
        Highest,
        LeftOut,
        LeftOutAs => (ExclusionKind::EnteredInError, 1) (ExclusionKind::Cancelled, 2) (ExclusionKind::Duplicate, 1000) (ExclusionKind::NoValue, 1) (ExclusionKind::Panel, 2) (ExclusionKind::Joined, 1) (ExclusionKind::Implausible, 2),
        LeftOutForUnit => (1) (2) (1000),
        LeftOutAsBound => (1) (2) (1000),
        Share => (1, "AB") (1000, "AB"),
        Overdue => (0) (1) (2) (1000),
        Up => ("AB"),
        Down => ("AB"),
        Unchanged,
        Since => ("AB", "YZ"),
        YellowCount => (0) (1) (2) (1000),
        RedCount => (0) (1) (2) (1000),
        NoZoneCount => (0) (1) (2) (1000),
        Newest => ("AB"),
        Coverage => (0, 0, 90) (1, 1, 1) (1000, 58, 90),
        Gaps => (1, "AB") (2, "AB") (1000, "AB"),
        Hours => (0) (1) (2) (1000),
        ImplausibleCount => (0) (1) (2) (1000),
        ExcludedCount => (0) (1) (2) (1000),
        Plan,
        PlanVersion => ("AB"),
        PlanChanged => ("AB"),
        PlanAuthor => ("AB"),
        PlanFailed,
        NoPlan,
        PlanNotGranted,
        OfPlan in plan_messages(),
        OfEdit in edit_messages(),
        OfOnDemand in on_demand_messages(),
        OfRecord in record_messages(),
        Settings,
        DensityLabel,
        Dense,
        Roomy,
        KeptAtServer,
        KeptInBrowser,
        KeptInPage,
        TakeAlong,
        TakeChoices,
        NoChoices,
        ForgetChoices,
        Sources,
        SourceFetched => ("AB", "YZ"),
        NewestReading => ("AB"),
        SourceAwaited => ("AB"),
        SourceFailed => ("AB"),
        SourceNotEntered => ("AB"),
        SourcePatientNotFound => ("AB"),
        SourceNotAsked => ("AB"),
        SourceReadingsMissing,
        SourceAsks => ("AB"),
        OpenSource => ("AB"),
        SourceWithoutPatient => ("AB"),
        SourceWithoutReadings => ("AB"),
        Meanwhile => ("AB", "YZ"),
        PlanFrom => ("AB"),
        PlanAlsoAt => ("AB"),
        NotEnrolled,
        NeverMeasured,
        Expired,
        Close,
        LoggedIn => ("AB"),
        SignInNeeded,
        SignIn,
        PatientChanged,
        PatientMissing,
        Unreadable => (0) (1) (2) (1000),
        Remarks => (0) (1) (2) (1000),
        RemarksHeading,
        AndMore => (0) (1) (2) (1000),
        Finding in finding_kinds(),
        LaunchFailed,
        LaunchError in launch_error_kinds(),
        PatientFailed,
        NameFailed,
        ReadingsFailed,
        PeriodFailed,
        Problem in problem_kinds(),
        ForSupport => ("AB"),
        Today,
        Yesterday,
        DaysAgo => (0) (1) (2) (1000),
        Clock => (8, 5) (0, 0) (23, 59),
        FullDate => (Date { year: 1953, month: 3, day: 2 }),
        DayOfMonth => (3, 9) (12, 5),
        Month => (1) (2) (3) (4) (5) (6) (7) (8) (9) (10) (11) (12),
        AtClock => ("AB", "YZ"),
    ]
}

fn national_id_kinds() -> Vec<NationalIdKind> {
    every![NationalIdKind: BirthNumber, DNumber, HelpNumber]
}

fn period_errors() -> Vec<PeriodError> {
    every![PeriodError: Reversed, NotBegun]
}

fn zones() -> Vec<Zone> {
    every![Zone: Green, NoLimit, Unknown, YellowLow, YellowHigh, RedLow, RedHigh]
}

fn methods() -> Vec<Method> {
    every![Method: Device, Manual, Unstated]
}

fn statuses() -> Vec<Status> {
    every![Status: Registered, Preliminary, Final, Amended, Corrected, Unstated]
}

fn sources() -> Vec<Source> {
    every![Source: Reading, Plan, Standard, NotKnown]
}

fn finding_kinds() -> Vec<FindingKind> {
    every![FindingKind: UnreadableResource, MissingCode, MissingTime, TimeWithoutZone, MalformedTime, MissingValue, ValueNotANumber, OtherPatient, FutureReading, UnknownStatus, BrokenBundle, ServerOutcome, LimitOverlap, LimitReversed, LimitWithoutBounds, LimitUnit, UnknownLimitType, PlanUnreadable, PlanOfOtherPatient, LimitsNotKnown, PlanConflict, UnknownUnit, MissingUnit, UnitConflict, InterpretationDisagrees, Implausible]
}

fn problem_kinds() -> Vec<ProblemKind> {
    every![ProblemKind: Network, Unauthorized, Forbidden, NotFound, Server, NotFhir, ForeignLink]
}

fn launch_error_kinds() -> Vec<LaunchErrorKind> {
    every![LaunchErrorKind: NotLaunched, IssuerMissing, LaunchMissing, IssuerNotAllowed, HostsInvalid, NoRandomness, Unreachable, TimedOut, Status => (503), NotJson, FieldMissing => ("AB"), FieldInvalid => ("AB"), NavigationBlocked, AuthorizationStayed, AuthorizationRefused, CallbackUnexpected, CallbackRepeated, StateMismatch, IssuerMismatch, TokenRefused, PatientMissing]
}
