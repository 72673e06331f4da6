//! A written document as an independent reader of PDF sees it: text, structure, font, shapes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::content::Operation;
use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};
use record::{Document, pdf};

pub(crate) fn read(record: &Document) -> Pdf {
    Pdf::load_mem(&pdf(record).finish(&[])).unwrap()
}

/// The file as a browser makes it.
pub(crate) fn packed(record: &Document) -> Vec<u8> {
    let laid = pdf(record);
    let deflated = |stream: &Vec<u8>| {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(stream).ok()?;
        packed.finish().ok()
    };
    let deflated: Vec<_> = laid.streams().iter().map(deflated).collect();
    laid.finish(&deflated)
}

fn operations(document: &Pdf, page: ObjectId) -> Vec<Operation> {
    document.get_and_decode_page_content(page).unwrap().operations
}

/// The text of each page, glyph by glyph, by the document's own list of what they stand for.
pub(crate) fn texts(document: &Pdf) -> Vec<String> {
    let characters = characters(document);
    let pages = document.get_pages();
    let text = |page: &ObjectId| {
        let mut text = String::new();
        for operation in operations(document, *page) {
            let shown = operation.operands.first().filter(|_| operation.operator == "Tj");
            if let Some(Object::String(bytes, _)) = shown {
                let glyphs = bytes
                    .chunks(2)
                    .filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?)));
                text.extend(glyphs.map(|glyph| characters[&glyph]));
                text.push('\n');
            }
        }
        text
    };
    pages.values().map(text).collect()
}

pub(crate) fn dictionary(document: &Pdf, object: &Object) -> Dictionary {
    document.dereference(object).unwrap().1.as_dict().unwrap().clone()
}

/// The one font of the document.
pub(crate) fn font(document: &Pdf) -> Dictionary {
    let pages = document.get_pages();
    let fonts: Vec<_> = pages
        .values()
        .flat_map(|page| document.get_page_fonts(*page).unwrap())
        .collect();
    assert!(
        fonts
            .iter()
            .all(|(name, font)| name == b"F" && *font == fonts[0].1)
    );
    fonts[0].1.clone()
}

/// Reads `<0012> <0041>`.
pub(crate) fn characters(document: &Pdf) -> BTreeMap<u16, char> {
    let map = font(document);
    let (_, map) = document.dereference(map.get(b"ToUnicode").unwrap()).unwrap();
    let map = map.as_stream().unwrap().get_plain_content().unwrap();
    let map = String::from_utf8(map).unwrap();
    let number = |text: &str| u16::from_str_radix(text.trim_matches(['<', '>']), 16).unwrap();
    let pairs = map
        .lines()
        .filter(|line| line.starts_with('<') && line.matches('<').count() == 2 && !line.contains("FFFF"));
    pairs
        .filter_map(|line| line.split_once(' '))
        .map(|(glyph, character)| (number(glyph), char::from_u32(number(character).into()).unwrap()))
        .collect()
}

pub(crate) fn catalog(document: &Pdf) -> Dictionary {
    document.catalog().unwrap().clone()
}

/// An element of the structure, with what lies below it.
#[derive(Debug, PartialEq)]
pub(crate) struct Element {
    pub(crate) id: ObjectId,
    pub(crate) role: String,
    pub(crate) fields: Dictionary,
    pub(crate) kids: Vec<Element>,
    /// Page and number of the marked sequences that are its own.
    pub(crate) marks: Vec<(ObjectId, i64)>,
}

impl Element {
    fn read(document: &Pdf, id: ObjectId, parent: ObjectId) -> Self {
        let fields = document.get_dictionary(id).unwrap().clone();
        assert_eq!(fields.get(b"P").unwrap().as_reference().unwrap(), parent);
        let own = fields.get(b"Pg").and_then(Object::as_reference).ok();
        let (mut kids, mut marks) = (Vec::new(), Vec::new());
        for kid in fields.get(b"K").unwrap().as_array().unwrap() {
            match kid {
                Object::Reference(kid) => kids.push(Self::read(document, *kid, id)),
                Object::Integer(number) => marks.push((own.unwrap(), *number)),
                Object::Dictionary(mark) => marks.push((
                    mark.get(b"Pg").unwrap().as_reference().unwrap(),
                    mark.get(b"MCID").unwrap().as_i64().unwrap(),
                )),
                other => unreachable!("{other:?}"),
            }
        }
        let role = String::from_utf8(fields.get(b"S").unwrap().as_name().unwrap().to_vec()).unwrap();
        Self {
            id,
            role,
            fields,
            kids,
            marks,
        }
    }

