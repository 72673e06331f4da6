//! A document as bytes and back, to hand it from one WebAssembly module to another: what writes PDF is fetched only when
//! it is asked for, and has a memory of its own. Both come from the same build, so there are no versions.

use chart_model::{Method, Zone};

use crate::content::{
    Band, Chart, Document, Dot, Edge, Fact, Key, Mark, MarkKind, Row, Section, Table, Words,
};

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
const MARKS: [MarkKind; 2] = [MarkKind::LimitChange, MarkKind::Plan];
const FLAGS: [bool; 2] = [false, true];
const KEYS: [Key; 5] = [
    Key::Preliminary,
    Key::Implausible,
    Key::Gap,
    Key::PersonalLimits,
    Key::StandardLimits,
];

impl Document {
    /// The document as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.put(&mut bytes);
        bytes
    }

    /// The document of [`Document::to_bytes`]; `None` if the bytes are anything else.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let document = Self::take(&mut bytes)?;
        bytes.is_empty().then_some(document)
    }
}

/// Something that can be written one part after the other.
trait Bytes: Sized {
    fn put(&self, to: &mut Vec<u8>);
    fn take(from: &mut &[u8]) -> Option<Self>;
}

macro_rules! of_fields {
    ($type:ty { $($field:ident),+ }) => {
        impl Bytes for $type {
            fn put(&self, to: &mut Vec<u8>) {
                $(self.$field.put(to);)+
            }
            fn take(from: &mut &[u8]) -> Option<Self> {
                $(let $field = Bytes::take(from)?;)+
                Some(Self { $($field),+ })
            }
        }
    };
}

of_fields!(Document {
    language,
    title,
    identity,
    made,
    stamp,
    sections,
    notes,
    words
});
of_fields!(Fact { name, text });
of_fields!(Section {
    heading,
    sentence,
    coverage,
    limits,
    chart,
    table
});
of_fields!(Chart {
    span,
    range,
    value_ticks,
    time_ticks,
    lines,
    edges,
    bands,
    gaps,
    marks
});
of_fields!(Dot {
    at,
    value,
    zone,
    method,
    preliminary,
    whole_day,
    is_broken
});
of_fields!(Edge { at, is_high });
of_fields!(Band {
    from,
    to,
    low,
    high,
    within,
    zone,
    standard
});
of_fields!(Mark { at, kind, text });
of_fields!(Table { columns, rows });
of_fields!(Row { cells, zone });
of_fields!(Words {
    page,
    of,
    limits,
    readings,
    notes,
    legend,
    unprintable
});

macro_rules! of_list {
    ($type:ty, $list:ident) => {
        impl Bytes for $type {
            fn put(&self, to: &mut Vec<u8>) {
                let place = $list.iter().position(|other| other == self);
                to.push(place.unwrap_or_default() as u8);
            }
            fn take(from: &mut &[u8]) -> Option<Self> {
                $list.get(usize::from(u8::take(from)?)).copied()
            }
        }
    };
}

of_list!(Zone, ZONES);
of_list!(Method, METHODS);
of_list!(MarkKind, MARKS);
of_list!(bool, FLAGS);

macro_rules! of_numbers {
    ($($type:ty),+) => {
        $(impl Bytes for $type {
            fn put(&self, to: &mut Vec<u8>) {
                to.extend(self.to_le_bytes());
            }
            fn take(from: &mut &[u8]) -> Option<Self> {
                let (bytes, rest) = from.split_first_chunk()?;
                *from = rest;
                Some(Self::from_le_bytes(*bytes))
            }
        })+
    };
}

of_numbers!(u8, u32, i64, f64);

impl Bytes for String {
    fn put(&self, to: &mut Vec<u8>) {
        (self.len() as u32).put(to);
        to.extend(self.as_bytes());
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        let length = u32::take(from)? as usize;
        let (bytes, rest) = from.split_at_checked(length)?;
        *from = rest;
        Self::from_utf8(bytes.to_vec()).ok()
    }
}

impl<T: Bytes> Bytes for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        (self.len() as u32).put(to);
        for each in self {
            each.put(to);
        }
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        let count = u32::take(from)?;
        (0..count).map(|_| T::take(from)).collect()
    }
}

impl<T: Bytes> Bytes for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.is_some().put(to);
        if let Some(inner) = self {
            inner.put(to);
        }
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        match bool::take(from)? {
            true => Some(Some(T::take(from)?)),
            false => Some(None),
        }
    }
}

impl<A: Bytes, B: Bytes> Bytes for (A, B) {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        Some((A::take(from)?, B::take(from)?))
    }
}

impl Bytes for Key {
    fn put(&self, to: &mut Vec<u8>) {
        match self {
            Self::Zone(zone) => (0_u8, *zone).put(to),
            Self::Method(method) => (1_u8, *method).put(to),
            Self::Mark(kind) => (2_u8, *kind).put(to),
            other => {
                let place = KEYS.iter().position(|key| key == other);
                (3_u8, place.unwrap_or_default() as u8).put(to);
            }
        }
    }
    fn take(from: &mut &[u8]) -> Option<Self> {
        Some(match u8::take(from)? {
            0 => Self::Zone(Bytes::take(from)?),
            1 => Self::Method(Bytes::take(from)?),
            2 => Self::Mark(Bytes::take(from)?),
            _ => *KEYS.get(usize::from(u8::take(from)?))?,
        })
    }
}
