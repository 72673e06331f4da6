//! A self-treatment plan as one writes it, and the resources that it is stored in: the plan, a part per zone, goals,
//! limits, team. Also the same plan as a suggestion, and the Provenance of a save. Holds no plan.

use serde_json::{Value, json};

use crate::calendar::Calendar;
use crate::plan::{self, Cadence, CurrentLimits, PLAN_CATEGORY, PLAN_ZONE};
use crate::plan_expected::{ActionExpected, ContactExpected, FollowUpExpected, PlanExpected};
use crate::resource::{JOURNAL, coding, reference};

/// A plan at one moment. Days count back from the case's last day.
#[derive(Debug, Clone)]
pub(crate) struct WrittenPlan {
    /// Id of the patient, and first part of all ids.
    pub(crate) patient: &'static str,
    /// What its own resource is called behind the patient's id: `plan`.
    pub(crate) name: &'static str,
    pub(crate) title: String,
    pub(crate) since: i32,
    pub(crate) author: Writer,
    pub(crate) zones: Vec<WrittenZone>,
    /// Name and words.
    pub(crate) goals: Vec<(&'static str, String)>,
    /// Each with the day from which it holds.
    pub(crate) limits: Vec<(i32, CurrentLimits)>,
    pub(crate) cadence: Vec<Cadence>,
    pub(crate) contacts: Vec<WrittenContact>,
}

#[derive(Debug, Clone)]
pub(crate) struct WrittenZone {
    /// `green`, `yellow` or `red`.
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    pub(crate) condition: String,
    /// Area and action.
    pub(crate) actions: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone)]
pub(crate) struct WrittenContact {
    pub(crate) role: &'static str,
    /// `Practitioner/…` or `Organization/…`.
    pub(crate) member: String,
    pub(crate) display: &'static str,
    pub(crate) phone: &'static str,
    /// The organization of a Practitioner, and its name.
    pub(crate) behalf: Option<(String, &'static str)>,
    /// Days before the last day; negative ones are still to come.
    pub(crate) until: Option<i32>,
}

/// One who writes in plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Writer {
    /// What the Practitioner is called behind the patient's id.
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) role: &'static str,
    /// What the Organization is called behind the patient's id, and its name.
    pub(crate) organization: (&'static str, &'static str),
}

/// Where the resources of a plan are: each by itself, or inside the suggestion of it.
#[derive(Clone, Copy, PartialEq)]
enum Home {
    Stored,
    Contained,
}

impl WrittenPlan {
    /// The resources that the plan is stored in, itself first.
    pub(crate) fn resources(&self, calendar: Calendar) -> Vec<Value> {
        let mut plan = self.itself(calendar, Home::Stored);
        plan["id"] = json!(format!("{}-{}", self.patient, self.name));
        plan["meta"] = json!({ "source": JOURNAL });
        plan["status"] = json!("active");
        plan["intent"] = json!("plan");
        let mut resources = vec![plan];
        resources.extend(self.parts(calendar, Home::Stored));
        resources
    }

    /// The plan as a suggestion to replace version `made_from` of `replaces`, whole in one resource.
    pub(crate) fn proposal(&self, calendar: Calendar, id: &str, replaces: &str, made_from: &str) -> Value {
        let mut plan = self.itself(calendar, Home::Contained);
        plan["id"] = json!(format!("{}-{id}", self.patient));
        plan["extension"] = json!([{ "url": PROPOSAL_BASE, "valueString": made_from }]);
        plan["contained"] = Value::from(self.parts(calendar, Home::Contained));
        plan["status"] = json!("draft");
        plan["intent"] = json!("proposal");
        plan["replaces"] = json!([reference(replaces)]);
        plan
    }

