//! What the journal frames show of a patient, read from the store or the server behind. Makes no HTML.

use jiff::civil::Date;
use serde_json::Value;

use crate::app::{App, Backend};
use crate::fhir::outcome::Refusal;

/// A line of the patient list and the patient banner.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Patient {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) birth_date: Option<Date>,
    pub(crate) gender: Option<&'static str>,
    /// Fødselsnummer, D-nummer or felles hjelpenummer.
    pub(crate) national_id: Option<String>,
    pub(crate) description: String,
}

/// The journal's own part beside the module.
#[derive(Debug, Default)]
pub(crate) struct Chart {
    pub(crate) diagnoses: Vec<String>,
    pub(crate) medicines: Vec<String>,
    pub(crate) follow_up: Vec<String>,
    pub(crate) notes: Vec<String>,
}

const NATIONAL_IDS: [&str; 3] = [
    "urn:oid:2.16.578.1.12.4.1.4.1",
    "urn:oid:2.16.578.1.12.4.1.4.2",
    "urn:oid:2.16.578.1.12.4.1.4.3",
];

impl Patient {
    fn from_resource(resource: &Value, description: String) -> Option<Self> {
        let id = resource.get("id")?.as_str()?.to_owned();
        let identifiers = resource.get("identifier").and_then(Value::as_array);
        let national_id = identifiers.into_iter().flatten().find_map(|identifier| {
            let system = identifier.get("system")?.as_str()?;
            NATIONAL_IDS
                .contains(&system)
                .then(|| identifier.get("value")?.as_str().map(str::to_owned))?
        });
        let gender = match resource.get("gender").and_then(Value::as_str) {
            Some("female") => Some("Kvinne"),
            Some("male") => Some("Mann"),
            _ => None,
        };
        Some(Self {
            name: name_of(resource).unwrap_or_else(|| nameless(&id)),
            birth_date: resource
                .get("birthDate")
                .and_then(Value::as_str)
                .and_then(|text| text.parse().ok()),
            gender,
            national_id,
            description,
            id,
        })
    }

    /// A patient of whom only the id is known.
    pub(crate) fn unknown(id: &str, description: String) -> Self {
        let (name, id) = (nameless(id), id.to_owned());
        Self {
            id,
            name,
            birth_date: None,
            gender: None,
            national_id: None,
            description,
        }
    }

    /// Whole years on a day.
    pub(crate) fn age(&self, today: Date) -> Option<i16> {
        let born = self.birth_date?;
        let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
        Some(today.year() - born.year() - i16::from(!had_birthday))
    }
}

fn nameless(id: &str) -> String {
    format!("Pasient {id}")
}

pub(crate) fn name_of(resource: &Value) -> Option<String> {
    let name = resource.get("name")?.get(0)?;
    if let Some(text) = name.get("text").and_then(Value::as_str) {
        return Some(text.to_owned());
    }
    let given = name.get("given").and_then(Value::as_array);
    let given = given.into_iter().flatten().filter_map(Value::as_str);
    let whole: Vec<&str> = given.chain(name.get("family").and_then(Value::as_str)).collect();
    (!whole.is_empty()).then(|| whole.join(" "))
}

/// Everyone there is data of, by name.
pub(crate) async fn patients(app: &App) -> Result<Vec<Patient>, Refusal> {
    let counts = match &app.backend {
        Backend::Store(store) => store.patients_with_readings()?,
        Backend::Upstream(_) => Vec::new(),
    };
    let description = |id: &str| {
        app.titles.get(id).cloned().unwrap_or_else(|| {
            match counts.iter().find(|(patient, _)| patient == id) {
                Some((_, 0)) | None => String::new(),
                Some((_, 1)) => "1 måling".to_owned(),
                Some((_, count)) => format!("{count} målinger"),
            }
        })
    };
    let resources = resources(app, "Patient", None).await?;
    let mut patients: Vec<Patient> = resources
        .iter()
        .filter_map(|resource| {
            let id = resource.get("id").and_then(Value::as_str).unwrap_or_default();
            Patient::from_resource(resource, description(id))
        })
        .collect();
    for (id, _) in &counts {
        if !patients.iter().any(|patient| patient.id == *id) {
            patients.push(Patient::unknown(id, description(id)));
        }
    }
    patients.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(patients)
}

