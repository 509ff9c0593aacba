/** A digest of 16 bytes; passed in, so that the domain needs no crypto library. */
export type Digest = (text: string) => Uint8Array;
