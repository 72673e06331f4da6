//! The PDF file: pages, structure, font and what a reader says of the document. Everything that is written here has
//! been laid out before; nothing is compressed here, but what can be is held together.

use std::fmt;

use pdf_writer::types::TabOrder;
use pdf_writer::{Filter, Finish, Name, Pdf as Written, Rect, Ref, Stream, TextStr};

use super::sheets::{COMPACT, PAPER, Sheets};
use super::text::{FONT, Used};
use super::tree::Place;
use super::{description, font_file};
use crate::content::Document;

/// So many elements are in one stream.
const IN_A_STREAM: usize = 10_000;

/// Who made the file.
const PRODUCER: &str = "dho-viewer";

/// References that follow each other.
#[derive(Clone, Copy)]
struct Many(i32);

impl Many {
    fn at(self, place: usize) -> Ref {
        Ref::new(self.0 + i32::try_from(place).unwrap_or_default())
    }
}

/// References are numbered in the order in which they are given out.
struct Numbers(i32);

impl Numbers {
    fn next(&mut self) -> Ref {
        self.many(1).at(0)
    }

    /// A reference for each of so many things.
    fn many(&mut self, count: usize) -> Many {
        let first = Many(self.0);
        self.0 += i32::try_from(count).unwrap_or_default();
        first
    }
}

/// What refers to what.
struct Refs {
    catalog: Ref,
    info: Ref,
    metadata: Ref,
    root: Ref,
    list: Ref,
    table: Ref,
    objects: Many,
    page: Many,
    content: Many,
    owners: Many,
    font: [Ref; 5],
    element: Many,
}

/// A document that has been laid out. Its streams are compressed by whoever can, before the file is written.
pub struct Pdf {
    title: String,
    language: String,
    made: i64,
    refs: Refs,
    /// Whose each marked sequence is, by pages.
    owners: Vec<Vec<Place>>,
    used: Used,
    elements: usize,
    /// Where the objects begin in the stream of each [`IN_A_STREAM`] elements.
    firsts: Vec<usize>,
    /// The pages, the font, its characters, and the elements.
    streams: Vec<Vec<u8>>,
}

impl fmt::Debug for Pdf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pdf({} pages)", self.owners.len())
    }
}

impl Pdf {
    pub(super) fn new(sheets: Sheets, document: &Document) -> Self {
        let mut numbers = Numbers(1);
        let (count, elements) = (sheets.pages.len(), sheets.tree.len());
        let [catalog, info, metadata, root, list] = [(); 5].map(|()| numbers.next());
        let refs = Refs {
            catalog,
            info,
            metadata,
            root,
            list,
            // Early ones: each element names its own in few bytes.
            objects: numbers.many(elements.div_ceil(IN_A_STREAM)),
            page: numbers.many(count),
            content: numbers.many(count),
            owners: numbers.many(count),
            font: [(); 5].map(|()| numbers.next()),
            element: numbers.many(elements),
            // The last one: the table of places has an entry for each number up to its own.
            table: numbers.next(),
        };
        let written = sheets
            .tree
            .objects(root, |place| refs.element.at(place), |place| refs.page.at(place));
        let packed: Vec<_> = written.chunks(IN_A_STREAM).map(object_stream).collect();
        let (contents, owners): (Vec<_>, Vec<_>) = sheets
            .pages
            .into_iter()
            .map(|sheet| (sheet.content.finish().into_vec(), sheet.owners))
            .unzip();
        let mut streams = contents;
        streams.push(font_file::glyphs(&sheets.used));
        streams.push(font_file::characters(&sheets.used));
        let (firsts, objects): (Vec<_>, Vec<_>) = packed.into_iter().unzip();
        streams.extend(objects);
        Self {
            title: document.title.clone(),
            language: document.language.clone(),
            made: description::written(document.made),
            refs,
            owners,
            used: sheets.used,
            elements,
            firsts,
            streams,
        }
    }

    /// What can be compressed.
    pub fn streams(&self) -> &[Vec<u8>] {
        &self.streams
    }

