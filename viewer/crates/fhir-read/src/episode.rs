//! Whether the patient is followed up digitally at all: from the EpisodeOfCare resources.

use crate::bundle;
use crate::error::PageError;
use crate::json::{self, Object, Text, fields};
use crate::resource::Reference;

/// What the source says of digital follow-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enrolment {
    /// A period of follow-up is running, planned or paused.
    Enrolled,
    /// There are periods, all of them over.
    Ended,
    /// The source knows of none.
    None,
}

#[derive(Debug, Default)]
struct EpisodeOfCare<'a> {
    status: Text<'a>,
    patient: Option<Object<Reference<'a>>>,
}

fields!(EpisodeOfCare { b"status": status, b"patient": patient });

/// Reads the answer to a search for EpisodeOfCare.
///
/// # Errors
/// [`PageError`] if the answer is no Bundle.
pub fn read_enrolment(bytes: &[u8], patient: &str) -> Result<Enrolment, PageError> {
    let mut enrolment = Enrolment::None;
    for resource in bundle::resources(bytes, &mut Vec::new())? {
        if resource.kind != "EpisodeOfCare" {
            continue;
        }
        let Some(episode) = json::read::<EpisodeOfCare<'_>>(resource.json) else {
            continue;
        };
        if !episode.patient.as_ref().is_none_or(|p| p.may_be_patient(patient)) {
            continue;
        }
        match episode.status.or_empty() {
            "planned" | "waitlist" | "active" | "onhold" => return Ok(Enrolment::Enrolled),
            "finished" => enrolment = Enrolment::Ended,
            // Cancelled, entered in error, or nothing said: there was no follow-up.
            _ => {}
        }
    }
    Ok(enrolment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(episodes: &[(&str, &str)], expected: Enrolment) {
        let entries = episodes.iter().map(|(status, patient)| {
            serde_json::json!({ "resource": { "resourceType": "EpisodeOfCare", "status": status,
                "patient": { "reference": format!("Patient/{patient}") } } })
        });
        let entries: Vec<_> = entries.collect();
        let bundle = serde_json::json!({ "resourceType": "Bundle", "entry": entries }).to_string();
        assert_eq!(
            read_enrolment(bundle.as_bytes(), "7"),
            Ok(expected),
            "{episodes:?}"
        );
    }

    #[test]
    fn any_running_or_planned_episode_is_enrolment() {
        check(&[("finished", "7"), ("active", "7")], Enrolment::Enrolled);
        check(&[("planned", "7")], Enrolment::Enrolled);
        check(&[("finished", "7")], Enrolment::Ended);
        check(&[("cancelled", "7"), ("entered-in-error", "7")], Enrolment::None);
        check(&[("active", "8")], Enrolment::None);
        check(&[], Enrolment::None);
    }
}
