//! Admissions, medicines and periods of follow-up from Encounter, MedicationStatement, MedicationRequest and EpisodeOfCare,
//! as events on the time axis. What an event is, is `chart_model::events`; those of plan and limits are made there.

use chart_model::events::{Event, EventKind, oldest_first};
use chart_model::{Finding, FindingKind, lowercase};

use crate::care_plan::{parts::target, terms};
use crate::error::PageError;
use crate::gather::{Gathered, begun, first_filled, name_of, number, time};
use crate::json::Json;
use crate::resource::finding;
use crate::who::named;

/// What some answers hold of events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventReading {
    /// Oldest first.
    pub events: Vec<Event>,
    /// Resources that are none: taken back, never done, only planned or proposed, visits that are no stay in hospital,
    /// parts of a stay, the order of a medicine that is there as taken.
    pub left_out: usize,
    /// `Medication/7` that medicines name only so, and no answer holds: with them the medicines have names.
    pub missing: Vec<String>,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// Reads the answers to the searches for Encounter, MedicationStatement, MedicationRequest and EpisodeOfCare, any of them,
/// in any order. `now` is the moment they were fetched: what ends later than that has not ended.
///
/// # Errors
/// [`PageError`] if an answer is neither a Bundle nor a resource.
pub fn read_events(pages: &[&[u8]], patient: &str, now: i64) -> Result<EventReading, PageError> {
    let mut all = Gathered::read(pages, patient)?;
    let findings = std::mem::take(&mut all.findings);
    let mut reader = Reader {
        all: &all,
        now,
        reading: EventReading {
            findings,
            ..EventReading::default()
        },
    };
    for json in &all.list {
        match json.text("resourceType") {
            "Encounter" => reader.encounter(json),
            "EpisodeOfCare" => reader.episode(json),
            "MedicationStatement" => reader.statement(json),
            "MedicationRequest" => reader.request(json),
            _ => {}
        }
    }
    let mut reading = reader.reading;
    oldest_first(&mut reading.events);
    Ok(reading)
}

struct Reader<'a> {
    all: &'a Gathered,
    now: i64,
    reading: EventReading,
}

/// Statuses by which nothing happened, of any of the resources.
const NOTHING: [&str; 9] = [
    "entered-in-error",
    "cancelled",
    "planned",
    "intended",
    "not-taken",
    "draft",
    "waitlist",
    "not-done",
    "proposed",
];

