//! Asks one source for what is opened on demand: all pages of its answers, and what they only name. Which addresses that
//! takes, and how answers are read, is `fhir_read`'s.

use std::rc::Rc;

use chart_model::{FindingKind, Reading};
use fhir_read::care_plan::next_page;
use fhir_read::{OnDemand, PageError, QuestionnaireReading};
use fhir_read::{read_events, read_follow_up, read_notes, read_questionnaires};
use futures_util::future::{LocalBoxFuture, join_all};
use smart_launch::Access;

use crate::browser::clock;
use crate::state::on_demand::{Answer, FromSource, NotesHere};
use crate::state::{Problem, ProblemKind, Topic};
use crate::tasks::session::{Session, host_search};

/// More pages of one search than this are not followed.
const PAGES: usize = 50;
/// More resources than this that an answer only names are not read.
const NAMED: usize = 20;
/// Scores are asked for of so many fillings.
const SCORED: usize = 40;
/// Comments are asked for by so many readings at once: addresses have an end.
const COMMENTED: usize = 100;

/// See [`OnDemandChunk::ask`](crate::chunks::OnDemandChunk).
pub(crate) fn ask_source(session: Session, topic: Topic) -> LocalBoxFuture<'static, Option<FromSource>> {
    Box::pin(async move { session.ask(topic).await })
}

impl Session {
    /// What this source has of a topic; `None` if it may not be asked.
    async fn ask(&self, topic: Topic) -> Option<FromSource> {
        let context = self.client.context();
        let addresses = OnDemand::new(&context.fhir_base, &context.patient_id, &host_search(context));
        let mut searches = self.searches(topic, &addresses);
        searches.retain(|address| self.may_ask(self.kind_of(address), Access::Search));
        if searches.is_empty() {
            return None;
        }
        let mut problem = None;
        let mut pages = Vec::new();
        let needed = searches.len();
        if topic == Topic::Questionnaires {
            let by_category = addresses.survey_scores();
            searches.extend(Some(by_category).filter(|_| self.may_ask("Observation", Access::Search)));
        }
        let answers = join_all(searches.iter().map(|address| self.all_pages(address))).await;
        for (place, answer) in answers.into_iter().enumerate() {
            match answer {
                Ok(new) => pages.extend(new),
                // Not every server knows that search.
                Err(_) if place >= needed => {}
                Err(failed) => problem = problem.or(Some(failed)),
            }
        }
        let mut answer = None;
        if !pages.is_empty() {
            match self.read_with_named(topic, &addresses, pages, &mut problem).await {
                Ok(read) => {
                    // What was cut off may have held anything.
                    if read
                        .findings()
                        .iter()
                        .any(|finding| finding.kind == FindingKind::BrokenBundle)
                    {
                        problem = problem.or_else(|| {
                            Some(self.client.problem(ProblemKind::NotFhir, "an answer was cut off"))
                        });
                    }
                    answer = Some(Rc::new(read));
                }
                Err(error) => problem = Some(self.unread(&error)),
            }
        }
        Some(FromSource {
            source: context.host_name.as_str().into(),
            answer,
            problem,
        })
    }

    fn searches(&self, topic: Topic, addresses: &OnDemand) -> Vec<String> {
        match topic {
            Topic::Questionnaires => addresses.questionnaires(),
            Topic::Notes => {
                let ids: Vec<Box<str>> = self
                    .readings_here()
                    .filter(|reading| reading.note.is_some())
                    .map(|reading| reading.id.clone())
                    .collect();
                let mut searches = addresses.notes(&[]);
                for some in ids.chunks(COMMENTED) {
                    let some: Vec<&str> = some.iter().map(|id| &**id).collect();
                    searches.extend(addresses.notes(&some).pop());
                }
                searches
            }
            Topic::FollowUp => addresses.follow_up(),
            Topic::Admissions => vec![addresses.encounters()],
            Topic::Medicines => addresses.medicines().into(),
            Topic::Monitoring => vec![addresses.episodes()],
            Topic::Changes => Vec::new(),
        }
    }

    /// The readings of this source that are here.
    pub(super) fn readings_here(&self) -> impl Iterator<Item = Rc<Reading>> {
        let readings = self.collected.borrow().readings();
        let lists: Vec<_> = readings.values().cloned().collect();
        lists.into_iter().flat_map(|list| list.to_vec())
    }

