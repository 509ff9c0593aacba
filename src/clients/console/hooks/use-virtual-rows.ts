import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  observeWindowOffset,
  observeWindowRect,
  Virtualizer,
  type VirtualizerOptions,
  windowScroll,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface RowsOptions {
  count: number;
  /** The height of a row that was not measured yet, in pixels. */
  estimate(index: number): number;
  /** Pixels between two rows. */
  gap?: number;
  /** Rows that stay drawn wherever the reader is, such as the one with the focus. */
  kept?: readonly number[];
}

interface VirtualRows {
  /** The rows to draw, and how far below the top of the list each one stands, in pixels. */
  drawn: { index: number; top: number }[];
  /** The height of the whole list. */
  height: number;
  /** A ref of each row whose height is not the estimated one. The row has its index as `data-index`. */
  measure(row: HTMLElement | null): void;
  /** Brings a row into view, with a little of what stands before it. */
  scrollTo(index: number): void;
}

type List = RefObject<HTMLElement | null>;

/** The rows of a long list that are in the window. */
export function usePageRows(list: List, options: RowsOptions): VirtualRows {
  return useRows<Window>({ ...PAGE, above: () => topOf(list) + scrollY }, options);
}

/** The same for a list inside a panel, which scrolls by itself. */
export function usePanelRows(list: List, options: RowsOptions): VirtualRows {
  const panel = () => list.current?.closest('.panel') ?? null;
  const above = () => topOf(list) - (panel()?.getBoundingClientRect().top ?? 0) + (panel()?.scrollTop ?? 0);
  return useRows<Element>({ ...PANEL, getScrollElement: panel, above }, options);
}

type Scroller<S extends Window | Element> = Pick<
  VirtualizerOptions<S, HTMLElement>,
  'getScrollElement' | 'observeElementRect' | 'observeElementOffset' | 'scrollToFn' | 'initialOffset'
> & {
  /** How much stands above the list in what scrolls, in pixels. */
  above(): number;
};

const PAGE = {
  getScrollElement: () => window,
  observeElementRect: observeWindowRect,
  observeElementOffset: observeWindowOffset,
  scrollToFn: windowScroll,
  initialOffset: () => scrollY,
};
const PANEL = {
  observeElementRect,
  observeElementOffset,
  scrollToFn: elementScroll,
};

/** Rows that are drawn above and below the window. */
const SPARE = 8;
/** What is kept free above a row that is scrolled to: the bars of the page, and some rows before it. */
const BEFORE_PX = 170;

function useRows<S extends Window | Element>(
  { above, ...scroller }: Scroller<S>,
  { count, estimate, gap = 0, kept = [] }: RowsOptions,
): VirtualRows {
  const [, draw] = useState({});
  const margin = useRef(0);
  const options: VirtualizerOptions<S, HTMLElement> = {
    ...scroller,
    count,
    gap,
    estimateSize: estimate,
    overscan: SPARE,
    scrollMargin: margin.current,
    scrollPaddingStart: BEFORE_PX,
    initialRect: { width: 0, height: innerHeight },
    rangeExtractor: (range) => {
      const indexes = new Set([...defaultRangeExtractor(range), ...kept.filter((index) => index < count)]);
      return [...indexes].sort((a, b) => a - b);
    },
    onChange: () => draw({}),
  };
  const [rows] = useState(() => new Virtualizer<S, HTMLElement>(options));
  rows.setOptions(options);
  useLayoutEffect(() => rows._didMount(), [rows]);
  useLayoutEffect(() => {
    if (margin.current !== above()) {
      margin.current = above();
      rows.setOptions({ ...options, scrollMargin: margin.current });
      draw({});
    }
    rows._willUpdate();
  });
  return {
    drawn: rows.getVirtualItems().map(({ index, start }) => ({ index, top: start - rows.options.scrollMargin })),
    height: rows.getTotalSize(),
    measure: rows.measureElement,
    scrollTo: (index) => rows.scrollToIndex(index, { align: 'start' }),
  };
}

function topOf(list: List): number {
  return list.current?.getBoundingClientRect().top ?? 0;
}
