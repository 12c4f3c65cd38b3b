//! The head of a page, cut out of the `index.html` that Trunk built, so that hashed names and integrity stay Trunk's business.

use std::path::Path;

use super::site::SiteError;

/// What Trunk writes where a nonce belongs.
const TRUNK_NONCE: &str = "{{__TRUNK NONCE__}}";

/// Heads of one Trunk target.
pub struct Head {
    /// As built: the application starts at once.
    whole: String,
    /// Begins with the rules alone; the application follows when they answer.
    early: Option<String>,
}

impl Head {
    /// `early` is the folder, as served, of the rules that come first.
    pub fn read(index: &Path, early: Option<&str>) -> Result<Head, SiteError> {
        let html = std::fs::read_to_string(index).map_err(|e| SiteError::Read(index.to_owned(), e))?;
        let whole = html
            .split_once("<head>")
            .and_then(|(_, rest)| rest.split_once("</head>"))
            .map(|(head, _)| without_idle_integrity(head))
            .ok_or_else(|| SiteError::NoHead(index.to_owned()))?;
        let early = early.and_then(|folder| rules_first(&whole, folder));
        Ok(Head { whole, early })
    }

    pub fn with_nonce(&self, nonce: &str) -> String {
        self.whole.replace(TRUNK_NONCE, nonce)
    }

    /// The head of a page whose form is judged before the application has arrived.
    pub fn early_with_nonce(&self, nonce: &str) -> String {
        self.early.as_ref().unwrap_or(&self.whole).replace(TRUNK_NONCE, nonce)
    }

    /// The links to style sheets and icons alone, for pages that run no script.
    pub fn styles(&self) -> String {
        let is_style = |tag: &&str| {
            tag.starts_with("link") && ["stylesheet", "\"icon\"", "apple-touch"].iter().any(|kind| tag.contains(kind))
        };
        let tags = self.whole.split('<').filter_map(|t| t.split_once('>').map(|(tag, _)| tag)).filter(is_style);
        tags.map(|tag| format!("<{tag}>")).collect::<String>().replace(TRUNK_NONCE, "")
    }

    /// As built, for what depends on every byte of it.
    pub fn as_built(&self) -> &str {
        &self.whole
    }
}

/// Browsers ignore `integrity` on a preloaded wasm and warn about it on every page.
fn without_idle_integrity(head: &str) -> String {
    let tag = |tag: &str| {
        let idle = tag.starts_with("link rel=\"preload\"") && tag.contains("as=\"fetch\"");
        match (idle, tag.find(" integrity=\"")) {
            (true, Some(at)) => {
                let end = tag[at + 12..].find('"').map_or(tag.len(), |i| at + 13 + i);
                format!("{}{}", &tag[..at], &tag[end..])
            }
            _ => tag.to_owned(),
        }
    };
    head.split('<').map(tag).collect::<Vec<_>>().join("<")
}

/// Trunk's start of the application is taken out together with what it preloads: on a slow line that would stand in the
/// way of the rules, twenty times smaller. Written anew, it waits for them, and then asks for everything at once.
fn rules_first(head: &str, folder: &str) -> Option<String> {
    let (before, rest) = head.split_once("<script type=\"module\"")?;
    let (script, after) = rest.split_once("</script>")?;
    let wasm = between(script, "module_or_path: '", "'")?;
    let mut modules = Vec::new();
    let mut kept = String::new();
    for tag in after.split_inclusive('>') {
        let at = tag.find("<link").unwrap_or(0);
        match (tag[at..].contains("modulepreload"), tag.contains("as=\"fetch\"")) {
            (true, _) => modules.push(between(tag, "href=\"", "\"")?),
            (_, true) => {}
            _ => kept.push_str(tag),
        }
    }
    let app = modules.first()?;
    let others: String = modules[1..].iter().map(|path| format!("import(\"{path}\"), ")).collect();
    let preloads = format!(
        "<link rel=\"modulepreload\" nonce=\"{TRUNK_NONCE}\" href=\"{folder}start.js\">\
         <link rel=\"modulepreload\" nonce=\"{TRUNK_NONCE}\" href=\"{folder}early.js\">\
         <link rel=\"preload\" href=\"{folder}early_bg.wasm\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\">"
    );
    // A page whose rules could not be loaded still gets its application.
    let start = format!(
        "<script type=\"module\" nonce=\"{TRUNK_NONCE}\">\n\
         const early = import(\"{folder}start.js\").then((rules) => rules.default());\n\
         early.catch(() => {{}}).then(async () => {{\n\
         const wasm = fetch(\"{wasm}\", {{ priority: \"low\" }});\n\
         const [app] = await Promise.all([import(\"{app}\"), {others}]);\n\
         await app.default({{ module_or_path: wasm }});\n\
         }});\n</script>"
    );
    Some([before, &preloads, &start, &kept].concat())
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(found, _)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_goes_where_it_is_ignored_and_stays_where_it_protects() {
        let head = r#"<link rel="preload" href="/a.wasm" integrity="sha384-x" as="fetch"><link rel="stylesheet" href="/a.css" integrity="sha384-y"/>"#;
        let kept = r#"<link rel="preload" href="/a.wasm" as="fetch"><link rel="stylesheet" href="/a.css" integrity="sha384-y"/>"#;
        assert_eq!(without_idle_integrity(head), kept);
    }

    #[test]
    fn the_application_waits_for_the_rules_and_nothing_of_it_is_preloaded() {
        let built = concat!(
            r#"<link rel="stylesheet" href="/a.css"/><script type="module" nonce="N">"#,
            r#"import init from '/app.js'; await init({ module_or_path: '/app_bg.wasm' });</script>"#,
            r#"<!-- kept --><link rel="modulepreload" href="/app.js"><link rel="modulepreload" href="/snippets/x.js">"#,
            r#"<link rel="preload" href="/app_bg.wasm" as="fetch">"#
        );
        let early = rules_first(built, "/early/0a/").expect("a head");
        assert!(early.starts_with(r#"<link rel="stylesheet" href="/a.css"/>"#), "{early}");
        assert!(early.ends_with("<!-- kept -->"), "{early}");
        assert!(!early.contains(r#"preload" href="/app"#) && !early.contains("from '/app.js'"), "{early}");
        for asked in
            [r#"import("/app.js")"#, r#"import("/snippets/x.js")"#, r#"fetch("/app_bg.wasm""#, "/early/0a/start.js"]
        {
            assert!(early.contains(asked), "{asked} in {early}");
        }
        assert_eq!(rules_first("<title>no application</title>", "/early/0a/"), None);
    }
}
