import { Tiktoken, init } from "tiktoken/lite/init";

export default async ({ wasm, ranks }) => {
  let memory;
  await init(async (imports) => {
    const made = await WebAssembly.instantiate(wasm, imports);
    memory = made.instance.exports.memory;
    return made;
  });
  const { bpe_ranks, special_tokens, pat_str } = JSON.parse(new TextDecoder().decode(ranks));
  const tokenizer = new Tiktoken(bpe_ranks, special_tokens, pat_str);
  return { count: (text) => tokenizer.encode_ordinary(text).length, memory: () => memory.buffer.byteLength };
};
