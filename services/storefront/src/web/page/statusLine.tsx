import type { Degraded } from '@widget-mediator/contracts';
import { createNames } from '../../explain/names.ts';
import type { Viewer } from '../fetchViewers.ts';
import type { HomepageState } from '../useHomepage.ts';

type Props = { state: HomepageState; viewer: Viewer | undefined };

/** What it took to make the page; announced when it changes. */
export function StatusLine({ state, viewer }: Props) {
  return (
    <p class="status" role="status">
      {state.phase === 'loading' && <span class="status-fact">Composing the page…</span>}
      {state.phase === 'failed' && <span class="status-fact">No page</span>}
      {state.phase === 'ready' && <Facts homepage={state.homepage} viewer={viewer} />}
    </p>
  );
}

type Ready = Extract<HomepageState, { phase: 'ready' }>;

function Facts({ homepage, viewer }: Pick<Ready, 'homepage'> & Pick<Props, 'viewer'>) {
  const { page, request, mediatorMs } = homepage;
  const device = request.device ?? viewer?.device;
  const count = page.placements.length;
  const names = createNames(page);
  return (
    <>
      <span class="status-fact">{count === 1 ? '1 row' : `${count} rows`}</span>
      <span class="status-fact">{Math.round(mediatorMs)} ms in the mediator</span>
      {device && <span class="status-fact">for {devices[device] ?? device}</span>}
      <span class={page.degraded.length > 0 ? 'status-fact status-degraded' : 'status-fact'}>
        {sources(page.degraded, names.widget)}
      </span>
    </>
  );
}

const devices: Readonly<Record<string, string>> = { web: 'the web', tv: 'television', phone: 'a phone' };

function sources(degraded: readonly Degraded[], name: (id: string) => string): string {
  if (degraded.length === 0) return 'every source answered';
  const listed = degraded.map(({ source, reason }) => `${name(source)} (${reason.replaceAll('-', ' ')})`);
  return `degraded: ${listed.join(', ')}`;
}
