import { testChatSurface } from '../contracts/chat-surface.js';
import { startDriver } from './slack-driver.js';

testChatSurface('Slack over Socket Mode', (dispatch) => startDriver(dispatch));
testChatSurface('Slack over signed HTTP', (dispatch) => startDriver(dispatch, { mode: 'http' }));
