import { LIBRARY_MUTANTS } from './library-mutants.ts';
import { REINDEX_MUTANTS } from './reindex-mutants.ts';
import { SESSION_MUTANTS } from './session-mutants.ts';
import { STEP_MUTANTS } from './step-mutants.ts';
import { TURN_MUTANTS } from './turn-mutants.ts';

export const MUTANTS = [...TURN_MUTANTS, ...STEP_MUTANTS, ...SESSION_MUTANTS, ...LIBRARY_MUTANTS, ...REINDEX_MUTANTS];
