import init, { Peer } from "built/tiktoken_rs";

export default async ({ wasm }) => {
  const { memory } = await init({ module_or_path: wasm });
  const peer = new Peer();
  return { count: (text) => peer.count(text), memory: () => memory.buffer.byteLength };
};
