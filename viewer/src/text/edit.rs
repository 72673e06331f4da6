//! What is said of the plan while it is written, put together of messages and values, and numbers as they are
//! typed. What is wrong with a plan is decided in `chart-model`.

use chart_model::Decimal;
use chart_model::care_plan::{Bound, LimitPreview, Problem};

use super::{EditMsg, Lang, Msg, PlanMsg, Typed};

impl Lang {
    /// A message of the editor.
    pub(crate) fn edit(self, msg: EditMsg<'_>) -> String {
        self.say(Msg::OfEdit(msg)).into_owned()
    }

    /// What is wrong with a field, and what would be right.
    pub(crate) fn issue(self, problem: &Problem) -> String {
        match *problem {
            Problem::TooLong { most } => self.edit(EditMsg::TooLong(most)),
            Problem::NoPhoneNumber => self.edit(EditMsg::NoPhoneNumber),
            Problem::NoDate => self.edit(EditMsg::NoDate),
            Problem::Nameless => self.edit(EditMsg::Nameless),
            Problem::NotAbove(bound) => self.edit(EditMsg::NotAbove(bound)),
            Problem::Implausible { low, high } => {
                self.edit(EditMsg::Implausible(&self.number(low), &self.number(high)))
            }
        }
    }

    /// `Siste 90 dager: 11 gule → 3, 2 røde → 1`
    pub(crate) fn limit_preview(self, period: &str, preview: LimitPreview) -> String {
        let yellow = self.edit(EditMsg::Yellow(preview.yellow_before, preview.yellow_after));
        let red = self.edit(EditMsg::Red(preview.red_before, preview.red_after));
        format!("{period}: {yellow}, {red}")
    }

    /// How the readings of a preview are shown, where that is otherwise than the limits in force now would have it.
    pub(crate) fn shown_otherwise(self, preview: LimitPreview) -> Option<String> {
        let shown = EditMsg::ShownBefore(preview.yellow_shown, preview.red_shown);
        preview.is_shown_otherwise().then(|| self.edit(shown))
    }

    /// What a field of a limit is called where there are two numbers: `systolisk: Rød lav`.
    pub(crate) fn bound_label(self, bound: Bound, of: Option<&str>) -> String {
        let name = self.plan(PlanMsg::Bound(bound));
        match of {
            Some(of) => self.edit(EditMsg::FieldOf(of, &name)),
            None => name,
        }
    }

    /// A number as it was typed: with a decimal comma or point, with or without spaces.
    pub(crate) fn typed(text: &str) -> Typed {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if bare.is_empty() {
            return Typed::Empty;
        }
        let plain = bare.replace(',', ".").replace('−', "-");
        Decimal::parse(&plain).map_or(Typed::Unreadable, Typed::Number)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn the_effect_of_limits_is_one_line() {
        let preview = LimitPreview {
            yellow_before: 11,
            yellow_after: 3,
            red_before: 2,
            red_after: 1,
            yellow_shown: 9,
            red_shown: 2,
        };
        let said = Lang::ALL.map(|lang| lang.limit_preview(&lang.say(Msg::LastDays(90)), preview));
        let said = said.map(|line| line.replace('\u{a0}', " "));
        assert_eq!(
            said,
            [
                "Siste 90 dager: 11 gule → 3, 2 røde → 1",
                "Siste 90 dagar: 11 gule → 3, 2 raude → 1",
                "Last 90 days: 11 yellow → 3, 2 red → 1",
            ]
        );
        let shown = Lang::Bokmal.shown_otherwise(preview);
        let shown = shown.map(|line| line.replace('\u{a0}', " "));
        assert_eq!(
            shown.as_deref(),
            Some("I kurven har hver måling fargen fra grensene som gjaldt da: 9 gule, 2 røde.")
        );
        let same = LimitPreview {
            yellow_shown: 11,
            ..preview
        };
        assert_eq!(Lang::Bokmal.shown_otherwise(same), None);
    }

    #[test]
    fn a_number_is_read_as_doctors_type_it() {
        let number = |text: &str| Typed::Number(Decimal::parse(text).unwrap());
        for (text, expected) in [
            ("", Typed::Empty),
            ("  ", Typed::Empty),
            ("88", number("88")),
            ("83,5", number("83.5")),
            (" 83.5 ", number("83.5")),
            ("10 000", number("10000")),
            ("−4", number("-4")),
            ("83,", Typed::Unreadable),
            ("1,000,000", Typed::Unreadable),
            ("åtti", Typed::Unreadable),
        ] {
            assert_eq!(Lang::typed(text), expected, "{text:?}");
        }
    }
}
