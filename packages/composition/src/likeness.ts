import type { Layout } from '@widget-mediator/contracts';
import type { Candidate, CandidateItem } from './candidate.ts';

/** Shares of a list's head by facet, such as `genre:Drama`; they sum to 1 for each name the layout compares by. */
type Profile = ReadonlyMap<string, number>;

/** What a viewer sees of a list without moving it. */
const itemsCompared = 6;

const profiles = new WeakMap<readonly CandidateItem[], Map<string, Profile>>();

/**
 * How alike two lists are, from 0 to 1: the chance that a random item of one and a random item of the other have the
 * same facet, averaged over what the layout compares by (Simpson: Measurement of Diversity. Nature 163, 1949).
 */
export function likenessOf(diversity: NonNullable<Layout['diversity']>, a: Candidate, b: Candidate): number {
  const one = profileOf(diversity.by, a.items);
  const other = profileOf(diversity.by, b.items);
  const known = chances.get(one) ?? new WeakMap<Profile, number>();
  chances.set(one, known);
  const chance = known.get(other) ?? chanceOf(one, other) / diversity.by.length;
  known.set(other, chance);
  return chance;
}

/** A search compares the same lists again and again. */
const chances = new WeakMap<Profile, WeakMap<Profile, number>>();

function chanceOf(shares: Profile, others: Profile): number {
  let chance = 0;
  for (const [facet, share] of shares) chance += share * (others.get(facet) ?? 0);
  return chance;
}

function profileOf(by: readonly string[], items: readonly CandidateItem[]): Profile {
  const known = profiles.get(items) ?? new Map<string, Profile>();
  profiles.set(items, known);
  const name = by.join();
  const profile = known.get(name) ?? makeProfile(by, items.slice(0, itemsCompared));
  known.set(name, profile);
  return profile;
}

function makeProfile(by: readonly string[], items: readonly CandidateItem[]): Profile {
  const shares = new Map<string, number>();
  for (const name of by) {
    for (const item of items) {
      const facets = facetsOf(item, name);
      for (const facet of facets) {
        const key = `${name}:${facet}`;
        shares.set(key, (shares.get(key) ?? 0) + 1 / facets.length / items.length);
      }
    }
  }
  return shares;
}

/** An item's facets under one name: its key of that name, or the text of its attribute, parted at `|`. */
function facetsOf(item: CandidateItem, name: string): string[] {
  if (name === 'creator' || name === 'brand' || name === 'parent') {
    const key = item[name];
    return key === undefined ? [] : [key];
  }
  const { attributes } = item;
  const value = attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return value === undefined ? [] : `${value}`.split('|');
}
