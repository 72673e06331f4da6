//! The places of what has not come yet, each of the size that it will have. They say nothing and do not move.

use yew::prelude::*;

/// Rows and charts that a patient has, about.
const COUNT: usize = 5;

/// Rows of the latest values.
pub(super) fn skeleton_rows() -> Html {
    let row = html! {
        <li class="skeleton-row" aria-hidden="true">
            <span class="skeleton" /><span class="skeleton" /><span class="skeleton" /><span class="skeleton" />
        </li>
    };
    (0..COUNT).map(|_| row.clone()).collect()
}

/// Charts, each with its heading and its sentence.
pub(super) fn skeleton_trends() -> Html {
    let trend = html! {
        <div class="trend" aria-hidden="true">
            <div class="trend-head"><span class="skeleton skeleton-text" /></div>
            <div class="plot skeleton" />
            <div class="caption" />
        </div>
    };
    (0..COUNT).map(|_| trend.clone()).collect()
}

/// A few lines of text.
pub(super) fn skeleton_lines(count: usize) -> Html {
    let line = html! { <p aria-hidden="true"><span class="skeleton skeleton-text" /></p> };
    (0..count).map(|_| line.clone()).collect()
}
