package io.gradus.backend.cpu.convolve;

/**
 * Places in memory, one after the other, of which neighbours become one piece: up to some length,
 * and not beyond the end of a panel.
 */
final class Pieces {
  private final int longest;
  private final int panel;
  private final int[] from;
  private final int[] at;

  /** The first piece of each panel, and the one behind the last. */
  private final int[] firsts;

  private int count;
  private int places;

  /** Room for so many places. */
  Pieces(int most, int longest, int panel) {
    this.longest = longest;
    this.panel = panel;
    this.from = new int[most];
    this.at = new int[most + 1];
    this.firsts = new int[most / panel + 2];
  }

  void clear() {
    count = 0;
    places = 0;
    at[0] = 0;
  }

  /** The next places, so many of them, {@code step} apart. */
  void add(int first, int step, int n) {
    for (int done = 0; done < n; ) {
      int place = first + done * step;
      int inPanel = places % panel;
      int last = count - 1;
      int length = inPanel == 0 ? longest : places - at[last];
      if (length == longest || place != from[last] + length) {
        if (inPanel == 0) {
          firsts[places / panel] = count;
        }
        from[count] = place;
        at[count++] = places;
        length = 0;
      }
      int most = Math.min(longest - length, panel - inPanel);
      int more = step == 1 ? Math.min(most, n - done) : 1;
      done += more;
      places += more;
      at[count] = places;
    }
    firsts[(places + panel - 1) / panel] = count;
  }

  int count() {
    return count;
  }

  /** The first piece of a panel; of the panel behind the last one, the number of pieces. */
  int first(int ofPanel) {
    return firsts[ofPanel];
  }

  /** Where a piece begins in memory. */
  int from(int piece) {
    return from[piece];
  }

  /** How many places come before it. */
  int at(int piece) {
    return at[piece];
  }

  int length(int piece) {
    return at[piece + 1] - at[piece];
  }

  int[] froms() {
    return from;
  }

  int[] ats() {
    return at;
  }

  /** The place farthest behind at which one of some pieces begins. */
  int farthest(int first, int last) {
    int max = 0;
    for (int i = first; i < last; i++) {
      max = Math.max(max, from[i]);
    }
    return max;
  }

  /** How far each of some pieces begins behind the one before; 0 if that differs. */
  int distance(int first, int last) {
    int distance = from[first + 1] - from[first];
    for (int i = first + 2; i < last; i++) {
      if (from[i] - from[i - 1] != distance) {
        return 0;
      }
    }
    return distance;
  }
}
