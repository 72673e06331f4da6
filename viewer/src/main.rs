//! Starts the viewer: mounts the app and nothing else.

mod app;
mod browser;
mod components;
mod state;
mod tasks;
mod text;

fn main() {
    yew::Renderer::<app::App>::new().render();
}
