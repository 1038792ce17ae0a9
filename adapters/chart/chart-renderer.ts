import type { ChartData } from '../../src/card.js';
import type { ChartRenderer } from '../../src/ports.js';
import { chartOption } from './chart-option.js';
import { fontFamily, fontFiles } from './fonts.js';

const width = 760;
const height = 400;
/** Twice the drawn size, so that text stays sharp on dense screens. */
const pixelsPerUnit = 2;

/** The chart as SVG text. echarts is loaded with the first chart: most processes start without drawing one. */
export async function chartSvg(chart: ChartData): Promise<string> {
  const echarts = await import('echarts');
  const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    drawing.setOption(chartOption(chart));
    return drawing.renderToSVGString();
  } finally {
    drawing.dispose();
  }
}

/** Draws charts as PNG, 1520 × 800 pixels, with the bundled fonts alone. */
export function createChartRenderer(): ChartRenderer {
  return {
    async png(chart) {
      const svg = await chartSvg(chart);
      const { renderAsync } = await import('@resvg/resvg-js');
      const image = await renderAsync(svg, {
        fitTo: { mode: 'zoom', value: pixelsPerUnit },
        font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: fontFamily },
      });
      return image.asPng();
    },
  };
}
