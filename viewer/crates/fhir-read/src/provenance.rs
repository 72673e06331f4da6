//! Where a reading comes from: system, device, apparatus or hand, identifiers, comment.

use std::rc::Rc;

use chart_model::Method;

use crate::intern::Interner;
use crate::observation::Observation;
use crate::resource::{Concept, Reference};

/// The system that it came from: `meta.source`, else the first identifier's system, else the
/// organisation that performed it, else the host asked. What some servers add to `meta.source`
/// after `#` numbers the request, not the system.
pub(crate) fn source(observation: &Observation<'_>, host: &Rc<str>, interner: &mut Interner) -> Rc<str> {
    let meta = observation.meta.as_ref().and_then(|meta| meta.source.filled());
    let meta = meta
        .and_then(|source| source.split('#').next())
        .filter(|source| !source.is_empty());
    let numbered = || observation.identifier.iter().find_map(|id| id.system.filled());
    let organisation = || {
        let mut performers = observation.performer.iter();
        performers.find_map(|by| {
            by.display
                .filled()
                .filter(|_| by.resource_type() == "Organization")
        })
    };
    match meta.or_else(numbered).or_else(organisation) {
        Some(source) => interner.text(source),
        None => Rc::clone(host),
    }
}

/// The device's identity: its reference, with the display text in front where both are there. Two devices of one
/// make differ by reference. A contained one (`#…`) has its own number or serial number, else only its text:
/// what it is called inside its reading tells it from no other.
pub(crate) fn device(observation: &Observation<'_>, interner: &mut Interner) -> Option<Rc<str>> {
    let device = observation.device.as_ref()?;
    let reference = device.reference.filled();
    let contained = reference.and_then(|reference| reference.strip_prefix('#'));
    let identity = match contained {
        None => reference,
        Some(id) => {
            let mut all = observation.contained.iter();
            let there = all.find(|resource| resource.id.filled() == Some(id));
            there.and_then(|there| {
                let number = there.identifier.iter().find_map(|number| number.value.filled());
                number.or_else(|| there.serial_number.filled())
            })
        }
    };
    match (device.display.filled(), identity) {
        (Some(display), Some(identity)) => Some(interner.text(&format!("{display} ({identity})"))),
        (Some(text), None) | (None, Some(text)) => Some(interner.text(text)),
        (None, None) => None,
    }
}

/// Apparatus or hand: by hand if `method` says so; else apparatus if a device is named; else by
/// hand if a person performed it.
pub(crate) fn method(observation: &Observation<'_>) -> Method {
    if observation.method.as_deref().is_some_and(says_manual) {
        return Method::Manual;
    }
    if observation.device.is_some() {
        return Method::Device;
    }
    let person = |by: &Reference<'_>| {
        matches!(
            by.resource_type(),
            "Patient" | "RelatedPerson" | "Practitioner" | "PractitionerRole"
        )
    };
    if observation.performer.iter().any(person) {
        Method::Manual
    } else {
        Method::Unstated
    }
}

fn says_manual(method: &Concept<'_>) -> bool {
    let codings = method.coding.iter();
    let mut texts = codings
        .flat_map(|coding| [&coding.code, &coding.display])
        .chain([&method.text]);
    texts.any(|text| text.or_empty().to_ascii_lowercase().contains("manu"))
}

/// Business identifiers as `system|value`. `part` tells apart several readings of one Observation.
pub(crate) fn identifiers(observation: &Observation<'_>, part: Option<usize>) -> Vec<Box<str>> {
    let suffix = part.map_or_else(String::new, |part| format!("#{part}"));
    let mut identifiers: Vec<Box<str>> = observation
        .identifier
        .iter()
        .filter_map(|id| {
            let value = id.value.filled()?;
            Some(format!("{}|{value}{suffix}", id.system.or_empty()).into())
        })
        .collect();
    identifiers.shrink_to_fit();
    identifiers
}