/// What cannot be had is left out: the module is what matters here.
pub(crate) async fn chart(app: &App, patient: &str) -> Chart {
    let mut chart = Chart::default();
    let lists = [
        (&mut chart.diagnoses, ["Condition", "EpisodeOfCare"].as_slice()),
        (
            &mut chart.medicines,
            &["MedicationStatement", "MedicationRequest"],
        ),
        (&mut chart.follow_up, &["CareTeam"]),
        (&mut chart.notes, &["Composition", "Communication"]),
    ];
    for (list, rtypes) in lists {
        for rtype in rtypes {
            let resources = resources(app, rtype, Some(patient)).await.unwrap_or_default();
            list.extend(resources.iter().filter_map(line_of));
        }
    }
    chart
}

/// The words of a resource that a list shows: its first text, and when it was.
fn line_of(resource: &Value) -> Option<String> {
    let concept = |value: &Value| {
        let coding = value
            .get("coding")
            .and_then(|codings| codings.get(0)?.get("display"));
        value
            .get("text")
            .or(coding)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let text = |name: &str| resource.get(name).and_then(Value::as_str).map(str::to_owned);
    let words = text("title")
        .or_else(|| text("name"))
        .or_else(|| concept(resource.get("code")?))
        .or_else(|| concept(resource.get("medicationCodeableConcept")?))
        .or_else(|| concept(resource.get("type")?))
        .or_else(|| concept(resource.get("type")?.get(0)?))
        .or_else(|| {
            resource
                .get("payload")?
                .get(0)?
                .get("contentString")?
                .as_str()
                .map(str::to_owned)
        })
        .or_else(|| text("description"))?;
    let date = ["date", "sent", "recordedDate", "authoredOn", "effectiveDateTime"]
        .iter()
        .find_map(|n| text(n));
    let day = date
        .as_deref()
        .and_then(|date| date.get(..10))
        .and_then(|day| day.parse().ok());
    Some(match day {
        Some(day) => format!("{}: {words}", norwegian_date(day)),
        None => words,
    })
}

/// `12.03.1953`
pub(crate) fn norwegian_date(date: Date) -> String {
    format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year())
}

pub(crate) async fn resources(app: &App, rtype: &str, patient: Option<&str>) -> Result<Vec<Value>, Refusal> {
    match &app.backend {
        Backend::Store(store) => store.resources_of(rtype, patient),
        Backend::Upstream(upstream) => upstream.resources_of(rtype, patient).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_banner_reads_name_age_and_national_id() {
        let resource = json!({
            "resourceType": "Patient", "id": "p", "birthDate": "1953-03-12", "gender": "female",
            "name": [{ "family": "Nordmann", "given": ["Kari", "Anne"] }],
            "identifier": [{ "system": "x", "value": "1" }, { "system": NATIONAL_IDS[0], "value": "12035300000" }],
        });
        let patient = Patient::from_resource(&resource, String::new()).unwrap();
        assert_eq!(patient.name, "Kari Anne Nordmann");
        assert_eq!(patient.national_id.as_deref(), Some("12035300000"));
        assert_eq!(patient.age(jiff::civil::date(2026, 3, 11)), Some(72));
        assert_eq!(patient.age(jiff::civil::date(2026, 3, 12)), Some(73));
    }

    #[test]
    fn a_patient_without_a_name_is_named_by_id() {
        let patient = Patient::from_resource(&json!({ "id": "p7" }), String::new()).unwrap();
        assert_eq!((patient.name.as_str(), patient.birth_date), ("Pasient p7", None));
    }
}
