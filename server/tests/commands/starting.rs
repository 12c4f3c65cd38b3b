//! What a server needs to start, and that it starts with what is documented.

use crate::{OPERATOR, Place, text};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// CON-2: a consent given to nobody in particular is no consent.
#[test]
fn without_an_operator_only_a_demonstration_starts() {
    let folder = tempfile::tempdir().unwrap();
    let here = Place::new(folder.path(), "here", None);
    let serve = |changes: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        command.arg("serve").env("OTDELENIE_DATA_DIR", &here.data).env("OTDELENIE_SITE_DIR", &here.site);
        command.env("OTDELENIE_LISTEN", "127.0.0.1:0").envs(OPERATOR.iter().copied());
        for (name, value) in changes {
            command.env(name, value);
        }
        let done = command.output().unwrap();
        assert!(!done.status.success());
        String::from_utf8(done.stderr).unwrap()
    };
    assert!(serve(&[("OTDELENIE_OPERATOR_ADDRESS", "")]).contains("operator address"));
    assert!(serve(&[("OTDELENIE_OPERATOR_INN", "6124960453")]).contains("operator's inn"));
    // With an operator it goes on to the next thing that is missing.
    assert!(serve(&[]).contains("no master keys"));
}

/// The settings of docs/operations.md that are not optional: each section with its lines.
fn documented() -> Vec<(String, String)> {
    let text = std::fs::read_to_string("../docs/operations.md").unwrap();
    let block = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let mut sections: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        if line.starts_with('[') {
            if line.contains("# optional") {
                break;
            }
            sections.push((line.split_once(']').unwrap().0[1..].to_owned(), String::new()));
        }
        if let Some((_, lines)) = sections.last_mut() {
            *lines += &format!("{}\n", line.replace('…', "given"));
        }
    }
    sections
}

/// Whoever follows the documentation has an installation that starts, and none of its sections can be left out.
#[test]
fn an_installation_starts_with_the_sections_the_documentation_names() {
    let folder = tempfile::tempdir().unwrap();
    let here = Place::new(folder.path(), "here", None);
    here.must(&["keys", "init"]);
    let sections = documented();
    let names: Vec<_> = sections.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["operator", "registries", "sms", "mail", "postal"]);
    let readme = std::fs::read_to_string("../README.md").unwrap();
    let settings = folder.path().join("settings.toml");
    let serve = |without: &str| {
        let kept = sections.iter().filter(|(name, _)| name != without).map(|(_, lines)| lines.as_str());
        std::fs::write(&settings, kept.collect::<String>()).unwrap();
        let mut server = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(["serve", "--config", text(&settings), "--listen", "127.0.0.1:0"])
            .env("OTDELENIE_DATA_DIR", &here.data)
            .env("OTDELENIE_SITE_DIR", &here.site)
            .envs(OPERATOR.iter().filter(|_| without != "operator").copied())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        for line in BufReader::new(server.stderr.take().unwrap()).lines() {
            said += &line.unwrap();
            if said.contains("\"serving\"") {
                break;
            }
        }
        server.kill().unwrap();
        server.wait().unwrap();
        said
    };
    let said = serve("");
    assert!(said.contains("\"serving\""), "{said}");
    for name in names {
        assert!(readme.contains(&format!("`[{name}]`")), "the README does not name [{name}]");
        let said = serve(name);
        let why = if name == "operator" { "no operator".to_owned() } else { format!("no [{name}]") };
        assert!(said.contains(&why), "without [{name}]: {said}");
    }
}
