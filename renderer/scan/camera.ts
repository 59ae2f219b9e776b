/** The document camera: a UVC camera like any other, seen by the browser (getUserMedia). */

export type CameraFault = 'none' | 'denied' | 'busy' | 'failed';

export interface Camera {
  id: string;
  label: string;
}

export interface OpenCamera {
  id: string;
  stream: MediaStream;
  width: number;
  height: number;
}

/** Which camera this machine used last; says nothing of a person. */
const REMEMBERED = 'yichuang.camera';

/** More than a document camera has: the browser takes the nearest it offers, which is its best. */
const BEST = { width: { ideal: 4096 }, height: { ideal: 3072 } };

/**
 * Opens the camera asked for, else the one used last, else any.
 * @throws DOMException; `faultOf` says what it means
 */
export async function openCamera(asked: string | null): Promise<OpenCamera> {
  if (!navigator.mediaDevices) throw new DOMException('not a secure page', 'NotAllowedError');
  const wanted = asked ?? localStorage.getItem(REMEMBERED);
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { ...BEST, ...(wanted === null ? {} : { deviceId: asked === null ? { ideal: wanted } : { exact: asked } }) },
  });
  const { deviceId: id = '', width = 0, height = 0 } = stream.getVideoTracks()[0]?.getSettings() ?? {};
  localStorage.setItem(REMEMBERED, id);
  return { id, stream, width, height };
}

export async function listCameras(): Promise<Camera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId: id, label }) => ({ id, label }));
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** W3C Media Capture and Streams, 10.6: the names of what can go wrong. */
export function faultOf(error: unknown): CameraFault {
  switch (error instanceof Error ? error.name : '') {
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}