    /// The file. `deflated` is what became of the [`Pdf::streams`], in their order, in zlib's format; one that is not
    /// there stands in the file as it is.
    pub fn finish(&self, deflated: &[Option<Vec<u8>>]) -> Vec<u8> {
        let refs = &self.refs;
        let count = self.owners.len();
        let stream = |place: usize| match (deflated.get(place), self.streams.get(place)) {
            (Some(Some(deflated)), _) => (&**deflated, true),
            (_, Some(plain)) => (&**plain, false),
            _ => (&[][..], false),
        };
        let mut pdf = Written::with_settings(COMPACT);
        pdf.set_version(1, 7);
        self.catalog(&mut pdf);
        let mut written = pdf.pages(refs.list);
        written.kids((0..count).map(|place| refs.page.at(place)));
        written.count(i32::try_from(count).unwrap_or_default());
        written.finish();
        for (place, owners) in self.owners.iter().enumerate() {
            let mut written = pdf.page(refs.page.at(place));
            written
                .parent(refs.list)
                .media_box(Rect::new(0.0, 0.0, PAPER.0, PAPER.1))
                .contents(refs.content.at(place))
                .struct_parents(i32::try_from(place).unwrap_or_default())
                .tab_order(TabOrder::StructureOrder);
            let [font, ..] = refs.font;
            written.resources().fonts().pair(FONT, font);
            written.finish();
            let (content, is_deflated) = stream(place);
            filtered(&mut pdf.stream(refs.content.at(place), content), is_deflated);
            let owned = owners.iter().map(|owner| refs.element.at(*owner));
            pdf.indirect(refs.owners.at(place)).array().items(owned);
        }
        let length = self.streams.get(count).map_or(0, Vec::len);
        let parts = [stream(count), stream(count + 1)];
        font_file::write(&mut pdf, refs.font, &self.used, parts, length);
        for (place, first) in self.firsts.iter().enumerate() {
            let (objects, is_deflated) = stream(count + 2 + place);
            let inside = IN_A_STREAM.min(self.elements - place * IN_A_STREAM);
            let mut written = pdf.stream(refs.objects.at(place), objects);
            written
                .pair(Name(b"Type"), Name(b"ObjStm"))
                .pair(Name(b"N"), i32::try_from(inside).unwrap_or_default())
                .pair(Name(b"First"), i32::try_from(*first).unwrap_or_default());
            filtered(&mut written, is_deflated);
        }
        let mut written = pdf.document_info(refs.info);
        // Without the patient's name: a window's title is shown where others see it.
        written.title(TextStr(&self.title)).producer(TextStr(PRODUCER));
        written.creation_date(description::date(self.made));
        written.finish();
        let described = description::xmp(&self.title, &self.language, self.made);
        pdf.metadata(refs.metadata, described.as_bytes());
        let mut file = pdf.finish_with_xref_stream(refs.table);
        self.place_elements(&mut file);
        file
    }

    fn catalog(&self, pdf: &mut Written) {
        let refs = &self.refs;
        let count = self.owners.len();
        let mut written = pdf.catalog(refs.catalog);
        written
            .pages(refs.list)
            .metadata(refs.metadata)
            .lang(TextStr(&self.language));
        written.viewer_preferences().display_doc_title(true);
        written.mark_info().marked(true);
        written.pair(Name(b"StructTreeRoot"), refs.root);
        written.finish();
        let mut written = pdf.indirect(refs.root).dict();
        written.pair(Name(b"Type"), Name(b"StructTreeRoot"));
        written.insert(Name(b"K")).array().item(refs.element.at(0));
        let mut tree = written.insert(Name(b"ParentTree")).dict();
        let mut entries = tree.insert(Name(b"Nums")).array();
        for place in 0..count {
            entries
                .item(i32::try_from(place).unwrap_or_default())
                .item(refs.owners.at(place));
        }
        entries.finish();
        tree.finish();
        written.pair(
            Name(b"ParentTreeNextKey"),
            i32::try_from(count).unwrap_or_default(),
        );
        written.finish();
    }

    /// Says in the table of where things are, which is the file's last stream, that the elements are in streams: to the
    /// writer, nothing has their numbers. An entry is a sort, a place of `width` bytes, and a number of two.
    fn place_elements(&self, file: &mut [u8]) {
        let refs = &self.refs;
        let number = |of: Ref| usize::try_from(of.get()).unwrap_or_default();
        let last = |file: &[u8], text: &[u8]| file.windows(text.len()).rposition(|there| there == text);
        let widths = b"/W[1 ";
        let width = last(file, widths).and_then(|at| file.get(at + widths.len()));
        let width = width.map_or(0, |digit| usize::from(digit.saturating_sub(b'0')));
        let length = width + 3;
        let end = last(file, b"\nendstream").unwrap_or_default();
        let begin = end.saturating_sub(length * (number(refs.table) + 1));
        let table = file.get_mut(begin..end).unwrap_or_default();
        let entries = table.chunks_exact_mut(length).skip(number(refs.element.at(0)));
        for (place, entry) in entries.take(self.elements).enumerate() {
            let stream = number(refs.objects.at(place / IN_A_STREAM)).to_be_bytes();
            let inside = u16::try_from(place % IN_A_STREAM).unwrap_or_default();
            let told = stream.into_iter().skip(stream.len().saturating_sub(width));
            let told = [2].into_iter().chain(told).chain(inside.to_be_bytes());
            for (byte, told) in entry.iter_mut().zip(told) {
                *byte = told;
            }
        }
    }
}

/// Says that a stream is compressed, if it is.
pub(super) fn filtered(stream: &mut Stream<'_>, is_deflated: bool) {
    if is_deflated {
        stream.filter(Filter::FlateDecode);
    }
}

/// Objects as one stream: their numbers and places, then themselves. With the place where they begin.
fn object_stream(objects: &[(Ref, Vec<u8>)]) -> (usize, Vec<u8>) {
    let (mut head, mut all) = (String::new(), Vec::new());
    for (own, object) in objects {
        head.push_str(&own.get().to_string());
        head.push(' ');
        head.push_str(&all.len().to_string());
        head.push(' ');
        all.extend(object);
        all.push(b'\n');
    }
    let first = head.len();
    (first, [head.into_bytes(), all].concat())
}
