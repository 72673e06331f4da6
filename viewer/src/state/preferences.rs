//! What is remembered of a user's own choices, as a text. It holds keys of parameters, kinds of events, a
//! number of days and the tag of a language: nothing about any patient. Where it is kept is the business of `tasks`.

use chart_model::PeriodChoice;
use lenient_json::Json;

use super::{Arrangement, Density, Topic};
use crate::text::Lang;

/// Most parameters that are remembered in either list.
const MOST_IDS: usize = 200;

/// The user's own choices; what was never chosen is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Preferences {
    /// The language.
    pub(crate) lang: Option<Lang>,
    /// The length of the period, days before today; one of those offered.
    pub(crate) days: Option<i64>,
    /// Which parameters, in which order.
    pub(crate) arrangement: Option<Arrangement>,
    /// How much room there is between lines.
    pub(crate) density: Option<Density>,
    /// Which kinds of events stand on the time axis.
    pub(crate) events: Option<Vec<Topic>>,
}

impl Preferences {
    /// These choices, and those of `other` where nothing was chosen.
    #[must_use]
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            lang: self.lang.or(other.lang),
            days: self.days.or(other.days),
            arrangement: self.arrangement.or(other.arrangement),
            density: self.density.or(other.density),
            events: self.events.or(other.events),
        }
    }

    /// As a text.
    pub(crate) fn to_text(&self) -> String {
        let mut text = Json::Object(Vec::new());
        text.set("lang", self.lang.map_or("", Lang::tag));
        if let Some(days) = self.days {
            text.put("days", Json::Atom(days.to_string().into()));
        }
        if let Some(density) = self.density {
            text.set("density", density.id());
        }
        if let Some(events) = &self.events {
            text.put(
                "events",
                Json::List(events.iter().map(|topic| topic.id().into()).collect()),
            );
        }
        if let Some(Arrangement { order, hidden }) = &self.arrangement {
            let list = |ids: &[String]| Json::List(ids.iter().map(|id| id.as_str().into()).collect());
            text.put("order", list(order));
            text.put("hidden", list(hidden));
        }
        text.to_string()
    }

    /// From such a text. What cannot be read is as if it had never been chosen.
    pub(crate) fn parse(text: &str) -> Self {
        let Some(value) = Json::parse(text.as_bytes()) else {
            return Self::default();
        };
        let days = value.get("days").number();
        let order = value.field("order").and_then(ids);
        let on_axis = |id: &String| {
            Topic::ALL
                .into_iter()
                .find(|topic| topic.is_on_axis() && topic.id() == id)
        };
        let events = value.field("events").and_then(ids);
        Self {
            lang: value.get("lang").as_str().and_then(Lang::from_tag),
            days: PeriodChoice::OFFERED_DAYS
                .into_iter()
                .find(|offered| days == Some(*offered as f64)),
            density: value.get("density").as_str().and_then(Density::from_id),
            events: events.map(|ids| ids.iter().filter_map(on_axis).collect()),
            arrangement: order
                .zip(value.field("hidden").and_then(ids))
                .map(|(order, hidden)| Arrangement { order, hidden }),
        }
    }
}

fn ids(value: &Json) -> Option<Vec<String>> {
    let ids = value.list().filter(|ids| ids.len() <= MOST_IDS)?;
    ids.iter().map(|id| id.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Preferences {
        Preferences {
            lang: Some(Lang::Nynorsk),
            days: Some(30),
            arrangement: Some(Arrangement {
                order: vec!["weight".into(), "urn:x|\"ø\"".into()],
                hidden: vec!["steps".into()],
            }),
            density: Some(Density::Roomy),
            events: Some(vec![Topic::Medicines, Topic::Admissions]),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let no_days = Preferences { days: None, ..full() };
        let no_events = Preferences {
            events: Some(Vec::new()),
            ..full()
        };
        for preferences in [full(), Preferences::default(), no_days, no_events] {
            assert_eq!(Preferences::parse(&preferences.to_text()), preferences);
        }
    }

    #[test]
    fn what_was_chosen_goes_before_what_was_remembered() {
        let days = Preferences {
            days: Some(14),
            ..Preferences::default()
        };
        let expected = Preferences {
            days: Some(14),
            ..full()
        };
        assert_eq!(days.clone().or(full()), expected);
        assert_eq!(full().or(days), full());
    }

    #[test]
    fn what_cannot_be_read_is_dropped_and_the_rest_is_kept() {
        let days = |text| Preferences::parse(text).days;
        for (text, expected) in [
            (r#"{"days":30}"#, Some(30)),
            (r#"{"days":30,"lang":"tlh","order":"x"}"#, Some(30)),
            (r#"{"days":0}"#, None),
            (r#"{"days":-5}"#, None),
            (r#"{"days":3661}"#, None),
            (r#"{"days":91}"#, None),
            (r#"{"days":1e300}"#, None),
            (r#"{"days":"30"}"#, None),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
        for text in [
            "",
            "{",
            "null",
            "[]",
            "7",
            "\"x\"",
            r#"{"order":[1],"hidden":[]}"#,
            r#"{"order":["spo2"]}"#,
            r#"{"order":{},"hidden":[]}"#,
            r#"{"lang":7}"#,
            r#"{"density":"tight"}"#,
        ] {
            assert_eq!(Preferences::parse(text), Preferences::default(), "{text}");
        }
        let events = |text| Preferences::parse(text).events;
        assert_eq!(
            events(r#"{"events":["notes","admissions","x"]}"#),
            Some(vec![Topic::Admissions]),
            "what is not on the time axis is not opened by itself"
        );
        assert_eq!(events(r#"{"events":"admissions"}"#), None);
        let long = format!(r#"{{"order":[{}"spo2"],"hidden":[]}}"#, "\"x\",".repeat(200));
        assert_eq!(Preferences::parse(&long).arrangement, None);
    }
}
