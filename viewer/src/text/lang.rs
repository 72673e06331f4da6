//! The languages, and what each of them is made of. Holds no words: those stand in one module per language.

use std::borrow::Cow;

use super::numbers::Marks;
use super::{Msg, en, nb, nn};
use crate::chunks;

/// A language of the viewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Lang {
    /// Norwegian bokmål: also where nobody asks for a language, or for none of these.
    #[default]
    Bokmal,
    /// Norwegian nynorsk.
    Nynorsk,
    /// British English.
    English,
}

impl Lang {
    /// Every language, in the order they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::Bokmal, Self::Nynorsk, Self::English];

    /// The message in this language; in bokmål as long as the words of another one have not come.
    pub(crate) fn say(self, msg: Msg<'_>) -> Cow<'static, str> {
        let chunk = match self {
            Self::Bokmal => None,
            Self::Nynorsk => chunks::nynorsk(),
            Self::English => chunks::english(),
        };
        match chunk {
            Some(chunk) => (chunk.say)(msg),
            None => nb::say(msg),
        }
    }

    /// The language's name in the language itself, for the switch.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Bokmal => "Bokmål",
            Self::Nynorsk => "Nynorsk",
            Self::English => "English",
        }
    }

    /// The tag of BCP 47 that `<html lang>` has and storage keeps.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Bokmal => "nb",
            Self::Nynorsk => "nn",
            Self::English => "en",
        }
    }

    /// The language that a tag of a launch or a browser asks for: `nb`, `no-NO`, `nn-NO`, `en_GB`. Only the
    /// first part counts. `None` for a language that the viewer does not speak.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next()?.trim();
        if language.eq_ignore_ascii_case("no") {
            return Some(Self::Bokmal);
        }
        Self::ALL
            .into_iter()
            .find(|lang| lang.tag().eq_ignore_ascii_case(language))
    }

    /// How this language writes numbers.
    pub(super) const fn marks(self) -> Marks {
        match self {
            Self::Bokmal => nb::MARKS,
            Self::Nynorsk => nn::MARKS,
            Self::English => en::MARKS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_a_browser_or_a_launch_finds_its_language() {
        for (tag, lang) in [
            ("nb", Some(Lang::Bokmal)),
            ("nb-NO", Some(Lang::Bokmal)),
            ("no", Some(Lang::Bokmal)),
            ("NO", Some(Lang::Bokmal)),
            ("no_NO", Some(Lang::Bokmal)),
            ("nn", Some(Lang::Nynorsk)),
            ("nn-NO", Some(Lang::Nynorsk)),
            ("en", Some(Lang::English)),
            ("en-GB", Some(Lang::English)),
            ("EN_us", Some(Lang::English)),
            ("se", None),
            ("da-DK", None),
            ("nob", None),
            ("english", None),
            ("-", None),
            ("", None),
        ] {
            assert_eq!(Lang::from_tag(tag), lang, "{tag}");
        }
    }

    #[test]
    fn every_language_is_found_by_its_own_tag() {
        for lang in Lang::ALL {
            assert_eq!(Lang::from_tag(lang.tag()), Some(lang));
            assert!(!lang.name().is_empty());
        }
    }
}
