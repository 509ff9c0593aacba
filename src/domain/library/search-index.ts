/** Where an index can stand: in the local retrieval server, or at Pinecone. */
export const INDEX_TARGETS = ['local', 'pinecone'] as const;
export type IndexTarget = (typeof INDEX_TARGETS)[number];

/** One build of the index. Several may stand at one target, each with namespaces of its own. */
export interface IndexBuild {
  target: IndexTarget;
  /** Empty for the first build of an installation, else lower case letters and digits. */
  generation: string;
}

/** What belongs to the model of a build; null where only the settings know. */
export interface IndexModel {
  model: string | null;
  /** The score that the best hit of the dense index must reach; below it, all hits are noise. */
  minScore: number | null;
}

export type ServingIndex = IndexBuild & IndexModel;

/** The name under which the local index compares hashed words where no embedding model can be had. Its first release had nothing else. */
export const HASHED_WORDS_MODEL = 'hashed-words';

/** Which builds of the index a project has. */
export interface IndexState {
  /** What searches ask. */
  serving: ServingIndex;
  /** What a rebuild fills at the moment: writes and deletions reach it too. */
  building: IndexBuild | null;
  /** What is to be removed. Until it is gone, deletions reach it too. */
  retiring: IndexBuild[];
}

export function isSameBuild(a: IndexBuild | null, b: IndexBuild | null): boolean {
  return a?.target === b?.target && a?.generation === b?.generation;
}

/** The builds that get what is new. */
export function writtenBuilds({ serving, building }: IndexState): IndexBuild[] {
  return building === null ? [serving] : [serving, building];
}

/** The state from when a rebuild begins. What an earlier one left behind is removed with the rest. */
export function withBuilding(state: IndexState, build: IndexBuild): IndexState {
  if (isSameBuild(state.building, build)) return state;
  const left = state.building === null ? [] : [state.building];
  return { ...state, building: build, retiring: [...state.retiring, ...left] };
}

/** The state from when the rebuilt index serves; unchanged where it does already, or is not being built. */
export function withServing(state: IndexState, next: ServingIndex): IndexState {
  if (!isSameBuild(state.building, next)) return state;
  const { target, generation } = state.serving;
  return { serving: next, building: null, retiring: [...state.retiring, { target, generation }] };
}

/** The state from when a rebuild was given up. */
export function withoutBuilding(state: IndexState, build: IndexBuild): IndexState {
  if (!isSameBuild(state.building, build)) return state;
  return { ...state, building: null, retiring: [...state.retiring, build] };
}

export function withoutRetired(state: IndexState, build: IndexBuild): IndexState {
  return { ...state, retiring: state.retiring.filter((each) => !isSameBuild(each, build)) };
}
