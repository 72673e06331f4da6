//! Measures what the doctor waits for, on the shipped build against the simulated journal: the launch, and the load of
//! a year of continuous glucose. Prints Markdown; judges nothing. `cargo xtask bench` runs it.

use std::path::PathBuf;
use std::time::Instant;

use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use browser_tests::{Result, root, target};
use serde::Deserialize;
use serde_json::{Value, json};

/// Each measurement is made so often, each time in a browser of its own.
const RUNS: usize = 5;
/// Readings in the year.
const YEAR: &str = "105120";
/// A year may take this long on a slow machine, in seconds.
const PATIENCE: u64 = 180;

/// The browser speaks bokmål, as its users' do. Notes when the first page of a launch began, tasks of over 50 ms, how late a timer comes that runs all the time, and
/// the module's memory.
const OBSERVE: &str = "{
    Object.defineProperty(navigator, 'languages', { value: ['nb-NO', 'nb'] });
    try { sessionStorage.start ??= performance.timeOrigin; } catch {}
    const seen = { tasks: [], late: 0, memory: null };
    Object.defineProperty(globalThis, 'dhoObserver', { value: seen });
    new PerformanceObserver(list => list.getEntries().forEach(task => seen.tasks.push(task.duration)))
        .observe({ type: 'longtask', buffered: true });
    let last = performance.now();
    const { port1, port2 } = new MessageChannel();
    seen.watch = () => { last = performance.now(); port2.postMessage(0); };
    port1.onmessage = () => {
        const now = performance.now();
        seen.late = Math.max(seen.late, now - last);
        last = now;
        if (!seen.done) setTimeout(() => port2.postMessage(0), 1);
    };
    for (const way of ['instantiate', 'instantiateStreaming']) {
        const make = WebAssembly[way];
        WebAssembly[way] = async (...parts) => {
            const made = await make.apply(WebAssembly, parts);
            seen.memory = (made.instance ?? made).exports.memory;
            return made;
        };
    }
}";

fn main() -> Result<()> {
    tokio::runtime::Runtime::new()?.block_on(async {
        println!("| launch | first values, ms | main thread until all is there, ms | of it script | all of the first screen, ms |");
        println!("|---|---|---|---|---|");
        let peer = peer()?;
        let launches = [
            ("kols", "kols", Launcher::shared()?),
            ("cgm", "cgm", Launcher::shared()?),
            ("kols, by the JavaScript SMART client", "kols", &peer),
        ];
        for (name, patient, launcher) in launches {
            let mut runs = Vec::new();
            for _ in 0..RUNS {
                let address = launcher.window("gp", patient);
                runs.push(measured(move |browser| launch(browser, address)).await?);
            }
            println!("| {name} | {} |", medians(&runs));
        }
        println!();
        println!(
            "| a year of continuous glucose | longest task, ms | tasks over 50 ms | longest wait for the page, ms \
             | main thread, s | requests | in all, s | memory of wasm, MB | of JavaScript, MB |"
        );
        println!("|---|---|---|---|---|---|---|---|---|");
        let mut runs = Vec::new();
        for number in 1..=RUNS {
            let run = measured(year).await?;
            println!("| run {number} | {} |", numbers(&run));
            runs.push(run);
        }
        println!("| median | {} |", medians(&runs));
        Ok(())
    })
}

