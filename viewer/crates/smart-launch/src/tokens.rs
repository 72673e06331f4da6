//! The access token over time: when it is due for renewal, how a new one is asked for, and what its answer
//! changes. Sends nothing and keeps no clock.

use crate::address::Address;
use crate::redacted::Redacted;
use crate::token::TokenAnswer;
use oauth2::url::form_urlencoded;
use oauth2::{AccessToken, ClientId, RefreshToken};

/// The part of a token's life before its end in which it is renewed ahead of a request.
const DUE_PART: f64 = 0.1;
/// That time is never longer than this, in milliseconds.
const DUE_AT_MOST_MS: f64 = 30_000.0;

/// Where tokens come from.
#[derive(Debug, Clone)]
pub(crate) struct TokenSource {
    pub(crate) endpoint: Address,
    pub(crate) client_id: ClientId,
    /// JSON pointer of the patient's id in the answers.
    pub(crate) patient_path: String,
}

/// A token, and the way to the next one. Its `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct Tokens {
    source: TokenSource,
    access: AccessToken,
    refresh: Option<RefreshToken>,
    life: Option<Life>,
    /// Another is had the way this one was.
    is_had_anew: bool,
}

/// How long a token lives, in milliseconds since 1970.
#[derive(Debug, Clone, Copy)]
struct Life {
    ends_ms: f64,
    due_ms: f64,
}

impl Life {
    fn new(seconds: f64, now_ms: f64) -> Self {
        let length = seconds * 1000.0;
        let ends_ms = now_ms + length;
        Self {
            ends_ms,
            due_ms: ends_ms - (length * DUE_PART).min(DUE_AT_MOST_MS),
        }
    }
}

impl Tokens {
    pub(crate) fn new(
        source: TokenSource,
        access: AccessToken,
        refresh: Option<RefreshToken>,
        expires_in_s: Option<f64>,
        now_ms: f64,
    ) -> Self {
        let life = expires_in_s.map(|seconds| Life::new(seconds, now_ms));
        Self {
            source,
            access,
            refresh,
            life,
            is_had_anew: false,
        }
    }

    /// Tokens of which another is had the way this one was: exchanged for, or by an authorization that asks nobody.
    pub(crate) fn had_anew(self) -> Self {
        Self {
            is_had_anew: true,
            ..self
        }
    }

    /// The token for requests now.
    pub fn access(&self) -> &AccessToken {
        &self.access
    }

    /// When the token ends, in milliseconds since 1970, if the server said so.
    pub fn expires_at_ms(&self) -> Option<f64> {
        self.life.map(|life| life.ends_ms)
    }

    /// Another token can be had without a new launch.
    pub fn renewable(&self) -> bool {
        self.refresh.is_some() || self.is_had_anew
    }

    /// The token is renewed before the next request: it can be, and at most a tenth of its life, and at most
    /// half a minute, is left. So a token of five seconds is renewed after four and a half, not each time.
    pub fn is_due(&self, now_ms: f64) -> bool {
        self.renewable() && self.life.is_some_and(|life| now_ms >= life.due_ms)
    }

    /// Address and encoded form of the renewal; `None` where there is no refresh token, and another is had anew if at all.
    pub fn renewal(&self) -> Option<(String, Redacted<String>)> {
        let refresh = self.refresh.as_ref()?;
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "refresh_token")
            .append_pair("refresh_token", refresh.secret())
            .append_pair("client_id", &self.source.client_id)
            .finish();
        Some((self.source.endpoint.to_string(), Redacted(form)))
    }

    /// The tokens after a renewal was answered with success. A rotated refresh token takes the old one's
    /// place; where none is sent the old one stays.
    ///
    /// # Errors
    /// The answer is not a token, or names another patient than `patient_id`.
    pub fn renewed(&self, body: &[u8], patient_id: &str, now_ms: f64) -> Result<Self, RenewalError> {
        let answer = TokenAnswer::parse(body, &self.source.patient_path)
            .map_err(|(_, detail)| RenewalError::Refused(detail))?;
        if answer.patient_id.is_some_and(|patient| patient != patient_id) {
            return Err(RenewalError::OtherPatient);
        }
        let renewed = Self::new(
            self.source.clone(),
            answer.access_token,
            answer.refresh_token.or_else(|| self.refresh.clone()),
            answer.expires_in_s,
            now_ms,
        );
        Ok(Self {
            is_had_anew: self.is_had_anew,
            ..renewed
        })
    }

    /// Forgets the refresh token: the server has refused it.
    pub fn not_renewable(&mut self) {
        self.refresh = None;
    }
}

