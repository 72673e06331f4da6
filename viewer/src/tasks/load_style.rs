//! Loads the journal's style description and sets what fits of it, in each colour scheme anew. What it may
//! change is decided by `state::host_style`. Nothing of it failing is ever told: the viewer has a look of its
//! own.

use gloo::events::EventListener;
use yew::Callback;

use super::session::Session;
use crate::browser::display::{Media, Tokens};
use crate::browser::http::{self, HttpRequest};
use crate::browser::root_style;
use crate::state::{Action, HostStyle, STYLE_TOKENS};

/// What the look depends on besides the host.
const SCHEMES: [&str; 2] = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

/// A host's style, set anew whenever the colour scheme changes, until dropped.
#[derive(Debug)]
pub(super) struct Styled {
    _listeners: Vec<EventListener>,
}

impl Session {
    /// Fetches the style, without the token, from the journal's own servers only.
    pub(super) async fn load_style(&self) {
        let context = self.client.context();
        let Some(address) = context
            .smart_style_url
            .as_deref()
            .filter(|address| context.may_receive_token(address))
        else {
            return;
        };
        let Ok(answer) = http::send(HttpRequest::get(address).header("Accept", "application/json")).await
        else {
            return;
        };
        let style = HostStyle::parse(&answer.body);
        if !(200..300).contains(&answer.status) || style == HostStyle::default() {
            return;
        }
        *self.styled.borrow_mut() = Some(Styled::new(style, self.dispatch.clone()));
    }
}

impl Styled {
    fn new(style: HostStyle, dispatch: Callback<Action>) -> Self {
        apply(&style, &dispatch);
        let listen = |query| {
            let (style, dispatch) = (style.clone(), dispatch.clone());
            Media::new(query).listen(move |_| apply(&style, &dispatch))
        };
        Self {
            _listeners: SCHEMES.into_iter().filter_map(listen).collect(),
        }
    }
}

/// Sets what fits of the style into the scheme in use.
fn apply(style: &HostStyle, dispatch: &Callback<Action>) {
    for name in STYLE_TOKENS {
        root_style::set_property(name, None);
    }
    let own = Tokens::read();
    let fitting = style.fit(|name| own.get(name));
    for (name, value) in fitting {
        root_style::set_property(name, Some(&value));
    }
    dispatch.emit(Action::Restyled);
}
