//! The statistics of what is seen of a trend, and beside them those of what it is compared with.

use chart_model::comparison::around;
use chart_model::statistics::{self, Summary};
use chart_model::{Date, Decimal, Known, Parameter, Period, Series, Zone, order, oslo};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::comparison::comparison;
use super::hooks::{use_commands, use_lang};
use super::shared::Shared;
use super::zone_symbol::zone_symbol;
use crate::state::{Command, Fetch, Row};
use crate::text::{Lang, Msg};

/// See [`DetailsChunk::statistics`](crate::chunks::DetailsChunk).
pub(crate) fn statistics(props: StatisticsProps) -> Html {
    html! { <Statistics ..props /> }
}

/// See [`Statistics`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct StatisticsProps {
    /// Whose.
    pub row: Shared<Row>,
    /// What is seen of its period.
    pub seen: Period,
    /// The moment that dates are seen from.
    pub now: i64,
}

/// The value of the choice that compares with the period before; those of limit changes are their instants.
const PERIOD_BEFORE: &str = "before";

/// Figures, and the choice of what they are compared with: the period before, or before and after limits changed.
#[component]
fn Statistics(props: &StatisticsProps) -> Html {
    let lang = use_lang();
    let commands = use_commands();
    let StatisticsProps { row, seen, now } = props;
    let today = oslo::date_of(*now);
    let series = Shared::from(&row.series);
    let change = use_state_eq(|| None::<i64>);
    let halves = change.and_then(|at| around(at, series.period));
    let earlier = row.earlier.as_ref().filter(|_| halves.is_none());
    let figures = {
        let before = earlier.filter(|(_, fetch)| *fetch == Fetch::Done);
        let before = before.map(|(before, _)| Shared::from(before));
        use_memo(
            (series.clone(), before, *seen, halves, today, lang),
            |(series, before, seen, halves, today, lang)| match (before, halves) {
                (_, Some([first, second])) => {
                    let (first, second) = (series.within(*first), series.within(*second));
                    compared([Msg::Before, Msg::After], &first, &second, *today, *lang)
                }
                (Some(before), None) => compared(
                    [Msg::PeriodBefore, Msg::ThisPeriod],
                    before,
                    series,
                    *today,
                    *lang,
                ),
                (None, None) => {
                    let seen = series.within(*seen);
                    table(&[(None, &seen)], *today, *lang)
                }
            },
        )
    };
    let compare = {
        let (row, commands, change) = (row.clone(), commands.clone(), change.clone());
        Callback::from(move |choice: String| {
            change.set(choice.parse().ok());
            let before =
                (choice == PERIOD_BEFORE).then(|| (row.parameter.clone(), row.series.period.before()));
            if before.is_some() || row.earlier.is_some() {
                commands.emit(Command::Compare(before));
            }
        })
    };
    let on_change = compare.reform(|event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>();
        select.map(|select| select.value()).unwrap_or_default()
    });
    let changes = series.steps.iter().skip(1).map(|step| {
        let day = lang.day(oslo::date_of(step.from), today);
        html! {
            <option value={step.from.to_string()} selected={*change == Some(step.from)}>
                {lang.say(Msg::BeforeAndAfter(&day))}
            </option>
        }
    });
    html! {
        <div class="statistics" data-testid="statistics">
            <label>
                {lang.say(Msg::Compare)}
                <select onchange={on_change}>
                    <option value="" selected={change.is_none() && earlier.is_none()}>
                        {lang.say(Msg::CompareNothing)}
                    </option>
                    <option value={PERIOD_BEFORE} selected={earlier.is_some()}>{lang.say(Msg::PeriodBefore)}</option>
                    {for changes}
                </select>
            </label>
            {match earlier {
                Some((_, Fetch::Waiting)) => html! { <p class="quiet">{lang.say(Msg::Fetching)}</p> },
                Some((_, Fetch::Failed(_))) => html! {
                    <p class="incomplete">
                        {lang.say(Msg::PeriodFailed)}{" "}
                        <button type="button" class="link" onclick={compare.reform(|_| PERIOD_BEFORE.to_owned())}>
                            {lang.say(Msg::Retry)}
                        </button>
                    </p>
                },
                _ => Html::default(),
            }}
            {(*figures).clone()}
        </div>
    }
}

/// Two trends over each other, and their figures side by side.
fn compared(names: [Msg<'static>; 2], earlier: &Series, later: &Series, today: Date, lang: Lang) -> Html {
    let [first, second] = names.map(|name| lang.say(name).into_owned());
    let columns = [
        (Some(("key earlier", first)), earlier),
        (Some(("key later", second)), later),
    ];
    html! {
        <>
            {comparison(earlier, later, lang)}
            {table(&columns, today, lang)}
        </>
    }
}

/// A trend, with the word and the look that tell it from another.
type Column<'a> = (Option<(&'static str, String)>, &'a Series);

