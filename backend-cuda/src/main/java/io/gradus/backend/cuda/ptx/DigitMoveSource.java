package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.PtxSource;

/**
 * The text that brings elements into the order of a digit, equal ones in the order in which they
 * were; a block for each piece of a line, which goes through it in tiles.
 *
 * <p>Which place an element has among those of its tile, threads of a warp find out by votes, as in
 * A. Adinets and D. Merrill, "Onesweep: a faster least significant digit radix sort for GPUs",
 * 2022. The tile is put in order in shared memory, so that neighbours are written together.
 *
 * <p>Parameters: those of {@link DigitInput.Code}; addresses of the counts and sums that {@link
 * DigitOffsetsSource} leaves, and of the moved keys and positions.
 */
record DigitMoveSource(DigitInput input) {
  private static final int BLOCK = DigitInput.DIGITS;
  private static final int WARPS = BLOCK / 32;

  /** Elements of a thread. */
  private static final int EACH = 8;

  static final int TILE = BLOCK * EACH;

  PtxSource write() {
    return new Writer(this).write();
  }

  private static final class Writer {
    private final PtxCode code = new PtxCode("gradus_sort_move");
    private final DigitInput.Code in;
    private final IndexMath math;
    private final WarpCode warp;
    private final int keyBytes;
    private final Value counts;
    private final Value sums;
    private final Value keysOut;
    private final Value numbersOut;
    private final Value counters = code.shared(4L * WARPS * DigitInput.DIGITS);
    private final Value bases = code.shared(4L * DigitInput.DIGITS);
    private final Value warpSums = code.shared(4L * WARPS);
    private final Value keys;
    private final Value numbers = code.shared(4L * TILE);

    Writer(DigitMoveSource source) {
      in = new DigitInput.Code(code, source.input);
      math = in.math;
      keyBytes = in.order.register().bytes;
      keys = code.shared((long) keyBytes * TILE);
      counts = code.address();
      sums = code.address();
      keysOut = code.address();
      numbersOut = code.address();
      warp = new WarpCode(code);
    }

    private Value at(Value array, Value number, int bytes) {
      return code.op(RegisterType.B32, "mad.lo.s32", number, Value.of(bytes), array);
    }

    private Value load(String space, Value address) {
      Value to = code.fresh(RegisterType.B32);
      code.line("ld." + space + ".u32 " + to + ", [" + address + "]");
      return to;
    }

    private Value add(Value a, Value b) {
      return code.op(RegisterType.B32, "add.s32", a, b);
    }

    PtxSource write() {
      // Each thread takes a digit: where its elements of this piece go to.
      Value row = math.mulAdd(in.line, math.number(DigitInput.DIGITS), math.of(warp.thread));
      Value smaller = warp.sumBefore(load("global", math.element(sums, row, 4)), WARPS, warpSums);
      Value earlier = load("global", math.element(counts, in.count(warp.thread), 4));
      Value target = add(smaller, earlier);
      Value first = code.copy(in.begin);
      PtxCode.Label loop = code.label();
      PtxCode.Label done = code.label();
      code.place(loop);
      code.jumpIf(math.atLeast(first, in.end), done);
      tile(first, target);
      math.addTo(first, math.number(TILE));
      code.jump(loop);
      code.place(done);
      return code.finish();
    }

    /** An element of this thread: its place is one of its warp's and digit's. */
    private record Element(Value position, Value inside, Value key, Value digit, Value rank) {}

    private void tile(Value first, Value target) {
      for (int w = 0; w < WARPS; w++) {
        code.line("st.shared.u32 [" + counter(w) + "], 0");
      }
      code.barrier();
      Element[] elements = new Element[EACH];
      for (int k = 0; k < EACH; k++) {
        elements[k] = ranked(first, k);
      }
      code.barrier();
      places(target);
      code.barrier();
      for (Element e : elements) {
        PtxCode.Label outside = code.label();
        code.jumpUnless(e.inside, outside);
        Value place = add(load("shared", counterOf(e.digit)), e.rank);
        in.order.store(code, "shared", at(keys, place, keyBytes), e.key);
        Value number = in.number(e.position);
        code.line("st.shared.u32 [" + at(numbers, place, 4) + "], " + number);
        code.place(outside);
      }
      code.barrier();
      writeOut(first);
    }

