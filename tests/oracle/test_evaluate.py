"""Quantities and prices against figures worked by hand. Sections are those of the pricing notes (1.3 graduated, 7 credits, ...);
a name in brackets is the engine whose published example it is."""

import pathlib
import sys
import unittest
from decimal import Decimal

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from exact import PlanError  # noqa: E402
from worked import ARTICLE, GPT, MINUTES, amounts, at, flat, kinds, make, priced, priced_records  # noqa: E402


class Tiers(unittest.TestCase):
    def test_a_day_is_the_difference_of_two_cumulative_prices(self):  # 1.3
        before, after = (Decimal(priced(q, {"graduated": ARTICLE})) for q in ("9500", "10500"))
        self.assertEqual(after - before, Decimal("0.045"))

    def test_marginal_and_all_units(self):  # 1.4
        self.assertEqual(priced("1500", {"graduated": {"tiers": MINUTES}}), "70")
        self.assertEqual(priced("1500", {"volume": {"tiers": MINUTES}}), "60")
        self.assertEqual(priced("1001", {"volume": {"tiers": MINUTES}}), "40.04")
        self.assertEqual(priced("1000", {"volume": {"tiers": MINUTES}}), "50")

    def test_above_a_closed_last_tier(self):  # 1.3, 1.13
        def over(above):
            return priced("60000", {"graduated": {**ARTICLE, **above}})

        self.assertEqual(over({}), "2.5")  # 0.50 + 50,000 × 0.04 / 1000
        self.assertEqual(over({"above": {"overage": "0.06"}}), "2.7")  # 0.50 + 1.60 + 0.60
        with self.assertRaises(PlanError):
            over({"above": "refuse"})

    def test_flat_fees_of_tiers(self):  # F2, F3 [OpenMeter: 5.001 enters tier 2]
        tiers = [{"up_to": "5", "amount": "0", "flat": "200"}, {"amount": "0", "flat": "300"}]
        self.assertEqual(priced("5", {"graduated": {"tiers": tiers}}), "200")
        self.assertEqual(priced("5.001", {"graduated": {"tiers": tiers}}), "500")
        self.assertEqual(priced("5.001", {"volume": {"tiers": tiers}}), "300")
        self.assertEqual(priced("0", {"graduated": {"tiers": tiers}}), "200")
        self.assertEqual(priced("0", {"volume": {"tiers": tiers, "at_zero": "none"}}), "0")

    def test_stairstep_and_threshold(self):  # 1.5
        steps = {"tiers": [{"up_to": "10", "amount": "5"}, {"amount": "8"}]}
        self.assertEqual([priced(q, {"stairstep": steps}) for q in ("0", "10", "10.5")], ["5", "5", "8"])
        self.assertEqual(priced("0", {"stairstep": {**steps, "at_zero": "none"}}), "0")
        total = {"thresholds": [{"above": "10", "total": "3"}, {"above": "20", "total": "9"}]}
        self.assertEqual([priced(q, {"threshold_total": total}) for q in ("10", "11", "21")], ["0", "3", "9"])

    def test_packages(self):  # 1.6
        self.assertEqual(priced("121", {"package": {"size": "10", "amount": "1", "free_units": "10"}}), "12")
        self.assertEqual(priced("0", {"package": {"size": "10", "amount": "1", "minimum_packages": "1"}}), "1")
        self.assertEqual(priced("19", {"package": {"size": "10", "amount": "1", "round": "down"}}), "1")

    def test_packages_in_tiers(self):  # 1.7, F6: 101 of size 10, first tier to 55
        tiers = [{"up_to": "55", "amount": "2"}, {"amount": "1"}]
        price = {"size": "10", "tiers": tiers, "order": "tier_then_round"}
        self.assertEqual(priced("101", {"tiered_package": price}), "17")  # 6 × 2 + 5 × 1
        price = {"size": "10", "tiers": [{"up_to": "50", "amount": "2"}, {"amount": "1"}]}
        self.assertEqual(priced("101", {"tiered_package": price}), "16")  # 11 packages: 5 × 2 + 6 × 1
        self.assertEqual(priced("101", {"tiered_package": {**price, "kind": "volume"}}), "11")

    def test_graduated_percentage(self):  # 1.9 [Lago]: 20.5 % of nothing, but the fees
        tiers = [{"up_to": "1000", "percent": "1", "flat": "200"}, {"percent": "2", "flat": "300"}]
        made = make({"price": {"graduated_percentage": {"tiers": tiers}}}, amounts("1050"))
        self.assertEqual(made["lines"][0]["exact"], "511")  # 10 + 1 + 200 + 300


