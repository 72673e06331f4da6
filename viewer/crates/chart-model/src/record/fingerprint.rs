//! When two documents are one: by their content, and by nothing of the moment at which they were made.

use super::Record;
use crate::oslo;

impl Record {
    /// The same for the same content by the same user of the same days, whenever it was fetched or made and in whatever
    /// language: what a server knows by it, it has already. 32 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let mut print = Print::default();
        let stamp = &self.stamp;
        let days = [stamp.period.from, stamp.period.to].map(|at| oslo::date_of(at).days_since_epoch());
        print.numbers(&days);
        print.numbers(&[stamp.not_understood as i64]);
        for (kind, count) in &stamp.excluded {
            print.numbers(&[*kind as i64, *count as i64]);
        }
        for parameter in &stamp.incomplete {
            print.text(&parameter.id());
        }
        let plan = stamp.plan.as_ref();
        let by = &stamp.by;
        for text in [
            &*stamp.patient.id,
            &stamp.patient.number,
            &by.name,
            &by.organisation,
            plan.map_or("", |plan| &plan.id),
            plan.map_or("", |plan| &plan.version),
        ] {
            print.text(text);
        }
        for section in &self.sections {
            print.text(&section.series.parameter.id());
            for row in section.rows() {
                print.text(row.reading.time.text());
                print.text(&row.reading.values.text());
                print.text(row.reading.unit());
                print.text(row.reading.status.id());
                print.text(row.zone.id());
            }
            for step in section.limits() {
                for set in step.sets.iter().flatten() {
                    for range in &set.ranges {
                        for bound in [range.bounds.low, range.bounds.high] {
                            print.text(&bound.map_or_else(String::new, |bound| bound.to_string()));
                        }
                    }
                }
            }
        }
        print.digits()
    }
}

/// FNV-1a twice, from two beginnings: the same on every machine and in every version of this program.
struct Print([u64; 2]);

impl Default for Print {
    fn default() -> Self {
        Self([0xcbf2_9ce4_8422_2325, 0x6c62_272e_07bb_0142])
    }
}

impl Print {
    fn bytes(&mut self, bytes: &[u8]) {
        for hash in &mut self.0 {
            for byte in bytes {
                *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }

    /// With its length, so that what stands in two texts is not the same in one.
    fn text(&mut self, text: &str) {
        self.numbers(&[text.len() as i64]);
        self.bytes(text.as_bytes());
    }

    fn numbers(&mut self, numbers: &[i64]) {
        for number in numbers {
            self.bytes(&number.to_le_bytes());
        }
    }

    fn digits(&self) -> String {
        self.0.iter().map(|hash| format!("{hash:016x}")).collect()
    }
}
