//! Contacts and who follows up written into the plan's care team.
//!
//! A person's or an organisation's own resource belongs to a register and is never written. What a doctor
//! changes about a contact is kept in the team, as a contained PractitionerRole that still refers to the
//! practitioner: in which role, where, by which phone. A plan without a team that can be written gets one
//! of its own, contained in it.

use chart_model::care_plan::{Contact, FollowUp, Key};

use super::edit::Editor;
use super::edit_order::permute;
use super::parts::{Part, target};
use super::people::{Member, members, teams};
use super::terms::FOLLOW_UP_ROLE;
use crate::json::Json;

/// Writes a contact; `None` takes it out of the team. The answer is `None` if there is none to take out.
pub(super) fn write_contact(
    editor: &mut Editor,
    key: &Key,
    contact: Option<&Contact>,
    follows: Option<&Key>,
) -> Option<()> {
    let all = members(&editor.parts);
    let found = all
        .iter()
        .find(|member| member.key == *key && member.follows_up.is_none());
    match (found, contact) {
        (Some(member), Some(contact)) => {
            give_ids(editor, member.team, &all);
            write(editor, member, contact, None);
        }
        (Some(member), None) => {
            give_ids(editor, member.team, &all);
            remove(editor, member);
        }
        (None, Some(contact)) => {
            let behind = follows.and_then(|key| all.iter().find(|member| member.key == *key));
            add(editor, key, contact, behind, None);
        }
        (None, None) => return None,
    }
    Some(())
}

/// Writes who follows up now. `None` only if it is told by a period of follow-up, which is not the plan's.
pub(super) fn write_follow_up(editor: &mut Editor, follow_up: Option<&FollowUp>) -> Option<()> {
    let all = members(&editor.parts);
    let found = all.iter().find(|member| member.follows_up.is_some());
    match (found, follow_up) {
        (Some(member), Some(FollowUp { who, until })) => {
            give_ids(editor, member.team, &all);
            let who = Contact {
                role: member.contact.role.clone(),
                ..who.clone()
            };
            write(editor, member, &who, Some(until));
        }
        (Some(member), None) => {
            give_ids(editor, member.team, &all);
            remove(editor, member);
        }
        (None, Some(FollowUp { who, until })) => {
            let who = Contact {
                role: FOLLOW_UP_ROLE.to_owned(),
                ..who.clone()
            };
            add(
                editor,
                &Key::of_content(FOLLOW_UP_ROLE, 0),
                &who,
                None,
                Some(until),
            );
        }
        (None, None) => return None,
    }
    Some(())
}

pub(super) fn write_order(editor: &mut Editor, keys: &[Key]) {
    let all = members(&editor.parts);
    for team in teams(&editor.parts) {
        give_ids(editor, team, &all);
        let of_team = all
            .iter()
            .filter(|member| member.team == team && keys.contains(&member.key));
        let places = of_team.map(|member| (member.index, member.key.clone())).collect();
        editor.change(team, |json| {
            json.edit_items("participant", |items| permute(items, places, keys))
        });
    }
}

/// Gives the members of a team the ids that they are known by.
fn give_ids(editor: &mut Editor, team: usize, all: &[Member]) {
    editor.change(team, |json| {
        json.edit_items("participant", |participants| {
            for member in all.iter().filter(|member| member.team == team) {
                if let Some(participant) = participants.get_mut(member.index) {
                    participant.set("id", &*member.key.0);
                }
            }
        });
    });
}

fn add(editor: &mut Editor, key: &Key, contact: &Contact, behind: Option<&Member>, until: Option<&str>) {
    let team = behind
        .map(|member| member.team)
        .or_else(|| teams(&editor.parts).first().copied());
    let team = team.unwrap_or_else(|| new_team(editor));
    let index = behind.map_or(0, |member| member.index + 1);
    let empty = Json::object([("id", (&*key.0).into())]);
    editor.change(team, |json| {
        json.edit_items("participant", |participants| {
            participants.insert(index.min(participants.len()), empty);
        });
    });
    let member = Member {
        team,
        index,
        key: key.clone(),
        contact: Contact::default(),
        follows_up: None,
    };
    write(editor, &member, contact, until);
}

fn new_team(editor: &mut Editor) -> usize {
    let main = editor.parts.main;
    let id = free_id(editor, main, "team");
    let team = Json::object([
        ("resourceType", "CareTeam".into()),
        ("id", Json::Text(id.clone())),
        ("status", "active".into()),
        ("subject", editor.subject()),
    ]);
    editor.parts.list.push(Part {
        inside: Some(main),
        changed: true,
        ..Part::new(team)
    });
    let reference = Json::object([("reference", Json::Text(format!("#{id}")))]);
    editor.change(main, |plan| {
        plan.edit_items("careTeam", |teams| teams.push(reference))
    });
    editor.parts.list.len() - 1
}

