//! Whether a request is the first on its connection. A browser repeats by itself what is dropped on a connection
//! that has served before, so only a first request can be dropped for good.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::Next;
use axum::response::Response;
use axum::serve::IncomingStream;
use tokio::net::TcpListener;

/// One connection, shared by its requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Connection(Arc<AtomicBool>);

impl Connected<IncomingStream<'_, TcpListener>> for Connection {
    fn connect_info(_: IncomingStream<'_, TcpListener>) -> Self {
        Self::default()
    }
}

/// Put on a request by `note`.
#[derive(Clone, Copy, Debug)]
pub(super) struct IsFresh(pub(super) bool);

/// Outermost layer of the site: every request counts, also those that no fault is set for.
pub(crate) async fn note(mut request: Request, next: Next) -> Response {
    let is_fresh = match request.extensions().get::<ConnectInfo<Connection>>() {
        Some(ConnectInfo(Connection(used))) => !used.swap(true, Ordering::Relaxed),
        None => true,
    };
    request.extensions_mut().insert(IsFresh(is_fresh));
    next.run(request).await
}
