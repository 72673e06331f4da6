//! English: names of clinical things, each chosen by a value of the domain.

use std::borrow::Cow;

use chart_model::{ExclusionKind, FindingKind, Known, Method, Status, Zone};
use fhir_read::NationalIdKind;

pub(super) const fn parameter(known: Known) -> &'static str {
    match known {
        Known::Spo2 => "SpO₂",
        Known::Pulse => "Pulse",
        Known::BloodPressure => "Blood pressure",
        Known::Weight => "Weight",
        Known::Temperature => "Temperature",
        Known::Glucose => "Blood glucose",
        Known::RespiratoryRate => "Respiratory rate",
        Known::Fev1 => "FEV1",
        Known::Pef => "PEF",
        Known::Cat => "CAT",
        Known::Steps => "Steps",
    }
}

/// The UCUM codes of the parameter table in the words of the clinic; any other as it came.
pub(super) fn unit(ucum: &str) -> Cow<'static, str> {
    match ucum {
        "mm[Hg]" => "mmHg".into(),
        "Cel" => "°C".into(),
        "{score}" => "points".into(),
        "/d" => "steps/day".into(),
        other => other.to_owned().into(),
    }
}

pub(super) const fn zone(zone: Zone) -> &'static str {
    match zone {
        Zone::Green => "Within",
        Zone::YellowLow | Zone::YellowHigh => "Yellow",
        Zone::RedLow | Zone::RedHigh => "Red",
        Zone::NoLimit => "No limit",
        Zone::Unknown => "Not covered",
    }
}

pub(super) const fn method(method: Method) -> &'static str {
    match method {
        Method::Device => "device",
        Method::Manual => "manual",
        Method::Unstated => "",
    }
}

pub(super) const fn status(status: Status) -> &'static str {
    match status {
        Status::Preliminary => "preliminary",
        Status::Amended | Status::Corrected => "corrected",
        Status::Registered | Status::Final | Status::Unstated => "",
    }
}

pub(super) const fn finding(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::UnreadableResource => "Could not be read",
        FindingKind::MissingCode => "Does not say what was measured",
        FindingKind::MissingTime => "The time of measurement is missing",
        FindingKind::TimeWithoutZone => "Clock time without a time zone",
        FindingKind::MalformedTime => "The time cannot be read",
        FindingKind::MissingValue => "The value is missing",
        FindingKind::ValueNotANumber => "The value is not a number",
        FindingKind::OtherPatient => "Belongs to another patient, not shown",
        FindingKind::FutureReading => "The time lies in the future",
        FindingKind::UnknownStatus => "The reading's status is unknown",
        FindingKind::BrokenBundle => "The service's answer breaks off; the rest is missing",
        FindingKind::ServerOutcome => "Message from the service",
        FindingKind::LimitOverlap => "The limits overlap; the stricter one was used",
        FindingKind::LimitReversed => "The limits are reversed (lower above upper)",
        FindingKind::LimitWithoutBounds => "Limit without numbers",
        FindingKind::LimitUnit => "The limits have a unit that cannot be converted",
        FindingKind::UnknownLimitType => "Unknown type of limit",
        FindingKind::UnknownUnit => "Unknown unit; shown as sent",
        FindingKind::MissingUnit => "The unit is missing; shown as sent",
        FindingKind::UnitConflict => "Two units that are not the same; shown as sent",
        FindingKind::InterpretationDisagrees => "The source rates the reading differently from the limits",
        FindingKind::PlanUnreadable => "The plan, or a part of it, cannot be read",
        FindingKind::PlanOfOtherPatient => "A plan of another patient is not shown",
        FindingKind::LimitsNotKnown => {
            "Earlier limits are not known; older readings are shown without colour"
        }
        FindingKind::PlanConflict => "Several current plans or limits; the newest was used",
        FindingKind::Implausible => "Implausible value, please check",
    }
}

pub(super) const fn national_id(kind: NationalIdKind) -> &'static str {
    match kind {
        NationalIdKind::BirthNumber => "national identity number",
        NationalIdKind::DNumber => "D number",
        NationalIdKind::HelpNumber => "FH number",
    }
}

pub(super) const fn month(month: u8) -> &'static str {
    match month {
        1 => "Jan",
        2 => "Feb",
        3 => "Mar",
        4 => "Apr",
        5 => "May",
        6 => "Jun",
        7 => "Jul",
        8 => "Aug",
        9 => "Sep",
        10 => "Oct",
        11 => "Nov",
        _ => "Dec",
    }
}

/// Why readings are left out, after their number: of one, and of several.
pub(super) const fn excluded(kind: ExclusionKind) -> (&'static str, &'static str) {
    match kind {
        ExclusionKind::EnteredInError => ("withdrawn", "withdrawn"),
        ExclusionKind::Cancelled => ("cancelled", "cancelled"),
        ExclusionKind::Duplicate => ("duplicate", "duplicates"),
        ExclusionKind::NoValue => ("without a value", "without a value"),
        ExclusionKind::Panel => ("without a value of its own", "without values of their own"),
        ExclusionKind::Joined => ("part of a blood pressure", "parts of a blood pressure"),
        ExclusionKind::Implausible => ("implausible", "implausible"),
    }
}

/// A zone with the side of green that it lies on.
pub(super) const fn zone_name(name: Zone) -> &'static str {
    match name {
        Zone::YellowLow => "Yellow low",
        Zone::YellowHigh => "Yellow high",
        Zone::RedLow => "Red low",
        Zone::RedHigh => "Red high",
        Zone::Green | Zone::NoLimit | Zone::Unknown => zone(name),
    }
}
