//! The symbol of a zone, drawn with the same shapes as in the charts. The word stands beside it, never
//! only here.

use chart_model::Zone;
use yew::prelude::*;

/// ● within, ▲ over, ▼ under, one for yellow and two for red, ◌ no limit, ◇ not covered.
pub(super) fn zone_symbol(zone: Zone) -> Html {
    let shape = match zone {
        Zone::Green => html! { <circle cx="8" cy="8" r="4.5" /> },
        Zone::YellowHigh => html! { <path d="M8 3l6 10H2z" /> },
        Zone::YellowLow => html! { <path d="M8 13L2 3h12z" /> },
        Zone::RedHigh => html! { <path d="M8 0l6 8H2zM8 8l6 8H2z" /> },
        Zone::RedLow => html! { <path d="M8 8L2 0h12zM8 16L2 8h12z" /> },
        Zone::NoLimit => html! { <circle class="outline dotted" cx="8" cy="8" r="5" /> },
        Zone::Unknown => html! { <path class="outline" d="M8 2l6 6-6 6-6-6z" /> },
    };
    html! {
        <svg class={classes!("zone-symbol", zone_class(zone))} viewBox="0 0 16 16" aria-hidden="true">
            {shape}
        </svg>
    }
}

/// The class that colours an element by its zone: sides are told apart by symbol, not by colour.
pub(super) const fn zone_class(zone: Zone) -> &'static str {
    match zone {
        Zone::Green => "zone-green",
        Zone::YellowLow | Zone::YellowHigh => "zone-yellow",
        Zone::RedLow | Zone::RedHigh => "zone-red",
        Zone::NoLimit | Zone::Unknown => "zone-none",
    }
}
