/**
 * Fails when a turn costs about twice as much over its floor as it did when this was written (ratio 2.0). The floor is
 * measured in the same run, so a slow machine slows both. `npm run bench:guard`
 */
import { asking, paired, startPair } from './pair.ts';
import { median } from './statistics.ts';

const WORST_RATIO = 4;

const pair = await startPair();
const [serve, floor] = await asking(pair, pair.recording);
await paired({ rounds: 1, calls: 10 }, serve, floor);
const { ratio } = await paired({ rounds: 5, calls: 10 }, serve, floor);
await pair.stop();
const found = median(ratio);
process.stdout.write(`a turn takes ${found.toFixed(2)} times its floor; at most ${WORST_RATIO} is let through\n`);
process.exitCode = found > WORST_RATIO ? 1 : 0;
