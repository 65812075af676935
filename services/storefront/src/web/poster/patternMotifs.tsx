import type { Brush } from './brush.ts';

/** A grin and what flies about it: comedy. */
export function confetti({ a, b, c, between }: Brush) {
  const fills = [a, b, c, a, c, b, a, c, b];
  return (
    <g>
      <path d={`M${between(14, 30)} 84a78 78 0 0 0 ${between(140, 156)} 0z`} fill={a} />
      <path d="M62 120a42 42 0 0 1 76 0a78 78 0 0 1 -76 0z" fill={c} />
      {fills.map((fill, index) => {
        const x = (index % 5) * 44 + between(2, 22);
        const y = Math.floor(index / 5) * 34 + between(8, 30);
        const turn = between(0, 90);
        return index % 2 ? (
          <circle key={x} cx={x} cy={y} r={between(5, 9)} fill={fill} />
        ) : (
          <path key={x} d={`M${x} ${y}h20v8h-20z`} fill={fill} transform={`rotate(${turn} ${x} ${y})`} />
        );
      })}
    </g>
  );
}

/** A chord of bars: musical. */
export function bars({ a, b, c, between }: Brush) {
  const fills = [c, a, c, b, a, c, b, c];
  return (
    <g>
      {fills.map((fill, index) => {
        const height = between(50, 176);
        return (
          <rect
            key={index}
            x={index * 25 + 3}
            y={204 - height}
            width="19"
            height={height + 40}
            rx="9.5"
            fill={fill}
          />
        );
      })}
      <circle cx={between(40, 160)} cy={between(28, 48)} r={between(14, 22)} fill={b} />
    </g>
  );
}

/** Newsprint with one thing marked: documentary. */
export function halftone({ a, b, c, between }: Brush) {
  const focusX = between(50, 150);
  const focusY = between(60, 130);
  const dots = Array.from({ length: 72 }, (_, index) => ({
    x: (index % 8) * 26 + (Math.floor(index / 8) % 2 ? 22 : 9),
    y: Math.floor(index / 8) * 24 + 10,
  }));
  return (
    <g>
      {dots.map(({ x, y }) => {
        const distance = Math.hypot(x - focusX, y - focusY);
        return (
          <circle
            key={`${x} ${y}`}
            cx={x}
            cy={y}
            r={Math.max(2, 11.5 - distance / 14).toFixed(1)}
            fill={distance > 95 ? c : a}
          />
        );
      })}
      <circle cx={focusX} cy={focusY} r="30" fill="none" stroke={b} stroke-width="8" />
    </g>
  );
}

/** A board that has lost its footing: black comedy. */
export function checks({ a, b, c, between }: Brush) {
  const squares = Array.from({ length: 36 }, (_, index) => ({
    x: (index % 6) * 36 - 8,
    y: Math.floor(index / 6) * 36 - 8,
    dark: (index + Math.floor(index / 6)) % 2 === 0,
  }));
  const fallen = Math.floor(between(8, 27));
  return (
    <g>
      <g transform={`rotate(${between(-9, 9)} 100 100)`}>
        {squares.map(({ x, y, dark }, index) =>
          dark && index !== fallen ? (
            <path key={`${x} ${y}`} d={`M${x} ${y}h36v36h-36z`} fill={index % 5 === 0 ? c : a} />
          ) : null,
        )}
      </g>
      <circle cx={between(60, 140)} cy={between(60, 130)} r={between(34, 46)} fill={b} />
    </g>
  );
}

/** Stage lights: concert. */
export function rays({ a, b, c, between }: Brush) {
  const beams = [a, c, b, c, a];
  return (
    <g>
      {beams.map((fill, index) => {
        const foot = index * 50 + between(-14, 14);
        return (
          <path
            key={foot}
            d={`M${70 + index * 15} -10L${foot - 22} 230L${foot + 22} 230z`}
            fill={fill}
            opacity="0.82"
          />
        );
      })}
      <circle cx="100" cy={between(150, 166)} r={between(24, 34)} fill={b} />
    </g>
  );
}

/** The blades of a shutter: everything that has no genre. */
export function aperture({ ground, a, b, c, between }: Brush) {
  const turn = between(0, 60);
  const fills = [b, c, b, c, b, c];
  return (
    <g transform={`rotate(${turn} 100 102)`}>
      {fills.map((fill, index) => (
        <path
          key={index}
          d="M100 102L100 12A90 90 0 0 1 178 57z"
          fill={fill}
          transform={`rotate(${index * 60} 100 102)`}
        />
      ))}
      <path d="M100 64l33 19v38l-33 19l-33-19v-38z" fill={ground} />
      <circle cx="100" cy="102" r={between(12, 20)} fill={a} />
    </g>
  );
}

/** Forward, whatever stands there: action. */
export function chevrons({ a, b, c, between }: Brush) {
  const y = between(84, 116);
  return (
    <g transform={`rotate(${between(-24, 24)} 100 100)`}>
      {[c, a, c, b].map((fill, index) => {
        const x = index * 58 - 70;
        return <path key={x} d={`M${x} ${y - 120}h38l70 120l-70 120h-38l70-120z`} fill={fill} />;
      })}
    </g>
  );
}

/** Somebody behind the slats: thriller. */
export function blinds({ ground, a, b, c, between }: Brush) {
  const x = between(64, 136);
  return (
    <g>
      <path d="M-10 -10h220v230h-220z" fill={c} />
      <circle cx={x} cy="78" r={between(30, 38)} fill={a} />
      <path d={`M${x - 64} 214q0-92 64-92t64 92z`} fill={b} />
      {[0, 1, 2, 3, 4, 5, 6, 7, 8].map((slat) => (
        <path key={slat} d={`M-10 ${slat * 25 - 12}h220v11h-220z`} fill={ground} />
      ))}
    </g>
  );
}

/** The big top: comedy. */
export function tent({ a, b, c, between }: Brush) {
  const x = between(84, 116);
  return (
    <g>
      {[a, c, a, c, a, c].map((fill, index) => {
        const left = index * 38 - 14;
        return <path key={left} d={`M${x} 26L${left} 128q19 26 38 0z`} fill={fill} />;
      })}
      <path d={`M${x} 26v-24l30 9l-30 9`} fill={b} />
      <circle cx={between(40, 160)} cy={between(164, 180)} r={between(14, 22)} fill={b} />
    </g>
  );
}
