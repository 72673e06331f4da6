//! Whether two records are of one person, and which of those that a search found is the one. Reads no JSON.

use super::PatientRecord;

/// What a search for a person found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found<'a> {
    /// Nobody.
    None,
    /// The record of that person.
    One(&'a PatientRecord),
    /// Several that are in use: it is not known which is meant.
    Several,
}

impl PatientRecord {
    /// The same person in another system: has a national number of the other's, or any other identifier of the other's
    /// where one of them has no national number.
    pub fn is_same_person(&self, other: &Self) -> bool {
        let shares_national = self.national_ids.iter().any(|id| {
            let mut others = other.national_ids.iter();
            others.any(|other| (other.kind, &other.number) == (id.kind, &id.number))
        });
        let is_without = self.national_ids.is_empty() || other.national_ids.is_empty();
        let shares_other = || self.identifiers.iter().any(|id| other.identifiers.contains(id));
        shares_national || (is_without && shares_other())
    }

    /// Without any identifier in common that could tell: has the same name and the same day of birth.
    pub fn is_alike(&self, other: &Self) -> bool {
        let is_unnumbered = self.identifiers.is_empty() || other.identifiers.is_empty();
        is_unnumbered
            && (self.name.is_some() && self.name == other.name)
            && (self.birth.is_some() && self.birth == other.birth)
    }

    /// By which identifiers to search for the person elsewhere, system and value: national numbers first.
    pub fn search_ids(&self) -> Vec<(String, String)> {
        let national: Vec<_> = self
            .national_ids
            .iter()
            .map(|id| (id.kind.system(), id.number.clone()))
            .collect();
        let others = self
            .identifiers
            .iter()
            .filter(|id| !national.contains(id))
            .cloned();
        national.iter().cloned().chain(others).collect()
    }

    /// Of those that a search found, this person's record. One that is out of use counts where there is no other.
    pub fn among<'a>(&self, found: &'a [Self]) -> Found<'a> {
        let only = |is_out_of_use: bool| {
            let mut same = found
                .iter()
                .filter(|record| record.is_out_of_use == is_out_of_use && record.is_same_person(self));
            match (same.next(), same.next()) {
                (None, _) => Found::None,
                (Some(one), None) => Found::One(one),
                (Some(_), Some(_)) => Found::Several,
            }
        };
        match only(false) {
            Found::None => only(true),
            found => found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{read_patient, read_patients};
    use super::*;

    fn with_ids(ids: &[(&str, &str)]) -> String {
        let ids = ids.iter().map(|(series, number)| {
            serde_json::json!({ "system": format!("urn:oid:2.16.578.1.12.4.1.4.{series}"), "value": number })
        });
        serde_json::json!({ "resourceType": "Patient", "id": "7", "identifier": ids.collect::<Vec<_>>() })
            .to_string()
    }

    #[test]
    fn a_shared_number_of_one_series_is_the_same_person() {
        let person = |ids: &[(&str, &str)]| read_patient(with_ids(ids).as_bytes()).unwrap();
        for (one, other, same) in [
            (&[("1", "12835300240")][..], &[("1", "12835300240")][..], true),
            (
                &[("1", "12835300240")],
                &[("2", "52835300257"), ("1", "12835300240")],
                true,
            ),
            (&[("1", "12835300240")], &[("1", "12835300259")], false),
            (&[("1", "12835300240")], &[("2", "12835300240")], false),
            (&[], &[], false),
            (&[("1", "12835300240")], &[], false),
        ] {
            assert_eq!(
                person(one).is_same_person(&person(other)),
                same,
                "{one:?} {other:?}"
            );
            assert_eq!(
                person(other).is_same_person(&person(one)),
                same,
                "{other:?} {one:?}"
            );
        }
    }

    #[test]
    fn without_a_national_number_another_identifier_tells_who_it_is() {
        let person = |ids: &[(&str, &str)]| {
            let ids: Vec<_> = ids
                .iter()
                .map(|(system, value)| serde_json::json!({ "system": system, "value": value }))
                .collect();
            let json = serde_json::json!({ "resourceType": "Patient", "id": "7", "identifier": ids });
            read_patient(json.to_string().as_bytes()).unwrap()
        };
        let national = ("urn:oid:2.16.578.1.12.4.1.4.1", "12835300240");
        let chart = ("https://ehr.example/charts", "77");
        assert!(person(&[chart]).is_same_person(&person(&[chart])));
        assert!(person(&[chart]).is_same_person(&person(&[national, chart])));
        assert!(!person(&[chart]).is_same_person(&person(&[("urn:x", "77")])));
        let other = ("urn:oid:2.16.578.1.12.4.1.4.1", "12835300259");
        assert!(
            !person(&[national, chart]).is_same_person(&person(&[other, chart])),
            "two national numbers are two persons"
        );
        let asked = person(&[chart, national]).search_ids();
        assert_eq!(
            asked.iter().map(|(_, value)| &**value).collect::<Vec<_>>(),
            ["12835300240", "77"]
        );
    }

    #[test]
    fn without_any_identifier_name_and_birth_tell_who_may_be_the_same() {
        let person = |more: &str| {
            read_patient(format!(r#"{{"resourceType":"Patient","id":"7"{more}}}"#).as_bytes()).unwrap()
        };
        let kari = r#","name":[{"family":"Nordmann","given":["Kari"]}],"birthDate":"1953-03-12""#;
        let numbered = format!(r#"{kari},"identifier":[{{"system":"urn:x","value":"1"}}]"#);
        assert!(person(kari).is_alike(&person(kari)) && person(kari).is_alike(&person(&numbered)));
        assert!(
            !person(&numbered).is_alike(&person(&numbered)),
            "the identifiers tell"
        );
        assert!(!person(kari).is_alike(&person(r#","birthDate":"1953-03-12""#)));
        assert!(!person("").is_alike(&person("")));
    }

    #[test]
    fn a_record_that_another_has_replaced_is_not_taken_for_the_patient() {
        let number = r#""identifier":[{"system":"urn:oid:2.16.578.1.12.4.1.4.1","value":"12835300240"}]"#;
        let record = |id: &str, more: &str| {
            format!(r#"{{"resource":{{"resourceType":"Patient","id":"{id}",{number}{more}}}}}"#)
        };
        let plain = record("new", "");
        let replaced = record(
            "old",
            r#","link":[{"other":{"reference":"Patient/new"},"type":"replaced-by"}]"#,
        );
        let inactive = record("old", r#","active":false"#);
        let other = record("twin", r#","active":true,"link":[{"type":"seealso"}]"#);
        for (records, expected) in [
            (vec![&plain, &replaced], Some("new")),
            (vec![&inactive, &plain], Some("new")),
            (vec![&inactive], Some("old")),
            (vec![&plain, &other], None),
            (vec![&inactive, &replaced], None),
        ] {
            let entries: Vec<&str> = records.iter().map(|record| &***record).collect();
            let bundle = format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(","));
            let found = read_patients(bundle.as_bytes()).unwrap();
            let patient = found[0].clone();
            let id = match patient.among(&found) {
                Found::One(record) => Some(&*record.id),
                Found::None | Found::Several => None,
            };
            assert_eq!(id, expected, "{entries:?}");
        }
        let patient = read_patients(br#"{"resourceType":"Bundle","entry":[]}"#).unwrap();
        let wanted = read_patient(br#"{"resourceType":"Patient","id":"7"}"#).unwrap();
        assert_eq!(wanted.among(&patient), Found::None);
    }
}
