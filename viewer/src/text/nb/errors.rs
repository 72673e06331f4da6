//! Bokmål: what went wrong, in a plain sentence for the doctor that says what to do.

use std::borrow::Cow;

use smart_launch::LaunchErrorKind;

use crate::state::ProblemKind;

pub(super) fn launch(kind: LaunchErrorKind) -> Cow<'static, str> {
    match kind {
        LaunchErrorKind::NotLaunched => {
            "Egenmåling må åpnes fra journalen med en pasient valgt. Åpne på nytt derfra.".into()
        }
        LaunchErrorKind::IssuerMissing => {
            "Journalen sa ikke hvor pasientens data ligger (iss mangler). Åpne på nytt, og meld fra om det gjentar seg.".into()
        }
        LaunchErrorKind::LaunchMissing => {
            "Journalen sa ikke hvilken pasient det gjelder (launch mangler). Åpne på nytt, og meld fra om det gjentar seg.".into()
        }
        LaunchErrorKind::IssuerNotAllowed => {
            "Denne journalen er ikke godkjent for Egenmåling her. Be brukerstøtte om å legge den til.".into()
        }
        LaunchErrorKind::HostsInvalid => {
            "Oppsettet av Egenmåling inneholder en feil. Meld fra til brukerstøtte.".into()
        }
        LaunchErrorKind::NoRandomness => {
            "Nettleseren mangler det som trengs for sikker innlogging. Meld fra til brukerstøtte.".into()
        }
        LaunchErrorKind::Unreachable => {
            "Tjenesten svarer ikke. Kontroller nettet og åpne på nytt om litt.".into()
        }
        LaunchErrorKind::TimedOut => "Tjenesten brukte for lang tid. Åpne på nytt om litt.".into(),
        LaunchErrorKind::Status(status) => {
            format!("Tjenesten svarte med en feil ({status}). Åpne på nytt om litt, og meld fra om det gjentar seg.").into()
        }
        LaunchErrorKind::NotJson => {
            "Tjenesten svarte med noe annet enn data. Meld fra til brukerstøtte.".into()
        }
        LaunchErrorKind::FieldMissing(field) => {
            format!("Svaret fra tjenesten mangler {field}. Meld fra til brukerstøtte.").into()
        }
        LaunchErrorKind::FieldInvalid(field) => {
            format!("Svaret fra tjenesten har en ugyldig {field}. Meld fra til brukerstøtte.").into()
        }
        LaunchErrorKind::NavigationBlocked => {
            "Nettleseren stanset innloggingsvinduet. Åpne på nytt, og be brukerstøtte om å tillate vinduet om det gjentar seg.".into()
        }
        LaunchErrorKind::AuthorizationRefused => {
            "Journalen ga ikke tilgang. Åpne på nytt, og meld fra om du skulle hatt tilgang.".into()
        }
        LaunchErrorKind::AuthorizationStayed => {
            "Innloggingen ble ikke fullført. Åpne på nytt fra journalen, og meld fra om det gjentar seg.".into()
        }
        LaunchErrorKind::CallbackUnexpected | LaunchErrorKind::CallbackRepeated => {
            "Innloggingen er allerede brukt. Åpne på nytt fra journalen.".into()
        }
        LaunchErrorKind::StateMismatch | LaunchErrorKind::IssuerMismatch => {
            "Innloggingen stemmer ikke med det som ble startet, og er stanset for sikkerhets skyld. Åpne på nytt fra journalen.".into()
        }
        LaunchErrorKind::TokenRefused => {
            "Journalen godtok ikke innloggingen. Åpne på nytt fra journalen.".into()
        }
        LaunchErrorKind::PatientMissing => {
            "Ingen pasient er valgt i journalen. Velg pasient og åpne på nytt.".into()
        }
    }
}

pub(super) const fn problem(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Network => "Får ikke kontakt med tjenesten. Kontroller nettet og prøv igjen.",
        ProblemKind::Unauthorized => "Økten er utløpt. Åpne på nytt fra journalen.",
        ProblemKind::Forbidden => "Du har ikke tilgang til dette her. Meld fra om du skulle hatt det.",
        ProblemKind::NotFound => "Tjenesten har ikke det som ble bedt om. Åpne på nytt fra journalen.",
        ProblemKind::Server => "Tjenesten svarte med en feil. Prøv igjen om litt.",
        ProblemKind::NotFhir => {
            "Tjenesten svarte med noe som ikke kan leses. Prøv igjen, og meld fra om det gjentar seg."
        }
        ProblemKind::ForeignLink => {
            "Tjenesten viste til en annen server, som ikke ble fulgt. Noe kan mangle; meld fra til brukerstøtte."
        }
    }
}
