//! The first screen is calm: little on it, nothing asked for before it is wanted, and nothing that happens by itself,
//! for three hours.

use std::time::Duration;

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use browser_tests::reading_order;
use serde_json::Value;

/// Keeps what a page asks for, what it could disturb with and what it leaves running, and lets its time pass in a moment: what waits
/// is run when it is due, and then the doctor comes back to the window.
const WATCH: &str = "globalThis.watched = { asked: [], used: [], waiting: new Map(), changes: 0 };
    const ask = globalThis.fetch;
    globalThis.fetch = (what, ...rest) => {
        watched.asked.push(String(what.url ?? what));
        return ask(what, ...rest);
    };
    for (const name of ['setInterval', 'WebSocket', 'EventSource', 'Notification', 'Audio', 'AudioContext',
            'SpeechSynthesisUtterance', 'Worker', 'SharedWorker', 'WebTransport', 'requestIdleCallback']) {
        const real = globalThis[name];
        if (!real) continue;
        globalThis[name] = new Proxy(real, {
            apply(target, self, parts) { watched.used.push(name); return Reflect.apply(target, globalThis, parts); },
            construct(target, parts) { watched.used.push(name); return new target(...parts); },
        });
    }
    for (const [owner, name] of [[Navigator, 'setAppBadge'], [Navigator, 'vibrate'], [Navigator, 'sendBeacon'],
            [HTMLMediaElement, 'play'], [ServiceWorkerContainer, 'register'], [Window, 'open'], [Window, 'alert'],
            [Window, 'confirm'], [Window, 'prompt']]) {
        const place = owner?.prototype?.[name] ? owner.prototype : globalThis;
        const real = place[name];
        if (real) place[name] = function (...parts) { watched.used.push(name); return real.apply(this, parts); };
    }
    let clock = 0, ran = 0;
    const [Day, wait, leave, draw, undraw] =
        [Date, setTimeout, clearTimeout, requestAnimationFrame, cancelAnimationFrame];
    globalThis.Date = class extends Day {
        constructor(...parts) { super(...(parts.length ? parts : [Day.now() + clock])); }
        static now() { return Day.now() + clock; }
    };
    for (const [kind, start, stop] of [['Timeout', wait, leave], ['AnimationFrame', draw, undraw]]) {
        const [begin, end] = kind === 'Timeout' ? ['setTimeout', 'clearTimeout'] : [`request${kind}`, `cancel${kind}`];
        globalThis[begin] = (then, time, ...rest) => {
            const run = (...given) => { watched.waiting.delete(`${kind} ${id}`); then(...given, ...rest); };
            const id = start(run, time);
            watched.waiting.set(`${kind} ${id}`, { due: clock + (time ?? 0), run, stop: () => stop(id) });
            return id;
        };
        globalThis[end] = id => { watched.waiting.delete(`${kind} ${id}`); stop(id); };
    }
    watched.pass = time => {
        const end = clock + time;
        for (let turns = 0; turns < 1000; turns++) {
            const [next] = [...watched.waiting.values()].sort((one, two) => one.due - two.due);
            if (!next || next.due > end) break;
            clock = next.due;
            ran++;
            next.stop();
            next.run();
        }
        clock = end;
        for (const [target, name] of [[document, 'visibilitychange'], [globalThis, 'focus'], [globalThis, 'blur'],
                [globalThis, 'pageshow'], [globalThis, 'focus']]) {
            target.dispatchEvent(new Event(name));
        }
        return ran;
    };
    new MutationObserver(list => watched.changes += list.length)
        .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });";

/// Milliseconds.
const THREE_HOURS: u64 = 3 * 60 * 60 * 1000;

#[tokio::test]
async fn nothing_happens_by_itself_for_three_hours() {
    browse("three-hours", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.before_load(WATCH).await?;
        for (width, open) in [(400, true), (1200, false)] {
            browser.size(width, 900).await?;
            let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
            if open {
                module.press_row("spo2").await?;
            }
            browser.settle().await?;
            let used: Vec<String> = browser.script("return watched.used").await?;
            assert_eq!(used, Vec::<String>::new(), "used while loading");
            let waiting: Vec<String> = browser.script("return [...watched.waiting.keys()]").await?;
            assert_eq!(waiting, Vec::<String>::new(), "still waiting when all is shown");
            let moving: usize = browser.script("return document.getAnimations().length").await?;
            assert_eq!(moving, 0, "something moves");

            let before = happened(&browser).await?;
            let ran: usize = browser
                .script(&format!("return watched.pass({THREE_HOURS})"))
                .await?;
            assert_eq!(ran, 0, "timers of the page ran");
            tokio::time::sleep(Duration::from_millis(500)).await;
            let after = happened(&browser).await?;
            assert_eq!(before, after, "something happened by itself");
        }
        Ok(())
    })
    .await;
}

