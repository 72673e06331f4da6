//! Synthetic people: Patient resources with a national identity number that can belong to nobody.
//! The number has 80 added to the month, as the Norwegian Tax Administration's test people have.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::rng::Rng;

/// Who a case is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) given: &'static str,
    pub(crate) family: &'static str,
    pub(crate) female: bool,
    pub(crate) born: Date,
}

/// The Patient resource, with `id` as its id.
pub(crate) fn patient(id: &str, person: &Person, rng: &mut Rng) -> Value {
    json!({
        "resourceType": "Patient",
        "id": id,
        "meta": { "source": crate::resource::JOURNAL },
        "active": true,
        "identifier": [{
            "use": "official",
            "system": "urn:oid:2.16.578.1.12.4.1.4.1",
            "value": national_identity_number(person, rng),
        }],
        "name": [{ "use": "official", "family": person.family, "given": [person.given] }],
        "gender": if person.female { "female" } else { "male" },
        "birthDate": person.born.to_string(),
    })
}

/// Eleven digits with valid check digits and 80 added to the month. Serial numbers tell the century
/// (000–499: 1900–1999, 500–999: 2000–2039) and, by their last digit, the sex (even: female).
fn national_identity_number(person: &Person, rng: &mut Rng) -> String {
    let born = person.born;
    let first_serial = if born.year() < 2000 { 0 } else { 500 };
    loop {
        let serial = first_serial + rng.within(0, 249) * 2 + i64::from(!person.female);
        let nine = format!(
            "{:02}{:02}{:02}{serial:03}",
            born.day(),
            born.month() + 80,
            born.year() % 100
        );
        if let Some(number) = with_check_digits(&nine) {
            return number;
        }
    }
}

/// Appends the two check digits (modulus 11); `None` for the one in six or so that has none.
fn with_check_digits(nine: &str) -> Option<String> {
    let first = check_digit(nine, &[3, 7, 6, 1, 8, 9, 4, 5, 2])?;
    let ten = format!("{nine}{first}");
    let second = check_digit(&ten, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])?;
    Some(format!("{ten}{second}"))
}

fn check_digit(digits: &str, weights: &[u32]) -> Option<u32> {
    let sum: u32 = digits
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .zip(weights)
        .map(|(d, w)| d * w)
        .sum();
    match (11 - sum % 11) % 11 {
        10 => None,
        digit => Some(digit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn check_digits_worked_out_by_hand_are_found() {
        assert_eq!(with_check_digits("128353002").as_deref(), Some("12835300240"));
        assert_eq!(with_check_digits("128353006").as_deref(), Some("12835300674"));
    }

    #[test]
    fn number_is_synthetic_and_tells_the_sex() {
        let person = Person {
            given: "A",
            family: "B",
            female: true,
            born: date(1953, 3, 12),
        };
        let number = national_identity_number(&person, &mut Rng::for_case(1, "x"));
        assert_eq!(number.len(), 11);
        assert!(number.starts_with("128353"), "{number}");
        assert_eq!(
            number.chars().nth(8).and_then(|d| d.to_digit(10)).map(|d| d % 2),
            Some(0)
        );
        assert_eq!(with_check_digits(&number[..9]), Some(number));
    }
}
