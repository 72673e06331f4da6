//! One launch's session: what all that is fetched and done shares. What is done at the doctor's wish is in `serve`; how
//! readings are fetched in `load_readings` and `load_latest`, the patient and the plan in `load_record`; what was read is
//! kept in `collected`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use fhir_read::{HostSearch, PageError, Queries, Reader};
use futures_util::future::{join, join3};
use smart_launch::{Access, LaunchContext, MessagingEvent, Redacted};
use yew::Callback;

use super::collected::Collected;
use super::fhir_client::FhirClient;
use super::keep_at_server::AtServer;
use super::load_style::Styled;
use super::memory::Memory;
use super::on_demand::OnDemandWork;
use super::plan::{self, PlanWork};
use super::plan_home::PlanHome;
use super::record::RecordWork;
use super::sources::Sources;
use crate::browser::clock;
use crate::browser::inbox::Inbox;
use crate::browser::location::PageAddress;
use crate::browser::pause::pause;
use crate::state::{Action, Command, Opening, Part, PlanDesk, Problem, ProblemKind};
use crate::text::Lang;

/// Everything of one launch. Cheap to clone; all clones share what was read.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(super) client: FhirClient,
    /// The launch's own, also where this session asks another server.
    pub(super) launch: FhirClient,
    pub(super) queries: Rc<Queries>,
    /// The same at the source of plans.
    pub(super) plan_queries: Rc<Queries>,
    pub(super) plans: Rc<PlanWork>,
    /// The address that the launch came with, for another one.
    pub(super) page: Rc<Redacted<PageAddress>>,
    pub(super) dispatch: Callback<Action>,
    /// The plan's desk as the doctor sees it.
    pub(super) desk: Rc<RefCell<PlanDesk>>,
    pub(super) collected: Rc<RefCell<Collected>>,
    pub(super) sources: Rc<Sources>,
    /// Which of them this session asks: the launch's own server is the first.
    pub(super) place: usize,
    pub(super) plan_home: Rc<PlanHome>,
    pub(super) on_demand: Rc<OnDemandWork>,
    pub(super) record: Rc<RecordWork>,
    pub(super) memory: Rc<Memory>,
    pub(super) at_server: Rc<AtServer>,
    pub(super) styled: Rc<RefCell<Option<Styled>>>,
    /// The language that was asked for last.
    pub(super) asked_lang: Rc<Cell<Lang>>,
    /// Wishes whose chunk did not come.
    pub(super) unserved: Rc<RefCell<Vec<Command>>>,
    /// What is to be told to the journal's window, and what it says.
    pub(super) to_journal: Rc<Inbox<MessagingEvent>>,
}

/// How fetching a part of the screen ended.
pub(super) type Outcome = Result<(), Rc<Problem>>;

impl Session {
    /// `desk` is the plan's desk as the doctor sees it.
    pub(crate) fn new(
        context: LaunchContext,
        page: PageAddress,
        dispatch: Callback<Action>,
        desk: Rc<RefCell<PlanDesk>>,
    ) -> Self {
        let memory = Memory::of(&context);
        let choice = memory.choice();
        let search = host_search(&context);
        let queries = |base| Rc::new(Queries::new(base, &context.patient_id, search.clone()));
        let (queries, plan_queries) = (queries(&context.fhir_base), queries(plan::base(&context)));
        let collected = Collected::new(reader(&context), choice, clock::now());
        let collected = Rc::new(RefCell::new(collected));
        let sources = Sources::new(&context, &collected, choice);
        let client = FhirClient::new(context);
        Self {
            plans: Rc::new(PlanWork::new(&client)),
            launch: client.clone(),
            client,
            queries,
            plan_queries,
            page: Rc::new(Redacted(page)),
            dispatch,
            desk,
            collected,
            sources: Rc::new(sources),
            place: 0,
            plan_home: Rc::default(),
            on_demand: Rc::default(),
            record: Rc::default(),
            memory: Rc::new(memory),
            at_server: Rc::default(),
            styled: Rc::default(),
            asked_lang: Rc::default(),
            unserved: Rc::default(),
            to_journal: Rc::default(),
        }
    }

