"""What a record's meters cost at its provider's list price. Dates, hours and weekdays of rate cards are ignored."""

from fractions import Fraction

from exact import PlanError, whole

MILLION = Fraction(1_000_000)
PER = {
    "requests": 1_000, "web_searches": 1_000, "storage_searches": 1_000, "audio_hours": 3_600,
    "input_audio_hours": 3_600, "input_text_messages": 1_000, "input_document_pages": 1_000,
    "input_annotated_document_pages": 1_000,
}
PART_OF = {"cache_read": "input", "output_reasoning": "output"}
INPUTS = ("input", "cache_read", "cache_write", "cache_write_1h")


def find(catalog, name):
    for provider in catalog["providers"]:
        for model in provider["models"]:
            if f"{provider['id']}/{model['id']}" == name:
                return model
    return None


def card_price(model, variant, meter):
    """The variant's price of a meter, or the standard one: of several cards the last counts."""
    varied = [card for card in model.get("variants", ()) if card["is"] == variant]
    for card in [*reversed(varied), *model["prices"][-1:]]:
        if meter in card["usd"]:
            return card["usd"][meter]
    return None


def tiered(model):
    cards = [*model["prices"], *model.get("variants", ())]
    return any(isinstance(price, list) for card in cards for price in card["usd"].values())


def context_of(record, model):
    if record["context"] is not None:
        return record["context"]
    if record["requests"] == 1:
        return sum((record["quantities"].get(meter, Fraction(0)) for meter in INPUTS), Fraction(0))
    if tiered(model):
        raise PlanError("several requests of a model with long-prompt tiers need their context")
    return Fraction(0)


def reached(price, context):
    """The rate of the highest tier the request reaches; a fraction of a token is a token."""
    if isinstance(price, str):
        return Fraction(price)
    context = whole(context, "up")
    rate = price[0]
    for bound, higher in zip(price[1::2], price[2::2]):
        inside = context >= Fraction(bound[2:]) if bound.startswith(">=") else context > Fraction(bound[1:])
        rate = higher if inside else rate
    return Fraction(rate)


def cost(catalog, record, meter, quantity):
    """The list price of so much of a record's meter."""
    if quantity == 0:
        return Fraction(0)
    model = find(catalog, record["model"])
    if model is None:
        raise PlanError(f"no list price for the model {record['model']}")
    price = card_price(model, record["variant"], meter)
    if price is None and meter in PART_OF:
        price = card_price(model, record["variant"], PART_OF[meter])
    if price is None:
        raise PlanError(f"{record['model']} has no list price for {meter}")
    return quantity * reached(price, context_of(record, model)) / PER.get(meter, MILLION)


def has_request_fee(catalog, record):
    """Only a few providers ask a fee for each request: no rate means no fee."""
    model = find(catalog, record["model"])
    return model is not None and card_price(model, record["variant"], "requests") is not None
