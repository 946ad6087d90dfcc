import init, { Ours } from "built/ours";

export default async ({ wasm, vocabulary }) => {
  const { memory } = await init({ module_or_path: wasm });
  const ours = Ours.ready(new Uint8Array(vocabulary));
  return {
    count: (text) => ours.count(text),
    open: (text) => ours.open(text),
    splice: (from, to, text) => ours.splice(from, to, text),
    memory: () => memory.buffer.byteLength,
  };
};
