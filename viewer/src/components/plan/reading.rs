//! The plan's parts: the cells of its grid, goals, contacts, who follows up, limits, remarks. Where they stand on
//! the screen is decided in `column` and `panel`.

use chart_model::Zone;
use chart_model::care_plan::{Area, Cell, List, Place, PlanZone};
use yew::prelude::*;

use super::super::zone_symbol::zone_symbol;
use super::tracked::zone_id;
use super::values::Sheet;
use crate::text::{Lang, Msg, PlanMsg};

/// Areas that every plan is asked about; the others are shown where there is something.
pub(in super::super) const MAIN: [Area; 3] = [Area::Medication, Area::PhysicalActivity, Area::Diet];

/// The zones of the grid with what holds in every zone behind them.
pub(in super::super) const COLUMNS: [Option<PlanZone>; 4] = [
    Some(PlanZone::Green),
    Some(PlanZone::Yellow),
    Some(PlanZone::Red),
    None,
];

/// The symbol of a zone.
pub(in super::super) fn plan_zone_symbol(zone: PlanZone) -> Html {
    zone_symbol(match zone {
        PlanZone::Green => Zone::Green,
        PlanZone::Yellow => Zone::YellowHigh,
        PlanZone::Red => Zone::RedHigh,
    })
}

/// The symbol and the name of a zone.
pub(in super::super) fn zone_name(zone: Option<PlanZone>, lang: Lang) -> Html {
    let name = zone.map_or(PlanMsg::AnyZone, PlanMsg::Zone);
    html! { <span class="zone-name">{for zone.map(plan_zone_symbol)}{lang.plan(name)}</span> }
}

/// One zone: how it is known, and what is done, area by area.
pub(in super::super) fn zone(sheet: Sheet<'_>, zone: Option<PlanZone>) -> Html {
    let areas = Area::ALL.into_iter().filter(|area| {
        let is_asked = zone.is_some() && MAIN.contains(area);
        is_asked || !sheet.items(List::Cell(Cell { zone, area: *area })).is_empty()
    });
    let condition = zone
        .map(Place::Condition)
        .filter(|condition| sheet.has(condition));
    html! {
        <>
            if let Some(condition) = condition {
                <div class="condition">{sheet.value(&condition)}</div>
            }
            <dl class="areas">
                {for areas.map(|area| html! {
                    <div><dt>{sheet.lang.plan(PlanMsg::Area(area))}</dt>{cell("dd", sheet, Cell { zone, area })}</div>
                })}
            </dl>
        </>
    }
}

/// True if the plan says something that holds in every zone.
pub(super) fn has_any_zone(sheet: Sheet<'_>) -> bool {
    let cells = Area::ALL.map(|area| List::Cell(Cell { zone: None, area }));
    cells.into_iter().any(|cell| !sheet.items(cell).is_empty())
}

/// The whole grid as a table: areas downwards, zones across.
pub(super) fn grid(sheet: Sheet<'_>) -> Html {
    let columns: Vec<_> = COLUMNS
        .into_iter()
        .filter(|zone| zone.is_some() || has_any_zone(sheet))
        .collect();
    let is_used = |area: &Area| {
        let mut cells = COLUMNS
            .into_iter()
            .map(|zone| List::Cell(Cell { zone, area: *area }));
        MAIN.contains(area) || cells.any(|cell| !sheet.items(cell).is_empty())
    };
    let conditions = PlanZone::ALL.map(Place::Condition);
    let lang = sheet.lang;
    html! {
        <table class="plan-grid">
            <thead>
                <tr>
                    <td />
                    {for columns.iter().map(|zone| html! { <th scope="col">{zone_name(*zone, lang)}</th> })}
                </tr>
            </thead>
            <tbody>
                if conditions.iter().any(|condition| sheet.has(condition)) {
                    <tr>
                        <th scope="row">{lang.plan(PlanMsg::Condition)}</th>
                        {for columns.iter().map(|zone| html! {
                            <td>{for zone.map(Place::Condition).map(|place| sheet.value(&place))}</td>
                        })}
                    </tr>
                }
                {for Area::ALL.into_iter().filter(is_used).map(|area| html! {
                    <tr>
                        <th scope="row">{lang.plan(PlanMsg::Area(area))}</th>
                        {for columns.iter().map(|zone| cell("td", sheet, Cell { zone: *zone, area }))}
                    </tr>
                })}
            </tbody>
        </table>
    }
}

/// What is done in one cell.
fn cell(tag: &'static str, sheet: Sheet<'_>, cell: Cell) -> Html {
    let places = sheet.items(List::Cell(cell));
    let content = if places.is_empty() && (cell.zone.is_none() || !MAIN.contains(&cell.area)) {
        Html::default()
    } else if places.is_empty() {
        html! { <p class="quiet">{"–"}<span class="unseen">{sheet.lang.plan(PlanMsg::Nothing)}</span></p> }
    } else {
        list(sheet, &places)
    };
    html! {
        <@{tag} data-testid="plan-cell" data-zone={zone_id(cell.zone)} data-area={cell.area.id()}>{content}</@>
    }
}

fn list(sheet: Sheet<'_>, places: &[Place]) -> Html {
    match places {
        [place] => sheet.value(place),
        _ => html! {
            <ul class="points">{for places.iter().map(|place| html! { <li>{sheet.value(place)}</li> })}</ul>
        },
    }
}

/// What the plan is about, in the source's words.
pub(super) fn about(sheet: Sheet<'_>) -> Html {
    let places = [Place::Title, Place::Description];
    let there = places.iter().filter(|place| sheet.has(place));
    html! { {for there.map(|place| sheet.value(place))} }
}

/// Everything beside the grid, each part with its heading, where there is something.
pub(super) fn beside(sheet: Sheet<'_>) -> Html {
    let lang = sheet.lang;
    let section = |heading: PlanMsg<'_>, places: &[Place]| {
        let shown =
            |heading: &str| html! { <section><h3>{heading.to_owned()}</h3>{list(sheet, places)}</section> };
        (!places.is_empty()).then(|| shown(&lang.plan(heading)))
    };
    let follow_up: Vec<Place> = Some(Place::FollowUp)
        .into_iter()
        .filter(|place| sheet.has(place))
        .collect();
    html! {
        <>
            {for section(PlanMsg::Goals, &sheet.items(List::Goals))}
            {for section(PlanMsg::Contacts, &sheet.items(List::Contacts))}
            {for section(PlanMsg::FollowUp, &follow_up)}
            {numbers(sheet, &lang.plan(PlanMsg::Measured), |place| matches!(place, Place::Interval(_)))}
            {numbers(sheet, &lang.say(Msg::PersonalLimits), |place| matches!(place, Place::Limits(..)))}
            {for section(PlanMsg::Notes, &sheet.items(List::Notes))}
        </>
    }
}

/// What the plan says of each parameter.
fn numbers(sheet: Sheet<'_>, heading: &str, wanted: fn(&Place) -> bool) -> Html {
    let places = sheet.places(wanted);
    if places.is_empty() {
        return Html::default();
    }
    let name = |place: &Place| match place {
        Place::Limits(parameter, number) => sheet.lang.number_name(parameter, *number),
        Place::Interval(parameter) => sheet.lang.parameter(parameter),
        _ => String::new(),
    };
    html! {
        <section>
            <h3>{heading.to_owned()}</h3>
            <dl class="limits">
                {for places.iter().map(|place| html! { <div><dt>{name(place)}</dt><dd>{sheet.value(place)}</dd></div> })}
            </dl>
        </section>
    }
}