    pub(crate) fn all(&self) -> Vec<&Self> {
        let below = self.kids.iter().flat_map(Self::all);
        [self].into_iter().chain(below).collect()
    }

    pub(crate) fn of(&self, role: &str) -> Vec<&Self> {
        self.all()
            .into_iter()
            .filter(|element| element.role == role)
            .collect()
    }

    pub(crate) fn text(&self, key: &[u8]) -> String {
        lopdf::decode_text_string(self.fields.get(key).unwrap()).unwrap()
    }
}

pub(crate) fn structure(document: &Pdf) -> Element {
    let root = catalog(document)
        .get(b"StructTreeRoot")
        .unwrap()
        .as_reference()
        .unwrap();
    let kids = document
        .get_dictionary(root)
        .unwrap()
        .get(b"K")
        .unwrap()
        .as_array()
        .unwrap()
        .clone();
    assert_eq!(kids.len(), 1);
    Element::read(document, kids[0].as_reference().unwrap(), root)
}

/// Every marked sequence of every page belongs to the element that says so, and all else is an artifact.
pub(crate) fn check_marks(document: &Pdf) {
    let tree = structure(document);
    let mut owners: BTreeMap<(ObjectId, i64), ObjectId> = BTreeMap::new();
    for element in tree.all() {
        for mark in &element.marks {
            assert!(owners.insert(*mark, element.id).is_none(), "owned twice");
        }
    }
    let root = catalog(document)
        .get(b"StructTreeRoot")
        .unwrap()
        .as_reference()
        .unwrap();
    let parents = dictionary(
        document,
        document.get_dictionary(root).unwrap().get(b"ParentTree").unwrap(),
    );
    let parents = parents.get(b"Nums").unwrap().as_array().unwrap().clone();
    let mut seen = BTreeSet::new();
    for page in document.get_pages().into_values() {
        let key = document
            .get_dictionary(page)
            .unwrap()
            .get(b"StructParents")
            .unwrap()
            .as_i64()
            .unwrap();
        let list = parents
            .chunks(2)
            .find(|pair| pair[0].as_i64().unwrap() == key)
            .unwrap();
        let (_, list) = document.dereference(&list[1]).unwrap();
        let list = list.as_array().unwrap();
        let mut depth = 0;
        for operation in operations(document, page) {
            match operation.operator.as_str() {
                "BMC" => {
                    depth += 1;
                    assert_eq!(operation.operands[0].as_name().unwrap(), b"Artifact");
                }
                "BDC" => {
                    depth += 1;
                    if let Ok(number) = operation.operands[1].as_dict().unwrap().get(b"MCID") {
                        let number = number.as_i64().unwrap();
                        let owner = list[usize::try_from(number).unwrap()].as_reference().unwrap();
                        assert_eq!(owners.get(&(page, number)), Some(&owner));
                        assert!(seen.insert((page, number)));
                    } else {
                        assert_eq!(operation.operands[0].as_name().unwrap(), b"Artifact");
                    }
                }
                "EMC" => depth -= 1,
                "Tj" | "S" | "f" => assert_eq!(depth, 1, "{} outside of the structure", operation.operator),
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
    assert_eq!(seen.len(), owners.len());
}

/// Discs are lines of a hundredth of a point: those in the charts, one for each reading within or without limits.
pub(crate) fn discs(document: &Pdf) -> usize {
    let mut discs = 0;
    for page in document.get_pages().into_values() {
        let (mut start, mut in_figure) = (0.0, false);
        for operation in operations(document, page) {
            let number = |place: usize| operation.operands[place].as_float().unwrap();
            match operation.operator.as_str() {
                "BDC" => in_figure = operation.operands[0].as_name().unwrap() == b"Figure",
                "m" => start = number(0),
                "l" if in_figure && number(0) - start == 1.0 => discs += 1,
                _ => {}
            }
        }
    }
    discs
}
