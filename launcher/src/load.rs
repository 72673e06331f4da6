//! Files into the store: Bundles, single resources and NDJSON, from files or folders. What cannot be read is
//! reported and never costs the rest. Serves nothing.

mod document;
mod entry;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::value::RawValue;

use self::document::{Document, DocumentSeed};
use self::entry::Entry;
use crate::fhir::index::split_reference;
use crate::fhir::outcome::Refusal;
use crate::fhir::raw::{Instead, RawObject, quoted, refer_to, rewrite_references};
use crate::fhir::store::{self, Database, Imported, Store};

/// What came of loading.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) resources: usize,
    /// Already there with the same id and version: the first is kept.
    pub(crate) repeated: usize,
    /// One line for everything that could not be loaded.
    pub(crate) problems: Vec<String>,
}

/// Loads files, and every file in folders, in one transaction.
pub(crate) fn load_paths(store: &Store, paths: &[PathBuf]) -> Result<Loaded, Refusal> {
    let mut loaded = Loaded::default();
    let mut files = Vec::new();
    for path in paths {
        collect_files(path, true, &mut files, &mut loaded.problems);
    }
    store.atomically(|db| {
        for file in &files {
            let place = file.display().to_string();
            match fs::read(file) {
                Ok(bytes) => load_document(db, &place, &bytes, &mut loaded),
                Err(error) => loaded.problems.push(format!("{place}: {error}")),
            }
        }
        Ok(())
    })?;
    Ok(loaded)
}

/// Loads resources made by this program.
pub(crate) fn load_resources(
    store: &Store,
    place: &str,
    resources: impl Iterator<Item = serde_json::Value>,
) -> Result<Loaded, Refusal> {
    let mut loaded = Loaded::default();
    store.atomically(|db| {
        for resource in resources {
            store_one(db, place, &resource.to_string(), &mut loaded);
        }
        Ok(())
    })?;
    Ok(loaded)
}

/// The folders `sources/<id>` in folders of data, at any depth: what the source of this id has.
pub(crate) fn of_source(paths: &[PathBuf], id: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = paths.iter().filter(|path| path.is_dir()).cloned().collect();
    while let Some(folder) = folders.pop() {
        if is_of_sources(&folder) {
            let own = folder.join(id);
            found.extend(own.is_dir().then_some(own));
            continue;
        }
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        folders.extend(entries.map(|entry| entry.path()).filter(|path| path.is_dir()));
    }
    found.sort();
    found
}

fn is_of_sources(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name == "sources")
}

/// A file that is named is always read; in folders only those that look like data.
fn collect_files(path: &Path, named: bool, files: &mut Vec<PathBuf>, problems: &mut Vec<String>) {
    if path.is_dir() {
        if is_of_sources(path) {
            return;
        }
        let entries = fs::read_dir(path).map(|entries| entries.flatten().map(|entry| entry.path()).collect());
        match entries {
            Ok(entries) => {
                let entries: BTreeSet<PathBuf> = entries;
                entries
                    .iter()
                    .for_each(|entry| collect_files(entry, false, files, problems));
            }
            Err(error) => problems.push(format!("{}: {error}", path.display())),
        }
        return;
    }
    let is_data = path
        .extension()
        .is_some_and(|end| end == "json" || end == "ndjson" || end == "jsonl");
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let is_expectation = name.starts_with("expected") && name.ends_with(".json");
    if named || is_data && !is_expectation {
        files.push(path.to_owned());
    }
}

fn load_document(db: &Database, place: &str, bytes: &[u8], loaded: &mut Loaded) {
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, std::borrow::Cow::Owned(_)) {
        loaded.problems.push(format!(
            "{place}: not UTF-8 throughout; what could not be read is replaced"
        ));
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        loaded.problems.push(format!("{place}: the file is empty"));
    } else if is_lines(place, text) {
        for (number, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            load_text(db, &format!("{place}:{}", number + 1), line, loaded);
        }
    } else {
        load_text(db, place, text, loaded);
    }
}

/// NDJSON by its name, or because its first line alone is a whole JSON value.
fn is_lines(place: &str, text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    place.ends_with(".ndjson")
        || place.ends_with(".jsonl")
        || first.len() < text.len() && serde_json::from_str::<IgnoredAny>(first).is_ok()
}

