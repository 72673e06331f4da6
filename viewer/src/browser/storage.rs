//! `sessionStorage` for the one thing that may be in it: a launch on its way through the authorization page.
//! Never holds a token, a name or a reading. In a cross-site frame every access throws: then there is none.

use smart_launch::PendingLaunch;
use web_sys::Storage;

const PENDING: &str = "dho:pending-launch";

/// Whether a value written can be read back.
pub(crate) fn works() -> bool {
    const PROBE: &str = "dho:probe";
    let Some(storage) = session_storage() else {
        return false;
    };
    let kept = storage.set_item(PROBE, PROBE).is_ok()
        && matches!(storage.get_item(PROBE), Ok(Some(value)) if value == PROBE);
    kept && storage.remove_item(PROBE).is_ok()
}

/// Takes the pending launch out of storage: a second call finds nothing. One that cannot be read is dropped.
pub(crate) fn take_pending_launch() -> Option<PendingLaunch> {
    let storage = session_storage()?;
    let text = storage.get_item(PENDING).ok()??;
    storage.remove_item(PENDING).ok()?;
    serde_json::from_str(&text).ok()
}

/// Puts the pending launch into storage; `false` where it cannot be kept.
pub(crate) fn keep_pending_launch(pending: &PendingLaunch) -> bool {
    let (Some(storage), Ok(text)) = (session_storage(), serde_json::to_string(pending)) else {
        return false;
    };
    storage.set_item(PENDING, &text).is_ok()
}

fn session_storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn a_pending_launch_is_taken_once() {
        let launch: PendingLaunch = serde_json::from_str(
            r#"{
                "iss": "https://ehr.example/fhir", "redirect_uri": "https://viewer.example/",
                "state": "s", "verifier": "v",
                "endpoints": {
                    "authorize": "https://ehr.example/a", "token": "https://ehr.example/t",
                    "issuer": null, "callback_has_issuer": false, "associated": []
                }
            }"#,
        )
        .unwrap();
        assert!(works());
        assert!(keep_pending_launch(&launch));
        assert!(take_pending_launch().is_some());
        assert!(take_pending_launch().is_none());
    }

    #[wasm_bindgen_test]
    fn what_cannot_be_read_back_is_dropped() {
        session_storage().unwrap().set_item(PENDING, "{").unwrap();
        assert!(take_pending_launch().is_none());
        assert_eq!(session_storage().unwrap().get_item(PENDING).unwrap(), None);
    }
}
