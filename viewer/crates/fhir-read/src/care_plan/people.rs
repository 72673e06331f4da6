//! The care team of a plan: who to turn to, and who follows up now.

use chart_model::care_plan::{Author, Contact, FollowUp, Key};

use super::parts::{Parts, target};
use super::terms;
use crate::json::Json;

/// A member of a care team.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    /// The care team.
    pub(crate) team: usize,
    /// Its place in `participant`.
    pub(crate) index: usize,
    pub(crate) key: Key,
    pub(crate) contact: Contact,
    /// Follows the patient up now, until this day (empty: not said).
    pub(crate) follows_up: Option<String>,
}

/// The teams of a plan that were sent.
pub(crate) fn teams(parts: &Parts) -> Vec<usize> {
    let references = parts.main().get("careTeam").items().iter();
    references
        .filter_map(|team| parts.resolve(team, parts.main))
        .collect()
}

/// The members of the plan's teams, in their order. The patient is no contact.
pub(crate) fn members(parts: &Parts) -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for team in teams(parts) {
        let json = parts.json(team);
        for (index, participant) in json.get("participant").items().iter().enumerate() {
            let contact = contact(parts, team, participant);
            let (kind, _) = super::parts::target(participant.get("member").text("reference"));
            if contact.is_blank() || kind == "Patient" {
                continue;
            }
            let follows_up = terms::follows_up(&contact.role).then(|| {
                let ends = [participant, json].map(|of| of.get("period").text("end"));
                ends.into_iter()
                    .find(|end| !end.is_empty())
                    .unwrap_or_default()
                    .to_owned()
            });
            let given = participant.text("id");
            let key = if given.is_empty() {
                let same = |other: &&Member| other.contact == contact;
                let content = contact.fields().map(String::as_str).join("|");
                Key::of_content(&content, members.iter().filter(same).count())
            } else {
                Key::from(given)
            };
            members.push(Member {
                team,
                index,
                key,
                contact,
                follows_up,
            });
        }
    }
    members
}

/// Teams that the plan names and that were not sent: their names are all that is known.
pub(crate) fn unread_teams(parts: &Parts) -> Vec<&Json> {
    let references = parts.main().get("careTeam").items().iter();
    references
        .filter(|team| parts.resolve(team, parts.main).is_none())
        .collect()
}

/// Whom the plan's teams and the period of follow-up name and who was not sent, as `Organization/7`.
pub(crate) fn missing(parts: &Parts) -> Vec<String> {
    missing_of(parts, &teams(parts))
}

/// The same of these teams, and of the records of who did what.
pub(crate) fn missing_of(parts: &Parts, teams: &[usize]) -> Vec<String> {
    let mut missing: Vec<String> = Vec::new();
    let mut note = |reference: &Json, from: usize| {
        let (kind, id) = target(reference.text("reference"));
        let is_person = [
            "Practitioner",
            "PractitionerRole",
            "Organization",
            "RelatedPerson",
        ]
        .contains(&kind);
        let name = format!("{kind}/{id}");
        let is_known = parts.resolve(reference, from).is_some();
        if is_person && !id.is_empty() && !is_known && !missing.contains(&name) {
            missing.push(name);
        }
    };
    for team in teams {
        for participant in parts.json(*team).get("participant").items() {
            note(participant.get("member"), *team);
            note(participant.get("onBehalfOf"), *team);
        }
    }
    for (at, part) in parts.list.iter().enumerate() {
        match part.kind() {
            "EpisodeOfCare" => note(part.json.get("managingOrganization"), at),
            "PractitionerRole" => {
                note(part.json.get("practitioner"), at);
                note(part.json.get("organization"), at);
            }
            // Of them no more is needed than what they are called.
            "Provenance" => {
                let agents = part.json.get("agent").items().iter();
                let named = agents.flat_map(|agent| [agent.get("who"), agent.get("onBehalfOf")]);
                named
                    .filter(|named| named.text("display").is_empty())
                    .for_each(|named| note(named, at));
            }
            _ => {}
        }
    }
    missing
}

