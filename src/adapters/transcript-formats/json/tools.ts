import { googleSpeech } from './google/google-speech.ts';
import type { Tool } from './lib/tool.ts';
import { fireflies } from './meetings/fireflies.ts';
import { googleMeet } from './meetings/google-meet.ts';
import { recall } from './meetings/recall.ts';
import { teams } from './meetings/teams.ts';
import { tldv } from './meetings/tldv.ts';
import { webex } from './meetings/webex.ts';
import { assemblyAi } from './services/assembly-ai.ts';
import { awsCallAnalytics } from './services/aws-call-analytics.ts';
import { awsTranscribe } from './services/aws-transcribe.ts';
import { azureSpeech } from './services/azure-speech.ts';
import { deepgram } from './services/deepgram.ts';
import { elevenLabs } from './services/eleven-labs.ts';
import { gladia } from './services/gladia.ts';
import { revAi } from './services/rev-ai.ts';
import { speechmatics } from './services/speechmatics.ts';
import { whisper, whisperX } from './whisper/whisper.ts';
import { whisperChunks } from './whisper/whisper-chunks.ts';
import { whisperCpp } from './whisper/whisper-cpp.ts';

/** The table of the tools whose JSON is read. */
export const TOOLS: readonly Tool[] = [
  ...[whisperX, whisper, whisperChunks, whisperCpp],
  ...[assemblyAi, awsTranscribe, awsCallAnalytics, azureSpeech, deepgram, elevenLabs, gladia, googleSpeech],
  ...[revAi, speechmatics, fireflies, googleMeet, recall, teams, tldv, webex],
];
