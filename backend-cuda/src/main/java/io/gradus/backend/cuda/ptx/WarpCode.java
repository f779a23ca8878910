package io.gradus.backend.cuda.ptx;

/** How the threads of a warp, and of a block in one dimension, tell each other numbers. */
final class WarpCode {
  private static final String ALL = "0xffffffff";
  private static final int LANES = 32;

  private final PtxCode code;

  /** The number of the thread in its block. */
  final Value thread;

  /** The number of the thread in its warp. */
  final Value lane;

  /** The number of the warp in the block. */
  final Value warp;

  WarpCode(PtxCode code) {
    this.code = code;
    thread = IndexMath.special(code, "%tid.x");
    lane = IndexMath.special(code, "%laneid");
    warp = code.op(RegisterType.B32, "shr.u32", thread, Value.of(5));
  }

  /** The threads for which a predicate holds, a bit each. */
  Value ballot(Value predicate) {
    Value votes = code.fresh(RegisterType.B32);
    code.line("vote.sync.ballot.b32 " + votes + ", " + predicate + ", " + ALL);
    return votes;
  }

  /** Waits for the threads of the warp, and for what they wrote. */
  void barrier() {
    code.line("bar.warp.sync " + ALL);
  }

  /** The threads among some that have the same number in its lowest bits. */
  Value peers(Value among, Value number, int bits) {
    Value peers = among;
    for (int b = 0; b < bits; b++) {
      Value bit = code.op(RegisterType.B32, "and.b32", number, Value.of(1 << b));
      Value isSet = code.pred("setp.ne.s32", bit, Value.of(0));
      Value other = code.select(isSet, Value.of(0), Value.of(-1));
      Value same = code.op(RegisterType.B32, "xor.b32", ballot(isSet), other);
      peers = code.op(RegisterType.B32, "and.b32", peers, same);
    }
    return peers;
  }

  /** Of these threads those before this one. */
  Value before(Value threads) {
    Value earlier = IndexMath.special(code, "%lanemask_lt");
    return code.op(RegisterType.B32, "and.b32", threads, earlier);
  }

  Value count(Value threads) {
    return code.op(RegisterType.B32, "popc.b32", threads);
  }

  /** The sum of the numbers of the threads of the warp up to this one. */
  Value sum(Value number) {
    Value sum = code.copy(number);
    for (int distance = 1; distance < LANES; distance *= 2) {
      Value other = code.fresh(RegisterType.B32);
      Value exists = code.fresh(RegisterType.PRED);
      code.line(
          "shfl.sync.up.b32 %s|%s, %s, %d, 0, %s".formatted(other, exists, sum, distance, ALL));
      code.lineIf(exists, "add.s32 " + sum + ", " + sum + ", " + other);
    }
    return sum;
  }

  /** The number of the last thread of the warp. */
  Value last(Value number) {
    Value last = code.fresh(RegisterType.B32);
    code.line("shfl.sync.idx.b32 %s, %s, %d, 31, %s".formatted(last, number, LANES - 1, ALL));
    return last;
  }

  /**
   * The sum of the numbers of the threads of the block before this one. Whoever calls it again lets
   * all threads pass a barrier in between.
   *
   * @param warps how many the block has
   * @param shared room for a number of each warp
   */
  Value sumBefore(Value number, int warps, Value shared) {
    Value sum = sum(number);
    Value isLast = code.pred("setp.eq.s32", lane, Value.of(LANES - 1));
    Value own = code.op(RegisterType.B32, "mad.lo.s32", warp, Value.of(4), shared);
    code.lineIf(isLast, "st.shared.u32 [" + own + "], " + sum);
    code.barrier();
    Value before = code.op(RegisterType.B32, "sub.s32", sum, number);
    for (int w = 0; w < warps - 1; w++) {
      Value other = code.fresh(RegisterType.B32);
      code.line("ld.shared.u32 " + other + ", [" + shared + "+" + 4 * w + "]");
      Value isEarlier = code.pred("setp.gt.u32", warp, Value.of(w));
      code.lineIf(isEarlier, "add.s32 " + before + ", " + before + ", " + other);
    }
    return before;
  }
}
