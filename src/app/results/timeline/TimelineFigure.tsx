import { useLayoutEffect, useRef, useState } from 'react'
import { timelinePicture, type PictureInput, type Shape } from './picture.ts'
import styles from './TimelineFigure.module.css'

/** Narrower than this no line of the picture can be read. */
const LEAST_WIDTH = 220

/** The picture, laid out anew for every width, so that its text is as large as any other. */
export function TimelineFigure(input: Omit<PictureInput, 'width' | 'hasLegend'>) {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    const measure = () => setWidth(Math.max(LEAST_WIDTH, Math.floor(element.clientWidth)))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={frame} className={styles.frame}>
      {width > 0 ? <Drawing {...input} width={width} /> : null}
    </div>
  )
}

function Drawing(input: Omit<PictureInput, 'hasLegend'>) {
  const { width, height, label, shapes } = timelinePicture({ ...input, hasLegend: false })
  return (
    <svg
      className={styles.picture}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      // Its words make sense by their places alone; the table below has the days.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the page's policy loads no picture from memory
      role="img"
      aria-label={label}
    >
      {shapes.map((shape, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- shapes have nothing but their place in the order of painting
        <ShapeView key={index} shape={shape} />
      ))}
    </svg>
  )
}

function ShapeView({ shape }: { readonly shape: Shape }) {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, radius, fill, stroke } = shape
      return (
        <rect
          className={`${styles[`fill-${fill}`]} ${styles[`stroke-${stroke}`]}`}
          x={x}
          y={y}
          width={width}
          height={height}
          rx={radius}
        />
      )
    }
    case 'line': {
      const { x, from, to, stroke, width, isDashed } = shape
      return (
        <line
          className={styles[`stroke-${stroke}`]}
          x1={x}
          y1={from}
          x2={x}
          y2={to}
          strokeWidth={width}
          strokeDasharray={isDashed ? '3 3' : undefined}
        />
      )
    }
    case 'text': {
      const { x, y, text, anchor, fill, isStrong } = shape
      return (
        <text className={`${styles[`fill-${fill}`]} ${isStrong ? styles.strong : ''}`} x={x} y={y} textAnchor={anchor}>
          {text}
        </text>
      )
    }
  }
}
