import { measure, readHonest } from './measure.ts';

/** `node test/tools/eval/grounding/run.ts [--held-out] [--all]`: how well the fact check tells honest sentences from false ones. */
const measured = measure(readHonest(process.argv.includes('--held-out') ? 'held-out' : 'honest'));
const { honest, falseAlarms, distorted, missed } = measured;
const all = Object.values(distorted).reduce((sum, count) => sum + count, 0);
const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;

console.log(`honest sentences ${honest}, false alarms ${falseAlarms.length} (${share(falseAlarms.length, honest)})`);
console.log(`distortions ${all}, found ${all - missed.length} (${share(all - missed.length, all)})`);
for (const [kind, count] of Object.entries(distorted)) {
  const found = count - missed.filter((each) => each.kind === kind).length;
  console.log(`  ${kind}: ${found} of ${count}`);
}
if (process.argv.includes('--all')) {
  for (const { sentence, grounding } of falseAlarms)
    console.log(`false alarm: ${sentence} ${grounding.status} ${JSON.stringify(grounding.unsupported)}`);
  for (const { kind, sentence } of missed) console.log(`missed ${kind}: ${sentence}`);
}
