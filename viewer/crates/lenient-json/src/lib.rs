//! JSON that others have written, read leniently: a field of the wrong shape becomes its empty value and never costs the
//! fields beside it. Into structs (`fields!`, [`read`]), quickly and without copying, or as a tree ([`Json`]) that can be
//! changed and written back. Numbers keep their digits. Holds no FHIR and knows no application.

#![warn(missing_docs)]

mod input;
mod shapes;
mod value;

pub use input::{Fields, Fill, Input, read, read_first, read_list, read_text};
pub use shapes::{List, Object, Present, Raw, Text};
pub use value::Json;
