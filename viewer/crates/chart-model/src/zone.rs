//! The traffic-light zone of a reading, and how severe each is beside the others. How a value gets
//! its zone stands in `limits`.

/// Where a reading lies among the limits that were in force when it was taken.
/// The order is the order of severity when parts of one reading are put together (blood pressure):
/// unknown outranks green, so that what is not known is never shown as green.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Within the patient's own limits.
    Green,
    /// No individual limit applies to the reading. Not the same as normal.
    NoLimit,
    /// There are limits, but they do not cover the value, contradict themselves or cannot be read.
    Unknown,
    /// Below the green range, in a yellow one.
    YellowLow,
    /// Above the green range, in a yellow one.
    YellowHigh,
    /// Below, in a red range.
    RedLow,
    /// Above, in a red range.
    RedHigh,
}

impl Zone {
    /// The stable name used by hooks and tests: `green`, `yellow-low`, …, `no-limit`, `unknown`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::NoLimit => "no-limit",
            Self::Unknown => "unknown",
            Self::YellowLow => "yellow-low",
            Self::YellowHigh => "yellow-high",
            Self::RedLow => "red-low",
            Self::RedHigh => "red-high",
        }
    }

    /// True for yellow and red: a point that no thinning of a curve may drop.
    pub const fn is_outside(self) -> bool {
        matches!(
            self,
            Self::YellowLow | Self::YellowHigh | Self::RedLow | Self::RedHigh
        )
    }
}