    /// Loads all of the first screen.
    pub(crate) async fn load_first_screen(self) {
        let lang = self.spoken(self.opening().lang).await;
        self.dispatch.emit(Action::Started(Opening {
            awaits_user: self.client.context().identity.is_some(),
            lang,
            ..self.opening()
        }));
        self.offer();
        let follow = join(self.follow_hub(), self.talk_to_journal());
        let shown = async {
            join(self.load(), self.load_user()).await;
            self.load_chosen().await;
        };
        join3(shown, self.load_style(), follow).await;
    }

    /// Shows the patient again whom the journal had turned away from.
    pub(super) async fn resume(self) {
        self.sources.each(|collected| collected.over = false);
        self.dispatch.emit(Action::Started(self.opening()));
        self.offer();
        if let Some(user) = self.plans.user() {
            self.dispatch.emit(Action::User(Ok(Rc::new(user))));
        }
        self.load().await;
        self.load_chosen().await;
    }

    /// How the launch opens, for a user who is known already.
    fn opening(&self) -> Opening {
        let context = self.client.context();
        let collected = self.collected.borrow();
        Opening {
            period: collected.period,
            choice: collected.choice,
            lang: self.memory.lang(context.locale.as_deref()),
            role: self.memory.role(),
            need_banner: context.need_patient_banner,
            reads_plan: context.granted.allows("CarePlan", Access::Search),
            awaits_user: false,
            arrangement: self.memory.arrangement(),
            whose: self.plan_mark().into(),
        }
    }

    /// Shows what there is by now, drawn in a turn of its own. Until readings have come, what an earlier fetch
    /// showed stays. Returns whether the round still is the one that counts: if not, nothing is shown.
    pub(super) async fn publish(&self, round: u32) -> bool {
        pause().await;
        let is_current = self.is_current(round);
        if is_current {
            self.show_readings();
        }
        is_current
    }

    /// Shows all that is known by now.
    pub(super) fn show_readings(&self) {
        if let Some(action) = self.sources.everything() {
            self.dispatch.emit(action);
        }
    }

    /// Drops everything, asks nothing more, and lets no answer that is still on its way be shown. Returns whether a
    /// draft is put aside until the patient is back.
    pub(super) fn abandon(&self) -> bool {
        self.forget_sources();
        self.unserved.take();
        let is_kept = self.desk.borrow().is_unsaved();
        self.dispatch.emit(Action::OtherPatient);
        is_kept
    }

    pub(super) fn report(&self, round: u32, part: Part, outcome: Outcome) {
        if !self.is_current(round) {
            return;
        }
        if self.place > 0 {
            self.report_source(outcome);
            return;
        }
        if part == Part::Period {
            self.settle_own(&outcome);
        }
        self.dispatch.emit(Action::Fetched(part, outcome));
    }

    pub(super) fn unread(&self, error: &PageError) -> Rc<Problem> {
        self.client.problem(ProblemKind::NotFhir, &error.to_string())
    }

    /// A reader that has read nothing yet.
    pub(super) fn new_reader(&self) -> Reader {
        reader(self.client.context())
    }

    pub(super) fn round(&self) -> u32 {
        self.collected.borrow().round
    }

    pub(super) fn is_current(&self, round: u32) -> bool {
        self.round() == round
    }
}

/// How a host is searched.
pub(super) fn host_search(context: &LaunchContext) -> HostSearch {
    HostSearch {
        date: context.search.date_parameter.clone(),
        sort: context.search.sort,
        include: context.search.include,
        elements: context.search.elements,
        page_size: context.search.page_size,
    }
}

pub(super) fn reader(context: &LaunchContext) -> Reader {
    Reader::new(&context.patient_id, &context.host_name)
}
