//! What is opened on demand in words, put together of messages and values: answers, events, opening hours. What an answer
//! or an event is, is decided in `chart-model`.

use chart_model::events::{Event, EventKind};
use chart_model::follow_up::{Hours, Standing};
use chart_model::questionnaire::{Answer, Filling, FillingStatus, Line, Score};
use chart_model::{ClinicalTime, Precision, Reading, oslo};

use super::{Lang, Msg, OnDemandMsg, listed};

impl Lang {
    /// A message about what is opened on demand.
    pub(crate) fn on_demand(self, msg: OnDemandMsg<'_>) -> String {
        self.say(Msg::OfOnDemand(msg)).into_owned()
    }

    /// `CAT 18, 12. aug.`: a score that is known before anything is opened.
    pub(crate) fn latest_score(self, reading: &Reading, now: i64) -> String {
        let day = self.day(reading.time.oslo_date(), oslo::date_of(now));
        format!(
            "{} {}, {day}",
            self.parameter(&reading.parameter),
            self.points(reading)
        )
    }

    /// A score; that it counts points goes without saying.
    fn points(self, reading: &Reading) -> String {
        if reading.unit().starts_with('{') {
            self.value(reading)
        } else {
            self.value_with_unit(reading)
        }
    }

    /// What a questionnaire is called.
    pub(crate) fn form(self, filling: &Filling) -> String {
        match filling.instrument.name.in_language(self.tag()) {
            "" => self.on_demand(OnDemandMsg::NamelessForm),
            name => name.to_owned(),
        }
    }

    /// When it was filled in: a day, since nobody asks at which hour.
    pub(crate) fn filled_in(self, filling: &Filling, now: i64) -> String {
        let day = |time: &ClinicalTime| self.day(time.oslo_date(), oslo::date_of(now));
        let time = filling.time.as_ref();
        time.map_or_else(|| self.on_demand(OnDemandMsg::NoDay), day)
    }

    /// `CAT 18`, with a warning where the scale cannot give that.
    pub(crate) fn score(self, score: &Score) -> String {
        let reading = &score.reading;
        let said = format!("{} {}", self.parameter(&reading.parameter), self.points(reading));
        let warning = score
            .is_off_scale()
            .then(|| self.on_demand(OnDemandMsg::OffScale));
        listed([Some(said), warning])
    }

    /// Who answered and wrote it down, and how far it came; empty where nothing is to be said.
    pub(crate) fn about_filling(self, filling: &Filling) -> String {
        let Filling {
            answered_by, author, ..
        } = filling;
        let status = match filling.status {
            FillingStatus::Amended => Some(OnDemandMsg::ChangedLater),
            FillingStatus::InProgress => Some(OnDemandMsg::NotFinished),
            FillingStatus::Stopped => Some(OnDemandMsg::GivenUp),
            FillingStatus::Completed | FillingStatus::Unstated => None,
        };
        let by = |name: &str| (!name.is_empty()).then(|| self.on_demand(OnDemandMsg::AnsweredBy(name)));
        let recorded = !author.is_empty() && author != answered_by;
        listed([
            by(answered_by),
            recorded.then(|| self.on_demand(OnDemandMsg::RecordedBy(author))),
            status.map(|status| self.on_demand(status)),
        ])
    }

    /// The answers to a question, in words.
    pub(crate) fn answers(self, line: &Line, now: i64) -> String {
        if line.answers.is_empty() {
            return self.on_demand(OnDemandMsg::NotAnswered);
        }
        let said: Vec<String> = line
            .answers
            .iter()
            .map(|answer| self.answer(answer, now))
            .collect();
        said.join("; ")
    }

