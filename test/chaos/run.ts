import { parseArgs } from 'node:util';
import { z } from 'zod';
import { chaos } from './chaos.ts';
import { FAULTS, type FaultName } from './faults.ts';
import { table } from './table.ts';

/** The long form: `npm run test:chaos -- --seconds 300 --faults worker,api,temporal,mongodb,all --clients 8`. */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    faults: { type: 'string', default: Object.keys(FAULTS).join(',') },
    clients: { type: 'string', default: '8' },
  },
});
const names = Object.keys(FAULTS) as [FaultName, ...FaultName[]];
const options = z
  .object({
    seconds: z.coerce.number().int().positive(),
    faults: z.string().transform((text) => z.array(z.enum(names)).min(1).parse(text.split(','))),
    clients: z.coerce.number().int().positive(),
  })
  .parse(values);

const report = await chaos({
  ...{ seconds: options.seconds, faults: options.faults },
  load: { clients: options.clients, thinkMs: 200, questionsPerSession: 25 },
});
process.stdout.write(`${table(report)}\n`);
process.exitCode = report.lost + report.doubledMessages + report.doubledAnswers + report.disordered > 0 ? 1 : 0;
