"""Short words for plans and usage, for the figures worked by hand."""

from evaluate import bill

MONTH = {"from": "2026-11-01", "until": "2026-11-30"}
MARCH = {"from": "2026-03-01", "until": "2026-03-31"}
GPT = "openai/gpt-6.1-sol"
CATALOG = {"checked": "2026-11-09", "providers": [{"id": "openai", "name": "OpenAI", "source": "https://example.com", "models": [
    {"id": "gpt-6.1-sol", "basis": "probable",
     "prices": [{"usd": {"input": ["2", ">272000", "4"], "output": ["30", ">272000", "45"]}}],
     "variants": [{"is": "batch", "usd": {"input": "1"}}]}]}]}


def at(day, **fields):
    return {"at": f"2026-11-{day:02}T12:00:00Z", **fields}


def make(charges, records=(), period=None, **plan):
    if isinstance(charges, dict):
        charges = [charges]
    charges = [{"id": f"c{number}", **charge} for number, charge in enumerate(charges)]
    usage = {"version": 1, "records": list(records)}
    return bill({"version": 1, "name": "p", "charges": charges, **plan}, usage, period or MONTH, CATALOG)


def priced(q, price, **quantity):
    """The unrounded amount of one charge on a quantity."""
    return priced_records([at(1, quantities={"m": q})], price, **quantity)


def priced_records(records, price, **quantity):
    charge = {"quantity": {"of": ["m"], **quantity}, "price": price}
    return make(charge, records)["lines"][0]["exact"]


def flat(amount, **fields):
    return {"price": {"flat": {"amount": amount}}, **fields}


def amounts(*values):
    return [at(number, amount=value) for number, value in enumerate(values, 1)]


def kinds(made, kind):
    return [line["amount"] for line in made["lines"] if line["kind"] == kind]


ARTICLE = {"per": "1000", "tiers": [{"up_to": "10000", "amount": "0.05"}, {"up_to": "50000", "amount": "0.04"}]}
MINUTES = [{"up_to": "1000", "amount": "0.05"}, {"amount": "0.04"}]
