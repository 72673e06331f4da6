//! The curve of one score through all fillings: the chart of a trend without what belongs to measurements.

use std::rc::Rc;

use chart_model::Series;
use yew::prelude::*;

use super::super::caption::Caption;
use super::super::hooks::use_lang;
use super::super::shared::Shared;
use super::super::trend_chart::{Chart, Plot, Stack, TrendChart};
use crate::state::Row;
use crate::text::Msg;

/// What the caption of a curve is made from.
pub(super) fn row_of(series: Series) -> Row {
    Row {
        parameter: series.parameter.clone(),
        latest: None,
        change: None,
        overdue_days: None,
        newer_implausible: None,
        limits: [None, None],
        series: Rc::new(series),
        earlier: None,
        waiting: false,
        problem: None,
    }
}

/// See [`ScoreCurve`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct ScoreCurveProps {
    /// Whose curve.
    pub row: Shared<Row>,
    /// The moment that dates are seen from.
    pub now: i64,
}

/// A curve that can be seen, pointed at, and read by keys.
#[component]
pub(super) fn ScoreCurve(props: &ScoreCurveProps) -> Html {
    let ScoreCurveProps { row, now } = props;
    let lang = use_lang();
    let stack = (*use_memo((), |()| Shared::from(Stack::new(Callback::noop())))).clone();
    let chart = Shared::from(&use_memo((), |()| Chart::default()));
    let plot = (*use_memo(row.clone(), |row| Shared::from(Rc::new(Plot::new(&row.series))))).clone();
    let name = lang.parameter(&row.parameter);
    let summary = AttrValue::from(lang.summary(&row.series));
    html! {
        <figure class="trend" tabindex="-1" aria-label={lang.say(Msg::TrendOf(&name)).into_owned()}
            data-testid="score-curve" data-points={row.series.drawn().to_string()}>
            <h4>{&name}</h4>
            <TrendChart plot={plot.clone()} decimals={row.parameter.decimals()} percent=false complete=true
                proposed={Vec::new()} label={format!("{summary} {}", lang.say(Msg::ChartKeys))}
                chart={chart.clone()} {stack} on_drawn={Callback::noop()} />
            <Caption {row} {chart} {plot} words={(summary, AttrValue::default())} {now} />
        </figure>
    }
}
