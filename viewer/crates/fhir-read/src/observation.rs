//! The Observation as a slim struct, its status and its time. What its numbers mean is in `value`,
//! `ranges` and `codes`; how it becomes readings, in `measurement`.

use chart_model::time::TimeError;
use chart_model::{ClinicalTime, ExclusionKind, FindingKind, Status};

use crate::json::{List, Object, Present, Raw, Text, fields};
use crate::resource::{Concept, Identifier, Meta, Quantity, Reference, Span};

/// An Observation, or one of its components: their fields have the same names.
#[derive(Debug, Default)]
pub(crate) struct Observation<'a> {
    pub(crate) resource_type: Text<'a>,
    pub(crate) id: Text<'a>,
    pub(crate) meta: Option<Object<Meta<'a>>>,
    pub(crate) identifier: List<Identifier<'a>>,
    status: Text<'a>,
    pub(crate) code: Option<Object<Concept<'a>>>,
    pub(crate) subject: Option<Object<Reference<'a>>>,
    effective_date_time: Text<'a>,
    effective_instant: Text<'a>,
    effective_period: Option<Object<Span<'a>>>,
    effective_timing: Present,
    pub(crate) performer: List<Reference<'a>>,
    pub(crate) value_quantity: Option<Object<Quantity<'a>>>,
    pub(crate) value_integer: Raw<'a>,
    pub(crate) value_string: Text<'a>,
    pub(crate) value_codeable_concept: Option<Object<Concept<'a>>>,
    value_boolean: Present,
    value_range: Present,
    value_ratio: Present,
    value_sampled_data: Present,
    value_time: Present,
    value_date_time: Present,
    value_period: Present,
    pub(crate) data_absent_reason: Present,
    pub(crate) interpretation: List<Concept<'a>>,
    pub(crate) note: List<Annotation<'a>>,
    pub(crate) method: Option<Object<Concept<'a>>>,
    pub(crate) device: Option<Object<Reference<'a>>>,
    pub(crate) reference_range: Raw<'a>,
    pub(crate) derived_from: List<Reference<'a>>,
    pub(crate) has_member: List<Reference<'a>>,
    pub(crate) component: List<Observation<'a>>,
    pub(crate) contained: List<Contained<'a>>,
}

/// A contained resource, as far as a device is known by it.
#[derive(Debug, Default)]
pub(crate) struct Contained<'a> {
    pub(crate) id: Text<'a>,
    pub(crate) identifier: List<Identifier<'a>>,
    pub(crate) serial_number: Text<'a>,
}

fields!(Contained { b"id": id, b"identifier": identifier, b"serialNumber": serial_number });

#[derive(Debug, Default)]
pub(crate) struct Annotation<'a> {
    pub(crate) text: Text<'a>,
}

fields!(Observation {
    b"resourceType": resource_type,
    b"id": id,
    b"meta": meta,
    b"identifier": identifier,
    b"status": status,
    b"code": code,
    b"subject": subject,
    b"effectiveDateTime": effective_date_time,
    b"effectiveInstant": effective_instant,
    b"effectivePeriod": effective_period,
    b"effectiveTiming": effective_timing,
    b"performer": performer,
    b"valueQuantity": value_quantity,
    b"valueInteger": value_integer,
    b"valueString": value_string,
    b"valueCodeableConcept": value_codeable_concept,
    b"valueBoolean": value_boolean,
    b"valueRange": value_range,
    b"valueRatio": value_ratio,
    b"valueSampledData": value_sampled_data,
    b"valueTime": value_time,
    b"valueDateTime": value_date_time,
    b"valuePeriod": value_period,
    b"dataAbsentReason": data_absent_reason,
    b"interpretation": interpretation,
    b"note": note,
    b"method": method,
    b"device": device,
    b"referenceRange": reference_range,
    b"derivedFrom": derived_from,
    b"hasMember": has_member,
    b"component": component,
    b"contained": contained,
});

fields!(Annotation { b"text": text });

/// What the status makes of an Observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A reading.
    Stands(Status),
    /// Taken back, or never done.
    Excluded(ExclusionKind),
    /// A status that FHIR does not define: it may mean that the reading is void.
    Unknown,
}

/// A time of measurement, with the end of a period.
#[derive(Clone, Debug)]
pub(crate) struct Effective {
    pub(crate) time: ClinicalTime,
    pub(crate) end: Option<ClinicalTime>,
}

