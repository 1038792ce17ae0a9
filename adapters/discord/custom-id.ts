import { limits } from './limits.js';

/** What a pressed button or a submitted form was made with. The server is a guess until it has been checked. */
export interface PlantedId {
  readonly kind: 'button' | 'form';
  readonly id: string;
  /** The server that a direct message belongs to; in a server the signed request says it. */
  readonly guild: string | null;
}

const letters = { button: 'b', form: 'f' } as const;

/** `b::id`, in direct messages `b:<server>:id`; `null` where Discord would not take it. */
export function plantId({ kind, id, guild }: PlantedId): string | null {
  const planted = `${letters[kind]}:${guild ?? ''}:${id}`;
  return planted.length <= limits.customId ? planted : null;
}

export function readPlantedId(customId: string): PlantedId | null {
  const match = /^([bf]):(\d{0,20}):(.+)$/su.exec(customId);
  if (!match?.[3]) return null;
  return { kind: match[1] === 'b' ? 'button' : 'form', id: match[3], guild: match[2] || null };
}
