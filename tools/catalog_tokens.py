"""Which vocabulary turns a model's text into tokens, and how sure that is.

The first pattern found in a model's id decides, whoever sells the model. The classes:
  exact     the model's own vocabulary is published
  probable  a published vocabulary is very likely its own, but nobody has said so
  estimate  no vocabulary is published
  not_text  the model does not answer a text prompt with text: images, sound, pages, embeddings, moderation verdicts
The names of families are those of static/tokenizers.json, which knows how each compares with one we can run.
"""

import re

NOT_TEXT = re.compile(
    r"whisper|[-_]tts|tts-|transcri|gpt-image|image-latest|-image\b|image-\d|chatgpt-image|\bocr|embed|rerank|moderation"
    r"|realtime|[-_]live\b|live-|gpt-audio|-audio|voice|sonic|speech|imagen|veo-|lyria|\bbge-|voyage|translate$"
    r"|eleven_|streaming-preview|nano-banana|prompt-guard|llama-guard|content-safety"
)

# pattern, encoding or family, class
VOCABULARIES = [
    # OpenAI
    (r"gpt-oss", "o200k_harmony", "exact"),
    (r"gpt-(6|[7-9])", "o200k_base", "probable"),
    (r"gpt-5|gpt-4o|gpt-4\.[15]|gpt-4-1|(^|[/.])o[134](-|$)", "o200k_base", "exact"),
    (r"gpt-chat-latest|rosalind|codex-mini|computer-use", "o200k_base", "probable"),
    (r"text-davinci|code-davinci", "p50k_base", "exact"),
    (r"gpt-4|gpt-3\.5|gpt-35|text-embedding|(davinci|babbage)-002|ada-002", "cl100k_base", "exact"),
    (r"^(ada|babbage|curie|davinci)$", "r50k_base", "exact"),
    # Anthropic: the newer vocabulary since Opus 4.7, Sonnet 5, Haiku 5.5, Fable and Mythos 5
    (r"claude-?(v1|v2|1|2|instant)([-.:]|$)", "claude_2", "exact"),
    (r"claude.*(fable|mythos|opus-4[-.][7-9]|opus-[5-9]|sonnet-[5-9](?!\d)|haiku-5[-.]5|haiku-[6-9])", "claude_new", "estimate"),
    (r"claude-(5|[6-9])[-.\d]*-(opus|sonnet|haiku)", "claude_new", "estimate"),
    (r"claude", "claude_old", "estimate"),
    # Models distilled from another family keep its vocabulary
    (r"distill-llama", "llama3", "exact"),
    (r"distill-qwen|r1-0528-qwen3", "qwen", "exact"),
    # Google: what google-genai's local tokenizer maps, and what it does not
    (r"gemma-?[34]", "gemma", "exact"),
    (r"gemma", "gemma", "probable"),
    (r"gemini-(2\.0-flash|2\.5-(pro|flash)|3-(pro|flash)-preview)", "gemma", "exact"),
    (r"gemini-(3\.5-flash(?!-lite)|3\.1-flash-lite|3\.1-pro)", "gemma", "exact"),
    (r"gemini-(1|flash-1|pro-1|1\.0|1\.5)|gemini-pro(-vision)?$", "gemini_1", "estimate"),
    (r"gemini", "gemma", "probable"),
    # DeepSeek
    (r"deepseek.*v4|deepseek-flash|deepseek-pro", "deepseek", "probable"),
    (r"deepseek-?(chat|reasoner|r1|v3)|deepseek\.(r1|v3)|deepseek.*(r1|v3)", "deepseek", "exact"),
    (r"deepseek", "deepseek", "probable"),
    # Mistral
    (r"mistral-7b|mixtral|mistral-tiny|mistral-(large|small)-2402|zephyr|openorca", "mistral_spm", "probable"),
    (r"nemo(?!tron)|pixtral-12b|mistral-small-(24b|3)|ministral-(3b|8b)(-latest)?$", "mistral_tekken", "exact"),
    (r"mistral|ministral|magistral|devstral|codestral|pixtral|voxtral", "mistral_tekken", "probable"),
    # Moonshot, Z.ai, MiniMax
    (r"kimi-?k2", "kimi", "exact"),
    (r"kimi", "kimi", "probable"),
    (r"moonshot-v1", "moonshot_v1", "estimate"),
    (r"glm-?4", "glm", "exact"),
    # GLM 5 is said to differ from GLM 4 in a few tokens, and its own vocabulary was not seen.
    (r"glm-?5", "glm", "probable"),
    (r"glm", "glm", "probable"),
    (r"minimax.*m2", "minimax", "exact"),
    (r"minimax|\bm2-her", "minimax_old", "estimate"),
    # xAI, Cohere, Meta
    (r"grok", "grok", "estimate"),
    (r"command|cohere|\baya|north-", "cohere", "estimate"),
    (r"muse", "muse", "estimate"),
    (r"llama-?4|llama-guard-4", "llama4", "estimate"),
    (r"llama-?v?3(?!\d)|llama-guard-3|sonar-(small|large)-", "llama3", "exact"),
    (r"llama|vicuna|alpaca|wizardlm|hermes|openchat|solar|mythomax|platypus", "llama2", "probable"),
    # Others that are sold by many
    (r"qwen-?3\.[5-9]", "qwen35", "estimate"),
    (r"qwen|qwq", "qwen", "probable"),
    (r"phi-?4", "phi4", "probable"),
    (r"nova|titan", "nova", "estimate"),
    (r"sonar|pplx|r1-1776", "perplexity_unknown", "estimate"),
]
# Who made the models of a family: sold by another provider, they are resold.
MAKERS = {
    "openai": "o200k_base o200k_harmony cl100k_base p50k_base r50k_base",
    "anthropic": "claude_new claude_old claude_2",
    "google": "gemma gemini_1",
    "deepseek": "deepseek",
    "mistral": "mistral_tekken mistral_spm",
    "moonshotai": "kimi moonshot_v1",
    "zai": "glm",
    "minimax": "minimax minimax_old",
    "x-ai": "grok",
    "cohere": "cohere",
    "meta": "muse llama2 llama3 llama4",
}
MAKER_OF = {family: maker for maker, families in MAKERS.items() for family in families.split()}


def is_resold(provider_id, family):
    return MAKER_OF.get(family, provider_id) != provider_id


COMPILED = [(re.compile(pattern), encoding, basis) for pattern, encoding, basis in VOCABULARIES]


def vocabulary(model_id):
    """The encoding (or none known) and the class for a model of this id."""
    # Fireworks writes 2.5 as 2p5; Bedrock and others write a maker before the name.
    plain = re.sub(r"(?<=\d)p(?=\d)", ".", model_id.lower())
    plain = plain.removeprefix("ft:")
    encoding, basis = next(
        ((encoding, basis) for pattern, encoding, basis in COMPILED if pattern.search(plain)), (None, "estimate")
    )
    return encoding, "not_text" if NOT_TEXT.search(plain) else basis
