//! How numbers are written: decimal comma, a space between thousands, units. Holds no rounding: a number
//! comes with the digits that were decided when it was classed.

use chart_model::{Decimal, Quantity};

use super::{Lang, Msg};

/// Keeps a number and what belongs to it on one line.
const SPACE: char = '\u{a0}';

impl Lang {
    /// `84,2`, `4 200`.
    pub(crate) fn number(self, number: Decimal) -> String {
        self.digits(&number.to_string())
    }

    /// A measured number with its comparator: `<3,9`.
    pub(crate) fn quantity(self, quantity: &Quantity) -> String {
        let comparator = quantity.comparator.map_or("", |comparator| comparator.symbol());
        format!("{comparator}{}", self.number(quantity.shown))
    }

    /// A number with its unit: `91 %`, `72/min`. `unit` is UCUM, or as sent; may be empty.
    pub(crate) fn with_unit(self, number: &str, unit: &str) -> String {
        let unit = self.say(Msg::Unit(unit));
        match unit.as_ref() {
            "" => number.to_owned(),
            rate if rate.starts_with('/') => format!("{number}{rate}"),
            _ => format!("{number}{SPACE}{unit}"),
        }
    }

    /// Digits with a decimal point, as the language writes them.
    pub(super) fn digits(self, plain: &str) -> String {
        let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |rest| ("−", rest));
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let mut text = sign.to_owned();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(SPACE);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(match self {
                Self::Bokmal => ',',
            });
            text.push_str(fraction);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_decimal_comma_and_spaced_thousands() {
        for (source, shown) in [
            ("0", "0"),
            ("84.2", "84,2"),
            ("84", "84"),
            ("999", "999"),
            ("4200", "4\u{a0}200"),
            ("1234567.5", "1\u{a0}234\u{a0}567,5"),
            ("-0.4", "−0,4"),
        ] {
            let number = Decimal::parse(source).unwrap();
            assert_eq!(Lang::Bokmal.number(number), shown, "{source}");
        }
    }

    #[test]
    fn a_rate_stands_close_to_its_number_and_other_units_do_not() {
        for (unit, shown) in [
            ("/min", "72/min"),
            ("%", "72\u{a0}%"),
            ("mm[Hg]", "72\u{a0}mmHg"),
            ("Cel", "72\u{a0}°C"),
            ("mmol/L", "72\u{a0}mmol/l"),
            ("{score}", "72\u{a0}poeng"),
            ("/d", "72\u{a0}skritt/d"),
            ("stone", "72\u{a0}stone"),
            ("", "72"),
        ] {
            assert_eq!(Lang::Bokmal.with_unit("72", unit), shown);
        }
    }
}
