//! A row of the latest values in words.

use std::rc::Rc;

use chart_model::{Change, Component, Point, RangeSet, Zone, lowercase};

use super::limits::only_standard;
use super::{Lang, Msg, listed};

impl Lang {
    /// The word under a row's value; general ranges alone are named as such, a unit that cannot be compared, and limits
    /// that have not come.
    pub(crate) fn row_word(self, point: &Point, limits: &[Option<Rc<RangeSet>>; 2]) -> String {
        let is_as_sent = |part: &Component| part.quantity.as_sent_unit.is_some();
        self.say(match point.zone {
            Zone::NoLimit if only_standard(limits) => Msg::StandardLimits,
            Zone::Unknown if point.number().is_some_and(is_as_sent) => Msg::UnitNotKnown,
            Zone::Unknown if limits.iter().all(Option::is_none) => Msg::LimitNotKnown,
            zone => Msg::Zone(zone),
        })
        .into_owned()
    }

    /// The row of the latest values as a sentence: `SpO₂ 91 %, innenfor, grense fra 88, i går 08.12, apparat, opp
    /// 3 siden 20. nov. 08.12`. `overdue_days` stands in for the age where a reading is overdue.
    pub(crate) fn row_sentence(
        self,
        point: &Point,
        limits: &[Option<Rc<RangeSet>>; 2],
        change: Option<&Change>,
        overdue_days: Option<i64>,
        now: i64,
    ) -> String {
        let reading = &point.reading;
        let name = self.parameter(&reading.parameter);
        listed([
            Some(format!("{name} {}", self.value_with_unit(reading))),
            Some(lowercase(&self.row_word(point, limits))),
            Some(self.limits_in_words(limits)),
            Some(match overdue_days {
                Some(days) => lowercase(&self.say(Msg::Overdue(days))),
                None => self.age(&reading.time, now),
            }),
            Some(self.say(Msg::Method(reading.method)).into_owned()),
            Some(self.say(Msg::Status(reading.status)).into_owned()),
            change.map(|change| self.change_in_words(change, now)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fixtures::{moment, reading, set};
    use chart_model::series::assess;
    use chart_model::{Decimal, Known, Values};

    #[test]
    fn a_row_reads_like_a_sentence() {
        let now = moment("2026-11-22T09:14:00+01:00");
        let weight = [Some(set(&["N -83.5", "A 83.6-"])), None];
        let latest = reading(Known::Weight, "84.2", weight.clone(), "2026-11-22T07:40:00+01:00");
        let before = reading(Known::Weight, "83.4", weight.clone(), "2026-11-21T08:12:00+01:00");
        let change = Change {
            previous: Rc::new(before),
            by: [Decimal::parse("0.8"), None],
        };
        let latest = assess(&Rc::new(latest), None);
        let said = |lang: Lang| lang.row_sentence(&latest, &weight, Some(&change), None, now);
        assert_eq!(
            Lang::ALL.map(|lang| said(lang).replace('\u{a0}', " ")),
            [
                "Vekt 84,2 kg, gul, grense opp til 83,5, i dag 07.40, apparat, opp 0,8 siden i går 08.12",
                "Vekt 84,2 kg, gul, grense opp til 83,5, i dag 07.40, apparat, opp 0,8 sidan i går 08.12",
                "Weight 84.2 kg, yellow, limit up to 83.5, today 07:40, device, up 0.8 since yesterday 08:12",
            ]
        );
    }

    #[test]
    fn a_unit_that_cannot_be_compared_is_named_before_limits() {
        let limits = [Some(set(&["N -83.5"])), None];
        for limits in [limits, [None, None]] {
            let mut reading = reading(Known::Weight, "13", limits.clone(), "2026-11-22T07:40:00+01:00");
            if let Values::Single(component) = &mut reading.values {
                component.quantity.as_sent_unit = Some("stone".into());
            }
            let point = assess(&Rc::new(reading), None);
            assert_eq!(
                Lang::ALL.map(|lang| lang.row_word(&point, &limits)),
                ["Ukjent enhet", "Ukjend eining", "Unit unknown"]
            );
        }
    }

    #[test]
    fn an_overdue_row_says_so_in_place_of_its_age() {
        let now = moment("2026-11-22T09:14:00+01:00");
        let limits = [Some(set(&["N 100-140"])), Some(set(&["N 60-90"]))];
        let old = reading(
            Known::BloodPressure,
            "132/84",
            limits.clone(),
            "2026-11-16T08:00:00+01:00",
        );
        let point = assess(&Rc::new(old), None);
        let said = |lang: Lang| lang.row_sentence(&point, &limits, None, Some(6), now);
        assert_eq!(
            Lang::ALL.map(|lang| said(lang).replace('\u{a0}', " ")),
            [
                "Blodtrykk 132/84 mmHg, innenfor, systolisk grense 100 til 140, diastolisk grense 60 til 90, ingen måling i 6 dager, apparat",
                "Blodtrykk 132/84 mmHg, innanfor, systolisk grense 100 til 140, diastolisk grense 60 til 90, inga måling på 6 dagar, apparat",
                "Blood pressure 132/84 mmHg, within, systolic limit 100 to 140, diastolic limit 60 to 90, no reading for 6 days, device",
            ]
        );
    }
}
