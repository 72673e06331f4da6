//! Runs the launch: carries out the effects of `smart_launch::Launch` in the browser and feeds back what
//! happened. No rule of the protocol is decided here.

use crate::browser::clock;
use crate::browser::http::{self, HttpRequest};
use crate::browser::location;
use crate::browser::messaging::{CallbackFrame, FrameOutcome};
use crate::browser::{random, storage};
use gloo_timers::future::TimeoutFuture;
use smart_launch::{
    Effect, Environment, Event, Launch, LaunchContext, LaunchError, PendingLaunch, Redacted, Request, Start,
};
use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// How long an answer or a callback may take, in milliseconds.
const STEP_LIMIT_MS: u32 = 20_000;

/// Launches the viewer from the query that came with the page's address.
///
/// # Errors
/// The step that failed, the host, and why.
pub(crate) async fn run_launch() -> Result<LaunchContext, LaunchError> {
    let mut event = Event::Started(Box::new(start()));
    let mut launch = Launch::default();
    loop {
        let (next, effect) = launch.step(event);
        launch = next;
        event = match effect {
            Some(Effect::Get { request, address }) => in_time(get(request, address)).await,
            Some(Effect::PostForm {
                request,
                address,
                form,
            }) => in_time(post(request, address, form.0)).await,
            Some(Effect::Redirect { address, pending }) => in_time(leave(&address.0, &pending)).await,
            Some(Effect::OpenFrame { address }) => in_time(nested_callback(&address.0)).await,
            Some(Effect::Finished(context)) => {
                clock::mark("dho:token");
                return Ok(*context);
            }
            Some(Effect::Failed(error)) => return Err(error),
            // Nothing is under way, so nothing more would come.
            None => Event::TimedOut,
        };
    }
}

fn start() -> Start {
    let page = location::take_address();
    Start {
        query: Redacted(page.query),
        viewer_address: page.base,
        environment: Environment {
            framed: location::is_framed(),
            storage: storage::works(),
        },
        pending: storage::take_pending_launch(),
        random: random::random_bytes().map(Redacted),
    }
}

async fn get(request: Request, address: String) -> Event {
    exchange(request, HttpRequest::get(address)).await
}

async fn post(request: Request, address: String, form: String) -> Event {
    exchange(
        request,
        HttpRequest::with_body("POST", address, "application/x-www-form-urlencoded", form),
    )
    .await
}

async fn exchange(request: Request, http_request: HttpRequest) -> Event {
    match http::send(http_request.header("Accept", "application/json")).await {
        Ok(answer) => Event::Answered {
            request,
            status: answer.status,
            body: Redacted(answer.body),
            now_ms: clock::now_ms(),
        },
        Err(unreachable) => Event::Unreachable {
            request,
            detail: unreachable.detail,
        },
    }
}

async fn nested_callback(address: &str) -> Event {
    match CallbackFrame::open(address) {
        Ok(frame) => match frame.outcome().await {
            FrameOutcome::Callback(query) => Event::CallbackReceived(Redacted(query)),
            FrameOutcome::Stayed => Event::AuthorizationStayed,
        },
        Err(detail) => Event::NavigationBlocked { detail },
    }
}

/// Leaves the page; comes back only where the browser refuses.
async fn leave(address: &str, launch: &PendingLaunch) -> Event {
    if !storage::keep_pending_launch(launch) {
        return Event::NavigationBlocked {
            detail: "sessionStorage is full or blocked".to_owned(),
        };
    }
    match location::leave_for(address) {
        Ok(()) => pending().await,
        Err(detail) => Event::NavigationBlocked { detail },
    }
}

/// The outcome of `work`, or the end of its time; then the work is dropped, which ends it.
async fn in_time(work: impl Future<Output = Event>) -> Event {
    let mut work = pin!(work);
    let mut limit = pin!(TimeoutFuture::new(STEP_LIMIT_MS));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(event) => Poll::Ready(event),
        Poll::Pending => limit.as_mut().poll(context).map(|()| Event::TimedOut),
    })
    .await
}