/// What would be another if anything had happened: requests, changes to the page, things used, what is shown.
async fn happened(browser: &Browser) -> Result<Value> {
    browser
        .script(
            "return [performance.getEntriesByType('resource').length, watched.asked, watched.changes, watched.used,
                watched.waiting.size, document.title, document.querySelector('link[rel=icon]')?.href,
                document.body.innerText]",
        )
        .await
}

#[tokio::test]
async fn before_a_click_only_the_first_screen_is_asked_for() {
    browse("asked", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.before_load(WATCH).await?;
        for width in [400, 1200] {
            browser.size(width, 900).await?;
            open_window(&browser, &launcher, "gp", "kols", "ready").await?;
            browser.settle().await?;
            // The browser's own list leaves out what was refused.
            let fetched: Vec<String> = browser.script("return watched.asked").await?;
            let mut asked: Vec<String> = browser
                .requests()
                .await?
                .iter()
                .chain(&fetched)
                .filter_map(|url| Some(url.strip_prefix(&launcher.journal)?.to_owned()))
                .map(|path| path.split('?').next().unwrap_or_default().to_owned())
                .collect();
            asked.sort_unstable();
            asked.dedup();
            let first_screen = [
                "/auth/token",
                "/fhir/.well-known/smart-configuration",
                "/fhir/CarePlan",
                "/fhir/EpisodeOfCare",
                "/fhir/Goal",
                "/fhir/Observation",
                "/fhir/Patient/kols",
            ];
            let beyond: Vec<_> = asked
                .iter()
                .filter(|path| !first_screen.contains(&path.as_str()) && *path != "/auth/jwks")
                .collect();
            assert!(beyond.is_empty(), "{beyond:?}");
            let missing: Vec<_> = ["/fhir/Observation", "/fhir/Patient/kols", "/fhir/CarePlan"]
                .into_iter()
                .filter(|path| !asked.iter().any(|asked| asked == path))
                .collect();
            assert!(missing.is_empty(), "{missing:?} is not asked for: {asked:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_first_screen_holds_few_things_and_nothing_that_begs_for_attention() {
    browse("counted", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        // Each limit is what is there today and one or two more: whoever adds to the first screen raises it knowingly.
        for (width, most_buttons, most_words) in [(400, 22, 108), (1200, 38, 430)] {
            browser.size(width, 900).await?;
            browser.settle().await?;
            let lines = reading_order::lines(&browser).await?;
            let count = |role: &str| lines.iter().filter(|line| line.starts_with(role)).count();
            let rows = module.latest_rows().await?.len();
            assert!((3..=12).contains(&rows), "{rows} rows");
            assert_eq!(count("alert"), 0, "{lines:#?}");
            assert!(count("button") <= most_buttons, "{}: {lines:#?}", count("button"));
            let seen: Vec<String> = browser
                .script(
                    "const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), seen = [];
                    while (texts.nextNode()) {
                        const place = texts.currentNode.parentElement;
                        if (place.checkVisibility() && !place.closest('.unseen')) seen.push(texts.currentNode.data);
                    }
                    return seen",
                )
                .await?;
            let words = seen.join(" ").split_whitespace().count();
            assert!(words <= most_words, "{words} words at {width} px: {seen:?}");
        }
        let marks: Vec<String> = browser
            .script(
                "return [document.title, ...[...document.querySelectorAll(
                    'audio, video, dialog[open], [role=alert], [aria-live=assertive], [class*=badge], marquee, blink')]
                    .filter(element => element.innerText?.trim()).map(element => element.outerHTML)]",
            )
            .await?;
        assert_eq!(marks, ["Egenmåling"]);
        Ok(())
    })
    .await;
}
