//! Tracked changes: what was put in is underlined, what was taken out is struck through, each with who and when
//! as text. Said in words too, for who hears it.

use chart_model::ClinicalTime;
use chart_model::care_plan::{Author, CarePlan, Change, List, PieceKind, Place, PlanZone};
use yew::prelude::*;

use crate::state::plan::PlanVersion;
use crate::state::plan::selectors::Traced;
use crate::text::{Lang, Line, Marked, PlanMsg};

/// Who made a change, and when.
pub(in super::super) struct Signature<'a> {
    /// Who.
    pub author: &'a Author,
    /// When, if that is known.
    pub time: Option<&'a ClinicalTime>,
}

impl Signature<'_> {
    /// `Kari Vik, 3. sep. kl. 08.12`
    pub(super) fn text(&self, lang: Lang, now: i64) -> String {
        let name = self.author.name.trim();
        self.with_time(
            if name.is_empty() {
                lang.author(self.author)
            } else {
                name.to_owned()
            },
            lang,
            now,
        )
    }

    /// `Kari Vik, lungelege, Fjordby sykehus, 3. sep. kl. 08.12`
    pub(in super::super) fn in_full(&self, lang: Lang, now: i64) -> String {
        self.with_time(lang.author(self.author), lang, now)
    }

    fn with_time(&self, author: String, lang: Lang, now: i64) -> String {
        match self.time {
            Some(time) => format!("{author}, {}", lang.when(time, now)),
            None => author,
        }
    }
}

/// The signatures of the versions that made a change, newest first.
pub(super) fn signatures<'a>(traced: &Traced, versions: &'a [PlanVersion]) -> Vec<Signature<'a>> {
    let signature = |version: &'a PlanVersion| Signature {
        author: &version.version.author,
        time: version.version.time.as_ref(),
    };
    let versions = traced.by.iter().filter_map(|at| versions.get(*at));
    versions.map(signature).collect()
}

/// The stable name of a place for hooks: `yellow/medication`, `limits/spo2`, `goal`.
pub(in super::super) fn place_id(place: &Place) -> String {
    let list = |list: List| match list {
        List::Goals => "goal".to_owned(),
        List::Contacts => "contact".to_owned(),
        List::Notes => "note".to_owned(),
        List::Cell(cell) => format!("{}/{}", zone_id(cell.zone), cell.area.id()),
    };
    match place {
        Place::Title => "title".to_owned(),
        Place::Description => "description".to_owned(),
        Place::FollowUp => "follow-up".to_owned(),
        Place::Condition(zone) => format!("{}/condition", zone.id()),
        Place::Interval(parameter) => format!("interval/{}", parameter.id()),
        Place::Limits(parameter, 0) => format!("limits/{}", parameter.id()),
        Place::Limits(parameter, number) => format!("limits/{}/{number}", parameter.id()),
        Place::Order(of) => format!("order/{}", list(*of)),
        Place::Goal(_) => list(List::Goals),
        Place::Contact(_) => list(List::Contacts),
        Place::Note(_) => list(List::Notes),
        Place::Activity(cell, _) => list(List::Cell(*cell)),
    }
}

/// The name of a zone for hooks, or `any`.
pub(in super::super) const fn zone_id(zone: Option<PlanZone>) -> &'static str {
    match zone {
        Some(zone) => zone.id(),
        None => "any",
    }
}

/// One change, signed. `plans` are the older and the newer one.
pub(in super::super) fn change(
    change: &Change,
    plans: [&CarePlan; 2],
    signed: &[Signature<'_>],
    lang: Lang,
    now: i64,
) -> Html {
    let newest = signed.first();
    let author = newest.map(|signature| signature.author.name.clone());
    let time = newest.and_then(|signature| Some(signature.time?.text().to_owned()));
    let by: Vec<String> = signed.iter().map(|signature| signature.text(lang, now)).collect();
    html! {
        <div class="change" data-testid="change" data-kind={change.kind().id()} data-cell={place_id(&change.place)}
            data-author={author} data-time={time}>
            {lines(&lang.change_lines(change, plans), lang)}
            if !by.is_empty() {
                <p class="by">{by.join("; ")}</p>
            }
        </div>
    }
}

/// Changed fields below each other.
pub(in super::super) fn lines(lines: &[Line], lang: Lang) -> Html {
    let line = |line: &Line| {
        html! {
            <p>
                if !line.label.is_empty() {
                    <span class="quiet">{line.label.clone()}{": "}</span>
                }
                {for line.pieces.iter().map(|piece| marked(piece, lang))}
            </p>
        }
    };
    lines.iter().map(line).collect()
}

fn marked(piece: &Marked, lang: Lang) -> Html {
    let text = piece.text.clone();
    let unseen = |msg| html! { <span class="unseen">{format!(" {} ", lang.plan(msg))}</span> };
    match piece.kind {
        PieceKind::Same => html! { {text} },
        PieceKind::Inserted => html! { <ins>{unseen(PlanMsg::Inserted)}{text}</ins> },
        PieceKind::Deleted => html! { <><del>{unseen(PlanMsg::Deleted)}{text}</del><wbr /></> },
    }
}

/// One side of the same: the older text without what was put in, or the newer without what was taken out.
pub(super) fn one_side(all: &[Line], hidden: PieceKind, lang: Lang) -> Html {
    let side = |line: &Line| Line {
        label: line.label.clone(),
        pieces: line
            .pieces
            .iter()
            .filter(|piece| piece.kind != hidden)
            .cloned()
            .collect(),
    };
    let sides: Vec<Line> = all
        .iter()
        .map(side)
        .filter(|line| !line.pieces.is_empty())
        .collect();
    lines(&sides, lang)
}
