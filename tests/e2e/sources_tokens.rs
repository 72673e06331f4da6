//! Tokens at sources. Those of their own are had anew without a word once they have ended, and by a click where the source
//! wants to ask; the launch's, where a source refuses it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use browser_tests::Result;
use browser_tests::browser::browse;
use browser_tests::stub::{Answer, Request, Stub};
use serde_json::{Value, json};

use crate::elsewhere::{
    BASE, Elsewhere, THERE, having, kind, patient, profile, reading, vendor, wait_for_stands,
};
use crate::small_host::{PATIENT, searchset};

/// What a vendor gives tokens for, and which of them it takes.
#[derive(Debug, Default)]
struct Gate {
    /// How many tokens were given.
    given: AtomicUsize,
    /// Tokens up to this one have ended.
    ended: AtomicUsize,
    /// The authorization page wants to ask the user.
    asks: AtomicBool,
}

impl Gate {
    fn end_all(&self) {
        self.ended.store(self.given.load(SeqCst), SeqCst);
    }

    /// The next token, for the patient where the vendor names him.
    fn token(&self, patient: Option<&str>) -> Answer {
        let number = self.given.fetch_add(1, SeqCst) + 1;
        let mut answer =
            json!({ "access_token": format!("t-{number}"), "token_type": "Bearer", "expires_in": 300 });
        if let Some(patient) = patient {
            answer["patient"] = patient.into();
        }
        Answer::fhir(&answer)
    }

    fn takes(&self, request: &Request) -> bool {
        let number = request.authorization.strip_prefix("Bearer t-");
        let number: Option<usize> = number.and_then(|number| number.parse().ok());
        number.is_some_and(|number| number > self.ended.load(SeqCst))
    }
}

/// A vendor that takes its own tokens only, with readings of three days.
fn guarded(gate: &Arc<Gate>) -> Result<Stub> {
    let gate = Arc::clone(gate);
    let page = searchset(&[reading("a", THERE, "08:12:00+01:00", "91")?]);
    vendor(move |request, base| {
        let value = |name: &str| {
            let mut pairs = request.query.split('&');
            let value = pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            value.unwrap_or_default().to_owned()
        };
        match request.path.as_str() {
            "/token" => Some(gate.token(None)),
            "/authorize" => {
                let redirect = value("redirect_uri").replace("%3A", ":").replace("%2F", "/");
                let said = if gate.asks.load(SeqCst) && value("prompt") == "none" {
                    "error=login_required"
                } else {
                    "code=c"
                };
                Some(Answer::redirect(format!(
                    "{redirect}?{said}&state={}",
                    value("state")
                )))
            }
            path if path.ends_with("/smart-configuration") => Some(Answer::fhir(&json!({
                "authorization_endpoint": format!("{base}/authorize"),
                "token_endpoint": format!("{base}/token"),
            }))),
            path if path.starts_with(BASE) && !gate.takes(request) => Some(Answer::html(401, "")),
            _ if kind(request) == "Observation" => Some(Answer::fhir(&page)),
            _ => None,
        }
    })
}

fn exchanging(vendor: &Stub) -> Value {
    let mut profile = profile("bytte", vendor);
    profile["token"] = "exchange".into();
    profile["tokenEndpoint"] = format!("{}/token", vendor.address()).into();
    profile
}

fn own(vendor: &Stub) -> Value {
    let mut profile = profile("egen", vendor);
    profile["token"] = "own".into();
    profile["scopes"] = json!(["user/Patient.rs", "user/Observation.rs"]);
    profile
}

