//! Whether the content of a document on its way into the journal is what it says that it is. Its other rules are those
//! of every resource (`check`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::index::at_path;

pub(super) fn check_document(rtype: &str, resource: &Value) -> Result<(), String> {
    match rtype {
        "DocumentReference" => at_path(resource, "content.attachment")
            .into_iter()
            .try_for_each(|attachment| check_content(attachment, &["data", "url"])),
        "Binary" => check_content(resource, &["data"]),
        _ => Ok(()),
    }
}

/// One of `places` has the content.
fn check_content(attachment: &Value, places: &[&str]) -> Result<(), String> {
    if places.iter().all(|place| attachment.get(place).is_none()) {
        return Err(format!("the content has no {}", places.join(" or ")));
    }
    let kind = attachment.get("contentType").and_then(Value::as_str);
    let kind = kind.ok_or("the content does not say its contentType")?;
    let Some(data) = attachment.get("data") else {
        return Ok(());
    };
    let bytes = decoded(data).ok_or("the content is not base64")?;
    let size = attachment
        .get("size")
        .map(|size| size.as_u64() == Some(bytes.len() as u64));
    if size == Some(false) {
        return Err(format!(
            "the content has {} bytes, not the size said",
            bytes.len()
        ));
    }
    if kind == "application/pdf" && !bytes.starts_with(b"%PDF-") {
        return Err("the content is not the PDF that it is said to be".to_owned());
    }
    Ok(())
}

pub(crate) fn decoded(data: &Value) -> Option<Vec<u8>> {
    STANDARD.decode(data.as_str()?).ok()
}
