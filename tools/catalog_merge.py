"""A rate is succeeded, never overwritten: close what changed, add what is new, remove nothing.

Of the price cards that hold at an instant the last one counts, so their order is part of their meaning. What the old
and the new list share at their start stays as it is. After the first difference every old card is closed, and every new
one opens, today or on the day its source names.
"""


def catalog(old, new, today):
    """The providers of `new` with everything `old` knew. Both map a provider's id to the provider."""
    merged = {}
    for key in [*new, *(key for key in old if key not in new)]:
        checked = old.get(key, {}).get("checked", today)
        models = by_id(old.get(key)), by_id(new.get(key))
        provider = dict(new.get(key) or old[key])
        provider["models"] = list(provider_models(*models, today, checked))
        merged[key] = provider
    return merged


def by_id(provider):
    return {model["id"]: model for model in (provider or {}).get("models", [])}


def provider_models(old, new, today, checked):
    for key in [*new, *(key for key in old if key not in new)]:
        if key not in old:
            yield new[key]
            continue
        model = dict(new.get(key) or old[key])
        fresh = new.get(key, {})
        model["prices"] = merge_cards(old[key]["prices"], fresh.get("prices", []), today, checked)
        variants = merge_variants(old[key].get("variants", []), fresh.get("variants", []), today, checked)
        if variants:
            model["variants"] = variants
        yield model


def merge_variants(old, new, today, checked):
    """Each variant by itself: the order of different variants means nothing."""
    merged = []
    for name in dict.fromkeys(card["is"] for card in [*new, *old]):
        lists = ([card for card in cards if card["is"] == name] for cards in (old, new))
        merged += merge_cards(*lists, today, checked)
    return merged


def merge_cards(old, new, today, checked):
    """The old cards, those that no longer stand closed today, and the new ones."""
    open_cards = [card for card in old if not card.get("closed")]
    shared = 0
    while shared < min(len(open_cards), len(new)) and said(open_cards[shared]) == said(new[shared]):
        shared += 1
    gone = {id(card) for card in open_cards[shared:]}
    known = [said(card) for card in old]
    closed = [close(card, today, checked) if id(card) in gone else card for card in old]
    return closed + [opened(card, known, today) for card in new[shared:]]


def said(card):
    """What the source says of a card, without what merging wrote on it."""
    ours = {"seen", "checked", "closed"} | ({"to"} if card.get("closed") else set())
    return {key: value for key, value in card.items() if key not in ours}


def close(card, today, checked):
    end = min(card.get("to", today), today)
    return {**card, "to": end, "checked": card.get("checked", checked), "closed": True}


def opened(card, known, today):
    """A price without a day of its own holds from the day we saw it; so does one that was written again."""
    if "from" in card and said(card) not in known:
        return card
    return {**card, "seen": today}
