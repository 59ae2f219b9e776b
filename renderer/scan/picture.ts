import { type Edit, planDrawing, UNCHANGED } from './geometry.ts';

/** Pictures of papers on a canvas: what the record keeps is what comes out here. */

const STORED_QUALITY = 0.85;
/** Of what is kept in memory for turning and cropping again, so that nothing is lost twice. */
const MASTER_QUALITY = 0.95;
/** Twice a thumbnail's height on the screen. */
const THUMBNAIL_PIXELS = 240;

/** The edited picture as JPEG. @throws DOMException when the bytes are no picture */
export async function renderPage(master: Blob, edit: Edit): Promise<Blob> {
  const canvas = new OffscreenCanvas(1, 1);
  await drawPage(canvas, master, edit);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: STORED_QUALITY });
}

/**
 * Draws the edited picture; the canvas takes its size.
 * @param longest the canvas is made smaller until no side is longer, for the screen
 * @throws DOMException when the bytes are no picture
 */
export async function drawPage(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  master: Blob,
  edit: Edit,
  longest = Number.POSITIVE_INFINITY,
): Promise<void> {
  const bitmap = await createImageBitmap(master, { imageOrientation: 'from-image' });
  try {
    const plan = planDrawing(bitmap, edit);
    const fit = Math.min(1, longest / Math.max(plan.width, plan.height));
    canvas.width = Math.max(1, Math.round(plan.width * fit));
    canvas.height = Math.max(1, Math.round(plan.height * fit));
    const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D | null;
    if (!context) throw new DOMException('no canvas', 'InvalidStateError');
    // A picture with transparency lies on paper.
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.imageSmoothingQuality = 'high';
    context.scale(plan.scale * fit, plan.scale * fit);
    context.translate(plan.shiftX, plan.shiftY);
    context.rotate((plan.turns * Math.PI) / 2);
    context.drawImage(bitmap, 0, 0);
  } finally {
    bitmap.close();
  }
}

/** What the camera shows now. */
export async function grabFrame(video: HTMLVideoElement): Promise<Blob> {
  const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
  canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: MASTER_QUALITY });
}

/** @returns an address to be revoked */
export async function makeThumbnail(stored: Blob): Promise<string> {
  const canvas = new OffscreenCanvas(1, 1);
  await drawPage(canvas, stored, UNCHANGED, THUMBNAIL_PIXELS);
  return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/jpeg', quality: STORED_QUALITY }));
}

/**
 * Whether a JPEG may be kept byte for byte: one with an Exif part may be turned by it, and may say where and with what it
 * was taken, which is nobody's business.
 */
export async function isPlainJpeg(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 64 * 1024).arrayBuffer());
  const isJpeg = head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;
  return isJpeg && !new TextDecoder('latin1').decode(head).includes('Exif\0');
}
