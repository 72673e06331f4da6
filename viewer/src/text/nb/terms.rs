//! Bokmål: names of clinical things, each chosen by a value of the domain.

use std::borrow::Cow;

use chart_model::{ExclusionKind, FindingKind, Known, Method, Status, Zone};
use fhir_read::NationalIdKind;

pub(super) const fn parameter(known: Known) -> &'static str {
    match known {
        Known::Spo2 => "SpO₂",
        Known::Pulse => "Puls",
        Known::BloodPressure => "Blodtrykk",
        Known::Weight => "Vekt",
        Known::Temperature => "Temperatur",
        Known::Glucose => "Blodsukker",
        Known::RespiratoryRate => "Pustefrekvens",
        Known::Fev1 => "FEV1",
        Known::Pef => "PEF",
        Known::Cat => "CAT",
        Known::Steps => "Skritt",
    }
}

/// The UCUM codes of the parameter table in the words of the clinic; any other as it came.
pub(super) fn unit(ucum: &str) -> Cow<'static, str> {
    match ucum {
        "mm[Hg]" => "mmHg".into(),
        "Cel" => "°C".into(),
        "mmol/L" => "mmol/l".into(),
        "{score}" => "poeng".into(),
        "/d" => "skritt/d".into(),
        other => other.to_owned().into(),
    }
}

pub(super) const fn zone(zone: Zone) -> &'static str {
    match zone {
        Zone::Green => "Innenfor",
        Zone::YellowLow | Zone::YellowHigh => "Gul",
        Zone::RedLow | Zone::RedHigh => "Rød",
        Zone::NoLimit => "Ingen grense",
        Zone::Unknown => "Ikke dekket",
    }
}

pub(super) const fn method(method: Method) -> &'static str {
    match method {
        Method::Device => "apparat",
        Method::Manual => "manuelt",
        Method::Unstated => "",
    }
}

pub(super) const fn status(status: Status) -> &'static str {
    match status {
        Status::Preliminary => "foreløpig",
        Status::Amended | Status::Corrected => "rettet",
        Status::Registered | Status::Final | Status::Unstated => "",
    }
}

pub(super) const fn finding(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::UnreadableResource => "Kunne ikke leses",
        FindingKind::MissingCode => "Sier ikke hva som er målt",
        FindingKind::MissingTime => "Mangler tidspunkt for målingen",
        FindingKind::TimeWithoutZone => "Klokkeslett uten tidssone",
        FindingKind::MalformedTime => "Tidspunktet kan ikke leses",
        FindingKind::MissingValue => "Mangler verdi",
        FindingKind::ValueNotANumber => "Verdien er ikke et tall",
        FindingKind::OtherPatient => "Gjelder en annen pasient, vises ikke",
        FindingKind::FutureReading => "Tidspunktet ligger frem i tid",
        FindingKind::UnknownStatus => "Ukjent status på målingen",
        FindingKind::BrokenBundle => "Svaret fra tjenesten er avbrutt; resten mangler",
        FindingKind::ServerOutcome => "Melding fra tjenesten",
        FindingKind::LimitOverlap => "Grensene overlapper; den strengeste er brukt",
        FindingKind::LimitReversed => "Grensene er snudd (nedre over øvre)",
        FindingKind::LimitWithoutBounds => "Grense uten tall",
        FindingKind::LimitUnit => "Grensene har en enhet som ikke kan regnes om",
        FindingKind::UnknownLimitType => "Ukjent type grense",
        FindingKind::UnknownUnit => "Ukjent enhet; vises som sendt",
        FindingKind::MissingUnit => "Mangler enhet; vises som sendt",
        FindingKind::UnitConflict => "To enheter som ikke er den samme; vises som sendt",
        FindingKind::InterpretationDisagrees => "Kilden vurderer målingen annerledes enn grensene",
        FindingKind::PlanUnreadable => "Planen, eller en del av den, kan ikke leses",
        FindingKind::PlanOfOtherPatient => "En plan som gjelder en annen pasient, vises ikke",
        FindingKind::LimitsNotKnown => "Tidligere grenser er ikke kjent; eldre målinger vises uten farge",
        FindingKind::PlanConflict => "Flere gjeldende planer eller grenser; den nyeste er brukt",
        FindingKind::Implausible => "Usannsynlig verdi, kontroller",
    }
}

pub(super) const fn national_id(kind: NationalIdKind) -> &'static str {
    match kind {
        NationalIdKind::BirthNumber => "fødselsnummer",
        NationalIdKind::DNumber => "D-nummer",
        NationalIdKind::HelpNumber => "felles hjelpenummer",
    }
}

pub(super) const fn month(month: u8) -> &'static str {
    match month {
        1 => "jan.",
        2 => "feb.",
        3 => "mars",
        4 => "april",
        5 => "mai",
        6 => "juni",
        7 => "juli",
        8 => "aug.",
        9 => "sep.",
        10 => "okt.",
        11 => "nov.",
        _ => "des.",
    }
}

/// Why readings are left out, after their number: of one, and of several.
pub(super) const fn excluded(kind: ExclusionKind) -> (&'static str, &'static str) {
    match kind {
        ExclusionKind::EnteredInError => ("trukket tilbake", "trukket tilbake"),
        ExclusionKind::Cancelled => ("avbrutt", "avbrutte"),
        ExclusionKind::Duplicate => ("dobbelt", "doble"),
        ExclusionKind::NoValue => ("uten verdi", "uten verdi"),
        ExclusionKind::Panel => ("uten egen verdi", "uten egen verdi"),
        ExclusionKind::Joined => ("del av et blodtrykk", "deler av et blodtrykk"),
        ExclusionKind::Implausible => ("usannsynlig", "usannsynlige"),
    }
}

/// A zone with the side of green that it lies on.
pub(super) const fn zone_name(name: Zone) -> &'static str {
    match name {
        Zone::YellowLow => "Gul lav",
        Zone::YellowHigh => "Gul høy",
        Zone::RedLow => "Rød lav",
        Zone::RedHigh => "Rød høy",
        Zone::Green | Zone::NoLimit | Zone::Unknown => zone(name),
    }
}
