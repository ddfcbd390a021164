/** Which entry of the lanes is open for editing; one at a time, opened from the lanes or the menu. */
export type Edit =
  | { readonly kind: "chord"; readonly tick: number; readonly symbol: string }
  | { readonly kind: "section"; readonly bar: number; readonly label: string }
  | { readonly kind: "tempo"; readonly bar: number };

export const lane = $state<{ editing: Edit | null }>({ editing: null });
