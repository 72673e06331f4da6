//! Conversion of values and limits to the unit a parameter is shown in. A unit that is not in the
//! `table` is an error, never a guess.

mod table;

use crate::Decimal;
use table::conversions;

/// A family of units that convert into each other for one parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// `%`
    Percent,
    /// `/min`
    PerMinute,
    /// `mm[Hg]`
    Pressure,
    /// `kg`
    Mass,
    /// `Cel`
    Temperature,
    /// `mmol/L` of glucose
    Glucose,
    /// `L`
    Volume,
    /// `L/min`
    Flow,
    /// `{score}`
    Score,
    /// `/d`
    PerDay,
}

/// Why a value was not converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitError {
    /// No unit was given.
    Missing,
    /// A unit that does not convert to the parameter's.
    Unknown,
    /// Named twice, by a code and in words, and the two are not the same: which of them was meant is not known.
    Conflict,
}

/// Converts `value` from `unit` into the shown unit of `dimension`, rounded half away from zero to
/// `decimals`. In the shown unit already, only the rounding remains and fewer decimals are kept.
///
/// This is the one rounding rule: values and limits go through it before anything is shown or compared, so that a
/// label and its colour cannot disagree. What UCUM has in braces (`%{sat}`) is a remark and no part of the unit.
///
/// # Errors
/// [`UnitError`]; a unit is never guessed.
pub fn convert(value: Decimal, unit: &str, dimension: Dimension, decimals: u8) -> Result<Decimal, UnitError> {
    let name = plain(unit);
    if name.is_empty() {
        return Err(UnitError::Missing);
    }
    let named = |name: &str| {
        let mut all = conversions(dimension).iter();
        all.find(|conversion| conversion.names.contains(&name))
    };
    let conversion = named(&name)
        .or_else(|| named(&without_remarks(&name)))
        .ok_or(UnitError::Unknown)?;
    if conversion.numerator == conversion.denominator && conversion.offset == Decimal::ZERO {
        return Ok(value.round(decimals));
    }
    value
        .convert(
            conversion.offset,
            conversion.numerator,
            conversion.denominator,
            decimals,
        )
        .ok_or(UnitError::Unknown)
}

/// A unit's name as it is compared: without regard to the case of letters A to Z, to spaces of whatever width, and to
/// which of several signs stands for a degree or a power.
fn plain(unit: &str) -> String {
    let mut name = String::with_capacity(unit.len());
    for character in unit.chars().filter(|character| !character.is_whitespace()) {
        match character {
            'º' | '˚' => name.push('°'),
            '℃' => name.push_str("°c"),
            '℉' => name.push_str("°f"),
            '⁻' | '−' => name.push('-'),
            '¹' => name.push('1'),
            '^' => {}
            other => name.push(other.to_ascii_lowercase()),
        }
    }
    name
}

/// A unit without what stands in braces.
fn without_remarks(name: &str) -> String {
    let mut depth = 0_usize;
    name.chars()
        .filter(|character| {
            depth += usize::from(*character == '{');
            let keep = depth == 0;
            depth -= usize::from(*character == '}' && depth > 0);
            keep
        })
        .collect()
}

#[cfg(test)]
mod tests;
