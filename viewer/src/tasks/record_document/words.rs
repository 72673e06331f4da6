//! The words of the document itself: heads, page numbers, and what the signs of its charts mean.

use chart_model::{Method, Status, Zone};
use record::{Key, MarkKind, Words};

use crate::text::{Lang, Msg, RecordMsg, capitalised};

/// The words of the document itself; of the signs those that occur.
pub(super) fn of(sections: &[record::Section], lang: Lang) -> Words {
    let say = |msg: Msg<'_>| lang.say(msg).into_owned();
    let said = |msg: RecordMsg<'_>| lang.record(msg);
    let charts = || sections.iter().filter_map(|section| section.chart.as_ref());
    let dots = || charts().flat_map(|chart| chart.lines.iter().flatten());
    let marks = |kind: MarkKind| charts().any(|chart| chart.marks.iter().any(|mark| mark.kind == kind));
    let limits =
        |standard: bool| charts().any(|chart| chart.bands.iter().any(|band| band.standard == standard));
    let zones = [
        Zone::Green,
        Zone::YellowLow,
        Zone::YellowHigh,
        Zone::RedLow,
        Zone::RedHigh,
        Zone::NoLimit,
        Zone::Unknown,
    ];
    let zones = zones.into_iter().map(|zone| {
        let occurs = dots().any(|dot| dot.zone == zone)
            || charts().any(|chart| chart.bands.iter().any(|band| band.zone == zone && !band.standard));
        (occurs, Key::Zone(zone), say(Msg::ZoneName(zone)))
    });
    let methods = [Method::Device, Method::Manual].map(|method| {
        let occurs = dots().any(|dot| dot.method == method);
        (
            occurs,
            Key::Method(method),
            capitalised(&say(Msg::Method(method))),
        )
    });
    let others = [
        (
            dots().any(|dot| dot.preliminary),
            Key::Preliminary,
            capitalised(&say(Msg::Status(Status::Preliminary))),
        ),
        (
            charts().any(|chart| !chart.edges.is_empty()),
            Key::Implausible,
            say(Msg::Implausible),
        ),
        (
            charts().any(|chart| !chart.gaps.is_empty()),
            Key::Gap,
            said(RecordMsg::Gap),
        ),
        (limits(false), Key::PersonalLimits, say(Msg::PersonalLimits)),
        (limits(true), Key::StandardLimits, say(Msg::StandardLimitsName)),
        (
            marks(MarkKind::LimitChange),
            Key::Mark(MarkKind::LimitChange),
            said(RecordMsg::LimitChange),
        ),
        (
            marks(MarkKind::Plan),
            Key::Mark(MarkKind::Plan),
            said(RecordMsg::PlanChange),
        ),
    ];
    Words {
        page: said(RecordMsg::Page),
        of: said(RecordMsg::OfPages),
        limits: said(RecordMsg::Limits),
        readings: said(RecordMsg::Readings),
        notes: said(RecordMsg::NotIn),
        legend: zones
            .chain(methods)
            .chain(others)
            .filter(|(occurs, ..)| *occurs)
            .map(|(_, key, word)| (key, word))
            .collect(),
        unprintable: said(RecordMsg::Unprintable),
    }
}
