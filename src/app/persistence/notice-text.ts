import type { FailureText } from '../failure.ts'
import type { Conflict, KeepingFailure } from './projects.ts'
import type { UnreadableProject } from './saved-project.ts'

const CONFLICT_TEXTS: Readonly<Record<Conflict, (name: string) => FailureText>> = {
  changed: (name) => ({
    what: 'This project was changed in another tab.',
    next: `Nothing of “${name}” is saved here until you choose: that version takes the place of this one, or this one of that.`,
  }),
  deleted: (name) => ({
    what: 'This project was deleted in another tab.',
    next: `“${name}” is here still, but it is not saved until you choose.`,
  }),
}

/** @param name of the project; text that the user chose */
export function conflictText(conflict: Conflict, name: string): FailureText {
  return CONFLICT_TEXTS[conflict](name)
}

const KEEPING_TEXTS: Readonly<Record<KeepingFailure['kind'], FailureText>> = {
  'storage-full': {
    what: 'The browser has no more room for this site, so your changes are not kept.',
    next: 'Delete a project that you no longer need. Until then, copy what you want to have before you leave.',
  },
  'storage-forbidden': {
    what: 'The browser does not let this page keep anything, so your work ends with this tab.',
    next: 'Everything else works. To keep it, allow this site to store data, or leave the private window.',
  },
  'certificates-not-kept': {
    what: 'The browser does not keep your certificates; domains and choices are kept.',
    next: 'Hold on to the certificate files: they have to be added again at your next visit.',
  },
  'keeper-missing': {
    what: 'The part of the page that keeps your work could not be loaded.',
    next: 'Reload the page before you go on.',
  },
}

export function keepingFailureText(kind: KeepingFailure['kind']): FailureText {
  return KEEPING_TEXTS[kind]
}

const SET_ASIDE_TEXTS: Readonly<Record<UnreadableProject['kind'], FailureText>> = {
  'not-json': {
    what: 'A saved project is damaged and was set aside.',
    next: 'Nothing of it is lost: download it, or leave it where it is.',
  },
  'not-a-project': {
    what: 'A saved project has a form that Pinsmith does not know, and was set aside.',
    next: 'Nothing of it is lost: download it, or leave it where it is.',
  },
  'too-long': {
    what: 'A saved project is too long to be one, and was set aside.',
    next: 'Nothing of it is lost: download it, or leave it where it is.',
  },
  'newer-version': {
    what: 'A project was saved by a newer Pinsmith than this one.',
    next: 'Reload the page to get the newer one. The project is left as it is.',
  },
}

export function setAsideText({ kind }: UnreadableProject): FailureText {
  return SET_ASIDE_TEXTS[kind]
}
