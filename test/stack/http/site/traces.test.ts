import '../../workflows/quiet.ts';
import { Client, Connection } from '@temporalio/client';
import { workflowBundle } from '../../../../src/adapters/temporal/worker/workflow-bundle.ts';
import { sessionWorkflowId } from '../../../../src/domain/shared/ids.ts';
import { freePort } from '../../../../src/local/stack/state/ports.ts';
import { COMMAND_LOG, replay } from '../../../replay/replay.ts';
import { anAskableRecording } from '../../../support/builders.ts';
import { eventually } from '../../../support/eventually.ts';
import { orderFault } from '../../../support/sandbox.ts';
import { type Service, startService } from '../../../support/service.ts';
import { type ReceivedSpan, startTraceReceiver, type TraceReceiver } from '../../../support/trace-receiver.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

let receiver: TraceReceiver;
let service: Service;
beforeAll(async () => {
  receiver = await startTraceReceiver();
  const settings = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    SESSION_IDLE_MS: '300',
    DEFAULT_PROVIDER: 'openai',
  };
  service = await startService({ settings });
}, 60_000);
afterAll(async () => {
  await service?.stop();
  receiver?.close();
});

test('one question is one trace, from the request to the provider, and holds nothing of what was said', async () => {
  const client = await service.client();
  const { endUser } = await anAskableRecording(client);
  await orderFault(service.sandboxUrl, { provider: 'openai', status: 503 });
  const asked = {
    scope: { type: 'library' },
    end_user_id: endUser.id,
    initial_message: { content: 'When is the launch, wombat?' },
  };
  const traceparent = `00-${TRACE}-${CALLER}-01`;
  const { status, headers, body } = await client.post('/v1/ask/sessions', asked, { traceparent });
  expect(status).toBe(200);

  // The span of the run comes last: a run closes when its session has been idle for a while.
  await eventually(() =>
    receiver.spans().some((span) => span.traceId === TRACE && span.name.startsWith('RunWorkflow')),
  );
  const spans = receiver.spans().filter(({ traceId }) => traceId === TRACE);
  const request = ['POST /v1/ask/sessions', 'UpdateWithStartWorkflow:ask'];
  const turn = [...request, 'HandleUpdate:ask'];
  const call = [...turn, 'StartActivity:generateAnswer', 'RunActivity:generateAnswer', 'chat openai'];
  expect(pathsTo(spans, 'chat openai')).toEqual([call, call]);
  expect(pathsTo(spans, 'RunWorkflow:askSession')).toEqual([[...request, 'RunWorkflow:askSession']]);
  for (const step of ['recordQuestion', 'gatherContext'])
    expect(pathsTo(spans, `RunActivity:${step}`)).toEqual([[...turn, `StartActivity:${step}`, `RunActivity:${step}`]]);

  const server = spans.find(({ name }) => name === request[0]);
  expect(server?.parentSpanId).toBe(CALLER);
  expect(attributesOf(server)).toEqual({
    'http.request.method': 'POST',
    'http.route': '/v1/ask/sessions',
    'http.response.status_code': 200,
    'ask.request_id': headers.get('x-request-id'),
    'ask.session_id': body.session_id,
  });
  const attempts = spans.filter(({ name }) => name === 'chat openai').map(attributesOf);
  const common = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai' };
  expect(attempts).toContainEqual({ ...common, 'error.type': 'overloaded' });
  expect(attempts).toContainEqual({
    ...common,
    'gen_ai.response.model': body.message.model,
    'gen_ai.response.finish_reasons': expect.anything(),
    'gen_ai.usage.input_tokens': body.message.tokens.input,
    'gen_ai.usage.output_tokens': body.message.tokens.output,
  });
  const said = ['wombat', 'May twelve', 'advertising', client.secret];
  expect(said.filter((text) => receiver.text().includes(text))).toEqual([]);
  expect(body.message.content).toContain('May twelve');
}, 60_000);

test('a run with traces replays where they are switched off', async () => {
  const client = await service.client();
  const { endUser } = await anAskableRecording(client);
  const asked = { scope: { type: 'library' }, end_user_id: endUser.id, initial_message: { content: 'And why?' } };
  const { body } = await client.post('/v1/ask/sessions', asked);
  const connection = await Connection.connect({ address: service.settings.TEMPORAL_ADDRESS ?? '' });
  const workflowId = sessionWorkflowId(body.session_id);
  const history = await new Client({ connection }).workflow.getHandle(workflowId).fetchHistory();
  await connection.close();
  const off = await workflowBundle(service.settings.ASK_STATE_DIR ?? '', {}, [COMMAND_LOG]);
  const replayed = [];
  for await (const result of replay(off, [{ name: workflowId, history, log: null }])) replayed.push(result);
  expect(replayed).toMatchObject([{ name: workflowId, violation: null, difference: null }]);
}, 60_000);

test('without its collector the service works, and stops cleanly', async () => {
  const OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${await freePort()}`;
  const alone = await startService({ worker: false, settings: { OTEL_EXPORTER_OTLP_ENDPOINT } });
  expect((await (await alone.client()).get('/v1/recordings')).status).toBe(200);
  await alone.stop();
  expect(alone.apiLog()).toContain('stopping');
  expect(alone.apiLog()).not.toContain('could not stop');
}, 60_000);

/** The names of the spans from the outermost one to each one of this name. */
function pathsTo(spans: readonly ReceivedSpan[], name: string): string[][] {
  const pathOf = (span: ReceivedSpan): string[] => {
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
    return [...(parent === undefined ? [] : pathOf(parent)), span.name];
  };
  return spans.filter((span) => span.name === name).map(pathOf);
}

/** Plain values by name; a list is left as it was sent. */
function attributesOf(span: ReceivedSpan | undefined): Record<string, unknown> {
  return Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));
}
