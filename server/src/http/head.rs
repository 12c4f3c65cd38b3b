//! The head of a page, cut out of the `index.html` that Trunk built, so that hashed names and integrity stay Trunk's business.

use std::path::Path;

use super::site::SiteError;

/// What Trunk writes where a nonce belongs.
const TRUNK_NONCE: &str = "{{__TRUNK NONCE__}}";

/// Heads of one Trunk target.
pub struct Head {
    /// As built: the application starts at once.
    whole: Template,
    /// Begins with the rules alone; the application follows when they answer.
    early: Option<Template>,
    /// The same with the styles inside: one way over the line less before anything is painted.
    first: Option<Template>,
    /// Starts the rooms' wasm in the application's place.
    rooms: Option<Template>,
}

/// What stands between the places for the nonce.
struct Template(Vec<String>);

impl Template {
    fn of(text: &str) -> Template {
        Template(text.split(TRUNK_NONCE).map(str::to_owned).collect())
    }

    fn with(&self, nonce: &str) -> String {
        self.0.join(nonce)
    }
}

/// Behind the first paint: nobody types into what is not there yet, and compiling and restyling would hold it back. A page in
/// the background paints nothing until it is looked at; whatever else keeps one from it keeps the rules away for a second.
const PAINTED: &str = "const painted = new Promise((done) => {\n\
    if (document.hidden || !PerformanceObserver.supportedEntryTypes?.includes(\"paint\")) return done();\n\
    new PerformanceObserver(done).observe({ type: \"paint\", buffered: true });\n\
    setTimeout(done, 1000);\n\
    });\n";

/// Where the rules have come, or have failed to, in the script that starts a page with early rules.
const RULES_DONE: &str = "early.catch(() => {}).then(async () => {\n";

/// What the server puts into heads itself: folders as they are served, with what lies in them.
#[derive(Default)]
pub struct Extras {
    pub early: Option<String>,
    pub rooms: Option<String>,
    /// JavaScript that the rooms' wasm imports.
    pub rooms_modules: Vec<String>,
}

impl Head {
    pub fn read(index: &Path, extras: &Extras) -> Result<Head, SiteError> {
        let html = std::fs::read_to_string(index).map_err(|e| SiteError::Read(index.to_owned(), e))?;
        let whole = html
            .split_once("<head>")
            .and_then(|(_, rest)| rest.split_once("</head>"))
            .map(|(head, _)| without_idle_integrity(head))
            .ok_or_else(|| SiteError::NoHead(index.to_owned()))?;
        let built = Built::of(&whole);
        let early = built.as_ref().zip(extras.early.as_deref()).map(|(built, folder)| built.rules_first(folder));
        let rooms =
            built.zip(extras.rooms.as_deref()).map(|(built, folder)| built.rooms(folder, &extras.rooms_modules));
        let folder = index.parent().unwrap_or(Path::new(""));
        let first = match (&early, &extras.early) {
            (Some(early), Some(rules)) => with_styles(early, folder, rules)?,
            _ => None,
        };
        let template = |head: Option<String>| head.as_deref().map(Template::of);
        Ok(Head { whole: Template::of(&whole), early: template(early), first: template(first), rooms: template(rooms) })
    }

    pub fn with_nonce(&self, nonce: &str) -> String {
        self.whole.with(nonce)
    }

    /// The head of a page whose form is judged before the application has arrived.
    pub fn early_with_nonce(&self, nonce: &str) -> String {
        self.early.as_ref().unwrap_or(&self.whole).with(nonce)
    }

    /// The same for a browser that has none of our files yet.
    pub fn first_with_nonce(&self, nonce: &str) -> String {
        self.first.as_ref().map_or_else(|| self.early_with_nonce(nonce), |head| head.with(nonce))
    }

    /// The head of a page of the rooms.
    pub fn rooms_with_nonce(&self, nonce: &str) -> String {
        self.rooms.as_ref().unwrap_or(&self.whole).with(nonce)
    }

