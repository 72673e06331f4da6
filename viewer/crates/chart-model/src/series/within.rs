//! A part of a trend: what lies in a part of its period. Assesses nothing anew.

use super::{Gap, LimitStep, Point, Series};
use crate::Period;

impl Series {
    /// The same trend in a part of its period: its readings and exclusions, the breaks between readings that are
    /// left, and the limits as long as they held in it.
    #[must_use]
    pub fn within(&self, part: Period) -> Self {
        if part == self.period {
            return self.clone();
        }
        let inside = |points: &[Point]| -> Vec<Point> {
            let is_in = |point: &&Point| part.contains(point.at);
            points.iter().filter(is_in).cloned().collect()
        };
        let is_between = |gap: &&Gap| part.contains(gap.from) && part.contains(gap.to);
        let excluded = self.excluded.iter().filter(|excluded| {
            let time = excluded.time.as_ref();
            time.is_some_and(|time| part.contains(time.axis_ms()))
        });
        let steps = self.steps.iter().map(|step| LimitStep {
            from: step.from.max(part.from),
            to: step.to.min(part.to),
            ..step.clone()
        });
        Self {
            parameter: self.parameter.clone(),
            period: part,
            points: inside(&self.points),
            implausible: inside(&self.implausible),
            excluded: excluded.cloned().collect(),
            gaps: self.gaps.iter().filter(is_between).copied().collect(),
            steps: steps.filter(|step| step.from < step.to).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accept;
    use crate::testing::{reading, spo2};
    use crate::time::ClinicalTime;

    fn instant(text: &str) -> i64 {
        ClinicalTime::parse(text).unwrap().start_ms()
    }

    #[test]
    fn a_part_has_its_own_readings_and_the_gaps_between_them() {
        let now = instant("2026-11-22T09:14:00+01:00");
        let days = ["01", "02", "03", "04", "12", "13", "21"];
        let readings = days.map(|day| reading(day, &format!("2026-11-{day}T08:00:00+01:00"), "91"));
        let accepted = accept(readings.to_vec(), now);
        let period = Period::last_days(90, now);
        let whole = Series::build(&spo2(), &accepted.of(&spo2()), accepted.excluded(), None, period);
        assert_eq!(whole.gaps.len(), 2);
        let part = whole.within(Period {
            from: instant("2026-11-03T00:00:00+01:00"),
            to: instant("2026-11-14T00:00:00+01:00"),
        });
        assert_eq!((part.points.len(), part.gaps.len()), (4, 1));
        assert_eq!(whole.within(period).points.len(), whole.points.len());
    }
}
