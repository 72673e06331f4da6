//! What the journal's style description may change of the viewer's look, and when it may: never at the cost
//! of contrast. Pure: reads no page and fetches nothing.

use chart_model::Decimal;
use lenient_json::Json;

/// Contrast that text needs (WCAG 2.1, 1.4.3).
const TEXT_CONTRAST: f64 = 4.5;
/// Contrast that lines and symbols need (WCAG 2.1, 1.4.11).
const GRAPHICS_CONTRAST: f64 = 3.0;
/// Roundest corner, CSS pixels.
const MOST_RADIUS_PX: Decimal = Decimal::new(12, 0);

/// The tokens that a host may set: background, accent, radius.
pub(crate) const TOKENS: [&str; 3] = ["--surface", "--accent", "--radius"];
/// Tokens that are read as text on the background. The words of zones have the zones' colours.
const TEXT_TOKENS: [&str; 6] = [
    "--text",
    "--text-quiet",
    "--zone-green",
    "--zone-yellow",
    "--zone-red",
    "--zone-none",
];
/// Tokens of lines on the background.
const GRAPHICS_TOKENS: [&str; 2] = ["--border-strong", "--chart-line"];

/// The three things that are honoured of a host's style; each is `None` where it is missing or unreadable.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct HostStyle {
    accent: Option<Colour>,
    background: Option<Colour>,
    /// 0–12 CSS pixels.
    radius_px: Option<Decimal>,
}

/// An opaque colour, as 8-bit sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Colour([u8; 3]);

impl HostStyle {
    /// Reads a SMART style description (JSON). What is not understood is left out.
    pub(crate) fn parse(json: &[u8]) -> Self {
        let style = Json::parse(json);
        let text = |name| style.as_ref()?.get(name).as_str();
        Self {
            accent: text("color_highlight").and_then(Colour::parse),
            background: text("color_background").and_then(Colour::parse),
            radius_px: text("dim_border_radius").and_then(radius),
        }
    }

    /// The tokens to set on a page whose own tokens have the values that `token` tells. A colour that would
    /// cost contrast is left out; so are all where the page's own colours are not known by value (forced
    /// colours).
    pub(crate) fn fit(&self, token: impl Fn(&str) -> String) -> Vec<(&'static str, String)> {
        let [surface, accent, radius] = TOKENS;
        let keeps = |ground: Colour, names: &[&str], least: f64| {
            names
                .iter()
                .all(|name| Colour::parse(&token(name)).is_some_and(|other| ground.contrast(other) >= least))
        };
        let background = self.background.filter(|ground| {
            keeps(*ground, &TEXT_TOKENS, TEXT_CONTRAST) && keeps(*ground, &GRAPHICS_TOKENS, GRAPHICS_CONTRAST)
        });
        let ground = background.or_else(|| Colour::parse(&token(surface)));
        let is_clear =
            |colour: &Colour| ground.is_some_and(|ground| ground.contrast(*colour) >= TEXT_CONTRAST);
        // The page's own accent must stand out from the host's background too, if it is to stay.
        let own_accent = Colour::parse(&token(accent)).filter(is_clear);
        let host_accent = self.accent.filter(is_clear);
        let background = background.filter(|_| own_accent.is_some() || host_accent.is_some());
        let fitting = [
            (surface, background.map(Colour::to_text)),
            (accent, host_accent.map(Colour::to_text)),
            (radius, self.radius_px.map(|px| format!("{px}px"))),
        ];
        let set = fitting.into_iter();
        set.filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

impl Colour {
    /// `#rgb` or `#rrggbb`, nothing else.
    fn parse(text: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> = text
            .trim()
            .strip_prefix('#')?
            .chars()
            .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
            .collect();
        match digits?.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r1, r0, g1, g0, b1, b0] => Some(Self([r1 * 16 + r0, g1 * 16 + g0, b1 * 16 + b0])),
            _ => None,
        }
    }

