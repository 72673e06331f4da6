//! The codes and words of plans: what a resource's category, severity or area means, and how it is
//! written (data-model, "EBP"). Words are compared without regard to case.

use chart_model::care_plan::{Area, PlanZone};

use crate::json::Json;

/// Category of VKP's self-treatment plan.
pub(crate) const PLAN_CATEGORY: (&str, &str) =
    ("http://ehelse.no/fhir/CodeSystem/vkp-careplan-category-v090", "2");
/// Codes of the zones of a plan: `green`, `yellow`, `red`.
pub(crate) const ZONE_SYSTEM: &str =
    "http://hl7.no/fhir/ig/planer-hacking/CodeSystem/planer-hacking-observation-severity-zone-cs";

/// The words of a concept: its text, else the first display, else the first code.
pub(crate) fn words(concept: &Json) -> &str {
    let codings = concept.get("coding").items();
    let of = |field| {
        codings
            .iter()
            .map(move |coding| coding.text(field))
            .find(|text| !text.is_empty())
    };
    let text = Some(concept.text("text")).filter(|text| !text.is_empty());
    text.or_else(|| of("display"))
        .or_else(|| of("code"))
        .unwrap_or_default()
}

/// True if one of the concepts has this coding.
pub(crate) fn has_coding(concepts: &Json, (system, code): (&str, &str)) -> bool {
    let mut codings = concepts
        .items()
        .iter()
        .flat_map(|concept| concept.get("coding").items());
    codings.any(|coding| (coding.text("system"), coding.text("code")) == (system, code))
}

/// The zone that a concept means: by its code, whatever system it is of, or a severity of SNOMED CT
/// (mild, moderate, severe); else by its words.
pub(crate) fn zone(concept: &Json) -> Option<PlanZone> {
    let codes = concept
        .get("coding")
        .items()
        .iter()
        .map(|coding| coding.text("code"));
    codes.chain([words(concept)]).find_map(|code| {
        let code = code.to_ascii_lowercase();
        match code.as_str() {
            "255604002" => return Some(PlanZone::Green),
            "6736007" => return Some(PlanZone::Yellow),
            "24484000" => return Some(PlanZone::Red),
            _ => {}
        }
        let names = [
            (PlanZone::Green, ["green", "grøn"]),
            (PlanZone::Yellow, ["yellow", "gul"]),
            (PlanZone::Red, ["red", "rød"]),
        ];
        let named = |stems: &[&str; 2]| stems.iter().any(|stem| code.starts_with(stem));
        names
            .into_iter()
            .find(|(_, stems)| named(stems))
            .map(|(zone, _)| zone)
    })
}

/// The area as it is written; also read, beside other words for it.
pub(crate) const fn area_text(area: Area) -> &'static str {
    match area {
        Area::Medication => "medikamentelle tiltak",
        Area::PhysicalActivity => "fysisk aktivitet",
        Area::Diet => "kosthold",
        Area::Measurements => "målinger",
        Area::MentalHealth => "psykisk helse",
        Area::Lifestyle => "livsstilstiltak",
        Area::Other => "annet",
    }
}

/// The area that a concept means; whatever is in no table is `Other`.
pub(crate) fn area(concept: &Json) -> Area {
    let stems: [(Area, &[&str]); 6] = [
        (Area::Medication, &["medik", "medis", "medic"]),
        (
            Area::PhysicalActivity,
            &["fysisk", "aktivitet", "physical", "activity", "exercise"],
        ),
        (Area::Diet, &["kosth", "diet", "ernær", "nutrition"]),
        (Area::Measurements, &["måling", "measure"]),
        (Area::MentalHealth, &["psyk", "mental"]),
        (Area::Lifestyle, &["livsstil", "lifestyle"]),
    ];
    let texts = concept.get("coding").items().iter();
    let texts = texts.flat_map(|coding| [coding.text("display"), coding.text("code")]);
    texts
        .chain([concept.text("text")])
        .find_map(|text| {
            let text = chart_model::lowercase(text);
            let named = |stems: &[&str]| stems.iter().any(|stem| text.starts_with(stem));
            stems
                .into_iter()
                .find(|(_, stems)| named(stems))
                .map(|(area, _)| area)
        })
        .unwrap_or(Area::Other)
}

/// True if a role in a care team is that of whoever follows the patient up now.
pub(crate) fn follows_up(role: &str) -> bool {
    let role = chart_model::lowercase(role);
    [
        "følger opp",
        "følgjer opp",
        "oppfølging nå",
        "follow-up now",
        "follows up",
    ]
    .iter()
    .any(|words| role.contains(words))
}

/// Role of whoever follows the patient up, as it is written.
pub(crate) const FOLLOW_UP_ROLE: &str = "Følger opp nå";

#[cfg(test)]
mod tests {
    use super::*;

    fn concept(json: &str) -> Json {
        Json::parse(json.as_bytes()).unwrap()
    }

    #[test]
    fn a_zone_is_read_by_code_severity_or_words() {
        for (json, expected) in [
            (
                r#"{"coding":[{"system":"urn:x","code":"yellow"}]}"#,
                Some(PlanZone::Yellow),
            ),
            (
                r#"{"coding":[{"system":"http://snomed.info/sct","code":"24484000"}]}"#,
                Some(PlanZone::Red),
            ),
            (r#"{"text":"Grønn sone"}"#, Some(PlanZone::Green)),
            (r#"{"coding":[{"code":"2"}]}"#, None),
            ("{}", None),
        ] {
            assert_eq!(zone(&concept(json)), expected, "{json}");
        }
    }

    #[test]
    fn every_area_that_is_written_is_read_and_others_are_other() {
        for expected in Area::ALL {
            let json = format!(r#"{{"text":"{}"}}"#, area_text(expected));
            assert_eq!(area(&concept(&json)), expected);
        }
        assert_eq!(
            area(&concept(r#"{"coding":[{"display":"Kosthald"}]}"#)),
            Area::Diet
        );
        assert_eq!(area(&concept(r#"{"text":"Søvn"}"#)), Area::Other);
        assert_eq!(area(&concept("{}")), Area::Other);
    }
}
