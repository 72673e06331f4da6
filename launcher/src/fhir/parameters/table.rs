//! The table of search parameters, by the type of resource.

use super::{SearchParam, canonical, date, reference, token};

const STATUS: SearchParam = token("status", "status");
const CATEGORY: SearchParam = token("category", "category");
const CODE: SearchParam = token("code", "code");
const SUBJECT: SearchParam = reference("subject", "subject");
const ENCOUNTER: SearchParam = reference("encounter", "encounter");
const PART_OF: SearchParam = reference("part-of", "partOf");
const BASED_ON: SearchParam = reference("based-on", "basedOn");

/// The parameters of a type beside `_id`, `_lastUpdated`, `identifier` and, for data of a patient, `patient`.
pub(crate) fn search_params(rtype: &str) -> &'static [SearchParam] {
    match rtype {
        "Observation" => {
            const {
                &[
                    date("date", "effectiveDateTime|effectivePeriod|effectiveInstant"),
                    CODE,
                    CATEGORY,
                    STATUS,
                    SUBJECT,
                    ENCOUNTER,
                    PART_OF,
                    BASED_ON,
                    reference("device", "device"),
                    reference("performer", "performer"),
                    reference("derived-from", "derivedFrom"),
                    reference("has-member", "hasMember"),
                ]
            }
        }
        "AuditEvent" => {
            const {
                &[
                    date("date", "recorded"),
                    token("action", "action"),
                    token("type", "type"),
                    reference("agent", "agent.who"),
                    reference("entity", "entity.what"),
                ]
            }
        }
        "CarePlan" => {
            const {
                &[
                    date("date", "period"),
                    CATEGORY,
                    STATUS,
                    SUBJECT,
                    ENCOUNTER,
                    PART_OF,
                    BASED_ON,
                    token("intent", "intent"),
                    token("activity-code", "activity.detail.code"),
                    reference("care-team", "careTeam"),
                    reference("condition", "addresses"),
                    reference("goal", "goal"),
                    reference("replaces", "replaces"),
                ]
            }
        }
        "Goal" => {
            const {
                &[
                    date("start-date", "startDate"),
                    CATEGORY,
                    SUBJECT,
                    token("lifecycle-status", "lifecycleStatus"),
                    token("achievement-status", "achievementStatus"),
                ]
            }
        }
        "Provenance" => {
            const {
                &[
                    date("recorded", "recorded"),
                    reference("target", "target"),
                    reference("entity", "entity.what"),
                    reference("agent", "agent.who"),
                ]
            }
        }
        "CareTeam" => {
            const {
                &[
                    date("date", "period"),
                    CATEGORY,
                    STATUS,
                    SUBJECT,
                    reference("participant", "participant.member"),
                ]
            }
        }
        "Communication" => {
            const {
                &[
                    date("sent", "sent"),
                    CATEGORY,
                    STATUS,
                    SUBJECT,
                    ENCOUNTER,
                    PART_OF,
                    BASED_ON,
                    reference("about", "about"),
                    reference("sender", "sender"),
                    reference("recipient", "recipient"),
                ]
            }
        }
        "Composition" => {
            const {
                &[
                    date("date", "date"),
                    CATEGORY,
                    STATUS,
                    SUBJECT,
                    ENCOUNTER,
                    token("type", "type"),
                    reference("entry", "section.entry"),
                    reference("author", "author"),
                ]
            }
        }
        "Condition" => {
            const {
                &[
                    date("recorded-date", "recordedDate"),
                    CATEGORY,
                    CODE,
                    SUBJECT,
                    ENCOUNTER,
                    token("clinical-status", "clinicalStatus"),
                    token("severity", "severity"),
                ]
            }
        }
        "DetectedIssue" => {
            const {
                &[
                    date("identified", "identifiedDateTime|identifiedPeriod"),
                    CODE,
                    token("status", "status"),
                    reference("implicated", "implicated"),
                    reference("author", "author"),
                ]
            }
        }
        "Device" => const { &[STATUS, token("type", "type")] },
        "DocumentReference" => {
            const {
                &[
                    date("date", "date"),
                    CATEGORY,
                    STATUS,
                    SUBJECT,
                    token("type", "type"),
                    reference("related", "context.related"),
                    reference("encounter", "context.encounter"),
                ]
            }
        }
        "Encounter" => {
            const {
                &[
                    date("date", "period"),
                    STATUS,
                    SUBJECT,
                    PART_OF,
                    token("class", "class"),
                    reference("episode-of-care", "episodeOfCare"),
                    reference("service-provider", "serviceProvider"),
                ]
            }
        }
        "EpisodeOfCare" => {
            const {
                &[
                    date("date", "period"),
                    STATUS,
                    token("type", "type"),
                    reference("condition", "diagnosis.condition"),
                    reference("organization", "managingOrganization"),
                    reference("care-manager", "careManager"),
                ]
            }
        }
        "HealthcareService" => {
            const {
                &[
                    token("active", "active"),
                    token("service-type", "type"),
                    reference("organization", "providedBy"),
                ]
            }
        }
        "MedicationRequest" => {
            const {
                &[
                    date("authoredon", "authoredOn"),
                    STATUS,
                    SUBJECT,
                    ENCOUNTER,
                    token("intent", "intent"),
                    token("code", "medicationCodeableConcept"),
                    reference("medication", "medicationReference"),
                ]
            }
        }
        "MedicationStatement" => {
            const {
                &[
                    date("effective", "effectiveDateTime|effectivePeriod"),
                    CATEGORY,
                    STATUS,
                    SUBJECT,
                    PART_OF,
                    token("code", "medicationCodeableConcept"),
                    reference("medication", "medicationReference"),
                ]
            }
        }
        "Organization" => const { &[token("type", "type"), reference("partof", "partOf")] },
        "Patient" => const { &[date("birthdate", "birthDate"), token("gender", "gender")] },
        "Practitioner" => const { &[token("active", "active")] },
        "PractitionerRole" => {
            const {
                &[
                    reference("practitioner", "practitioner"),
                    reference("organization", "organization"),
                    token("role", "code"),
                    token("specialty", "specialty"),
                ]
            }
        }
        "Questionnaire" => const { &[STATUS, CODE, token("url", "url"), token("version", "version")] },
        "QuestionnaireResponse" => {
            const {
                &[
                    date("authored", "authored"),
                    STATUS,
                    SUBJECT,
                    ENCOUNTER,
                    PART_OF,
                    BASED_ON,
                    canonical("questionnaire", "questionnaire"),
                ]
            }
        }
        "ServiceRequest" => {
            const {
                &[
                    date("authored", "authoredOn"),
                    CATEGORY,
                    CODE,
                    STATUS,
                    SUBJECT,
                    ENCOUNTER,
                    BASED_ON,
                    token("intent", "intent"),
                    reference("replaces", "replaces"),
                ]
            }
        }
        _ => const { &[STATUS, SUBJECT] },
    }
}
