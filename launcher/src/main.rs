//! The simulated journal: a SMART authorization server, a FHIR server and two journal frames on one site, the
//! viewer on another. This file only starts and stops them.

mod app;
mod app_state;
mod args;
mod auth;
mod faults;
mod fhir;
mod habits;
mod hosts;
mod hub;
mod journal;
mod load;
mod log;
mod plans;
mod random;
#[cfg(test)]
mod refusals;
mod site;
mod sources;
#[cfg(test)]
mod testing;
mod upstream;
mod viewer_site;

use std::collections::HashMap;
use std::error::Error;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use jiff::civil::Date;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::app::{App, Backend, Urls};
use crate::app_state::AppState;
use crate::args::Args;
use crate::auth::id_token::Signer;
use crate::auth::sessions::{Lifetimes, Sessions};
use crate::auth::users;
use crate::faults::Faults;
use crate::faults::connection::Connection;
use crate::fhir::outcome::Refusal;
use crate::fhir::store::Store;
use crate::hosts::Behind;
use crate::hub::Hub;
use crate::load::Loaded;
use crate::log::RequestLog;
use crate::sources::{SPECS, Sources};
use crate::upstream::Upstream;

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Args::parse(std::env::args().skip(1)) {
        Ok(args) => run(args).await.map_err(|error| error.to_string()),
        Err(message) => Err(message),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("launcher: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let journal = bind(IpAddr::V4(Ipv4Addr::LOCALHOST), args.port).await?;
    let viewer = bind(IpAddr::V4(Ipv4Addr::LOCALHOST), args.viewer_port).await?;
    let viewer_port = viewer.local_addr()?.port();
    // `localhost` may mean either address; a machine without IPv6 has only the first.
    let viewer_v6 = TcpListener::bind((Ipv6Addr::LOCALHOST, viewer_port)).await.ok();
    // By both addresses too, so that its pages can be of one site with the viewer.
    let journal_v6 = TcpListener::bind((Ipv6Addr::LOCALHOST, journal.local_addr()?.port()))
        .await
        .ok();
    let urls = Urls::new(journal.local_addr()?.port(), viewer_port, &args.habits);

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let viewer_site = viewer_site::router(
        &urls,
        &args.dist,
        hosts::profile(
            &urls,
            &args.habits,
            Behind {
                has_upstream: args.upstream.is_some(),
                has_sources: args.sources,
            },
        ),
    );
    let serving = async {
        let sources = Sources::open(&urls, args.db.as_deref(), args.sources)?;
        let (backend, sources, titles) = backend(&args, sources).await?;
        let sessions = Sessions::new(Lifetimes::default());
        let app = App {
            urls,
            sessions,
            signer: Signer::new(),
            backend,
            faults: Faults::default(),
            habits: args.habits.clone(),
            hub: Hub::default(),
            sources,
            app_state: AppState::default(),
            log: RequestLog::default(),
            titles,
        };
        let ready = format!("ready {}/ viewer {}/", app.urls.journal, app.urls.viewer);
        let site = site::router(Arc::new(app));
        serve(journal, site.clone());
        if let Some(listener) = journal_v6 {
            serve(listener, site);
        }
        serve(viewer, viewer_site.clone());
        if let Some(listener) = viewer_v6 {
            serve(listener, viewer_site);
        }
        writeln!(std::io::stdout(), "{ready}")?;
        std::future::pending().await
    };
    tokio::select! {
        failed = serving => failed,
        _ = interrupt.recv() => Ok(()),
        _ = terminate.recv() => Ok(()),
    }
}

async fn bind(address: IpAddr, port: u16) -> Result<TcpListener, String> {
    TcpListener::bind((address, port))
        .await
        .map_err(|error| format!("port {port} cannot be used: {error}"))
}

fn serve(listener: TcpListener, router: Router) {
    tokio::spawn(async move {
        let service = router.into_make_service_with_connect_info::<Connection>();
        if let Err(error) = axum::serve(listener, service).await {
            eprintln!("launcher: a site stopped: {error}");
        }
    });
}

/// A few words on each patient of the fixtures, by id.
type Titles = HashMap<String, String>;

async fn backend(args: &Args, sources: Sources) -> Result<(Backend, Sources, Titles), Box<dyn Error>> {
    if let Some(base) = &args.upstream {
        return Ok((Backend::Upstream(Upstream::new(base)?), sources, Titles::new()));
    }
    let store = Arc::new(Store::open(args.db.as_deref(), args.habits.keeping())?);
    let (data, until) = (args.data.clone(), args.until.unwrap_or_else(fhir_fixtures::today));
    let filled = Arc::clone(&store);
    let filling = tokio::task::spawn_blocking(move || {
        let titles = fill(&filled, &sources, &data, until);
        titles.map(|titles| (sources, titles))
    });
    let (sources, titles) = filling.await?.map_err(|refusal| refusal.text)?;
    Ok((Backend::Store(store), sources, titles))
}

/// Puts the clinicians and the patients into the store, and what the sources have of them into theirs. What was edited in a kept database stays, and one that
/// has patients gets no fixtures.
fn fill(store: &Store, sources: &Sources, data: &[PathBuf], until: Date) -> Result<Titles, Refusal> {
    let is_new = store.patients_with_readings()?.is_empty();
    load::load_resources(store, "clinicians", users::resources().into_iter())?;
    let mut titles = Titles::new();
    if !data.is_empty() {
        report("data", &load::load_paths(store, data)?);
        for spec in &SPECS {
            let paths = load::of_source(data, spec.id);
            if !paths.is_empty() {
                report(spec.id, &sources.fill_from(spec.id, &paths)?);
            }
        }
        return Ok(titles);
    }
    for case in fhir_fixtures::generate(fhir_fixtures::DEFAULT_SEED, until) {
        titles.insert(case.id.to_owned(), case.title.to_owned());
        if is_new {
            report(case.id, &load::load_resources(store, case.id, case.resources())?);
            for elsewhere in &case.elsewhere {
                let place = format!("{} at {}", case.id, elsewhere.source);
                let resources = elsewhere.resources.iter().cloned();
                report(&place, &sources.fill(elsewhere.source, &place, resources)?);
            }
        }
    }
    Ok(titles)
}

fn report(what: &str, loaded: &Loaded) {
    for problem in &loaded.problems {
        eprintln!("launcher: {problem}");
    }
    let repeated = match loaded.repeated {
        0 => String::new(),
        n => format!(", {n} already there with the same id and version"),
    };
    eprintln!("launcher: {what}: {} resources{repeated}", loaded.resources);
}
