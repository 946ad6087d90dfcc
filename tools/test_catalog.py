"""python3 -m unittest discover -s tools -p 'test_catalog.py'   (invented prices; no wheel is fetched)"""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import catalog
import catalog_check
import catalog_merge
import catalog_read
from catalog_tokens import vocabulary

A = {"usd": {"input": "5", "output": "30"}}
B = {"from": "2026-08-21", "usd": {"input": "4", "output": "20"}}


def merge(old, new, today="2026-12-01"):
    return catalog_merge.merge_cards(old, new, today, "2026-11-09")


class Merging(unittest.TestCase):
    def test_what_has_not_changed_stays_as_it_is(self):
        self.assertEqual(merge([A, B], [A, B]), [A, B])

    def test_a_new_price_with_a_day_of_its_own_is_added(self):
        self.assertEqual(merge([A], [A, B]), [A, B])

    def test_a_changed_price_is_closed_and_its_successor_opens_the_day_it_was_seen(self):
        cheaper = {"usd": {"input": "3", "output": "30"}}
        closed = {**A, "to": "2026-12-01", "checked": "2026-11-09", "closed": True}
        self.assertEqual(merge([A], [cheaper]), [closed, {**cheaper, "seen": "2026-12-01"}])

    def test_a_vanished_price_is_closed_and_kept(self):
        closed = {**B, "to": "2026-12-01", "checked": "2026-11-09", "closed": True}
        self.assertEqual(merge([A, B], [A]), [A, closed])

    def test_a_second_run_changes_nothing(self):
        cheaper = {"usd": {"input": "3", "output": "30"}}
        once = merge([A], [cheaper])
        self.assertEqual(merge(once, [cheaper], "2026-12-24"), once)

    def test_a_third_price_closes_the_second_and_leaves_the_first(self):
        once = merge([A], [{"usd": {"input": "3"}}])
        twice = merge(once, [{"usd": {"input": "2"}}], "2027-01-10")
        self.assertEqual([card.get("to") for card in twice], ["2026-12-01", "2027-01-10", None])
        self.assertEqual([card.get("seen") for card in twice], [None, "2026-12-01", "2027-01-10"])

    def test_a_price_that_comes_back_holds_from_its_return(self):
        gone = merge([A, B], [A])
        back = merge(gone, [A, B], "2027-02-01")
        self.assertEqual(back[-1], {**B, "seen": "2027-02-01"})
        self.assertEqual(back[1]["to"], "2026-12-01")

    def test_what_follows_a_change_is_written_again_so_that_the_order_still_means_the_same(self):
        peak, dearer = ({"hours": "01:00-04:00", "usd": {"input": price}} for price in ("2", "3"))
        merged = merge([A, peak, B], [A, dearer, B])
        self.assertEqual([card.get("to") for card in merged], [None, "2026-12-01", "2026-12-01", None, None])
        self.assertEqual(merged[3:], [{**dearer, "seen": "2026-12-01"}, {**B, "seen": "2026-12-01"}])

    def test_an_end_the_source_gives_is_not_prolonged(self):
        promotion = {**A, "to": "2026-10-01"}
        (closed,) = merge([promotion], [])
        self.assertEqual(closed["to"], "2026-10-01")

    def test_models_and_providers_that_vanish_are_kept_without_an_open_price(self):
        old = {"a": {"id": "a", "checked": "2026-11-09", "models": [{"id": "m", "prices": [A]}, {"id": "n", "prices": [A]}]},
               "b": {"id": "b", "checked": "2026-11-09", "models": [{"id": "o", "prices": [A], "variants": [{**B, "is": "batch"}]}]}}
        new = {"a": {"id": "a", "checked": "2026-11-30", "models": [{"id": "m", "prices": [A], "name": "M"}]}}
        merged = catalog_merge.catalog(old, new, "2026-12-01")
        self.assertEqual(list(merged), ["a", "b"])
        self.assertEqual([model["id"] for model in merged["a"]["models"]], ["m", "n"])
        self.assertEqual(merged["a"]["models"][0], {"id": "m", "prices": [A], "name": "M"})
        for card in (merged["a"]["models"][1]["prices"][0], merged["b"]["models"][0]["variants"][0]):
            self.assertEqual((card["to"], card["checked"]), ("2026-12-01", "2026-11-09"))

    def test_a_new_variant_leaves_the_others_alone(self):
        batch, flex = {"is": "batch", **A}, {"is": "flex", **B}
        merged = catalog_merge.merge_variants([flex], [batch, flex], "2026-12-01", "2026-11-09")
        self.assertEqual(merged, [{**batch, "seen": "2026-12-01"}, flex])

    def test_a_first_run_takes_everything(self):
        new = {"a": {"id": "a", "checked": "2026-11-30", "models": [{"id": "m", "prices": [A, B]}]}}
        self.assertEqual(catalog_merge.catalog({}, new, "2026-12-01"), new)