    fn to_text(self) -> String {
        let Self([r, g, b]) = self;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// WCAG 2.1, relative luminance: 0 for black, 1 for white.
    fn luminance(self) -> f64 {
        let linear = self.0.map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.03928 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        });
        let [r, g, b] = linear;
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// WCAG 2.1, contrast ratio: 1–21, the same both ways.
    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

/// `4px`, 0–12.
fn radius(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let number = text
        .strip_suffix("px")
        .unwrap_or(if text == "0" { text } else { "" });
    let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let px = Decimal::parse(number).filter(|_| plain)?;
    (Decimal::ZERO..=MOST_RADIUS_PX).contains(&px).then_some(px)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page's own tokens: light, dark, or forced.
    fn token(scheme: &'static str) -> impl Fn(&str) -> String {
        move |name| {
            let (text, line, surface, accent) = match scheme {
                "light" => ("#59636d", "#7d868f", "#ffffff", "#0b5a8a"),
                "dark" => ("#a6b0ba", "#8b959f", "#14181c", "#7cc0ec"),
                _ => ("CanvasText", "CanvasText", "Canvas", "LinkText"),
            };
            let value = match name {
                "--surface" => surface,
                "--accent" => accent,
                "--border-strong" | "--chart-line" => line,
                _ => text,
            };
            value.to_owned()
        }
    }

    #[track_caller]
    fn check(scheme: &'static str, json: &str, expected: &str) {
        let set = HostStyle::parse(json.as_bytes()).fit(token(scheme));
        let set: Vec<_> = set
            .iter()
            .map(|(name, value)| format!("{name}:{value}"))
            .collect();
        assert_eq!(set.join(" "), expected, "{scheme} {json}");
    }

    #[test]
    fn accent_background_and_radius_are_honoured_and_nothing_else() {
        check(
            "light",
            r##"{"color_highlight":"#1f4e79","color_background":"#f7f9fb","dim_border_radius":"6px",
                "color_error":"#ff0000","dim_font_size":"40px","--text":"#ffffff"}"##,
            "--surface:#f7f9fb --accent:#1f4e79 --radius:6px",
        );
        check("light", r##"{"color_highlight":"#124"}"##, "--accent:#112244");
    }

    #[test]
    fn what_costs_contrast_is_left_out() {
        // 4.54:1 on white, and just under 4.5:1.
        check("light", r##"{"color_highlight":"#767676"}"##, "--accent:#767676");
        check("light", r##"{"color_highlight":"#777777"}"##, "");
        check(
            "light",
            r##"{"color_highlight":"#ffff00","dim_border_radius":"0"}"##,
            "--radius:0px",
        );
        check("light", r##"{"color_background":"#101010"}"##, "");
        check(
            "light",
            r##"{"color_background":"#fff0f0"}"##,
            "--surface:#fff0f0",
        );
        check("light", r##"{"color_background":"#c0c0c0"}"##, "");
        // The accent is judged on the background in use.
        check(
            "light",
            r##"{"color_background":"#ededed","color_highlight":"#767676"}"##,
            "--surface:#ededed",
        );
    }

    #[test]
    fn in_other_schemes_only_what_fits_there_is_set() {
        let light =
            r##"{"color_highlight":"#1f4e79","color_background":"#f7f9fb","dim_border_radius":"6px"}"##;
        check("dark", light, "--radius:6px");
        check("forced", light, "--radius:6px");
        let dark = r##"{"color_highlight":"#9fd0f0","color_background":"#101418"}"##;
        check("dark", dark, "--surface:#101418 --accent:#9fd0f0");
        check("light", dark, "");
    }

    #[test]
    fn what_is_not_a_plain_value_is_not_understood() {
        for value in [
            "red",
            "rgb(0,0,0)",
            "#12",
            "#1234",
            "#12345678",
            "#gggggg",
            "#000000;x",
            "url(x)",
            "",
            "#+1+1+1",
        ] {
            let json = serde_json::json!({ "color_highlight": value, "color_background": value });
            check("light", &json.to_string(), "");
        }
        for value in [
            "12.5px", "-1px", "1em", "px", "1e1px", "NaNpx", "infpx", "4", "4px;x", "+4px", "1.2.3px",
        ] {
            check(
                "light",
                &serde_json::json!({ "dim_border_radius": value }).to_string(),
                "",
            );
        }
        for json in ["", "[]", "7", "{", r#"{"color_highlight":7}"#, "<html>"] {
            check("light", json, "");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let contrast = |one: &str, other: &str| {
            let ratio = Colour::parse(one)
                .unwrap()
                .contrast(Colour::parse(other).unwrap());
            (ratio * 100.0).round() / 100.0
        };
        assert_eq!(contrast("#000", "#fff"), 21.0);
        assert_eq!(contrast("#fff", "#000"), 21.0);
        assert_eq!(contrast("#abc", "#abc"), 1.0);
        assert_eq!(contrast("#767676", "#ffffff"), 4.54);
        assert_eq!(contrast("#0000ff", "#ffffff"), 8.59);
    }
}
