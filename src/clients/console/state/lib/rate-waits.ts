import { Observable } from './observable.ts';

/** The latest moment until which some request of this tab waits, because the service has a limit of requests a minute. */
class Waits extends Observable {
  until = 0;

  begin = (seconds: number): void => {
    this.until = Math.max(this.until, Date.now() + seconds * 1_000);
    this.changed();
  };
}

export const waits = new Waits();
