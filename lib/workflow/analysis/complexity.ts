import type { SizeMeasures } from './graph-measures';

/** From one glance to an afternoon. */
export type ComplexityLevel = 'simple' | 'moderate' | 'complex' | 'veryComplex';

/** A level, and every measure that alone would put the workflow there. */
export interface Complexity {
  readonly level: ComplexityLevel;
  readonly reasons: readonly { readonly measure: ComplexityMeasure; readonly value: number; readonly above: number }[];
}

type ComplexityMeasure = keyof SizeMeasures;

const LEVELS: readonly ComplexityLevel[] = ['simple', 'moderate', 'complex', 'veryComplex'];

/** What three in four, nine in ten and 99 in 100 of the public workflows we measured stay within. */
const LIMITS: Record<ComplexityMeasure, readonly [number, number, number]> = {
  nodes: [16, 32, 58],
  depth: [10, 14, 23],
  decisions: [1, 3, 11],
  linesOfCode: [15, 44, 208],
};

/** The highest level that any one measure reaches: how a workflow compares with public ones, not a score. */
export function complexityOf(graph: SizeMeasures): Complexity {
  const measures = Object.keys(LIMITS) as ComplexityMeasure[];
  const ranks = measures.map((measure) => LIMITS[measure].filter((limit) => graph[measure] > limit).length);
  const rank = Math.max(...ranks);
  return {
    level: LEVELS[rank]!,
    reasons: measures
      .filter((_, index) => rank > 0 && ranks[index] === rank)
      .map((measure) => ({ measure, value: graph[measure], above: LIMITS[measure][rank - 1]! })),
  };
}
