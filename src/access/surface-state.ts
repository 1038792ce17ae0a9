/** Small things to remember over a restart: what a chat surface registered last, how far old records were cleared. */
export interface SurfaceStateStore {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}
