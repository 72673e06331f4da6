//! Follows which patient the journal shows, where it offers a hub: carries out the effects of
//! `smart_launch::Hub`. What follows from an event is decided there.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo_timers::future::TimeoutFuture;
use smart_launch::{Hub, HubEffect, HubEvent};
use wasm_bindgen_futures::spawn_local;

use super::in_time;
use super::session::Session;
use crate::browser::inbox::Inbox;
use crate::browser::websocket::{Socket, SocketEvent};
use crate::state::Action;

/// How long the hub may take to answer, in milliseconds.
const ANSWER_LIMIT_MS: u32 = 5_000;

impl Session {
    /// Follows the hub for as long as the launch lasts. Without one it has nothing to do.
    pub(super) async fn follow_hub(&self) {
        let context = self.client.context();
        let Some(offer) = context.hub.clone() else {
            return;
        };
        let inbox = Rc::new(Inbox::default());
        let _leaving = EventListener::new(&gloo::utils::window(), "pagehide", {
            let inbox = Rc::clone(&inbox);
            move |_| inbox.put(HubEvent::Leaving)
        });
        let mut hub = Hub::new(offer, context.patient_id.clone());
        let mut socket = None;
        let mut token_is_over = false;
        let mut event = HubEvent::Started;
        loop {
            let mut answered = None;
            for effect in hub.step(event) {
                match effect {
                    HubEffect::Post { address, form } => {
                        let post = self.client.post_to_hub(&address, form.0);
                        let answer = in_time(ANSWER_LIMIT_MS, post).await.flatten();
                        answered = Some(answer.map_or(HubEvent::SubscriptionUnreachable, |answer| {
                            HubEvent::SubscriptionAnswered {
                                status: answer.status,
                                body: answer.body,
                            }
                        }));
                    }
                    HubEffect::Connect { address } => {
                        let inbox = Rc::clone(&inbox);
                        let told = move |event| {
                            inbox.put(match event {
                                SocketEvent::Message(text) => HubEvent::Message(text),
                                SocketEvent::Closed => HubEvent::Closed,
                            });
                        };
                        match Socket::open(&address.0, told) {
                            Ok(opened) => socket = Some(opened),
                            Err(_) => answered = Some(HubEvent::Closed),
                        }
                    }
                    HubEffect::Send(text) => {
                        if let Some(socket) = &socket {
                            socket.send(&text);
                        }
                    }
                    HubEffect::Wait(ms) => {
                        TimeoutFuture::new(super::whole_ms(ms)).await;
                        answered = Some(HubEvent::Waited);
                    }
                    HubEffect::OtherPatient => {
                        if !self.abandon() {
                            token_is_over = true;
                            answered = Some(HubEvent::NothingKept);
                        }
                    }
                    HubEffect::OurPatient => spawn_local(self.clone().resume()),
                    HubEffect::LoggedOut => {
                        token_is_over = true;
                        self.dispatch.emit(Action::LoggedOut);
                    }
                    HubEffect::Close => {
                        // The end of the subscription was the last thing that it was good for.
                        if token_is_over {
                            self.forget_tokens();
                        }
                        return;
                    }
                }
            }
            event = match answered {
                Some(event) => event,
                None if socket.is_some() => inbox.next().await,
                None => return,
            };
        }
    }
}
