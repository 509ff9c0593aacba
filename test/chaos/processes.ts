import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../../src/local/stack/servers/child.ts';
import { lastLines } from '../../src/local/stack/servers/log-tail.ts';
import type { Service } from '../../src/local/stack/servers/supervisor.ts';

/** A role that comes up before what it needs ends at once; its supervisor starts it again, and so does this one. */
const AGAIN_MS = 250;

/** Processes that a test may kill and start again, each on the same ports and data. */
export class Processes {
  readonly #services: ReadonlyMap<string, Service>;
  readonly #running = new Map<string, Child>();

  constructor(services: readonly Service[]) {
    this.#services = new Map(services.map((service) => [service.name, service]));
  }

  /** Starts the named processes at once and waits until each does its work. */
  async start(...names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.#start(this.#service(name))));
  }

  /** SIGKILL, without a chance to say good-bye. Resolves once all are gone. */
  async kill(...names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.#end(name, (child) => process.kill(child.pid, 'SIGKILL'))));
  }

  /** Stops the named processes in their tracks: they keep their connections and answer nothing, until `thaw`. */
  freeze(...names: readonly string[]): void {
    for (const name of names) this.#signal(name, 'SIGSTOP');
  }

  thaw(...names: readonly string[]): void {
    for (const name of names) this.#signal(name, 'SIGCONT');
  }

  /** SIGTERM, as an operator or an orchestrator does. Resolves once all have ended. */
  async stop(...names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.#end(name, (child) => child.stop())));
  }

  /** @throws unless it runs. */
  pid(name: string): number {
    const child = this.#running.get(name);
    if (child === undefined) throw new RangeError(`${name} does not run`);
    return child.pid;
  }

  async #start(service: Service): Promise<void> {
    const deadline = AbortSignal.timeout(service.readyWithinMs);
    for (;;) {
      const child = await startChild(service);
      const ready = service.ready(child, deadline).then(() => 'ready');
      ready.catch(() => {});
      const outcome = await Promise.race([ready, child.exited]);
      if (outcome === 'ready') return void this.#running.set(service.name, child);
      if (deadline.aborted) throw new Error(`${service.name} does not start:\n${await lastLines(service.logFile)}`);
      await sleep(AGAIN_MS);
    }
  }

  #signal(name: string, signal: NodeJS.Signals): void {
    const child = this.#running.get(name);
    if (child !== undefined) process.kill(child.pid, signal);
  }

  async #end(name: string, end: (child: Child) => unknown): Promise<void> {
    const child = this.#running.get(name);
    if (child === undefined) return;
    this.#running.delete(name);
    await end(child);
    await child.exited;
  }

  #service(name: string): Service {
    const service = this.#services.get(name);
    if (service === undefined) throw new RangeError(`no process ${name}`);
    return service;
  }
}
