//! Nynorsk: what went wrong, in a plain sentence for the doctor that says what to do.

use std::borrow::Cow;

use smart_launch::LaunchErrorKind;

use crate::state::ProblemKind;

pub(super) fn launch(kind: LaunchErrorKind) -> Cow<'static, str> {
    match kind {
        LaunchErrorKind::NotLaunched => {
            "Eigenmåling må opnast frå journalen med ein pasient vald. Opne på nytt derfrå.".into()
        }
        LaunchErrorKind::IssuerMissing => {
            "Journalen sa ikkje kvar dataa til pasienten ligg (iss manglar). Opne på nytt, og meld frå om det skjer igjen.".into()
        }
        LaunchErrorKind::LaunchMissing => {
            "Journalen sa ikkje kva pasient det gjeld (launch manglar). Opne på nytt, og meld frå om det skjer igjen.".into()
        }
        LaunchErrorKind::IssuerNotAllowed => {
            "Denne journalen er ikkje godkjend for Eigenmåling her. Be brukarstøtte om å leggje han til.".into()
        }
        LaunchErrorKind::HostsInvalid => {
            "Oppsettet av Eigenmåling inneheld ein feil. Meld frå til brukarstøtte.".into()
        }
        LaunchErrorKind::NoRandomness => {
            "Nettlesaren manglar det som trengst for sikker innlogging. Meld frå til brukarstøtte.".into()
        }
        LaunchErrorKind::Unreachable => {
            "Tenesta svarar ikkje. Kontroller nettet og opne på nytt om litt.".into()
        }
        LaunchErrorKind::TimedOut => "Tenesta brukte for lang tid. Opne på nytt om litt.".into(),
        LaunchErrorKind::Status(status) => {
            format!("Tenesta svara med ein feil ({status}). Opne på nytt om litt, og meld frå om det skjer igjen.").into()
        }
        LaunchErrorKind::NotJson => {
            "Tenesta svara med noko anna enn data. Meld frå til brukarstøtte.".into()
        }
        LaunchErrorKind::FieldMissing(field) => {
            format!("Svaret frå tenesta manglar {field}. Meld frå til brukarstøtte.").into()
        }
        LaunchErrorKind::FieldInvalid(field) => {
            format!("Svaret frå tenesta har ein ugyldig {field}. Meld frå til brukarstøtte.").into()
        }
        LaunchErrorKind::NavigationBlocked => {
            "Nettlesaren stansa innloggingsvindauget. Opne på nytt, og be brukarstøtta om å tillate vindauget om det skjer igjen.".into()
        }
        LaunchErrorKind::AuthorizationRefused => {
            "Journalen gav ikkje tilgang. Opne på nytt, og meld frå om du skulle hatt tilgang.".into()
        }
        LaunchErrorKind::AuthorizationStayed => {
            "Innlogginga vart ikkje fullført. Opne på nytt frå journalen, og meld frå om det skjer igjen.".into()
        }
        LaunchErrorKind::CallbackUnexpected | LaunchErrorKind::CallbackRepeated => {
            "Innlogginga er alt brukt. Opne på nytt frå journalen.".into()
        }
        LaunchErrorKind::StateMismatch | LaunchErrorKind::IssuerMismatch => {
            "Innlogginga stemmer ikkje med det som vart starta, og er stansa for å vere på den sikre sida. Opne på nytt frå journalen.".into()
        }
        LaunchErrorKind::TokenRefused => {
            "Journalen godtok ikkje innlogginga. Opne på nytt frå journalen.".into()
        }
        LaunchErrorKind::PatientMissing => {
            "Ingen pasient er vald i journalen. Vel pasient og opne på nytt.".into()
        }
    }
}

pub(super) const fn problem(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Network => "Får ikkje kontakt med tenesta. Kontroller nettet og prøv igjen.",
        ProblemKind::Unauthorized => "Økta har gått ut. Opne på nytt frå journalen.",
        ProblemKind::Forbidden => "Du har ikkje tilgang til dette her. Meld frå om du skulle hatt det.",
        ProblemKind::NotFound => "Tenesta har ikkje det som vart bede om. Opne på nytt frå journalen.",
        ProblemKind::Server => "Tenesta svara med ein feil. Prøv igjen om litt.",
        ProblemKind::NotFhir => {
            "Tenesta svara med noko som ikkje kan lesast. Prøv igjen, og meld frå om det skjer igjen."
        }
        ProblemKind::ForeignLink => {
            "Tenesta viste til ein annan server, som ikkje vart følgd. Noko kan mangle; meld frå til brukarstøtte."
        }
    }
}
