//! Starts the viewer: mounts the app and nothing else.

#![cfg_attr(
    any(feature = "gallery", feature = "bench"),
    allow(
        dead_code,
        reason = "the gallery shows the screen without launching and fetching, the bench only charts"
    )
)]

mod app;
#[cfg(feature = "bench")]
mod bench;
mod browser;
mod chunks;
mod components;
#[cfg(feature = "gallery")]
mod gallery;
mod state;
mod tasks;
mod text;
mod warm_up;

#[cfg(not(any(feature = "gallery", feature = "bench")))]
fn main() {
    yew::Renderer::<app::App>::new().render();
}

#[cfg(all(feature = "gallery", not(feature = "bench")))]
fn main() {
    yew::Renderer::<gallery::Gallery>::new().render();
}

#[cfg(feature = "bench")]
fn main() {
    bench::start();
}
