/** A condition that holds for texts which contain this one, in upper or lower case. */
export function containsText(text: string) {
  return { $regex: text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' };
}