/// An id that no resource contained in `root` has.
fn free_id(editor: &Editor, root: usize, wanted: &str) -> String {
    let taken = |id: &str| {
        editor
            .parts
            .list
            .iter()
            .any(|part| part.inside == Some(root) && part.id() == id)
    };
    let mut id = wanted.to_owned();
    while taken(&id) {
        id.push('x');
    }
    id
}

/// Writes what differs of a member.
fn write(editor: &mut Editor, member: &Member, new: &Contact, until: Option<&str>) {
    let old = &member.contact;
    let same_person =
        (&old.name, &old.phone, &old.organisation) == (&new.name, &new.phone, &new.organisation);
    let role = (!same_person).then(|| role(editor, member, new));
    editor.change(member.team, |team| {
        team.edit_items("participant", |participants| {
            let Some(participant) = participants.get_mut(member.index) else {
                return;
            };
            if old.role != new.role {
                let role = Json::object([("text", new.role.as_str().into())]);
                participant.set(
                    "role",
                    Json::List(if new.role.is_empty() {
                        Vec::new()
                    } else {
                        vec![role]
                    }),
                );
            }
            if let Some(id) = role {
                let mut reference = Json::object([("reference", Json::Text(format!("#{id}")))]);
                reference.set("display", new.name.as_str());
                participant.set("member", reference);
                // Where a member is no practitioner, FHIR forbids it; the organisation stands in the role.
                participant.remove("onBehalfOf");
            }
            if let Some(until) = until {
                participant.edit("period", |period| period.set("end", until));
            }
        });
    });
}

/// The contained role of a member, made or rewritten; its id.
fn role(editor: &mut Editor, member: &Member, contact: &Contact) -> String {
    let team = member.team;
    let participant = editor
        .parts
        .json(team)
        .get("participant")
        .items()
        .get(member.index)
        .cloned();
    let reference = participant.map(|participant| participant.get("member").clone());
    let root = editor
        .parts
        .list
        .get(team)
        .and_then(|part| part.inside)
        .unwrap_or(team);
    let own = reference
        .as_ref()
        .and_then(|reference| editor.parts.resolve(reference, team))
        .filter(|at| {
            let part = editor.parts.list.get(*at);
            part.is_some_and(|part| part.inside == Some(root) && part.kind() == "PractitionerRole")
        });
    let at = own.unwrap_or_else(|| {
        let id = free_id(editor, root, &member.key.0);
        let mut role = Json::object([
            ("resourceType", "PractitionerRole".into()),
            ("id", Json::Text(id)),
        ]);
        let reference = reference.unwrap_or_else(|| Json::Object(Vec::new()));
        if target(reference.text("reference")).0 == "Practitioner" {
            role.set(
                "practitioner",
                Json::object([("reference", reference.text("reference").into())]),
            );
        }
        editor.parts.list.push(Part {
            inside: Some(root),
            changed: true,
            ..Part::new(role)
        });
        editor.parts.list.len() - 1
    });
    editor.change(at, |role| {
        role.edit("practitioner", |who| who.set("display", contact.name.as_str()));
        role.edit("organization", |organisation| {
            organisation.remove("reference");
            organisation.set("display", contact.organisation.as_str());
        });
        role.edit_items("telecom", |points| {
            points.retain(|point| !matches!(point.text("system"), "phone" | "sms" | ""));
            if !contact.phone.is_empty() {
                let point = [
                    ("system", "phone".into()),
                    ("value", contact.phone.as_str().into()),
                ];
                points.insert(0, Json::object(point));
            }
        });
    });
    editor.parts.json(at).text("id").to_owned()
}

fn remove(editor: &mut Editor, member: &Member) {
    let team = member.team;
    let participant = editor
        .parts
        .json(team)
        .get("participant")
        .items()
        .get(member.index)
        .cloned();
    let role = participant.and_then(|participant| editor.parts.resolve(participant.get("member"), team));
    editor.change(team, |json| {
        json.edit_items("participant", |participants| {
            drop(participants.remove(member.index))
        });
    });
    // What was contained for this member alone is contained for nobody now.
    if let Some(at) = role.filter(|at| {
        editor
            .parts
            .list
            .get(*at)
            .is_some_and(|part| part.inside.is_some())
    }) {
        editor.change(at, |json| *json = Json::List(Vec::new()));
    }
}
