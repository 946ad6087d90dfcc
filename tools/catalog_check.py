"""Compare base prices with two other catalogs. What differs must be explained in the allow-list."""

import decimal
import json
import sys

FIELDS = ("input", "output", "cache_read")

# What litellm writes before a provider's models.
LITELLM = {
    "openai": ["", "openai/"], "anthropic": [""], "google": ["gemini/", "vertex_ai/"], "x-ai": ["xai/"],
    "mistral": ["mistral/"], "deepseek": ["deepseek/"], "meta": ["meta/", "meta_llama/"], "cohere": ["", "cohere/"],
    "moonshotai": ["moonshot/"], "zai": ["zai/"], "minimax": ["minimax/"], "perplexity": ["", "perplexity/"],
    "aws": [""], "azure": ["azure/", "azure_ai/"], "groq": ["groq/"], "cerebras": ["cerebras/"],
    "together": ["together_ai/"], "fireworks": ["fireworks_ai/accounts/fireworks/models/"],
}
MODEL_PRICES = {key: key for key in "openai anthropic google mistral deepseek meta cohere moonshotai zai minimax".split()}
MODEL_PRICES |= {"x-ai": "xai", "perplexity": "perplexity"}


def run(providers, litellm, history, day, allow_path):
    """Mark each model with who agreed that day, and stop at a difference nobody has explained."""
    allowed = json.loads(allow_path.read_text())["entries"]
    found = []
    for key, each in providers.items():
        for model in each["models"]:
            ours = base(model["prices"], day)
            flags = ""
            for letter, source, theirs in others(key, model["id"], litellm, history, day):
                seen = dict(differences(ours, theirs))
                flags += letter.upper() if seen else letter
                if seen:
                    found.append({"source": source, "provider": key, "model": model["id"], "seen": seen})
            if flags:
                model["agree"] = flags
    report(found, allowed, allow_path)


def report(found, allowed, allow_path):
    explained = [{key: each[key] for key in ("source", "provider", "model", "seen")} for each in allowed
                 if each.get("reason")]
    for known in explained:
        if known not in found:
            print(f"{allow_path.name}: no longer needed: {json.dumps(known)}", file=sys.stderr)
    unexplained = [each for each in found if each not in explained]
    if unexplained:
        lines = "\n".join(json.dumps(each) for each in unexplained)
        sys.exit(
            f"{len(unexplained)} models' prices differ by more than 1 % from another catalog and are not in {allow_path}.\n"
            f"Find out which is right; then add each with a \"reason\" (seen: ours, theirs):\n{lines}"
        )


def others(provider, model, litellm, history, day):
    entry = litellm_entry(provider, model, litellm)
    if entry and (theirs := litellm_base(entry)):
        yield "l", "litellm", theirs
    theirs = model_prices_base(provider, model, history, day)
    if theirs:
        yield "m", "model-prices", theirs


def base(cards, day):
    """The standard prices of a small request that day, off peak."""
    for card in reversed(cards):
        held = card.get("from", "") <= day < card.get("to", "9999")
        if held and "hours" not in card:
            return {key: value[0] if isinstance(value, list) else value for key, value in card["usd"].items()}
    return {}


def litellm_entry(provider, model, litellm):
    for prefix in LITELLM.get(provider, []):
        for name in names(provider, model):
            found = litellm.get(prefix + name)
            if found:
                return found
    return None


def names(provider, model):
    name = model.lower()
    yield name
    if provider == "aws":
        region, _, rest = name.partition(".")
        if region in ("regional", "global"):
            place = "us." if region == "regional" else "global."
            yield from (place + rest, place + rest.removesuffix(":0"), place + rest.removesuffix("-v1:0"))
            if region == "regional":
                yield rest
    yield name.removesuffix("-latest")


def litellm_base(entry):
    """Dollars per million. Where litellm writes the peak as base, its off-peak prices are the ones like ours."""
    prices = {**entry, **entry.get("off_peak_pricing", {})}
    written = {"input": "input_cost_per_token", "output": "output_cost_per_token",
               "cache_read": "cache_read_input_token_cost"}
    return {field: per_million(prices[key]) for field, key in written.items() if prices.get(key) is not None}


def per_million(value):
    return plain(decimal.Decimal(str(value)) * 1_000_000)


def plain(number):
    return format(number.normalize(), "f")


def model_prices_base(provider, model, history, day):
    models = history["prices"].get(MODEL_PRICES.get(provider, ""), {})
    model = {name.lower(): each for name, each in models.items()}.get(model.lower())
    rates = [each for each in (model or {}).get("standard", []) if (each["start"] or "")[:10] <= day]
    if not rates or not rates[-1]["rates"]:
        return None
    latest = rates[-1]["rates"]
    return {field: plain(decimal.Decimal(str(latest[field]))) for field in FIELDS if latest.get(field) is not None}


def differences(ours, theirs):
    """Fields both list whose prices are more than 1 % apart."""
    for field in FIELDS:
        if field in ours and field in theirs:
            mine, other = decimal.Decimal(ours[field]), decimal.Decimal(theirs[field])
            if abs(mine - other) > max(mine, other) / 100:
                yield field, [ours[field], theirs[field]]
