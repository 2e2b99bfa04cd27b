import type { OverlayPlace } from '../../messaging/overlay.ts';
import { boxOf, movedBy, resizedBy } from './box.ts';

interface Size {
  width: number;
  height: number;
}

/** Until the overlay has told how large it is. */
const START_PX: Size = { width: 56, height: 56 };

/** Where the overlay stands and how large it is. Sizes in CSS pixels. */
export class OverlayGeometry {
  #place: OverlayPlace;
  #foldedSize = START_PX;
  readonly #view: () => Size;
  readonly #apply: (box: ReturnType<typeof boxOf>) => void;
  readonly #moved: (place: OverlayPlace) => void;

  /**
   * @param view The part of the window that is left free.
   * @param moved Its user has moved, folded or resized it.
   */
  constructor(
    place: OverlayPlace,
    view: () => Size,
    apply: (box: ReturnType<typeof boxOf>) => void,
    moved: (place: OverlayPlace) => void,
  ) {
    this.#place = place;
    this.#view = view;
    this.#apply = apply;
    this.#moved = moved;
  }

  get place(): OverlayPlace {
    return this.#place;
  }

  /** Puts it where it is to be in the window as it is now. */
  apply(): void {
    this.#apply(boxOf(this.#place, this.#foldedSize, this.#view()));
  }

  /** It is so large while it is folded. */
  fold(size: Size): void {
    this.#foldedSize = size;
    this.apply();
  }

  open(open: boolean): void {
    this.#put({ ...this.#place, open });
  }

  move(dxPx: number, dyPx: number): void {
    this.#put(movedBy(this.#place, dxPx, dyPx, this.#foldedSize, this.#view()));
  }

  resize(dxPx: number, dyPx: number): void {
    this.#put(resizedBy(this.#place, dxPx, dyPx, this.#view()));
  }

  #put(place: OverlayPlace): void {
    this.#place = place;
    this.apply();
    this.#moved(place);
  }
}