/// All comments, one after the other.
pub(crate) fn note(observation: &Observation<'_>) -> Option<Box<str>> {
    let texts: Vec<&str> = observation
        .note
        .iter()
        .filter_map(|note| note.text.filled())
        .collect();
    (!texts.is_empty()).then(|| texts.join(" · ").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observation(json: &str) -> Observation<'_> {
        crate::json::read(json.as_bytes()).unwrap()
    }

    #[test]
    fn the_source_is_the_nearest_name_of_a_system() {
        for (json, expected) in [
            (
                r#"{"meta":{"source":"urn:a#req1"},"identifier":[{"system":"urn:b"}]}"#,
                "urn:a",
            ),
            (
                r##"{"meta":{"source":"#req1"},"identifier":[{"system":"urn:b"}]}"##,
                "urn:b",
            ),
            (
                r#"{"performer":[{"reference":"Organization/1","display":"Sykehuset"}]}"#,
                "Sykehuset",
            ),
            (
                r#"{"performer":[{"reference":"Patient/1","display":"Kari"}]}"#,
                "host",
            ),
            ("{}", "host"),
        ] {
            let source = source(&observation(json), &Rc::from("host"), &mut Interner::default());
            assert_eq!(&*source, expected, "{json}");
        }
    }

    #[test]
    fn a_device_is_its_reference_and_text() {
        for (json, expected) in [
            (
                r#"{"device":{"reference":"Device/1","display":"Oksymeter"}}"#,
                Some("Oksymeter (Device/1)"),
            ),
            (r#"{"device":{"reference":"Device/1"}}"#, Some("Device/1")),
            (
                r##"{"device":{"reference":"#d","display":"Oksymeter"}}"##,
                Some("Oksymeter"),
            ),
            (r##"{"device":{"reference":"#d"}}"##, None),
            (
                r##"{"device":{"reference":"#d"},"contained":[{"id":"e","serialNumber":"1"},{"id":"d","serialNumber":"2"}]}"##,
                Some("2"),
            ),
            (
                r##"{"device":{"reference":"#d","display":"Oksymeter"},"contained":[{"id":"d","identifier":[{"value":"7"}]}]}"##,
                Some("Oksymeter (7)"),
            ),
            (r#"{"device":{}}"#, None),
            ("{}", None),
        ] {
            let device = device(&observation(json), &mut Interner::default());
            assert_eq!(device.as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn tells_apparatus_from_hand() {
        for (json, expected) in [
            (r#"{"device":{"reference":"Device/1"}}"#, Method::Device),
            (
                r#"{"device":{"reference":"Device/1"},"performer":[{"reference":"Patient/1"}]}"#,
                Method::Device,
            ),
            (
                r#"{"device":{"reference":"Device/1"},"method":{"text":"Manuelt"}}"#,
                Method::Manual,
            ),
            (r#"{"performer":[{"reference":"Patient/1"}]}"#, Method::Manual),
            (r#"{"performer":[{"type":"RelatedPerson"}]}"#, Method::Manual),
            (
                r#"{"performer":[{"reference":"Organization/1"}]}"#,
                Method::Unstated,
            ),
            ("{}", Method::Unstated),
        ] {
            assert_eq!(method(&observation(json)), expected, "{json}");
        }
    }

    #[test]
    fn comments_and_identifiers_are_kept() {
        let json = r#"{"note":[{"text":"a"},{"text":" "},{"text":"b"}],
            "identifier":[{"system":"urn:x","value":"1"},{"value":"2"},{"system":"urn:y"}]}"#;
        assert_eq!(note(&observation(json)).as_deref(), Some("a · b"));
        assert_eq!(
            identifiers(&observation(json), None),
            ["urn:x|1".into(), "|2".into()]
        );
        assert_eq!(
            identifiers(&observation(json), Some(1)),
            ["urn:x|1#1".into(), "|2#1".into()]
        );
    }
}
