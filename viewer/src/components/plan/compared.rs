//! What changed from one version to another: marked in the text, or the older text beside the newer.

use chart_model::care_plan::PieceKind;
use yew::prelude::*;

use super::history::Log;
use super::tracked::{change, one_side, place_id, signatures};
use crate::state::plan::PlanVersion;
use crate::state::plan::selectors::{Comparison, Traced};
use crate::text::{Lang, Line, PlanMsg};

impl Log<'_> {
    /// What changed.
    pub(super) fn compared(self, comparison: Option<&Comparison>, on_side_by_side: &Callback<bool>) -> Html {
        let Self {
            desk,
            compared: [one, other],
            side_by_side,
            lang,
            now,
            ..
        } = self;
        let (older, newer) = (one.max(other), one.min(other));
        let (Some(from), Some(to), Some(comparison)) =
            (desk.versions.get(older), desk.versions.get(newer), comparison)
        else {
            return Html::default();
        };
        let names = [from, to].map(|version| lang.version(&version.version, now));
        let layout = |msg: PlanMsg<'_>, wanted: bool| {
            html! {
                <button type="button" aria-pressed={(wanted == side_by_side).to_string()}
                    onclick={on_side_by_side.reform(move |_| wanted)}>
                    {lang.plan(msg)}
                </button>
            }
        };
        let steps = desk.versions.get(newer..older).unwrap_or_default();
        let none = if Some(older) == desk.seen() && newer == 0 {
            PlanMsg::NothingSinceSeen
        } else {
            PlanMsg::NoChanges
        };
        html! {
            <>
                <div class="plan-compared-head">
                    <h3>
                        {lang.plan(PlanMsg::FromVersionTo(&names[0], &names[1]))}
                        <span class="quiet">{" · "}{lang.plan(PlanMsg::Changes(comparison.changes.len()))}</span>
                    </h3>
                    <div role="group" aria-label={lang.plan(PlanMsg::Layout)}>
                        {layout(PlanMsg::Tracked, false)}
                        {layout(PlanMsg::SideBySide, true)}
                    </div>
                </div>
                {for steps.iter().map(|step| reason(step, steps.len() > 1, lang, now))}
                if comparison.changes.is_empty() {
                    <p role="status">{lang.plan(none)}</p>
                } else if side_by_side {
                    {beside(comparison, &desk.versions, &names, lang, now)}
                } else {
                    {tracked(comparison, &desk.versions, lang, now)}
                }
            </>
        }
    }
}

/// Why a version was made, in its editor's words; named where it is one of several.
fn reason(step: &PlanVersion, is_one_of_several: bool, lang: Lang, now: i64) -> Html {
    let text = step.version.comment.trim();
    if text.is_empty() || !is_one_of_several {
        return comment(text, lang);
    }
    let named = format!(
        "{}: {}",
        lang.version(&step.version, now),
        lang.plan(PlanMsg::Comment(text))
    );
    html! { <p class="words">{named}</p> }
}

/// What an editor says, if anything.
pub(super) fn comment(text: &str, lang: Lang) -> Html {
    if text.is_empty() {
        return Html::default();
    }
    html! { <p class="words">{lang.plan(PlanMsg::Comment(text))}</p> }
}

/// Place by place, with the changes marked in the text.
fn tracked(comparison: &Comparison, versions: &[PlanVersion], lang: Lang, now: i64) -> Html {
    let plans = [&comparison.before, &comparison.after];
    let entry = |traced: &Traced| {
        html! {
            <li>
                <h4>{lang.place(&traced.change.place)}</h4>
                {change(&traced.change, plans, &signatures(traced, versions), lang, now)}
            </li>
        }
    };
    html! { <ul class="changes">{for comparison.changes.iter().map(entry)}</ul> }
}

/// The older text of each place beside the newer.
fn beside(
    comparison: &Comparison,
    versions: &[PlanVersion],
    names: &[String; 2],
    lang: Lang,
    now: i64,
) -> Html {
    let plans = [&comparison.before, &comparison.after];
    let side = |all: &[Line], hidden| html! { <td>{one_side(all, hidden, lang)}</td> };
    let row = |traced: &Traced| {
        let all = lang.change_lines(&traced.change, plans);
        let newest = signatures(traced, versions).into_iter().next();
        let author = newest.as_ref().map(|signature| signature.author.name.clone());
        let time = newest
            .as_ref()
            .and_then(|signature| Some(signature.time?.text().to_owned()));
        html! {
            <tr data-testid="change" data-kind={traced.change.kind().id()} data-cell={place_id(&traced.change.place)}
                data-author={author} data-time={time}>
                <th scope="row">
                    {lang.place(&traced.change.place)}
                    <p class="by">{for newest.map(|signature| signature.text(lang, now))}</p>
                </th>
                {side(&all, PieceKind::Inserted)}
                {side(&all, PieceKind::Deleted)}
            </tr>
        }
    };
    html! {
        <table class="plan-beside">
            <thead>
                <tr><td />{for names.iter().map(|name| html! { <th scope="col">{name.clone()}</th> })}</tr>
            </thead>
            <tbody>{for comparison.changes.iter().map(row)}</tbody>
        </table>
    }
}