fn contact(parts: &Parts, team: usize, participant: &Json) -> Contact {
    let member = Who::of(parts, participant.get("member"), team);
    let behalf = Who::of(parts, participant.get("onBehalfOf"), team);
    let role = terms::words(participant.first("role"));
    Contact {
        role: if role.is_empty() {
            member.role
        } else {
            role.to_owned()
        },
        phone: if member.phone.is_empty() {
            behalf.phone
        } else {
            member.phone
        },
        organisation: if behalf.name.is_empty() {
            member.organisation
        } else {
            behalf.name
        },
        name: member.name,
    }
}

/// What is known of whom a reference means.
#[derive(Default)]
struct Who {
    name: String,
    role: String,
    phone: String,
    organisation: String,
}

impl Who {
    fn of(parts: &Parts, reference: &Json, from: usize) -> Self {
        let mut who = parts
            .resolve(reference, from)
            .map(|at| Self::read(parts, at))
            .unwrap_or_default();
        let display = reference.text("display");
        if !display.is_empty() {
            display.clone_into(&mut who.name);
        }
        who
    }

    fn read(parts: &Parts, at: usize) -> Self {
        let json = parts.json(at);
        let phone = phone(json).to_owned();
        match json.text("resourceType") {
            "PractitionerRole" => {
                // One step further, and no more: references may go round in a circle.
                let to = |field: &str| {
                    let reference = json.get(field);
                    let at = parts.resolve(reference, at);
                    let name = at.map(|at| name(parts.json(at))).unwrap_or_default();
                    let display = reference.text("display");
                    let phone = at.map(|at| phone_of(parts.json(at))).unwrap_or_default();
                    (
                        if display.is_empty() {
                            name
                        } else {
                            display.to_owned()
                        },
                        phone,
                    )
                };
                let (name, own_phone) = to("practitioner");
                let (organisation, its_phone) = to("organization");
                let phones = [phone, own_phone, its_phone];
                Self {
                    name,
                    role: terms::words(json.first("code")).to_owned(),
                    phone: phones
                        .into_iter()
                        .find(|phone| !phone.is_empty())
                        .unwrap_or_default(),
                    organisation,
                }
            }
            _ => Self {
                name: name(json),
                phone,
                ..Self::default()
            },
        }
    }
}

/// Name, role and organisation of whom a reference in part `from` means.
pub(crate) fn author(parts: &Parts, reference: &Json, from: usize) -> Author {
    let Who {
        name,
        role,
        organisation,
        ..
    } = Who::of(parts, reference, from);
    Author {
        name,
        role,
        organisation,
    }
}

/// The name of a person or an organisation.
pub(crate) fn name(json: &Json) -> String {
    if !json.text("name").is_empty() {
        return json.text("name").to_owned();
    }
    let name = json.first("name");
    if !name.text("text").is_empty() {
        return name.text("text").to_owned();
    }
    let parts = ["prefix", "given"]
        .into_iter()
        .flat_map(|field| match name.get(field) {
            Json::List(items) => items.iter().map(Json::as_text).collect(),
            one => vec![one.as_text()],
        });
    let words: Vec<&str> = parts
        .chain([name.text("family")])
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn phone(json: &Json) -> &str {
    let telecom = json.get("telecom").items().iter();
    let mut phones = telecom.filter(|point| matches!(point.text("system"), "phone" | "sms" | ""));
    phones
        .find_map(|point| Some(point.text("value")).filter(|value| !value.is_empty()))
        .unwrap_or_default()
}

fn phone_of(json: &Json) -> String {
    phone(json).to_owned()
}

/// Who follows up by the period of follow-up, for a plan whose team does not say it.
pub(crate) fn episode(parts: &Parts) -> Option<FollowUp> {
    let running = |part: &&super::parts::Part| {
        part.kind() == "EpisodeOfCare" && matches!(part.json.text("status"), "active" | "onhold" | "planned")
    };
    let episode = parts
        .list
        .iter()
        .filter(running)
        .max_by_key(|part| part.updated_ms())?;
    let at = parts.list.iter().position(|part| part == episode)?;
    let who = Who::of(parts, episode.json.get("managingOrganization"), at);
    let follow_up = FollowUp {
        who: Contact {
            name: who.name,
            phone: who.phone,
            ..Contact::default()
        },
        until: episode.json.get("period").text("end").to_owned(),
    };
    (!follow_up.who.is_blank()).then_some(follow_up)
}
