import { xmlText } from '../../../core/formats/escape.ts'
import { HALO_WIDTH, INKS, TEXT_SIZE, type Ink, type Picture, type Shape } from './picture.ts'

/** What each ink is; a file has no tokens to look up. */
export type Palette = Readonly<Record<Ink, string>>

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif'
/** How many pixels of an image for one of the picture, so that it stays sharp on paper. */
const PIXELS = 2

/** The colours as they are on screen, light or dark. */
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element)
  return Object.fromEntries(INKS.map((ink) => [ink, style.getPropertyValue(`--${ink}`).trim()])) as Palette
}

/** A picture as an SVG file that needs nothing else. */
export function svgText(picture: Picture, palette: Palette): string {
  const { width, height, label, shapes } = picture
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${xmlText(FONT)}" font-size="${TEXT_SIZE}" role="img">`,
    `<title>${xmlText(label)}</title>`,
    `<rect width="${width}" height="${height}" fill="${xmlText(palette.surface)}"/>`,
    ...shapes.map((shape) => elementText(shape, palette)),
    '</svg>',
  ]
  return `${lines.join('\n')}\n`
}

function elementText(shape: Shape, palette: Palette): string {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, radius, fill, stroke } = shape
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${xmlText(palette[fill])}" stroke="${xmlText(palette[stroke])}"/>`
    }
    case 'line': {
      const { x, from, to, stroke, width, isDashed } = shape
      return `<line x1="${x}" y1="${from}" x2="${x}" y2="${to}" stroke="${xmlText(palette[stroke])}" stroke-width="${width}"${isDashed ? ' stroke-dasharray="3 3"' : ''}/>`
    }
    case 'text': {
      const { x, y, text, anchor, fill, isStrong } = shape
      return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${xmlText(palette[fill])}" stroke="${xmlText(palette.surface)}" stroke-width="${HALO_WIDTH}" stroke-linejoin="round" paint-order="stroke"${isStrong ? ' font-weight="600"' : ''}>${xmlText(text)}</text>`
    }
  }
}

/**
 * The same as an image. Its shapes are painted one by one: the page’s policy loads no picture from memory, an SVG file
 * included.
 *
 * @returns null when the browser makes no image, for example since it has no memory left
 */
export async function pngBytes(picture: Picture, palette: Palette): Promise<Uint8Array | null> {
  const canvas = document.createElement('canvas')
  canvas.width = picture.width * PIXELS
  canvas.height = picture.height * PIXELS
  const context = canvas.getContext('2d')
  if (!context) return null
  context.scale(PIXELS, PIXELS)
  context.fillStyle = palette.surface
  context.fillRect(0, 0, picture.width, picture.height)
  for (const shape of picture.shapes) paint(context, shape, palette)
  const image = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return image && new Uint8Array(await image.arrayBuffer())
}

function paint(context: CanvasRenderingContext2D, shape: Shape, palette: Palette) {
  context.beginPath()
  switch (shape.kind) {
    case 'rect': {
      context.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius)
      context.fillStyle = palette[shape.fill]
      context.strokeStyle = palette[shape.stroke]
      context.lineWidth = 1
      context.setLineDash([])
      context.fill()
      context.stroke()
      break
    }
    case 'line': {
      context.moveTo(shape.x, shape.from)
      context.lineTo(shape.x, shape.to)
      context.strokeStyle = palette[shape.stroke]
      context.lineWidth = shape.width
      context.setLineDash(shape.isDashed ? [3, 3] : [])
      context.stroke()
      break
    }
    case 'text': {
      context.font = `${shape.isStrong ? '600 ' : ''}${TEXT_SIZE}px ${FONT}`
      context.textAlign = ANCHORS[shape.anchor]
      context.strokeStyle = palette.surface
      context.lineWidth = HALO_WIDTH
      context.lineJoin = 'round'
      context.setLineDash([])
      context.strokeText(shape.text, shape.x, shape.y)
      context.fillStyle = palette[shape.fill]
      context.fillText(shape.text, shape.x, shape.y)
      break
    }
  }
}

const ANCHORS = { start: 'left', middle: 'center', end: 'right' } as const
