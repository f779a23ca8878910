package io.gradus.backend.cuda;

import io.gradus.tensor.layout.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which elements of a storage queued work has written, as far as that matters to whoever must not
 * leave some of them unwritten. Thread-safe.
 */
final class WrittenParts {
  /** With more parts than these all elements count as written. */
  private static final int MOST = 64;

  /** A search that takes longer counts as having found a shared element. */
  private static final int STEPS = 10_000;

  private final long size;
  private List<Layout> parts = List.of();
  private volatile boolean all;

  WrittenParts(long size) {
    this.size = size;
  }

  void add(Layout layout) {
    if (!all && layout.numel() > 0) {
      remember(layout);
    }
  }

  private synchronized void remember(Layout layout) {
    all = all || layout.numel() == size || parts.size() == MOST;
    List<Layout> known = all ? List.of() : new ArrayList<>(parts);
    if (!all) {
      known.add(layout);
    }
    parts = known;
  }

  /** Whether no element of the layout has been written. */
  synchronized boolean spare(Layout layout) {
    return !all && parts.stream().noneMatch(part -> share(part, layout));
  }

  /** So many steps of a length, forwards or backwards. */
  private record Axis(long step, long most) {}

  /** Whether two layouts have an element in common; perhaps also where they have none. */
  static boolean share(Layout a, Layout b) {
    if (a.offset() >= b.end() || b.offset() >= a.end()) {
      return false;
    }
    List<Axis> axes = new ArrayList<>();
    for (int d = 0; d < a.rank(); d++) {
      axes.add(new Axis(a.stride(d), a.size(d) - 1));
    }
    for (int d = 0; d < b.rank(); d++) {
      axes.add(new Axis(-b.stride(d), b.size(d) - 1));
    }
    axes.removeIf(axis -> axis.step == 0 || axis.most == 0);
    axes.sort(Comparator.comparingLong((Axis axis) -> Math.abs(axis.step)).reversed());
    int[] left = {STEPS};
    return reach(axes.toArray(Axis[]::new), b.offset() - a.offset(), left);
  }

  /** Whether steps along the axes make up a distance; the long ones are tried first. */
  private static boolean reach(Axis[] axes, long distance, int[] left) {
    if (axes.length == 0) {
      return distance == 0;
    }
    Axis first = axes[0];
    Axis[] rest = Arrays.copyOfRange(axes, 1, axes.length);
    long back = 0;
    long forth = 0;
    for (Axis axis : rest) {
      back += Math.min(0, axis.step * axis.most);
      forth += Math.max(0, axis.step * axis.most);
    }
    // What is left to go after so many steps must be within what the others reach.
    long step = Math.abs(first.step);
    long way = first.step > 0 ? distance : -distance;
    long near = first.step > 0 ? way - forth : way + back;
    long far = first.step > 0 ? way - back : way + forth;
    long from = Math.max(0, Math.ceilDiv(near, step));
    long to = Math.min(first.most, Math.floorDiv(far, step));
    for (long n = from; n <= to; n++) {
      if (--left[0] < 0 || reach(rest, distance - n * first.step, left)) {
        return true;
      }
    }
    return false;
  }
}
