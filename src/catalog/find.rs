//! Which model a name in a log means.

use super::{Catalog, Listing, Provider};

/// A pattern over a model's name: `*` is anything, `#` one digit; words after `!` must not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    fits: Box<str>,
    not: Vec<Box<str>>,
}

impl Clause {
    /// `gemini-2.5-pro* !*-tts` is a name that starts so and does not end in `-tts`.
    pub(super) fn new(text: &str) -> Clause {
        let mut words = text.split(' ');
        Clause {
            fits: words.next().unwrap_or_default().into(),
            not: words
                .map(|word| word.trim_start_matches('!').into())
                .collect(),
        }
    }

    fn fits(&self, name: &str) -> bool {
        glob(self.fits.as_bytes(), name.as_bytes())
            && !self
                .not
                .iter()
                .any(|pattern| glob(pattern.as_bytes(), name.as_bytes()))
    }
}

/// Linear but for the last star, which is tried again one character later.
fn glob(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut next) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while next < name.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, next));
                at += 1;
            }
            Some(&byte) if byte == name[next] || (byte == b'#' && name[next].is_ascii_digit()) => {
                at += 1;
                next += 1;
            }
            _ => {
                let Some((back, tried)) = star else {
                    return false;
                };
                star = Some((back, tried + 1));
                (at, next) = (back + 1, tried + 1);
            }
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

/// What other tools call our providers, before a `/` or a `.` in a name.
const PREFIXES: [(&str, &str); 37] = [
    ("amazon", "aws"),
    ("anthropic", "anthropic"),
    ("azure", "azure"),
    ("azure_ai", "azure"),
    ("bedrock", "aws"),
    ("bedrock_converse", "aws"),
    ("cerebras", "cerebras"),
    ("cloudflare", "cloudflare"),
    ("cohere", "cohere"),
    ("cohere_chat", "cohere"),
    ("converse", "aws"),
    ("databricks", "databricks"),
    ("deepseek", "deepseek"),
    ("deepseek-ai", "deepseek"),
    ("fireworks", "fireworks"),
    ("fireworks_ai", "fireworks"),
    ("gemini", "google"),
    ("github_copilot", "github-copilot"),
    ("google", "google"),
    ("groq", "groq"),
    ("meta", "meta"),
    ("minimax", "minimax"),
    ("mistral", "mistral"),
    ("mistralai", "mistral"),
    ("models", "google"),
    ("moonshot", "moonshotai"),
    ("moonshotai", "moonshotai"),
    ("openai", "openai"),
    ("openrouter", "openrouter"),
    ("perplexity", "perplexity"),
    ("together", "together"),
    ("together_ai", "together"),
    ("vertex_ai", "google"),
    ("x-ai", "x-ai"),
    ("xai", "x-ai"),
    ("z-ai", "zai"),
    ("zai", "zai"),
];

/// The providers a name mentions come first, in its order; then every provider, with what follows the last `/`.
pub(super) fn find<'a>(catalog: &'a Catalog, name: &str) -> Option<Listing<'a>> {
    let name = name.trim().to_ascii_lowercase();
    let last = name.rsplit('/').next().unwrap_or(&name);
    let mentioned = mentions(&name).find_map(|(id, rest)| {
        let provider = catalog.provider(id)?;
        by_id(provider, &name)
            .or_else(|| in_provider(provider, rest))
            .or_else(|| in_provider(provider, last))
    });
    mentioned
        .or_else(|| anywhere(catalog, last))
        .or_else(|| anywhere(catalog, &name))
        .or_else(|| anywhere(catalog, without_maker(last)))
}

/// The providers written before each `/`, with what follows; Bedrock is known by the shape of its ids.
fn mentions(name: &str) -> impl Iterator<Item = (&'static str, &str)> {
    let bedrock = name.rsplit('/').next().filter(|last| is_bedrock(last));
    let written = name.match_indices('/').scan(0, |start, (slash, _)| {
        let segment = &name[*start..slash];
        *start = slash + 1;
        Some((segment, &name[slash + 1..]))
    });
    let known = written.filter_map(|(segment, rest)| {
        let (_, id) = PREFIXES.iter().find(|(prefix, _)| *prefix == segment)?;
        Some((*id, rest))
    });
    bedrock.map(|last| ("aws", last)).into_iter().chain(known)
}

/// Who made a model, as Bedrock writes it.
const MAKERS: [&str; 11] = [
    "amazon.",
    "anthropic.",
    "cohere.",
    "deepseek.",
    "meta.",
    "mistral.",
    "moonshotai.",
    "openai.",
    "qwen.",
    "writer.",
    "zai.",
];

/// Bedrock's ids: a maker and a dot, perhaps after a region: `us.anthropic.claude-…`.
fn is_bedrock(name: &str) -> bool {
    const REGIONS: [&str; 9] = [
        "us.",
        "us-gov.",
        "eu.",
        "ap.",
        "apac.",
        "jp.",
        "au.",
        "global.",
        "regional.",
    ];
    let region = REGIONS.iter().find_map(|region| name.strip_prefix(region));
    let id = region.unwrap_or(name);
    MAKERS.iter().any(|maker| id.starts_with(maker))
}

fn anywhere<'a>(catalog: &'a Catalog, name: &str) -> Option<Listing<'a>> {
    let mut providers = catalog.providers().iter();
    providers.find_map(|provider| in_provider(provider, name))
}

fn in_provider<'a>(provider: &'a Provider, name: &str) -> Option<Listing<'a>> {
    spellings(name)
        .find_map(|spelling| by_id(provider, spelling).or_else(|| by_clause(provider, spelling)))
}

/// By its id, or by the name it has on the provider's pages and bills.
fn by_id<'a>(provider: &'a Provider, name: &str) -> Option<Listing<'a>> {
    provider.listings().find(|listing| {
        let title = listing.model.name.as_deref();
        listing.model.id.eq_ignore_ascii_case(name)
            || title.is_some_and(|title| title.eq_ignore_ascii_case(name))
    })
}

fn by_clause<'a>(provider: &'a Provider, name: &str) -> Option<Listing<'a>> {
    provider.listings().find(|listing| {
        let mut clauses = listing.model.clauses.iter();
        clauses.any(|clause| clause.fits(name))
    })
}

/// What follows the region and maker of a Bedrock id: it may be a model we know from its maker.
fn without_maker(name: &str) -> &str {
    let maker = is_bedrock(name).then(|| MAKERS.iter().find_map(|maker| name.split_once(maker)));
    maker.flatten().map_or(name, |(_, rest)| rest)
}

/// The name itself, then without what follows a colon, then without `-latest` or a date.
fn spellings(name: &str) -> impl Iterator<Item = &str> {
    let plain = name.split_once(':').map_or(name, |(plain, _)| plain);
    let undated = without_date(plain.strip_suffix("-latest").unwrap_or(plain));
    let all = [
        Some(name),
        (plain != name).then_some(plain),
        (undated != plain).then_some(undated),
    ];
    all.into_iter().flatten()
}

/// Without a `-20250929`, `@20250929` or `-2024-08-06` at its end, and a Bedrock version after it.
fn without_date(name: &str) -> &str {
    const DATES: [&[u8]; 4] = [
        b"*-########",
        b"*@########",
        b"*-####-##-##",
        b"*-########-v#",
    ];
    let date = DATES.iter().find(|date| glob(date, name.as_bytes()));
    date.map_or(name, |date| &name[..name.len() - (date.len() - 1)])
}