impl Observation<'_> {
    /// Reads `status`. Missing counts as `unknown`: some servers leave it out under `_elements`.
    pub(crate) fn standing(&self) -> Standing {
        match self.status.sent() {
            None | Some("unknown") => Standing::Stands(Status::Unstated),
            Some("registered") => Standing::Stands(Status::Registered),
            Some("preliminary") => Standing::Stands(Status::Preliminary),
            Some("final") => Standing::Stands(Status::Final),
            Some("amended") => Standing::Stands(Status::Amended),
            Some("corrected") => Standing::Stands(Status::Corrected),
            Some("entered-in-error") => Standing::Excluded(ExclusionKind::EnteredInError),
            Some("cancelled") => Standing::Excluded(ExclusionKind::Cancelled),
            Some(_) => Standing::Unknown,
        }
    }

    /// The status as sent.
    pub(crate) fn status_text(&self) -> &str {
        self.status.or_empty()
    }

    /// The time of measurement: `effective[x]`, of a period its start, or its end where that is all
    /// there is. `issued` is never taken for it.
    pub(crate) fn effective(&self) -> Result<Effective, (FindingKind, String)> {
        let span = self.effective_period.as_ref();
        let (start, end) = span.map_or((None, None), |span| (span.start.sent(), span.end.sent()));
        let at = [
            self.effective_date_time.sent(),
            self.effective_instant.sent(),
            start,
            end,
        ];
        let Some(text) = at.into_iter().flatten().next() else {
            return Err(if self.effective_timing.0 {
                (FindingKind::MalformedTime, "effectiveTiming".to_owned())
            } else {
                (FindingKind::MissingTime, String::new())
            });
        };
        let time = ClinicalTime::parse(text).map_err(|error| {
            let kind = match error {
                TimeError::WithoutZone => FindingKind::TimeWithoutZone,
                TimeError::Malformed => FindingKind::MalformedTime,
            };
            (kind, text.to_owned())
        })?;
        let end = start.and(end).and_then(|end| ClinicalTime::parse(end).ok());
        Ok(Effective { time, end })
    }

    /// True if it has a value of a type that is no number and no text.
    pub(crate) fn has_other_value(&self) -> bool {
        let types = [
            self.value_boolean,
            self.value_range,
            self.value_ratio,
            self.value_sampled_data,
            self.value_time,
            self.value_date_time,
            self.value_period,
        ];
        types.iter().any(|there| there.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_time(json: &str, expected: Result<(&str, Option<&str>), FindingKind>) {
        let observation: Observation<'_> = crate::json::read(json.as_bytes()).unwrap();
        let read = observation.effective();
        let read = read.as_ref().map_err(|(kind, _)| *kind);
        let texts = read.map(|e| (e.time.text(), e.end.as_ref().map(ClinicalTime::text)));
        assert_eq!(texts, expected, "{json}");
    }

    #[test]
    fn the_time_is_effective_and_never_issued() {
        let day = "2026-09-03";
        check_time(r#"{"effectiveDateTime":"2026-09-03"}"#, Ok((day, None)));
        check_time(
            r#"{"effectiveInstant":"2026-09-03T08:12:00Z"}"#,
            Ok(("2026-09-03T08:12:00Z", None)),
        );
        check_time(
            r#"{"effectivePeriod":{"start":"2026-09-03","end":"2026-09-04"}}"#,
            Ok((day, Some("2026-09-04"))),
        );
        check_time(r#"{"effectivePeriod":{"end":"2026-09-03"}}"#, Ok((day, None)));
        check_time(
            r#"{"effectivePeriod":{"start":"2026-09-03","end":"later"}}"#,
            Ok((day, None)),
        );
        for (json, kind) in [
            (r#"{"issued":"2026-09-03T08:12:00Z"}"#, FindingKind::MissingTime),
            (r#"{"effectivePeriod":{}}"#, FindingKind::MissingTime),
            (
                r#"{"effectiveDateTime":"2026-09-03T08:12:00"}"#,
                FindingKind::TimeWithoutZone,
            ),
            (
                r#"{"effectiveDateTime":"03.09.2026"}"#,
                FindingKind::MalformedTime,
            ),
            (r#"{"effectiveDateTime":20260903}"#, FindingKind::MalformedTime),
            (r#"{"effectiveTiming":{}}"#, FindingKind::MalformedTime),
        ] {
            check_time(json, Err(kind));
        }
    }

    #[test]
    fn a_status_stands_excludes_or_is_unknown() {
        for (json, standing) in [
            ("{}", Standing::Stands(Status::Unstated)),
            (r#"{"status":"registered"}"#, Standing::Stands(Status::Registered)),
            (
                r#"{"status":"entered-in-error"}"#,
                Standing::Excluded(ExclusionKind::EnteredInError),
            ),
            (
                r#"{"status":"cancelled"}"#,
                Standing::Excluded(ExclusionKind::Cancelled),
            ),
            (r#"{"status":"Final"}"#, Standing::Unknown),
            (r#"{"status":5}"#, Standing::Unknown),
        ] {
            let observation: Observation<'_> = crate::json::read(json.as_bytes()).unwrap();
            assert_eq!(observation.standing(), standing, "{json}");
        }
    }
}
