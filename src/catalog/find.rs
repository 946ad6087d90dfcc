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
const PREFIXES: [(&str, &str); 40] = [
    ("ai21", ""),
    ("amazon", "aws"),
    ("anthropic", "anthropic"),
    ("azure", "azure"),
    ("azure_ai", "azure"),
    ("bedrock", "aws"),
    ("bedrock_converse", "aws"),
    ("cerebras", "cerebras"),
    ("chat", ""),
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
    ("meta-llama", ""),
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

pub(super) fn find<'a>(catalog: &'a Catalog, name: &str) -> Option<Listing<'a>> {
    let name = name.trim().to_ascii_lowercase();
    let (provider, rest) = named_provider(&name);
    let first = provider.and_then(|id| catalog.provider(id));
    let within = first.and_then(|provider| in_provider(provider, &name, rest));
    within
        .or_else(|| anywhere(catalog, &name))
        .or_else(|| anywhere(catalog, without_maker(rest)))
}

/// `bedrock/us.anthropic.claude-…` names the provider `aws` and leaves `us.anthropic.claude-…`.
fn named_provider(name: &str) -> (Option<&'static str>, &str) {
    if is_bedrock(name) {
        return (Some("aws"), name);
    }
    let Some((prefix, rest)) = name.split_once('/') else {
        return (None, name);
    };
    let known = PREFIXES.iter().find(|(written, _)| *written == prefix);
    match known {
        Some((_, "")) | None => (None, rest),
        Some((_, id)) => (Some(*id), rest),
    }
}

/// Bedrock's ids: a maker and a dot, perhaps after a region: `us.anthropic.claude-…`.
fn is_bedrock(name: &str) -> bool {
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

fn in_provider<'a>(provider: &'a Provider, name: &str, rest: &str) -> Option<Listing<'a>> {
    spellings(name)
        .chain(spellings(rest))
        .chain(spellings(without_maker(rest)))
        .find_map(|spelling| one(provider, spelling))
}

fn anywhere<'a>(catalog: &'a Catalog, name: &str) -> Option<Listing<'a>> {
    spellings(name).find_map(|spelling| {
        let exact = |provider: &'a Provider| by_id(provider, spelling);
        let clause = |provider: &'a Provider| by_clause(provider, spelling);
        let providers = || catalog.providers().iter();
        providers()
            .find_map(exact)
            .or_else(|| providers().find_map(clause))
    })
}

fn one<'a>(provider: &'a Provider, name: &str) -> Option<Listing<'a>> {
    by_id(provider, name).or_else(|| by_clause(provider, name))
}

fn by_id<'a>(provider: &'a Provider, name: &str) -> Option<Listing<'a>> {
    provider
        .listings()
        .find(|listing| listing.model.id.eq_ignore_ascii_case(name))
}

fn by_clause<'a>(provider: &'a Provider, name: &str) -> Option<Listing<'a>> {
    provider.listings().find(|listing| {
        let mut clauses = listing.model.clauses.iter();
        clauses.any(|clause| clause.fits(name))
    })
}

/// What follows the last `/`, or the region and maker of a Bedrock id.
fn without_maker(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    if is_bedrock(name) {
        let dot = name.rfind(".claude").or_else(|| name.find('.'));
        return dot.map_or(name, |dot| &name[dot + 1..]);
    }
    name
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