impl Reader<'_> {
    /// A stay in hospital: class inpatient, whether acute or not.
    fn encounter(&mut self, json: &Json) {
        let class = json.get("class");
        let is_stay = is_stay(class) || class.get("coding").items().iter().any(is_stay);
        let part = self.all.resolve(json.get("partOf"), json);
        let is_part = part.is_some_and(|whole| whole.text("resourceType") == "Encounter");
        if !is_stay || is_part || NOTHING.contains(&json.text("status")) {
            self.reading.left_out += 1;
            return;
        }
        let place = || named(self.all, json.first("location").get("location"), json);
        let service = named(self.all, json.get("serviceProvider"), json);
        let label = if service.is_empty() { place() } else { service };
        let reason = first_filled([
            terms::words(json.first("reasonCode")),
            terms::words(json.first("type")),
        ]);
        self.span(EventKind::Admission, json, &label, reason);
    }

    fn episode(&mut self, json: &Json) {
        if NOTHING.contains(&json.text("status")) {
            self.reading.left_out += 1;
            return;
        }
        let service = named(self.all, json.get("managingOrganization"), json);
        let about = terms::words(json.first("type"));
        self.span(EventKind::Monitoring, json, &service, about);
    }

    /// Something from the start of a period to its end. Without a start it has no place on the axis, and is a finding.
    fn span(&mut self, kind: EventKind, json: &Json, label: &str, detail: &str) {
        let name = name_of(json);
        let findings = &mut self.reading.findings;
        let before = findings.len();
        let from = time(begun(json), "start", &name, findings);
        let to = time(json.get("period"), "end", &name, findings);
        let Some(from) = from else {
            if findings.len() == before {
                findings.push(finding(FindingKind::MissingTime, &name, ""));
            }
            return;
        };
        let over = matches!(json.text("status"), "finished");
        if let Some(to) = to.as_ref().filter(|to| to.last_ms() < from.start_ms()) {
            findings.push(finding(FindingKind::MalformedTime, &name, to.text()));
        }
        let to = to.filter(|to| to.last_ms() >= from.start_ms());
        let to = to.filter(|to| over || to.start_ms() <= self.now);
        self.reading.events.push(Event {
            id: name.into(),
            lasts: to.is_none() && !over,
            has_ended: to.is_none() && over,
            is_paused: to.is_none() && json.text("status") == "onhold",
            to,
            detail: detail.into(),
            ..Event::at(kind, from, label)
        });
    }

    fn statement(&mut self, json: &Json) {
        if NOTHING.contains(&json.text("status")) {
            self.reading.left_out += 1;
            return;
        }
        let dose = dose(json.get("dosage"));
        let times = if json.get("effectivePeriod").fields().is_some() {
            (json.get("effectivePeriod"), "start", "end")
        } else {
            (json, "effectiveDateTime", "")
        };
        let is_over = matches!(json.text("status"), "completed" | "stopped");
        self.medicine(json, times, &dose, is_over);
    }

    fn request(&mut self, json: &Json) {
        let proposed = matches!(json.text("intent"), "proposal" | "plan" | "option");
        if NOTHING.contains(&json.text("status")) || proposed || self.is_taken(json) {
            self.reading.left_out += 1;
            return;
        }
        let dosage = json.get("dosageInstruction");
        let timing = json.first("dosageInstruction").get("timing").get("repeat");
        let supply = json.get("dispenseRequest").get("validityPeriod");
        let times = if timing.get("boundsPeriod").field("start").is_some() {
            (timing.get("boundsPeriod"), "start", "end")
        } else if supply.field("start").is_some() {
            // How long the prescription is valid is not how long it is taken.
            (supply, "start", "")
        } else {
            (json, "authoredOn", "")
        };
        // A prescription that is used up says nothing of the medicine.
        let is_over = json.text("status") == "stopped";
        self.medicine(json, times, &dose(dosage), is_over);
    }

    /// True if what was ordered is there as taken: the statement names the order, or the same medicine from the same day.
    fn is_taken(&self, order: &Json) -> bool {
        let names_it = |statement: &Json| {
            let fields = ["basedOn", "derivedFrom"].into_iter();
            let mut references = fields.flat_map(|field| statement.get(field).items());
            let id = order.text("id");
            !id.is_empty()
                && references
                    .any(|reference| target(reference.text("reference")) == ("MedicationRequest", id))
        };
        let mut statements = self.all.of("MedicationStatement");
        statements.any(|statement| {
            !NOTHING.contains(&statement.text("status"))
                && (names_it(statement) || self.is_same(statement, order))
        })
    }

    fn is_same(&self, statement: &Json, order: &Json) -> bool {
        let day = |text: &str| text.get(..10).map(str::to_owned);
        let begun = [
            statement.get("effectivePeriod").text("start"),
            statement.text("effectiveDateTime"),
        ];
        let ordered = order.text("authoredOn");
        let bounds = order
            .first("dosageInstruction")
            .get("timing")
            .get("repeat")
            .get("boundsPeriod");
        let ordered = day(first_filled([bounds.text("start"), ordered]));
        let name = |json: &Json| lowercase(&self.name(json));
        ordered.is_some() && day(first_filled(begun)) == ordered && name(statement) == name(order)
    }

    /// The start of a medicine, and its stop where that has a time; where it is over without one, the start says so.
    fn medicine(
        &mut self,
        json: &Json,
        (holder, start, end): (&Json, &str, &str),
        dose: &str,
        is_over: bool,
    ) {
        let name = name_of(json);
        let label = self.name(json);
        let (kind, id) = target(json.get("medicationReference").text("reference"));
        if label.is_empty() && kind == "Medication" && !id.is_empty() {
            let missing = format!("{kind}/{id}");
            if !self.reading.missing.contains(&missing) {
                self.reading.missing.push(missing);
            }
        }
        let findings = &mut self.reading.findings;
        let before = findings.len();
        let from = time(holder, start, &name, findings);
        let to = if end.is_empty() {
            None
        } else {
            time(holder, end, &name, findings)
        };
        if from.is_none() && to.is_none() && findings.len() == before {
            findings.push(finding(FindingKind::MissingTime, &name, &label));
        }
        let reason = terms::words(json.first("statusReason"));
        let to = to.filter(|to| to.start_ms() <= self.now);
        let has_ended = is_over && to.is_none();
        let said = if has_ended {
            let parts = [dose, reason].into_iter().filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join("; ")
        } else {
            dose.to_owned()
        };
        let events = [
            from.map(|from| (EventKind::MedicationStart, from, &*said, has_ended)),
            to.map(|to| (EventKind::MedicationStop, to, reason, false)),
        ];
        for (kind, at, detail, has_ended) in events.into_iter().flatten() {
            self.reading.events.push(Event {
                id: name.as_str().into(),
                detail: detail.into(),
                has_ended,
                ..Event::at(kind, at, &label)
            });
        }
    }

    /// The name of the medicine; empty if nothing names it.
    fn name(&self, json: &Json) -> String {
        let words = terms::words(json.get("medicationCodeableConcept"));
        let reference = json.get("medicationReference");
        let display = reference.text("display");
        let medication = self
            .all
            .resolve(reference, json)
            .map(|medication| terms::words(medication.get("code")));
        first_filled([words, display, medication.unwrap_or_default()]).to_owned()
    }
}

/// By its code, or in words where the code is of another table.
fn is_stay(class: &Json) -> bool {
    let words = [class.text("code"), class.text("display")].map(lowercase);
    matches!(class.text("code"), "IMP" | "ACUTE" | "NONAC")
        || words.iter().any(|word| {
            let names = [
                "inpatient",
                "innlagt",
                "innleggelse",
                "innlegging",
                "døgnopphald",
                "døgnopphold",
            ];
            names.iter().any(|name| word.starts_with(name))
        })
}

/// Doses in the source's words, else as numbers with their units.
fn dose(dosage: &Json) -> String {
    let dosages = dosage.items().iter();
    let words = dosages.map(|dosage| {
        let text = first_filled([dosage.text("text"), dosage.text("patientInstruction")]);
        if !text.is_empty() {
            return text.to_owned();
        }
        let quantity = dosage.first("doseAndRate").get("doseQuantity");
        let value = number(quantity.get("value"));
        let unit = first_filled([quantity.text("unit"), quantity.text("code")]);
        value.map_or_else(String::new, |value| {
            format!("{value} {unit}").trim_end().to_owned()
        })
    });
    let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
    words.join("; ")
}

#[cfg(test)]
mod tests;
