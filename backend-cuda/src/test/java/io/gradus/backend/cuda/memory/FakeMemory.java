package io.gradus.backend.cuda.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A driver's memory of a fixed size whose streams make progress when told to. */
final class FakeMemory implements DeviceMemory {
  final Map<Long, Long> pieces = new HashMap<>();
  final List<FakeMark> marks = new ArrayList<>();
  private final long total;
  private long used;
  private long next = 1L << 20;

  FakeMemory(long total) {
    this.total = total;
  }

  @Override
  public long allocate(long bytes) {
    if (used + bytes > total) {
      return 0;
    }
    used += bytes;
    long address = next;
    next += bytes + (1 << 20);
    pieces.put(address, bytes);
    return address;
  }

  @Override
  public void free(long address) {
    used -= pieces.remove(address);
  }

  @Override
  public Mark mark(long stream) {
    FakeMark mark = new FakeMark(stream);
    marks.add(mark);
    return mark;
  }

  /** What a stream was asked so far is done. */
  void finish(long stream) {
    marks.stream().filter(m -> m.stream == stream).forEach(m -> m.passed = true);
  }

  long used() {
    return used;
  }

  static final class FakeMark implements Mark {
    final long stream;
    boolean passed;
    boolean discarded;

    FakeMark(long stream) {
      this.stream = stream;
    }

    @Override
    public boolean isPassed() {
      return passed;
    }

    @Override
    public void await() {
      passed = true;
    }

    @Override
    public void discard() {
      discarded = true;
    }
  }
}
