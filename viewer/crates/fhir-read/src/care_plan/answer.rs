//! What a server's answer to a save means. The habits of real servers are in servers.md: a conflict
//! comes as 412, 409, or as 400 with 412 in its words; transactions may be refused altogether.

use crate::error::outcome_text;
use crate::json::Json;

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Saved.
    Saved,
    /// Somebody else saved first (or it looks so): read again and merge.
    Conflict,
    /// It says that it is done, with something that is no answer of such a server (a web page): it may have been done or
    /// not.
    Unreadable,
    /// The server takes no transactions, or not from this user: save by single requests.
    TransactionRefused,
    /// Refused, with the server's own words (empty if it gave none).
    Refused {
        /// HTTP status.
        status: u16,
        /// `details.text`, else `diagnostics`.
        words: String,
    },
}

/// Reads the answer to a save; `transaction` if that is what was sent.
pub fn answer(status: u16, body: &[u8], transaction: bool) -> Answer {
    let words = outcome_text(body).unwrap_or_default();
    let refused = Answer::Refused { status, words };
    match status {
        200..=299 if transaction => entries(body),
        200..=299 if body.trim_ascii().is_empty() || is_resource(body) => Answer::Saved,
        200..=299 => Answer::Unreadable,
        409 | 412 => Answer::Conflict,
        400 | 422 if says_conflict(body) => Answer::Conflict,
        403 | 404 | 405 | 415 | 501 if transaction => Answer::TransactionRefused,
        _ => refused,
    }
}

/// The answers of a transaction: one that was refused, if any was.
fn entries(body: &[u8]) -> Answer {
    let Some(bundle) = Json::parse(body).filter(|bundle| bundle.text("resourceType") == "Bundle") else {
        return Answer::Unreadable;
    };
    for entry in bundle.get("entry").items() {
        let response = entry.get("response");
        let status = response
            .text("status")
            .get(..3)
            .and_then(|status| status.parse().ok());
        if let Some(status) = status.filter(|status| !(200..300).contains(status)) {
            return answer(status, response.get("outcome").to_string().as_bytes(), false);
        }
    }
    Answer::Saved
}

fn is_resource(body: &[u8]) -> bool {
    Json::parse(body).is_some_and(|json| !json.text("resourceType").is_empty())
}

fn says_conflict(body: &[u8]) -> bool {
    let outcome = Json::parse(body);
    let issues = outcome
        .as_ref()
        .map(|outcome| outcome.get("issue").items())
        .unwrap_or_default();
    issues.iter().any(|issue| {
        let texts = [issue.get("details").text("text"), issue.text("diagnostics")];
        let names = |status: &str| texts.iter().any(|text| text.contains(status));
        issue.text("code") == "conflict" || names("status 412") || names("status 409") || names("HTTP 412")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_say_conflict_in_many_ways() {
        let outcome = |code: &str, text: &str| {
            format!(
                r#"{{"resourceType":"OperationOutcome","issue":[{{"code":"{code}","details":{{"text":"{text}"}}}}]}}"#
            )
        };
        let refused = |status: u16, words: &str| Answer::Refused {
            status,
            words: words.to_owned(),
        };
        let nested = |status: &str| {
            format!(
                r#"{{"resourceType":"Bundle","entry":[{{"response":{{"status":"201 Created"}}}},{{"response":{{"status":"{status}"}}}}]}}"#
            )
        };
        for (status, body, transaction, expected) in [
            (200, String::new(), false, Answer::Saved),
            (204, String::new(), false, Answer::Saved),
            (412, String::new(), false, Answer::Conflict),
            (409, String::new(), true, Answer::Conflict),
            (
                400,
                outcome("processing", "Entry failed with status 412"),
                true,
                Answer::Conflict,
            ),
            (400, outcome("conflict", "x"), false, Answer::Conflict),
            (400, outcome("invalid", "x"), true, refused(400, "x")),
            (403, outcome("forbidden", "no"), true, Answer::TransactionRefused),
            (403, outcome("forbidden", "no"), false, refused(403, "no")),
            (422, outcome("invariant", "dårlig"), true, refused(422, "dårlig")),
            (500, "<html>".to_owned(), false, refused(500, "")),
            (200, "<html>".to_owned(), false, Answer::Unreadable),
            (200, "<html>".to_owned(), true, Answer::Unreadable),
            (200, "{}".to_owned(), true, Answer::Unreadable),
            (200, String::new(), true, Answer::Unreadable),
            (
                201,
                r#"{"resourceType":"CarePlan"}"#.to_owned(),
                false,
                Answer::Saved,
            ),
            (200, nested("200 OK"), true, Answer::Saved),
            (200, nested("412 Precondition Failed"), true, Answer::Conflict),
            (200, nested("422"), true, refused(422, "")),
        ] {
            assert_eq!(
                answer(status, body.as_bytes(), transaction),
                expected,
                "{status} {body}"
            );
        }
    }
}
