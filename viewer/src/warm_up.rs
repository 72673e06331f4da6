//! Goes once the way that readings go, from bytes to canvas, with a handful of them that nobody sees. The browser
//! compiles WebAssembly where it is first run; this way it has done so while the network is waited for, and the first
//! curves come sooner.

use chart_model::{Accepted, Period, Series};
use fhir_read::Reader;

use crate::components::draw_unseen;

/// A reading with limits, and a blood pressure.
const BUNDLE: &[u8] = br#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Observation","id":"1",
"status":"final","code":{"coding":[{"system":"http://loinc.org","code":"59408-5"}]},"subject":{"reference":"Patient/1"},
"effectiveDateTime":"2026-01-01T08:00:00+01:00","valueQuantity":{"value":91,"unit":"%","code":"%"},
"performer":[{"reference":"Patient/1"}],"device":{"reference":"Device/1","display":"x"},"referenceRange":[{"low":{"value":88},
"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation","code":"N"}]}}]}},
{"resource":{"resourceType":"Observation","id":"2","status":"final","code":{"coding":[{"system":"http://loinc.org",
"code":"85354-9"}]},"effectiveDateTime":"2026-01-02T08:00:00+01:00","component":[{"code":{"coding":[{"system":
"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":132,"unit":"mmHg"}},{"code":{"coding":[{"system":
"http://loinc.org","code":"8462-4"}]},"valueQuantity":{"value":84,"unit":"mmHg"}}]}}]}"#;

/// See the module.
pub(crate) fn warm_up() {
    let mut accepted = Accepted::default();
    if let Ok(page) = Reader::new("1", "").observations(BUNDLE) {
        accepted.add(page.readings, page.excluded, page.findings, i64::MAX / 2);
    }
    for (parameter, readings) in &accepted.readings() {
        if let Some(last) = readings.last() {
            let period = Period::last_days(90, last.time.axis_ms());
            draw_unseen(&Series::build(parameter, readings, &[], None, period));
        }
    }
}
