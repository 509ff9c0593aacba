import { createCompany } from '../../../../src/http/kernel/streams/company.ts';

const LATELY_MS = 5_000;

function company() {
  let ms = 0;
  const { note, areSeveral } = createCompany(() => ms);
  /** Notes each owner a millisecond after the one before. */
  const come = (...owners: string[]) => {
    for (const owner of owners) {
      ms++;
      note(owner);
    }
  };
  return { come, areSeveral, pass: (time: number) => (ms += time) };
}

test('nobody, or one owner however often, is no company', () => {
  const { come, areSeveral } = company();
  expect(areSeveral()).toBe(false);
  come('a', 'a', 'a');
  expect(areSeveral()).toBe(false);
});

test.each([[['a', 'b']], [['a', 'b', 'b', 'b']], [['a', 'b', 'a', 'a']]])('%j are several', (owners) => {
  const { come, areSeveral } = company();
  come(...owners);
  expect(areSeveral()).toBe(true);
});

test('somebody who has not come for a while is no company any more', () => {
  const { come, areSeveral, pass } = company();
  come('a', 'b', 'a');
  pass(LATELY_MS);
  come('a');
  expect(areSeveral()).toBe(false);
  come('b');
  expect(areSeveral()).toBe(true);
});
