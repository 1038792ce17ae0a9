/** Small things that a chat surface must remember over a restart, such as what it registered last. */
export interface SurfaceStateStore {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}
