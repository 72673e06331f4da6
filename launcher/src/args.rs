//! The command line of the launcher: what may be given, and its defaults. Reads no files and starts nothing.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::habits::Habits;

pub(crate) const USAGE: &str = "launcher [--port 8480] [--viewer-port 8481] [--dist DIR] [--data PATH...]... \
     [--upstream URL] [--db FILE] [--until YYYY-MM-DD] [--imitate dips|gp|nhn] [--habit NAME]... [--sources]";

/// Port 0 means "take a free one".
#[derive(Debug, PartialEq)]
pub(crate) struct Args {
    pub(crate) port: u16,
    pub(crate) viewer_port: u16,
    pub(crate) dist: PathBuf,
    pub(crate) data: Vec<PathBuf>,
    pub(crate) upstream: Option<String>,
    pub(crate) db: Option<PathBuf>,
    pub(crate) until: Option<Date>,
    pub(crate) habits: Habits,
    /// Apps are told of the sources beside the journal.
    pub(crate) sources: bool,
}

impl Args {
    pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut args = Self {
            port: 8480,
            viewer_port: 8481,
            dist: PathBuf::from("dist"),
            data: Vec::new(),
            upstream: None,
            db: None,
            until: None,
            habits: Habits::default(),
            sources: false,
        };
        let mut words = words.into_iter().peekable();
        while let Some(name) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{name} needs a value"));
            match name.as_str() {
                "--port" => args.port = number(&name, &value()?)?,
                "--viewer-port" => args.viewer_port = number(&name, &value()?)?,
                "--dist" => args.dist = value()?.into(),
                "--data" => {
                    args.data.push(value()?.into());
                    while let Some(path) = words.next_if(|word| !word.starts_with("--")) {
                        args.data.push(path.into());
                    }
                }
                "--upstream" => args.upstream = Some(base_url(&value()?)?),
                "--db" => args.db = Some(value()?.into()),
                "--imitate" => args.habits.imitate(&value()?)?,
                "--habit" => args.habits.add(&value()?)?,
                "--sources" => args.sources = true,
                "--until" => args.until = Some(date(&value()?)?),
                other => return Err(format!("unknown option {other}\n{USAGE}")),
            }
        }
        if args.upstream.is_some() && (args.db.is_some() || args.sources || !args.data.is_empty()) {
            return Err(
                "--upstream serves another server's data: leave out --data, --db and --sources".to_owned(),
            );
        }
        Ok(args)
    }
}

fn number(name: &str, text: &str) -> Result<u16, String> {
    text.parse()
        .map_err(|_| format!("{name}: {text} is not a port number"))
}

fn date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| format!("--until: {text} is not a date like 2026-11-22"))
}

fn base_url(text: &str) -> Result<String, String> {
    if text.starts_with("http://") || text.starts_with("https://") {
        Ok(text.trim_end_matches('/').to_owned())
    } else {
        Err(format!(
            "--upstream: {text} does not begin with http:// or https://"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Args, String> {
        Args::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn data_may_be_several_paths_and_given_more_than_once() {
        let args = parse("--data a.json b.json --port 0 --data folder --until 2026-11-22").unwrap();
        assert_eq!(args.data, ["a.json", "b.json", "folder"].map(PathBuf::from));
        assert_eq!(args.port, 0);
        assert_eq!(args.until, Some(jiff::civil::date(2026, 11, 22)));
    }

    #[test]
    fn the_base_of_an_upstream_loses_its_last_slash() {
        assert_eq!(
            parse("--upstream http://h/fhir/").unwrap().upstream.as_deref(),
            Some("http://h/fhir")
        );
    }

    #[test]
    fn what_cannot_be_understood_is_named() {
        for (line, named) in [
            ("--port many", "many"),
            ("--port", "--port"),
            ("--wrong", "--wrong"),
            ("--until tomorrow", "tomorrow"),
            ("--upstream ftp://h", "ftp://h"),
            ("--imitate epic", "epic"),
            ("--habit slow", "slow"),
            ("--habit cap-count=many", "cap-count=many"),
            ("--habit no-lastn=3", "no-lastn"),
            ("--upstream http://h --db file", "--db"),
            ("--upstream http://h --sources", "--sources"),
        ] {
            let message = parse(line).unwrap_err();
            assert!(message.contains(named), "{line}: {message}");
        }
    }
}
