import { useEffect, useRef } from 'preact/hooks';
import type { Viewer } from '../fetchViewers.ts';

type Props = {
  viewers: readonly Viewer[] | undefined;
  chosen: string;
  onChoose: (id: string) => void;
};

/** As many as the examples have; only the width of what stands there until they are known. */
const EXPECTED = 9;

/** Native radio buttons, drawn as ticket stubs: arrow keys, labels and grouping come with them. */
export function ViewerSwitch({ viewers, chosen, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  // Again when `chosen` changes: then it is another stub.
  useEffect(() => {
    const stub = list.current?.querySelector('input:checked')?.closest('label');
    if (!list.current || !stub) return;
    // Not scrollIntoView, which would scroll the page as well.
    list.current.scrollLeft = stub.offsetLeft - (list.current.clientWidth - stub.offsetWidth) / 2;
  }, [viewers, chosen]);

  return (
    <fieldset class="viewers">
      <legend class="visually-hidden">Show the page of</legend>
      <div class="viewers-list" ref={list}>
        {viewers === undefined &&
          Array.from({ length: EXPECTED }, (_, index) => (
            <span class="stub stub-skeleton" key={index} aria-hidden="true" />
          ))}
        {viewers?.map(({ id, name }) => (
          <label class="stub" key={id}>
            <input
              class="stub-input"
              type="radio"
              name="persona"
              value={id}
              checked={id === chosen}
              onChange={() => onChoose(id)}
            />
            <span class="stub-name">{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
