export const DIMENSION = 1024;
export type Vector = Float32Array;

export function zero(): Vector {
  return new Float32Array(DIMENSION);
}

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < DIMENSION; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

export function lengthOf(vector: Vector): number {
  return Math.sqrt(dot(vector, vector));
}

/** Adds `weight` times `other` in place. */
export function add(vector: Vector, other: Vector, weight: number): void {
  for (let i = 0; i < DIMENSION; i++) vector[i] = (vector[i] as number) + weight * (other[i] as number);
}

/** Gives the vector this length in place; zeros stay zeros. */
export function stretch(vector: Vector, length: number): Vector {
  const scale = length / (lengthOf(vector) || 1);
  for (let i = 0; i < DIMENSION; i++) vector[i] = (vector[i] as number) * scale;
  return vector;
}
