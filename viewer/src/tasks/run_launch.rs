//! Runs the launch: carries out the effects of `smart_launch::Launch` in the browser and feeds back what
//! happened. No rule of the protocol is decided here.

use crate::browser::callback::CallbackOutcome;
use crate::browser::clock;
use crate::browser::http::{self, HttpRequest};
use crate::browser::location::{self, PageAddress};
use crate::browser::nested_frame::CallbackFrame;
use crate::browser::popup::{CallbackWindow, Click};
use crate::browser::{random, storage};
use smart_launch::{
    Effect, Environment, Event, Launch, LaunchContext, LaunchError, PendingLaunch, Redacted, Request, Start,
};
use std::future::pending;

/// How long an answer or a callback may take, in milliseconds.
const STEP_LIMIT_MS: u32 = 20_000;

/// Launches the viewer from the query that came with the page's address. `ask_for_click` shows the user that
/// `sign_in` is waited for: browsers open a window only after a click.
///
/// # Errors
/// The step that failed, the host, and why.
pub(crate) async fn run_launch(
    page: PageAddress,
    sign_in: &Click,
    ask_for_click: impl Fn(bool),
) -> Result<LaunchContext, LaunchError> {
    let mut event = Event::Started(Box::new(start(page)));
    let mut launch = Launch::default();
    loop {
        let (next, effect) = launch.step(event);
        launch = next;
        event = match effect {
            Some(Effect::Get {
                request,
                address,
                headers,
            }) => in_time(get(request, address, headers)).await,
            Some(Effect::PostForm {
                request,
                address,
                form,
            }) => in_time(post(request, address, form.0)).await,
            Some(Effect::Redirect { address, pending }) => in_time(leave(&address.0, &pending)).await,
            Some(Effect::OpenFrame { address }) => in_time(nested_callback(&address.0)).await,
            // Users may take their time: nothing is awaited from a server.
            Some(Effect::OfferWindow { address }) => {
                ask_for_click(true);
                sign_in.wait().await;
                ask_for_click(false);
                callback_from_window(&address.0).await
            }
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

fn start(page: PageAddress) -> Start {
    let carrier = storage::carrier();
    Start {
        query: Redacted(page.query),
        viewer_address: page.base,
        environment: Environment {
            framed: location::is_framed(),
            carrier,
        },
        pending: storage::take_pending_launch(carrier),
        random: random::random_bytes().map(Redacted),
    }
}

pub(super) async fn get(request: Request, address: String, headers: Vec<(String, String)>) -> Event {
    let with = |http_request: HttpRequest, (name, value): (String, String)| http_request.header(&name, value);
    let mut http_request = headers.into_iter().fold(HttpRequest::get(address), with);
    if request == Request::Hosts {
        http_request = http_request.under_way_as("dhoHosts");
    }
    exchange(request, http_request).await
}

pub(super) async fn post(request: Request, address: String, form: String) -> Event {
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

pub(super) async fn nested_callback(address: &str) -> Event {
    match CallbackFrame::open(address) {
        Ok(frame) => called_back(frame.outcome().await),
        Err(detail) => Event::NavigationBlocked { detail },
    }
}

/// The query of a callback: from a nested frame, or from a window of its own; `None` where the page stayed or was closed.
pub(super) async fn callback(address: &str, in_window: bool) -> Option<Redacted<String>> {
    let event = if in_window {
        // Users may take their time: nothing is awaited from a server.
        callback_from_window(address).await
    } else {
        in_time(nested_callback(address)).await
    };
    match event {
        Event::CallbackReceived(query) => Some(query),
        _ => None,
    }
}

async fn callback_from_window(address: &str) -> Event {
    match CallbackWindow::open(address) {
        Ok(window) => called_back(window.outcome().await),
        Err(detail) => Event::NavigationBlocked { detail },
    }
}

fn called_back(outcome: CallbackOutcome) -> Event {
    match outcome {
        CallbackOutcome::Callback(query) => Event::CallbackReceived(Redacted(query)),
        CallbackOutcome::Stayed => Event::AuthorizationStayed,
    }
}

/// Leaves the page; comes back only where the browser refuses.
async fn leave(address: &str, launch: &PendingLaunch) -> Event {
    if !storage::keep_pending_launch(storage::carrier(), launch) {
        return Event::NavigationBlocked {
            detail: "the launch cannot be carried over the redirect".to_owned(),
        };
    }
    match location::leave_for(address) {
        Ok(()) => pending().await,
        Err(detail) => Event::NavigationBlocked { detail },
    }
}

/// The outcome of `work`, or the end of its time.
pub(super) async fn in_time(work: impl Future<Output = Event>) -> Event {
    super::in_time(STEP_LIMIT_MS, work)
        .await
        .unwrap_or(Event::TimedOut)
}
