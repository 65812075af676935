import type { Brush } from './brush.ts';

/** A low sun behind ridges: adventure. */
export function ridges({ a, b, c, between }: Brush) {
  const peak = (low: number, high: number) => between(low, high);
  return (
    <g>
      <circle cx={between(50, 150)} cy={between(58, 88)} r={between(34, 50)} fill={a} />
      <path
        d={`M-10 220L-10 ${peak(120, 150)}L46 ${peak(84, 112)}L98 ${peak(128, 148)}L150 ${peak(80, 104)}L210 ${peak(124, 150)}L210 220z`}
        fill={b}
      />
      <path
        d={`M-10 230L-10 ${peak(168, 186)}L62 ${peak(126, 148)}L118 ${peak(166, 182)}L174 ${peak(132, 152)}L210 ${peak(160, 176)}L210 230z`}
        fill={c}
      />
    </g>
  );
}

/** Mesas under a sun too large: western. */
export function mesa({ a, b, c, between }: Brush) {
  const left = between(16, 50);
  const right = between(108, 140);
  const top = between(104, 124);
  return (
    <g>
      <circle cx={between(70, 140)} cy={between(84, 104)} r={between(62, 74)} fill={b} />
      <path d={`M${left - 22} 200L${left} ${top}h44L${left + 62} 200z`} fill={c} />
      <path d={`M${right - 10} 200L${right + 4} ${top - 22}h30L${right + 52} 200z`} fill={a} />
      <path d="M-10 186h220v60h-220z" fill={a} />
    </g>
  );
}

/** Somebody in a lit door: drama. */
export function doorway({ ground, a, b, c, between }: Brush) {
  const x = between(56, 104);
  const slant = between(-70, 40);
  return (
    <g>
      <path d={`M${x - 40} -10h${between(110, 140)}v162h-150z`} fill={c} />
      <path d={`M${x} 30h48v122h-48z`} fill={b} />
      <path d={`M${x} 152h48l${slant + 60} 80h-150z`} fill={a} />
      <circle cx={x + 24} cy="90" r="9" fill={ground} />
      <path d={`M${x + 13} 152v-38q11-18 22 0v38z`} fill={ground} />
    </g>
  );
}

/** Two on a shore, the sun going: drama. */
export function horizon({ ink, a, b, c, between }: Brush) {
  const x = between(60, 140);
  const left = between(24, 90);
  return (
    <g>
      <circle cx={x} cy="112" r={between(58, 74)} fill={a} />
      <path d="M-10 126h220v110h-220z" fill={c} />
      {[0, 1, 2, 3].map((line) => (
        <path
          key={line}
          d={`M${x - 50 + line * 11} ${138 + line * 15}h${100 - line * 22}v6h-${100 - line * 22}z`}
          fill={b}
        />
      ))}
      {[left, left + between(16, 60)].map((at) => (
        <g key={at} fill={ink}>
          <circle cx={at} cy="84" r="6" />
          <path d={`M${at - 5} 128l1-32q4-6 8 0l1 32z`} />
        </g>
      ))}
    </g>
  );
}

/** A street about to fall over: action. */
export function skyline({ a, b, between }: Brush) {
  return (
    <g>
      <circle cx={between(40, 160)} cy={between(50, 80)} r={between(36, 52)} fill={a} />
      <g transform={`rotate(${between(-14, 14)} 100 160)`}>
        {[0, 1, 2, 3, 4, 5, 6].map((house) => {
          const height = between(50, 130);
          return (
            <path
              key={house}
              d={`M${house * 36 - 36} ${210 - height}h32v${height + 60}h-32z`}
              fill={house % 2 ? a : b}
            />
          );
        })}
      </g>
    </g>
  );
}

/** A sail on a sea of paper: adventure. */
export function waves({ ink, a, b, c, between }: Brush) {
  const x = between(60, 130);
  const crest = (y: number) => `M-30 ${y}q25-26 50 0t50 0t50 0t50 0t50 0V240H-30z`;
  return (
    <g>
      <circle cx={between(30, 170)} cy={between(40, 64)} r={between(20, 32)} fill={a} />
      <path d={`M${x} 34v96h-46z`} fill={ink} />
      <path d={`M${x + 5} 52l40 78h-40z`} fill={a} />
      <path d={crest(146)} fill={b} />
      <path d={crest(176)} fill={c} transform={`translate(${between(-18, 18)} 0)`} />
    </g>
  );
}

/** The house on the hill: horror. */
export function moon({ ground, a, b, c, between }: Brush) {
  const x = between(76, 124);
  return (
    <g>
      <circle cx={between(70, 130)} cy={between(76, 96)} r={between(60, 72)} fill={b} />
      <path d={`M-10 230V180Q${x} ${between(104, 130)} 210 184V230z`} fill={c} />
      <path d={`M${x - 26} 160v-52l-6 0l20-26v-22h10v14l14-14l26 32h-8v68z`} fill={ground} />
      <path d={`M${x - 14} 116h9v14h-9zM${x + 8} 116h9v14h-9z`} fill={a} />
    </g>
  );
}
