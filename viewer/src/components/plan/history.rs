//! The change log: every version with who, when and why, and the choice of the two that are compared. How they
//! are compared is in `compared`.

use chart_model::care_plan::Version;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::super::error_view::{fetch_failed, notice};
use super::compared::comment;
use crate::state::plan::selectors::{Comparison, missing};
use crate::state::plan::{HistoryKind, PlanDesk, PlanVersion};
use crate::state::{Command, Fetch, PlanCommand};
use crate::text::{Lang, PlanMsg};

/// The change log as it is looked at.
#[derive(Clone, Copy)]
pub(super) struct Log<'a> {
    /// The versions.
    pub desk: &'a PlanDesk,
    /// The two that are compared, by their places.
    pub compared: [usize; 2],
    /// How many changes each version made; `None` for the oldest.
    pub counts: &'a [Option<usize>],
    /// The older text beside the newer.
    pub side_by_side: bool,
    /// The language.
    pub lang: Lang,
    /// The moment that dates are seen from.
    pub now: i64,
}

impl Log<'_> {
    /// All of it. `comparison` is that of the two versions compared.
    pub(super) fn html(
        self,
        comparison: Option<&Comparison>,
        commands: &Callback<Command>,
        on_side_by_side: &Callback<bool>,
    ) -> Html {
        let Self { desk, lang, .. } = self;
        match &desk.history {
            Fetch::Failed(problem) => {
                let retry = commands.reform(|()| Command::Plan(PlanCommand::AskHistory));
                return fetch_failed(&lang.plan(PlanMsg::HistoryFailed), problem, lang, Some(retry));
            }
            Fetch::Waiting if desk.versions.len() < 2 => {
                return html! { <p role="status">{lang.plan(PlanMsg::HistoryAwaited)}</p> };
            }
            Fetch::Waiting | Fetch::Done => {}
        }
        let said = match desk.history_kind {
            HistoryKind::Complete => Html::default(),
            HistoryKind::CutShort => notice(
                Some("history-cut"),
                &lang.plan(PlanMsg::HistoryCutShort),
                Html::default(),
            ),
            HistoryKind::NotGiven => notice(
                Some("history-none"),
                &lang.plan(PlanMsg::HistoryNotGiven),
                Html::default(),
            ),
        };
        html! {
            <>
                {said}
                <div class="plan-log">
                    if desk.versions.len() > 1 {
                        <section class="plan-compared">
                            {self.choice(commands)}
                            {self.compared(comparison, on_side_by_side)}
                        </section>
                    }
                    {self.versions(commands)}
                </div>
            </>
        }
    }

    /// Which two versions: the usual ones by one press, any by choice.
    fn choice(self, commands: &Callback<Command>) -> Html {
        let Self {
            desk,
            compared: [older, newer],
            lang,
            now,
            ..
        } = self;
        let compare = |older, newer| Command::Plan(PlanCommand::Compare { older, newer });
        let quick = |msg: PlanMsg<'_>, from: usize| {
            let pressed = (older, newer) == (from, 0);
            html! {
                <button type="button" aria-pressed={pressed.to_string()}
                    onclick={commands.reform(move |_| compare(from, 0))}>
                    {lang.plan(msg)}
                </button>
            }
        };
        let versions = || desk.versions.iter().enumerate();
        let select = |msg: PlanMsg<'_>, chosen: usize, to: Callback<usize>| {
            let on_change = to.reform(|event: Event| {
                let select = event.target_dyn_into::<HtmlSelectElement>();
                select
                    .and_then(|select| usize::try_from(select.selected_index()).ok())
                    .unwrap_or_default()
            });
            html! {
                <label>
                    {lang.plan(msg)}{" "}
                    <select onchange={on_change}>
                        {for versions().map(|(at, version)| html! {
                            <option selected={at == chosen}>{summary(version, lang, now)}</option>
                        })}
                    </select>
                </label>
            }
        };
        html! {
            <>
                <div class="plan-choice" role="group" aria-label={lang.plan(PlanMsg::ChangeLog)}>
                    {quick(PlanMsg::LatestVersion, 1)}
                    {for desk.seen().map(|seen| quick(PlanMsg::SinceSeen, seen))}
                </div>
                <div class="plan-choice" role="group" aria-label={lang.plan(PlanMsg::TwoVersions)}>
                    {select(PlanMsg::OlderVersion, older, commands.reform(move |at| compare(at, newer)))}
                    {select(PlanMsg::NewerVersion, newer, commands.reform(move |at| compare(older, at)))}
                </div>
            </>
        }
    }

    /// Every version, newest first.
    fn versions(self, commands: &Callback<Command>) -> Html {
        let Self {
            desk,
            compared,
            counts,
            lang,
            now,
            ..
        } = self;
        // Where all versions are here, numbers that leap are the source's way of counting.
        let older = |at: usize| {
            let has_gaps = desk.history_kind != HistoryKind::Complete;
            desk.versions.get(at + 1).filter(|_| has_gaps)
        };
        let entry = |(at, version): (usize, &PlanVersion)| {
            let PlanVersion { version: about, .. } = version;
            let time = about.time.as_ref().map(|time| time.text().to_owned());
            let changes = match counts.get(at).copied().flatten() {
                Some(count) => {
                    let count = lang.plan(PlanMsg::Changes(count));
                    let name = lang.version(about, now);
                    let on_click = commands.reform(move |_| {
                        Command::Plan(PlanCommand::Compare {
                            older: at + 1,
                            newer: at,
                        })
                    });
                    let pressed = compared == [at + 1, at];
                    html! {
                        <button type="button" aria-pressed={pressed.to_string()} onclick={on_click}
                            aria-label={format!(
                                "{}, {}",
                                count,
                                lang.plan(PlanMsg::ShowChangesOf(&name)),
                            )}>
                            {count}
                        </button>
                    }
                }
                None if desk.history != Fetch::Done => Html::default(),
                None if desk.history_kind == HistoryKind::Complete => {
                    html! { {lang.plan(PlanMsg::FirstVersion)} }
                }
                None => html! { {lang.plan(PlanMsg::OldestGiven)} },
            };
            html! {
                <li data-testid="version" data-version={about.id.to_string()} data-author={about.author.name.clone()}
                    data-time={time}>
                    <p class="version-head">
                        <strong>{lang.version(about, now)}</strong>{" · "}{lang.version_time(about, now)}
                    </p>
                    <p>{lang.version_author(about)}</p>
                    {comment(about.comment.trim(), lang)}
                    <p class="quiet">{changes}</p>
                    {for older(at).and_then(|older| gap(about, &older.version, lang))}
                </li>
            }
        };
        html! {
            <section class="plan-versions">
                <h3>{lang.plan(PlanMsg::Versions)}</h3>
                <ol>{for desk.versions.iter().enumerate().map(entry)}</ol>
            </section>
        }
    }
}

/// That versions before this one are not to be had.
fn gap(newer: &Version, older: &Version, lang: Lang) -> Option<Html> {
    let names = missing(newer, older)?.map(|number| lang.plan(PlanMsg::VersionNumber(&number.to_string())));
    let named = match &names {
        [first, last] if first == last => first.clone(),
        [first, last] => format!("{first}–{last}"),
    };
    let said = lang.plan(PlanMsg::VersionsMissing(&named));
    Some(html! { <p class="quiet" data-testid="version-missing">{said}</p> })
}

/// `v7 · 3. sep. kl. 08.12 · Kari Vik`
fn summary(version: &PlanVersion, lang: Lang, now: i64) -> String {
    let about = &version.version;
    let mut text = format!("{} · {}", lang.version(about, now), lang.version_time(about, now));
    if !about.author.name.is_empty() {
        text.push_str(" · ");
        text.push_str(&about.author.name);
    }
    text
}
