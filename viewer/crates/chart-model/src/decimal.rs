//! A decimal number as a source wrote it, exact to the digit. Rounding and unit conversion happen
//! here on integers, so that the digits shown and the zone they are classed in always agree.
//! Holds no units.

use std::cmp::Ordering;
use std::fmt;

/// An exact decimal: `mantissa` × 10^-`scale`. Up to 18 significant digits, at most 12 decimals.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    mantissa: i64,
    scale: u8,
}

/// Most decimals kept from a source; further digits count only for how the number is rounded.
const MAX_SCALE: u8 = 12;

impl Decimal {
    /// Zero, with no decimals.
    pub const ZERO: Self = Self {
        mantissa: 0,
        scale: 0,
    };

    /// `mantissa` × 10^-`scale`; a scale above 12 is clamped to 12 decimals by rounding.
    pub const fn new(mantissa: i64, scale: u8) -> Self {
        Self { mantissa, scale }
    }

    /// Reads a JSON number: optional sign, digits, fraction, exponent. `None` for anything else and
    /// for numbers of 10^15 and more, which no home measurement reaches.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (number, exponent) = match digits.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (digits, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() || (number.contains('.') && fraction.is_empty()) {
            return None;
        }
        let mut mantissa: i128 = 0;
        let (mut dropped, mut tail) = (0_i32, false);
        for digit in whole.bytes().chain(fraction.bytes()) {
            if !digit.is_ascii_digit() {
                return None;
            }
            if mantissa < 10_i128.pow(30) {
                mantissa = mantissa * 10 + i128::from(digit - b'0');
            } else {
                dropped += 1;
                tail |= digit != b'0';
            }
        }
        if tail {
            mantissa = past_tie(mantissa);
        }
        let scale = i32::try_from(fraction.len())
            .ok()?
            .checked_sub(exponent)?
            .checked_sub(dropped)?;
        let mantissa = if negative { -mantissa } else { mantissa };
        Self::from_scaled(mantissa, scale)
    }

    /// Brings any mantissa and scale into range: negative scales are multiplied out, long tails rounded.
    fn from_scaled(mut mantissa: i128, mut scale: i32) -> Option<Self> {
        if mantissa == 0 {
            return Some(Self {
                mantissa: 0,
                scale: u8::try_from(scale.clamp(0, 3)).ok()?,
            });
        }
        while scale < 0 {
            mantissa = mantissa.checked_mul(10)?;
            scale += 1;
        }
        let limit = i32::from(MAX_SCALE);
        if scale > limit {
            // More than 38 digits away there is nothing left of a 30-digit mantissa.
            let excess = u32::try_from(scale - limit).ok()?.min(37);
            mantissa = cut(mantissa, 10_i128.pow(excess));
            scale = limit;
        }
        while i64::try_from(mantissa).is_err() && scale > 0 {
            mantissa = cut(mantissa, 10);
            scale -= 1;
        }
        let scale = u8::try_from(scale).ok()?;
        let mantissa = i64::try_from(mantissa).ok()?;
        let value = Self { mantissa, scale };
        (value.to_f64().abs() < 1e15).then_some(value)
    }

    /// The number of decimals it is written with.
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// At most `decimals` decimals, rounding half away from zero; fewer are kept as they are
    /// (84 stays 84, it does not become 84.0).
    #[must_use]
    pub fn round(self, decimals: u8) -> Self {
        if self.scale <= decimals {
            return self;
        }
        let divisor = 10_i128.pow(u32::from(self.scale - decimals));
        let mantissa = divide_rounded(i128::from(self.mantissa), divisor);
        // Rounding makes a mantissa no longer; it always fits.
        Self {
            mantissa: i64::try_from(mantissa).unwrap_or(self.mantissa),
            scale: decimals,
        }
    }

    /// (`self` + `offset`) × `numerator` / `denominator`, rounded half away from zero to `decimals`;
    /// computed exactly, so 70 mg/dL is 3.885… and then 3.9, never 3.8. `None` on overflow.
    pub fn convert(self, offset: Decimal, numerator: i64, denominator: i64, decimals: u8) -> Option<Self> {
        let scale = self.scale.max(offset.scale);
        let sum = self.at_scale(scale)?.checked_add(offset.at_scale(scale)?)?;
        let product = sum
            .checked_mul(i128::from(numerator))?
            .checked_mul(10_i128.pow(u32::from(decimals)))?;
        let divisor = i128::from(denominator).checked_mul(10_i128.pow(u32::from(scale)))?;
        if divisor == 0 {
            return None;
        }
        let mantissa = i64::try_from(divide_rounded(product, divisor)).ok()?;
        Some(Self {
            mantissa,
            scale: decimals,
        })
    }

    /// The exact difference, with the decimals of whichever has more. `None` on overflow.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let mantissa = self.at_scale(scale)?.checked_sub(other.at_scale(scale)?)?;
        Some(Self {
            mantissa: i64::try_from(mantissa).ok()?,
            scale,
        })
    }

    /// The mean of numbers, computed exactly and rounded half away from zero to `decimals` (at most 12). `None` of
    /// none, and on overflow (beyond 10^9 numbers of home measurements).
    pub fn mean(numbers: impl IntoIterator<Item = Self>, decimals: u8) -> Option<Self> {
        let (mut sum, mut scale, mut count) = (0_i128, 0_u8, 0_i128);
        for number in numbers {
            if number.scale > scale {
                sum = sum.checked_mul(10_i128.pow(u32::from(number.scale - scale)))?;
                scale = number.scale;
            }
            sum = sum.checked_add(number.at_scale(scale)?)?;
            count += 1;
        }
        let divisor = count.checked_mul(10_i128.checked_pow(u32::from(scale))?)?;
        let scaled = sum.checked_mul(10_i128.pow(u32::from(decimals.min(MAX_SCALE))))?;
        (count > 0).then_some(())?;
        Some(Self {
            mantissa: i64::try_from(divide_rounded(scaled, divisor)).ok()?,
            scale: decimals.min(MAX_SCALE),
        })
    }

    fn at_scale(self, scale: u8) -> Option<i128> {
        let factor = 10_i128.checked_pow(u32::from(scale.checked_sub(self.scale)?))?;
        i128::from(self.mantissa).checked_mul(factor)
    }

    /// The nearest floating-point number, for drawing and statistics; never for classing.
    #[allow(
        clippy::cast_precision_loss,
        reason = "18 digits onto a screen lose nothing that can be seen"
    )]
    pub fn to_f64(self) -> f64 {
        self.mantissa as f64 / 10_f64.powi(i32::from(self.scale))
    }
}

