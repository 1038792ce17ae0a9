/** Divides room among texts: what is small gets all it needs, the large ones share what remains equally. */
export function shareRoom(sizes: readonly number[], room: number): readonly number[] {
  const shares = sizes.map(() => 0);
  const smallestFirst = sizes.map((size, index) => ({ size, index })).sort((a, b) => a.size - b.size);
  let left = room;
  for (const [position, { size, index }] of smallestFirst.entries()) {
    const share = Math.min(size, Math.floor(left / (smallestFirst.length - position)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}
