/** Same boxes as the content, so that nothing moves when it comes. */
export function Skeleton({ kinds }: { kinds: readonly string[] }) {
  return (
    <div class="skeleton" aria-hidden="true">
      {kinds.map((kind, index) => (
        <div class="placement" key={index}>
          <div class="placement-head">
            <span class="bone bone-title" />
          </div>
          {kind === 'hero' ? <HeroBones /> : <RowBones />}
        </div>
      ))}
    </div>
  );
}

function HeroBones() {
  return (
    <div class="hero">
      <span class="bone hero-lead" />
      <div class="hero-bill">
        {[1, 2, 3, 4, 5].map((bone) => (
          <span class="bone bill-card" key={bone} />
        ))}
      </div>
    </div>
  );
}

function RowBones() {
  return (
    <div class="cards">
      {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((bone) => (
        <div class="card-place" key={bone}>
          <span class="bone poster-sheet" />
          <span class="card-meta">
            <span class="bone bone-line" />
          </span>
        </div>
      ))}
    </div>
  );
}
