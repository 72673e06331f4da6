//! Numbers of drawings: kept within bounds, and as text for SVG and CSS. By way of decimals: the standard library's own way to write a float
//! is 8 kB of the app.

use chart_model::Decimal;

/// A number with so many decimals: `12.5`.
pub(super) fn drawn(number: f64, decimals: u8) -> Decimal {
    let power = 10_f64.powi(i32::from(decimals));
    Decimal::new((number * power).round() as i64, decimals)
}

/// A length: tenths of a unit are less than what is seen.
pub(super) fn px(length: f64) -> String {
    drawn(length, 1).to_string()
}

/// Adds a step to the path of an SVG: `L12.0 7.5`.
pub(super) fn step(path: &mut String, letter: char, numbers: &[f64]) {
    path.push(letter);
    for (place, number) in numbers.iter().enumerate() {
        if place > 0 {
            path.push(' ');
        }
        path.push_str(&px(*number));
    }
}

/// The nearest number within bounds; where they are the wrong way round, the upper one. (`clamp` panics then, and brings
/// the writing of floats along.)
pub(super) fn within(number: f64, low: f64, high: f64) -> f64 {
    number.max(low).min(high)
}