    /** Of this thread's digit, the counter of a warp. */
    private Value counter(int w) {
      return at(counters, add(warp.thread, Value.of(w * DigitInput.DIGITS)), 4);
    }

    /** Of this thread's warp, the counter of a digit. */
    private Value counterOf(Value digit) {
      Value number =
          code.op(RegisterType.B32, "mad.lo.s32", warp.warp, Value.of(DigitInput.DIGITS), digit);
      return at(counters, number, 4);
    }

    /** Counts 32 neighbours at once; the first of those with equal digits counts for all. */
    private Element ranked(Value first, int k) {
      Value inTile =
          code.op(RegisterType.B32, "mad.lo.s32", warp.warp, Value.of(32 * EACH), warp.lane);
      Value position = math.add(first, math.of(add(inTile, Value.of(32 * k))));
      Value inside = math.less(position, in.end);
      Value all = warp.ballot(inside);
      PtxCode.Label none = code.label();
      code.jumpIf(code.pred("setp.eq.s32", all, Value.of(0)), none);
      Value key = code.copy(in.order.last());
      PtxCode.Label outside = code.label();
      code.jumpUnless(inside, outside);
      code.move(key, in.key(position));
      code.place(outside);
      Value digit = in.digit(key);
      Value peers = warp.peers(all, digit, DigitInput.BITS);
      Value before = warp.count(warp.before(peers));
      Value counter = counterOf(digit);
      Value known = load("shared", counter);
      warp.barrier();
      Value isFirst = code.pred("setp.eq.s32", before, Value.of(0));
      Value counting = code.op(RegisterType.PRED, "and.pred", isFirst, inside);
      Value sum = add(known, warp.count(peers));
      code.lineIf(counting, "st.shared.u32 [" + counter + "], " + sum);
      warp.barrier();
      Value rank = add(known, before);
      code.place(none);
      return new Element(position, inside, key, digit, rank);
    }

    /** Makes the counters places in the tile, and says how far from there the targets are. */
    private void places(Value target) {
      Value[] places = new Value[WARPS];
      Value sum = code.copy(Value.of(0));
      for (int w = 0; w < WARPS; w++) {
        places[w] = code.copy(sum);
        code.into(sum, "add.s32", sum, load("shared", counter(w)));
      }
      Value smaller = warp.sumBefore(sum, WARPS, warpSums);
      for (int w = 0; w < WARPS; w++) {
        code.line("st.shared.u32 [" + counter(w) + "], " + add(places[w], smaller));
      }
      Value base = code.op(RegisterType.B32, "sub.s32", target, smaller);
      code.line("st.shared.u32 [" + at(bases, warp.thread, 4) + "], " + base);
      code.into(target, "add.s32", target, sum);
    }

    private void writeOut(Value first) {
      for (int k = 0; k < EACH; k++) {
        Value place = add(warp.thread, Value.of(BLOCK * k));
        PtxCode.Label outside = code.label();
        code.jumpUnless(math.less(math.add(first, math.of(place)), in.end), outside);
        Value key = code.fresh(in.order.register());
        in.order.load(code, "shared", key, at(keys, place, keyBytes));
        Value base = load("shared", at(bases, in.digit(key), 4));
        Value to = math.add(in.start, math.of(add(base, place)));
        in.order.store(code, "global", math.element(keysOut, to, keyBytes), key);
        Value number = load("shared", at(numbers, place, 4));
        code.line("st.global.u32 [" + math.element(numbersOut, to, 4) + "], " + number);
        code.place(outside);
      }
    }
  }
}
