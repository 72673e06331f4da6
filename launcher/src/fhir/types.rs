//! What the server knows of each resource type: its name, what it must have, and whether it belongs
//! to a patient. Reads no resource.

/// Resource types of R4 that are stored and served.
pub(crate) fn is_resource_type(name: &str) -> bool {
    R4_TYPES.split_ascii_whitespace().any(|known| known == name)
}

const R4_TYPES: &str = "Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment \
    AppointmentResponse AuditEvent Basic Binary BodyStructure CarePlan CareTeam ClinicalImpression CodeSystem \
    Communication CommunicationRequest Composition ConceptMap Condition Consent Contract Coverage DetectedIssue \
    Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest \
    DocumentReference Encounter Endpoint EpisodeOfCare FamilyMemberHistory Flag Goal Group HealthcareService \
    ImagingStudy Immunization Library List Location Measure Media Medication MedicationAdministration \
    MedicationDispense MedicationRequest MedicationStatement NutritionOrder Observation Organization Patient \
    Person PlanDefinition Practitioner PractitionerRole Procedure Provenance Questionnaire \
    QuestionnaireResponse RelatedPerson RequestGroup RiskAssessment Schedule ServiceRequest Slot Specimen \
    StructureDefinition Substance Task ValueSet VisionPrescription";

/// Types that are nobody's data in particular: with no patient in them they are open to every launch that has
/// their scope.
pub(crate) fn may_be_without_patient(rtype: &str) -> bool {
    matches!(
        rtype,
        "Practitioner"
            | "PractitionerRole"
            | "Organization"
            | "Questionnaire"
            | "Device"
            | "HealthcareService"
            | "Location"
            | "Medication"
    )
}

/// Elements that R4 demands of the type: `_elements` never leaves them out.
pub(crate) fn mandatory_elements(rtype: &str) -> &'static [&'static str] {
    match rtype {
        "Observation" => &["status", "code"],
        "AuditEvent" => &["type", "recorded", "agent", "source"],
        "Basic" => &["code"],
        "Binary" => &["contentType"],
        "CarePlan" => &["status", "intent", "subject"],
        "Goal" => &["lifecycleStatus", "description", "subject"],
        "Provenance" => &["target", "recorded", "agent"],
        "Communication" | "DetectedIssue" | "Questionnaire" | "QuestionnaireResponse" => &["status"],
        "Composition" => &["status", "type", "date", "author", "title"],
        "Condition" => &["subject"],
        "DocumentReference" => &["status", "content"],
        "Encounter" => &["status", "class"],
        "EpisodeOfCare" => &["status", "patient"],
        "MedicationRequest" | "ServiceRequest" => &["status", "intent", "subject"],
        "MedicationStatement" => &["status", "subject"],
        _ => &[],
    }
}
