//! Queries run on the store: pages in keyset order, totals, the newest per code, included resources. Who may
//! ask for what is decided before.

mod include;

pub(crate) use self::include::included;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use super::outcome::Refusal;
use super::query::{Bound, Filter, Prefix, Query, Sort, SortKey, TermMatch};
use super::store::Stored;
use super::types::may_be_without_patient;
use crate::fhir::access::Reach;

/// The place in the order after which the next page begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) key: i64,
    pub(crate) pk: i64,
}

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) matches: Vec<Stored>,
    /// Where the next page begins, if there is one.
    pub(crate) next: Option<Place>,
}

/// A condition in SQL with its values.
struct Condition {
    sql: String,
    values: Vec<Sql>,
}

impl Condition {
    fn of(rtype: &str, query: &Query, reach: &Reach) -> Self {
        let mut condition = Self {
            sql: "type = ?".to_owned(),
            values: vec![rtype.to_owned().into()],
        };
        if let Reach::Patient(id) = reach {
            let also = if may_be_without_patient(rtype) {
                " OR patient IS NULL"
            } else {
                ""
            };
            condition.and(&format!("(patient = ?{also})"), [id.clone().into()]);
        }
        for filter in &query.filters {
            match filter {
                Filter::Patient(ids) => condition.and_in("patient", ids),
                Filter::Ids(ids) => condition.and_in("id", ids),
                Filter::Date(bounds) => condition.and_any(bounds, |bound| date(*bound, "start", "end")),
                Filter::DateMissing(missing) => {
                    let comparison = if *missing { "=" } else { ">" };
                    condition.and(&format!("start {comparison} ?"), [i64::MIN.into()]);
                }
                Filter::Updated(bounds) => {
                    condition.and_any(bounds, |bound| date(*bound, "updated", "(updated + 1)"));
                }
                Filter::Terms { name, any } => condition.and_terms(name, any),
            }
        }
        condition
    }

    fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Sql>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    fn and_in(&mut self, column: &str, ids: &[String]) {
        let marks = vec!["?"; ids.len()].join(", ");
        self.and(
            &format!("{column} IN ({marks})"),
            ids.iter().map(|id| id.clone().into()),
        );
    }

    fn and_any<T>(&mut self, any: &[T], sql: impl Fn(&T) -> (String, Vec<Sql>)) {
        let (parts, values): (Vec<_>, Vec<_>) = any.iter().map(sql).unzip();
        self.and(&format!("({})", parts.join(" OR ")), values.into_iter().flatten());
    }

    fn and_terms(&mut self, name: &str, any: &[TermMatch]) {
        let mut values: Vec<Sql> = vec![name.to_owned().into()];
        let parts: Vec<_> = any
            .iter()
            .map(|term| {
                let mut parts = Vec::new();
                for (column, wanted) in [("value", &term.value), ("system", &term.system)] {
                    if let Some(wanted) = wanted {
                        parts.push(format!("{column} = ?"));
                        values.push(wanted.clone().into());
                    }
                }
                if parts.is_empty() {
                    "TRUE".to_owned()
                } else {
                    parts.join(" AND ")
                }
            })
            .collect();
        let sql = format!(
            "EXISTS (SELECT 1 FROM term WHERE term.pk = resource.pk AND name = ? AND ({}))",
            parts.join(" OR ")
        );
        self.and(&sql, values);
    }
}

