//! How much a reading differs from the one before it: short for the eye, in words for the ear.

use chart_model::{Change, Decimal, Values};

use super::{Lang, Msg};

impl Lang {
    /// `+0,8`, of a blood pressure `+8/−2`; a number that cannot be compared is a dash.
    pub(crate) fn change(self, change: &Change) -> String {
        let part = |by: Option<Decimal>| by.map_or_else(|| "–".to_owned(), |by| self.signed(by));
        let [first, second] = change.by;
        match change.previous.values {
            Values::Single(_) => part(first),
            Values::Pair { .. } => format!("{}/{}", part(first), part(second)),
        }
    }

    /// `opp 0,8 siden i går 08.12`, `systolisk opp 8, diastolisk ned 2 siden 3. sep. 08.12`.
    pub(crate) fn change_in_words(self, change: &Change, now: i64) -> String {
        let pair = matches!(change.previous.values, Values::Pair { .. });
        let named = [Msg::Systolic, Msg::Diastolic].into_iter().zip(change.by);
        let parts: Vec<String> = named
            .filter_map(|(name, by)| Some((name, by?)))
            .map(|(name, by)| {
                let moved = self.moved(by);
                if pair {
                    format!("{} {moved}", self.say(name))
                } else {
                    moved
                }
            })
            .collect();
        let when = self.since(&change.previous.time, now);
        self.say(Msg::Since(&parts.join(", "), &when)).into_owned()
    }

    fn moved(self, by: Decimal) -> String {
        let size = |by: Decimal| {
            let signed = self.number(by);
            signed.trim_start_matches('−').to_owned()
        };
        if by > Decimal::ZERO {
            self.say(Msg::Up(&size(by)))
        } else if by < Decimal::ZERO {
            self.say(Msg::Down(&size(by)))
        } else {
            self.say(Msg::Unchanged)
        }
        .into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::text::fixtures::{moment, reading};
    use chart_model::Known;

    const NOW: &str = "2026-11-22T09:14:00+01:00";

    fn change(known: Known, previous: &str, time: &str, by: [Option<&str>; 2]) -> Change {
        Change {
            previous: Rc::new(reading(known, previous, [None, None], time)),
            by: by.map(|by| by.and_then(Decimal::parse)),
        }
    }

    #[track_caller]
    fn check(change: &Change, lang: Lang, short: &str, words: &str) {
        let said = lang.change_in_words(change, moment(NOW));
        assert_eq!(
            (lang.change(change).as_str(), said.replace('\u{a0}', " ").as_str()),
            (short, words)
        );
    }

    #[test]
    fn a_change_has_a_direction_in_every_language() {
        let time = "2026-11-21T08:12:00+01:00";
        let up = change(Known::Weight, "83.4", time, [Some("0.8"), None]);
        check(&up, Lang::Bokmal, "+0,8", "opp 0,8 siden i går 08.12");
        check(&up, Lang::Nynorsk, "+0,8", "opp 0,8 sidan i går 08.12");
        check(&up, Lang::English, "+0.8", "up 0.8 since yesterday 08:12");
        let down = change(Known::Steps, "9000", time, [Some("-4200"), None]);
        check(&down, Lang::Bokmal, "−4\u{a0}200", "ned 4 200 siden i går 08.12");
        check(&down, Lang::English, "−4,200", "down 4,200 since yesterday 08:12");
        let same = change(Known::Weight, "84.2", "2026-09-03", [Some("0.0"), None]);
        check(&same, Lang::Bokmal, "0,0", "uendret siden 3. sep.");
        check(&same, Lang::Nynorsk, "0,0", "uendra sidan 3. sep.");
        check(&same, Lang::English, "0.0", "unchanged since 3 Sep");
    }

    #[test]
    fn each_number_of_a_pair_changes_by_itself() {
        let time = "2026-09-03T08:12:00+02:00";
        let both = change(Known::BloodPressure, "124/86", time, [Some("8"), Some("-2")]);
        check(
            &both,
            Lang::Bokmal,
            "+8/−2",
            "systolisk opp 8, diastolisk ned 2 siden 3. sep. 08.12",
        );
        let one = change(Known::BloodPressure, "124/86", time, [Some("8"), None]);
        check(&one, Lang::English, "+8/–", "systolic up 8 since 3 Sep 08:12");
    }
}
