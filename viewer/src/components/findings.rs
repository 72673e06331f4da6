//! What could not be read, and remarks about what could: one quiet line that opens a list.

use chart_model::{Finding, FindingKind};
use yew::prelude::*;

use super::hooks::use_lang;
use super::shared::Shared;
use crate::text::{Lang, Msg};

/// Findings listed of each sort at most; the rest is counted.
const MOST_LISTED: usize = 200;

/// See [`Findings`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct FindingsProps {
    /// All of them.
    pub findings: Shared<Vec<Finding>>,
}

/// "3 målinger kunne ikke tolkes [Vis]"
#[component]
pub(super) fn Findings(props: &FindingsProps) -> Html {
    let lang = use_lang();
    let open = use_state_eq(|| false);
    let (missing, remarks): (Vec<&Finding>, Vec<&Finding>) = props
        .findings
        .iter()
        .partition(|finding| costs_readings(finding.kind));
    let headline = match (missing.len(), remarks.len()) {
        (0, 0) => return Html::default(),
        (0, remarks) => lang.say(Msg::Remarks(remarks)),
        (missing, _) => lang.say(Msg::Unreadable(missing)),
    };
    let on_click = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
    html! {
        <section class="findings">
            <p>
                <span id="findings-count">{headline}</span>{" "}
                <button type="button" class="link" aria-expanded={open.to_string()} aria-controls="findings-list"
                    aria-describedby="findings-count" onclick={on_click}>
                    {lang.say(if *open { Msg::Hide } else { Msg::Show })}
                </button>
            </p>
            <div id="findings-list" hidden={!*open}>
                {list(&missing, lang)}
                if !missing.is_empty() && !remarks.is_empty() {
                    <h3>{lang.say(Msg::RemarksHeading)}</h3>
                }
                {list(&remarks, lang)}
            </div>
        </section>
    }
}

/// True where readings are missing because of it; else it is a remark about something shown.
fn costs_readings(kind: FindingKind) -> bool {
    kind.replaces_reading() || kind == FindingKind::BrokenBundle
}

fn list(findings: &[&Finding], lang: Lang) -> Html {
    if findings.is_empty() {
        return Html::default();
    }
    let left = findings.len().saturating_sub(MOST_LISTED);
    html! {
        <ul>
            {for findings.iter().take(MOST_LISTED).map(|finding| html! {
                <li data-testid="finding" data-kind={finding.kind.id()}>
                    {lang.say(Msg::Finding(finding.kind))}
                    if !finding.detail.is_empty() {
                        {": "}<code>{finding.detail.clone()}</code>
                    }
                    <span class="quiet">{" "}{finding.resource.clone()}</span>
                </li>
            })}
            if left > 0 {
                <li>{lang.say(Msg::AndMore(left))}</li>
            }
        </ul>
    }
}
