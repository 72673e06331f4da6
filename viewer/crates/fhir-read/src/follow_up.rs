//! Who follows the patient up, and how they are reached: from EpisodeOfCare and CareTeam, with Organization,
//! HealthcareService, Location and PractitionerRole where they were sent. What the plan shows of its own team is in
//! `care_plan::people`.

mod hours;

use chart_model::care_plan::Contact;
use chart_model::follow_up::{FollowUp, Reach, Standing, in_order};
use chart_model::{ClinicalTime, Finding, FindingKind};

use crate::care_plan::{parts::target, terms};
use crate::error::PageError;
use crate::gather::{Gathered, begun, name_of, time};
use crate::json::Json;
use crate::resource::finding;
use crate::who::{author, kind, named, reach};
use hours::hours;

/// What some answers hold of follow-up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FollowUpReading {
    /// Who follows now first; then those to come, then those that did.
    pub list: Vec<FollowUp>,
    /// What may say how those who follow now are reached, and was not sent: references (`Organization/7`), and searches
    /// relative to the FHIR base (`HealthcareService?organization=Organization/7`). To be read along with the rest.
    pub missing: Vec<String>,
    /// Services and teams that were taken back or came to nothing.
    pub left_out: usize,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// Reads the answers to the searches for EpisodeOfCare and CareTeam, and what else was read of them, in any order. `now` is
/// the moment they were fetched.
///
/// # Errors
/// [`PageError`] if an answer is neither a Bundle nor a resource.
pub fn read_follow_up(pages: &[&[u8]], patient: &str, now: i64) -> Result<FollowUpReading, PageError> {
    let mut all = Gathered::read(pages, patient)?;
    let findings = std::mem::take(&mut all.findings);
    let mut reader = Reader {
        all: &all,
        now,
        reading: FollowUpReading {
            findings,
            ..FollowUpReading::default()
        },
    };
    all.of("EpisodeOfCare")
        .for_each(|episode| reader.episode(episode));
    all.of("CareTeam").for_each(|team| reader.team(team));
    if reader.reading.list.is_empty() {
        all.of("CareTeam").for_each(|team| reader.services(team));
    }
    let mut reading = reader.reading;
    in_order(&mut reading.list);
    Ok(reading)
}

struct Reader<'a> {
    all: &'a Gathered,
    now: i64,
    reading: FollowUpReading,
}

