/** Which two versions are beside each other, and whether that is shown. */

class Compared {
  isOpen = $state(false);
  before = $state("");
  after = $state("");

  /** Put two versions beside each other: steps, branches or candidates. */
  open(before: string, after: string): void {
    this.before = before;
    this.after = after;
    this.isOpen = true;
  }

  close(): void {
    this.isOpen = false;
  }
}

export const compared = new Compared();
