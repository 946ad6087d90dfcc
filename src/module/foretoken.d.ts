/** A document: the object, or its JSON. Decimals are strings: "0.05". */
export type Document = object | string;

/** The first and the last day, both included: {"from": "2026-12-01", "until": "2026-12-31"}. */
export interface Period {
  from: string;
  until: string;
}

/** A file of list prices, or several. */
export type Catalog = Document | Document[];

/** What a usage costs on a plan in a period, line by line. Throws an Error that says what is wrong and where. */
export function bill(plan: Document, usage: Document, period: Period | string, catalog?: Catalog): Bill;

/** What was charged on each day of the period, unrounded: the days sum to the period. Throws as bill does. */
export function dayByDay(plan: Document, usage: Document, period: Period | string, catalog?: Catalog): Day[];

/** Throws an Error that says what is wrong with a plan and where; a plan that passes can still meet use it has no price for. */
export function check(plan: Document): void;

/** A decimal in a string, so that no digit is lost. */
export type Decimal = string;

export interface Bill {
  plan: string;
  currency: "USD";
  period: Period;
  lines: LineItem[];
  totals: Totals;
  /** Included units of each charge that has any. */
  included: IncludedUse[];
  credits: CreditUse[];
  /** Bills made before the end of the period, and the last one; missing where the plan makes one bill only. */
  interim?: InterimBill[];
  /** Records outside the period or outside the plan's active days. */
  left_out: number;
}

export interface LineItem {
  kind: "fixed" | "usage" | "discount" | "minimum" | "maximum" | "commitment" | "tax" | "credit";
  /** The charge it comes from; adjustments have none. */
  charge?: string;
  name: string;
  /** What sets it apart from other lines of its charge. */
  group: Record<string, string>;
  quantity?: { measured: Decimal; converted: Decimal; included: Decimal; billed: Decimal };
  slices?: Slice[];
  /** What an adjustment worked on, and its share of that. */
  of?: Decimal;
  percent?: Decimal;
  /** Before rounding, at most 28 digits of it. */
  exact: Decimal;
  amount: Decimal;
}

/** A part of a line: quantity × rate / per. */
export interface Slice {
  part: Part;
  quantity: Decimal;
  rate: Decimal;
  per: Decimal;
  amount: Decimal;
}

/** Which part of a price a slice is. */
export type Part =
  | "whole" | "seats" | "share" | "events" | "clamped" | "passed" | "attempts" | "shared"
  | { tier: Bounds }
  | { tier_fee: Bounds }
  | { overage: { above: Decimal } }
  | { step: Bounds }
  | { packages: { size: Decimal } }
  | { tier_packages: { size: Decimal; tier: Bounds } }
  | { hours: { units: Decimal } }
  | { list: ListPrice }
  | { carried: { markup_percent: Decimal } }
  | { cell: { is: string[] } }
  | { spill_over: { used: Decimal } };

/** Between which bounds a tier lies; the upper one belongs to it, and an open tier has none. */
export interface Bounds {
  number: number;
  above: Decimal;
  up_to?: Decimal;
}

export interface ListPrice {
  /** What the provider asks, before the markup. */
  list: Decimal;
  markup_percent: Decimal;
  /** The long-prompt tier it was taken from, if any. */
  context_above?: number;
  source: string;
  checked?: string;
  /** Your own price, not the catalogue's. */
  yours: boolean;
}

export interface Totals {
  fixed: Decimal;
  usage: Decimal;
  discounts: Decimal;
  /** Minimums and maximums, of charges and of the plan. */
  limits: Decimal;
  commitment: Decimal;
  /** Before tax and before credits. */
  net: Decimal;
  tax: Decimal;
  credits: Decimal;
  /** What is to be paid. */
  total: Decimal;
}

export interface Allowance {
  units: Decimal;
  carried: Decimal;
  used: Decimal;
  left: Decimal;
  carried_out: Decimal;
}

export interface IncludedUse extends Allowance {
  charge: string;
  group: Record<string, string>;
}

export interface CreditUse {
  id: string;
  name: string;
  opening: Decimal;
  used: Decimal;
  expired: Decimal;
  left: Decimal;
}

/** A bill for what was charged since the one before it, before tax and credits. */
export interface InterimBill {
  day: string;
  /** The thresholds that were reached on it; the last bill has none. */
  reached: Decimal[];
  amount: Decimal;
}

export interface Day {
  date: string;
  /** Charged on it, unrounded. */
  charge: Decimal;
  /** Charged up to its end, unrounded, before tax and credits. */
  so_far: Decimal;
  /** Included units of each charge that has any, up to its end. */
  included: IncludedUse[];
}
