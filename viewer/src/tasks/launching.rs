//! The launch from its beginning. A page that may be left for the log-in makes no screen before it is known to stay, and
//! its first questions are on their way before the screen is made. How a launch runs is in `run_launch`.

use std::cell::Cell;
use std::fmt;
use std::pin::pin;

use futures_util::future::{Either, FutureExt, LocalBoxFuture, ready, select};
use gloo_timers::future::TimeoutFuture;
use smart_launch::{LaunchContext, LaunchError};

use super::run_launch::{environment, run_launch};
use crate::browser::location::{self, PageAddress};
use crate::browser::popup::Click;

/// So long a page that may yet be left goes without a screen, milliseconds.
const SCREEN_AFTER_MS: u32 = 100;

/// What comes of a launch.
type Outcome = Result<LaunchContext, LaunchError>;

/// A launch.
pub(crate) struct Launching {
    /// Where the page stands, and how it was asked for.
    pub(crate) page: PageAddress,
    /// The user's click that opens a window for the log-in.
    pub(crate) sign_in: Click,
    /// What is left of it, where it has begun.
    rest: Cell<Option<LocalBoxFuture<'static, Outcome>>>,
}

impl fmt::Debug for Launching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Launching")
    }
}

impl Launching {
    /// Comes back once there is something to show.
    pub(crate) async fn begin() -> Self {
        let page = location::take_address();
        let rest = match environment().leaves() {
            true => Some(until_it_stays(page.clone()).await),
            // A frame for the log-in would be lost if the screen were made after it.
            false => None,
        };
        Self {
            page,
            sign_in: Click::default(),
            rest: Cell::new(rest),
        }
    }

    /// Goes on to the end. `ask_for_click` shows the user that `sign_in` is waited for: browsers open a window only
    /// after a click.
    ///
    /// # Errors
    /// The step that failed, the host, and why.
    pub(crate) async fn end(&self, ask_for_click: impl Fn(bool)) -> Outcome {
        match self.rest.take() {
            Some(rest) => rest.await,
            None => run_launch(self.page.clone(), &self.sign_in, ask_for_click, || ()).await,
        }
    }
}

async fn until_it_stays(page: PageAddress) -> LocalBoxFuture<'static, Outcome> {
    let stays = Click::default();
    let launch = {
        let stays = stays.clone();
        // What takes the page itself opens no window.
        async move { run_launch(page, &Click::default(), |_| (), || stays.happened()).await }.boxed_local()
    };
    let known = pin!(stays.wait());
    let shows = select(known, TimeoutFuture::new(SCREEN_AFTER_MS));
    match select(shows, launch).await {
        Either::Left((_, launch)) => launch,
        Either::Right((outcome, _)) => ready(outcome).boxed_local(),
    }
}