/// The comparisons of FHIR between the span of a resource and the span of a search value.
fn date(Bound { prefix, span }: Bound, start: &str, end: &str) -> (String, Vec<Sql>) {
    let (sql, values) = match prefix {
        Prefix::Eq => (format!("{start} >= ? AND {end} <= ?"), vec![span.start, span.end]),
        Prefix::Ne => (
            format!("NOT ({start} >= ? AND {end} <= ?)"),
            vec![span.start, span.end],
        ),
        Prefix::Gt => (format!("{end} > ?"), vec![span.end]),
        Prefix::Lt => (format!("{start} < ?"), vec![span.start]),
        Prefix::Ge => (format!("{end} > ?"), vec![span.start]),
        Prefix::Le => (format!("{start} < ?"), vec![span.end]),
        Prefix::Sa => (format!("{start} >= ?"), vec![span.end]),
        Prefix::Eb => (format!("{end} <= ?"), vec![span.start]),
    };
    let mut values: Vec<Sql> = values.into_iter().map(Sql::from).collect();
    values.push(i64::MIN.into());
    (format!("({sql} AND {start} > ?)"), values)
}

pub(crate) fn total(conn: &Connection, rtype: &str, query: &Query, reach: &Reach) -> Result<u32, Refusal> {
    let Condition { sql, values } = Condition::of(rtype, query, reach);
    let mut count = conn.prepare_cached(&format!("SELECT COUNT(*) FROM resource WHERE {sql}"))?;
    Ok(count.query_row(params_from_iter(values), |row| row.get(0))?)
}

pub(crate) fn page(
    conn: &Connection,
    rtype: &str,
    query: &Query,
    reach: &Reach,
    after: Option<Place>,
) -> Result<Page, Refusal> {
    let mut condition = Condition::of(rtype, query, reach);
    let Sort { by, descending } = query.sort;
    let key = match by {
        SortKey::Date => "start",
        SortKey::Updated => "updated",
    };
    let (direction, beyond) = if descending { ("DESC", "<") } else { ("ASC", ">") };
    if let Some(Place { key: last, pk }) = after {
        condition.and(&format!("({key}, pk) {beyond} (?, ?)"), [last.into(), pk.into()]);
    }
    let mut rows = select(
        conn,
        condition,
        &format!(
            "ORDER BY {key} {direction}, pk {direction} LIMIT {}",
            query.count + 1
        ),
        key,
    )?;
    let more = rows.len() > query.count;
    rows.truncate(query.count);
    let next = rows.last().filter(|_| more).map(|(place, _)| *place);
    Ok(Page {
        matches: rows.into_iter().map(|(_, stored)| stored).collect(),
        next,
    })
}

/// The newest `query.max` per code, retracted ones left out.
pub(crate) fn newest_per_code(
    conn: &Connection,
    patient: &str,
    query: &Query,
    reach: &Reach,
) -> Result<Vec<Stored>, Refusal> {
    let mut next_key = conn.prepare_cached(
        "SELECT MIN(code_key) FROM resource WHERE type = 'Observation' AND patient = ? AND code_key > ?",
    )?;
    let mut found = Vec::new();
    let mut last = String::new();
    while let Some(key) = next_key.query_row([patient, &last], |row| row.get::<_, Option<String>>(0))? {
        let mut condition = Condition::of("Observation", query, reach);
        condition.and(
            "patient = ? AND code_key = ?",
            [patient.to_owned().into(), key.clone().into()],
        );
        condition.and(
            "NOT EXISTS (SELECT 1 FROM term WHERE term.pk = resource.pk AND name = 'status' \
             AND value = 'entered-in-error')",
            [],
        );
        let order = format!("ORDER BY start DESC, pk DESC LIMIT {}", query.max);
        found.extend(
            select(conn, condition, &order, "start")?
                .into_iter()
                .map(|(_, stored)| stored),
        );
        last = key;
    }
    Ok(found)
}

fn select(
    conn: &Connection,
    condition: Condition,
    order: &str,
    key: &str,
) -> Result<Vec<(Place, Stored)>, Refusal> {
    let sql = format!(
        "SELECT {}, {key}, pk FROM resource WHERE {} {order}",
        Stored::COLUMNS,
        condition.sql
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(condition.values), |row| {
        Ok((
            Place {
                key: row.get(6)?,
                pk: row.get(7)?,
            },
            Stored::from_row(row)?,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
