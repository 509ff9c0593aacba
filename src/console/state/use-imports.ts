import { useRef, useState } from 'preact/hooks';
import { type ImportState, importFile } from '../api/import-file.ts';
import { useConsole } from './console.ts';

export interface Import {
  number: number;
  file: string;
  state: ImportState | { step: 'waiting' };
}

/** The files that are imported in this view: one after another, for the service counts requests. */
export function useImports(onImported: () => void) {
  const { api, ownEndUser } = useConsole();
  const [imports, setImports] = useState<readonly Import[]>([]);
  const queue = useRef(Promise.resolve());

  function add(files: readonly File[]): void {
    for (const file of files) {
      const number = nextNumber();
      setImports((before) => [...before, { number, file: file.name, state: { step: 'waiting' } }]);
      const report = (state: ImportState) => {
        setImports((before) => before.map((each) => (each.number === number ? { ...each, state } : each)));
        if (state.step !== 'sending') onImported();
      };
      queue.current = queue.current.then(() => importOne(file, report));
    }
  }

  async function importOne(file: File, report: (state: ImportState) => void): Promise<void> {
    try {
      const owner = await ownEndUser();
      await importFile(api, owner?.id ?? null, file, report);
    } catch (failure) {
      report({ step: 'failed', failure });
    }
  }

  return { imports, add };
}

let numbers = 0;
function nextNumber(): number {
  numbers += 1;
  return numbers;
}
