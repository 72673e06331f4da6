//! What carries a launch over the redirect to the authorization page and back: `sessionStorage`, or in a
//! sandboxed frame the frame's name. Never a token, a name or a reading. In a cross-site frame every access
//! to storage throws: then there is none.

use smart_launch::{Carrier, PendingLaunch};
use web_sys::Storage;

const PENDING: &str = "dho:pending-launch";

/// What can carry a launch here.
pub(crate) fn carrier() -> Carrier {
    let origin = web_sys::window().map(|window| window.origin());
    if works() {
        Carrier::SessionStorage
    } else if origin.as_deref() == Some("null") {
        Carrier::FrameName
    } else {
        Carrier::None
    }
}

/// Takes the pending launch from its carrier: a second call finds nothing. One that cannot be read is dropped.
pub(crate) fn take_pending_launch(carrier: Carrier) -> Option<PendingLaunch> {
    match carrier {
        Carrier::None => None,
        Carrier::SessionStorage => {
            let storage = session_storage()?;
            let text = storage.get_item(PENDING).ok()??;
            storage.remove_item(PENDING).ok()?;
            PendingLaunch::from_carried(&text)
        }
        Carrier::FrameName => {
            let window = web_sys::window()?;
            let name = window.name().ok()?;
            let carried = name.strip_prefix(PENDING)?;
            let (launch, own_name) = carried.split_once(' ').unwrap_or((carried, ""));
            window.set_name(own_name).ok()?;
            PendingLaunch::from_carried(launch)
        }
    }
}

/// Gives the pending launch to its carrier; `false` where it cannot be kept.
pub(crate) fn keep_pending_launch(carrier: Carrier, launch: &PendingLaunch) -> bool {
    let kept = || match carrier {
        Carrier::None => None,
        Carrier::SessionStorage => session_storage()?.set_item(PENDING, &launch.carried().0).ok(),
        Carrier::FrameName => {
            let window = web_sys::window()?;
            let own_name = window.name().ok()?;
            let launch = launch.carried().0;
            window.set_name(&format!("{PENDING}{launch} {own_name}")).ok()
        }
    };
    kept().is_some()
}

/// Whether a value written to `sessionStorage` can be read back.
fn works() -> bool {
    const PROBE: &str = "dho:probe";
    let Some(storage) = session_storage() else {
        return false;
    };
    let kept = storage.set_item(PROBE, PROBE).is_ok()
        && matches!(storage.get_item(PROBE), Ok(Some(value)) if value == PROBE);
    kept && storage.remove_item(PROBE).is_ok()
}

fn session_storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    fn launch() -> PendingLaunch {
        let text = "iss=https://ehr.example/fhir&redirect_uri=https://viewer.example/&state=s&verifier=v&nonce=n\
                    &authorize=https://ehr.example/a&token=https://ehr.example/t";
        PendingLaunch::from_carried(text).unwrap()
    }

    #[wasm_bindgen_test]
    fn a_pending_launch_is_taken_once() {
        assert_eq!(carrier(), Carrier::SessionStorage);
        assert!(keep_pending_launch(Carrier::SessionStorage, &launch()));
        assert!(take_pending_launch(Carrier::SessionStorage).is_some());
        assert!(take_pending_launch(Carrier::SessionStorage).is_none());
    }

    #[wasm_bindgen_test]
    fn the_frames_name_comes_back_after_it_has_carried_a_launch() {
        let window = web_sys::window().unwrap();
        let before = window.name().unwrap();
        window.set_name("the module").unwrap();
        assert!(keep_pending_launch(Carrier::FrameName, &launch()));
        assert!(take_pending_launch(Carrier::FrameName).is_some());
        assert_eq!(window.name().unwrap(), "the module");
        assert!(take_pending_launch(Carrier::FrameName).is_none());
        assert_eq!(window.name().unwrap(), "the module");
        window.set_name(&before).unwrap();
    }

    #[wasm_bindgen_test]
    fn what_cannot_carry_keeps_nothing() {
        assert!(!keep_pending_launch(Carrier::None, &launch()));
        assert!(take_pending_launch(Carrier::None).is_none());
    }

    #[wasm_bindgen_test]
    fn what_cannot_be_read_back_is_dropped() {
        session_storage().unwrap().set_item(PENDING, "{").unwrap();
        assert!(take_pending_launch(Carrier::SessionStorage).is_none());
        assert_eq!(session_storage().unwrap().get_item(PENDING).unwrap(), None);
    }
}
