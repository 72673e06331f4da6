//! Decimals: reading, rounding, conversion, each rule as a row.

use super::*;
use proptest::prelude::*;

fn check_round(source: &str, decimals: u8, shown: &str) {
    let value = Decimal::parse(source).unwrap();
    assert_eq!(value.round(decimals).to_string(), shown, "{source} to {decimals}");
}

#[test]
fn rounds_half_away_from_zero_and_keeps_fewer_decimals() {
    for (source, decimals, shown) in [
        ("87.5", 0, "88"),
        ("87.4999", 0, "87"),
        ("-0.05", 1, "-0.1"),
        ("84", 1, "84"),
        ("84.0", 1, "84.0"),
        ("0", 1, "0"),
        ("3.85", 1, "3.9"),
        ("1.2e2", 0, "120"),
        ("9.1E1", 0, "91"),
        ("12e-1", 1, "1.2"),
        ("-0", 1, "0"),
        ("-0.0", 1, "0.0"),
        ("-0.04", 1, "0.0"),
        ("87.49999999999999999999", 0, "87"),
        ("87.499999999999999999999999999999999999999999", 0, "87"),
        ("87.50000000000000000000000000000000000000000001", 0, "88"),
        ("-87.49999999999999999999", 0, "-87"),
        ("123456789012.49999999", 0, "123456789012"),
        ("9.1E+1", 0, "91"),
        ("0.00091e5", 0, "91"),
        ("0.000000000000000000000000000000000000001", 2, "0.00"),
    ] {
        check_round(source, decimals, shown);
    }
}

#[test]
fn refuses_what_is_not_a_json_number_or_is_beyond_reason() {
    for text in [
        "",
        "-",
        "1.",
        ".5",
        "1,5",
        "abc",
        "1e",
        "0x10",
        "NaN",
        "1e40",
        "1 ",
        "9999999999999999",
    ] {
        assert!(Decimal::parse(text).is_none(), "{text}");
    }
}

#[test]
fn conversion_is_exact_at_the_half() {
    // 70 mg/dL ÷ 18.0156 = 3.88552…; 68.5 °F is 20.277…; 0.05 away from a half stays put.
    let glucose = Decimal::parse("70")
        .unwrap()
        .convert(Decimal::ZERO, 10_000, 180_156, 1)
        .unwrap();
    assert_eq!(glucose.to_string(), "3.9");
    let fahrenheit = Decimal::parse("100.4")
        .unwrap()
        .convert(Decimal::new(-32, 0), 5, 9, 1)
        .unwrap();
    assert_eq!(fahrenheit.to_string(), "38.0");
}

#[test]
fn equal_numbers_are_equal_however_they_are_written() {
    assert_eq!(Decimal::parse("84").unwrap(), Decimal::parse("84.00").unwrap());
    assert!(Decimal::parse("-1").unwrap() < Decimal::parse("0.0").unwrap());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,40}") {
        let _ = Decimal::parse(&text);
    }

    #[test]
    fn writing_and_reading_gives_the_same_number(mantissa in -999_999_999_i64..999_999_999, scale in 0_u8..9) {
        let value = Decimal::new(mantissa, scale);
        prop_assert_eq!(Decimal::parse(&value.to_string()).unwrap(), value);
    }

    #[test]
    fn a_difference_added_back_gives_the_same_number(a in -999_999_i64..999_999, b in -999_999_i64..999_999, scale in 0_u8..9) {
        let (a, b) = (Decimal::new(a, scale), Decimal::new(b, 2));
        let difference = a.minus(b).unwrap();
        prop_assert_eq!(b.minus(b.minus(a).unwrap()).unwrap(), a);
        prop_assert_eq!(difference, Decimal::ZERO.minus(b.minus(a).unwrap()).unwrap());
    }

    #[test]
    fn rounding_moves_at_most_half_a_unit(mantissa in -999_999_999_i64..999_999_999, scale in 0_u8..9, decimals in 0_u8..4) {
        let value = Decimal::new(mantissa, scale);
        let half = 0.5 / 10_f64.powi(i32::from(decimals)) + 1e-9;
        prop_assert!((value.round(decimals).to_f64() - value.to_f64()).abs() <= half);
    }
}
