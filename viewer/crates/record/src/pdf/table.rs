//! A table of readings: columns as wide as what they hold, heads again on every page, a row too high for a page
//! continued on the next one. Chooses no row and no word.

use chart_model::Zone;
use pdf_writer::Content;
use pdf_writer::types::StructRole;
use plotters::drawing::DrawingArea;

use super::backend::{self, Backend};
use super::sheets::{self, PAPER, SIDES, Sheets};
use super::text::{Style, Used};
use super::tree::Place;
use super::{HEAD, SMALL};
use crate::chart::{self, Pen};
use crate::content::{Row, Table};
use crate::{font, theme};

/// Room between columns, points.
const APART: f32 = 12.0;
/// Room for the symbol of a zone.
const SYMBOL: f32 = 11.0;
/// The column that holds the zone.
const ZONE: usize = 2;
/// Room above and below the lines of a row.
const PADDING: f32 = 1.5;

/// Left edge and width.
type Column = (f32, f32);

/// A cell of a row that is being written.
struct Cell {
    owner: Place,
    left: f32,
    /// Not written yet.
    lines: Vec<String>,
    symbol: Option<Zone>,
}

/// Writes the table below `parent`.
pub(super) fn write(sheets: &mut Sheets, parent: Place, table: &Table) {
    let columns = columns(table);
    let heads: Vec<Vec<String>> = columns
        .iter()
        .enumerate()
        .map(|(number, (_, width))| {
            let text = table.columns.get(number).map_or("", String::as_str);
            font::lines(&sheets.spell(text), HEAD.size, *width)
        })
        .collect();
    sheets.keep(height(&heads, HEAD) + 3.0 * SMALL.leading);
    let owner = sheets.tree.add(parent, StructRole::Table);
    let row = sheets.tree.add(owner, StructRole::TR);
    let y = sheets.y() + PADDING;
    for (head, (left, _)) in heads.iter().zip(&columns) {
        let owner = sheets.tree.add(row, StructRole::TH);
        sheets.mark(owner, |content, used| {
            sheets::lines_of(content, used, head, HEAD, (*left, y));
        });
    }
    sheets.skip(height(&heads, HEAD));
    sheets.rule(theme::LINE);
    for row in &table.rows {
        write_row(sheets, owner, row, &columns, &heads);
    }
}

/// The height of a row.
fn height(cells: &[Vec<String>], style: Style) -> f32 {
    let most = cells.iter().map(Vec::len).max().unwrap_or(1);
    most as f32 * style.leading + 2.0 * PADDING
}

fn write_row(sheets: &mut Sheets, table: Place, row: &Row, columns: &[Column], heads: &[Vec<String>]) {
    let owner = sheets.tree.add(table, StructRole::TR);
    let mut cells: Vec<Cell> = Vec::with_capacity(columns.len());
    for (number, (left, width)) in columns.iter().enumerate() {
        let text = row.cells.get(number).map_or("", String::as_str);
        let symbol = row.zone.filter(|_| number == ZONE);
        let indent = if symbol.is_some() { SYMBOL } else { 0.0 };
        let spelled = sheets.spell(text);
        let cell = sheets.tree.add(owner, StructRole::TD);
        if spelled != text {
            sheets.tree.actual(cell, text);
        }
        cells.push(Cell {
            owner: cell,
            left: left + indent,
            lines: font::lines(&spelled, SMALL.size, (width - indent).max(SYMBOL)),
            symbol,
        });
    }
    loop {
        let high = cells
            .iter()
            .map(|cell| cell.lines.len())
            .max()
            .unwrap_or_default();
        if high == 0 {
            break;
        }
        if sheets.keep(high.min(3) as f32 * SMALL.leading + 2.0 * PADDING) {
            repeat(sheets, columns, heads);
        }
        let fitting = ((sheets.room() - 2.0 * PADDING) / SMALL.leading).max(1.0) as usize;
        let y = sheets.y() + PADDING;
        for cell in cells.iter_mut().filter(|cell| !cell.lines.is_empty()) {
            let later = cell.lines.split_off(fitting.min(cell.lines.len()));
            let now = std::mem::replace(&mut cell.lines, later);
            let (left, symbol) = (cell.left, cell.symbol.take());
            sheets.mark(cell.owner, |content, used| {
                if let Some(zone) = symbol {
                    draw_symbol(content, used, zone, (left - SYMBOL, y));
                }
                sheets::lines_of(content, used, &now, SMALL, (left, y));
            });
        }
        sheets.skip(high.min(fitting) as f32 * SMALL.leading + 2.0 * PADDING);
    }
    sheets.rule(theme::GRID);
}

/// The heads again, for the eye only.
fn repeat(sheets: &mut Sheets, columns: &[Column], heads: &[Vec<String>]) {
    let y = sheets.y() + PADDING;
    sheets.decorate(|content, used| {
        for (head, (left, _)) in heads.iter().zip(columns) {
            sheets::lines_of(content, used, head, HEAD, (*left, y));
        }
    });
    sheets.skip(height(heads, HEAD));
    sheets.rule(theme::LINE);
}

/// The shape of a zone before its word.
fn draw_symbol(content: &mut Content, used: &mut Used, zone: Zone, (left, y): (f32, f32)) {
    let size = (SYMBOL, SMALL.leading);
    let area: DrawingArea<_, _> = Backend::new(content, used, (left, PAPER.1 - y), size).into();
    let pen = Pen {
        area: &area,
        unit: backend::UNIT,
    };
    let middle = (pen.pixels(3.5), pen.pixels(f64::from(SMALL.leading) / 2.0));
    backend::cannot_fail(chart::sign_of_zone(&pen, middle, zone));
}

/// As wide as the widest cell; where that is too much together, the widest ones give way.
fn columns(table: &Table) -> Vec<Column> {
    let cells = |row: &Row| row.cells.len();
    let count = table.rows.iter().map(cells).fold(table.columns.len(), usize::max);
    let mut widths = vec![SYMBOL; count];
    for (width, head) in widths.iter_mut().zip(&table.columns) {
        *width = width.max(font::width(&font::spelled(head), HEAD.size) + 1.0);
    }
    for row in &table.rows {
        for (number, (width, cell)) in widths.iter_mut().zip(&row.cells).enumerate() {
            let indent = if number == ZONE { SYMBOL } else { 0.0 };
            *width = width.max(font::width(&font::spelled(cell), SMALL.size) + indent + 1.0);
        }
    }
    let most = most(
        &widths,
        SIDES.1 - SIDES.0 - APART * count.saturating_sub(1) as f32,
    );
    let mut left = SIDES.0;
    let place = |width: f32| {
        let column = (left, width.min(most));
        left += column.1 + APART;
        column
    };
    widths.into_iter().map(place).collect()
}

/// The width that none may exceed so that all fit, found by halving.
fn most(widths: &[f32], room: f32) -> f32 {
    let (mut fits, mut too_wide) = (SYMBOL, room);
    for _ in 0..16 {
        let between = f32::midpoint(fits, too_wide);
        if widths.iter().map(|width| width.min(between)).sum::<f32>() <= room {
            fits = between;
        } else {
            too_wide = between;
        }
    }
    fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_widest_columns_give_way() {
        let most = most(&[50.0, 60.0, 900.0, 400.0], 400.0);
        assert!((most - 145.0).abs() < 0.1, "{most}");
        assert!(super::most(&[50.0, 60.0], 400.0) > 60.0);
    }
}
