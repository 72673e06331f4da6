//! What is written, read back by an independent reader of PDF.

#![allow(
    clippy::unwrap_used,
    reason = "a document that cannot be read has failed the test"
)]

#[path = "../common/mod.rs"]
mod common;
mod reader;

use common::{any_record, clinic, with_readings};
use proptest::prelude::*;
use reader::{catalog, characters, check_marks, dictionary, discs, font, packed, read, structure, texts};

#[test]
fn every_page_says_whom_it_is_about_and_which_page_it_is() {
    let record = clinic();
    let pages = texts(&read(&record));
    assert!(pages.len() > 3);
    for (number, text) in pages.iter().enumerate() {
        let place = format!("Side {} av {}", number + 1, pages.len());
        for said in [&record.identity, &record.title, &place] {
            assert!(text.lines().any(|line| line == said), "{said} on page {number}");
        }
    }
}

#[test]
fn the_stamp_the_sentences_and_all_readings_stand_in_the_document() {
    let record = clinic();
    let text = texts(&read(&record)).concat().replace('\n', " ");
    for fact in &record.stamp {
        assert!(text.contains(&fact.name) && text.contains(&fact.text), "{fact:?}");
    }
    for section in &record.sections {
        for said in [&section.heading, &section.sentence, &section.coverage] {
            assert!(text.contains(said), "{said}");
        }
        for row in &section.table.rows {
            assert!(text.contains(&row.cells.join(" ")), "{row:?}");
        }
        for said in section.limits.iter().chain(
            section
                .chart
                .iter()
                .flat_map(|chart| chart.marks.iter().map(|mark| &mark.text)),
        ) {
            assert!(text.contains(said), "{said}");
        }
    }
    for said in [
        "SpO₂",
        "Đặng",
        "1. sep.",
        "Usannsynlig, kontroller",
        "Vekt og puls ble ikke valgt.",
    ] {
        assert!(text.contains(said), "{said}");
    }
}

#[test]
fn a_screen_reader_finds_language_title_headings_figures_and_tables() {
    let record = clinic();
    let document = read(&record);
    let catalog = catalog(&document);
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"nb");
    let marked = dictionary(&document, catalog.get(b"MarkInfo").unwrap());
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let preferences = dictionary(&document, catalog.get(b"ViewerPreferences").unwrap());
    assert!(preferences.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let info = dictionary(&document, document.trailer.get(b"Info").unwrap());
    assert_eq!(
        lopdf::decode_text_string(info.get(b"Title").unwrap()).unwrap(),
        record.title
    );
    let (_, metadata) = document.dereference(catalog.get(b"Metadata").unwrap()).unwrap();
    let metadata = String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap();
    assert!(metadata.contains(&record.title) && metadata.contains("2026-11-22T"));

    check_marks(&document);
    let tree = structure(&document);
    assert_eq!((tree.role.as_str(), tree.of("H1").len()), ("Document", 1));
    // One for each parameter, the readings, the notes.
    assert_eq!((tree.of("H2").len(), tree.of("H3").len()), (3 + 2, 3));
    let figures = tree.of("Figure");
    let alternatives: Vec<_> = figures.iter().map(|figure| figure.text(b"Alt")).collect();
    let expected: Vec<_> = record
        .sections
        .iter()
        .map(|section| section.sentence.clone())
        .collect();
    assert_eq!(alternatives, expected);
    for figure in figures {
        let attributes = figure.fields.get(b"A").unwrap().as_array().unwrap()[0]
            .as_dict()
            .unwrap()
            .clone();
        assert_eq!(attributes.get(b"BBox").unwrap().as_array().unwrap().len(), 4);
    }
    for (table, section) in tree.of("Table").iter().zip(&record.sections) {
        let rows = table.of("TR");
        assert_eq!(rows.len(), section.table.rows.len() + 1);
        assert_eq!((rows[0].of("TH").len(), rows[0].of("TD").len()), (4, 0));
        assert!(rows[1..].iter().all(|row| row.of("TD").len() == 4));
        for head in rows[0].of("TH") {
            let attributes = head.fields.get(b"A").unwrap().as_array().unwrap()[0]
                .as_dict()
                .unwrap()
                .clone();
            assert_eq!(attributes.get(b"Scope").unwrap().as_name().unwrap(), b"Column");
        }
    }
    let order: Vec<_> = tree.kids.iter().map(|kid| kid.role.as_str()).collect();
    assert_eq!(
        order,
        [
            "H1", "P", "P", "P", "P", "P", "P", "Sect", "Sect", "Sect", "H2", "Sect", "Sect", "Sect", "H2",
            "P"
        ]
    );
}