    fn answer(self, answer: &Answer, now: i64) -> String {
        match answer {
            Answer::Flag(true) => self.on_demand(OnDemandMsg::Yes),
            Answer::Flag(false) => self.on_demand(OnDemandMsg::No),
            Answer::Number {
                value,
                comparator,
                unit,
            } => {
                let sign = comparator.map_or("", |comparator| comparator.symbol());
                self.with_unit(&format!("{sign}{}", self.number(*value)), unit)
            }
            Answer::Time(time) => self.when(time, now),
            Answer::Choice { text, .. } => text.in_language(self.tag()).to_owned(),
            Answer::Text(text) => text.to_string(),
            Answer::File(name) => self.on_demand(OnDemandMsg::File(name)),
            Answer::Unread(sent) => self.on_demand(OnDemandMsg::Unreadable(sent)),
        }
    }

    /// A reading as a note refers to it: `SpO₂ 84 %, 16. okt. kl. 08.10`.
    pub(crate) fn reading_named(self, reading: &Reading, now: i64) -> String {
        format!(
            "{} {}, {}",
            self.parameter(&reading.parameter),
            self.value_with_unit(reading),
            self.when(&reading.time, now)
        )
    }

    /// When an event was: `12. sep.–18. sep.`, `21. nov., pågår`.
    pub(crate) fn event_time(self, event: &Event, now: i64) -> String {
        let day = |time: &ClinicalTime| match time.precision() {
            Precision::Year | Precision::Month => self.date(time),
            _ => self.day(time.oslo_date(), oslo::date_of(now)),
        };
        let from = day(&event.from);
        match &event.to {
            Some(to) if day(to) != from => self.say(Msg::FromTo(&from, &day(to))).into_owned(),
            None if event.is_paused => {
                let paused = OnDemandMsg::Standing(Standing::Paused);
                format!("{from}, {}", self.on_demand(paused))
            }
            None if event.lasts => format!("{from}, {}", self.on_demand(OnDemandMsg::Lasts)),
            _ => from,
        }
    }

    /// What an event was: `Innlagt: Prøvevik sykehus, tungpust`.
    pub(crate) fn event(self, event: &Event) -> String {
        let is_medicine = matches!(event.kind, EventKind::MedicationStart | EventKind::MedicationStop);
        let label = match event.label.trim() {
            "" if is_medicine => self.on_demand(OnDemandMsg::NamelessMedicine),
            label => label.to_owned(),
        };
        let said = [Some(label), Some(event.detail.trim().to_owned())];
        let ended = event.has_ended.then(|| self.on_demand(OnDemandMsg::HasEnded));
        let about = listed(said.into_iter().chain([ended]));
        let kind = self.on_demand(OnDemandMsg::Event(event.kind));
        if about.is_empty() {
            kind
        } else {
            format!("{kind}: {about}")
        }
    }

    /// Opening hours: `man.–fre. 08.00–15.30`.
    pub(crate) fn hours(self, hours: &Hours) -> String {
        let name = |day: u8| self.on_demand(OnDemandMsg::Weekday(day));
        let to = |from: &str, to: &str| self.say(Msg::FromTo(from, to)).into_owned();
        let days = match hours.days.as_slice() {
            [] | [_, _, _, _, _, _, _] => self.on_demand(OnDemandMsg::EveryDay),
            [first, .., last]
                if usize::from(last.abs_diff(*first)) + 1 == hours.days.len() && hours.days.len() > 2 =>
            {
                to(&name(*first), &name(*last))
            }
            days => {
                let days: Vec<String> = days.iter().map(|day| name(*day)).collect();
                days.join(" ")
            }
        };
        let clock = |minutes: u16| {
            let (hour, minute) = (minutes / 60, minutes % 60);
            self.say(Msg::Clock(hour as u8, minute as u8)).into_owned()
        };
        let at = match hours.clock {
            Some((from, until)) => to(&clock(from), &clock(until)),
            None => self.on_demand(OnDemandMsg::RoundTheClock),
        };
        format!("{days} {at}")
    }
}

#[cfg(test)]
mod tests {
    use chart_model::{Decimal, Wording};

    use super::*;
    use crate::text::fixtures::moment;

