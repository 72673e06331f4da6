//! Talks with the journal's window, where the launch offers it: carries out the effects of
//! `smart_launch::Messaging`. Whom to believe is decided there.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use smart_launch::{JournalRequest, Messaging, MessagingEffect, MessagingEvent};

use super::session::Session;
use crate::browser::messaging::{JournalWindow, WindowMessage};
use crate::browser::random;
use crate::state::Action;

/// How long the journal may take to answer the handshake, in milliseconds.
const HANDSHAKE_LIMIT_MS: u32 = 3_000;

impl Session {
    /// Talks for as long as the launch lasts. Where the launch offers no messages it has nothing to do.
    pub(super) async fn talk_to_journal(&self) {
        let (Some(offer), Some(id)) = (
            self.client.context().messaging.clone(),
            random::random_bytes::<8>(),
        ) else {
            return;
        };
        let inbox = Rc::clone(&self.to_journal);
        let heard = Rc::clone(&inbox);
        let window = JournalWindow::listen(move |message| heard.put(received(message)));
        let Some(window) = window else {
            return;
        };
        let mut messaging = Messaging::new(offer, format!("dho-{:016x}", u64::from_be_bytes(id)));
        let _limit = Timeout::new(HANDSHAKE_LIMIT_MS, {
            let inbox = Rc::clone(&inbox);
            move || inbox.put(MessagingEvent::TimedOut)
        });
        let mut event = MessagingEvent::Started;
        loop {
            match messaging.step(event) {
                Some(MessagingEffect::Post { origin, message }) => {
                    // A journal that cannot be written to does not answer either: nothing is offered.
                    let _ = window.post(&origin, &message);
                }
                Some(MessagingEffect::Listening) => self.dispatch.emit(Action::JournalListens),
                // What was asked for is seen to happen in the journal, or not.
                Some(MessagingEffect::Answered { .. }) | None => {}
            }
            event = inbox.next().await;
        }
    }

    /// Asks the journal to close the viewer.
    pub(super) fn ask_to_close(&self) {
        self.to_journal.put(MessagingEvent::Asked(JournalRequest::done()));
    }
}

fn received(message: WindowMessage) -> MessagingEvent {
    MessagingEvent::Received {
        origin: message.origin,
        from_journal: message.from_journal,
        message: message.message,
    }
}
