//! A part of a trend: what lies in a part of its period. Assesses nothing anew.

use super::{Gap, LimitStep, Point, Series};
use crate::{Period, oslo};

/// The last place on the time axis that belongs to a period up to `to`: a day without a clock time stands at noon, which
/// may be later than now.
pub(super) fn end(to: i64) -> i64 {
    to.max(oslo::noon(oslo::date_of(to)))
}

impl Series {
    /// True if a place on the time axis lies in a part of the period. One that reaches as far as the period has the
    /// readings of today that have no clock time.
    pub fn is_in(&self, part: Period, at: i64) -> bool {
        let to = if part.to == self.period.to {
            end(part.to)
        } else {
            part.to
        };
        part.from <= at && at <= to
    }

    /// The same trend in a part of its period: its readings and exclusions, the breaks between readings that are
    /// left, and the limits as long as they held in it.
    #[must_use]
    pub fn within(&self, part: Period) -> Self {
        if part == self.period {
            return self.clone();
        }
        let inside = |points: &[Point]| -> Vec<Point> {
            let is_in = |point: &&Point| self.is_in(part, point.at);
            points.iter().filter(is_in).cloned().collect()
        };
        let is_between = |gap: &&Gap| self.is_in(part, gap.from) && self.is_in(part, gap.to);
        let excluded = self.excluded.iter().filter(|excluded| {
            let time = excluded.time.as_ref();
            time.is_some_and(|time| self.is_in(part, time.axis_ms()))
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
    use crate::reading::{Excluded, ExclusionKind};
    use crate::testing::{reading, spo2};
    use crate::time::ClinicalTime;

    fn instant(text: &str) -> i64 {
        ClinicalTime::parse(text).unwrap().start_ms()
    }

    #[test]
    fn what_has_no_clock_time_today_is_in_the_period_and_in_a_part_up_to_now() {
        let now = instant("2026-11-22T09:14:00+01:00");
        let today = reading("today", "2026-11-22", "91");
        let retracted = Excluded {
            kind: ExclusionKind::EnteredInError,
            id: "retracted".into(),
            parameter: Some(spo2()),
            time: Some(today.time.clone()),
        };
        let accepted = accept(vec![today], now);
        let period = Period::last_days(90, now);
        let whole = Series::build(&spo2(), &accepted.of(&spo2()), &[retracted], None, period);
        let counted = |series: &Series| (series.points.len(), series.excluded.len());
        assert_eq!(counted(&whole), (1, 1));
        let from = instant("2026-11-20");
        assert_eq!(counted(&whole.within(Period { from, to: now })), (1, 1));
        assert_eq!(counted(&whole.within(Period { from, to: now - 1 })), (0, 0));
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