    /// What a right reading of it gives. Bounds are those of the author of the case.
    pub(crate) fn expected(&self, calendar: Calendar, limits: &[(&str, [&str; 4])]) -> PlanExpected {
        let bound = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let of_zone = |zone: &WrittenZone| {
            let action = |(area, text): &(&'static str, String)| ActionExpected {
                zone: zone.code.to_owned(),
                area: (*area).to_owned(),
                text: text.clone(),
            };
            zone.actions.iter().map(action).collect::<Vec<_>>()
        };
        let (following, contacts): (Vec<_>, Vec<_>) = self
            .contacts
            .iter()
            .partition(|contact| contact.role == FOLLOWS_UP);
        PlanExpected {
            id: format!("{}-{}", self.patient, self.name),
            version: String::new(),
            title: self.title.clone(),
            conditions: self
                .zones
                .iter()
                .map(|zone| (zone.code.to_owned(), zone.condition.clone()))
                .collect(),
            actions: self.zones.iter().flat_map(of_zone).collect(),
            goals: self.goals.iter().map(|(_, words)| words.clone()).collect(),
            limits: limits
                .iter()
                .map(|(parameter, bounds)| ((*parameter).to_owned(), bounds.map(bound)))
                .collect(),
            contacts: contacts.into_iter().map(WrittenContact::expected).collect(),
            follow_up: following.first().map(|contact| FollowUpExpected {
                name: contact.display.to_owned(),
                until: contact.until.map(|day| calendar.day(day).to_string()),
            }),
            ..PlanExpected::default()
        }
    }

    fn place(&self, home: Home, rtype: &str, part: &str) -> Value {
        match home {
            Home::Stored => reference(&format!("{rtype}/{}-{}-{part}", self.patient, self.name)),
            Home::Contained => reference(&format!("#{part}")),
        }
    }

    fn itself(&self, calendar: Calendar, home: Home) -> Value {
        let goals = self.goals.iter().map(|(name, _)| format!("goal-{name}"));
        let limits = self
            .limits
            .iter()
            .map(|(_, limits)| format!("limits-{}", limits.parameter.id));
        let goals: Vec<Value> = goals
            .chain(limits)
            .map(|part| self.place(home, "Goal", &part))
            .collect();
        let mut plan = json!({
            "resourceType": "CarePlan",
            "title": self.title,
            "category": [{ "coding": [coding(PLAN_CATEGORY, "2")] }],
            "subject": reference(&format!("Patient/{}", self.patient)),
            "period": { "start": calendar.day(self.since).to_string() },
            "author": self.author.reference(self.patient),
        });
        if !self.contacts.is_empty() {
            plan["careTeam"] = json!([self.place(home, "CareTeam", "team")]);
        }
        if !goals.is_empty() {
            plan["goal"] = Value::from(goals);
        }
        if !self.cadence.is_empty() {
            plan["activity"] = self.cadence.iter().map(plan::measuring).collect();
        }
        plan
    }

    fn parts(&self, calendar: Calendar, home: Home) -> Vec<Value> {
        let mut parts: Vec<(String, Value)> = Vec::new();
        for zone in &self.zones {
            let (status, intent, whole) = match home {
                Home::Stored => {
                    let whole = format!("CarePlan/{}-{}", self.patient, self.name);
                    ("active", "plan", whole)
                }
                Home::Contained => ("draft", "proposal", "#".to_owned()),
            };
            let mut part = json!({
                "resourceType": "CarePlan",
                "status": status,
                "intent": intent,
                "title": zone.title,
                "category": [{ "coding": [coding(PLAN_ZONE, zone.code)] }],
                "description": zone.condition,
                "partOf": [reference(&whole)],
            });
            if !zone.actions.is_empty() {
                let actions = zone
                    .actions
                    .iter()
                    .map(|(area, action)| plan::instruction(area, action));
                part["activity"] = actions.collect();
            }
            parts.push((zone.code.to_owned(), part));
        }
        for (name, words) in &self.goals {
            let goal = json!({
                "resourceType": "Goal",
                "lifecycleStatus": "active",
                "description": { "text": words },
                "startDate": calendar.day(self.since).to_string(),
            });
            parts.push((format!("goal-{name}"), goal));
        }
        for (since, limits) in &self.limits {
            let goal = json!({
                "resourceType": "Goal",
                "lifecycleStatus": "active",
                "description": { "text": format!("Grenser for {}", limits.parameter.text) },
                "startDate": calendar.day(*since).to_string(),
                "target": plan::targets(limits),
            });
            parts.push((format!("limits-{}", limits.parameter.id), goal));
        }
        if !self.contacts.is_empty() {
            let participants = self.contacts.iter().map(|contact| contact.participant(calendar));
            let team = json!({
                "resourceType": "CareTeam",
                "status": "active",
                "name": "Behandlingsteam",
                "period": { "start": calendar.day(self.since).to_string() },
                "participant": participants.collect::<Value>(),
            });
            parts.push(("team".to_owned(), team));
        }
        let parts = parts.into_iter().map(|(name, mut part)| {
            part["subject"] = reference(&format!("Patient/{}", self.patient));
            match home {
                Home::Stored => {
                    part["id"] = json!(format!("{}-{}-{name}", self.patient, self.name));
                    part["meta"] = json!({ "source": JOURNAL });
                }
                Home::Contained => part["id"] = json!(name),
            }
            part
        });
        parts.collect()
    }
}