impl Reader<'_> {
    fn episode(&mut self, json: &Json) {
        let standing = match json.text("status") {
            "active" | "" => Standing::Running,
            "onhold" => Standing::Paused,
            "planned" | "waitlist" => Standing::Planned,
            "finished" => Standing::Ended,
            "cancelled" | "entered-in-error" => {
                self.reading.left_out += 1;
                return;
            }
            other => {
                let findings = &mut self.reading.findings;
                findings.push(finding(FindingKind::UnknownStatus, &name_of(json), other));
                return;
            }
        };
        let manager = json.get("careManager");
        self.ask_for(json, manager);
        let follow_up = FollowUp {
            person: self.person(json, manager),
            about: terms::words(json.first("type")).into(),
            ..self.service(json, json.get("managingOrganization"), json, standing)
        };
        self.reading.list.push(follow_up);
    }

    /// Members whose role is to follow the patient up now.
    fn team(&mut self, json: &Json) {
        let usual = match json.text("status") {
            "entered-in-error" | "proposed" => {
                self.reading.left_out += 1;
                return;
            }
            "inactive" => Standing::Ended,
            "suspended" => Standing::Paused,
            _ => Standing::Running,
        };
        for participant in json.get("participant").items() {
            let follows = participant
                .get("role")
                .items()
                .iter()
                .any(|role| terms::follows_up(terms::words(role)));
            if !follows {
                continue;
            }
            let member = participant.get("member");
            let behalf = participant.get("onBehalfOf");
            self.ask_for(json, member);
            let is_service = matches!(kind(self.all, member, json), "Organization" | "CareTeam");
            let (service, person) = if is_service {
                (member, None)
            } else {
                (behalf, self.person(json, member))
            };
            let holder = if participant.get("period").fields().is_some() {
                participant
            } else {
                json
            };
            let follow_up = FollowUp {
                person,
                ..self.service(json, service, holder, usual)
            };
            self.add(follow_up);
        }
    }

    /// Where nothing better is known: the organisations of a team that is active.
    fn services(&mut self, json: &Json) {
        if !matches!(json.text("status"), "active" | "") {
            return;
        }
        let members = json
            .get("participant")
            .items()
            .iter()
            .map(|one| one.get("member"));
        let services = members.filter(|member| kind(self.all, member, json) == "Organization");
        let services: Vec<&Json> = json
            .get("managingOrganization")
            .items()
            .iter()
            .chain(services)
            .collect();
        for service in services {
            let follow_up = FollowUp {
                about: json.text("name").into(),
                ..self.service(json, service, json, Standing::Running)
            };
            self.add(follow_up);
        }
    }

    /// A service by reference, with the period that `holder` has.
    fn service(&mut self, json: &Json, reference: &Json, holder: &Json, standing: Standing) -> FollowUp {
        self.ask_for(json, reference);
        let id = name_of(json);
        let since = time(begun(holder), "start", &id, &mut self.reading.findings);
        let until = time(holder.get("period"), "end", &id, &mut self.reading.findings);
        let service = named(self.all, reference, json);
        let standing = self.standing(standing, since.as_ref(), until.as_ref());
        let reach = self.reach_of(reference, json);
        if standing != Standing::Ended && reach.hours.is_empty() && reach.remark.is_empty() {
            self.ask_for_hours(json, reference);
        }
        FollowUp {
            id: id.into(),
            service: (!service.is_empty()).then(|| service.into()),
            person: None,
            about: "".into(),
            standing,
            since,
            until,
            reach,
        }
    }

    /// What a team says of a service that is known already is added to that.
    fn add(&mut self, more: FollowUp) {
        let mut list = self.reading.list.iter_mut();
        let same = list.find(|there| {
            there.standing == more.standing && there.service.is_some() && there.service == more.service
        });
        match same {
            Some(there) => {
                there.reach.add(more.reach);
                there.person = there.person.take().or(more.person);
                there.since = there.since.take().or(more.since);
                there.until = there.until.take().or(more.until);
            }
            None => self.reading.list.push(more),
        }
    }

    /// A period that is over, or has not begun, counts for more than the status that somebody forgot to change.
    fn standing(
        &self,
        said: Standing,
        since: Option<&ClinicalTime>,
        until: Option<&ClinicalTime>,
    ) -> Standing {
        if until.is_some_and(|until| until.last_ms() < self.now) {
            Standing::Ended
        } else if said == Standing::Running && since.is_some_and(|since| since.start_ms() > self.now) {
            Standing::Planned
        } else {
            said
        }
    }

    fn person(&self, json: &Json, reference: &Json) -> Option<Contact> {
        let by = author(self.all, reference, json);
        let phones = self.reach_of(reference, json).phones;
        let contact = Contact {
            name: by.name,
            role: by.role,
            phone: phones
                .first()
                .map(|phone| (**phone).to_owned())
                .unwrap_or_default(),
            organisation: by.organisation,
        };
        (!contact.name.is_empty() || !contact.role.is_empty()).then_some(contact)
    }

    /// How somebody is reached, with the opening hours of their service.
    fn reach_of(&self, reference: &Json, from: &Json) -> Reach {
        let Some(json) = self.all.resolve(reference, from) else {
            return Reach::default();
        };
        let mut sum = reach(json);
        sum.add(hours(json));
        let of_it = |other: &&Json| {
            let holders = ["providedBy", "managingOrganization"].into_iter();
            let is_other = matches!(other.text("resourceType"), "HealthcareService" | "Location");
            let mut holders = holders.map(|field| target(other.get(field).text("reference")));
            is_other && holders.any(|holder| holder == (json.text("resourceType"), json.text("id")))
        };
        if !json.text("id").is_empty() {
            for service in self.all.list.iter().filter(of_it) {
                sum.add(reach(service));
                sum.add(hours(service));
            }
        }
        if json.text("resourceType") == "PractitionerRole" {
            let person = self.all.resolve(json.get("practitioner"), json);
            sum.add(person.map(reach).unwrap_or_default());
        }
        sum
    }

    fn ask_for(&mut self, json: &Json, reference: &Json) {
        let text = reference.text("reference");
        let (kind, id) = target(text);
        if kind.is_empty()
            || id.is_empty()
            || text.starts_with('#')
            || self.all.resolve(reference, json).is_some()
        {
            return;
        }
        self.miss(format!("{kind}/{id}"));
    }

    /// Opening hours stand beside an organisation, not in it.
    fn ask_for_hours(&mut self, json: &Json, reference: &Json) {
        let organisation = self.all.resolve(reference, json);
        if let Some(there) = organisation.filter(|there| there.text("resourceType") == "Organization")
            && !reference.text("reference").starts_with('#')
        {
            self.miss(format!("HealthcareService?organization={}", name_of(there)));
        }
    }

    fn miss(&mut self, what: String) {
        if !self.reading.missing.contains(&what) {
            self.reading.missing.push(what);
        }
    }
}

#[cfg(test)]
mod tests;
