import type { Layout } from '@widget-mediator/contracts';
import type { ViewerContext } from '../composition.ts';
import { consensus } from './consensus.ts';
import { editorial } from './editorial.ts';
import { learned } from './learned.ts';
import { remote } from './remote.ts';
import type { Strategy } from './strategy.ts';

/** The strategy that a layout names; in place of a remote ranker that has not answered, consensus. */
export function createStrategy(name: Layout['strategy'], { ranking }: ViewerContext): Strategy {
  switch (name) {
    case 'editorial':
      return editorial;
    case 'consensus':
      return consensus;
    case 'learned':
      return learned;
    case 'remote':
      return ranking === undefined ? consensus : remote(ranking);
  }
}
