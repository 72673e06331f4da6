//! Who a reference means: name, role, organisation, and how they are reached; from what was sent along, or else from what
//! the reference itself displays.

use chart_model::care_plan::Author;
use chart_model::follow_up::Reach;
use chart_model::order;

use crate::care_plan::parts::target;
use crate::care_plan::{people, terms};
use crate::gather::{Gathered, first_filled, number};
use crate::json::Json;

/// Who wrote something, as a reference of the resource `from` names them.
pub(crate) fn author(all: &Gathered, reference: &Json, from: &Json) -> Author {
    let display = reference.text("display");
    let Some(json) = all.resolve(reference, from) else {
        return placed(kind(all, reference, from), display.to_owned());
    };
    if json.text("resourceType") == "PractitionerRole" {
        let organisation = named(all, json.get("organization"), json);
        let name = named(all, json.get("practitioner"), json);
        return Author {
            name: if name.is_empty() { display.to_owned() } else { name },
            role: terms::words(json.first("code")).to_owned(),
            organisation,
        };
    }
    placed(json.text("resourceType"), named(all, reference, from))
}

/// A name as that of an organisation or of somebody.
fn placed(kind: &str, name: String) -> Author {
    if matches!(kind, "Organization" | "CareTeam") {
        Author {
            organisation: name,
            ..Author::default()
        }
    } else {
        Author {
            name,
            ..Author::default()
        }
    }
}

/// Several authors as one: the first that is named, with the first organisation.
pub(crate) fn authors(all: &Gathered, references: &Json, from: &Json) -> Author {
    let mut one = Author::default();
    for reference in references.items() {
        let other = author(all, reference, from);
        if one.name.is_empty() && !other.name.is_empty() {
            (one.name, one.role) = (other.name, other.role);
        }
        if one.organisation.is_empty() {
            one.organisation = other.organisation;
        }
    }
    one
}

/// What a reference names, in words; empty if nothing does.
pub(crate) fn named(all: &Gathered, reference: &Json, from: &Json) -> String {
    let display = reference.text("display");
    if !display.is_empty() {
        return display.to_owned();
    }
    let Some(json) = all.resolve(reference, from) else {
        return String::new();
    };
    let name = people::name(json);
    if name.is_empty() {
        first_filled([
            json.first("deviceName").text("name"),
            terms::words(json.get("type")),
        ])
        .to_owned()
    } else {
        name
    }
}

/// The kind of resource that a reference names, as far as it says.
pub(crate) fn kind<'a>(all: &'a Gathered, reference: &'a Json, from: &'a Json) -> &'a str {
    if let Some(json) = all.resolve(reference, from) {
        return json.text("resourceType");
    }
    let (kind, _) = target(reference.text("reference"));
    first_filled([kind, reference.text("type")])
}

/// True if it is the patient, or somebody of theirs.
pub(crate) fn is_patient_side(all: &Gathered, reference: &Json, from: &Json) -> bool {
    matches!(kind(all, reference, from), "Patient" | "RelatedPerson")
}

/// How somebody is reached by their `telecom`, the preferred way first. What has no system counts as a telephone.
pub(crate) fn reach(json: &Json) -> Reach {
    let mut points: Vec<&Json> = json.get("telecom").items().iter().collect();
    order::by_key(&mut points, |point| {
        number(point.get("rank")).map_or(i64::MAX, |rank| rank.to_f64() as i64)
    });
    let mut found = Reach::default();
    for point in points.into_iter().filter(|point| point.text("use") != "old") {
        let value = point.text("value");
        let list = match point.text("system") {
            "phone" | "sms" | "" => &mut found.phones,
            "email" => &mut found.mails,
            _ => continue,
        };
        if !value.is_empty() && !list.iter().any(|there| **there == *value) {
            list.push(value.into());
        }
    }
    // An organisation may have contacts for some purpose each; contacts have none themselves.
    for contact in json.get("contact").items() {
        found.add(reach(contact));
    }
    found
}
