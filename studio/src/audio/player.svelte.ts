/** The player: its interface, without sound yet. */

class Player {
  ready = $state(false);
  loading = $state(0);
  playing = $state(false);
  tick = $state(0);
  loop = $state({ on: false, start: 0, end: 0 });
  tempoScale = $state(1);
  metronome = $state(false);
  countIn = $state(false);

  play(_fromTick?: number): void {}
  pause(): void {}
  stop(): void {}
  seek(tick: number): void {
    this.tick = tick;
  }
  mute(_part: number): void {}
  solo(_part: number): void {}
  setVolume(_part: number, _volume: number): void {}
  noteOn(_part: number, _pitch: number, _velocity: number): void {}
  noteOff(_part: number, _pitch: number): void {}
}

export const player = new Player();