#[test]
fn the_font_is_in_the_file_with_what_its_glyphs_stand_for() {
    let document = read(&clinic());
    let font = font(&document);
    assert_eq!(font.get(b"Encoding").unwrap().as_name().unwrap(), b"Identity-H");
    let cid = dictionary(
        &document,
        &font.get(b"DescendantFonts").unwrap().as_array().unwrap()[0],
    );
    let descriptor = dictionary(&document, cid.get(b"FontDescriptor").unwrap());
    let (_, file) = document
        .dereference(descriptor.get(b"FontFile2").unwrap())
        .unwrap();
    let file = &file.as_stream().unwrap().content;
    assert!(
        file.starts_with(&[0, 1, 0, 0]) && (8_000..30_000).contains(&file.len()),
        "{}",
        file.len()
    );
    let characters = characters(&document);
    let widths = cid.get(b"W").unwrap().as_array().unwrap();
    assert_eq!(widths.len(), 2 * characters.len());
    assert!(
        widths
            .chunks(2)
            .all(|pair| characters.contains_key(&u16::try_from(pair[0].as_i64().unwrap()).unwrap()))
    );
}

#[test]
fn every_reading_is_drawn_and_stands_in_the_table() {
    for count in [0, 1, 500, 20_000] {
        let record = with_readings(count);
        let document = read(&record);
        let zones = record.sections[0]
            .chart
            .iter()
            .flat_map(|chart| &chart.lines[0])
            .map(|dot| dot.zone);
        let round = zones
            .filter(|zone| matches!(zone.id(), "green" | "no-limit"))
            .count();
        assert_eq!(discs(&document), round, "{count}");
        let rows = structure(&document).of("TR").len();
        assert_eq!(rows, if count == 0 { 0 } else { count as usize + 1 });
    }
}

#[test]
fn characters_that_the_font_lacks_are_shown_as_codes_and_read_as_themselves() {
    let mut record = clinic();
    record.identity = "李 Wei".to_owned();
    let document = read(&record);
    let texts = texts(&document);
    assert!(texts.iter().all(|text| text.contains("[U+674E] Wei")));
    assert!(texts.concat().contains(&record.words.unprintable));
    let tree = structure(&document);
    let actual: Vec<_> = tree
        .all()
        .into_iter()
        .filter(|it| it.fields.has(b"ActualText"))
        .collect();
    assert_eq!(actual.len(), 1);
    assert_eq!(actual[0].text(b"ActualText"), "李 Wei");
    assert!(!texts.concat().contains('?'));
}

#[test]
fn a_name_too_long_for_the_head_of_a_page_is_whole_on_the_first_and_seen_to_be_cut() {
    let mut record = clinic();
    record.identity = "Ærlig-Østgård ".repeat(60).trim().to_owned();
    let texts = texts(&read(&record));
    assert!(texts[0].matches("Ærlig-Østgård").count() >= 60);
    assert!(
        texts[1]
            .lines()
            .any(|line| line.starts_with("Ærlig-Østgård") && line.ends_with('…'))
    );
}

#[test]
fn a_compressed_file_says_the_same_in_a_quarter_of_the_bytes() {
    let record = clinic();
    let plain = record::pdf(&record).finish(&[]);
    let packed = packed(&record);
    let share = packed.len() * 100 / plain.len();
    assert!(share < 25, "{share} % of {} bytes", plain.len());
    let (read, unpacked) = (lopdf::Document::load_mem(&packed).unwrap(), read(&record));
    assert_eq!(texts(&read), texts(&unpacked));
    assert_eq!(structure(&read), structure(&unpacked));
    check_marks(&read);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_given_becomes_a_document_that_can_be_read(record in any_record()) {
        let document = read(&record);
        prop_assert!(!document.get_pages().is_empty());
        check_marks(&document);
        check_marks(&lopdf::Document::load_mem(&packed(&record)).unwrap());
        prop_assert!(record::text(&record).lines().count() > record.sections.len());
    }
}