/// One measurement in a browser of its own.
async fn measured<Work>(work: impl FnOnce(Browser) -> Work + Send + 'static) -> Result<Vec<f64>>
where
    Work: Future<Output = Result<Vec<f64>>> + Send + 'static,
{
    let (give, take) = tokio::sync::oneshot::channel();
    browse("bench-load", 1200, |browser| async move {
        browser.before_load(OBSERVE).await?;
        browser
            .devtools("Performance.enable", json!({ "timeDomain": "threadTicks" }))
            .await?;
        let _ = give.send(work(browser).await?);
        Ok(())
    })
    .await;
    Ok(take.await?)
}

/// The launcher with the JavaScript SMART client and its page instead of the viewer.
fn peer() -> Result<Launcher> {
    let folder = target().join("bench-smart-js");
    let page = root().join("tests/benches/smart_js");
    let packages =
        std::env::var_os("DHO_SMART_JS").ok_or("DHO_SMART_JS is not set: `cargo xtask bench` sets it")?;
    let client = PathBuf::from(packages).join("node_modules/fhirclient/build/fhir-client.pure.min.js");
    std::fs::create_dir_all(&folder)?;
    for name in ["index.html", "page.js"] {
        std::fs::copy(page.join(name), folder.join(name))?;
    }
    std::fs::copy(client, folder.join("fhir-client.js"))?;
    Launcher::start(["--dist".into(), folder.into()])
}

async fn launch(browser: Browser, address: String) -> Result<Vec<f64>> {
    browser.goto(&address).await?;
    Module::new(browser.clone()).wait_for_state("ready").await?;
    let spent = Spent::of(&browser).await?;
    let marks: Marks = browser
        .script(
            "const at = name => performance.timeOrigin + performance.getEntriesByName(name)[0].startTime;
            return { launch: Number(sessionStorage.start), values: at('dho:first-values'), complete: at('dho:complete') }",
        )
        .await?;
    Ok(vec![
        marks.values - marks.launch,
        spent.task,
        spent.script,
        marks.complete - marks.launch,
    ])
}

async fn year(browser: Browser) -> Result<Vec<f64>> {
    let module = open_window(&browser, Launcher::shared()?, "gp", "cgm", "ready").await?;
    browser
        .script::<Value>("dhoObserver.tasks.length = 0; dhoObserver.watch(); return 0")
        .await?;
    let asked = browser.requests().await?.len();
    let before = Spent::of(&browser).await?;
    let start = Instant::now();
    module.press_button("1 år").await?;
    browser
        .wait_for("the year", PATIENCE, || async {
            Ok(is_whole(&module).await?.then_some(()))
        })
        .await?;
    let seconds = start.elapsed().as_secs_f64();
    browser.settle().await?;
    let seen: Seen = browser
        .script(
            "dhoObserver.done = true;
            const { tasks, late, memory } = dhoObserver;
            return { tasks, late, wasm: memory?.buffer.byteLength ?? 0 }",
        )
        .await?;
    let after = Spent::of(&browser).await?;
    let requests = browser.requests().await?.len() - asked;
    browser.devtools("HeapProfiler.collectGarbage", json!({})).await?;
    let heap = browser.devtools("Runtime.getHeapUsage", json!({})).await?;
    let longest = seen.tasks.iter().copied().fold(0.0, f64::max);
    let megabytes = |bytes: f64| bytes / 1e6;
    Ok(vec![
        longest,
        seen.tasks.len() as f64,
        seen.late,
        (after.task - before.task) / 1e3,
        requests as f64,
        seconds,
        megabytes(seen.wasm),
        megabytes(heap["usedSize"].as_f64().unwrap_or_default()),
    ])
}

async fn is_whole(module: &Module) -> Result<bool> {
    let trends = module.trends().await?;
    Ok(trends
        .iter()
        .any(|trend| trend.parameter == "glucose" && trend.readings == YEAR))
}

/// Milliseconds since 1970; the launch is the beginning of the navigation to the first page.
#[derive(Deserialize)]
struct Marks {
    launch: f64,
    values: f64,
    complete: f64,
}

#[derive(Deserialize)]
struct Seen {
    /// Of tasks over 50 ms, milliseconds.
    tasks: Vec<f64>,
    /// The longest that a message to oneself took, milliseconds.
    late: f64,
    /// Bytes.
    wasm: f64,
}

/// What the main thread has spent, milliseconds.
struct Spent {
    task: f64,
    script: f64,
}

impl Spent {
    async fn of(browser: &Browser) -> Result<Self> {
        let answer = browser.devtools("Performance.getMetrics", json!({})).await?;
        let metrics = answer["metrics"].as_array().cloned().unwrap_or_default();
        let metric = |name: &str| {
            let found = metrics.iter().find(|metric| metric["name"] == name);
            found
                .and_then(|metric| metric["value"].as_f64())
                .unwrap_or_default()
                * 1e3
        };
        Ok(Self {
            task: metric("TaskDuration"),
            script: metric("ScriptDuration"),
        })
    }
}

fn numbers(run: &[f64]) -> String {
    let number = |value: &f64| {
        if *value < 20.0 && value.fract() != 0.0 {
            format!("{value:.1}")
        } else {
            format!("{value:.0}")
        }
    };
    run.iter().map(number).collect::<Vec<_>>().join(" | ")
}

/// The median of each column.
fn medians(runs: &[Vec<f64>]) -> String {
    let columns = runs.first().map_or(0, Vec::len);
    let median = |column: usize| {
        let mut values: Vec<f64> = runs.iter().filter_map(|run| run.get(column).copied()).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    numbers(&(0..columns).map(median).collect::<Vec<_>>())
}
