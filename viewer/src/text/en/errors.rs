//! English: what went wrong, in a plain sentence for the doctor that says what to do.

use std::borrow::Cow;

use smart_launch::LaunchErrorKind;

use crate::state::ProblemKind;

pub(super) fn launch(kind: LaunchErrorKind) -> Cow<'static, str> {
    match kind {
        LaunchErrorKind::NotLaunched => {
            "Home readings must be opened from the patient record, with a patient chosen. Open it again from there.".into()
        }
        LaunchErrorKind::IssuerMissing => {
            "The record did not say where the patient's data is (iss is missing). Open it again, and report it if it happens again.".into()
        }
        LaunchErrorKind::LaunchMissing => {
            "The record did not say which patient it is about (launch is missing). Open it again, and report it if it happens again.".into()
        }
        LaunchErrorKind::IssuerNotAllowed => {
            "This record is not approved for Home readings here. Ask support to add it.".into()
        }
        LaunchErrorKind::HostsInvalid => {
            "The set-up of Home readings has an error in it. Tell support.".into()
        }
        LaunchErrorKind::NoRandomness => {
            "The browser lacks what a secure log-in needs. Tell support.".into()
        }
        LaunchErrorKind::Unreachable => {
            "The service does not answer. Check the network and open it again in a moment.".into()
        }
        LaunchErrorKind::TimedOut => "The service took too long. Open it again in a moment.".into(),
        LaunchErrorKind::Status(status) => {
            format!("The service answered with an error ({status}). Open it again in a moment, and report it if it happens again.").into()
        }
        LaunchErrorKind::NotJson => {
            "The service answered with something other than data. Tell support.".into()
        }
        LaunchErrorKind::FieldMissing(field) => {
            format!("The service's answer lacks {field}. Tell support.").into()
        }
        LaunchErrorKind::FieldInvalid(field) => {
            format!("The service's answer has an invalid {field}. Tell support.").into()
        }
        LaunchErrorKind::NavigationBlocked => {
            "The browser stopped the log-in window. Open it again, and ask support to allow the window if it happens again.".into()
        }
        LaunchErrorKind::AuthorizationRefused => {
            "The record did not give access. Open it again, and report it if you should have access.".into()
        }
        LaunchErrorKind::AuthorizationStayed => {
            "The log-in was not completed. Open it again from the record, and report it if it happens again.".into()
        }
        LaunchErrorKind::CallbackUnexpected | LaunchErrorKind::CallbackRepeated => {
            "The log-in has already been used. Open it again from the record.".into()
        }
        LaunchErrorKind::StateMismatch | LaunchErrorKind::IssuerMismatch => {
            "The log-in does not match what was started, and was stopped to be on the safe side. Open it again from the record.".into()
        }
        LaunchErrorKind::TokenRefused => {
            "The record did not accept the log-in. Open it again from the record.".into()
        }
        LaunchErrorKind::PatientMissing => {
            "No patient is chosen in the record. Choose a patient and open it again.".into()
        }
    }
}

pub(super) const fn problem(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Network => "The service cannot be reached. Check the network and try again.",
        ProblemKind::Unauthorized => "The session has ended. Reopen from the record.",
        ProblemKind::Forbidden => "You have no access to this here. Report it if you should have.",
        ProblemKind::NotFound => "The service does not have what was asked for. Reopen from the record.",
        ProblemKind::Server => "The service answered with an error. Try again in a moment.",
        ProblemKind::NotFhir => {
            "The service answered with something that cannot be read. Try again, and report it if it happens again."
        }
        ProblemKind::ForeignLink => {
            "The service pointed to another server, which was not followed. Something may be missing; tell support."
        }
    }
}
