//! What is drawn of a chart, on a backend that only takes notes; and the text for pasting.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a chart that cannot be drawn has failed the test"
)]

mod common;

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use common::{any_record, clinic, with_readings};
use plotters::drawing::IntoDrawingArea;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use proptest::prelude::*;
use record::{Document, draw_chart, draw_picture, picture_height, text};

/// What was drawn.
#[derive(Default)]
struct Notes {
    texts: Vec<String>,
    discs: Vec<(BackendCoord, (u8, u8, u8))>,
    polygons: Vec<Vec<BackendCoord>>,
    paths: Vec<(Vec<BackendCoord>, (u8, u8, u8))>,
}

struct Noting(Rc<RefCell<Notes>>, (u32, u32));

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Noting {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.1
    }
    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }
    fn present(&mut self) -> Done {
        Ok(())
    }
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Done {
        panic!("pixels are for backends without shapes");
    }
    fn draw_rect<S: BackendStyle>(&mut self, _: BackendCoord, _: BackendCoord, _: &S, _: bool) -> Done {
        Ok(())
    }
    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        self.0
            .borrow_mut()
            .paths
            .push((path.into_iter().collect(), style.color().rgb));
        Ok(())
    }
    fn draw_circle<S: BackendStyle>(&mut self, at: BackendCoord, _: u32, style: &S, _: bool) -> Done {
        self.0.borrow_mut().discs.push((at, style.color().rgb));
        Ok(())
    }
    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        _: &S,
    ) -> Done {
        self.0.borrow_mut().polygons.push(corners.into_iter().collect());
        Ok(())
    }
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, _: &S, _: BackendCoord) -> Done {
        self.0.borrow_mut().texts.push(text.to_owned());
        Ok(())
    }
}

fn drawn(record: &Document, section: usize) -> Notes {
    let notes = Rc::new(RefCell::new(Notes::default()));
    let area = Noting(Rc::clone(&notes), (1000, 300)).into_drawing_area();
    let chart = record.sections[section].chart.as_ref().unwrap();
    draw_chart(&area, chart, &record.words, 2.0).unwrap();
    drop(area);
    Rc::into_inner(notes).unwrap().into_inner()
}

const PAPER: (u8, u8, u8) = (255, 255, 255);
/// The line from reading to reading.
const LINE: (u8, u8, u8) = (0x6d, 0x78, 0x83);

#[test]
fn each_reading_has_the_shape_of_its_zone_and_those_typed_in_are_hollow() {
    let notes = drawn(&clinic(), 2);
    // Eight without limits, one of them typed in: a paper-coloured disc within.
    assert_eq!(notes.discs.len(), 8 + 1);
    assert_eq!(
        notes.discs.iter().filter(|(_, colour)| *colour == PAPER).count(),
        1
    );
    let notes = drawn(&with_readings(70), 0);
    // Of each ten: two round, a diamond, two triangles, two double triangles; and the two marks on the time axis.
    assert_eq!(
        (notes.discs.len(), notes.polygons.len()),
        (20, 10 * (1 + 2 + 4) + 2)
    );
}

#[test]
fn the_line_is_broken_where_the_readings_are() {
    let notes = drawn(&clinic(), 0);
    let lines: Vec<_> = notes
        .paths
        .iter()
        .filter(|(path, colour)| *colour == LINE && path.len() > 2)
        .collect();
    assert_eq!(
        lines.iter().map(|(path, _)| path.len()).collect::<Vec<_>>(),
        [40, 36]
    );
}

#[test]
fn axes_and_bands_have_words() {
    let texts = drawn(&clinic(), 0).texts;
    for word in ["80", "95", "1. sep.", "1. nov.", "Rød, under"] {
        assert!(texts.iter().any(|text| text == word), "{word} in {texts:?}");
    }
}

#[test]
fn nothing_is_drawn_outside_of_the_picture() {
    let record = clinic();
    for section in 0..3 {
        let notes = drawn(&record, section);
        let paths = notes.paths.iter().flat_map(|(path, _)| path);
        let places = paths
            .chain(notes.polygons.iter().flatten())
            .chain(notes.discs.iter().map(|(at, _)| at));
        for (x, y) in places {
            assert!((0..=1000).contains(x) && (0..=300).contains(y), "{x} {y}");
        }
    }
}

fn picture(record: &Document) -> Notes {
    let notes = Rc::new(RefCell::new(Notes::default()));
    let height = (picture_height(record, 500.0) * 2.0).ceil();
    draw_picture(Noting(Rc::clone(&notes), (1000, height as u32)), record, 2.0).unwrap();
    Rc::into_inner(notes).unwrap().into_inner()
}

#[test]
fn a_picture_carries_the_whole_stamp() {
    let record = clinic();
    let text = picture(&record).texts.join(" ");
    let stamp = record.stamp.iter().flat_map(|fact| [&fact.name, &fact.text]);
    let said = record
        .sections
        .iter()
        .flat_map(|section| [&section.heading, &section.sentence, &section.coverage]);
    for said in stamp
        .chain(said)
        .chain([&record.title, &record.identity])
        .chain(&record.notes)
    {
        assert!(text.contains(said), "{said}");
    }
}

#[test]
fn the_text_for_pasting_has_stamp_sentence_and_a_line_for_each_reading() {
    let mut record = clinic();
    record.sections[0].table.rows[0].cells[3] = "Apparat\tfra\nNord".to_owned();
    let text = text(&record);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(
        lines[..3],
        [
            record.title.as_str(),
            &record.identity,
            "Periode: Siste 90 dager, 24.08.2026–22.11.2026"
        ]
    );
    assert!(lines.contains(&record.sections[0].sentence.as_str()));
    assert!(lines.contains(&"Tid\tVerdi\tSone\tKilde"));
    let cell = "\tApparat fra Nord";
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("dag 89 kl. 08.12\t") && line.ends_with(cell))
    );
    let readings: usize = record
        .sections
        .iter()
        .map(|section| section.table.rows.len())
        .sum();
    assert_eq!(
        lines
            .iter()
            .filter(|line| line.matches('\t').count() == 3)
            .count(),
        readings + 3
    );
    assert_eq!(lines.last(), Some(&"Vekt og puls ble ikke valgt."));
}

proptest! {
    #[test]
    fn whatever_is_given_can_be_drawn(record in any_record()) {
        picture(&record);
    }
}
