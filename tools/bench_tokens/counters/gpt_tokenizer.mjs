import { countTokens } from "gpt-tokenizer/encoding/o200k_base";

const plain = { disallowedSpecial: new Set() };

export default async () => ({ count: (text) => countTokens(text, plain) });