#[tokio::test]
async fn a_token_of_a_source_that_has_ended_is_had_anew_without_a_word() {
    browse("sources-renewed", 1200, |browser| async move {
        let gates = [Arc::<Gate>::default(), Arc::default()];
        let [exchange, second] = [guarded(&gates[0])?, guarded(&gates[1])?];
        let launched = Elsewhere::with(&[exchanging(&exchange), own(&second)])?;
        let module = launched.open(&browser).await?;
        wait_for_stands(&browser, &["here"; 3]).await?;
        module.wait_for_state("ready").await?;
        for (round, button) in ["Hent på nytt", "1 år", "Hent på nytt"].into_iter().enumerate() {
            let given = gates.each_ref().map(|gate| gate.given.load(SeqCst));
            gates.iter().for_each(|gate| gate.end_all());
            module.press_button(button).await?;
            if button == "Hent på nytt" {
                let anew = || async {
                    let now = gates.each_ref().map(|gate| gate.given.load(SeqCst));
                    Ok((now[0] > given[0] && now[1] > given[1]).then_some(()))
                };
                browser.wait_for("new tokens", 10, anew).await?;
            }
            wait_for_stands(&browser, &["here"; 3]).await?;
            module.wait_for_state("ready").await?;
            assert_eq!(module.errors().await?, [], "round {round}");
        }
        // One for each end, and not one for each request.
        let given = gates.each_ref().map(|gate| gate.given.load(SeqCst));
        assert!(given.iter().all(|given| *given <= 4), "{given:?}");
        assert_eq!(module.latest_rows().await?.len(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_source_that_wants_to_ask_once_its_token_has_ended_asks_and_the_view_goes_on() {
    browse("sources-asks-again", 1200, |browser| async move {
        let gate = Arc::<Gate>::default();
        let vendor = guarded(&gate)?;
        let launched = Elsewhere::with(&[own(&vendor)])?;
        let module = launched.open(&browser).await?;
        wait_for_stands(&browser, &["here"; 2]).await?;
        module.wait_for_state("ready").await?;
        gate.asks.store(true, SeqCst);
        gate.end_all();
        module.press_button("Hent på nytt").await?;
        wait_for_stands(&browser, &["here", "asks-user"]).await?;
        module.wait_for_state("ready").await?;
        assert_eq!(module.errors().await?, [], "to be asked is no error");
        assert_eq!(module.latest_rows().await?.len(), 1, "what came before stays");
        browser.screenshot("sources-asks-again").await?;

        module.press_button("Åpne egen").await?;
        wait_for_stands(&browser, &["here"; 2]).await
    })
    .await;
}

#[tokio::test]
async fn a_new_token_for_another_patient_is_not_used() {
    browse("sources-other-patient", 1200, |browser| async move {
        let has_ended = Arc::new(AtomicBool::new(false));
        let page = searchset(&[reading("a", THERE, "08:12:00+01:00", "91")?]);
        let ended = Arc::clone(&has_ended);
        let vendor = vendor(move |request, _| {
            let ended = ended.load(SeqCst);
            let (token, whose) = if ended {
                ("second", "somebody-else")
            } else {
                ("first", THERE)
            };
            match kind(request) {
                _ if request.path == "/token" => {
                    Some(Answer::fhir(&json!({ "access_token": token, "patient": whose })))
                }
                "Patient" => Some(Answer::fhir(&patient(THERE))),
                "Observation" if ended => Some(Answer::html(401, "")),
                "Observation" => Some(Answer::fhir(&page)),
                _ => None,
            }
        })?;
        let launched = Elsewhere::with(&[exchanging(&vendor)])?;
        let module = launched.open(&browser).await?;
        wait_for_stands(&browser, &["here"; 2]).await?;
        module.wait_for_state("ready").await?;
        has_ended.store(true, SeqCst);
        module.press_button("Hent på nytt").await?;
        wait_for_stands(&browser, &["here", "failed"]).await?;
        let strayed = vendor.requests();
        let with_new = strayed
            .iter()
            .filter(|request| request.authorization == "Bearer second");
        assert_eq!(with_new.count(), 0, "a token for somebody else was used");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_source_that_does_not_take_the_launchs_token_does_not_end_the_session() {
    browse("sources-refused", 1200, |browser| async move {
        let refusing = vendor(|_, _| Some(Answer::html(401, "")))?;
        // It says who the patient is, and nothing else.
        let half = vendor(|request, _| (kind(request) != "Patient").then(|| Answer::html(401, "")))?;
        let good = having(vec![reading("a", THERE, "08:12:00+01:00", "91")?])?;
        let sources = [
            profile("Stengt", &refusing),
            profile("Halvt", &half),
            profile("Godt", &good),
        ];
        let launched = Elsewhere::answering(&sources, |request, _| {
            (request.path == "/token").then(|| {
                Answer::fhir(
                    &json!({ "access_token": "of-this-test", "token_type": "Bearer", "expires_in": 3600,
                    "scope": "launch patient/*.rs", "patient": PATIENT }),
                )
            })
        })?;
        let module = launched.open(&browser).await?;
        wait_for_stands(&browser, &["here", "failed", "failed", "here"]).await?;
        module.wait_for_state("ready").await?;
        assert_eq!(module.latest_rows().await?.len(), 1);
        module.press_button("Skjema").await?;
        module.press_button("Hvem følger opp nå").await?;
        browser.settle().await?;
        assert_eq!(
            module.state().await?,
            "ready",
            "all that was asked for is refused there, and nowhere else"
        );
        let said: String = browser.script("return document.body.innerText").await?;
        assert!(!said.contains("Økten er utløpt"), "{said}");
        browser.screenshot("sources-refused").await?;
        Ok(())
    })
    .await;
}
