//! Where a reading comes from, as people say it: servers by their name, devices by theirs, and no addresses or
//! references where there is a name. What tells two origins apart for the model is `chart-model`'s.

/// A source's address by its server: `https://vkp.example/fhir` is `vkp.example`; any other text as it came.
pub(crate) fn source_name(source: &str) -> &str {
    let address = source
        .strip_prefix("https://")
        .or_else(|| source.strip_prefix("http://"));
    match address.and_then(|address| address.split('/').next()) {
        Some(server) if !server.is_empty() => server,
        _ => source,
    }
}

/// A device by its name; where there is only a reference, by the id in it: `Nonin 3230 (Device/7)` is
/// `Nonin 3230`, `Device/7` is `7`.
pub(crate) fn device_name(device: &str) -> &str {
    if let Some((name, _)) = device.rsplit_once(" (").filter(|_| device.ends_with(')')) {
        return name;
    }
    let is_reference = !device.contains(char::is_whitespace);
    match device.rsplit_once('/') {
        Some((_, id)) if is_reference && !id.is_empty() => id,
        _ => device,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_named_by_its_server() {
        for (source, name) in [
            ("https://hjemmemaaling.example/fhir", "hjemmemaaling.example"),
            ("http://127.0.0.1:8480/fhir/", "127.0.0.1:8480"),
            ("https://", "https://"),
            ("urn:oid:1.2.3", "urn:oid:1.2.3"),
            ("Dignio", "Dignio"),
            ("", ""),
        ] {
            assert_eq!(source_name(source), name);
        }
    }

    #[test]
    fn a_device_is_named_by_its_name_or_its_id() {
        for (device, name) in [
            ("Nonin 3230 (Device/7)", "Nonin 3230"),
            ("Nonin 3230", "Nonin 3230"),
            ("Device/kols-oximeter", "kols-oximeter"),
            ("https://vkp.example/fhir/Device/7", "7"),
            ("mmol/l meter", "mmol/l meter"),
            ("Device/", "Device/"),
        ] {
            assert_eq!(device_name(device), name);
        }
    }
}
