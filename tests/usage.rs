#![cfg(not(target_arch = "wasm32"))]

use foretoken::usage::{Meter, Usage, UsageError};
use proptest::prelude::*;

#[test]
fn keys_and_meters_are_one_to_one() {
    for meter in Meter::all() {
        assert_eq!(Meter::from_key(meter.key()), Some(meter));
        assert!(meter.per() > 0);
    }
    assert_eq!(Meter::from_key("tokens"), None);
}

#[test]
fn cached_and_written_tokens_are_inside_the_input() {
    let usage = Usage {
        cache_read_tokens: 60,
        cache_write_tokens: 30,
        cache_write_1h_tokens: 11,
        ..Usage::request(100, 0)
    };
    // 60 + 30 + 11 = 101, one more than the 100 there are.
    let error = usage.exclusive().unwrap_err();
    assert_eq!(
        error,
        UsageError::CacheExceedsInput {
            read: 60,
            written: 41,
            input: 100
        }
    );
    assert_eq!(
        error.to_string(),
        "60 tokens read from the cache and 41 written to it are more than the 100 input tokens: \
         expected the input to include both"
    );
}

#[test]
fn reasoning_is_inside_the_output() {
    let usage = Usage {
        reasoning_tokens: 11,
        ..Usage::request(0, 10)
    };
    assert_eq!(
        usage.exclusive().unwrap_err().to_string(),
        "11 reasoning tokens are more than the 10 output tokens: expected the output to include them"
    );
}

#[test]
fn the_largest_numbers_do_not_overflow() {
    let usage = Usage {
        cache_read_tokens: u64::MAX,
        cache_write_tokens: u64::MAX,
        ..Usage::request(1, 1)
    };
    assert!(usage.exclusive().is_err());
}

#[test]
fn a_stored_usage_may_leave_fields_out() {
    let usage: Usage = serde_json::from_str(r#"{"input_tokens": 3, "requests": 1}"#).unwrap();
    assert_eq!(usage, Usage::request(3, 0));
}

proptest! {
    #[test]
    fn exclusive_parts_sum_to_the_inclusive_usage(
        plain in 0u64..1 << 40, read in 0u64..1 << 40, short in 0u64..1 << 40, hour in 0u64..1 << 40,
        answer in 0u64..1 << 40, reasoning in 0u64..1 << 40,
    ) {
        let usage = Usage {
            cache_read_tokens: read,
            cache_write_tokens: short,
            cache_write_1h_tokens: hour,
            reasoning_tokens: reasoning,
            ..Usage::request(plain + read + short + hour, answer + reasoning)
        };
        let parts = usage.exclusive().unwrap();
        let input = [Meter::Input, Meter::CacheRead, Meter::CacheWrite, Meter::CacheWrite1h];
        prop_assert_eq!(input.iter().map(|meter| parts.quantity(*meter)).sum::<u64>(), usage.input_tokens);
        let output = [Meter::Output, Meter::Reasoning];
        prop_assert_eq!(output.iter().map(|meter| parts.quantity(*meter)).sum::<u64>(), usage.output_tokens);
        prop_assert_eq!(parts.quantity(Meter::Input), plain);
    }
}