class Converting(unittest.TestCase):
    def test_literals_are_read_and_never_run(self):
        source = "x: list = [Tier(start=1, price=Decimal('0.10')), datetime.date(2026, 1, 2), datetime.time(1, 30, tzinfo=datetime.UTC)]"
        self.assertEqual(catalog_read.assigned(source, "x"),
                         [{"_": "Tier", "start": 1, "price": "0.10"}, "2026-01-02", "01:30"])
        with self.assertRaises(SystemExit):
            catalog_read.assigned("x: int = 1 + 1", "x")

    def test_a_tier_keeps_its_operator(self):
        tiered = {"base": "2", "tiers": [{"start": 272000, "price": "4"}]}
        self.assertEqual(catalog.price(tiered), ["2", ">272000", "4"])
        tiered["tiers"][0]["start"] = 199999
        self.assertEqual(catalog.price(tiered), ["2", ">=200000", "4"])

    def test_regular_expressions_become_patterns(self):
        cases = {
            r"^gpt-5\.4-\d{4}-\d{2}-\d{2}$": ["gpt-5.4-####-##-##"],
            r"^gemini-4-argon-\d": ["gemini-4-argon-#*"],
            r"^claude-opus-5[-@]\d{8}$": ["claude-opus-5-########", "claude-opus-5@########"],
            r"^composer-2\.5\[fast=true\]$": ["composer-2.5[fast=true]"],
            r"^(a/)?b(-\d{2})?$": ["a/b-##", "a/b", "b-##", "b"],
        }
        for rule, expected in cases.items():
            self.assertEqual(catalog.rewritten(rule), expected)
        with self.assertRaises(SystemExit):
            catalog.rewritten("^(a|b)$")

    def test_deepseek_peaks_have_days_and_are_twice_the_price_of_the_time(self):
        history = {"schedules": {"holidays": {"cn": {"dates": ["2026-09-18", "2026-10-01"]}}}}
        old, new = {"usd": {"input": "0.1"}}, {"from": "2026-09-10", "usd": {"input": "0.15"}}
        peak = {"hours": "01:00-04:00", "usd": {"input": "0.3"}}
        made = catalog.with_peak_days([old, new, peak], "m", history)
        self.assertEqual(made[:2], [old, new])
        first = [card for card in made[2:] if card["hours"] == "01:00-04:00"]
        self.assertEqual([(card["from"], card.get("to"), card.get("days"), card["usd"]["input"]) for card in first], [
            ("2026-08-17", "2026-08-23", None, "0.2"),
            ("2026-08-23", "2026-09-10", "12345", "0.2"),
            ("2026-09-10", None, "12345", "0.3"),
        ])
        self.assertEqual(first[2]["except"], ["2026-10-01"])
        with self.assertRaises(SystemExit):
            catalog.with_peak_days([old, {**peak, "usd": {"input": "0.5"}}], "m", history)


class Checking(unittest.TestCase):
    providers = {"openai": {"models": [{"id": "m", "prices": [{"usd": {"input": "2", "output": "10"}}]}]}}
    litellm = {"m": {"input_cost_per_token": "2.1e-06", "output_cost_per_token": "1.005e-05"}}
    history = {"prices": {}}

    def run_with(self, entries):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "allow.json"
            path.write_text(json.dumps({"entries": entries}))
            said = io.StringIO()
            with contextlib.redirect_stderr(said):
                catalog_check.run(self.providers, self.litellm, self.history, "2026-11-24", path)
            return said.getvalue()

    entry = {"source": "litellm", "provider": "openai", "model": "m", "seen": {"input": ["2", "2.1"]}}

    def test_an_unexplained_difference_stops_the_run_and_says_what_to_do(self):
        with self.assertRaisesRegex(SystemExit, r'"input": \["2", "2.1"\]'):
            self.run_with([])

    def test_an_entry_without_a_reason_explains_nothing(self):
        with self.assertRaises(SystemExit):
            self.run_with([self.entry])

    def test_an_explained_difference_is_marked(self):
        self.assertEqual(self.run_with([{**self.entry, "reason": "ours is newer"}]), "")
        self.assertEqual(self.providers["openai"]["models"][0]["agree"], "L")

    def test_other_values_than_those_explained_stop_the_run(self):
        with self.assertRaises(SystemExit):
            self.run_with([{**self.entry, "seen": {"input": ["2", "2.2"]}, "reason": "seen before"}])

    def test_an_entry_nobody_needs_is_reported(self):
        other = {**self.entry, "model": "n", "reason": "gone"}
        self.assertIn("no longer needed", self.run_with([{**self.entry, "reason": "newer"}, other]))

    def test_the_base_is_todays_off_peak(self):
        cards = [A, B, {"hours": "01:00-04:00", "usd": {"input": "9"}}, {"from": "2027-01-01", "usd": {"input": "8"}}]
        self.assertEqual(catalog_check.base(cards, "2026-11-24")["input"], "4")
        self.assertEqual(catalog_check.base(cards, "2026-08-20")["input"], "5")


class Vocabularies(unittest.TestCase):
    def test_families(self):
        cases = {
            "gpt-6.1-sol": ("o200k_base", "probable"),
            "gpt-5.1-codex-mini": ("o200k_base", "exact"),
            "o4-mini-deep-research": ("o200k_base", "exact"),
            "openai/gpt-oss-120b": ("o200k_harmony", "exact"),
            "gpt-4-turbo": ("cl100k_base", "exact"),
            "text-davinci-003": ("p50k_base", "exact"),
            "claude-opus-4-6": ("claude_old", "estimate"),
            "claude-opus-4-7": ("claude_new", "estimate"),
            "claude-sonnet-4-20250514": ("claude_old", "estimate"),
            "claude-5-5-haiku": ("claude_new", "estimate"),
            "claude-haiku-4-5": ("claude_old", "estimate"),
            "accounts/x/kimi-k2p6": ("kimi", "exact"),
            "accounts/x/llama-v3p1-8b-instruct": ("llama3", "exact"),
            "deepseek-r1-distill-llama-70b": ("llama3", "exact"),
            "codellama/CodeLlama-34b-Instruct-hf": ("llama2", "probable"),
            "meta.llama4-scout-17b-instruct-v1:0": ("llama4", "estimate"),
            "nvidia.nemotron-nano-9b-v2:0": (None, "estimate"),
            "whisper-1": (None, "not_text"),
        }
        for name, expected in cases.items():
            self.assertEqual(vocabulary(name), expected, name)


if __name__ == "__main__":
    unittest.main()
