//! Starts the viewer: mounts the app and nothing else.

#![cfg_attr(
    feature = "gallery",
    allow(
        dead_code,
        reason = "the gallery shows the screen without launching and fetching"
    )
)]

mod app;
mod browser;
mod components;
#[cfg(feature = "gallery")]
mod gallery;
mod state;
mod tasks;
mod text;

#[cfg(not(feature = "gallery"))]
fn main() {
    yew::Renderer::<app::App>::new().render();
}

#[cfg(feature = "gallery")]
fn main() {
    yew::Renderer::<gallery::Gallery>::new().render();
}
