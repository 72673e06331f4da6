//! How numbers are written: decimal mark, thousands, signs, units. Holds no rounding: a number comes with
//! the digits that were decided when it was classed.

use chart_model::{Decimal, Quantity};

use super::{Lang, Msg};

/// Keeps a number and what belongs to it on one line.
pub(super) const SPACE: char = '\u{a0}';

/// How a language writes numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    /// Before the decimals.
    pub decimal: char,
    /// Between thousands.
    pub thousands: char,
    /// Whether a percent sign stands apart from its number.
    pub percent_apart: bool,
}

impl Lang {
    /// `84,2`, `4 200`.
    pub(crate) fn number(self, number: Decimal) -> String {
        self.digits(&number.to_string())
    }

    /// A whole number: `4 200`.
    pub(crate) fn count(self, count: usize) -> String {
        self.digits(&count.to_string())
    }

    /// How much a number has changed: `+0,8`, `−0,8`, `0`.
    pub(crate) fn signed(self, by: Decimal) -> String {
        let plus = if by > Decimal::ZERO { "+" } else { "" };
        format!("{plus}{}", self.number(by))
    }

    /// A measured number with its comparator: `<3,9`.
    pub(crate) fn quantity(self, quantity: &Quantity) -> String {
        let comparator = quantity.comparator.map_or("", |comparator| comparator.symbol());
        format!("{comparator}{}", self.number(quantity.shown))
    }

    /// A number with its unit: `91 %`, `72/min`. `unit` is UCUM, or as sent; may be empty.
    pub(crate) fn with_unit(self, number: &str, unit: &str) -> String {
        let unit = self.say(Msg::Unit(unit));
        if self.is_close(&unit) {
            format!("{number}{unit}")
        } else {
            format!("{number}{SPACE}{unit}")
        }
    }

    /// True if a unit, as it is shown, stands right after its number, without a space.
    pub(crate) fn is_close(self, unit: &str) -> bool {
        match unit {
            "%" => !self.marks().percent_apart,
            _ => unit.is_empty() || unit.starts_with('/'),
        }
    }

    /// Digits with a decimal point, as the language writes them.
    pub(super) fn digits(self, plain: &str) -> String {
        let marks = self.marks();
        let (sign, plain) = plain.strip_prefix('-').map_or(("", plain), |rest| ("−", rest));
        let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
        let mut text = sign.to_owned();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(marks.thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(marks.decimal);
            text.push_str(fraction);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_each_language_does() {
        for (source, norwegian, english) in [
            ("0", "0", "0"),
            ("84.2", "84,2", "84.2"),
            ("84", "84", "84"),
            ("999", "999", "999"),
            ("4200", "4\u{a0}200", "4,200"),
            ("1234567.5", "1\u{a0}234\u{a0}567,5", "1,234,567.5"),
            ("-0.4", "−0,4", "−0.4"),
        ] {
            let number = Decimal::parse(source).unwrap();
            assert_eq!(Lang::Bokmal.number(number), norwegian, "{source}");
            assert_eq!(Lang::Nynorsk.number(number), norwegian, "{source}");
            assert_eq!(Lang::English.number(number), english, "{source}");
        }
    }

    #[test]
    fn a_change_has_its_sign() {
        for (source, signed) in [
            ("0.8", "+0,8"),
            ("-0.8", "−0,8"),
            ("1200", "+1\u{a0}200"),
            ("0", "0"),
            ("0.0", "0,0"),
        ] {
            assert_eq!(Lang::Bokmal.signed(Decimal::parse(source).unwrap()), signed);
        }
    }

    #[test]
    fn units_have_the_words_of_the_clinic_and_stand_by_their_number() {
        for (unit, bokmal, nynorsk, english) in [
            ("/min", "72/min", "72/min", "72/min"),
            ("%", "72 %", "72 %", "72%"),
            ("mm[Hg]", "72 mmHg", "72 mmHg", "72 mmHg"),
            ("Cel", "72 °C", "72 °C", "72 °C"),
            ("mmol/L", "72 mmol/l", "72 mmol/l", "72 mmol/L"),
            ("L", "72 L", "72 L", "72 L"),
            ("L/min", "72 L/min", "72 L/min", "72 L/min"),
            ("{score}", "72 poeng", "72 poeng", "72 points"),
            ("/d", "72 skritt/d", "72 steg/d", "72 steps/day"),
            ("stone", "72 stone", "72 stone", "72 stone"),
            ("", "72", "72", "72"),
        ] {
            let words = [bokmal, nynorsk, english];
            for (lang, text) in Lang::ALL.into_iter().zip(words) {
                assert_eq!(lang.with_unit("72", unit), text.replace(' ', "\u{a0}"), "{unit}");
            }
        }
    }
}
