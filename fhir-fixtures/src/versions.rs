//! Resources that are saved again and again, with every version that they had. Knows nothing of plans.

use serde_json::{Value, json};

/// The newest version of each resource, and all before.
#[derive(Debug, Default)]
pub(crate) struct Versions {
    current: Vec<Value>,
    old: Vec<Value>,
}

impl Versions {
    /// Saves resources at one instant: each that is new or differs from what is there gets its next version. What
    /// is not among them stays as it is.
    pub(crate) fn save(&mut self, when: &str, resources: Vec<Value>) {
        for resource in resources {
            let there = self.current.iter().find(|there| is_same(there, &resource));
            if there.is_none_or(|there| content(there) != content(&resource)) {
                self.put(when, resource);
            }
        }
    }

    /// Saves a resource, changed or not.
    pub(crate) fn put(&mut self, when: &str, mut resource: Value) {
        let there = self.current.iter_mut().find(|there| is_same(there, &resource));
        let version = there.as_ref().map_or(0, |there| number(there)) + 1;
        let mut meta = json!({ "versionId": version.to_string(), "lastUpdated": when });
        if let Some(source) = resource.pointer("/meta/source") {
            meta["source"] = source.clone();
        }
        resource["meta"] = meta;
        match there {
            Some(there) => self.old.push(std::mem::replace(there, resource)),
            None => self.current.push(resource),
        }
    }

    /// The newest versions, and those before them, oldest first.
    pub(crate) fn finish(self) -> (Vec<Value>, Vec<Value>) {
        (self.current, self.old)
    }
}

fn is_same(one: &Value, other: &Value) -> bool {
    (&one["resourceType"], &one["id"]) == (&other["resourceType"], &other["id"])
}

fn number(resource: &Value) -> u32 {
    let version = resource.pointer("/meta/versionId").and_then(Value::as_str);
    version.and_then(|version| version.parse().ok()).unwrap_or(0)
}

/// A resource without what a server adds to it.
fn content(resource: &Value) -> Value {
    let mut content = resource.clone();
    if let Some(members) = content.as_object_mut() {
        members.remove("meta");
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_or_is_put_gets_a_new_version() {
        let goal = |id: &str, text: &str| json!({ "resourceType": "Goal", "id": id, "note": text });
        let mut versions = Versions::default();
        versions.save("2026-01-01", vec![goal("a", "x"), goal("b", "x")]);
        versions.save("2026-02-01", vec![goal("a", "x"), goal("b", "y")]);
        versions.save("2026-03-01", vec![goal("b", "z")]);
        versions.put("2026-04-01", goal("c", "x"));
        versions.put("2026-05-01", goal("c", "x"));
        let (current, old) = versions.finish();
        let named = |all: &[Value]| -> Vec<String> {
            let name = |it: &Value| format!("{}{}", it["id"], it["meta"]["versionId"]).replace('"', "");
            all.iter().map(name).collect()
        };
        assert_eq!(named(&current), ["a1", "b3", "c2"]);
        assert_eq!(named(&old), ["b1", "b2", "c1"]);
    }
}