/// Why a renewal gave no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenewalError {
    /// The answer is no token.
    Refused(String),
    /// The new token is for another patient.
    OtherPatient,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(expires_in_s: Option<f64>, refresh: Option<&str>) -> Tokens {
        Tokens::new(
            TokenSource {
                endpoint: Address::parse("https://ehr.example/token").unwrap(),
                client_id: ClientId::new("viewer".to_owned()),
                patient_path: "/patient".to_owned(),
            },
            AccessToken::new("a-1".to_owned()),
            refresh.map(|token| RefreshToken::new(token.to_owned())),
            expires_in_s,
            0.0,
        )
    }

    #[test]
    fn s10_a_token_is_due_when_a_tenth_of_its_life_or_half_a_minute_is_left() {
        let check = |life_s: f64, now_ms: f64, due: bool| {
            assert_eq!(
                tokens(Some(life_s), Some("r")).is_due(now_ms),
                due,
                "{life_s} {now_ms}"
            );
        };
        check(5.0, 0.0, false);
        check(5.0, 4_499.0, false);
        check(5.0, 4_500.0, true);
        check(3600.0, 3_569_999.0, false);
        check(3600.0, 3_570_000.0, true);
        check(3600.0, 4_000_000.0, true);
    }

    #[test]
    fn s10_without_refresh_token_or_end_nothing_is_due() {
        assert!(!tokens(Some(1.0), None).is_due(1e12));
        assert!(!tokens(None, Some("r")).is_due(1e12));
        assert!(tokens(Some(1.0), None).renewal().is_none());
    }

    #[test]
    fn s10_what_is_had_anew_is_due_like_any_other_and_stays_so_without_a_refresh_token() {
        let mut tokens = tokens(Some(300.0), Some("r")).had_anew();
        tokens.not_renewable();
        assert!(tokens.renewable() && tokens.renewal().is_none());
        assert!(!tokens.is_due(269_000.0) && tokens.is_due(270_000.0));
        let next = tokens
            .renewed(br#"{"access_token":"a-2","expires_in":60}"#, "p1", 0.0)
            .unwrap();
        assert!(next.renewable());
    }

    #[test]
    fn s10_the_renewal_has_every_parameter_encoded() {
        let (address, form) = tokens(None, Some("r+/=&x")).renewal().unwrap();
        assert_eq!(address, "https://ehr.example/token");
        assert_eq!(
            form.0,
            "grant_type=refresh_token&refresh_token=r%2B%2F%3D%26x&client_id=viewer"
        );
    }

    #[test]
    fn s10_a_rotated_refresh_token_takes_the_old_ones_place() {
        let sent_next = |answer: &str| {
            let next = tokens(Some(5.0), Some("r-1"))
                .renewed(answer.as_bytes(), "p1", 1_000.0)
                .unwrap();
            assert_eq!(
                (next.access().secret().as_str(), next.expires_at_ms()),
                ("a-2", Some(6_000.0))
            );
            next.renewal().unwrap().1.0
        };
        let rotated = sent_next(r#"{"access_token":"a-2","expires_in":5,"refresh_token":"r-2"}"#);
        assert!(rotated.contains("refresh_token=r-2&"), "{rotated}");
        let kept = sent_next(r#"{"access_token":"a-2","expires_in":5,"patient":"p1"}"#);
        assert!(kept.contains("refresh_token=r-1&"), "{kept}");
    }

    #[test]
    fn s13_a_renewal_for_another_patient_is_refused() {
        let renewed = tokens(None, Some("r")).renewed(br#"{"access_token":"a","patient":"p2"}"#, "p1", 0.0);
        assert_eq!(renewed.unwrap_err(), RenewalError::OtherPatient);
        let renewed = tokens(None, Some("r")).renewed(b"<html>", "p1", 0.0);
        assert!(matches!(renewed, Err(RenewalError::Refused(_))));
    }
}