/// Drops digits. What is left is rounded later, and must not be rounded twice: where the last digit could then be
/// taken for an exact half (or nothing), it is moved off it, as the dropped digits would have it.
fn cut(value: i128, divisor: i128) -> i128 {
    let (rest, dropped) = (value / divisor, value % divisor);
    match dropped {
        0 => rest,
        _ if rest == 0 => dropped.signum(),
        _ => past_tie(rest),
    }
}

/// A number that is followed by digits other than zero.
const fn past_tie(rest: i128) -> i128 {
    if rest % 5 == 0 { rest + rest.signum() } else { rest }
}

/// Division rounding half away from zero; `divisor` must be positive.
fn divide_rounded(value: i128, divisor: i128) -> i128 {
    let half = divisor / 2;
    let adjusted = if value < 0 { value - half } else { value + half };
    // An odd divisor's half is cut, which never lets a value below one half round up.
    adjusted / divisor
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By value: 84 equals 84.0.
impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.at_scale(scale), other.at_scale(scale)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => self.to_f64().total_cmp(&other.to_f64()),
        }
    }
}

/// With a decimal point and as many decimals as the source wrote, as in `84.2`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        let scale = usize::from(self.scale);
        if scale == 0 {
            return write!(f, "{sign}{digits}");
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(f, "{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests;