/// One column per trend, headed by its period.
fn table(columns: &[Column<'_>], today: Date, lang: Lang) -> Html {
    let all: Vec<_> = columns.iter().map(|(_, series)| statistics::of(series)).collect();
    let unit = columns
        .first()
        .map(|(_, series)| series.parameter.unit().to_owned())
        .unwrap_or_default();
    let line = |id: &'static str, name: Html, cells: Vec<String>| {
        html! {
            <tr data-figure={id}>
                <th scope="row">{name}</th>
                {for cells.into_iter().map(|cell| html! { <td class="number">{cell}</td> })}
            </tr>
        }
    };
    let say = |msg: Msg<'_>| -> Html { lang.say(msg).into() };
    let figure = |of: fn(&Summary) -> Decimal| -> Vec<String> {
        all.iter()
            .map(|figures| numbers(&figures.numbers, of, figures.n, &unit, lang))
            .collect()
    };
    let mut zones: Vec<Zone> = all
        .iter()
        .flat_map(|figures| figures.zones.iter().map(|(zone, _)| *zone))
        .collect();
    order::by_key(&mut zones, |zone| *zone as i64);
    zones.dedup();
    let share = |zone: Zone| {
        all.iter().map(move |figures| {
            let counted = figures.zones.iter().find(|(of, _)| *of == zone);
            let count = counted.map_or(0, |(_, count)| *count);
            // Few are not none.
            let percent = match figures.percent(zone) {
                Some(0) | None if count > 0 => "<1".to_owned(),
                percent => lang.count(percent.unwrap_or_default()),
            };
            lang.say(Msg::Share(count, &percent)).into_owned()
        })
    };
    let is_pressure = columns
        .iter()
        .any(|(_, series)| series.parameter == Parameter::Known(Known::BloodPressure));
    let week = all.iter().zip(columns).map(|(figures, (_, series))| {
        let last_day = oslo::date_of(series.period.to);
        let week = figures.weeks.last().filter(|week| week.to == last_day);
        // Of how many is always said: the figures beside it are of others.
        week.map_or_else(none, |week| {
            numbers(&week.numbers, |summary| summary.mean, usize::MAX, &unit, lang)
        })
    });
    let left_out: Vec<String> = all.iter().map(|figures| left_out(figures, lang)).collect();
    html! {
        <table>
            <thead>
                <tr>
                    <td></td>
                    {for columns.iter().map(|(name, series)| html! {
                        <th scope="col">
                            if let Some((class, name)) = name {
                                <span class={*class}>{name}</span>{" "}
                            }
                            {lang.part((series.period.from as f64, series.period.to as f64), today)}
                        </th>
                    })}
                </tr>
            </thead>
            <tbody>
                {line("n", say(Msg::Count), all.iter().map(|figures| lang.count(figures.n)).collect())}
                {line("mean", say(Msg::Mean), figure(|summary| summary.mean))}
                {line("min", say(Msg::Lowest), figure(|summary| summary.min))}
                {line("max", say(Msg::Highest), figure(|summary| summary.max))}
                if is_pressure {
                    {line("week", say(Msg::SevenDayMean), week.collect())}
                }
                {for zones.iter().map(|zone| {
                    let name = html! { <>{zone_symbol(*zone)}{lang.say(Msg::ZoneName(*zone))}</> };
                    line(zone.id(), name, share(*zone).collect())
                })}
                if left_out.iter().any(|said| !said.is_empty()) {
                    {line("left-out", say(Msg::LeftOut), left_out)}
                }
            </tbody>
        </table>
    }
}

/// There is no such figure.
fn none() -> String {
    "–".to_owned()
}

/// One figure of each number with the unit: `132/84 mmHg`; with how many readings it is of, where that is not `n`.
fn numbers(
    summaries: &[Option<Summary>; 2],
    of: fn(&Summary) -> Decimal,
    n: usize,
    unit: &str,
    lang: Lang,
) -> String {
    let parts: Vec<String> = match summaries {
        [None, None] => return none(),
        [Some(only), None] => vec![lang.number(of(only))],
        both => both
            .iter()
            .map(|part| {
                part.as_ref()
                    .map_or_else(none, |summary| lang.number(of(summary)))
            })
            .collect(),
    };
    let said = lang.with_unit(&parts.join("/"), unit);
    let counted = summaries.iter().flatten().map(|summary| summary.n).max();
    match counted.filter(|counted| *counted != n) {
        Some(counted) => lang.say(Msg::MeanOf(&said, counted)).into_owned(),
        None => said,
    }
}

/// What the figures leave out, each kind by its name.
fn left_out(figures: &statistics::Statistics, lang: Lang) -> String {
    let excluded = figures
        .excluded
        .iter()
        .map(|(kind, count)| Msg::LeftOutAs(*kind, *count));
    let unit = (figures.other_unit > 0).then_some(Msg::LeftOutForUnit(figures.other_unit));
    let bounds = (figures.bounds > 0).then_some(Msg::LeftOutAsBound(figures.bounds));
    let said = excluded
        .chain(unit)
        .chain(bounds)
        .map(|msg| lang.say(msg).into_owned());
    said.collect::<Vec<_>>().join(", ")
}
