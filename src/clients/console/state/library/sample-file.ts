/** A short meeting, to try the console with. */
export function sampleFile(): File {
  return new File([LINES.join('\n')], 'Sample: the garden meeting.vtt');
}

const LINES = [
  'WEBVTT',
  '',
  '00:01.000 --> 00:08.000',
  '<v Ana>Welcome. Today we decide when the garden opens, and what it may cost.',
  '',
  '00:09.000 --> 00:17.000',
  '<v Ben>I would open on the sixth of June. The shed comes down in May, and the paths need two weeks.',
  '',
  '00:18.000 --> 00:27.000',
  '<v Ana>Then the sixth of June it is. The budget stays at nine thousand euros, and the pond waits until autumn.',
  '',
  '00:28.000 --> 00:36.000',
  '<v Carla>I will ask for two more offers for the paths by Friday. Ben, please tell the neighbours.',
  '',
  '00:37.000 --> 00:42.000',
  '<v Ben>I will. I am not sure about the pond, though: the pump was paid for already.',
];