impl WrittenContact {
    fn expected(&self) -> ContactExpected {
        ContactExpected {
            role: self.role.to_owned(),
            name: self.display.to_owned(),
            phone: self.phone.to_owned(),
            organisation: self.behalf.as_ref().map_or("", |(_, name)| name).to_owned(),
        }
    }

    fn participant(&self, calendar: Calendar) -> Value {
        let mut participant = json!({
            "role": [{ "text": self.role }],
            "member": { "reference": self.member, "display": self.display },
        });
        if let Some((behalf, _)) = &self.behalf {
            participant["onBehalfOf"] = reference(behalf);
        }
        if let Some(until) = self.until {
            participant["period"] = json!({ "end": calendar.day(until).to_string() });
        }
        participant
    }
}

impl Writer {
    /// As a reference with the name beside it.
    pub(crate) fn reference(&self, patient: &str) -> Value {
        json!({ "reference": format!("Practitioner/{patient}-{}", self.id), "display": self.name })
    }

    /// As the agent of a Provenance.
    pub(crate) fn agent(&self, patient: &str) -> Value {
        let (organization, name) = self.organization;
        json!({
            "type": { "coding": [coding(PARTICIPANT, "author")] },
            "role": [{ "text": self.role }],
            "who": self.reference(patient),
            "onBehalfOf": { "reference": format!("Organization/{patient}-{organization}"), "display": name },
        })
    }
}

/// The role of whoever follows the patient up now.
pub(crate) const FOLLOWS_UP: &str = "Følger opp nå";

/// Says on a suggestion which version it was made from.
const PROPOSAL_BASE: &str = "https://dho-viewer.example/fhir/StructureDefinition/proposal-base";
const PARTICIPANT: &str = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
const OPERATION: &str = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";

/// The Provenance of one save of a plan.
#[derive(Debug)]
pub(crate) struct Save<'a> {
    pub(crate) patient: &'a str,
    /// Id of the Provenance behind the patient's.
    pub(crate) name: &'a str,
    /// Type and id of what was saved.
    pub(crate) target: &'a str,
    /// Type, id and version of what was made and, if there is one, of what it was made from.
    pub(crate) made: String,
    pub(crate) from: Option<String>,
    pub(crate) recorded: &'a str,
    pub(crate) reason: &'a str,
    pub(crate) agent: Value,
}

impl Save<'_> {
    pub(crate) fn provenance(self) -> Value {
        let operation = if self.from.is_some() { "UPDATE" } else { "CREATE" };
        let mut entities = vec![json!({ "role": "source", "what": reference(&self.made) })];
        if let Some(from) = &self.from {
            entities.push(json!({ "role": "revision", "what": reference(from) }));
        }
        json!({
            "resourceType": "Provenance",
            "id": format!("{}-{}", self.patient, self.name),
            "meta": { "source": JOURNAL },
            "target": [reference(self.target), reference(&format!("Patient/{}", self.patient))],
            "recorded": self.recorded,
            "activity": { "coding": [coding(OPERATION, operation)] },
            "reason": [{ "text": self.reason }],
            "agent": [self.agent],
            "entity": entities,
        })
    }
}