    const NOW: &str = "2026-11-22T09:14:00+01:00";

    fn time(text: &str) -> ClinicalTime {
        ClinicalTime::parse(text).unwrap()
    }

    fn line(answers: Vec<Answer>) -> Line {
        Line {
            depth: 0,
            link: "1".into(),
            text: Wording::new("Hoster du?", "nb"),
            answers,
            is_heading: false,
        }
    }

    #[test]
    fn answers_are_said_in_the_language_of_the_doctor() {
        let mut choice = Wording::new("Litt", "nb");
        choice.add("A little", "en");
        for (answers, said) in [
            (vec![], ["ikke besvart", "ikkje svara på", "not answered"]),
            (vec![Answer::Flag(false)], ["Nei", "Nei", "No"]),
            (
                vec![Answer::Number {
                    value: Decimal::parse("1234.5").unwrap(),
                    comparator: None,
                    unit: "kg".into(),
                }],
                ["1 234,5 kg", "1 234,5 kg", "1,234.5 kg"],
            ),
            (
                vec![
                    Answer::Choice {
                        code: "".into(),
                        text: choice,
                    },
                    Answer::Text("<b>ja</b>".into()),
                ],
                ["Litt; <b>ja</b>", "Litt; <b>ja</b>", "A little; <b>ja</b>"],
            ),
        ] {
            let line = line(answers);
            let found = Lang::ALL.map(|lang| lang.answers(&line, moment(NOW)).replace('\u{a0}', " "));
            assert_eq!(found, said);
        }
    }

    #[test]
    fn an_event_says_when_and_what_it_was() {
        let mut event = Event::at(
            EventKind::Admission,
            time("2026-09-19T14:00:00+02:00"),
            "Sykehuset",
        );
        let said = |event: &Event| {
            let lang = Lang::Bokmal;
            format!("{} {}", lang.event_time(event, moment(NOW)), lang.event(event)).replace('\u{a0}', " ")
        };
        assert_eq!(said(&event), "19. sep. Innlagt: Sykehuset");
        event.lasts = true;
        assert_eq!(said(&event), "19. sep., pågår Innlagt: Sykehuset");
        event.to = Some(time("2026-09-25T11:00:00+02:00"));
        event.detail = "tungpust".into();
        assert_eq!(said(&event), "19. sep.–25. sep. Innlagt: Sykehuset, tungpust");
        event.label = "".into();
        event.detail = "".into();
        assert_eq!(said(&event), "19. sep.–25. sep. Innlagt");
        event.to = None;
        event.is_paused = true;
        assert_eq!(said(&event), "19. sep., oppfølgingen er satt på pause Innlagt");
        event.is_paused = false;
        // No more exact than the source.
        event.from = time("2026-10");
        event.to = Some(time("2026-10"));
        assert_eq!(said(&event), "okt. 2026 Innlagt");
        event.to = None;
        event.lasts = false;
        event.has_ended = true;
        assert_eq!(said(&event), "okt. 2026 Innlagt: avsluttet, dato ikke oppgitt");
        let nameless = Event::at(EventKind::MedicationStart, time("2026-10-03"), " ");
        assert_eq!(said(&nameless), "3. okt. Startet: legemiddel uten navn");
    }

    #[test]
    fn opening_hours_are_said_by_the_days_that_share_them() {
        for (days, clock, said) in [
            (vec![0, 1, 2, 3, 4], Some((480, 930)), "man.–fre. 08.00–15.30"),
            (vec![5, 6], Some((600, 840)), "lør. søn. 10.00–14.00"),
            (vec![0, 2, 4], Some((600, 840)), "man. ons. fre. 10.00–14.00"),
            (vec![], None, "alle dager hele døgnet"),
            (vec![6], None, "søn. hele døgnet"),
        ] {
            assert_eq!(Lang::Bokmal.hours(&Hours { days, clock }), said);
        }
    }
}