fn load_text(db: &Database, place: &str, text: &str, loaded: &mut Loaded) {
    let mut document = Document::default();
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = DocumentSeed(&mut document)
        .deserialize(&mut reader)
        .and_then(|()| reader.end());
    if document.is_bundle() {
        if let Err(error) = read {
            let entries = document.entries.len();
            loaded
                .problems
                .push(format!("{place}: broken after {entries} whole entries: {error}"));
        }
        load_bundle(db, place, &document.entries, loaded);
    } else {
        match read {
            Err(error) => loaded.problems.push(format!("{place}: not JSON: {error}")),
            Ok(()) => store_one(db, place, text, loaded),
        }
    }
}

fn load_bundle(db: &Database, place: &str, entries: &[&RawValue], loaded: &mut Loaded) {
    let parsed: Vec<_> = entries.iter().map(|entry| Entry::parse(entry.get())).collect();
    let renamed = renamed(&parsed);
    let prefixes: BTreeSet<&str> = renamed.keys().filter_map(|from| prefix_of(from)).collect();
    for (number, entry) in parsed.into_iter().enumerate() {
        let place = format!("{place}: entry {}", number + 1);
        let entry = match entry {
            Ok(entry) => entry,
            Err(problem) => {
                loaded.problems.push(format!("{place}: {problem}"));
                continue;
            }
        };
        let Some(resource) = entry.resource else { continue };
        if resource.contains("\"Bundle\"") && RawObject::parse(resource).is_ok_and(|r| is_bundle(&r)) {
            load_text(db, &place, resource, loaded);
            continue;
        }
        let mut text = entry.versioned().unwrap_or_else(|| resource.to_owned());
        if prefixes.iter().any(|prefix| text.contains(prefix)) {
            text = rewrite_references(&text, &|from| here(&renamed, from)).unwrap_or(text);
        }
        if let (Some(id), Ok(mut object)) = (entry.new_id, RawObject::parse(&text)) {
            object.set("id", quoted(&id), 1);
            text = object.to_text();
        }
        store_one(db, &place, &text, loaded);
    }
}

fn is_bundle(resource: &RawObject<'_>) -> bool {
    resource.string("resourceType").as_deref() == Some("Bundle")
}

fn store_one(db: &Database, place: &str, text: &str, loaded: &mut Loaded) {
    match store::import(db, text) {
        Ok(Imported::Stored) => loaded.resources += 1,
        Ok(Imported::AlreadyThere) => loaded.repeated += 1,
        Ok(Imported::Renamed(id)) => {
            loaded.resources += 1;
            loaded.problems.push(format!(
                "{place}: another reading has its id; loaded as Observation/{id}"
            ));
        }
        Ok(Imported::Taken) => loaded
            .problems
            .push(format!("{place}: another resource has its id and version")),
        Err(refusal) => loaded.problems.push(format!("{place}: {}", refusal.text)),
    }
}

/// Full URLs of the Bundle and the relative references they become here.
fn renamed(entries: &[Result<Entry<'_>, String>]) -> HashMap<String, String> {
    let mut renamed = HashMap::new();
    for entry in entries.iter().flatten() {
        if let Some((url, place)) = entry.renamed() {
            renamed.insert(url, place);
        }
    }
    renamed
}

/// What stands here for a reference to a resource of the Bundle, or to a version of one.
fn here(renamed: &HashMap<String, String>, from: &str) -> Option<Instead> {
    match from.split_once("/_history/") {
        Some((place, version)) => Some(refer_to(&format!("{}/_history/{version}", renamed.get(place)?))),
        None => Some(refer_to(renamed.get(from)?)),
    }
}

/// What a text must contain to need its references rewritten: the scheme of a URN, or the server of a URL.
fn prefix_of(url: &str) -> Option<&str> {
    match split_reference(url) {
        Some((rtype, id)) => url
            .strip_suffix(&format!("{rtype}/{id}"))
            .filter(|base| !base.is_empty()),
        None => url.get(..9),
    }
}

#[cfg(test)]
mod tests;