class Quantities(unittest.TestCase):
    def test_hybrid(self):  # 1.12: 5,000 + 1,200,000 above the included five million
        made = make(
            [flat("5000"), {"quantity": {"of": ["output"], "included": {"units": "5000000"}},
                            "price": {"unit": {"amount": "0.03", "per": "1000"}}}],
            [at(3, quantities={"output": "6200000"})])
        self.assertEqual(made["totals"]["total"], "5036")
        self.assertEqual(made["included"], [
            {"charge": "c1", "group": {}, "units": "5000000", "carried": "0", "used": "5000000", "left": "0",
             "carried_out": "0"}])

    def test_convert_then_round_then_included(self):  # 2 [OpenMeter]: ceil(1.4) − 0.5 = 1.5
        got = priced("1400", {"unit": {"amount": "10"}}, convert={"divide_by": "1000", "round": "up"},
                     included={"units": "0.5"})
        self.assertEqual(got, "15")

    def test_daily_units_are_lost(self):  # 1.12 [Flexprice]: 15, 3, 12 with 10 a day
        records = [at(day, quantities={"m": q}) for day, q in ((1, "15"), (2, "3"), (3, "12"))]
        self.assertEqual(priced_records(records, {"unit": {"amount": "1"}}, included={"units": "10", "every": "day"}), "7")

    def test_rollover(self):  # 8: min(at_most, max(at_least, left))
        def out(q, least):
            charge = {"quantity": {"of": ["m"], "included": {
                "units": "10", "carried": "5", "rollover": {"at_least": least, "at_most": "8"}}},
                "price": {"unit": {"amount": "1"}}}
            return make(charge, [at(1, quantities={"m": q})])["included"][0]["carried_out"]

        self.assertEqual([out("1", "0"), out("12", "0"), out("40", "2")], ["8", "3", "2"])

    def test_aggregates(self):  # 2; two requests of 7 each, then one of 9 without a key, then a late 5
        records = [at(1, requests="2", quantities={"m": "14"}, properties={"key": "a"}), at(2, quantities={"m": "9"}),
                   at(3, quantities={"m": "5"}, properties={"key": "b"}), at(4, requests="0", quantities={"m": "100"})]
        got = {how: priced_records(records, {"unit": {"amount": "1"}}, aggregate=how, unique_by="key")
               for how in ("sum", "count", "max", "unique", "latest")}
        self.assertEqual(got, {"sum": "128", "count": "4", "max": "9", "unique": "2", "latest": "5"})

    def test_windows(self):  # 1.13 [Flexprice]: the maximum of each day, priced by itself
        records = [at(1, quantities={"m": "9"}), at(1, quantities={"m": "15"}), at(2, quantities={"m": "12"})]
        price = {"volume": {"tiers": [{"up_to": "20", "amount": "2"}, {"amount": "1"}]}}
        self.assertEqual(priced_records(records, price, aggregate="max", every="day"), "54")
        self.assertEqual(priced_records(records, price, aggregate="max", every="day", each_window="summed"), "27")

    def test_each_day_is_converted_by_itself(self):  # ceil(1.5) + ceil(1.5) − one unit a day
        records = [at(1, quantities={"m": "15"}), at(2, quantities={"m": "15"})]
        got = priced_records(records, {"unit": {"amount": "1"}}, convert={"divide_by": "10", "round": "up"},
                             included={"units": "1", "every": "day"})
        self.assertEqual(got, "2")

    def test_the_latest_is_of_those_that_name_the_meter(self):
        records = [at(1, quantities={"m": "7"}), at(2, quantities={"other": "1"}), at(3, requests="0", quantities={"m": "9"})]
        self.assertEqual(priced_records(records, {"unit": {"amount": "1"}}, aggregate="latest"), "7")

    def test_shared_lines_sum_to_the_rounded_whole(self):  # 10 over three groups: 3.33, 6.67 − 3.33, 10 − 6.67
        records = [at(1, quantities={"m": "1"}, properties={"key": key}) for key in "abc"]
        charge = {"quantity": {"of": ["m"]}, "group_by": ["key"], "group_tiers": "shared", "minimum": "12",
                  "price": {"stairstep": {"tiers": [{"amount": "10"}]}}}
        made = make(charge, records)
        self.assertEqual(kinds(made, "usage"), ["3.33", "3.34", "3.33"])
        self.assertEqual([(line["group"], line["amount"]) for line in made["lines"][3:]], [({}, "2")])

    def test_groups_restart(self):  # 1.11 [Flexprice]: 3 and 12 units → 3 + 14, together 20
        records = [at(1, quantities={"m": "3"}, properties={"key": "a"}), at(2, quantities={"m": "12"}, properties={"key": "b"})]
        charge = {"quantity": {"of": ["m"]}, "group_by": ["key"],
                  "price": {"graduated": {"tiers": [{"up_to": "10", "amount": "1"}, {"amount": "2"}]}}}
        self.assertEqual([line["amount"] for line in make(charge, records)["lines"]], ["3", "14"])
        shared = make({**charge, "group_tiers": "shared"}, records)
        self.assertEqual([line["amount"] for line in shared["lines"]], ["4", "16"])

    def test_days_of_the_time_zone(self):
        late = {"at": "2026-11-30T19:00:00Z", "quantities": {"m": "1"}}
        charge = {"quantity": {"of": ["m"]}, "price": {"unit": {"amount": "1"}}}
        self.assertEqual(make(charge, [late])["left_out"], 0)
        self.assertEqual(make(charge, [late], time_zone="+05:30")["left_out"], 1)  # the first of December there


