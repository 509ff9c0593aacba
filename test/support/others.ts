/** How often other work of the process got its turn while `work` ran. */
export async function othersDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let next = setImmediate(function again() {
    turns++;
    next = setImmediate(again);
  });
  try {
    await work();
  } finally {
    clearImmediate(next);
  }
  return turns;
}
