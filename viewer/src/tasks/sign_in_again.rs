//! Begins the launch anew where its session has ended while something written is not saved yet: by the same
//! journal, for the same patient and user, unseen. What the steps mean is decided in `smart_launch::Launch`.

use smart_launch::{Carrier, Effect, Environment, Event, Launch, LaunchContext, Redacted, Start};

use super::run_launch::{get, in_time, nested_callback, post};
use super::session::Session;
use super::verify_user::verify_user;
use crate::browser::random;
use crate::state::Action;

impl Session {
    /// Whether the session goes on.
    pub(super) async fn sign_in_again(&self) -> bool {
        let before = self.launch.context();
        let Some(query) = before.again.clone() else {
            return false;
        };
        let Some(context) = launch_again(query, self.page.0.base.clone()).await else {
            return false;
        };
        let is_same = context.patient_id == before.patient_id && context.fhir_base == before.fhir_base;
        if !is_same || !self.plans.is_of(user_of(&context).await.as_deref()) {
            return false;
        }
        self.launch.use_tokens_of(context);
        self.dispatch.emit(Action::SignedInAgain);
        true
    }
}

async fn user_of(context: &LaunchContext) -> Option<String> {
    let user = verify_user(context.identity.clone()?).await.ok()?;
    Some(user.subject)
}

/// A launch in a nested frame: this page must not be left, and nobody is asked for a click.
async fn launch_again(query: Redacted<String>, viewer_address: String) -> Option<LaunchContext> {
    let mut event = Event::Started(Box::new(Start {
        query,
        viewer_address,
        environment: Environment {
            framed: true,
            carrier: Carrier::None,
        },
        pending: None,
        random: random::random_bytes().map(Redacted),
    }));
    let mut launch = Launch::default();
    loop {
        let (next, effect) = launch.step(event);
        launch = next;
        event = match effect? {
            Effect::Get {
                request,
                address,
                headers,
            } => in_time(get(request, address, headers)).await,
            Effect::PostForm {
                request,
                address,
                form,
            } => in_time(post(request, address, form.0)).await,
            Effect::OpenFrame { address } => in_time(nested_callback(&address.0)).await,
            Effect::Finished(context) => return Some(*context),
            Effect::Redirect { .. } | Effect::OfferWindow { .. } | Effect::Failed(_) => return None,
        };
    }
}
