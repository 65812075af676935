/** Who is held to a rate, and in what. */
export type Rated =
  | { readonly widget: string; readonly of: 'calls' | 'publications' }
  | { readonly team: string; readonly of: 'requests' };