    /// The kind of resource that an address is about.
    fn kind_of<'a>(&self, address: &'a str) -> &'a str {
        let path = address
            .strip_prefix(&*self.client.context().fhir_base)
            .unwrap_or(address);
        let path = path.trim_start_matches('/');
        path.split(['?', '/']).next().unwrap_or(path)
    }

    async fn all_pages(&self, address: &str) -> Result<Vec<Vec<u8>>, Rc<Problem>> {
        let base = &self.client.context().fhir_base;
        let mut pages = vec![self.client.search(address).await?];
        while let Some(next) = pages.last().and_then(|page| next_page(page)) {
            if pages.len() == PAGES {
                return Err(self
                    .client
                    .problem(ProblemKind::Server, "more pages than are read"));
            }
            let next = fhir_read::next_link(base, &next)
                .map_err(|link| self.client.problem(ProblemKind::ForeignLink, &link.to_string()))?;
            pages.push(self.client.get(&next).await?);
        }
        Ok(pages)
    }

    /// Reads the answers, with what they only name read along: forms for the questions' own texts, services for their
    /// phones. A form that does not come costs nothing but its wording; a service, how it is reached.
    async fn read_with_named(
        &self,
        topic: Topic,
        addresses: &OnDemand,
        mut pages: Vec<Vec<u8>>,
        problem: &mut Option<Rc<Problem>>,
    ) -> Result<Answer, PageError> {
        let answer = self.read(topic, &pages)?;
        let named: Vec<String> = match &answer {
            Answer::Questionnaires(reading) => {
                let names = reading.missing.iter();
                let forms = names.filter_map(|name| addresses.questionnaire(name));
                unscored_of(reading, addresses).into_iter().chain(forms).collect()
            }
            Answer::FollowUp(reading) => {
                let names = reading.missing.iter();
                names.flat_map(|name| addresses.reach_of(name)).collect()
            }
            Answer::Events(reading) => {
                let names = reading.missing.iter();
                names.map(|name| addresses.medication(name)).collect()
            }
            Answer::Notes(_) => Vec::new(),
        };
        let is_service = topic == Topic::FollowUp;
        let may_ask = |address: &&String| {
            let access = if address.contains('?') {
                Access::Search
            } else {
                Access::Read
            };
            self.may_ask(self.kind_of(address), access)
        };
        let named = named.iter().filter(may_ask).take(NAMED);
        let known = pages.len();
        for answer in join_all(named.map(|address| self.client.search(address))).await {
            match answer {
                Ok(page) if self.read(topic, std::slice::from_ref(&page)).is_ok() => pages.push(page),
                Ok(_) => {}
                Err(failed)
                    if is_service
                        && !matches!(failed.kind, ProblemKind::NotFound | ProblemKind::Forbidden) =>
                {
                    *problem = problem.take().or(Some(failed));
                }
                Err(_) => {}
            }
        }
        if pages.len() == known {
            return Ok(answer);
        }
        self.read(topic, &pages)
    }

    fn read(&self, topic: Topic, pages: &[Vec<u8>]) -> Result<Answer, PageError> {
        let context = self.client.context();
        let patient = &*context.patient_id;
        let pages: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
        let now = clock::now();
        Ok(match topic {
            Topic::Questionnaires => {
                Answer::Questionnaires(read_questionnaires(&pages, patient, &context.host_name, now)?)
            }
            Topic::Notes => {
                let read = read_notes(&pages, patient)?;
                Answer::Notes(NotesHere {
                    notes: self.linked(read.notes),
                    left_out: read.left_out,
                    findings: read.findings,
                })
            }
            Topic::FollowUp => Answer::FollowUp(read_follow_up(&pages, patient, now)?),
            Topic::Admissions | Topic::Medicines | Topic::Changes | Topic::Monitoring => {
                Answer::Events(read_events(&pages, patient, now)?)
            }
        })
    }
}

/// The search for scores of the newest fillings that have none yet, whatever code such scores have there.
fn unscored_of(reading: &QuestionnaireReading, addresses: &OnDemand) -> Option<String> {
    let all = reading.questionnaires.iter().flat_map(|of| &of.list);
    let unscored = all.filter(|filling| filling.scores.is_empty() && !filling.lines.is_empty());
    let ids: Vec<&str> = unscored.map(|filling| &*filling.id).take(SCORED).collect();
    addresses.scores_of(&ids)
}
