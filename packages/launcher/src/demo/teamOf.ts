const teams = new Map([
  ['because-you-watched', 'similarity'],
  ['hidden-gems', 'gems'],
  ['continue-watching', 'continue'],
  ['new-releases', 'releases'],
]);

/** The team behind an example service, which acts under the team's key; one that is not listed is its own team. */
export const teamOf = (recommender: string): string => teams.get(recommender) ?? recommender;
