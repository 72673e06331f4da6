//! A small HTTP server whose answers a test writes, on a free port of 127.0.0.1. Keeps what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::Result;

/// What a browser or the launcher asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    /// Without the query.
    pub path: String,
    /// After the `?`, as sent; empty where there was none.
    pub query: String,
    pub body: String,
    /// The page that it comes from, as far as the browser tells.
    pub referrer: String,
    /// The header `Authorization`.
    pub authorization: String,
}

/// What the stub answers.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    /// Sent beside those that every answer has.
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// Cuts the connection after this many bytes of the body, as a network does.
    pub cut_at: Option<usize>,
}

impl Answer {
    #[must_use]
    pub fn new(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            content_type,
            headers: Vec::new(),
            body: body.into(),
            cut_at: None,
        }
    }

    #[must_use]
    pub fn fhir(body: &serde_json::Value) -> Self {
        Self::new(200, "application/fhir+json", body.to_string())
    }

    #[must_use]
    pub fn html(status: u16, body: &str) -> Self {
        Self::new(status, "text/html; charset=utf-8", body)
    }

    #[must_use]
    pub fn redirect(to: String) -> Self {
        Self {
            headers: vec![("Location", to)],
            ..Self::html(302, "")
        }
    }

    #[must_use]
    pub fn not_found() -> Self {
        Self::html(404, "<p>Not here.</p>")
    }
}

/// A running stub. It ends with the test program.
#[derive(Debug, Clone)]
pub struct Stub {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Stub {
    /// # Errors
    /// When there is no free port.
    pub fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Result<Self> {
        Self::start_at(move |request, _| answer(request))
    }

    /// Like `start`; `answer` also gets the stub's own address.
    ///
    /// # Errors
    /// When there is no free port.
    pub fn start_at(answer: impl Fn(&Request, &str) -> Answer + Send + Sync + 'static) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let stub = Self {
            port: listener.local_addr()?.port(),
            requests: Arc::default(),
        };
        let address = stub.address();
        let answer = Arc::new(move |request: &Request| answer(request, &address));
        let requests = Arc::clone(&stub.requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, requests) = (Arc::clone(&answer), Arc::clone(&requests));
                // A browser that has gone away is no matter for the test.
                thread::spawn(move || serve(&stream, &requests, answer.as_ref()).unwrap_or_default());
            }
        });
        Ok(stub)
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The same server under its other name, which is another site to a browser.
    #[must_use]
    pub fn other_site(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// All that was asked so far, preflights left out.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests
            .iter()
            .filter(|request| request.method != "OPTIONS")
            .cloned()
            .collect()
    }
}

fn serve(
    mut stream: &TcpStream,
    requests: &Mutex<Vec<Request>>,
    answer: &(dyn Fn(&Request) -> Answer + Send + Sync),
) -> Result<()> {
    let request = read(stream)?;
    let answer = if request.method == "OPTIONS" {
        Answer::html(204, "")
    } else {
        answer(&request)
    };
    requests
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(request);
    let mut head = format!(
        "HTTP/1.1 {} Stub\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\
         Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *, Authorization\r\n",
        answer.status,
        answer.content_type,
        answer.body.len()
    );
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes())?;
    stream.write_all(
        answer
            .body
            .get(..answer.cut_at.unwrap_or(answer.body.len()))
            .unwrap_or_default(),
    )?;
    Ok(stream.flush()?)
}

fn read(stream: &TcpStream) -> Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let method = words.next().ok_or("an empty request")?.to_owned();
    let target = words.next().ok_or("a request without a path")?;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (path, query) = (path.to_owned(), query.to_owned());

    let mut length = 0;
    let (mut referrer, mut authorization) = (String::new(), String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        if header.trim().is_empty() {
            break;
        }
        let (name, value) = header.split_once(':').unwrap_or((header.as_str(), ""));
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse()?,
            "referer" => referrer = value.trim().to_owned(),
            "authorization" => authorization = value.trim().to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Request {
        method,
        path,
        query,
        body: String::from_utf8_lossy(&body).into_owned(),
        referrer,
        authorization,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(stub: &Stub, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", stub.port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn a_stub_answers_and_remembers() {
        let stub = Stub::start(|request| Answer::html(200, &request.path)).unwrap();
        assert!(ask(&stub, "/a/b?c=d").ends_with("\r\n\r\n/a/b"));
        let request = Request {
            method: "GET".to_owned(),
            path: "/a/b".to_owned(),
            query: "c=d".to_owned(),
            ..Request::default()
        };
        assert_eq!(stub.requests(), [request]);
    }

    #[test]
    fn a_cut_answer_ends_early() {
        let stub = Stub::start(|_| Answer {
            cut_at: Some(3),
            ..Answer::html(200, "abcdef")
        })
        .unwrap();
        let answer = ask(&stub, "/");
        assert!(
            answer.contains("Content-Length: 6\r\n") && answer.ends_with("\r\n\r\nabc"),
            "{answer}"
        );
    }
}
