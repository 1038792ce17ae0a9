import { testChatSurface } from '../contracts/chat-surface.js';
import { startTerminalDriver } from './terminal-driver.js';

testChatSurface('The terminal', startTerminalDriver);
