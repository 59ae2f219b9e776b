import { type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { type Camera, type CameraFault, closeCamera, faultOf, listCameras, openCamera } from './camera.ts';
import { grabFrame } from './picture.ts';
import styles from './Scan.module.css';

export interface CameraHandle {
  /** @returns what the camera shows now; null while it shows nothing */
  shoot(): Promise<Blob | null>;
}

/** Live picture, choice of the camera, and what to do when there is none. */
export function CameraStage({ ref, hidden, onShoot }: { ref: Ref<CameraHandle>; hidden: boolean; onShoot(): void }) {
  const id = useId();
  const video = useRef<HTMLVideoElement>(null);
  const shutter = useRef<HTMLButtonElement>(null);
  const [asked, setAsked] = useState<{ id: string | null; turn: number }>({ id: null, turn: 0 });
  const [open, setOpen] = useState<{ id: string; width: number; height: number } | null>(null);
  const [cameras, setCameras] = useState<Camera[]>([]);
  const [fault, setFault] = useState<CameraFault | null>(null);

  useEffect(() => {
    let stream: MediaStream | null = null;
    let gone = false;
    const start = async (): Promise<void> => {
      try {
        const opened = await openCamera(asked.id);
        stream = opened.stream;
        if (gone) {
          closeCamera(stream);
          return;
        }
        const [track] = stream.getVideoTracks();
        // Unplugged while it is in use.
        if (track) track.onended = () => setFault('none');
        if (video.current) video.current.srcObject = stream;
        setFault(null);
        setOpen(opened);
        setCameras(await listCameras());
      } catch (error) {
        if (!gone) setFault(faultOf(error));
      }
    };
    void start();
    return () => {
      gone = true;
      if (stream) closeCamera(stream);
      setOpen(null);
    };
  }, [asked]);

  // A camera that is plugged in now is used now.
  useEffect(() => {
    if (fault === null) return;
    const again = (): void => setAsked(({ turn }) => ({ id: null, turn: turn + 1 }));
    navigator.mediaDevices?.addEventListener('devicechange', again);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', again);
  }, [fault]);

  const ready = open !== null && fault === null;
  useEffect(() => {
    if (!hidden) shutter.current?.focus();
  }, [hidden]);

  useImperativeHandle(ref, () => ({
    async shoot() {
      const picture = video.current;
      return picture && picture.videoWidth > 0 && ready ? grabFrame(picture) : null;
    },
  }));

  return (
    <div className={styles.camera} hidden={hidden}>
      <div className={styles.view}>
        <video ref={video} className={styles.video} autoPlay muted playsInline aria-label={t.scan.live} />
        {fault !== null ? (
          <div className={styles.fault} role="alert">
            <strong>{t.scan.faults[fault][0]}</strong>
            <p>{t.scan.faults[fault][1]}</p>
            <Button onClick={() => setAsked(({ id, turn }) => ({ id, turn: turn + 1 }))}>{t.scan.tryAgain}</Button>
          </div>
        ) : open === null ? (
          <p className={styles.fault} role="status">
            {t.scan.starting}
          </p>
        ) : null}
      </div>
      <div className={styles.under}>
        <div className={styles.choice}>
          <label htmlFor={id}>{t.scan.camera}</label>
          <select
            id={id}
            disabled={cameras.length === 0}
            value={open?.id ?? ''}
            onChange={(event) => setAsked(({ turn }) => ({ id: event.target.value, turn: turn + 1 }))}
          >
            {open === null ? (
              <option value="">{fault === null ? t.scan.starting : t.scan.faults[fault][0]}</option>
            ) : null}
            {cameras.map((each, index) => (
              <option key={each.id} value={each.id}>
                {each.label || t.scan.unnamedCamera(index + 1)}
              </option>
            ))}
          </select>
        </div>
        <button
          ref={shutter}
          type="button"
          className={styles.shutter}
          data-default
          data-through
          aria-disabled={!ready}
          onClick={onShoot}
        >
          <kbd>{t.scan.keySpace}</kbd>
          {t.scan.shoot}
        </button>
        <span className={styles.size}>{open ? t.scan.size(open.width, open.height) : ''}</span>
      </div>
    </div>
  );
}
