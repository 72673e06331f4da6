//! The structure of the document as a screen reader goes through it: headings, paragraphs, figures, tables. Each
//! element knows which marked sequences of which pages are its own.

use pdf_writer::types::{StructRole, TableHeaderScope};
use pdf_writer::{Chunk, Finish, Rect, Ref, TextStr};

use super::sheets::COMPACT;

/// An element's place in the tree.
pub(super) type Place = usize;

/// What an element consists of.
enum Kid {
    Element(Place),
    /// A marked sequence: on which page, and its number there.
    Marked(usize, i32),
}

/// A part of the document.
struct Element {
    role: StructRole,
    parent: Option<Place>,
    kids: Vec<Kid>,
    /// What is said in place of it.
    alternative: Option<String>,
    /// Its text, where that could not be set as it is.
    actual: Option<String>,
    /// Where it stands, if it is a figure.
    bounds: Option<Rect>,
}

/// All elements; the first is the document.
pub(super) struct Tree {
    elements: Vec<Element>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let mut tree = Self { elements: Vec::new() };
        tree.push(StructRole::Document, None);
        tree
    }

    /// The document itself.
    pub(super) const ROOT: Place = 0;

    /// Adds an element at the end of its parent.
    pub(super) fn add(&mut self, parent: Place, role: StructRole) -> Place {
        let place = self.push(role, Some(parent));
        if let Some(parent) = self.elements.get_mut(parent) {
            parent.kids.push(Kid::Element(place));
        }
        place
    }

    fn push(&mut self, role: StructRole, parent: Option<Place>) -> Place {
        self.elements.push(Element {
            role,
            parent,
            kids: Vec::new(),
            alternative: None,
            actual: None,
            bounds: None,
        });
        self.elements.len() - 1
    }

    /// Makes it a figure: what is said in place of it, and where it stands.
    pub(super) fn describe(&mut self, place: Place, alternative: String, bounds: Rect) {
        if let Some(element) = self.elements.get_mut(place) {
            element.alternative = Some(alternative);
            element.bounds = Some(bounds);
        }
    }

    /// Gives the text that could not be set as it is.
    pub(super) fn actual(&mut self, place: Place, text: &str) {
        if let Some(element) = self.elements.get_mut(place) {
            element.actual = Some(text.to_owned());
        }
    }

    /// Gives it a marked sequence.
    pub(super) fn own(&mut self, place: Place, page: usize, number: i32) {
        if let Some(element) = self.elements.get_mut(place) {
            element.kids.push(Kid::Marked(page, number));
        }
    }

    pub(super) fn role(&self, place: Place) -> StructRole {
        self.elements
            .get(place)
            .map_or(StructRole::P, |element| element.role)
    }

    /// Each element as the object that it is. `id` gives the reference of an element, `page` that of a page.
    pub(super) fn objects(
        &self,
        root: Ref,
        id: impl Fn(Place) -> Ref,
        page: impl Fn(usize) -> Ref,
    ) -> Vec<(Ref, Vec<u8>)> {
        let mut objects = Vec::with_capacity(self.elements.len());
        for (place, element) in self.elements.iter().enumerate() {
            let parent = element.parent.map_or(root, &id);
            let mut chunk = Chunk::with_settings(COMPACT);
            write(&mut chunk, element, id(place), parent, &id, &page);
            objects.push((id(place), alone(chunk.as_bytes()).to_vec()));
        }
        objects
    }

    pub(super) fn len(&self) -> usize {
        self.elements.len()
    }
}

/// An object without the lines around it, which it does not have inside a stream.
fn alone(written: &[u8]) -> &[u8] {
    let head = written
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    let object = written.get(head..).unwrap_or_default();
    object.strip_suffix(b"\nendobj\n").unwrap_or(object)
}

fn write(
    chunk: &mut Chunk,
    element: &Element,
    own: Ref,
    parent: Ref,
    id: &impl Fn(Place) -> Ref,
    page: &impl Fn(usize) -> Ref,
) {
    let mut written = chunk.struct_element(own);
    written.kind(element.role).parent(parent);
    let first = element.kids.iter().find_map(|kid| match kid {
        Kid::Marked(page, _) => Some(*page),
        Kid::Element(_) => None,
    });
    // What lies on that page is named by its number only.
    if let Some(first) = first {
        written.page(page(first));
    }
    let mut kids = written.children();
    for kid in &element.kids {
        match kid {
            Kid::Element(place) => {
                kids.struct_element(id(*place));
            }
            Kid::Marked(number, mark) if Some(*number) == first => {
                kids.marked_content_id(*mark);
            }
            Kid::Marked(number, mark) => {
                kids.marked_content_ref()
                    .page(page(*number))
                    .marked_content_id(*mark);
            }
        }
    }
    kids.finish();
    if let Some(alternative) = &element.alternative {
        written.alt(TextStr(alternative));
    }
    if let Some(actual) = &element.actual {
        written.actual_text(TextStr(actual));
    }
    if let Some(bounds) = element.bounds {
        written.attributes().push().layout().bbox(bounds);
    }
    if element.role == StructRole::TH {
        let scope = TableHeaderScope::Column;
        written.attributes().push().table().scope(scope);
    }
}