class Events(unittest.TestCase):
    def money(self, records, **price):
        return make({"price": {"percentage": price}}, records)["lines"][0]["exact"]

    def test_percentage_with_both_free_rules(self):  # 1.8 [Lago]: 15 units free but only one event
        got = self.money(amounts("10", "10"), percent="10", fixed="1", free_events="3", free_amount="15")
        self.assertEqual(got, "1.5")  # 5 × 10 % + 1

    def test_percentage_with_one_free_rule(self):
        self.assertEqual(self.money(amounts("10", "10", "10"), percent="10", fixed="1", free_events="2"), "2")
        self.assertEqual(self.money(amounts("10", "10"), percent="10", fixed="1", free_amount="15"), "1.5")
        self.assertEqual(self.money(amounts("10", "10"), percent="10", fixed="1"), "4")
        self.assertEqual(self.money(amounts("0", "0"), percent="10", fixed="1"), "0")

    def test_percentage_clamped(self):  # 0.10 → 0.50, 1.00, 10 → 2; the first wholly free
        got = self.money(amounts("5", "1", "10", "100"), percent="10", free_events="1", event_minimum="0.5", event_maximum="2")
        self.assertEqual(got, "3.5")

    def test_basis_points(self):  # 1.8 [Orb]
        def points(by, tiers):
            return make({"price": {"basis_points": {"by": by, "tiers": tiers}}}, amounts("100", "300"))["lines"][0]["exact"]

        self.assertEqual(points("event", [{"basis_points": "100", "event_maximum": "2"}]), "3")  # 1 + min(3, 2)
        bands = [{"up_to": "100", "basis_points": "100"}, {"basis_points": "50"}]
        self.assertEqual(points("total", bands), "2")  # 400 × 0.5 %
        self.assertEqual(points("position", bands), "2.5")  # 100 × 1 % + 300 × 0.5 %

    def test_list_price_with_markup(self):  # 1.10: long prompt by the context of each request
        records = [at(1, model=GPT, requests="2", context="300000", quantities={"input": "600000", "output": "1000"}),
                   at(2, model=GPT, variant="batch", quantities={"input": "1000", "cache_read": "500", "output_reasoning": "10"})]
        made = make({"price": {"cost_plus": {"markup_percent": "50"}}}, records)
        got = {line["group"]["meter"]: line["exact"] for line in made["lines"]}
        self.assertEqual(got, {
            "cache_read": "0.00075",  # as input of the variant: 500 × 1 / 1e6 × 1.5
            "input": "3.6015",  # (600,000 × 4 + 1,000 × 1) / 1e6 × 1.5
            "output": "0.0675", "output_reasoning": "0.00045"})

    def test_no_list_price(self):
        for record in (at(1, model="openai/none", quantities={"input": "1"}), at(1, quantities={"pages": "1"}),
                       at(1, model=GPT, requests="2", quantities={"input": "1"})):
            with self.assertRaises(PlanError):
                make({"price": {"cost_plus": {}}}, [record])

    def test_matrix(self):  # 1.11
        records = [at(1, quantities={"m": "3"}, properties={"region": "eu"}), at(2, quantities={"m": "4"})]
        price = {"by": ["region"], "cells": [{"is": ["eu"], "amount": "2"}], "default": "1"}
        made = make({"quantity": {"of": ["m"]}, "price": {"matrix": price}}, records)
        self.assertEqual([line["amount"] for line in made["lines"]], ["6", "4"])
        with self.assertRaises(PlanError):
            del price["default"]
            make({"quantity": {"of": ["m"]}, "price": {"matrix": price}}, records)

    def test_outcome(self):  # 1.14: 3 answers at 0.9 or better of 4 attempts
        records = [at(1, requests="2", score="0.9"), at(2, score="0.89"), at(3, score="1"), at(4)]
        price = {"amount": "1", "score_at_least": "0.9", "each_attempt": "0.01"}
        charge = {"quantity": {"of": ["requests"]}, "price": {"outcome": price}}
        self.assertEqual(make(charge, records)["lines"][0]["exact"], "3.05")
        price["missing_score"] = "billed"
        self.assertEqual(make(charge, records)["lines"][0]["exact"], "4.05")

    def test_capacity(self):  # 1.15: 400 deployed, 300 reserved → 100 each hour of 30 days
        price = {"units": "400", "reserved": "300", "amount": "1"}
        self.assertEqual(make({"price": {"capacity": price}})["totals"]["fixed"], "72000")
        spill = {"of": ["input"], "tokens_per_unit_hour": "1000"}
        made = make({"price": {"capacity": {"units": "1", "amount": "0", "spill_over": spill}}},
                    [at(1, model=GPT, quantities={"input": "4000"})])
        self.assertEqual(made["lines"][1]["exact"], "0.006")  # 4,000 × 2 / 1e6 × 3,000 / 4,000


if __name__ == "__main__":
    unittest.main()
