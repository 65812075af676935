import type { Brush } from './brush.ts';

/** Half discs that face each other: drama. */
export function discs({ a, b, c, between }: Brush) {
  const x = between(70, 130);
  const turn = between(-40, 40);
  return (
    <g transform={`rotate(${turn} ${x} 100)`}>
      <path d={`M${x} -20a92 92 0 0 1 0 184z`} fill={c} />
      <path d={`M${x} 26a76 76 0 0 0 0 152z`} fill={a} />
      <path d={`M${x} ${between(62, 84)}a44 44 0 0 1 0 88z`} fill={b} />
    </g>
  );
}

/** Splinters that meet in one point: action. */
export function shards({ a, b, c, between }: Brush) {
  const x = between(50, 150);
  const y = between(70, 130);
  const fills = [c, a, b, c, a, c, b];
  return (
    <g>
      {fills.map((fill, index) => {
        const angle = (index / fills.length) * 2 * Math.PI + between(-0.3, 0.3);
        const width = between(0.1, 0.3);
        const tip = (turn: number) =>
          `${Math.round(x + 300 * Math.cos(angle + turn))} ${Math.round(y + 300 * Math.sin(angle + turn))}`;
        return <path key={`${fill}${angle}`} d={`M${x} ${y}L${tip(-width)}L${tip(width)}z`} fill={fill} />;
      })}
      <circle cx={x} cy={y} r={between(16, 26)} fill={b} />
      <circle cx={x} cy={y} r={9} fill={a} />
    </g>
  );
}

/** Rings that lose their centre: thriller. */
export function rings({ a, b, c, between }: Brush) {
  const driftX = between(-5, 5);
  const driftY = between(-4, 4);
  const x = between(80, 120);
  const fills = [c, b, c, b, c];
  return (
    <g>
      {fills.map((fill, index) => (
        <circle
          key={index}
          cx={x + driftX * index}
          cy={96 + driftY * index}
          r={98 - index * 19}
          fill="none"
          stroke={fill}
          stroke-width={index % 2 ? 3 : 8}
        />
      ))}
      <circle cx={x + driftX * 5} cy={96 + driftY * 5} r={between(9, 14)} fill={a} />
      <path d={`M${x + driftX * 5} 96L${between(-20, 20)} 230L${between(40, 70)} 230z`} fill={a} />
    </g>
  );
}

/** Jaws and an eye: horror. */
export function teeth({ a, b, c, between }: Brush) {
  const row = (root: number, low: number, high: number) => {
    const points = Array.from({ length: 6 }, (_, index) => {
      const x = index * 40 - 20;
      return `L${x} ${root}L${x + between(14, 26)} ${between(low, high)}`;
    });
    return `M-20 ${root}${points.join('')}L220 ${root}z`;
  };
  return (
    <g>
      <ellipse cx="100" cy="100" rx={between(76, 96)} ry={between(54, 70)} fill={c} />
      <circle cx={between(84, 116)} cy="100" r={between(32, 42)} fill={a} />
      <ellipse cx={between(94, 106)} cy="100" rx={between(5, 9)} ry={between(24, 32)} fill={b} />
      <path d={row(-10, 36, 78)} fill={b} />
      <path d={row(226, 136, 168)} fill={a} />
    </g>
  );
}

/** Two that overlap: romantic comedy. */
export function pair({ a, b, c, between }: Brush) {
  const y = between(84, 108);
  const gap = between(30, 42);
  return (
    <g>
      <circle cx={between(20, 60)} cy={between(10, 40)} r={between(14, 30)} fill={c} />
      <circle cx={100 - gap} cy={y} r="62" fill={a} />
      <circle cx={100 + gap} cy={y + between(-14, 14)} r="62" fill={b} />
      <path
        d={`M100 ${y + 34}c-24-18-34-30-34-44a17 17 0 0 1 34-6a17 17 0 0 1 34 6c0 14-10 26-34 44z`}
        fill={c}
      />
    </g>
  );
}

/** A letter with a heart in it: romantic comedy. */
export function letter({ ink, a, b, c, between }: Brush) {
  return (
    <g transform={`rotate(${between(-16, 16)} 100 100)`}>
      <path d="M24 52h152v104h-152z" fill={b} />
      <path d="M24 156l58-56h36l58 56z" fill={c} />
      <path d="M24 52l76 68l76-68" fill={b} stroke={ink} stroke-width="3" />
      <path d="M100 140c-26-18-36-32-36-46a18 18 0 0 1 36-6a18 18 0 0 1 36 6c0 14-10 28-36 46z" fill={a} />
    </g>
  );
}

/** Let go of: comedy. */
export function balloons({ ink, a, b, c, between }: Brush) {
  return (
    <g>
      {[a, c, b].map((fill, index) => {
        const x = 48 + index * 52 + between(-10, 10);
        const y = between(48, 96);
        return (
          <g key={fill}>
            <path
              d={`M${x} ${y + 34}Q${x + between(-30, 30)} ${y + 80} ${between(84, 116)} 230`}
              fill="none"
              stroke={ink}
              stroke-width="2"
            />
            <ellipse cx={x} cy={y} rx={between(26, 34)} ry={between(34, 42)} fill={fill} />
          </g>
        );
      })}
    </g>
  );
}

/** The lamp, its beam and the film itself: everything that has no genre. */
export function projector({ ground, a, b, c, between }: Brush) {
  const y = between(50, 80);
  return (
    <g>
      <path d={`M36 ${y}L220 ${y - between(50, 70)}V${between(150, 190)}z`} fill={c} />
      <path d={`M36 ${y}L220 ${y - 10}V${between(110, 130)}z`} fill={a} />
      <circle cx="40" cy={y} r="32" fill={b} />
      <circle cx="40" cy={y} r="11" fill={ground} />
      <path d="M-10 158h220v48h-220z" fill={b} />
      {[0, 1, 2, 3, 4, 5, 6].map((hole) => (
        <path key={hole} d={`M${hole * 32 - 4} 164h18v10h-18z`} fill={ground} />
      ))}
    </g>
  );
}
