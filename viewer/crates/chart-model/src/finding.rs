//! What could not be understood, or deserves a second look, said in types. The wording is the
//! viewer's; nothing here is text for a doctor.

/// The kind of a finding. Its [`FindingKind::id`] is stable and used by hooks and tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// The entry is not JSON that can be read, or not an object with a `resourceType`.
    UnreadableResource,
    /// An Observation with neither coding nor code text.
    MissingCode,
    /// No time of measurement at all (`issued` is never taken for it).
    MissingTime,
    /// A clock time without a zone offset: which instant it means is not known.
    TimeWithoutZone,
    /// A time of measurement that is no FHIR date.
    MalformedTime,
    /// Neither value nor component nor a reason for their absence.
    MissingValue,
    /// A value that is no number, or not a quantity.
    ValueNotANumber,
    /// The subject is not the patient of this launch: refused.
    OtherPatient,
    /// Measured after the moment the data was fetched.
    FutureReading,
    /// A status that FHIR does not define.
    UnknownStatus,
    /// The bundle breaks off, or is not a bundle: what came before it is kept.
    BrokenBundle,
    /// The server sent an OperationOutcome along with the results.
    ServerOutcome,
    /// Ranges overlap at the value; the more severe was taken.
    LimitOverlap,
    /// A range whose low lies above its high.
    LimitReversed,
    /// A range with neither low nor high.
    LimitWithoutBounds,
    /// The limits come in a unit that cannot be converted to the value's.
    LimitUnit,
    /// A range type that is in no table.
    UnknownLimitType,
    /// The plan, or a part of it, cannot be read, was cut off or was not sent.
    PlanUnreadable,
    /// A plan or goal that is another patient's: refused.
    PlanOfOtherPatient,
    /// Which of the plan's limits held earlier could not be fetched: older readings stay without colour.
    LimitsNotKnown,
    /// More than one active plan, or two goals with limits for one number: the newest was taken.
    PlanConflict,
    /// A value whose unit cannot be converted: shown as sent, uncoloured.
    UnknownUnit,
    /// A value without a unit: shown as sent, uncoloured.
    MissingUnit,
    /// A value whose unit is another by its code than in words: shown as sent, uncoloured.
    UnitConflict,
    /// The source's own interpretation says another zone than the limits do.
    InterpretationDisagrees,
    /// Outside the range that a living patient can have.
    Implausible,
}

impl FindingKind {
    /// The stable kebab-case name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::UnreadableResource => "unreadable-resource",
            Self::MissingCode => "missing-code",
            Self::MissingTime => "missing-time",
            Self::TimeWithoutZone => "time-without-zone",
            Self::MalformedTime => "malformed-time",
            Self::MissingValue => "missing-value",
            Self::ValueNotANumber => "value-not-a-number",
            Self::OtherPatient => "other-patient",
            Self::FutureReading => "future-reading",
            Self::UnknownStatus => "unknown-status",
            Self::BrokenBundle => "broken-bundle",
            Self::ServerOutcome => "server-outcome",
            Self::LimitOverlap => "limit-overlap",
            Self::LimitReversed => "limit-reversed",
            Self::LimitWithoutBounds => "limit-without-bounds",
            Self::LimitUnit => "limit-unit",
            Self::UnknownLimitType => "unknown-limit-type",
            Self::PlanUnreadable => "plan-unreadable",
            Self::PlanOfOtherPatient => "plan-of-other-patient",
            Self::LimitsNotKnown => "limits-not-known",
            Self::PlanConflict => "plan-conflict",
            Self::UnknownUnit => "unknown-unit",
            Self::MissingUnit => "missing-unit",
            Self::UnitConflict => "unit-conflict",
            Self::InterpretationDisagrees => "interpretation-disagrees",
            Self::Implausible => "implausible",
        }
    }

    /// True where a reading, or its limits, cannot be compared because of it: it has no zone then.
    pub const fn takes_zone(self) -> bool {
        matches!(
            self,
            Self::UnknownUnit
                | Self::MissingUnit
                | Self::UnitConflict
                | Self::LimitReversed
                | Self::LimitWithoutBounds
                | Self::LimitUnit
                | Self::UnknownLimitType
        )
    }

    /// True where the finding stands *instead of* a reading: the entry could not be used. False
    /// where it is a remark about a reading that is still shown.
    pub const fn replaces_reading(self) -> bool {
        matches!(
            self,
            Self::UnreadableResource
                | Self::MissingCode
                | Self::MissingTime
                | Self::TimeWithoutZone
                | Self::MalformedTime
                | Self::MissingValue
                | Self::ValueNotANumber
                | Self::OtherPatient
                | Self::FutureReading
                | Self::UnknownStatus
        )
    }
}

/// One finding, with enough to show the doctor where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing it is.
    pub kind: FindingKind,
    /// The resource it is about (`Observation/17`), empty if not even that could be read.
    pub resource: String,
    /// What the source wrote at that place, shortened; shown as text. Empty for another patient's data.
    pub detail: String,
}
