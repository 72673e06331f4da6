//! The colours and the font of the charts, read from the stylesheet's tokens once per colour scheme.

use chart_model::{Decimal, Zone};
use yew::prelude::*;

use crate::browser::display::Tokens;
use crate::components::hooks::use_media;

/// What the canvas needs of the stylesheet's tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Theme {
    pub text: String,
    pub grid: String,
    pub line: String,
    pub surface: String,
    pub green: String,
    pub yellow: String,
    pub red: String,
    pub none: String,
    pub font: String,
    /// Opacity of a zone's fill, 0–1.
    pub tint: f64,
    /// For paper.
    pub printing: bool,
}

impl Theme {
    /// As the stylesheet says now.
    pub(crate) fn read(printing: bool) -> Self {
        let tokens = Tokens::read();
        let token = |name| tokens.get(name);
        Self {
            text: token("--text-quiet"),
            grid: token("--chart-grid"),
            line: token("--chart-line"),
            surface: token("--surface"),
            green: token("--zone-green"),
            yellow: token("--zone-yellow"),
            red: token("--zone-red"),
            none: token("--zone-none"),
            font: format!("11px {}", token("--font")),
            tint: Decimal::parse(&token("--zone-tint")).map_or(0.14, Decimal::to_f64),
            printing,
        }
    }

    /// The solid colour of a zone.
    pub(super) fn zone(&self, zone: Zone) -> &str {
        match zone {
            Zone::Green => &self.green,
            Zone::YellowLow | Zone::YellowHigh => &self.yellow,
            Zone::RedLow | Zone::RedHigh => &self.red,
            Zone::NoLimit | Zone::Unknown => &self.none,
        }
    }
}

/// The theme of the scheme in use: light, dark or forced colours; on paper always light. Read
/// anew when the journal's style has changed the tokens (`restyled`).
#[hook]
pub(crate) fn use_theme(printing: bool, restyled: u32) -> Theme {
    let dark = use_media("(prefers-color-scheme: dark)");
    let forced = use_media("(forced-colors: active)");
    (*use_memo((dark, forced, printing, restyled), |_| Theme::read(printing))).clone()
}