    /// The links to style sheets and icons alone, for pages that run no script.
    pub fn styles(&self) -> String {
        let is_style = |tag: &&str| {
            tag.starts_with("link") && ["stylesheet", "\"icon\"", "apple-touch"].iter().any(|kind| tag.contains(kind))
        };
        let whole = self.whole.with("");
        let tags = whole.split('<').filter_map(|t| t.split_once('>').map(|(tag, _)| tag)).filter(is_style);
        tags.map(|tag| format!("<{tag}>")).collect()
    }

    /// As built, for what depends on every byte of it.
    pub fn as_built(&self) -> String {
        self.whole.with(TRUNK_NONCE)
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

/// Trunk's head, with its start of the application taken out.
struct Built {
    /// Before that start…
    before: String,
    /// …and after it.
    after: String,
    wasm: String,
    /// The application's JavaScript, then what it imports.
    modules: Vec<String>,
}

impl Built {
    fn of(head: &str) -> Option<Built> {
        let (before, rest) = head.split_once("<script type=\"module\"")?;
        let (script, rest) = rest.split_once("</script>")?;
        let wasm = between(script, "module_or_path: '", "'")?.to_owned();
        let (mut modules, mut after) = (Vec::new(), String::new());
        for tag in rest.split_inclusive('>') {
            if tag.contains("<link rel=\"modulepreload\"") {
                modules.push(between(tag, "href=\"", "\"")?.to_owned());
            } else if !tag.contains("as=\"fetch\"") {
                after.push_str(tag);
            }
        }
        (!modules.is_empty()).then(|| Built { before: before.to_owned(), after, wasm, modules })
    }

    /// On a slow line the application would stand in the way of the rules, ten times smaller: it waits for them, and then
    /// asks for everything at once.
    fn rules_first(&self, folder: &str) -> String {
        let Built { before, after, wasm, modules } = self;
        let imports: String = modules.iter().map(|path| format!("import(\"{path}\"), ")).collect();
        let preloads =
            preloads(&[format!("{folder}start.js"), format!("{folder}early.js")], &format!("{folder}early_bg.wasm"));
        // A page whose rules could not be loaded still gets its application.
        format!(
            "{before}{preloads}<script type=\"module\" nonce=\"{TRUNK_NONCE}\">\n\
             {PAINTED}\
             const early = painted.then(() => import(\"{folder}start.js\")).then((rules) => rules.default());\n\
             {RULES_DONE}\
             const wasm = fetch(\"{wasm}\", {{ priority: \"low\" }});\n\
             const [app] = await Promise.all([{imports}]);\n\
             await app.default({{ module_or_path: wasm }});\n\
             }});\n</script>{after}"
        )
    }

    fn rooms(&self, folder: &str, modules: &[String]) -> String {
        let Built { before, after, .. } = self;
        let wasm = format!("{folder}rooms_bg.wasm");
        let all: Vec<String> = std::iter::once(format!("{folder}rooms.js")).chain(modules.iter().cloned()).collect();
        let preloads = preloads(&all, &wasm);
        format!(
            "{before}{preloads}<script type=\"module\" nonce=\"{TRUNK_NONCE}\">\n\
             import init from \"{folder}rooms.js\";\n\
             await init({{ module_or_path: \"{wasm}\" }});\n</script>{after}"
        )
    }
}

/// What `style/typeface.css` says, for a page that has its first styles inside.
const TYPEFACE: &str = "new FontFace(\"Golos\", \"url(/fonts/golos-1.woff2)\", { weight: \"400 700\" })\
    .load().then((face) => document.fonts.add(face), () => {});\n";

/// The head with the styles of forms, read from the build's `folder`, in the place of the link to all of them. The rest of
/// the styles and the typeface follow the rules; without scripts all styles are linked. The typeface is made known when it is
/// here: a rule for it would have every line laid out twice, at the rule and at the font.
fn with_styles(head: &str, folder: &Path, rules: &str) -> Result<Option<String>, SiteError> {
    let Some((before, rest)) = head.split_once("<link rel=\"stylesheet\"") else { return Ok(None) };
    let Some((all_styles, after)) = rest.split_once('>') else { return Ok(None) };
    // 33 KB beside the 41 of the rules.
    let without_font = |part: &str| match part.split_once("<link rel=\"preload\" href=\"/fonts/") {
        Some((before, rest)) => format!("{before}{}", rest.split_once('>').map_or("", |(_, after)| after)),
        None => part.to_owned(),
    };
    let (before, after) = (without_font(before), without_font(after));
    let path = folder.join("first.css");
    let styles = std::fs::read_to_string(&path).map_err(|e| SiteError::Read(path, e))?;
    let follow = format!(
        "{RULES_DONE}document.head.append(Object.assign(document.createElement(\"link\"), \
         {{ rel: \"stylesheet\", href: \"{rules}rest.css\" }}));\n{TYPEFACE}"
    );
    Ok(Some(format!(
        "{before}<style nonce=\"{TRUNK_NONCE}\">{}</style>\
         <noscript><link rel=\"stylesheet\"{all_styles}></noscript>{}",
        styles.trim(),
        after.replace(RULES_DONE, &follow)
    )))
}

fn preloads(modules: &[String], wasm: &str) -> String {
    let modules: String = modules
        .iter()
        .map(|path| format!("<link rel=\"modulepreload\" nonce=\"{TRUNK_NONCE}\" href=\"{path}\">"))
        .collect();
    format!(
        "{modules}<link rel=\"preload\" href=\"{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\">"
    )
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(found, _)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_and_the_style_sheet_mean_one_typeface() {
        let rule = include_str!("../../../style/typeface.css");
        for said in [("family: ", "Golos"), ("url(\"", "/fonts/golos-1.woff2"), ("weight: ", "400 700")] {
            assert!(rule.contains(&format!("{}{}", said.0, said.1)) && TYPEFACE.contains(said.1), "{}", said.1);
        }
    }

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
        let head = Built::of(built).expect("a head");
        let early = head.rules_first("/early/0a/");
        assert!(early.starts_with(r#"<link rel="stylesheet" href="/a.css"/>"#), "{early}");
        assert!(early.ends_with("<!-- kept -->"), "{early}");
        assert!(early.contains("painted.then(() => import(\"/early/0a/start.js\"))"), "{early}");
        assert!(!early.contains(r#"preload" href="/app"#) && !early.contains("from '/app.js'"), "{early}");
        for asked in
            [r#"import("/app.js")"#, r#"import("/snippets/x.js")"#, r#"fetch("/app_bg.wasm""#, "/early/0a/start.js"]
        {
            assert!(early.contains(asked), "{asked} in {early}");
        }
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("first.css"), "p{color:red}\n").expect("a file");
        let font = r#"<link rel="preload" href="/fonts/a.woff2" as="font" crossorigin="anonymous"/>"#;
        let with_font = format!("{font}{early}");
        let first = with_styles(&with_font, folder.path(), "/early/0a/").expect("a file").expect("a style sheet");
        assert!(
            first.starts_with(&format!(r#"<style nonce="{TRUNK_NONCE}">p{{color:red}}</style><noscript>"#)),
            "{first}"
        );
        assert!(!first.contains("href=\"/fonts/"), "{first}");
        assert!(first.contains(r#"<noscript><link rel="stylesheet" href="/a.css"/></noscript>"#), "{first}");
        assert_eq!(first.matches("/a.css").count(), 1, "{first}");
        assert!(first.contains(r#"href: "/early/0a/rest.css""#) && first.contains(TYPEFACE), "{first}");

        assert!(Built::of("<title>no application</title>").is_none());

        let rooms = head.rooms("/rooms/0b/", &["/rooms/0b/snippets/x.js".to_owned()]);
        assert!(!rooms.contains("/app"), "{rooms}");
        for asked in
            ["from \"/rooms/0b/rooms.js\"", "href=\"/rooms/0b/snippets/x.js\"", "href=\"/rooms/0b/rooms_bg.wasm\""]
        {
            assert!(rooms.contains(asked), "{asked} in {rooms}");
        }
    }
}
