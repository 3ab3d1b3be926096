import { useMemo } from 'react'
import { CalendarPlus, ImageDown } from 'lucide-react'
import { isoDay } from '../../../core/instant.ts'
import { icsOf } from '../../../core/rotation/calendar.ts'
import { rotationPlan } from '../../../core/rotation/rotation-plan.ts'
import { eventsAhead, timelineEvents, validitySpans } from '../../../core/rotation/timeline.ts'
import { announce } from '../../shared/announcer.tsx'
import { Button } from '../../shared/Button.tsx'
import { downloadFile } from '../../shared/clipboard.ts'
import { Fold } from '../../shared/Fold.tsx'
import { useApp, useReport } from '../../store-context.tsx'
import { EventTable } from './EventTable.tsx'
import { timelinePicture, type PictureInput } from './picture.ts'
import { paletteOf, pngBytes, svgText } from './picture-files.ts'
import { RotationPlanner } from './RotationPlanner.tsx'
import { SpanTable } from './SpanTable.tsx'
import { TimelineFigure } from './TimelineFigure.tsx'
import styles from './TimelineSection.module.css'

/** The days of the whole plan: as a picture, as tables, as files, and what follows from them for releases. */
export function TimelineSection() {
  const settings = useApp((state) => state.settings)
  const { plan, rows, now } = useReport()
  const { events, spans, rotation } = useMemo(() => {
    const changes = rotationPlan(plan, rows, settings, now)
    return {
      events: timelineEvents(plan, rows, settings, now, changes),
      spans: validitySpans(plan, rows),
      rotation: changes,
    }
  }, [plan, rows, settings, now])
  if (plan.policies.length === 0) return null
  const ahead = eventsAhead(events, now)
  const past = events.slice(0, events.length - ahead.length)
  return (
    <div className={styles.section}>
      {spans.length > 0 || ahead.length > 0 ? (
        <section className={styles.timeline} aria-labelledby="timeline">
          <h3 id="timeline">Timeline</h3>
          <TimelineFigure ahead={ahead} spans={spans} now={now} />
          <Downloads ahead={ahead} spans={spans} now={now} />
          {ahead.length > 0 ? (
            <EventTable events={ahead} caption="Days to come" isNumbered />
          ) : (
            <p>Nothing ends or changes within the next four years.</p>
          )}
          {past.length > 0 ? (
            <Fold summary={`Before ${isoDay(now)} (${past.length})`}>
              <EventTable events={past.toReversed()} caption="Days that have passed" isNumbered={false} />
            </Fold>
          ) : null}
          {spans.length > 0 ? (
            <Fold summary={`Validity of each certificate (${spans.length})`}>
              <SpanTable spans={spans} />
            </Fold>
          ) : null}
        </section>
      ) : null}
      <RotationPlanner rotation={rotation} now={now} />
    </div>
  )
}

function hand(name: string, content: string | Uint8Array) {
  downloadFile(name, content)
  announce(`Downloaded ${name}`)
}

/** Wide enough for the names, and for a page. */
const FILE_WIDTH = 960

function Downloads(input: Omit<PictureInput, 'width' | 'hasLegend'>) {
  const { ahead, now } = input
  const picture = () => timelinePicture({ ...input, width: FILE_WIDTH, hasLegend: true })
  const downloadPng = async () => {
    const bytes = await pngBytes(picture(), paletteOf(document.documentElement))
    if (bytes) hand('pinsmith-timeline.png', bytes)
    else announce('The browser could not make the image. Try the SVG file.')
  }
  return (
    <div className={styles.downloads}>
      <Button
        disabled={ahead.length === 0}
        onClick={() => hand('pinsmith-dates.ics', icsOf(ahead, { now, toolVersion: __PINSMITH_VERSION__ }))}
      >
        <CalendarPlus aria-hidden="true" />
        Calendar (.ics)
      </Button>
      <Button onClick={() => hand('pinsmith-timeline.svg', svgText(picture(), paletteOf(document.documentElement)))}>
        <ImageDown aria-hidden="true" />
        Picture (SVG)
      </Button>
      <Button onClick={() => void downloadPng()}>
        <ImageDown aria-hidden="true" />
        Picture (PNG)
      </Button>
    </div>
  )
}
