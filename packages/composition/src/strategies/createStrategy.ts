import type { Layout } from '@widget-mediator/contracts';
import { consensus } from './consensus.ts';
import { editorial } from './editorial.ts';
import type { Strategy } from './strategy.ts';

/** The strategy that a layout names. */
export function createStrategy(name: Layout['strategy']): Strategy {
  switch (name) {
    case 'editorial':
      return editorial;
    case 'consensus':
    case 'learned':
    case 'remote':
      return consensus;
  }
}
