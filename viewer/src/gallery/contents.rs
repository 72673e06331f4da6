//! The gallery's own page: the list of entries, the switches, and each entry in frames of several widths.
//! A frame is the same page with one entry alone, so that nothing of one can touch another.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::address::Address;
use super::entries;
use super::entry::Entry;
use crate::text::Lang;

/// What can be chosen as the frames' widths, CSS pixels.
const WIDTHS: [&[u32]; 6] = [&[400, 1200], &[320], &[400], &[640], &[800], &[1200]];

/// See [`Contents`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ContentsProps {
    /// What the page was asked for.
    pub address: Address,
}

/// Every entry.
#[component]
pub(super) fn Contents(props: &ContentsProps) -> Html {
    let address = &props.address;
    use_effect_with((), |()| {
        show_entry_of_address();
    });
    let link = |entry: &Entry| html! { <li><a href={format!("#{}", entry.id)}>{entry.title}</a></li> };
    let list = |screens: bool| {
        entries()
            .filter(move |entry| entry.is_screen() == screens)
            .map(link)
    };
    html! {
        <div class="gallery">
            <nav class="gallery-list" aria-label="Entries">
                {switches(address)}
                <h2>{"Screens"}</h2>
                <ul>{for list(true)}</ul>
                <h2>{"Components"}</h2>
                <ul>{for list(false)}</ul>
            </nav>
            <main class="gallery-entries">
                <h1>{"Egenmåling: every screen and component"}</h1>
                {for entries().map(|entry| framed(entry, address))}
            </main>
        </div>
    }
}

/// Links to the same page in another language, scheme or width.
fn switches(address: &Address) -> Html {
    let to = |text: String, other: Address| {
        let current = (other == *address).then_some("true");
        html! { <a href={other.query()} aria-current={current}>{text}</a> }
    };
    let langs = Lang::ALL.map(|lang| {
        to(
            lang.name().to_owned(),
            Address {
                lang,
                ..address.clone()
            },
        )
    });
    let schemes =
        [(None, "System"), (Some("light"), "Light"), (Some("dark"), "Dark")].map(|(scheme, name)| {
            let scheme = scheme.map(str::to_owned);
            to(
                name.to_owned(),
                Address {
                    scheme,
                    ..address.clone()
                },
            )
        });
    let widths = WIDTHS.map(|widths| {
        let text: Vec<String> = widths.iter().map(u32::to_string).collect();
        to(
            text.join(" + "),
            Address {
                widths: widths.to_vec(),
                ..address.clone()
            },
        )
    });
    html! {
        <>
            <p>{for langs}</p>
            <p>{for schemes}</p>
            <p>{for widths}</p>
        </>
    }
}

fn framed(entry: &'static Entry, address: &Address) -> Html {
    let alone = Address {
        only: Some(entry.id.to_owned()),
        ..address.clone()
    };
    let alone = alone.query();
    let frame = |width: &u32| {
        html! {
            <iframe src={alone.clone()} width={width.to_string()} height="320" loading="lazy"
                title={format!("{}, {width} px", entry.title)} />
        }
    };
    html! {
        <section id={entry.id} aria-label={entry.title}>
            <h2><a href={alone.clone()}>{entry.title}</a>{" "}<code>{entry.id}</code></h2>
            <p>{entry.look_for}</p>
            <div class="gallery-frames">{for address.widths.iter().map(frame)}</div>
        </section>
    }
}

/// The page was empty when the browser looked for the part that its address names.
fn show_entry_of_address() {
    let hash = gloo::utils::window().location().hash().unwrap_or_default();
    let named: Option<Element> = gloo::utils::document().get_element_by_id(hash.trim_start_matches('#'));
    if let Some(section) = named.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        section.scroll_into_view();
    }
}
