//! What a page does behind its looks: a script that runs before the page's own notes requests, messages of the
//! console, violations of the policy, web sockets and every text that was ever shown. It judges nothing.

use serde::Deserialize;
use serde_json::Value;

use crate::Result;
use crate::browser::Browser;

/// Texts go to the window at the top too, since a frame forgets its own when another page is opened in it.
const SCRIPT: &str = "{
    const seen = { requests: [], violations: [], console: [], sockets: [], messages: [], texts: [] };
    Object.defineProperty(globalThis, 'dhoWitness', { value: seen });

    const asked = new WeakMap();
    const ask = globalThis.fetch;
    globalThis.fetch = (address, options = {}) => {
        const { method, cache, referrerPolicy, body } = options;
        const authorization = new Headers(options.headers).get('authorization');
        const request = {
            address: String(address), method: method ?? 'GET', cache: cache ?? '', body: String(body ?? ''),
            referrerPolicy: referrerPolicy ?? '', authorization: authorization ?? '', bytes: 0,
        };
        seen.requests.push(request);
        return ask(address, options).then(answer => {
            asked.set(answer, request);
            return answer;
        });
    };
    const read = Response.prototype.arrayBuffer;
    Response.prototype.arrayBuffer = async function () {
        const content = await read.call(this);
        if (asked.has(this)) asked.get(this).bytes = content.byteLength;
        return content;
    };
    for (const level of ['debug', 'log', 'info', 'warn', 'error', 'trace']) {
        const say = console[level].bind(console);
        console[level] = (...words) => { seen.console.push(words.map(String).join(' ')); say(...words); };
    }
    for (const kind of ['error', 'unhandledrejection']) {
        addEventListener(kind, event => seen.console.push(String(event.message ?? event.reason)));
    }
    document.addEventListener('securitypolicyviolation', event =>
        seen.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
    globalThis.WebSocket = class extends WebSocket {
        constructor(...parts) { super(...parts); seen.sockets.push(String(parts[0])); }
    };

    const page = `${performance.timeOrigin} ${Math.random()}`;
    addEventListener('message', event => {
        if (event.data?.dhoWitness) seen.texts.push(event.data.dhoWitness);
        else seen.messages.push(JSON.stringify(event.data));
    });
    let last = '';
    new MutationObserver(() => {
        const text = document.body?.textContent ?? '';
        if (text === last || parent === self) return;
        last = text;
        parent.postMessage({ dhoWitness: { page, text } }, '*');
    }).observe(document, { subtree: true, childList: true, characterData: true });
}";

/// What was noted.
#[derive(Debug, Default, Deserialize)]
pub struct Noted {
    pub requests: Vec<Asked>,
    /// Of the content security policy.
    pub violations: Vec<String>,
    /// On every level, and errors that nobody caught.
    pub console: Vec<String>,
    /// Addresses of web sockets.
    pub sockets: Vec<String>,
    /// That other windows sent to this one, as JSON.
    pub messages: Vec<String>,
    /// Of the pages in this page's frames, each time that one changed.
    pub texts: Vec<Text>,
}

/// A request made by `fetch`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    pub address: String,
    pub method: String,
    pub cache: String,
    pub referrer_policy: String,
    pub authorization: String,
    pub body: String,
    /// Length of the answer, decompressed; 0 where it has not been read.
    pub bytes: usize,
}

/// What a page showed at some time.
#[derive(Debug, Deserialize)]
pub struct Text {
    /// Tells pages apart that were in the same frame one after the other.
    pub page: String,
    pub text: String,
}

impl Browser {
    /// Takes notes in all pages opened from now on, and in those frames that are of the same site.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn witness(&self) -> Result<()> {
        self.before_load(SCRIPT).await
    }

    /// What the current page or frame has done so far.
    ///
    /// # Errors
    /// When no notes were taken in it.
    pub async fn noted(&self) -> Result<Noted> {
        self.script("return dhoWitness").await
    }

    /// All that the current page leaves behind where another page or user could find it: kind of place and content.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub async fn left_behind(&self) -> Result<Vec<(String, String)>> {
        let script = "const done = arguments[0];
            (async () => {
                const all = storage => JSON.stringify(Object.entries(storage));
                const databases = await indexedDB.databases();
                return [
                    ['address', location.href], ['title', document.title], ['name', window.name],
                    ['history', JSON.stringify(history.state)], ['cookies', document.cookie],
                    ['localStorage', all(localStorage)], ['sessionStorage', all(sessionStorage)],
                    ['indexedDB', JSON.stringify(databases)],
                    ['caches', JSON.stringify(await caches.keys())],
                    ['workers', String((await navigator.serviceWorker.getRegistrations()).length)],
                ];
            })().then(done)";
        let answer = self.driver.execute_async(script, Vec::<Value>::new()).await?;
        Ok(serde_json::from_value(answer.json().clone())?)
    }
}
