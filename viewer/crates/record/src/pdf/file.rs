//! The PDF file: pages, structure, font and what a reader says of the document. Everything that is written here has
//! been laid out before.

use chart_model::oslo;
use pdf_writer::types::TabOrder;
use pdf_writer::{Date, Finish, Name, Pdf, Rect, Ref, TextStr};

use super::font_file;
use super::sheets::{COMPACT, PAPER, Sheets};
use super::text::FONT;
use crate::content::Document;

/// Years that a date can be written in, 1970 to 9999.
const YEARS: std::ops::RangeInclusive<i64> = 0..=253_402_300_799_000;

/// Who made the file.
const PRODUCER: &str = "dho-viewer";

/// References are numbered in the order in which they are given out.
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.many(1)(0)
    }

    /// A reference for each of so many things.
    fn many(&mut self, count: usize) -> impl Fn(usize) -> Ref + use<> {
        let first = self.0;
        self.0 += i32::try_from(count).unwrap_or_default();
        move |place| Ref::new(first + i32::try_from(place).unwrap_or_default())
    }
}

/// Writes the file.
pub(super) fn write(sheets: Sheets, document: &Document) -> Vec<u8> {
    let made = document.made.clamp(*YEARS.start(), *YEARS.end());
    let mut numbers = Numbers(1);
    let [catalog, info, metadata, root, font, list] = [(); 6].map(|()| numbers.next());
    let count = sheets.pages.len();
    let page = numbers.many(count);
    let content = numbers.many(count);
    let owners = numbers.many(count);
    let element = numbers.many(sheets.tree.len());
    let mut pdf = Pdf::with_settings(COMPACT);
    pdf.set_version(1, 7);

    let mut written = pdf.catalog(catalog);
    written
        .pages(list)
        .metadata(metadata)
        .lang(TextStr(&document.language));
    written.viewer_preferences().display_doc_title(true);
    written.mark_info().marked(true);
    written.pair(Name(b"StructTreeRoot"), root);
    written.finish();

    let mut written = pdf.indirect(root).dict();
    written.pair(Name(b"Type"), Name(b"StructTreeRoot"));
    written.insert(Name(b"K")).array().item(element(0));
    let mut tree = written.insert(Name(b"ParentTree")).dict();
    let mut entries = tree.insert(Name(b"Nums")).array();
    for place in 0..count {
        entries
            .item(i32::try_from(place).unwrap_or_default())
            .item(owners(place));
    }
    entries.finish();
    tree.finish();
    written.pair(
        Name(b"ParentTreeNextKey"),
        i32::try_from(count).unwrap_or_default(),
    );
    written.finish();
    sheets.tree.write(&mut pdf, root, &element, &page);

    let mut written = pdf.pages(list);
    written.kids((0..count).map(&page));
    written.count(i32::try_from(count).unwrap_or_default());
    written.finish();
    for (place, sheet) in sheets.pages.into_iter().enumerate() {
        let mut written = pdf.page(page(place));
        written
            .parent(list)
            .media_box(Rect::new(0.0, 0.0, PAPER.0, PAPER.1))
            .contents(content(place))
            .struct_parents(i32::try_from(place).unwrap_or_default())
            .tab_order(TabOrder::StructureOrder);
        written.resources().fonts().pair(FONT, font);
        written.finish();
        pdf.stream(content(place), &sheet.content.finish());
        let owned = sheet.owners.into_iter().map(&element);
        pdf.indirect(owners(place)).array().items(owned);
    }
    font_file::write(&mut pdf, font, &sheets.used, || numbers.next());
    let mut written = pdf.document_info(info);
    // Without the patient's name: a window's title is shown where others see it.
    written
        .title(TextStr(&document.title))
        .producer(TextStr(PRODUCER));
    written.creation_date(date(made));
    written.finish();
    pdf.metadata(metadata, description(document, made).as_bytes());
    pdf.finish()
}

/// An instant as a clock in Oslo shows it.
fn date(at: i64) -> Date {
    let clock = oslo::civil(at);
    let hours = i8::try_from(oslo::offset_ms(at) / chart_model::time::HOUR_MS).unwrap_or_default();
    Date::new(u16::try_from(clock.date.year).unwrap_or_default())
        .month(clock.date.month)
        .day(clock.date.day)
        .hour(clock.hour)
        .minute(clock.minute)
        .utc_offset_hour(hours)
}

/// Title and language as XMP, which is where readers look first.
fn description(document: &Document, made: i64) -> String {
    let (title, language) = (escaped(&document.title), escaped(&document.language));
    [
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
        &title,
        "</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>",
        &language,
        "</rdf:li></rdf:Bag></dc:language><xmp:CreateDate>",
        &oslo::to_fhir(made),
        "</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>",
    ]
    .concat()
}

/// A text within XML. What XML cannot hold at all is left out: the page itself shows it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}
