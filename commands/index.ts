import type { Command } from '../src/command.js';
import { alertAck } from './alert/ack.js';
import { alertList } from './alert/list.js';
import { alertSettings } from './alert/settings.js';
import { alertSnooze } from './alert/snooze.js';
import { alertTest } from './alert/test.js';
import { digestList } from './digest/list.js';
import { digestNowCommand } from './digest/now.js';
import { digestSchedule } from './digest/schedule.js';
import { digestStop } from './digest/stop.js';
import { offerAdd } from './offer/add.js';
import { offerCheck } from './offer/check.js';
import { offerEdit } from './offer/edit.js';
import { offerExport } from './offer/export.js';
import { offerImport } from './offer/import.js';
import { offerList } from './offer/list.js';
import { offerPause } from './offer/pause.js';
import { offerRemove } from './offer/remove.js';
import { offerRenew } from './offer/renew.js';
import { offerResume } from './offer/resume.js';
import { offerShow } from './offer/show.js';
import { offerSync } from './offer/sync.js';
import { postbackCheck } from './postback/check.js';
import { report } from './report.js';

/** Every command, in the order that help lists them. */
export const commands: readonly Command[] = [
  offerAdd,
  offerCheck,
  offerList,
  offerShow,
  offerRenew,
  offerEdit,
  offerPause,
  offerResume,
  offerRemove,
  offerSync,
  offerImport,
  offerExport,
  digestNowCommand,
  digestSchedule,
  digestList,
  digestStop,
  report,
  alertList,
  alertAck,
  alertSnooze,
  alertSettings,
  alertTest,
  postbackCheck,
];
