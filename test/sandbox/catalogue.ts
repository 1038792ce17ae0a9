/** A campaign of a brand: `size` is its visits on an ordinary day, `share` per cent of NGR, `cpa` euro a qualified player. */
export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly share: number;
  readonly cpa: number;
}

export interface Brand {
  readonly id: string;
  readonly name: string;
  readonly currencies: readonly string[];
  readonly campaigns: readonly Campaign[];
}

/** Three made-up casinos; one name has a letter outside ASCII, one currency no decimals, one eight. */
export const usualBrands: readonly Brand[] = [
  {
    id: '12',
    name: 'Lucky Star',
    currencies: ['EUR', 'USDT'],
    campaigns: [
      { id: '3456', name: 'Main', size: 140, share: 35, cpa: 0 },
      { id: '3457', name: 'SEO, reviews', size: 60, share: 20, cpa: 40 },
    ],
  },
  {
    id: '14',
    name: 'Café Royal',
    currencies: ['EUR', 'SEK'],
    campaigns: [
      { id: '3501', name: 'Main', size: 90, share: 30, cpa: 0 },
      { id: '3502', name: 'Newsletter "Best of"', size: 25, share: 0, cpa: 90 },
    ],
  },
  {
    id: '17',
    name: 'Bella Vegas',
    currencies: ['EUR', 'JPY', 'BTC'],
    campaigns: [{ id: '3610', name: 'Streamers', size: 45, share: 40, cpa: 25 }],
  },
];
