//! How a single reading is drawn, in one byte: its zone, how it came into being, whether the line is broken
//! before it. Holds no place and no colour.

use chart_model::{Method, Zone};

/// How the dot of a reading is drawn, beside its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Filled or hollow.
    pub method: Method,
    /// Dashed.
    pub preliminary: bool,
    /// Known to the day only: spans it.
    pub whole_day: bool,
}

/// A zone, a [`Look`] and a break, packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dot(u8);

/// By their place, which is what is packed: the less severe first.
const ZONES: [Zone; 7] = [
    Zone::Green,
    Zone::NoLimit,
    Zone::Unknown,
    Zone::YellowLow,
    Zone::YellowHigh,
    Zone::RedLow,
    Zone::RedHigh,
];
const METHODS: [Method; 3] = [Method::Device, Method::Manual, Method::Unstated];

const METHOD_SHIFT: u8 = 3;
const PRELIMINARY: u8 = 1 << 5;
const WHOLE_DAY: u8 = 1 << 6;
const BROKEN: u8 = 1 << 7;

impl Dot {
    /// `is_broken`: no line leads to it.
    pub(crate) fn new(zone: Zone, look: Look, is_broken: bool) -> Self {
        let flag = |is: bool, bit: u8| if is { bit } else { 0 };
        Self(
            zone as u8
                | (look.method as u8) << METHOD_SHIFT
                | flag(look.preliminary, PRELIMINARY)
                | flag(look.whole_day, WHOLE_DAY)
                | flag(is_broken, BROKEN),
        )
    }

    /// Its zone.
    pub(crate) fn zone(self) -> Zone {
        ZONES
            .get(usize::from(self.0 & 7))
            .copied()
            .unwrap_or(Zone::Unknown)
    }

    /// How it came into being.
    pub(crate) fn look(self) -> Look {
        let method = METHODS.get(usize::from(self.0 >> METHOD_SHIFT & 3));
        Look {
            method: method.copied().unwrap_or(Method::Unstated),
            preliminary: self.0 & PRELIMINARY != 0,
            whole_day: self.0 & WHOLE_DAY != 0,
        }
    }

    /// No line leads to it.
    pub(crate) const fn is_broken(self) -> bool {
        self.0 & BROKEN != 0
    }

    /// What it is drawn like: equal for dots that are drawn in one go. The more severe are greater.
    pub(crate) const fn kind(self) -> u8 {
        self.0 & !BROKEN
    }
}

impl From<Dot> for Zone {
    fn from(dot: Dot) -> Self {
        dot.zone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_tells_all_that_it_was_made_of() {
        for zone in ZONES {
            for method in METHODS {
                for bits in 0..8_u8 {
                    let look = Look {
                        method,
                        preliminary: bits & 1 != 0,
                        whole_day: bits & 2 != 0,
                    };
                    let dot = Dot::new(zone, look, bits & 4 != 0);
                    assert_eq!(
                        (dot.zone(), dot.look(), dot.is_broken()),
                        (zone, look, bits & 4 != 0)
                    );
                }
            }
        }
    }
}
