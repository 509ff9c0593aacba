/** Keeps onnxruntime from reporting to its maker, as its builds do by default. It must be called before that is loaded. */
export function forbidTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
