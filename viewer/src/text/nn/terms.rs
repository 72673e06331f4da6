//! Nynorsk: names of clinical things, each chosen by a value of the domain.

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
        Known::Steps => "Steg",
    }
}

/// The UCUM codes of the parameter table in the words of the clinic; any other as it came.
pub(super) fn unit(ucum: &str) -> Cow<'static, str> {
    match ucum {
        "mm[Hg]" => "mmHg".into(),
        "Cel" => "°C".into(),
        "mmol/L" => "mmol/l".into(),
        "{score}" => "poeng".into(),
        "/d" => "steg/d".into(),
        other => other.to_owned().into(),
    }
}

pub(super) const fn zone(zone: Zone) -> &'static str {
    match zone {
        Zone::Green => "Innanfor",
        Zone::YellowLow | Zone::YellowHigh => "Gul",
        Zone::RedLow | Zone::RedHigh => "Raud",
        Zone::NoLimit => "Inga grense",
        Zone::Unknown => "Ikkje dekt",
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
        Status::Preliminary => "førebels",
        Status::Amended | Status::Corrected => "retta",
        Status::Registered | Status::Final | Status::Unstated => "",
    }
}

pub(super) const fn finding(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::UnreadableResource => "Kunne ikkje lesast",
        FindingKind::MissingCode => "Seier ikkje kva som er målt",
        FindingKind::MissingTime => "Manglar tidspunkt for målinga",
        FindingKind::TimeWithoutZone => "Klokkeslett utan tidssone",
        FindingKind::MalformedTime => "Tidspunktet kan ikkje lesast",
        FindingKind::MissingValue => "Manglar verdi",
        FindingKind::ValueNotANumber => "Verdien er ikkje eit tal",
        FindingKind::OtherPatient => "Gjeld ein annan pasient, blir ikkje vist",
        FindingKind::FutureReading => "Tidspunktet ligg fram i tid",
        FindingKind::UnknownStatus => "Ukjend status på målinga",
        FindingKind::BrokenBundle => "Svaret frå tenesta er avbrote; resten manglar",
        FindingKind::ServerOutcome => "Melding frå tenesta",
        FindingKind::LimitOverlap => "Grensene overlappar; den strengaste er brukt",
        FindingKind::LimitReversed => "Grensene er snudde (nedre over øvre)",
        FindingKind::LimitWithoutBounds => "Grense utan tal",
        FindingKind::LimitUnit => "Grensene har ei eining som ikkje kan reknast om",
        FindingKind::UnknownLimitType => "Ukjend type grense",
        FindingKind::UnknownUnit => "Ukjend eining; vist slik ho vart send",
        FindingKind::MissingUnit => "Manglar eining; vist slik verdien vart send",
        FindingKind::UnitConflict => "To einingar som ikkje er den same; vist slik verdien vart send",
        FindingKind::InterpretationDisagrees => "Kjelda vurderer målinga annleis enn grensene",
        FindingKind::PlanUnreadable => "Planen, eller ein del av han, kan ikkje lesast",
        FindingKind::PlanOfOtherPatient => "Ein plan som gjeld ein annan pasient, blir ikkje vist",
        FindingKind::LimitsNotKnown => {
            "Tidlegare grenser er ikkje kjende; eldre målingar blir viste utan farge"
        }
        FindingKind::PlanConflict => "Fleire gjeldande planar eller grenser; den nyaste er brukt",
        FindingKind::Implausible => "Usannsynleg verdi, kontroller",
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
        ExclusionKind::EnteredInError => ("trekt tilbake", "trekte tilbake"),
        ExclusionKind::Cancelled => ("avbroten", "avbrotne"),
        ExclusionKind::Duplicate => ("dobbel", "doble"),
        ExclusionKind::NoValue => ("utan verdi", "utan verdi"),
        ExclusionKind::Panel => ("utan eigen verdi", "utan eigen verdi"),
        ExclusionKind::Joined => ("del av eit blodtrykk", "delar av eit blodtrykk"),
        ExclusionKind::Implausible => ("usannsynleg", "usannsynlege"),
    }
}

/// A zone with the side of green that it lies on.
pub(super) const fn zone_name(name: Zone) -> &'static str {
    match name {
        Zone::YellowLow => "Gul låg",
        Zone::YellowHigh => "Gul høg",
        Zone::RedLow => "Raud låg",
        Zone::RedHigh => "Raud høg",
        Zone::Green | Zone::NoLimit | Zone::Unknown => zone(name),
    }
}
