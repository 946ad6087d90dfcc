//! Fewer records that come to the same bill.

use super::record::{UsageLog, UsageRecord};
use crate::money::{Exact, Ratio, sum};
use std::cmp::Ordering;

impl UsageLog {
    /// The same use in fewer records, in the order of time: neighbours that no price can tell apart become one.
    ///
    /// They are of the same instant, model, variant, score and properties, and each of their requests has the same
    /// context, quantities and amount. Only neighbours: a price that goes by first, latest or running totals sees what
    /// stands between two records. A record of 0 requests has none that could be alike, and stays.
    ///
    /// ```
    /// use foretoken::usage::UsageLog;
    /// let log = UsageLog::from_json(r#"{"version": 1, "records": [
    ///     {"at": "2026-12-01T12:00:00Z", "model": "openai/gpt-6.1-sol", "quantities": {"input": "195", "output": "280"}},
    ///     {"at": "2026-12-01T12:00:00Z", "model": "openai/gpt-6.1-sol", "context": "195", "requests": "1200",
    ///      "quantities": {"input": "234000", "output": "336000"}},
    ///     {"at": "2026-12-01T12:00:00Z", "model": "openai/gpt-6.1-sol", "quantities": {"input": "195", "output": "281"}}]}"#).unwrap();
    /// let compact = log.compact();
    /// // 234,000 / 1,200 are 195, and 336,000 / 1,200 are 280: one more of them. The last has another answer.
    /// assert_eq!(compact.records.len(), 2);
    /// assert_eq!(compact.records[0].requests, 1_201.into());
    /// assert_eq!(compact.records[0].quantity("output"), 336_280.into());
    /// ```
    pub fn compact(&self) -> UsageLog {
        let mut records: Vec<&UsageRecord> = self.records.iter().collect();
        records.sort_by_key(|record| record.at);
        let mut compact: Vec<UsageRecord> = Vec::with_capacity(records.len());
        for record in records {
            match compact.last_mut().map(|last| (last.with(record), last)) {
                Some((Some(both), last)) => *last = both,
                _ => compact.push(record.clone()),
            }
        }
        UsageLog::new(compact)
    }
}

impl UsageRecord {
    /// Both in one, where that can be held exactly and no price could tell them apart.
    fn with(&self, other: &UsageRecord) -> Option<UsageRecord> {
        self.is_like(other).then_some(())?;
        let add = |left: Exact, right: Exact| sum(*left, *right).ok().map(Exact);
        let meters = self.quantities.iter().zip(other.quantities.values());
        let quantities =
            meters.map(|((meter, left), right)| Some((meter.clone(), add(*left, *right)?)));
        let amount = match self.amount.zip(other.amount) {
            Some((left, right)) => Some(add(left, right)?),
            None => None,
        };
        // A single request needs no context, several do where a model asks more for long prompts.
        let own_input = || self.input_of_each().filter(|_| self.model.is_some());
        Some(UsageRecord {
            requests: add(self.requests, other.requests)?,
            context: self.context.or_else(|| own_input().map(Exact)),
            quantities: quantities.collect::<Option<_>>()?,
            amount,
            ..self.clone()
        })
    }

    /// Whether no price can tell a request of one from a request of the other.
    fn is_like(&self, other: &UsageRecord) -> bool {
        let meters = || self.quantities.keys();
        self.at == other.at
            && self.model == other.model
            && self.variant == other.variant
            && self.score == other.score
            && self.properties == other.properties
            && self.amount.is_some() == other.amount.is_some()
            && self.asks_alike(other)
            && meters().eq(other.quantities.keys())
            && meters().all(|meter| self.has_as_much_in_each(other, meter))
            && self.has_as_much_in_each(other, "amount")
    }

    /// Only a model's price looks at what each request puts in.
    fn asks_alike(&self, other: &UsageRecord) -> bool {
        match self.model {
            Some(_) => self.input_of_each() == other.input_of_each(),
            None => self.context == other.context,
        }
    }

    fn has_as_much_in_each(&self, other: &UsageRecord, meter: &str) -> bool {
        let each = |record: &UsageRecord| Ratio::from(record.quantity(meter)).per(*record.requests);
        each(self).and_then(|left| left.compare(each(other)?)) == Ok(Ordering::Equal)
    }
}
