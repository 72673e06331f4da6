//! Fetches the chunks that the doctor's wishes need, when they are wished for. A wish whose chunk does not come is kept
//! until it is tried once more.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, join_all, select};
use gloo_timers::future::TimeoutFuture;

use super::session::Session;
use crate::browser::chunks::{ChunkProblem, fetch};
use crate::chunks::Chunk;
use crate::state::{Action, ChunkFetch, Command, OnDemandCommand, PlanCommand, Problem, ProblemKind};
use crate::text::Lang;

/// From here on it is said that something is on its way.
const SAID_AFTER_MS: u32 = 1_000;

impl Session {
    /// Fetches the chunk that a wish needs, if it is not here. False: it did not come, which is said.
    pub(super) async fn has_chunk_for(&self, command: &Command) -> bool {
        let Some(chunk) = needed(command).filter(|chunk| !chunk.is_here()) else {
            return true;
        };
        if self.fetch_chunk(chunk).await.is_ok() {
            return true;
        }
        let mut unserved = self.unserved.borrow_mut();
        if !unserved.contains(command) {
            unserved.push(command.clone());
        }
        false
    }

    /// Serves the wishes that waited for a chunk.
    pub(super) async fn serve_again(&self) {
        let unserved = self.unserved.take();
        join_all(
            unserved
                .into_iter()
                .map(|command| Box::pin(self.clone().serve(command))),
        )
        .await;
    }

    /// The language, if its words are here or come now; otherwise the one whose words are always here.
    pub(super) async fn spoken(&self, lang: Lang) -> Lang {
        match Chunk::of(lang) {
            Some(chunk) if self.fetch_chunk(chunk).await.is_err() => Lang::default(),
            _ => lang,
        }
    }

    /// The same for something that reports its problems itself.
    pub(super) async fn chunk(&self, chunk: Chunk) -> Result<(), Rc<Problem>> {
        self.fetch_chunk(chunk)
            .await
            .map_err(|_| self.client.problem(ProblemKind::Network, chunk.name()))
    }

    async fn fetch_chunk(&self, chunk: Chunk) -> Result<(), ChunkProblem> {
        if chunk.is_here() {
            return Ok(());
        }
        let tell = |fetch| self.dispatch.emit(Action::Chunk(fetch));
        let fetched = match select(pin!(fetch(chunk)), TimeoutFuture::new(SAID_AFTER_MS)).await {
            Either::Left((fetched, _)) => fetched,
            Either::Right(((), fetching)) => {
                tell(ChunkFetch::Awaited);
                fetching.await
            }
        };
        tell(match fetched {
            Ok(()) => ChunkFetch::Here,
            Err(ChunkProblem::Unreachable) => ChunkFetch::Unreachable,
            Err(ChunkProblem::Replaced) => ChunkFetch::Replaced,
        });
        fetched
    }
}

/// The chunk that a wish is served by.
fn needed(command: &Command) -> Option<Chunk> {
    match command {
        Command::Plan(
            PlanCommand::Open(_)
            | PlanCommand::OpenAt(_)
            | PlanCommand::Compare { .. }
            | PlanCommand::Edit
            | PlanCommand::Set(..)
            | PlanCommand::Review
            | PlanCommand::AskHistory
            | PlanCommand::Reload
            | PlanCommand::Save
            | PlanCommand::ApplyDecisions(_),
        ) => Some(Chunk::Plan),
        Command::OnDemand(OnDemandCommand::Toggle(topic) | OnDemandCommand::Retry(topic)) => {
            // Changes of the plan are those of its history.
            let is_of_plan = *topic == crate::state::Topic::Changes;
            Some(if is_of_plan { Chunk::Plan } else { Chunk::OnDemand })
        }
        Command::Details => Some(Chunk::Details),
        Command::Record(_) => Some(Chunk::Record),
        Command::Language(lang) => Chunk::of(*lang),
        _ => None,
    }
}
